#!/usr/bin/python3
"""Kills sweeps with SIGKILL at random moments: sweep_kill_test.py --program build/release/sorsweep --work DIR

The run is resumed after each. It ends with the bytes of a run that was never killed, no unit is computed twice, and nothing is
left behind.
"""
import random
import shutil
import subprocess
import time

import sweep_lib
from sweep_lib import tables, temporaries, unit_bytes, units

KILLS = 100
checker = sweep_lib.Checker()
expect = checker.expect


def main():
    program, work = sweep_lib.program_and_work(__doc__)
    chance = random.Random(8)
    sweep_lib.make_store(program, work, 24, rows=2000)
    config = sweep_lib.write_config(work / "c.yaml", work / "store", points=20)
    good, run = work / "good", work / "run"
    began = time.perf_counter()
    sweep_lib.good(program, "sweep", config, "-o", good, "-q")
    whole = time.perf_counter() - began
    killed = runs = 0
    while killed < KILLS:
        command = list(map(str, [program, "sweep", config, "-o", run, "-q", "--threads", "2"]))
        before = units(run) if run.exists() else {}
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(chance.uniform(0, 0.5) * whole)
        except subprocess.TimeoutExpired:
            process.kill()
        code = process.wait()
        killed += code == -9
        expect(code in (0, -9), f"kill {killed}: exit code {code}")
        expect(before.items() <= units(run).items() if before else True,
               f"kill {killed}: a unit that was there was computed again")
        if code == -9:
            continue
        runs += 1
        expect(tables(run) == tables(good) and unit_bytes(run) == unit_bytes(good), f"run {runs}: other bytes")
        expect(not temporaries(run), f"run {runs}: left behind {temporaries(run)}")
        fresh = [e["unit"] for log in sweep_lib.events(run) for e in log if e["event"] == "unit" and e["fresh"]]
        expect(len(fresh) == len(set(fresh)), f"run {runs}: units computed twice: {len(fresh)}, {len(set(fresh))} different")
        shutil.rmtree(run)
    if run.exists():  # the last one, to its end, and merged
        sweep_lib.good(program, "sweep", config, "-o", run, "-q")
        sweep_lib.good(program, "merge", run, "-q")
        expect(tables(run) == tables(good) and unit_bytes(run) == unit_bytes(good), "the last run: other bytes")
        expect(not temporaries(run), f"the last run: left behind {temporaries(run)}")
    checker.end(f"{killed} kills, {runs} runs came to their end")


if __name__ == "__main__":
    main()
