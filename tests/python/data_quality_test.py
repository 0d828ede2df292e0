#!/usr/bin/python3
"""Compares the data_quality of best.json with sweeps of data from which Python removed the flagged rows beforehand.

    data_quality_test.py --program build/release/sorsweep --work DIR

There are three synthetic days. The first has a few one-sided and crossed rows, the second has flags on a tenth of its rows, and
all rows of the third are flagged. So two days are compared, and one is lost.
"""
import csv
import json
import sys

import sweep_lib

UNDEFINED = {"", "9223372036854775807"}
CONFIG = """store: STORE
symbols: [SYN]
days: all
ROUTER
grid:
  lambda_over: LAMBDA_OVER
  lambda_under: LAMBDA_UNDER
  theta_queue: THETA
"""
SLICED = """router: cont_kukanov
order: {side: buy, shares: 7600, start: "09:35", end: "15:55", slice: 10m, lot: 100}
model: {samples: 60, sample_stride: 20s, venues_max: 3, solver: SOLVER}"""
EVENT = """router: notebook
order: {shares: 5000}"""
GRID = {"LAMBDA_OVER": "{linear: [0.005, 0.085], points: 9}", "LAMBDA_UNDER": "{linear: [0.005, 0.085], points: 9}",
        "THETA": "{linear: [0, 0.008], points: 3}"}


def is_flagged(row):
    bid, ask = row["bid_px_00"], row["ask_px_00"]
    return int(row["flags"]) & 12 or bid in UNDEFINED or ask in UNDEFINED or float(bid) > float(ask)


def change(source, target, transform):
    with source.open(newline="") as reading, target.open("w", newline="") as writing:
        rows = csv.DictReader(reading)
        output = csv.DictWriter(writing, rows.fieldnames, lineterminator="\n")
        output.writeheader()
        for i, row in enumerate(rows):
            row = transform(i, row)
            if row is not None:
                output.writerow(row)


def flag(row, bit):
    return {**row, "flags": str(int(row["flags"]) | bit)}


class Work:
    def __init__(self, program, folder):
        self.program, self.folder = program, folder

    def run(self, *args):
        sweep_lib.good(self.program, *args, "-q", cwd=self.folder)

    def make_stores(self):
        """Writes the days `dirty` and, without the flagged rows, `clean`. Returns how many rows are flagged."""
        self.run("synth", "-o", "made", "--days", 3, "--venues", 4, "--rows", 15000, "--seed", 3, "--symbol", "SYN")
        changes = [lambda i, row: row, lambda i, row: flag(row, 8 if i % 20 else 4) if i % 10 == 0 else row,
                   lambda i, row: flag(row, 8)]
        removed = 0

        def without(_, row):
            nonlocal removed
            removed += bool(is_flagged(row))
            return None if is_flagged(row) else row

        for name in ("dirty", "clean"):
            (self.folder / f"{name}_csv").mkdir()
        for made, one in zip(sorted((self.folder / "made").glob("*.csv")), changes):
            change(made, self.folder / "dirty_csv" / made.name, one)
            change(self.folder / "dirty_csv" / made.name, self.folder / "clean_csv" / made.name, without)
        for name in ("dirty", "clean"):
            self.run("convert", *sorted(p for p in (self.folder / f"{name}_csv").glob("*.csv") if p.stat().st_size > 1000),
                     "-o", f"{name}_store", "--symbol", "SYN")
        return removed

    def sweep(self, name, store, router, values):
        text = CONFIG.replace("STORE", store).replace("ROUTER", router)
        for key, value in values.items():
            text = text.replace(key, str(value))
        (self.folder / f"{name}.yaml").write_text(text)
        self.run("sweep", f"{name}.yaml", "-o", name)
        with (self.folder / name / "days.csv").open(newline="") as days:
            return json.loads((self.folder / name / "best.json").read_text()), list(csv.DictReader(days))


def check(truth, text):
    if not truth:
        sys.exit(f"FAILED: {text}")


def check_sliced(work, removed, solver):
    router = SLICED.replace("SOLVER", solver)
    best, days = work.sweep(f"dirty_{solver}", "dirty_store", router, GRID)
    found = best["data_quality"]
    check(found["rows_removed"] == removed, f"{found['rows_removed']} rows, not {removed}")
    check(found["days_lost"] == 1, f"{found['days_lost']} days lost")
    if solver == "pool":  # another grid is another lattice that it looks at: only what nothing was done to is known
        return
    point = dict(zip(GRID, (best["best_parameters"][axis] for axis in ("lambda_over", "lambda_under", "theta_queue"))))
    _, clean = work.sweep(f"clean_{solver}", "clean_store", router, point)
    wanted = sum(float(c["overall_best_bps"]) - float(d["overall_best_bps"]) for c, d in zip(clean, days)) / 2
    check(abs(found["difference_bps"] - wanted) < 1e-9, f"{solver}: {found['difference_bps']} bps, not {wanted}")
    check(abs(wanted) > 1e-6, "the flags make no difference: the case is too weak")


def check_event(work, removed):
    best, days = work.sweep("dirty_event", "dirty_store", EVENT, GRID)
    _, clean = work.sweep("clean_event", "clean_store", EVENT, GRID)
    found = best["data_quality"]
    check(found["rows_removed"] == removed and found["days_lost"] == 1, f"event router: {found}")
    prices = [(float(d["avg_price"]), float(c["avg_price"])) for d, c in zip(days, clean)]
    wanted = sum(1e4 * (after - before) / before for before, after in prices) / 2
    check(abs(found["difference_bps"] - wanted) < 1e-9, f"event router: {found['difference_bps']} bps, not {wanted}")


def check_clean(work):
    """Checks that without flagged rows there is no difference, also for a solver whose candidates come from the grid."""
    for solver in ("exact", "pool"):
        best, _ = work.sweep(f"quiet_{solver}", "clean_store", SLICED.replace("SOLVER", solver), GRID)
        found = best["data_quality"]
        check(found["rows_removed"] == 0 and found["difference_bps"] == 0, f"{solver}, no flagged row: {found}")


def main():
    work = Work(*sweep_lib.program_and_work(__doc__))
    removed = work.make_stores()
    check_sliced(work, removed, "exact")
    check_sliced(work, removed, "pool")
    check_event(work, removed)
    check_clean(work)
    print(f"{removed} flagged rows: data_quality as from data without them")


if __name__ == "__main__":
    main()
