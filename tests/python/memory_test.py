#!/usr/bin/python3
"""Compares the peak memory of sweeps with --mem: memory_test.py --program build/release/sorsweep --work DIR [--whole]

Each shape fills memory in a way of its own. A sweep must either be refused (exit code 5) or stay within --mem × 1.05 + 40 MiB.
A refusal says how much is needed: with that much, the same sweep must succeed unless its placements take more, and stay
within it. Two threads are used.
"""
import dataclasses
import os
import re
import shutil
import subprocess
import sys

import sweep_lib
from sweep_lib import good

MIB = 1 << 20
ALLOWED_SHARE, ALLOWED_MIB = 1.05, 40  # what the program, its libraries and the allocator may take on top of the budget
MOST_REFUSALS = 6
CONFIG = """\
store: {store}
days: [{days}]
router: cont_kukanov
order: {{side: buy, shares: 6000, start: "10:00", end: "15:00", slice: 30m, lot: 100}}
grid: {{lambda_over: 0.01, lambda_under: 0.02, theta_queue: 0}}
model: {{samples: 60, sample_stride: 10s, venues_max: 3}}
"""
checker = sweep_lib.Checker()
expect = checker.expect


@dataclasses.dataclass
class Shape:
    """A sweep that takes memory in one way. The quick ones are small enough for every run of the tests."""

    name: str
    days: int
    asked_mib: int
    sets: tuple
    options: tuple = ()
    is_quick: bool = True
    merges: bool = False  # whether shards and a merge do the work


def axes(over, under, theta):
    return tuple(f"grid.{name}={{linear: [{first}, {last}], points: {points}}}" if points > 1 else f"grid.{name}={first}"
                 for name, first, last, points in (("lambda_over", 0.004, 0.09, over), ("lambda_under", 0.004, 0.11, under),
                                                   ("theta_queue", 0, 0.005, theta)))


BRUTE = ("order.shares=96000", "order.slice=5m", "model.venues_max=4", "model.max_candidates=1000000")
FINE = ("order.slice=1m", "order.shares=150000", "model.venues_max=4")

MINUTES = ", ".join(f"{minutes}m" for minutes in (2, 3, 4, 5, 6, 10, 12, 15, 20, 25, 30, 50, 60, 75, 100))

SHAPES = (
    Shape("brute, 16 lots, 4 venues", 1, 256, (*BRUTE, *axes(2, 2, 2)), ("--engine", "brute"), is_quick=False),
    Shape("brute, 8 lots, 4 venues", 1, 32,
          ("order.shares=48000", "order.slice=5m", "model.venues_max=4", *axes(2, 2, 2)), ("--engine", "brute")),
    Shape("10^6 samples", 1, 64, ("order.shares=1000", "model.samples=1000000", "model.sample_stride=1ms",
                                  "model.venues_max=4", *axes(2, 2, 2)), is_quick=False),
    Shape("10^5 samples", 1, 24, ("order.shares=3000", "order.slice=10m", "model.samples=100000", "model.sample_stride=10ms",
                                  "model.venues_max=4", *axes(2, 2, 2))),
    Shape("60 structural points", 40, 64,
          ("structural={slice: [%s], venues_max: [1, 2], impact_ticks: [0, 1]}" % MINUTES, *axes(4, 4, 2)), is_quick=False),
    Shape("12 structural points", 10, 16, ("structural={slice: [1m, 2m, 3m, 4m, 5m, 6m], venues_max: [1, 2]}",
                                           "order.shares=30000", *axes(2, 2, 2))),
    Shape("metrics, 8 M points", 4, 1000, ("run.metrics=[fills, square]", *axes(200, 200, 200)), is_quick=False),
    Shape("metrics, 0.2 M points", 2, 24, ("run.metrics=[fills, square]", *axes(60, 60, 60))),
    Shape("no surfaces, 40 days", 40, 120, ("run.surfaces=none", *FINE, *axes(40, 40, 4)), is_quick=False),
    Shape("no surfaces, 4 days", 4, 12, ("run.surfaces=none", "order.slice=2m", "order.shares=75000", "model.venues_max=4",
                                         *axes(10, 10, 4))),
    Shape("trust's sample, 250 days", 250, 96, axes(60, 60, 40), is_quick=False),
    Shape("trust's sample, 40 days", 40, 24, axes(40, 40, 10)),
    Shape("an axis of 10^7", 1, 256, ("grid.theta_queue={linear: [0, 5], points: 10000000}",), is_quick=False),
    Shape("an axis of 10^7, no surfaces", 1, 256,
          ("run.surfaces=none", "grid.lambda_over={linear: [0.004, 5], points: 10000000}"), is_quick=False),
    Shape("an axis of 10^5", 1, 16, axes(1, 1, 100_000)),
    Shape("10^6 rows, 40 days", 40, 512, axes(1_000_000, 1, 1), is_quick=False),
    Shape("10^4 rows, 40 days", 40, 24, axes(10_000, 1, 1)),
    Shape("rows of one point, no surfaces", 10, 64, ("run.surfaces=none", *axes(300_000, 1, 1)), is_quick=False),
    Shape("1 M points, 100 MiB in all", 2, 57, axes(100, 100, 100), is_quick=False),
    Shape("merge, 1 M points, 100 MiB in all", 2, 57, axes(100, 100, 100), is_quick=False, merges=True),
    Shape("merge, trust's sample", 250, 96, axes(60, 60, 40), is_quick=False, merges=True),
)


