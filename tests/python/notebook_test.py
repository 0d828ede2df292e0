#!/usr/bin/python3
"""Compares the program with the notebook's own code on real days: FROG, TAQ, the hand-made tape, the notebook's first five rows.

    notebook_test.py --program build/release/sorsweep --work DIR [--data ../shared/data] [--seed-dir ../shared/seed]

The notebook gets the day without the rows that have no ask. The program gets the raw file and must drop and count them itself.
The test is skipped (77) if the data or the notebook is absent: neither may be redistributed with the project.
"""
import argparse
import datetime
import os
import pathlib
import shutil
import subprocess
import sys
import zoneinfo

TESTS = pathlib.Path(__file__).resolve().parents[1]
sys.path.append(str(TESTS))
from oracles import compare_oracle, rewrite_oracle  # noqa: E402

NEW_YORK = zoneinfo.ZoneInfo("America/New_York")
POINT = "lambda_over=0.0005,lambda_under=0.0005,theta_queue=0.00005"
FROG, TAQ = "frog_xnas_mbp10_20250403", "taq_xxx_20180102_03_l1"


def local(cells):
    """Returns (date, clock) of a row's ts_event at the exchange."""
    seconds = compare_oracle.instant_ns(cells["ts_event"]) // 10**9
    when = datetime.datetime.fromtimestamp(seconds, NEW_YORK)
    return when.strftime("%Y-%m-%d"), when.strftime("%H:%M")


def on_day(day):
    return lambda cells: local(cells)[0] == day


def in_session(day):
    return lambda cells: local(cells)[0] == day and "09:30" <= local(cells)[1] < "16:00"


