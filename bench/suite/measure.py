"""Running things in turn, and what they cost. Stands on the standard library alone: a child's peak memory begins at that of
the process that started it (Linux counts it so), so that process has to stay small."""
import dataclasses
import datetime
import os
import pathlib
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time


class Failed(Exception):
    """A program that is measured ended with an error, or results that must be equal are not."""


@dataclasses.dataclass
class Run:
    seconds: float
    cpu: float
    peak_mib: float
    out: str
    err: str


def run(*command, **options):
    """Runs a command to its end; the wall time is that from start to exit, loading included. SORSWEEP_… of the user's
    environment are options of the program, and must not change what is measured."""
    options["env"] = {name: value for name, value in os.environ.items() if not name.startswith("SORSWEEP_")}
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        begin = time.perf_counter()
        process = subprocess.Popen([str(c) for c in command], stdin=subprocess.DEVNULL, stdout=out, stderr=err, **options)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        texts = [file.seek(0) or file.read() for file in (out, err)]
    if process.returncode:
        raise Failed(f"exit code {process.returncode}: {' '.join(map(str, command))}\n{texts[1]}")
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, *texts)


def spread(values):
    """What a table shows of several runs: medians, and from where to where they went."""
    values = list(values)
    return {"median": statistics.median(values), "least": min(values), "most": max(values), "runs": len(values)}


def repeats_for(seconds, most):
    """Five runs of what is short; fewer of what is long, so that the suite keeps to its time."""
    return min(most, 5 if seconds < 3 else 3 if seconds < 10 else 1)


def in_turn(jobs, most=5):
    """{name: results} of {name: function}, round by round: A B C A B C …, so that a noisy minute meets all alike.

    A job takes part in as many rounds as its first one leaves time for."""
    results = {name: [] for name in jobs}
    wanted = dict.fromkeys(jobs, most)
    for i in range(most):
        for name, job in jobs.items():
            if i >= wanted[name]:
                continue
            begin = time.perf_counter()
            results[name].append(job())
            if sys.stderr.isatty():
                print(f"  {i + 1}/{wanted[name]}  {time.perf_counter() - begin:7.2f} s  {name}", file=sys.stderr)
            if i == 0:
                wanted[name] = repeats_for(time.perf_counter() - begin, most)
    return results


def seconds_of(runs):
    return spread(run.seconds for run in runs)


def cpu_of(runs):
    return spread(run.cpu for run in runs)


def peak_of(runs):
    return max(run.peak_mib for run in runs)


def only(values, what):
    """The one value that all have."""
    found = sorted(set(values))
    if len(found) != 1:
        raise Failed(f"{what} differ: {', '.join(map(str, found))}")
    return found[0]


def without(what, package):
    """What a table says that lacks a program or module; in CI nothing is left out."""
    if "CI" in os.environ:
        raise Failed(f"in CI nothing is left out, and {what} is not there: install {package}")
    return f"{what} is not installed (Debian: {package}): left out"


def cpu_model():
    text = pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8")
    found = re.search(r"^model name\s*:\s*(.+)$", text, re.M)
    return found[1] if found else platform.machine()


def machine(program):
    """Facts without which the figures mean nothing."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    version = run(program, "--version").out.strip()
    facts = re.search(r"\((\w+), (.+), (\w+), ([\w-]+)\)", version)
    sha, compiler, build, baseline = facts.groups() if facts else ("unknown",) * 4
    return {
        "date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC"),
        "cpu": cpu_model(), "cores": len(os.sched_getaffinity(0)), "memory_gib": round(memory / 2**30, 1),
        "load_at_start": round(os.getloadavg()[0], 2), "nice": os.nice(0), "kernel": platform.release(),
        "python": platform.python_version(), "program": version.split(" (")[0], "git_sha": sha, "compiler": compiler,
        "build_type": build, "cpu_baseline": baseline,
    }
