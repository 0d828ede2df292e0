#!/usr/bin/python3
"""Checks runs in shards: shards_test.py --program build/release/sorsweep --work DIR

However the units are shared out, interrupted, repeated or damaged, the merged run has the bytes of one process, or it is refused
with a message that says what to do.
"""
import itertools
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import time

import sweep_lib
from sweep_lib import call, good, tables, temporaries, unit_bytes, units

checker = sweep_lib.Checker()
expect = checker.expect


class Shards:
    """Keeps a config, its run by one process, and runs in shards."""

    def __init__(self, program, work, name, *options, **config):
        self.program, self.work, self.name, self.options = program, work, name, options
        self.config = sweep_lib.write_config(work / f"{name}.yaml", work / "store", **config)
        self.whole = work / f"{name}.whole"
        good(program, "sweep", self.config, "-o", self.whole, "-q", *options)

    def shard(self, run, i, n, *more, **options):
        return call(self.program, "sweep", self.config, "-o", run, "--shard", f"{i}/{n}", "-q", *self.options, *more, **options)

    def all_shards(self, run, n, order=None):
        for i in order or range(1, n + 1):
            done = self.shard(run, i, n)
            expect(done.returncode == 0, f"{self.name}: shard {i}/{n}: {done.stderr}")

    def merge(self, run):
        return call(self.program, "merge", run, "-q")

    def must_be_whole(self, run, text):
        done = self.merge(run)
        if expect(done.returncode == 0, f"{self.name} {text}: merge: {done.stderr}"):
            expect(tables(run) == tables(self.whole), f"{self.name} {text}: tables differ")
            expect(unit_bytes(run) == unit_bytes(self.whole), f"{self.name} {text}: units differ")
            expect(not temporaries(run), f"{self.name} {text}: left behind {temporaries(run)}")

    def command_in(self, pattern, message):
        """Returns the command in a message, changed to call the program under test, or None."""
        found = re.search(pattern, message)
        return found and found[1].replace("sorsweep sweep", f"{self.program} sweep", 1)

    def must_be_repaired(self, run, pattern, message):
        """Repairs the run by the command in the message, word for word."""
        repair = self.command_in(pattern, message)
        if expect(repair, f"no command: {message}"):
            good("sh", "-c", repair)
            self.must_be_whole(run, "after the repair")

    def run_folder(self, text):
        run = self.work / f"{self.name}.{text}"
        shutil.rmtree(run, ignore_errors=True)
        return run


def check_sharing(case):
    """Checks that shards have each unit once, whether they are counted from 0 or 1, and that their order does not matter."""
    run = case.run_folder("order")
    all_units, before = set(units(case.whole)), set()
    for i in (3, 1, 2, 5, 4):
        expect(case.shard(run, i, 5).returncode == 0, f"shard {i}/5")
        expect(before <= set(units(run)), f"shard {i}/5 took units away")
        before = set(units(run))
    expect(before == all_units, f"{case.name}: five shards have {len(before)} of {len(all_units)} units")
    computed = [e["units_computed"] for log in sweep_lib.events(run) for e in log if e["event"] == "end"]
    expect(sum(computed) == len(all_units), f"{case.name}: shards computed {computed}, {len(all_units)} units in all")
    case.must_be_whole(run, "in five shards")
    from_zero = case.run_folder("zero")
    case.all_shards(from_zero, 5, range(5))
    case.must_be_whole(from_zero, "counted from 0")


def check_change_of_n(case):
    """Runs some of eight shards, then all of five. Units that are there must stay."""
    run = case.run_folder("change")
    case.all_shards(run, 8, (2, 7, 4))
    before = units(run)
    case.all_shards(run, 5)
    expect(before.items() <= units(run).items(), f"{case.name}: units were computed again")
    case.must_be_whole(run, "8, then 5 shards")


