#!/usr/bin/python3
"""Several processes that publish at once, long names, and files in the way: publication_test.py --program P --work DIR

tests/powercut has the recorder that also makes every fsync slow, so that races show.
"""
import fcntl
import os
import shutil
import signal
import subprocess
import time

import h5py
import sweep_lib
from sweep_lib import call, good, tables, temporaries, unit_bytes

checker = sweep_lib.Checker()
expect = checker.expect


def slowly(program):
    """Returns an environment in which every fsync takes a while."""
    return {**os.environ, "LD_PRELOAD": str(program.parent / "tests" / "libfile_recorder.so"), "SLOW_SYNC_MS": "20"}


def at_once(commands, **options):
    """Runs commands at the same time. Returns exit code and messages of each."""
    started = [subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)
               for command in commands]
    return [(process.communicate()[1], process.returncode)[::-1] for process in started]


def check_interruptions(program, work):
    """Checks that signals which interrupt calls end nothing."""
    often = {**slowly(program), "INTERRUPT_CALLS": "1", "FILE_RECORD": str(work / "interrupted.record"),
             "FILE_RECORD_ROOT": str(work)}
    for command in (("convert", work / "csv", "-o", work / "interrupted"),
                    ("sweep", work / "c.yaml", "-o", work / "interrupted.run", "-q", "--threads", 1)):
        done = call(program, *command, env=often)
        expect(done.returncode == 0, f"interrupted: {command[0]}: {done.returncode} {done.stderr}")


def check_namespaces(program, work):
    """Checks that three sweeps with one host name and one pid can work on one run: in pid namespaces of their own."""
    alone = ["unshare", "--pid", "--fork", "--mount-proc"]
    if call(*alone, "true").returncode != 0:
        print("not tried: pid namespaces are not permitted here")
        return
    config, right = work / "c.yaml", work / "right"
    good(program, "sweep", config, "-o", right, "-q")
    for i in range(2):
        run = work / f"namespaces{i}"
        ends = at_once([[*alone, program, "sweep", config, "-o", run, "-q", "--threads", 1]] * 3, env=slowly(program))
        expect([code for code, _ in ends] == [0, 0, 0], f"sweeps in namespaces: {ends}")
        expect(unit_bytes(run) == unit_bytes(right) and tables(run) == tables(right), "sweeps in namespaces: other bytes")
        expect(not temporaries(run), f"sweeps in namespaces: left behind {temporaries(run)}")
        logs = sweep_lib.events(run)
        expect(len(logs) == 3 and all(log[0]["event"] == "start" and log[-1]["event"] == "end" for log in logs),
               f"{len(logs)} logs of 3 processes")
        expect(all(sum(e["event"] == "start" for e in log) == 1 for log in logs), "two processes share a log")


def check_two_converts(program, work):
    """Checks that of two converts of the same days into one store one is refused, and that nothing of the other is lost."""
    for i in range(5):
        store = work / f"at_once{i}"
        ends = at_once([[program, "convert", work / folder, "-o", store, "-q"] for folder in ("csv", "other")],
                       env=slowly(program))
        expect(sorted(code for code, _ in ends) == [0, 2], f"two converts: {ends}")
        expect(any("is there already" in text for _, text in ends), f"two converts: {ends}")
        winner = "csv" if ends[0][0] == 0 else "other"
        names = {"csv": "SHA", "other": "SHA"}[winner]
        found = {p.name: p.read_bytes() for p in (store / names).iterdir()}
        right = {p.name: p.read_bytes() for p in (work / f"store_{winner}" / names).iterdir()}
        expect(found == right, f"two converts: {winner} won, and its days are not there")
        expect(not list(store.rglob(".*")), f"two converts: left behind {list(store.rglob('.*'))}")


def check_two_forced_converts(program, work):
    """Checks that two converts with --force do not mix: the last one's days are there, all of them."""
    store = work / "forced"
    ends = at_once([[program, "convert", work / folder, "-o", store, "-q", "--force"] for folder in ("csv", "other")],
                   env=slowly(program))
    expect([code for code, _ in ends] == [0, 0], f"two forced converts: {ends}")
    found = {p.name: p.read_bytes() for p in (store / "SHA").iterdir()}
    expect(any(found == {p.name: p.read_bytes() for p in (work / f"store_{one}" / "SHA").iterdir()} for one in ("csv", "other")),
           "two forced converts: days of both")


