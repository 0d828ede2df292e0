#!/usr/bin/python3
"""Checks that a run keeps the days that it began with: pinned_days_test.py --program build/release/sorsweep --work DIR

The config says `days: all`, and the store grows, shrinks and changes between two commands on the run. The first process decides
which days the run has. Whatever comes later takes them from the manifest, or is refused with the name of the day.
"""
import json
import re
import shutil

import faults
import sweep_lib
from sweep_lib import call, good, tables, unit_bytes, units

checker = sweep_lib.Checker()
expect = checker.expect


class Lab:
    """Keeps four days, of which the store begins with three, and the run of these three in one go."""

    def __init__(self, program, work):
        self.program, self.work, self.store = program, work, work / "store"
        sweep_lib.make_store(program, work, 4, rows=1500)
        self.days = sorted((self.store / "SHA").glob("*.h5"))
        self.late = self.days.pop(1)  # a day between the others: it would change their order as well
        self.late.rename(work / "late.h5")
        self.config = sweep_lib.write_config(work / "c.yaml", self.store, points=4, samples=20, theta=2)
        self.config.write_text(self.config.read_text().replace("symbols: [SHA]", "symbols: all"))
        self.whole = work / "whole"
        good(program, "sweep", self.config, "-o", self.whole, "-q")

    def grow(self):
        shutil.copy(self.work / "late.h5", self.late)

    def shrink(self):
        self.late.unlink(missing_ok=True)

    def shard(self, run, i, *more, config=None):
        return call(self.program, "sweep", config or self.config, "-o", run, "--shard", f"{i}/2", *more)

    def must_be_whole(self, run, text):
        expect(tables(run) == tables(self.whole), f"{text}: the tables are not those of the run in one go")
        expect(unit_bytes(run) == unit_bytes(self.whole), f"{text}: the units are not those of the run in one go")


def check_shards(lab):
    """Lets the store grow between two shards. The second one goes on with the run's days, by either config."""
    for name in ("original", "resolved"):
        run = lab.work / f"shards.{name}"
        lab.shrink()
        expect(lab.shard(run, 1).returncode == 0, "the first shard")
        lab.grow()
        config = {"original": lab.config, "resolved": run / "config.resolved.yaml"}[name]
        done = lab.shard(run, 2, config=config)
        expect(done.returncode == 0, f"the second shard, by the {name} config: {done.returncode} {done.stderr}")
        told = "sweep: the store has 1 more day that is not in this run" in done.stderr
        expect(told == (name == "original"), f"what is said of the later day, by the {name} config: {done.stderr}")
        good(lab.program, "merge", run, "-q")
        lab.must_be_whole(run, f"shards by the {name} config")


def check_resume(lab):
    """Lets the store grow before a run goes on, and before it is repaired by the command in the message of merge."""
    for name in ("sweep", "merge"):
        run = lab.work / f"resume.{name}"
        lab.shrink()
        shutil.copytree(lab.whole, run)
        (run / "units" / sorted(units(run))[1]).unlink()
        lab.grow()
        if name == "sweep":
            done = call(lab.program, "sweep", lab.config, "-o", run)
            expect(done.returncode == 0 and "1 more day" in done.stderr, f"a run goes on: {done.returncode} {done.stderr}")
        else:
            done = call(lab.program, "merge", run)
            repair = re.search(r"compute them with: sorsweep( sweep .*)", done.stderr)
            if expect(repair, f"merge names a command: {done.stderr}"):
                good("sh", "-c", f"{lab.program}{repair[1]}")
            good(lab.program, "merge", run, "-q")
        lab.must_be_whole(run, f"resumed by {name}")


def check_elsewhere(lab):
    """Checks that the resolved config makes the same run in any folder, and the original one a new run."""
    lab.grow()
    resolved = (lab.whole / "config.resolved.yaml").read_text()
    expect([day.stem for day in lab.days] == re.findall(r"\d{4}-\d\d-\d\d", resolved.split("symbols:")[0]),
           f"the resolved config lists the days: {resolved}")
    again, grown = lab.work / "again", lab.work / "grown"
    good(lab.program, "sweep", lab.whole / "config.resolved.yaml", "-o", again, "-q")
    lab.must_be_whole(again, "the resolved config in another folder")
    good(lab.program, "sweep", lab.config, "-o", grown, "-q")
    ids = [json.loads((run / "manifest.json").read_text())["run_id"] for run in (lab.whole, again, grown)]
    expect(ids[0] == ids[1] != ids[2] and len(units(grown)) == 4, f"ids {ids}, {len(units(grown))} units of the grown store")
    done = call(lab.program, "sweep", lab.config, "-o", lab.whole, "--set", f"days=[{lab.days[0].stem}]")
    expect(done.returncode == 2 and "holds another run" in done.stderr, f"other days: {done.returncode} {done.stderr}")


