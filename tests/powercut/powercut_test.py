#!/usr/bin/python3
"""Cuts the power after every file call of convert, sweep, merge and report: powercut_test.py --program P --work DIR [--all]

Each command runs once under file_recorder.c. For every beginning of the record, disk.py says what may be on the disk after a
power cut, and each such state is made. What then has its final name must be whole, readers must give right data or a documented
error, and the same command must end well and with the bytes of an undisturbed run. What is there at the end must be there for
certain.
"""
import argparse
import concurrent.futures
import json
import os
import pathlib
import random
import re
import shutil
import sys

import disk

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "python"))
import sweep_lib  # pylint: disable=wrong-import-position
from sweep_lib import call, good  # pylint: disable=wrong-import-position

PROCESSES = 2
MIXTURES = 400  # after each call, if all states are tried
POINT = "lambda_over=0.004,lambda_under=0.004,theta_queue=0"
TIMES = ("started_at", "ended_at", "wall_seconds", "peak_memory", "predicted", "units_resumed")
DOCUMENTED = (2, 3, 4, 6)  # what a reader may say of a state that is not whole
checker = sweep_lib.Checker()


def without_times(name, data):
    """Takes out of a file what may differ between two runs: times, and how the run was computed."""
    if name.endswith("manifest.json"):
        return json.dumps({k: v for k, v in json.loads(data).items() if k not in TIMES}).encode()
    if name.endswith("report.html"):
        document = json.loads(re.search(rb'id="document">(.*?)</script>', data, re.S)[1])
        return json.dumps({k: v for k, v in document.items() if k not in ("manifest", "computation")}).encode()
    return data


def files_of(root):
    """Reads the files that count at the end: all but logs and those with a hidden name."""
    return {str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*")
            if p.is_file() and not p.name.startswith(".") and p.parent.name != "logs"}


class Scenario:
    """Some commands that run one after another in an empty folder, or in one that other commands prepare. Readers are commands
    with what they print if all is there, or with nothing if that may differ."""

    def __init__(self, name, commands, prepare=(), readers=()):
        self.name, self.commands, self.prepare, self.readers = name, commands, prepare, readers

    def record(self, program, recorder, work):
        """Runs the commands, and notes what they do, what they leave, and every content that a file had its name with."""
        self.before, self.after = work / f"{self.name}.before", work / f"{self.name}.after"
        self.before.mkdir()
        for command in self.prepare:
            good(program, *command, cwd=self.before)
        shutil.copytree(self.before, self.after)
        record = work / f"{self.name}.record"
        preload = {"LD_PRELOAD": str(recorder), "FILE_RECORD": str(record), "FILE_RECORD_ROOT": str(self.after)}
        for command in self.commands:
            good(program, *command, cwd=self.after, env={**os.environ, **preload})
        self.calls = disk.read_record(record)
        self.final = {name: without_times(name, data) for name, data in files_of(self.after).items()}
        self.whole = self.published()
        return self

    def published(self):
        """Returns the contents that each file may have under its name."""
        disks, whole = disk.Disk(self.before), {}
        for one in (None, *self.calls):
            if one:
                disks.follow(one)
            if one is None or one[0] in ("link", "rename"):
                for name, data in disks.tree({}).items():
                    whole.setdefault(name, set()).add(data)
        return whole

    def check_end(self):
        """Checks that what has ended well can no longer be lost."""
        certain = {name for name, data in disk.certain_at_end(self.before, self.calls).items() if data is not None}
        lost = sorted(set(self.final) - certain)
        checker.expect(not lost, f"{self.name}: a power cut after the end loses {lost}")


def make(root, tree):
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir()
    for path, data in tree.items():
        if data is None:
            (root / path).mkdir(parents=True, exist_ok=True)
    for path, data in tree.items():
        if data is not None:
            (root / path).write_bytes(data)


def problems_of(scenario, program, root, tree):
    """Makes a state, reads it, and runs the commands again. Returns what is wrong with that."""
    make(root, tree)
    for name, data in tree.items():
        is_final = data is not None and not name.rpartition("/")[2].startswith(".") and "logs/" not in name
        if is_final and data not in scenario.whole.get(name, ()):
            return f"{name} has its name and {len(data)} bytes that it never had"
    for reader, right in scenario.readers:
        done = call(program, *reader, cwd=root)
        if done.returncode not in (0, *DOCUMENTED) or (done.returncode == 0 and right and done.stdout != right):
            return f"{reader[0]} gives {done.returncode}: {done.stderr or done.stdout[:200]}"
    for command in scenario.commands:
        done = call(program, *command, cwd=root)
        if done.returncode == 2 and "use --force" in done.stderr:  # some days were there already, and they are whole
            done = call(program, *command, "--force", cwd=root)
        if done.returncode:
            return f"{' '.join(map(str, command))} gives {done.returncode}: {done.stderr}"
    found = {name: without_times(name, data) for name, data in files_of(root).items()}
    if found != scenario.final:
        names = sorted(name for name in found | scenario.final if found.get(name) != scenario.final.get(name))
        return f"other bytes at the end: {names}"
    hidden = [p.name for p in root.rglob(".*")] if scenario.name != "report" else []
    return f"left behind: {hidden}" if hidden else ""