def check_late_convert(program, work):
    """Begins a convert when another one has staged days, whose temporaries only its lock on the store protects."""
    store = work / "late"
    with subprocess.Popen([program, "convert", work / "csv", "-o", store, "-q"], stdout=subprocess.DEVNULL, text=True,
                          stderr=subprocess.PIPE, env={**slowly(program), "SLOW_SYNC_MS": "200"}) as first:
        while len(list(store.glob("SHA/.*.tmp"))) < 2 and first.poll() is None:  # the first of two is staged
            time.sleep(0.01)
        second = call(program, "convert", work / "other", "-o", store, "-q", "--force")
        told = first.communicate()[1]
    expect(first.returncode == 0 and second.returncode == 0, f"a late convert: {first.returncode} {told} {second}")
    found = {p.name: p.read_bytes() for p in (store / "SHA").iterdir()}
    expect(found == {p.name: p.read_bytes() for p in (work / "store_other" / "SHA").iterdir()}, "a late convert: other bytes")


def hold(folder):
    """Takes the lock of a folder. Returns it, and how the program calls this process if the system tells who has it."""
    folder.mkdir(exist_ok=True)
    lock = (folder / ".sorsweep-lock").open("w")
    fcntl.flock(lock, fcntl.LOCK_EX)
    status = os.fstat(lock.fileno())
    place = f"{os.major(status.st_dev):02x}:{os.minor(status.st_dev):02x}:{status.st_ino}"
    with open("/proc/locks") as locks:
        is_known = any(f" {os.getpid()} {place} " in line for line in locks)
    return lock, f"process {os.getpid()}" if is_known else "another process"


