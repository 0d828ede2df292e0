#!/usr/bin/python3
"""Checks the verb plan on a small sweep: plan_test.py --program build/release/sorsweep --work DIR

What is counted must be what the sweep then does, a finer grid must be predicted to cost more, and nothing may be written.
"""
import json

import sweep_lib
from sweep_lib import good, units

DAYS, SLICES_A_DAY = 3, 10
checker = sweep_lib.Checker()
expect = checker.expect


def plan_of(program, config, *options):
    """Returns what plan --json prints."""
    return json.loads(good(program, "plan", config, "--json", *options).stdout)


def check_counts(program, config, work):
    """Compares the counts of the plan with the sweep itself."""
    outline = plan_of(program, config)
    run = work / "run"
    good(program, "sweep", config, "-o", run, "-q")
    expect(outline["points"] == 4 * 4 * 3 and outline["days"] == DAYS, f"points and days: {outline}")
    expect(outline["units"] == len(units(run)), f"{outline['units']} units are planned, the sweep has {len(units(run))}")
    expect(outline["slices"] == SLICES_A_DAY * DAYS, f"{outline['slices']} slices")
    expect(0 < outline["contenders_a_slice"] < outline["candidates_a_slice"], f"placements: {outline}")
    on_disk = sum(path.stat().st_size for path in run.rglob("*") if path.is_file())
    expect(outline["predicted"]["disk"] < 20 * on_disk and on_disk < 20 * outline["predicted"]["disk"],
           f"{outline['predicted']['disk']} bytes are predicted, the run has {on_disk}")


def check_grids(program, config):
    """Checks that more points cost more memory and disk, and that a shard is shorter than the whole."""
    small, large = (plan_of(program, config, "--set", f"grid.theta_queue={{linear: [0, 0.005], points: {n}}}") for n in (3, 3000))
    expect(large["points"] == 1000 * small["points"], f"{large['points']} points")
    for what in ("peak_memory", "disk"):
        expect(large["predicted"][what] > small["predicted"][what], f"{what}: {large['predicted']} and {small['predicted']}")
    parts = plan_of(program, config, "--shards", 3)
    expect(parts["shards"] == 3 and parts["longest_shard_seconds"] < parts["thread_seconds"], f"shards: {parts}")


def main():
    program, work = sweep_lib.program_and_work(__doc__)
    sweep_lib.make_store(program, work, DAYS, rows=2000)
    config = sweep_lib.write_config(work / "c.yaml", work / "store", points=4)
    before = sorted(work.rglob("*"))
    check_grids(program, config)
    expect(sorted(work.rglob("*")) == before, "plan writes files")
    check_counts(program, config, work)
    checker.end("plan")


main()