def try_states(scenario, program, work, sample):
    """Tries so many states, by chance, but the same each time; all of them if `sample` is None. Returns how many that were."""
    scenario.check_end()
    states = list(disk.possible_states(scenario.before, scenario.calls, MIXTURES if sample is None else 10))
    if sample is not None and len(states) > sample:
        states = random.Random(17).sample(states, sample)
    roots = [work / f"{scenario.name}.{p}" for p in range(PROCESSES)]

    def part(p):
        for number, tree in states[p::PROCESSES]:
            problem = problems_of(scenario, program, roots[p], tree)
            checker.expect(not problem, f"{scenario.name}, after call {number} ({scenario.calls[number][:1]}): {problem}")

    with concurrent.futures.ThreadPoolExecutor(PROCESSES) as pool:
        list(pool.map(part, range(PROCESSES)))
    return len(states)


def scenarios(work, replayed):
    """Returns what is tried, with the number of states of a sample. `replayed` is what replay prints of the sweep."""
    config = work / "c.yaml"
    convert = ("convert", work / "new", "-o", "store", "--threads", 1)
    sweep, whole = (("sweep", config, "-o", run, "-q", "--threads", 1) for run in ("runs/run", "run"))
    shards = [(*whole, "--init"), (*whole, "--shard", "1/2"), (*whole, "--shard", "2/2"), ("merge", "run", "-q", "--threads", 1)]
    verify = (("verify", "store"), "")
    yield 20, Scenario("convert", [convert], readers=[verify])
    yield 15, Scenario("convert_over", [(*convert, "--force")], [("convert", work / "old", "-o", "store")], [verify])
    status = (("status", "run"), "")
    replay = (("replay", "runs/run", "--point", POINT), replayed)
    yield 8, Scenario("sweep", [sweep], readers=[(("status", "runs/run"), ""), replay])
    yield 4, Scenario("resumed", [whole], [shards[1]], [status])
    yield 4, Scenario("shards", shards, readers=[status])
    yield 4, Scenario("report", [("report", "run", "-q", "--threads", 1)], [whole], [status])


def make_quotes(program, work):
    """Makes a small store for the sweeps, and quotes of two symbols in two versions for the conversions."""
    for folder, symbol, days, seed in (("csv", "SHA", 2, 5), ("new", "SHA", 4, 5), ("new", "ALT", 3, 7), ("old", "SHA", 4, 6),
                                       ("old", "ALT", 3, 8)):
        good(program, "synth", "-o", work / folder, "--days", days, "--venues", 3, "--rows", 300, "--seed", seed,
             "--symbol", symbol)
    for folder in ("new", "old"):
        (work / folder / "bad.csv").write_text("ts_event,publisher_id,ask_px_00,ask_sz_00,symbol\n"
                                               f"1720445400001000000,2,1.5,100,SHA\nx,2,1.5,100,{folder}\n")
    good(program, "convert", work / "csv", "-o", work / "store")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", required=True, type=pathlib.Path)
    parser.add_argument("--work", required=True, type=pathlib.Path)
    parser.add_argument("--all", action="store_true", help="try over 10,000 states, not 100")
    args = parser.parse_args()
    program, work = args.program.resolve(), args.work.resolve()
    recorder = program.parent / "tests" / "libfile_recorder.so"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    sweep_lib.forget_settings()
    make_quotes(program, work)
    config = sweep_lib.write_config(work / "c.yaml", work / "store", points=3, samples=20, theta=2)
    good(program, "sweep", config, "-o", work / "good", "-q")
    replayed = good(program, "replay", work / "good", "--point", POINT).stdout
    tried = {}
    for sample, scenario in scenarios(work, replayed):
        scenario.record(program, recorder, work)
        tried[scenario.name] = try_states(scenario, program, work, None if args.all else sample)
        print(f"{scenario.name}: {tried[scenario.name]} states", flush=True)
    checker.end(f"{sum(tried.values())} states: {tried}")


if __name__ == "__main__":
    main()