def heed_interrupts():
    """Undoes what a shell does to commands in the background."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def check_waiting(program, work):
    """Checks that convert and synth say for whom they wait, end at once by Ctrl-C, and go on when the folder is free."""
    convert, synth = ("convert", work / "csv"), ("synth", "--days", 1, "--venues", 3, "--rows", 300)
    for words, is_interrupted in ((convert, True), (convert, False), (synth, False)):
        folder = work / f"held_{words[0]}"
        lock, holder = hold(folder)
        with subprocess.Popen(list(map(str, [program, *words, "-o", folder])), stdout=subprocess.DEVNULL, text=True,
                              stderr=subprocess.PIPE, preexec_fn=heed_interrupts) as waiting:
            told = waiting.stderr.readline()
            expect(told == f"{words[0]}: {holder} is writing into {folder}: waiting for it\n", f"waiting: {told}")
            expect(os.listdir(folder) == [".sorsweep-lock"], f"{words[0]} does not wait: {os.listdir(folder)}")
            if is_interrupted:
                waiting.send_signal(signal.SIGINT)
            else:
                lock.close()
            waiting.communicate()
        expect(waiting.returncode == (-signal.SIGINT if is_interrupted else 0), f"{words[0]} waited: {waiting.returncode}")
        lock.close()


def check_converts_of_other_days(program, work):
    """Checks that two converts of different symbols into one store both end well."""
    store = work / "symbols"
    ends = at_once([[program, "convert", work / "csv", "-o", store, "-q", "--symbol", symbol] for symbol in ("AA", "BB")],
                   env=slowly(program))
    expect([code for code, _ in ends] == [0, 0], f"converts of two symbols: {ends}")
    expect(len(list(store.rglob("*.h5"))) == 6, f"converts of two symbols: {list(store.rglob('*'))}")


def check_long_names(program, work):
    """Checks a symbol of 64 letters, a structural point and a long host name."""
    symbol = "S" * 64
    good(program, "convert", work / "csv", "-o", work / "long", "--symbol", symbol)
    config = sweep_lib.write_config(work / "long.yaml", work / "long", symbol=symbol, points=3, samples=20)
    config.write_text(config.read_text().replace("days: all", "days: [2024-07-08]") +
                      "structural: {slice: [1800000000000ns, 3600000000000ns],"
                      " sample_stride: [10000000000ns, 20000000000ns], latency_ns: [1000000000, 2000000000],"
                      " shares: [6000, 6100], min_samples: [20, 19]}\n")
    host = ["unshare", "--uts", "sh", "-c", f"hostname {'h' * 64} && exec \"$@\"", "sh"]
    if call(*host, "true").returncode != 0:
        print("not tried: host names cannot be changed here")
        host = []
    done = call(*host, program, "sweep", config, "-o", work / "long.run", "-q")
    expect(done.returncode == 0, f"long names: {done.returncode} {done.stderr}")
    longest = max(len(p.name) for p in (work / "long.run" / "units").iterdir())
    expect(longest > 190, f"long names: the longest has {longest} bytes")


def check_files_in_the_way(program, work):
    """Checks that nothing in the current folder matters when HDF5 opens a file in memory."""
    here = work / "here"
    here.mkdir()
    for i in range(0, 60, 4):
        (here / f"sorsweep-image-{i}").write_text("a file")
        (here / f"sorsweep-image-{i + 1}").mkdir()
        (here / f"sorsweep-image-{i + 2}").symlink_to(work / "store_csv")
        os.mkfifo(here / f"sorsweep-image-{i + 3}")
    for command in (("verify", work / "store_csv"), ("inspect", work / "store_csv"),
                    ("sweep", work / "c.yaml", "-o", work / "here.run", "-q")):
        try:
            done = call(program, *command, cwd=here, timeout=60)
            expect(done.returncode == 0, f"files in the way: {command[0]}: {done.returncode} {done.stderr}")
        except subprocess.TimeoutExpired:
            expect(False, f"files in the way: {command[0]} does not end")


def check_sources(program, work):
    """Checks that a day names the sources that gave rows to it, and no others."""
    twice = work / "twice.csv"
    lines = sorted((work / "csv").glob("*.csv"))[0].read_text().splitlines()
    twice.write_text("\n".join([lines[0], *lines[1:50]]) + "\n")
    good(program, "convert", work / "csv", twice, "-o", work / "sources")
    csvs = sorted(p.name for p in (work / "csv").glob("*.csv"))
    for day, csv in zip(sorted((work / "sources" / "SHA").iterdir()), csvs, strict=True):
        with h5py.File(day) as file:
            names = [line.split(" ")[0] for line in sweep_lib.text_of(file.attrs["sources"]).splitlines()]
        right = [csv, twice.name] if csv == csvs[0] else [csv]
        expect(names == right, f"{day.name} is from {right}, and names {names}")


def check_lost_config(program, work):
    """Checks that a sweep does not believe a config that has lost its content, and that it mends it."""
    run = work / "config.run"
    good(program, "sweep", work / "c.yaml", "-o", run, "-q")
    resolved = run / "config.resolved.yaml"
    right = resolved.read_bytes()
    for torn in (b"", right[:len(right) // 2], bytes(len(right))):
        resolved.write_bytes(torn)
        good(program, "sweep", work / "c.yaml", "-o", run, "-q")
        expect(resolved.read_bytes() == right, f"a config of {len(torn)} bytes is not mended")
        good(program, "merge", run, "-q")


def main():
    program, work = sweep_lib.program_and_work(__doc__)
    sweep_lib.forget_settings()
    for folder, seed in (("csv", 5), ("other", 6)):
        good(program, "synth", "-o", work / folder, "--days", 3, "--venues", 3, "--rows", 300, "--seed", seed, "--symbol", "SHA")
        good(program, "convert", work / folder, "-o", work / f"store_{folder}")
    sweep_lib.write_config(work / "c.yaml", work / "store_csv", points=3, samples=20, theta=2)
    for check in (check_interruptions, check_namespaces, check_two_converts, check_two_forced_converts, check_late_convert,
                  check_waiting, check_converts_of_other_days, check_long_names, check_files_in_the_way, check_sources,
                  check_lost_config):
        check(program, work)
    shutil.rmtree(work / "here")  # with pipes, in which others could get stuck
    checker.end("publication")


if __name__ == "__main__":
    main()