def measured(*command):
    """Runs a command. Returns its exit code, the most MiB that it held, and what it said on stderr."""
    with subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        said = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, usage.ru_maxrss / 1024, said


def run_shape(shape, program, config, run, asked_mib):
    """Sweeps, or sweeps shards and merges them. Returns the exit code of the last process, the highest peak and its words."""
    shutil.rmtree(run, ignore_errors=True)
    words = [word for text in shape.sets for word in ("--set", text)]
    limits = ("--mem", f"{asked_mib}MiB", "--threads", "2")
    sweep = (program, "sweep", config, *words, *shape.options, "-o", run, "-q", *limits)
    if not shape.merges:
        return measured(*sweep)
    code, peak, said = measured(*sweep, "--shard", "1/1")
    if code:
        return code, peak, said
    code, of_merge, said = measured(program, "merge", run, "-q", *limits)
    return code, max(peak, of_merge), said


def needed_mib(said):
    """Returns what a refusal says is needed, in MiB and rounded up."""
    found = re.search(r"needs? ([0-9,.]+) (KiB|MiB|GiB)", said)
    if not found:
        return None
    size = float(found[1].replace(",", "")) * {"KiB": 1 / 1024, "MiB": 1, "GiB": 1024}[found[2]]
    return int(size * 1.01) + 1


def check_bound(shape, asked_mib, code, peak, said):
    is_bound = peak <= asked_mib * ALLOWED_SHARE + ALLOWED_MIB
    print(f"{shape.name:36} {asked_mib:6} {peak:8.0f} {peak / asked_mib:6.2f} {code:5}{'' if is_bound else '  too much'}",
          flush=True)
    expect(is_bound, f"{shape.name}: {peak:.0f} MiB with --mem {asked_mib}MiB")
    expect(code in (0, 5), f"{shape.name}: exit code {code}: {said}")
    expect(code != 5 or "needs" in said or "need " in said, f"{shape.name}: the refusal says no size: {said}")


def check(shape, program, work, stored):
    """Checks a shape with the memory that is asked for, and with more until it is not refused."""
    config = work / "c.yaml"
    config.write_text(CONFIG.format(store=work / "store", days=", ".join(stored[:shape.days])))
    asked_mib, is_planned = shape.asked_mib, False
    for _ in range(MOST_REFUSALS):
        code, peak, said = run_shape(shape, program, config, work / "run", asked_mib)
        check_bound(shape, asked_mib, code, peak, said)
        expect(not is_planned or code == 0 or "placements that" in said,
               f"{shape.name}: {asked_mib} MiB, which the plan asked for, are not enough: {said}")
        if code != 5:
            return
        # Of the plan's refusals only that of the points counts everything. The placements are counted until they do not fit.
        is_planned = "points need" in said
        asked_mib = needed_mib(said) if is_planned else max(needed_mib(said) or 0, 2 * asked_mib)
    expect(False, f"{shape.name}: {asked_mib} MiB are not enough: {said}")


def main():
    is_whole = "--whole" in sys.argv
    only = [word[7:] for word in sys.argv if word.startswith("--only=")]
    sys.argv = [word for word in sys.argv if word != "--whole" and not word.startswith("--only=")]
    sweep_lib.forget_settings("SORSWEEP_MEM", "SORSWEEP_THREADS")
    program, work = sweep_lib.program_and_work(__doc__)
    shapes = [shape for shape in SHAPES if (any(o in shape.name for o in only) if only else is_whole or shape.is_quick)]
    sweep_lib.make_store(program, work, max(shape.days for shape in shapes), symbol="MEM", rows=1200)
    stored = sorted(path.stem for path in (work / "store" / "MEM").glob("*.h5"))
    print(f"{'shape':36} {'asked':>6} {'peak':>8} {'ratio':>6} {'exit':>5}")
    for shape in shapes:
        check(shape, program, work, stored)
    checker.end("memory")


main()