def check_at_once(case):
    """Runs the same shards by several processes at once, with whole sweeps beside them."""
    run = case.run_folder("at_once")
    command = [case.program, "sweep", case.config, "-o", run, "-q", *case.options]
    processes = [subprocess.Popen([*map(str, command), *more], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
                 for more in (["--shard", "1/2"], ["--shard", "1/2"], ["--shard", "2/2"], ["--shard", "1/1"], [])]
    for process in processes:
        _, said = process.communicate()
        expect(process.returncode == 0, f"{case.name}: a process of several: {said}")
    case.must_be_whole(run, "by five processes at once")


def check_gaps(case):
    """Checks that a missing unit is named, and that the command in the message computes it."""
    run = case.run_folder("gaps")
    case.all_shards(run, 3)
    gone = random.Random(1).sample(sorted(units(run)), 2)
    for name in gone:
        (run / "units" / name).unlink()
    done = case.merge(run)
    expect(done.returncode == 6, f"{case.name}: merge of a run with gaps: {done.returncode}")
    for name in gone:
        expect(name[4:14] in done.stderr, f"{name} is not named: {done.stderr}")
    expect(not (run / "best.json").exists(), "a run with gaps has results")
    case.must_be_repaired(run, r"compute them with: (sorsweep sweep .*)", done.stderr)


def check_foreign(case):
    run = case.run_folder("foreign")
    case.all_shards(run, 2)
    some = sorted(units(run))[0]
    shutil.copy(run / "units" / some, run / "units" / f"{some[:-6]}abc.h5")
    done = case.merge(run)
    expect(done.returncode == 4 and f"{some[:-6]}abc.h5" in done.stderr,
           f"{case.name}: a foreign unit: {done.returncode} {done.stderr}")
    (run / "units" / f"{some[:-6]}abc.h5").unlink()
    # One unit under the name of another.
    one, other = sorted(units(run))[:2]
    kept = (run / "units" / other).read_bytes()
    shutil.copy(run / "units" / one, run / "units" / other)
    done = case.merge(run)
    expect(done.returncode == 4 and other in done.stderr, f"{case.name}: a renamed unit: {done.returncode} {done.stderr}")
    (run / "units" / other).write_bytes(kept)
    case.must_be_whole(run, "once foreign files are gone")


def check_damaged(case):
    """Flips bits of units. All damaged units must be named, none may be computed silently, and the message must repair the
    run."""
    run = case.run_folder("damaged")
    case.all_shards(run, 2)
    chance = random.Random(2)
    bad = chance.sample(sorted(units(run)), 2)
    for name in bad:
        path = run / "units" / name
        data = bytearray(path.read_bytes())
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data)
    done = case.merge(run)
    expect(done.returncode == 4, f"{case.name}: merge of damaged units: {done.returncode} {done.stderr}")
    for name in bad:
        expect(name in done.stderr, f"{name} is not named: {done.stderr}")
    expect(not (run / "best.json").exists(), "damaged units make results")
    resumed = [case.shard(run, i, 2) for i in (1, 2)]
    expect(4 in {r.returncode for r in resumed}, f"{case.name}: shards take damaged units: {[r.returncode for r in resumed]}")
    case.must_be_repaired(run, r"compute them again: (rm .*)", done.stderr)


def check_changes(case):
    """Checks that another config, another engine and other data are refused with a message that says what differs."""
    run = case.run_folder("changes")
    case.all_shards(run, 4, (1,))
    before = unit_bytes(run)
    done = case.shard(run, 2, 4, "--set", "order.shares=5000")
    expect(done.returncode == 2 and "shares: 5000" in done.stderr, f"another config: {done.returncode} {done.stderr}")
    if "--engine" not in case.options:
        done = case.shard(run, 2, 4, "--engine", "brute")
        expect(done.returncode == 2 and "engine" in done.stderr, f"another engine: {done.returncode} {done.stderr}")
    # A day that another shard has computed already, one that none has, and one more.
    days = sorted((case.work / "store" / "SHA").glob("*.h5"))
    for day in (days[0], days[-1]):
        kept = day.read_bytes()
        other = case.work / "other" / "store" / "SHA" / day.name
        shutil.copy(other, day)
        for i in (1, 3, 4):
            done = case.shard(run, i, 4)
            expect(done.returncode == 4 and f"SHA {day.stem}" in done.stderr and "has changed" in done.stderr,
                   f"{day.stem} changed: {done.returncode} {done.stderr}")
        day.write_bytes(kept)
    expect(unit_bytes(run) == before, "refused processes changed units")
    case.all_shards(run, 4)
    case.must_be_whole(run, "once all is as it was")


