#!/usr/bin/python3
"""Checks what happens when standard output, standard error or the log file cannot be written.

    streams_test.py --program build/release/sorsweep --work DIR

Messages may be lost: the work is done, and the exit code is the same. A result that cannot be printed is exit code 5.
"""
import json
import os
import shlex
import shutil
import subprocess

import sweep_lib
from sweep_lib import call, good, tables

checker = sweep_lib.Checker()
expect = checker.expect
POINT = "lambda_over=0.02,lambda_under=0.03,theta_queue=0"


CLOSED_PIPE = "2> into a pipe that nobody reads"


def in_shell(program, words, redirection):
    if redirection == CLOSED_PIPE:
        return into_closed_pipe(program, words)
    return call("sh", "-c", f"{shlex.join(map(str, [program, *words]))} {redirection}")


def into_closed_pipe(program, words, stream="stderr", **options):
    """Runs a command of which nobody reads a stream."""
    reader, writer = os.pipe()
    os.close(reader)
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, stream: writer}
    done = subprocess.run(list(map(str, [program, *words])), text=True, check=False, **streams, **options)
    os.close(writer)
    return done


def files_of(folder):
    """Returns all files but those that hold times."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*"))
            if p.is_file() and p.suffix not in (".jsonl", ".html") and p.name != "manifest.json"}


def check_stderr(program, work, redirection):
    """Runs each verb with a standard error that cannot be written. Nothing that it would have said may get into a file."""
    lost, whole = work / "lost", work / "whole"
    lost.mkdir()
    commands = [("synth", "-o", lost / "csv", "--days", 2, "--venues", 4, "--rows", 1500, "--seed", 5, "--symbol", "SHA"),
                ("convert", lost / "csv", "-o", lost / "store", "--symbol", "SHA"),
                ("-v", "sweep", work / "c.yaml", "--set", f"store={lost / 'store'}", "-o", lost / "run", "--shard", "1/2"),
                ("-v", "sweep", work / "c.yaml", "--set", f"store={lost / 'store'}", "-o", lost / "run", "--stats"),
                ("merge", lost / "run"), ("report", lost / "run"), ("status", lost / "run"), ("plan", work / "c.yaml"),
                ("replay", lost / "run", "--point", POINT), ("inspect", lost / "store"), ("verify", lost / "store")]
    for words in commands:
        done = in_shell(program, words, redirection)
        expect(done.returncode == 0, f"{words[0]} {words[1]} with {redirection}: exit code {done.returncode}")
    for name in ("csv", "store"):
        expect(files_of(lost / name) == files_of(work / name), f"{redirection}: {name} has other bytes")
    expect(tables(lost / "run") == tables(whole), f"{redirection}: the run has other bytes")
    sweep = ("sweep", work / "c.yaml")
    wrong = {2: ("swep",), 3: (*sweep, "--set", "store=nowhere"), 5: (*sweep, "--mem", "1KiB")}
    for code, words in wrong.items():
        done = in_shell(program, words, redirection)
        expect(done.returncode == code, f"{words} with {redirection}: exit code {done.returncode}, not {code}")
        done = in_shell(program, (*words, "--json"), redirection)
        expect(json.loads(done.stdout)["error"]["exit_code"] == code, f"{words} --json with {redirection}: {done.stdout}")
    shutil.rmtree(lost)


def check_stdout(program, work, redirection, why):
    """Prints results where they cannot be written. The run itself is complete."""
    run = work / "printed"
    for words in (("sweep", work / "c.yaml", "-o", run, "-q"), ("merge", run, "-q"), ("report", run, "-q"), ("status", run),
                  ("plan", work / "c.yaml", "-q"), ("replay", run, "--point", POINT, "-q"), ("inspect", work / "store"),
                  ("verify", work / "store"), ("--help",), ("--version",)):
        for more in ((), ("--json",)):
            done = in_shell(program, (*words, *more), redirection)
            expect(done.returncode == 5 and done.stderr == f"sorsweep: standard output cannot be written ({why})\n",
                   f"{words[0]} {more} with {redirection}: {done.returncode} {done.stderr}")
    expect(tables(run) == tables(work / "whole"), f"{redirection}: the run has other bytes")
    shutil.rmtree(run)


def check_log_file(program, work):
    """Checks that every kind of failure reaches the log file, and that a log file on a full disk stops nothing."""
    (work / "loop" / "SHA").parent.mkdir()
    (work / "loop" / "SHA").symlink_to("SHA")
    config, log = work / "c.yaml", work / "log"
    for code, words in ((2, ("sweep", config, "--set", "order.shares=0")),
                        (3, ("sweep", config, "--set", "store=nowhere")), (3, ("verify", work / "loop" / "SHA")),
                        (5, ("sweep", config, "--mem", "1KiB")), (5, ("synth", "-o", "/proc/nope"))):
        log.unlink(missing_ok=True)
        done = call(program, "--log-file", log, *words)
        logged = log.read_text() if log.exists() else "no log"
        expect(done.returncode == code and logged.endswith(f"Z {done.stderr.splitlines()[-1]}\n"),
               f"{words}: {done.returncode}, logged {logged}")
    done = call(program, "--log-file", "/dev/full", "sweep", config, "-o", work / "unlogged")
    expect(done.returncode == 0 and done.stderr.count("the log file cannot be written") == 1, f"a full log: {done}")
    expect(tables(work / "unlogged") == tables(work / "whole"), "a full log: the run has other bytes")


def main():
    program, work = sweep_lib.program_and_work(__doc__)
    sweep_lib.forget_settings()
    sweep_lib.make_store(program, work, 2, rows=1500)
    sweep_lib.write_config(work / "c.yaml", work / "store", points=3, samples=20, theta=2)
    good(program, "sweep", work / "c.yaml", "-o", work / "whole", "-q")
    for redirection in ("2>/dev/full", "2>&-", CLOSED_PIPE):
        check_stderr(program, work, redirection)
    check_stdout(program, work, ">/dev/full", "No space left on device")
    check_stdout(program, work, ">&-", "Bad file descriptor")
    # Python ignores SIGPIPE, and so does a program that gets its signals as they are. command_line_test has the other case.
    done = into_closed_pipe(program, ("inspect", work / "store"), "stdout", restore_signals=False)
    expect(done.returncode == 5 and done.stderr == "sorsweep: standard output cannot be written (Broken pipe)\n",
           f"a closed pipe where SIGPIPE is ignored: {done}")
    # The log is opened first: it must not get the number of the output that is closed.
    done = in_shell(program, ("--log-file", work / "own.log", "sweep", work / "c.yaml", "-o", work / "logged", "-q"), ">&-")
    expect(done.returncode == 5, f"a log beside a closed standard output: {done}")
    done = in_shell(program, ("convert", "-", "-o", work / "none", "--symbol", "SHA"), "<&-")
    expect(done.returncode == 3 and "Bad file descriptor" in done.stderr, f"no standard input: {done}")
    check_log_file(program, work)
    checker.end("streams")


if __name__ == "__main__":
    main()
