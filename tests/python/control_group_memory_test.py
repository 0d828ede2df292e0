#!/usr/bin/python3
"""Runs sweeps in a control group of 100 MiB: control_group_memory_test.py --program build/release/sorsweep --work DIR

The system kills a process that takes more than its group may. `memory: auto` is half of that, so sweeps, shards and merges
must end well or be refused (exit code 5), and what ends well is the same as outside. Without a group to make it is skipped
(exit code 77): making one needs root, and a memory controller that this process may use.
"""
import contextlib
import os
import pathlib
import shutil
import sys

import sweep_lib
from sweep_lib import call, good, tables

MIB = 1 << 20
GROUP_MIB = 100
SIZES = (40, 70, 85, 100)  # points on each of three axes; the last one, a million in all, is too much
MOUNTS = ((pathlib.Path("/sys/fs/cgroup/memory"), "memory.limit_in_bytes"),  # version 1 of the kernel's interface
          (pathlib.Path("/sys/fs/cgroup"), "memory.max"))                    # version 2
checker = sweep_lib.Checker()
expect = checker.expect


@contextlib.contextmanager
def group_of(mib):
    """Makes a control group that may take so much memory. Yields its folder, or None if none can be made."""
    for mount, limit in MOUNTS:
        folder = mount / f"sorsweep-test-{os.getpid()}"
        try:
            folder.mkdir()
        except OSError:
            continue
        try:
            if not (folder / limit).exists():
                continue
            (folder / limit).write_text(str(mib * MIB))
            yield folder
            return
        finally:
            folder.rmdir()
    yield None


def within(group, *command):
    """Runs a command in the group. It must end well, or be refused for lack of memory; the system must not kill it."""
    done = call(*command, preexec_fn=lambda: (group / "cgroup.procs").write_text("0"), timeout=600)
    expect(done.returncode in (0, 5), f"{' '.join(map(str, command))}: exit code {done.returncode}: {done.stderr[-300:]}")
    expect(done.returncode == 0 or "need" in done.stderr, f"{command[1]}: the refusal says no size: {done.stderr}")
    return done.returncode == 0


def grid_of(points):
    return [word for name, last in (("lambda_over", 0.09), ("lambda_under", 0.11), ("theta_queue", 0.005))
            for word in ("--set", f"grid.{name}={{linear: [0, {last}], points: {points}}}")]


def check(program, config, work, group, points):
    """Returns whether a whole sweep, and whether shards and their merge, ended well in the group."""
    ended = []
    outside = work / "outside"
    shutil.rmtree(outside, ignore_errors=True)
    good(program, "sweep", config, *grid_of(points), "-o", outside, "-q", "--threads", 2)
    right = tables(outside)
    for shards in (1, 2):
        run = work / "run"
        shutil.rmtree(run, ignore_errors=True)
        sweep = (program, "sweep", config, *grid_of(points), "-o", run, "-q", "--threads", 2)
        if shards == 1:
            is_done = within(group, *sweep)
        else:
            is_done = all([within(group, *sweep, "--shard", f"{shard}/2") for shard in (1, 2)])
            is_done = is_done and within(group, program, "merge", run, "-q", "--threads", 2)
        expect(not is_done or tables(run) == right, f"{points}^3 points in {shards} shards: the results differ")
        print(f"{points}^3 points, {shards} shards: {'done' if is_done else 'refused'}", flush=True)
        ended.append(is_done)
    return ended


def main():
    sweep_lib.forget_settings("SORSWEEP_MEM", "SORSWEEP_THREADS")
    program, work = sweep_lib.program_and_work(__doc__)
    with group_of(GROUP_MIB) as group:
        if group is None:
            print("skipped: no control group with a memory limit can be made here")
            sys.exit(77)
        sweep_lib.make_store(program, work, 6, symbol="MEM", rows=1200)
        config = sweep_lib.write_config(work / "c.yaml", work / "store", symbol="MEM")
        ended = [check(program, config, work, group, points) for points in SIZES]
    expect(all(ended[0]), "the smallest grid is refused")
    expect(not any(ended[-1]), "a million points are not refused")
    checker.end("control group")


main()
