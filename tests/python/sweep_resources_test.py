#!/usr/bin/python3
"""Checks that a shard stops when the disk is full: sweep_resources_test.py --program build/release/sorsweep --work DIR

A unit that fails for a reason of its own keeps no other unit from being computed, but without disk or memory every unit would
fail. So the first such failure ends the shard with exit code 5, and what was published before stays.
"""
import resource

import sweep_lib
from sweep_lib import call, temporaries, units

DAYS = 12
checker = sweep_lib.Checker()
expect = checker.expect


def limit_files_to(size):
    """Lets no file of the process grow beyond this many bytes, as on a full disk."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def main():
    program, work = sweep_lib.program_and_work(__doc__)
    sweep_lib.make_store(program, work, DAYS, rows=1000)
    config = sweep_lib.write_config(work / "c.yaml", work / "store", points=12)
    run = work / "run"
    command = (program, "sweep", config, "-o", run, "--shard", "1/1", "--threads", "1", "-q")

    done = call(*command, preexec_fn=limit_files_to(9_000))
    expect(done.returncode == 5 and "File too large" in done.stderr, f"small files: {done.returncode} {done.stderr}")
    log = sweep_lib.events(run)[0]
    failed = [event for event in log if event["event"] == "unit_failed"]
    begun = [event for event in log if event["event"] == "unit_begin"]
    expect(failed and failed[0]["exit"] == 5, f"the log tells of no failure: {log}")
    # Two days are in flight with one thread; the others must not even begin.
    expect(len(failed) <= 2 and len(begun) <= 3, f"the shard goes on: {len(begun)} units begun, {len(failed)} failed")
    expect(not units(run) and not temporaries(run), f"left behind: {sorted(units(run))} {temporaries(run)}")

    done = call(*command)
    expect(done.returncode == 0 and len(units(run)) == DAYS, f"with room: {done.returncode} {done.stderr}")
    checker.end("resources")


main()
