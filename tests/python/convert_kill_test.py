#!/usr/bin/python3
"""Kills converts with SIGKILL at random moments: convert_kill_test.py --program build/release/sorsweep --work DIR

Whatever then has its final name must be whole and right, and the next run must give the bytes of one that was never killed.
The moments are spread over the whole run, and again over its last third, where the files are written.
"""
import random
import shutil
import subprocess
import time

import sweep_lib

KILLS = 50
checker = sweep_lib.Checker()
expect = checker.expect


def files_of(store):
    return {p.relative_to(store): p.read_bytes() for p in store.rglob("*") if p.is_file() and not p.name.startswith(".")}


def convert(program, csv, store):
    command = [program, "convert", csv, "-o", store, "--force", "--threads", "2"]
    return subprocess.Popen([str(c) for c in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def main():
    program, work = sweep_lib.program_and_work(__doc__)
    chance = random.Random(4)
    sweep_lib.good(program, "synth", "-o", work / "csv", "--days", 3, "--venues", 4, "--rows", 60000, "--symbol", "KIL")
    began = time.perf_counter()
    expect(convert(program, work / "csv", work / "good").wait() == 0, "convert")
    whole = time.perf_counter() - began
    good = files_of(work / "good")
    expect(len(good) == 3, f"{len(good)} files, not 3")
    killed = partial = 0
    store = work / "store"
    for i in range(KILLS):
        if i % 4 < 2:  # into nothing, or over a store that is there
            shutil.rmtree(store, ignore_errors=True)
        process = convert(program, work / "csv", store)
        time.sleep(whole * (chance.uniform(0, 1.1) if i % 2 else chance.uniform(0.65, 1.1)))
        process.kill()
        killed += process.wait() == -9
        left = files_of(store) if store.exists() else {}
        partial += 0 < len(left) < 3
        for name, data in left.items():
            expect(good.get(name) == data, f"kill {i}: {name} is not what it should be")
        expect(convert(program, work / "csv", store).wait() == 0, f"convert after kill {i}")
        expect(files_of(store) == good, f"kill {i}: the next run gives other bytes")
        expect(not [p for p in store.rglob(".*")], f"kill {i}: the next run leaves temporaries behind")
    expect(killed > KILLS / 3, f"only {killed} of {KILLS} runs were killed in time")
    checker.end(f"{killed} of {KILLS} runs killed, {partial} times some of the days were there")


if __name__ == "__main__":
    main()
