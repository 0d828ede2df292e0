#!/usr/bin/python3
"""Checks the verb merge on a small run: merge_test.py --program build/release/sorsweep --work DIR

Whole runs become one result; a gap is named together with the command that fills it; files of other runs are refused. What
happens to shards that are interrupted, repeated or damaged is tested by shards_test.py.
"""
import json
import re
import shutil

import sweep_lib
from sweep_lib import call, good, tables, units

checker = sweep_lib.Checker()
expect = checker.expect


def check_gap(program, run):
    """Checks that a merge counts and names the missing units, prints the command that computes them, and writes no result."""
    gone = sorted(units(run))[1]
    (run / "units" / gone).rename(run.parent / gone)
    done = call(program, "merge", run, "-q")
    expect(done.returncode == 6, f"a gap: exit code {done.returncode}: {done.stderr}")
    expect("1 of 3 units are missing" in done.stderr and gone[4:14] in done.stderr, f"the gap is not named: {done.stderr}")
    expect(re.search(r"compute them with: sorsweep sweep .*", done.stderr), f"no command fills the gap: {done.stderr}")
    expect(not (run / "best.json").exists(), "a run with a gap has a result")
    (run.parent / gone).rename(run / "units" / gone)


def check_foreign(program, run):
    """Checks that a unit of another run is named and refused."""
    stranger = run / "units" / f"{sorted(units(run))[0][:-6]}abc.h5"
    shutil.copy(run / "units" / sorted(units(run))[0], stranger)
    done = call(program, "merge", run, "-q")
    expect(done.returncode == 4 and stranger.name in done.stderr, f"a foreign unit: {done.returncode} {done.stderr}")
    stranger.unlink()


def check_version(program, run):
    """Checks that a run of another results version is refused before anything else is looked at."""
    manifest = run / "manifest.json"
    kept = manifest.read_text()
    manifest.write_text(re.sub(r'"results version: \d+"', '"results version: 1"', kept))
    done = call(program, "merge", run, "-q")
    expect(done.returncode == 2 and "was made by another version of sorsweep" in done.stderr,
           f"another results version: {done.returncode} {done.stderr}")
    manifest.write_text(kept)


def main():
    program, work = sweep_lib.program_and_work(__doc__)
    sweep_lib.make_store(program, work, 3, rows=2000)
    config = sweep_lib.write_config(work / "c.yaml", work / "store", points=4)
    whole, run = work / "whole", work / "run"
    good(program, "sweep", config, "-o", whole, "-q")
    outline = json.loads(good(program, "sweep", config, "-o", run, "--init", "--json", "--threads", 1).stdout)
    for i in (1, 2):
        good(program, "sweep", config, "-o", run, "--shard", f"{i}/2", "-q")
    check_gap(program, run)
    check_foreign(program, run)
    check_version(program, run)
    # The memory that is named before there are units is enough for their files too.
    good(program, "merge", run, "-q", "--threads", 1, "--mem", f"{outline['merge_memory']}B")
    expect(tables(run) == tables(whole), "the merged run differs from the whole one")
    checker.end("merge")


main()
