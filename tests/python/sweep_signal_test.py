#!/usr/bin/python3
"""Sends SIGTERM in the middle of a sweep: sweep_signal_test.py --program build/release/sorsweep --work DIR

The units in flight are finished and published, the exit code is 75, and nothing half-written stays. The same command then ends
with the result of a run that was never stopped.
"""
import json
import shutil
import signal
import subprocess
import sys
import time

import sweep_lib
from sweep_lib import good, units

DAYS = 12
CONFIG = """\
store: {store}
symbols: [SIG]
days: all
router: notebook
order: {{side: buy, shares: 5000}}
grid:
  lambda_over: {{linear: [0.0005, 0.01], points: {points}}}
  lambda_under: {{linear: [0.0005, 0.01], points: {points}}}
  theta_queue: {{linear: [0, 0.001], points: 20}}
"""


def temporaries(folder):
    """Returns the files that are neither a unit, nor one of the published tables, nor a log."""
    return [p for p in folder.rglob("*")
            if p.is_file() and (p.name.startswith(".")
                                or p.suffix not in {".h5", ".json", ".csv", ".yaml", ".html", ".md", ".jsonl"}
                                or "tmp" in p.name)]


def stop_after_first_unit(command, folder):
    """Runs the command, sends it SIGTERM as soon as one unit is there, and returns its exit code."""
    with subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        while process.poll() is None and not units(folder):
            time.sleep(0.002)
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        try:
            _, message = process.communicate(timeout=300)
        except subprocess.TimeoutExpired:
            process.kill()
            sys.exit("FAILED: still running 300 s after SIGTERM")
        return process.returncode, message.decode()


def stopped_run(program, work):
    """Returns a run that the signal met in the middle. The grid grows until there is time for that."""
    for points in (300, 600, 1200):
        config, folder = work / "c.yaml", work / f"stopped{points}"
        config.write_text(CONFIG.format(store=work / "store", points=points))
        command = [program, "sweep", config, "-o", folder, "--engine", "brute", "--threads", 1]
        code, message = stop_after_first_unit(command, folder)
        if code != 0:
            return command, folder, code, message
        print(f"{points} x {points} x 20 points were done before the signal: once more with more")
        shutil.rmtree(folder)
    sys.exit("FAILED: every run ended before the signal, or SIGTERM was answered with exit code 0")


def check_stopped(folder, code, message):
    problems = []
    if code != 75:
        problems.append(f"exit code {code} after SIGTERM, not 75: {message}")
    if temporaries(folder):
        problems.append(f"left behind: {temporaries(folder)}")
    if not 0 < len(units(folder)) < DAYS:
        problems.append(f"{len(units(folder))} of {DAYS} units: not stopped in the middle")
    if (folder / "best.json").exists():
        problems.append("best.json of an unfinished run")
    return problems


def check_finished(folder, straight, before):
    problems = []
    results = [json.loads((f / "best.json").read_text()) for f in (folder, straight)]
    if results[0]["result_hash"] != results[1]["result_hash"]:
        problems.append(f"result_hash {results[0]['result_hash']}, of the straight run {results[1]['result_hash']}")
    if (folder / "best.json").read_bytes() != (straight / "best.json").read_bytes():
        problems.append("best.json differs from that of the straight run")
    problems += [f"unit rewritten: {name}" for name, seen in before.items() if units(folder).get(name) != seen]
    if len(units(folder)) != DAYS or temporaries(folder):
        problems.append(f"{len(units(folder))} units, left behind: {temporaries(folder)}")
    return problems


def main():
    program, work = sweep_lib.program_and_work(__doc__)
    good(program, "synth", "-o", work / "csv", "--days", DAYS, "--venues", 3, "--rows", 20000, "--seed", 31, "--symbol", "SIG")
    good(program, "convert", work / "csv", "-o", work / "store", "--symbol", "SIG")
    command, folder, code, message = stopped_run(program, work)
    problems = check_stopped(folder, code, message)
    before = units(folder)
    print(f"stopped with exit code {code} after {len(before)} of {DAYS} units")
    if not problems:
        good(*command)
        straight = work / "straight"
        good(*[straight if part == folder else part for part in command])
        problems = check_finished(folder, straight, before)
    for problem in problems:
        print(f"FAILED: {problem}")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