class Bench:
    """Keeps a work folder, the program, and the list of differences."""

    def __init__(self, program, work, data, seed_dir):
        self.program, self.work, self.data, self.seed_dir = program, work, data, seed_dir
        self.problems = []

    def expect(self, truth, text):
        if not truth:
            self.problems.append(text)

    def call(self, *args, **options):
        done = subprocess.run([self.program, *map(str, args)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                              check=False, **options)
        if done.returncode:
            raise RuntimeError(f"exit code {done.returncode}: {' '.join(map(str, args))}\n{done.stderr}")
        return done.stdout

    def unpack(self, name):
        target = self.work / f"{name}.csv"
        with open(target, "wb") as file:
            subprocess.run(["zstd", "-dc", self.data / f"{name}.csv.zst"], stdout=file, check=True)
        return target

    def convert(self, tape, symbol):
        store = self.work / f"store_{symbol}"
        self.call("convert", tape, "-o", store, "--symbol", symbol)
        return store

    def oracle(self, name, source, keep):
        """Returns the figures of the notebook. 'undefined' and 'rows' say what it was given."""
        tape = self.work / f"{name}.oracle.csv"
        dropped = rewrite_oracle.copy_rows(source, tape, keep)
        log = self.work / f"{name}.oracle_log.csv"
        figures = rewrite_oracle.run_notebook(tape, tape.with_suffix(".json"), log, self.seed_dir)
        with open(tape, encoding="utf-8") as file:
            rows = sum(1 for _ in file) - 1
        return dict(figures, undefined=dropped, rows=rows, log=compare_oracle.read_csv(log))

    def sweep(self, name, store, symbol, day, hours=""):
        config, run = self.work / f"{name}.yaml", self.work / f"{name}.run"
        config.write_text(
            f"store: {store}\nsymbols: [{symbol}]\ndays: [{day}]\nrouter: notebook\n"
            f"order: {{side: buy, shares: 5000{hours}}}\n"
            "grid: {lambda_over: [0.0005, 0.001, 0.002], lambda_under: [0.0005, 0.001, 0.002], "
            "theta_queue: [0.00005, 0.0001, 0.0002]}\n")
        self.call("sweep", config, "-o", run)
        return run

    def compare(self, name, figures, run, day):
        best = compare_oracle.load(run / "best.json")
        problems = compare_oracle.compare_json(figures, best)
        if best.get("ties", {}).get("points") != 27:
            problems.append(f"ties.points is {best.get('ties', {}).get('points')}, not 27")
        log = self.work / f"{name}.replay.csv"
        log.write_text(self.call("replay", run, "--point", POINT, "--day", day))
        problems += compare_oracle.compare_logs(figures["log"], compare_oracle.read_csv(log))
        good = compare_oracle.show(problems, f"{name}: ")
        self.expect(good, f"{name} differs from the notebook")
        total = figures["router_results"]["total_cost"]
        print(f"{name}: {'equal' if good else 'DIFFERS'} ({figures['executions']} executions, total cost {total!r})", flush=True)

    def count(self, name, figures, run):
        """Checks the rows that were dropped on a whole day: those without an ask, and those whose (ts_event, publisher_id) was
        there before."""
        header, row = compare_oracle.read_csv(run / "days.csv")
        days = dict(zip(header, row))
        want = {"undefined_ask": figures["undefined"], "duplicates": figures["rows"] - figures["rows_after_dedupe"]}
        for key, value in want.items():
            self.expect(days[key] == str(value), f"{name}: days.csv {key} is {days[key]}, not {value}")

    def check(self, name, source, keep, store, symbol, day, hours=""):
        figures = self.oracle(name, source, keep)
        run = self.sweep(name, store, symbol, day, hours)
        self.compare(name, figures, run, day)
        if not hours:
            self.count(name, figures, run)
        return figures


def frog(bench):
    tape = bench.unpack(FROG)
    bench.check("frog", tape, on_day("2025-04-03"), bench.convert(tape, "FROG"), "FROG", "2025-04-03")


def cut_rows(source, target, keep):
    """Counts the rows that keep() wants, including those without an ask."""
    with open(source, encoding="utf-8") as inp, open(target, "w", encoding="utf-8") as out:
        header = next(inp)
        names = header.rstrip("\n").split(",")
        out.write(header)
        out.writelines(line for line in inp if keep(dict(zip(names, line.split(",")))))


def taq(bench):
    tape = bench.unpack(TAQ)
    store = bench.convert(tape, "XXX")
    for day in ("2018-01-02", "2018-01-03"):
        bench.expect((store / "XXX" / f"{day}.h5").is_file(), f"TAQ: no day file {day}")
        bench.check(f"taq {day}", tape, on_day(day), store, "XXX", day)
        session_cut = bench.work / f"session_{day}.csv"
        cut_rows(tape, session_cut, in_session(day))
        cut_store = bench.convert(session_cut, f"CUT{day[-2:]}")
        figures = bench.check(f"taq {day} session, cut", tape, in_session(day), cut_store, f"CUT{day[-2:]}", day)
        # The same hours, asked for in the config of the whole day.
        hours = ', start: "09:30", end: "16:00", tz: America/New_York'
        bench.compare(f"taq {day} session, hours", figures, bench.sweep(f"taq {day} hours", store, "XXX", day, hours), day)
        check_venues(bench, day, figures["log"][1:])


def check_venues(bench, day, log):
    """Checks that the day has what it is here for: several venues in one snapshot."""
    together = {}
    for row in log:
        together.setdefault(row[0], set()).add(row[2])
    venues, most = len({row[2] for row in log}), max(map(len, together.values()))
    print(f"taq {day} session: {venues} venues trade, up to {most} in a snapshot")
    bench.expect((venues, most) == VENUES[day], f"taq {day}: {venues} venues, up to {most} together; known: {VENUES[day]}")


# (venues in the log, most in one snapshot), read off the notebook's own log
VENUES = {"2018-01-02": (8, 2), "2018-01-03": (7, 3)}


def handmade(bench):
    tape = TESTS / "cases" / "notebook_handmade" / "tape.csv"
    bench.check("handmade", tape, on_day("2024-01-10"), bench.convert(tape, "HAND"), "HAND", "2024-01-10")


def first_five_rows(bench):
    """Checks the naive yardstick that the notebook printed. Only these rows of its file are public, and they decide it."""
    tape = bench.data / "l1_day_first5rows.csv"
    bench.check("first five rows", tape, on_day("2024-08-01"), bench.convert(tape, "AAPL"), "AAPL", "2024-08-01")
    naive = compare_oracle.load(bench.work / "first five rows.run" / "best.json")["baselines"]["naive"]
    want = {"total_cost": 1114150.0, "avg_price": 222.83}
    bench.expect({k: naive[k] for k in want} == want, f"first five rows: naive is {naive}, the notebook printed {want}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    shared = TESTS.parent.parent / "shared"
    parser.add_argument("--program", required=True, type=pathlib.Path)
    parser.add_argument("--work", required=True, type=pathlib.Path)
    parser.add_argument("--data", type=pathlib.Path, default=os.environ.get("SORSWEEP_DATA", shared / "data"))
    parser.add_argument("--seed-dir", type=pathlib.Path, default=shared / "seed")
    args = parser.parse_args()
    for needed in (args.data / f"{FROG}.csv.zst", args.data / f"{TAQ}.csv.zst", args.seed_dir / "run_notebook.py"):
        if not needed.exists():
            print(f"skipped: {needed} is absent (--data or SORSWEEP_DATA, --seed-dir say where to look)")
            sys.exit(77)
    shutil.rmtree(args.work, ignore_errors=True)
    args.work.mkdir(parents=True)
    bench = Bench(args.program.resolve(), args.work.resolve(), args.data.resolve(), args.seed_dir.resolve())
    for part in (handmade, first_five_rows, frog, taq):
        part(bench)
    for problem in bench.problems:
        print(f"FAILED: {problem}")
    sys.exit(1 if bench.problems else 0)


if __name__ == "__main__":
    main()