def check_edited(case):
    """Checks that the resolved config is written once, and that an edited one is not trusted."""
    run = case.run_folder("edited")
    case.all_shards(run, 2)
    resolved = run / "config.resolved.yaml"
    kept = resolved.read_text()
    expect(case.shard(run, 1, 2, "--threads", 1, "--mem", "900MB").returncode == 0, "a shard with other threads")
    expect(resolved.read_text() == kept, "a shard's threads and memory stick to the run")
    resolved.write_text(kept.replace("0.004", "0.003"))
    done = case.merge(run)
    expect(done.returncode == 4 and "is not the config of this run" in done.stderr,
           f"an edited config: {done.returncode} {done.stderr}")
    resolved.write_text(kept)
    (run / f".sorsweep-01234567-{'f' * 32}-7.tmp").touch()  # of a host that is gone
    case.must_be_whole(run, "once the config is restored")


def check_symbols(program, work):
    """Checks that a sweep and a merge order symbols in the same way when one symbol is the beginning of another."""
    store, run = work / "symbols", work / "symbols.run"
    for symbol in ("AB", "AB 1"):
        good(program, "convert", work / "csv", "-o", store, "--symbol", symbol)
    config = sweep_lib.write_config(work / "symbols.yaml", store, symbol="AB, AB 1", points=4)
    config.write_text(config.read_text().replace("[AB, AB 1]", "all"))
    good(program, "sweep", config, "-o", run, "-q")
    before = tables(run)
    good(program, "merge", run, "-q")
    expect(tables(run) == before, "a merge has another order of symbols")


def check_failing(case, work):
    """Checks that a unit which always fails keeps no other from being computed. status must say which, why, and how to
    run it alone."""
    store = work / "failing"
    shutil.copytree(work / "store", store)
    quotes = sorted((work / "csv").glob("*.csv"))[1]
    header, *rows = quotes.read_text().splitlines()
    action = header.split(",").index("action")
    no_trades = work / "no_trades" / quotes.name
    no_trades.parent.mkdir()
    no_trades.write_text("\n".join([header, *(r for r in rows if r.split(",")[action] != "T")]) + "\n")
    good(case.program, "convert", no_trades, "-o", store, "--symbol", "SHA", "--force")
    run = case.run_folder("failing")
    more = ("--set", f"store={store}", "--set", "model.queue_model=trades")
    for i in (1, 2):
        done = case.shard(run, i, 2, *more)
        wanted = {1: 2, 2: 0}[i]  # the second day is in the first half
        expect(done.returncode == wanted, f"failing: shard {i}/2: {done.returncode}, not {wanted}: {done.stderr}")
    expect(len(units(run)) == len(units(case.whole)) - 1, f"failing: {len(units(run))} units")
    status = call(case.program, "status", run, "--shards", 2).stdout
    day = quotes.stem[-10:]
    expect(f"SHA {day} on" in status and "no trade records" in status and "alone: sorsweep sweep" in status, f"status: {status}")
    alone = case.command_in(r"alone: (sorsweep sweep .*)", status)
    done = call("sh", "-c", alone) if alone else None
    expect(done and done.returncode == 2 and "no trade records" in done.stderr, f"the command alone: {done}")
    done = case.merge(run)
    expect(done.returncode == 6 and f"SHA {day}" in done.stderr, f"failing: merge: {done.returncode} {done.stderr}")


def wait_for_a_running_unit(process, run):
    while process.poll() is None:
        try:
            if any('"unit_begin"' in log.read_text() for log in (run / "logs").glob("*.jsonl")):
                return
        except OSError:
            pass
        time.sleep(0.002)


def check_grace(case):
    """Checks that units in flight are abandoned after the grace, and that nothing of them is left."""
    run = case.run_folder("grace")
    command = [case.program, "sweep", case.config, "-o", run, "-q", "--shard", "1/1", "--grace", "0", "--threads", "1",
               *case.options]
    with subprocess.Popen(list(map(str, command)), stderr=subprocess.PIPE, text=True) as process:
        wait_for_a_running_unit(process, run)
        process.send_signal(signal.SIGUSR1)
        process.wait()
    expect(process.returncode == 75, f"{case.name}: --grace 0 ends with {process.returncode}")
    expect(not temporaries(run), f"{case.name}: grace leaves {temporaries(run)}")
    stops = [e for e in sweep_lib.events(run)[0] if e["event"] == "stop"]
    expect(stops and stops[0]["signal"] == "SIGUSR1" and stops[0]["abandoned"], f"{case.name}: events {stops}")
    case.all_shards(run, 1)
    case.must_be_whole(run, "after the grace")