def check_other_data(lab):
    """Changes a day of the run, and takes it away. Each command that needs it must say which day that is."""
    run, day = lab.work / "data", lab.days[2]
    lab.shrink()
    expect(lab.shard(run, 1).returncode == 0, "a shard")
    kept, before = day.read_bytes(), unit_bytes(run)
    commands = {"shard": ("sweep", lab.config, "-o", run, "--shard", "2/2"), "sweep": ("sweep", lab.config, "-o", run),
                "replay": ("replay", run, "--point", "lambda_over=0.02,lambda_under=0.03,theta_queue=0")}
    shutil.copy(lab.work / "other" / "store" / "SHA" / day.name, day)
    for name, words in commands.items():
        done = call(lab.program, *words)
        expect(done.returncode == 4 and f"SHA {day.stem}: " in done.stderr and "has changed since the run began" in done.stderr,
               f"{name} of a day that changed: {done.returncode} {done.stderr}")
    day.unlink()
    for name, words in commands.items():
        done = call(lab.program, *words)
        expect(done.returncode == 3 and f"the store has no day {day.stem} of SHA" in done.stderr,
               f"{name} of a day that is gone: {done.returncode} {done.stderr}")
    day.write_bytes(kept)
    expect(unit_bytes(run) == before, "a command that was refused wrote units")
    expect(lab.shard(run, 2).returncode == 0, "the day is back")
    good(lab.program, "merge", run, "-q")
    lab.must_be_whole(run, "once the day is back")


def check_wide_pins(lab):
    """Checks that a config which pins more days than it selects continues its run: a day that changed is one that changed."""
    lab.shrink()
    config, run, day = lab.work / "wide.yaml", lab.work / "wide", lab.days[1]
    listed = ", ".join(one.stem for one in lab.days)
    config.write_text(f"pinned_days: {{SHA: [{listed}]}}\n" +
                      lab.config.read_text().replace("days: all", f"days: {{to: {day.stem}}}"))
    expect(lab.shard(run, 1, config=config).returncode == 0, "a shard of a config with more pinned days")
    kept = day.read_bytes()
    shutil.copy(lab.work / "other" / "store" / "SHA" / day.name, day)
    done = lab.shard(run, 2, config=config)
    expect(done.returncode == 4 and "has changed since the run began" in done.stderr,
           f"more pinned days than the run has: {done.returncode} {done.stderr}")
    day.write_bytes(kept)
    expect(lab.shard(run, 2, config=config).returncode == 0, "the other shard of a config with more pinned days")
    good(lab.program, "merge", run, "-q")
    expect(len(units(run)) == 2, f"units of the selected days: {sorted(units(run))}")


def check_overtaken(lab):
    """Lets another process begin the run, with fewer days, when this one has planned it and makes the folder. The days of the
    first manifest count, and both processes end well."""
    lab.grow()
    run, aside = lab.work / "overtaken", lab.work / "aside.h5"
    first = f"mv {lab.late} {aside} && {lab.program} sweep {lab.config} -o {run} --shard 1/2 -q && mv {aside} {lab.late}"
    done, happened = faults.Faults(lab.program, lab.work).call("sweep", lab.config, "-o", run, FAULT_FILE=run.name, FAULT_AT=1,
                                                               FAULT_RUN=first)
    expect(happened and done.returncode == 0 and "the store has 1 more day" in done.stderr,
           f"overtaken by a process with fewer days: {happened} {done.returncode} {done.stderr}")
    lab.must_be_whole(run, "overtaken by a process with fewer days")


def check_edited(lab):
    """Checks that an edited list of days is refused."""
    run = lab.work / "edited"
    shutil.copytree(lab.whole, run)
    resolved = run / "config.resolved.yaml"
    resolved.write_text(resolved.read_text().replace(f"{lab.days[0].stem}, ", "", 1))
    done = call(lab.program, "merge", run)
    expect(done.returncode == 4 and "pinned_days" in done.stderr, f"edited days, merged: {done.returncode} {done.stderr}")
    done = call(lab.program, "sweep", resolved, "-o", run)
    expect(done.returncode == 2 and "holds another run" in done.stderr, f"edited days, swept: {done.returncode} {done.stderr}")


def check_symbols(lab):
    """Runs two symbols with other days each: the resolved config has to list them by symbol."""
    lab.shrink()
    (lab.store / "AB 1").mkdir()
    good(lab.program, "convert", *sorted((lab.work / "csv").glob("*.csv"))[:2], "-o", lab.store, "--symbol", "AB 1", "--force")
    whole, run = lab.work / "symbols", lab.work / "symbols.resolved"
    good(lab.program, "sweep", lab.config, "-o", whole, "-q")
    lab.grow()
    good(lab.program, "sweep", whole / "config.resolved.yaml", "-o", run, "-q")
    expect(tables(run) == tables(whole) and unit_bytes(run) == unit_bytes(whole), "two symbols: another run")
    shutil.rmtree(lab.store / "AB 1")


def main():
    program, work = sweep_lib.program_and_work(__doc__)
    sweep_lib.forget_settings()
    lab = Lab(program, work)
    sweep_lib.make_store(program, work / "other", 4, rows=1500, seed=6)
    for check in (check_shards, check_resume, check_elsewhere, check_other_data, check_wide_pins, check_overtaken,
                  check_edited, check_symbols):
        check(lab)
    checker.end("days of runs")


if __name__ == "__main__":
    main()
