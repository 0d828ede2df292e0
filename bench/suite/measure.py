"""Runs things in turn and measures what they cost. It uses only the standard library and stays small, because Linux counts a
child's peak memory from that of the process that started it."""
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
    """Is raised if a measured program ends with an error, or if results that must be equal are not."""


@dataclasses.dataclass
class Run:
    seconds: float
    cpu: float
    peak_mib: float
    out: str
    err: str


def run(*command, **options):
    """Runs a command to its end. The wall time includes loading. Variables SORSWEEP_… of the user's environment are left
    out, because they are options of the program and would change what is measured."""
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
    """Holds what a table shows of several runs: the median, the least and the most."""
    values = list(values)
    return {"median": statistics.median(values), "least": min(values), "most": max(values), "runs": len(values)}


def repeats_for(seconds, most):
    """Returns how often to run a job: five times if it is short, fewer if it is long, so that the suite keeps to its time."""
    return min(most, 5 if seconds < 3 else 3 if seconds < 10 else 1)


def in_turn(jobs, most=5):
    """Runs {name: function} round by round, A B C A B C …, so that a noisy minute meets all alike. Returns {name: results}.

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
    """Returns the one value that all have, or raises."""
    found = sorted(set(values))
    if len(found) != 1:
        raise Failed(f"{what} differ: {', '.join(map(str, found))}")
    return found[0]


def without(what, package):
    """Returns what a table says if a program or module is missing. In CI nothing may be missing."""
    if "CI" in os.environ:
        raise Failed(f"in CI nothing is left out, and {what} is not there: install {package}")
    return f"{what} is not installed (Debian: {package}): left out"


def cpu_model():
    text = pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8")
    found = re.search(r"^model name\s*:\s*(.+)$", text, re.M)
    return found[1] if found else platform.machine()


def machine(program):
    """Returns facts about the machine, without which the figures mean nothing."""
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
