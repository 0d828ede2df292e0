#!/usr/bin/python3
"""Compares the peak memory of sweeps with --mem: memory_test.py --program build/release/sorsweep --work DIR [--whole]

Each shape fills memory in a way of its own. A sweep must either be refused (exit code 5) or stay within --mem × 1.05 + 40 MiB.
A refusal says how much is needed: with that much, the same sweep must succeed unless its placements take more, and stay
within it. Nor may the plan ask for much more than the sweep takes. Two threads are used.
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
MOST_ASKED_SHARE, MOST_ASKED_MIB = 1.3, 40  # the least --mem may be so much of what is then taken, and so much more
MOST_REFUSALS = 9
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
    Shape("no surfaces, 10 days, 96 MiB", 10, 96, ("run.surfaces=none", *FINE, *axes(60, 60, 60)), is_quick=False),
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
    """Returns what a refusal says is needed, in MiB."""
    found = re.search(r"needs? ([0-9,.]+) (KiB|MiB|GiB)", said)
    if not found:
        return None
    return float(found[1].replace(",", "")) * {"KiB": 1 / 1024, "MiB": 1, "GiB": 1024}[found[2]]


def more_than(mib):
    """Returns whole MiB that are enough where a message rounded what is needed to so many."""
    return int(mib * 1.01) + 1


def check_bound(shape, asked_mib, code, peak, said):
    is_bound = peak <= asked_mib * ALLOWED_SHARE + ALLOWED_MIB
    print(f"{shape.name:36} {asked_mib:6} {peak:8.0f} {peak / asked_mib:6.2f} {code:5}{'' if is_bound else '  too much'}",
          flush=True)
    expect(is_bound, f"{shape.name}: {peak:.0f} MiB with --mem {asked_mib}MiB")
    expect(code in (0, 5), f"{shape.name}: exit code {code}: {said}")
    expect(code != 5 or "needs" in said or "need " in said, f"{shape.name}: the refusal says no size: {said}")


def least_mib(shape, program, config):
    """Returns the least --mem, in MiB, that plan takes. It says so when it is given less."""
    words = [word for text in shape.sets for word in ("--set", text)]
    asked_mib = 1
    for _ in range(MOST_REFUSALS):
        done = sweep_lib.call(program, "plan", config, *words, *shape.options, "--threads", 2, "--mem", f"{asked_mib}MiB")
        if done.returncode == 0:
            return asked_mib
        needed = needed_mib(done.stderr)
        if "points need" in done.stderr:  # The refusal of the axes comes before it, and counts less.
            return needed
        asked_mib = more_than(needed or 2 * asked_mib)
    return expect(False, f"{shape.name}: plan takes no --mem: {done.stderr}") or asked_mib


def check(shape, program, work, stored):
    """Checks a shape with the memory that is asked for, and with the least that plan takes, or more until it is enough."""
    config = work / "c.yaml"
    config.write_text(CONFIG.format(store=work / "store", days=", ".join(stored[:shape.days])))
    least = least_mib(shape, program, config)
    code, peak, said = run_shape(shape, program, config, work / "run", shape.asked_mib)
    check_bound(shape, shape.asked_mib, code, peak, said)
    expect(code == 5 or shape.asked_mib >= 0.9 * least, f"{shape.name}: sweep takes less memory than plan says")
    asked_mib = more_than(least)
    for _ in range(MOST_REFUSALS):
        code, peak, said = run_shape(shape, program, config, work / "run", asked_mib)
        check_bound(shape, asked_mib, code, peak, said)
        if code != 5:
            expect(least <= peak * MOST_ASKED_SHARE + MOST_ASKED_MIB, f"{shape.name}: asks for {least:.0f} MiB, takes {peak:.0f}")
            return
        # Only the placements are counted when they are found.
        is_by_placements = "placements that" in said or "the days and their sums" in said
        expect(is_by_placements, f"{shape.name}: {asked_mib} MiB, which the plan asked for, are not enough: {said}")
        asked_mib = max(more_than(needed_mib(said) or 0), 2 * asked_mib)
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
