#!/usr/bin/python3
"""Checks a registered router (examples/router) from CSV to results. Its rule is written again on top of slice_oracle.py.

    registered_router_test.py --program build/release/example_router --work DIR
"""
import itertools
import json
import math
import pathlib
import sys

import h5py

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1]))
import slice_oracle_test as scenario  # noqa: E402
import sweep_lib  # noqa: E402
from oracles import compare_oracle, slice_oracle  # noqa: E402

CONFIDENCE = ["0.05", "0.3", "0.5", "0.625", "0.999999999", "1"]
MOST_POSTED = ["0", "0.125", "0.5", "0.75", "1"]
POINTS = list(itertools.product(CONFIDENCE, MOST_POSTED))
SCENARIOS = {"buy": {}, "sell": {"side": "sell"}, "cold": {"model": {"min_samples": 20}}}


class Quantile(slice_oracle.Slice):
    """Decides as examples/router says it does."""

    def sure_fill(self, queue, confidence):
        outflow = sorted(row[queue] for row in self.samples)
        skipped = math.floor((1 - confidence) * len(outflow))
        return max(0, outflow[min(skipped, len(outflow) - 1)] - self.queues[queue].bid_size)

    def place(self, confidence, most_posted):
        lot = self.order.config["lot"]
        if self.decided != "solved":
            return (self.lots * lot, *[0] * len(self.queues))
        left, limits = int(most_posted * self.lots), []
        for queue in range(len(self.queues)):
            limits.append(min(left, self.sure_fill(queue, confidence) // lot))
            left -= limits[-1]
        return ((self.lots - sum(limits)) * lot, *(lots * lot for lots in limits))

    def make_table(self):
        return []  # of placements: none is needed


def yaml_of(c, store):
    """Returns the config of the oracle with another router."""
    text = scenario.yaml_of(c, store).splitlines()
    grid = {"confidence": [float(x) for x in CONFIDENCE], "most_posted": [float(x) for x in MOST_POSTED]}
    keep = [line for line in text if not line.startswith(("router:", "grid:"))]
    return "\n".join([*keep, "router: quantile", f"grid: {json.dumps(grid)}"]) + "\n"


class Test(sweep_lib.Checker):
    def __init__(self, program, work):
        super().__init__()
        self.program, self.work = program, work

    def prepare(self, name, c):
        tape = self.work / f"{name}.csv"
        rows = scenario.Market(23, trades=0).rows(1500)
        tape.write_text("\n".join([scenario.HEADER, *rows]) + "\n")
        store, yaml = self.work / f"{name}.store", self.work / f"{name}.yaml"
        sweep_lib.good(self.program, "convert", tape, "-o", store, "--symbol", "DAY")
        yaml.write_text(yaml_of(c, store))
        return tape, yaml

    def check(self, name, changed):
        c = scenario.config(shares=4150, **changed)
        tape, yaml = self.prepare(name, c)
        run = self.work / f"{name}.run"
        sweep_lib.good(self.program, "sweep", yaml, "-o", run, "--threads", 2)
        slice_oracle.Slice = Quantile  # what Order makes
        order = slice_oracle.Order({**c, "grid": ([0], [0], [0])}, tape, scenario.DATE)
        self.check_surface(name, order, run)
        self.check_replay(name, order, run)
        return order, yaml, run

    def check_surface(self, name, order, run):
        with h5py.File(next((run / "units").glob("*.h5"))) as file:
            got = file["slippage_nano"][:].tolist()
        want = [sum(s.execute(*s.place(float(c), float(m)))["slippage"] for s in order.slices) for c, m in POINTS]
        self.expect(got == want, f"{name}: slippage of {len(want)} points")
        self.expect(len(set(want)) > (1 if name != "cold" else 0), f"{name}: points differ")
        best = json.loads((run / "best.json").read_text())
        first = min(range(len(want)), key=lambda i: want[i])
        self.expect(best["best_parameters"] == {"confidence": float(POINTS[first][0]), "most_posted": float(POINTS[first][1])},
                    f"{name}: best point {best['best_parameters']}")
        self.expect(best["parameter_units"] == {"confidence": "1", "most_posted": "1"}, f"{name}: units")
        with h5py.File(run / "results.h5") as file:
            self.expect(file["confidence"][:].tolist() == [float(x) for x in CONFIDENCE], f"{name}: axis of results.h5")
            self.expect(file["confidence"].attrs["unit"] in ("1", b"1"), f"{name}: its unit")

    def check_replay(self, name, order, run):
        for confidence, most in (POINTS[0], POINTS[14], POINTS[-1]):
            done = sweep_lib.good(self.program, "replay", run, "--point", f"confidence={confidence},most_posted={most}")
            (self.work / "log.csv").write_text(done.stdout)
            header, *lines = compare_oracle.read_csv(self.work / "log.csv")
            for s, line in zip(order.slices, lines, strict=True):
                got = dict(zip(header, line))
                market, *limits = s.place(float(confidence), float(most))
                cells = {"market": str(market + s.odd),
                         "limits": "|".join(f"{q.venue}:{limit}" for q, limit in zip(s.queues, limits)),
                         "slippage": scenario.dollars(s.execute(market, *limits)["slippage"])}
                self.expect({key: got[key] for key in cells} == cells, f"{name}: replay of {confidence}, {most}: {got}")

    def check_parts(self, yaml, run):
        """Checks that shards, merge and report treat the router like any other."""
        parts = self.work / "parts.run"
        for shard in (2, 1):
            sweep_lib.good(self.program, "sweep", yaml, "-o", parts, "--shard", f"{shard}/2")
        sweep_lib.good(self.program, "merge", parts)
        for name in ("best.json", "summary.csv", "days.csv", "axes.csv"):
            self.expect((parts / name).read_bytes() == (run / name).read_bytes(), f"merged {name}")
        page = (run / "report.html").read_bytes()
        sweep_lib.good(self.program, "report", run)
        self.expect((run / "report.html").read_bytes() == page, "report.html anew")

    def check_refusals(self, yaml):
        text = yaml.read_text()
        wrong = {"model: {\"solver\": \"exact\"}": "the router quantile has no use for model.solver",
                 "grid: {\"confidence\": [0.5], \"lambda_over\": [0.1]}": "lambda_over"}
        for line, words in wrong.items():
            kept = [old for old in text.splitlines() if not old.startswith(line.split(":")[0] + ":")]
            bad = self.work / "bad.yaml"
            bad.write_text("\n".join([*kept, line]) + "\n")
            done = sweep_lib.call(self.program, "plan", bad)
            self.expect(done.returncode == 2 and words in done.stderr, f"{line}: {done.returncode} {done.stderr}")


def main():
    test = Test(*sweep_lib.program_and_work(__doc__))
    made = {name: test.check(name, changed) for name, changed in SCENARIOS.items()}
    test.check_parts(*made["buy"][1:])
    test.check_refusals(made["buy"][1])
    test.expect(any(s.decided != "solved" for s in made["cold"][0].slices), "a slice is cold")
    test.end(f"{len(made)} days, {len(POINTS)} points each")


if __name__ == "__main__":
    main()
