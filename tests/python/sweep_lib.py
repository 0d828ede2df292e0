"""Helps the Python tests: arguments, calls and failed expectations; runs of made-up days, and the parts of
them that are compared."""
import argparse
import decimal
import json
import os
import pathlib
import shutil
import subprocess
import sys

TABLES = ("best.json", "summary.csv", "days.csv", "axes.csv", "out_of_sample.csv", "summary.md")
CONFIG = """\
store: {store}
symbols: [{symbol}]
days: all
router: cont_kukanov
order: {{side: buy, shares: 6000, start: "10:00", end: "15:00", slice: 30m, lot: 100}}
grid:
  lambda_over: {{linear: [0.004, 0.09], points: {points}}}
  lambda_under: {{linear: [0.004, 0.11], points: {points}}}
  theta_queue: {{linear: [0, 0.005], points: {theta}}}
model: {{samples: {samples}, sample_stride: 10s, venues_max: 3, solver: {solver}}}
"""


class Checker:
    """Counts the expectations that fail."""

    def __init__(self):
        self.problems = []

    def expect(self, truth, text):
        if not truth:
            self.problems.append(text)
            print(f"FAILED: {text}", flush=True)
        return truth

    def end(self, words):
        print(f"{words}; {len(self.problems)} problems")
        sys.exit(1 if self.problems else 0)


def call(*command, **options):
    return subprocess.run(list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False,
                          **options)


def good(*command, **options):
    done = call(*command, **options)
    if done.returncode:
        sys.exit(f"FAILED: exit code {done.returncode}: {' '.join(map(str, command))}\n{done.stderr}")
    return done


def make_store(program, work, days, symbol="SHA", rows=4000, seed=5):
    good(program, "synth", "-o", work / "csv", "--days", days, "--venues", 4, "--rows", rows, "--seed", seed, "--symbol", symbol)
    good(program, "convert", work / "csv", "-o", work / "store", "--symbol", symbol)


def write_config(path, store, symbol="SHA", points=12, samples=60, solver="exact", theta=3):
    path.write_text(CONFIG.format(store=store, symbol=symbol, points=points, samples=samples, solver=solver, theta=theta))
    return path


def tables(run):
    paths = [*(run / name for name in TABLES), *run.glob("results*.h5")]
    return {path.name: path.read_bytes() for path in paths}


def units(run):
    """Returns the file of each unit with what tells whether it was written again."""
    return {p.name: (p.stat().st_ino, p.stat().st_mtime_ns) for p in (run / "units").glob("*.h5") if not p.name.startswith(".")}


def unit_bytes(run):
    return {p.name: p.read_bytes() for p in (run / "units").glob("*.h5")}


def temporaries(run):
    return [p for p in run.rglob(".*") if p.is_file()] + [p for p in run.rglob("*tmp*")]


def events(run):
    """Returns the events of a run's logs, one list for each process."""
    return [[json.loads(line) for line in log.read_text().splitlines() if line.endswith("}")]
            for log in sorted((run / "logs").glob("*.jsonl"))]


def may_mount(folder):
    """Tells whether this process may mount. It tries, as rights alone do not tell."""
    folder.mkdir(exist_ok=True)
    if os.geteuid() != 0 or call("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder).returncode != 0:
        return False
    good("umount", folder)
    return True


def program_and_work(description):
    """Returns what a test is called with: the program, and a folder of its own, which is made empty. The description is the
    docstring of the module."""
    parser = argparse.ArgumentParser(description=description.splitlines()[0])
    parser.add_argument("--program", required=True, type=pathlib.Path)
    parser.add_argument("--work", required=True, type=pathlib.Path)
    args = parser.parse_args()
    work = args.work.resolve()
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    return args.program.resolve(), work


def forget_settings(*more):
    """Removes settings of the caller's shell, which must not change what a test means."""
    for name in [name for name in os.environ if name.startswith(("SLURM", "SORSWEEP")) or name in more]:
        del os.environ[name]


# --- what independent readers of CSV and HDF5 share ---

UNDEFINED = 2**63 - 1


def nano(text):
    """Converts a price of a CSV to nano-dollars without any double."""
    value = decimal.Decimal(text) * 10**9 if text else decimal.Decimal(UNDEFINED)
    assert value == int(value), text
    return int(value)


def text_of(attribute):
    return attribute.decode() if isinstance(attribute, bytes) else str(attribute)
