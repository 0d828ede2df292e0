#!/usr/bin/python3
"""Checks that a disk which fails, and a day that is replaced while a command runs, never change a result in silence.

    sweep_faults_test.py --program build/release/sorsweep --work DIR

The fault comes at the first opening of a day, then at the second, and so on through all openings of the command. The disk fails
once, or from then on: who has only looked at a day asks again, and so gets over the former. Each time the command must fail with
a message that names the day, or leave the same bytes as without the fault. Run again, it must leave them.
"""
import errno
import json
import re
import shutil
import sys

import faults
import sweep_lib
from sweep_lib import call, good, tables

checker = sweep_lib.Checker()
expect = checker.expect
POINT = "lambda_over=0.02,lambda_under=0.03,theta_queue=0"


def execution_of(run):
    """Returns what report.html shows of the best point's slices."""
    page = (run / "report.html").read_text()
    document = re.search(r'<script type="application/json" id="document">(.*?)</script>', page, re.S)[1]
    return json.loads(document).get("execution")


class Lab:
    """Keeps a store of two days with flagged rows, other data for the second of them, and a run without faults."""

    def __init__(self, program, work):
        self.program, self.work, self.faults = program, work, faults.Faults(program, work)
        sweep_lib.make_store(program, work, 2, rows=1500)
        sweep_lib.make_store(program, work / "other", 2, rows=1500, seed=6)
        self.config = sweep_lib.write_config(work / "c.yaml", work / "store", points=3, samples=20, theta=2)
        self.day = sorted((work / "store" / "SHA").glob("*.h5"))[1]
        self.kept = self.day.read_bytes()
        self.whole = work / "whole"
        shutil.copy(self.other_day(), self.day)
        good(program, "sweep", self.config, "-o", work / "of_other", "-q")
        self.restore()
        good(program, "sweep", self.config, "-o", self.whole, "-q")
        self.right, self.of_other = self.shown(self.whole), self.shown(work / "of_other")
        quality = json.loads((self.whole / "best.json").read_text())["data_quality"]
        if not execution_of(self.whole) or "rows_removed" not in quality or self.right == self.of_other:
            sys.exit("the case is too weak: the days are not loaded again, or what they hold does not matter")

    @staticmethod
    def shown(run):
        return tables(run), execution_of(run)

    def other_day(self):
        """Returns a file with other data for the second day, ready to be renamed over it."""
        return shutil.copy(self.work / "other" / "store" / "SHA" / self.day.name, self.work / "swap.h5")

    def restore(self):
        self.day.write_bytes(self.kept)

    def must_be_right_or_told(self, done, run, text, allowed):
        """Checks what a command left that met a fault. With exit code 0 it must be one of what is allowed, as a whole."""
        if done.returncode:
            expect(done.returncode in (3, 4) and self.day.stem in done.stderr, f"{text}: {done.returncode} {done.stderr}")
        else:
            expect(self.shown(run) in allowed, f"{text}: exit code 0 and other results")


def check_sweep(lab, what, **settings):
    """Sweeps with a fault, and again without. A day that is replaced before it is read for the first time is taken as it is."""
    told = []

    def once(n, meet):
        run, text = lab.work / f"{what}.{n}", f"{what} at opening {n}"
        done = meet("sweep", lab.config, "-o", run, "-q", "--threads", 1)
        told.append(done.stderr)
        lab.must_be_right_or_told(done, run, f"sweep, {text}", (lab.right, lab.of_other) if what == "swap" else (lab.right,))
        lab.restore()
        lab.other_day()
        done = call(lab.program, "sweep", lab.config, "-o", run, "-q")
        expect(done.returncode == 4 if what == "swap" and done.returncode else lab.shown(run) == lab.right,
               f"sweep again after {text}: {done.returncode} {done.stderr}")
        shutil.rmtree(run, ignore_errors=True)

    lab.other_day()
    opened = lab.faults.at_each_opening(f"SHA/{lab.day.name}", once, **settings)
    expect(opened >= 4, f"sweep opened the day {opened} times: it is checked, swept and loaded again")
    expect(what != "broken_disk" or any(f"or end the run without it: sorsweep merge {lab.work / what}" in text for text in told),
           f"a disk that breaks when all units are done: {told}")


def check_report(lab, what, **settings):
    """Reports with a fault. A day replaced before the first look is that of a changed store, which report can do without."""
    shutil.copy(lab.other_day(), lab.day)
    good(lab.program, "report", lab.whole, "-q")
    of_changed = lab.shown(lab.whole)
    lab.restore()
    if what == "swap" and "has changed since the run" not in (lab.whole / "summary.md").read_text():
        sys.exit("report does not say that the store has changed")

    def once(n, meet):
        done = meet("report", lab.whole, "-q")
        allowed = (lab.right, of_changed) if what == "swap" else (lab.right,)
        lab.must_be_right_or_told(done, lab.whole, f"report, {what} at opening {n}", allowed)
        lab.restore()
        lab.other_day()

    lab.other_day()
    lab.faults.at_each_opening(f"SHA/{lab.day.name}", once, **settings)
    good(lab.program, "report", lab.whole, "-q")
    expect(lab.shown(lab.whole) == lab.right, f"report after {what}: other results")


def check_replay(lab):
    """Replaces a day while replay is at work. What it then shows must be the run's own."""
    words = ("replay", lab.whole, "--point", POINT, "-q")
    right = good(lab.program, *words).stdout

    def once(n, meet):
        done = meet(*words)
        expect(done.stdout == right or done.returncode == 4 and f"SHA {lab.day.stem}" in done.stderr,
               f"replay, another day at opening {n}: {done.returncode} {done.stderr}")
        lab.restore()
        lab.other_day()

    lab.other_day()
    opened = lab.faults.at_each_opening(f"SHA/{lab.day.name}", once, FAULT_SWAP=lab.work / "swap.h5")
    expect(opened >= 1, "replay did not open the day")


def main():
    program, work = sweep_lib.program_and_work(__doc__)
    sweep_lib.forget_settings()
    lab = Lab(program, work)
    for what, settings in (("disk", {"FAULT_ERRNO": errno.EIO}), ("broken_disk", {"FAULT_ERRNO": errno.EIO, "FAULT_LASTS": 1}),
                           ("swap", {"FAULT_SWAP": work / "swap.h5"})):
        check_sweep(lab, what, **settings)
        check_report(lab, what, **settings)
    check_replay(lab)
    checker.end("faults of the store")


if __name__ == "__main__":
    main()
