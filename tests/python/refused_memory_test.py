#!/usr/bin/python3
"""Refuses memory to sweep, merge and convert: refused_memory_test.py --program build/release/sorsweep --work DIR [--whole]

Under `ulimit -v` memory is refused at any place: in our code, in HDF5 (make_memory_ready), in oneTBB. The program must then
say so and exit with 5, or do its work as ever. It must not crash, and what it publishes must be whole.
"""
import resource
import shutil
import sys

import sweep_lib
from sweep_lib import call, good, tables

MIB = 1 << 20
QUICK = (40, 46, 50, 54, 60, 70, 85)  # without the repairs, most of these crash
WHOLE = range(40, 201, 5)
GRID = [word for name in ("lambda_over", "lambda_under", "theta_queue")
        for word in ("--set", f"grid.{name}={{linear: [0.004, 0.09], points: 50}}")]
LIMITS = ("-q", "--threads", "2")
checker = sweep_lib.Checker()
expect = checker.expect


def starved(mib, *command):
    """Runs a command that may map no more than so many MiB. It must end well or for lack of memory."""
    done = call(*command, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (mib * MIB, mib * MIB)), timeout=300)
    words = f"{command[1]} with {mib} MiB: exit code {done.returncode}: {done.stderr.strip()[-300:]}"
    expect(done.returncode in (0, 5), words)
    expect(done.returncode != 5 or "sorsweep: " in done.stderr, f"{words}: it does not say why")
    return done.returncode == 0


def check_sweep(program, config, work, mib, right):
    """Sweeps with little memory, then again with enough of it: what was published meanwhile is whole."""
    run = work / "run"
    shutil.rmtree(run, ignore_errors=True)
    sweep = (program, "sweep", config, *GRID, "-o", run, *LIMITS)
    if not starved(mib, *sweep):
        if sweep_lib.units(run):
            good(program, "verify", run, "-q")
        good(*sweep)
    expect(tables(run) == right, f"sweep with {mib} MiB: the results differ")


def check_merge(program, whole, mib, right):
    if starved(mib, program, "merge", whole, *LIMITS):
        expect(tables(whole) == right, f"merge with {mib} MiB: the results differ")


def check_convert(program, work, mib, right):
    store = work / "again"
    shutil.rmtree(store, ignore_errors=True)
    if starved(mib, program, "convert", work / "csv", "-o", store, "--symbol", "MEM", *LIMITS):
        expect(days_of(store) == right, f"convert with {mib} MiB: the days differ")


def days_of(store):
    return {path.name: path.read_bytes() for path in store.rglob("*.h5")}


def main():
    is_whole = "--whole" in sys.argv
    sys.argv = [word for word in sys.argv if word != "--whole"]
    sweep_lib.forget_settings("SORSWEEP_MEM", "SORSWEEP_THREADS")
    program, work = sweep_lib.program_and_work(__doc__)
    sweep_lib.make_store(program, work, 6, symbol="MEM", rows=1200)
    config = sweep_lib.write_config(work / "c.yaml", work / "store", symbol="MEM")
    whole = work / "whole"
    good(program, "sweep", config, *GRID, "-o", whole, *LIMITS)
    right, days = tables(whole), days_of(work / "store")
    for mib in WHOLE if is_whole else QUICK:
        check_sweep(program, config, work, mib, right)
        check_merge(program, whole, mib, right)
        check_convert(program, work, mib, days)
    checker.end("refused memory")


main()