def check_allotment(case):
    """Checks that threads and memory are those that SLURM allotted."""
    run = case.run_folder("slurm")
    environment = dict(os.environ, SLURM_JOB_ID="5", SLURM_CPUS_PER_TASK="3", SLURM_MEM_PER_NODE="1000", SLURM_ARRAY_TASK_ID="2")
    expect(case.shard(run, 1, 1, env=environment).returncode == 0, "a shard under SLURM")
    start = sweep_lib.events(run)[0][0]
    expect(start["threads"] == 3 and start["memory"] == 750 * 2**20, f"what SLURM allots: {start}")
    expect(start["slurm"]["task"] == "2" and start["shard"] == "1/1", f"SLURM's ids: {start}")


def in_small_disk(case, text, body):
    """Runs the body with a folder that is a small file system."""
    disk = case.work / f"disk.{text}"
    shutil.rmtree(disk, ignore_errors=True)
    disk.mkdir()
    good("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk)
    try:
        body(disk)
    finally:
        good("umount", disk)


def check_file_limit(case):
    """Limits the size of files, as on a full disk. The exit code must be 5, nothing may be lost, and more room must suffice."""
    run = case.run_folder("limit")
    done = case.shard(run, 1, 1, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (9_000, 9_000)))
    expect(done.returncode == 5 and "File too large" in done.stderr, f"small files: {done.returncode} {done.stderr}")
    expect(not temporaries(run), f"small files: left behind {temporaries(run)}")
    case.all_shards(run, 1)
    case.must_be_whole(run, "once files may grow")


def check_disks(case):
    """Runs on a full and on a read-only disk. The exit code must be 5, nothing may be lost, and more room must suffice."""
    if not sweep_lib.may_mount(case.work / "try"):
        print("no right to mount: files may not grow instead of full and read-only disks")
        return check_file_limit(case)

    def full(disk):
        run = disk / "run"
        codes = [case.shard(run, i, 2) for i in (1, 2)]
        expect({c.returncode for c in codes} <= {0, 5} and codes[1].returncode == 5,
               f"full disk: {[c.returncode for c in codes]}")
        expect("No space left on device" in codes[1].stderr, f"full disk: {codes[1].stderr}")
        have = units(run)
        expect(0 < len(have) < len(units(case.whole)), f"full disk: {len(have)} units")
        good("mount", "-o", "remount,size=64m", disk)
        case.all_shards(run, 2)
        expect(have.items() <= units(run).items(), "units of the full disk were computed again")
        case.must_be_whole(run, "after the full disk")
        good("mount", "-o", "remount,ro", disk)
        before = tables(run)
        expect(case.merge(run).returncode == 5, "merge into a read-only folder")
        good("mount", "-o", "remount,rw", disk)
        (run / "units" / sorted(units(run))[0]).unlink()
        good("mount", "-o", "remount,ro", disk)
        kept = sorted(units(run))
        done = case.shard(run, 1, 1)
        expect(done.returncode == 5 and "Read-only file system" in done.stderr, f"read-only: {done.returncode} {done.stderr}")
        expect(tables(run) == before and sorted(units(run)) == kept, "a read-only folder changed")
        good("mount", "-o", "remount,rw", disk)

    in_small_disk(case, "full", full)


def main():
    program, work = sweep_lib.program_and_work(__doc__)
    sweep_lib.make_store(program, work, 6)
    sweep_lib.make_store(program, work / "other", 6, seed=6)
    plain = Shards(program, work, "plain")
    cut = Shards(program, work, "cut", "--set", "days={to: 2024-07-09}", points=130, theta=300)
    structural = Shards(program, work, "structural", "--set", "structural={slice: [30m, 1h]}")
    none = Shards(program, work, "none", "--set", "run.surfaces=none")
    expect(any("+" in name for name in units(cut.whole)), "no day is cut")
    for case, check in itertools.product((plain, cut, structural, none),
                                         (check_sharing, check_change_of_n, check_at_once, check_gaps)):
        check(case)
    check_symbols(program, work)
    for check in (check_foreign, check_damaged, check_changes, check_edited, check_allotment, check_disks):
        check(plain)
    check_damaged(cut)
    check_grace(cut)
    check_failing(plain, work)
    checker.end("shards")


if __name__ == "__main__":
    main()
