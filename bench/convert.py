#!/usr/bin/python3
"""Times convert beside a memchr pass, pandas and DuckDB, in turn: bench/convert.py [--rows 2700000] [--repeat 5]

All read one file, with a warm page cache, and medians are printed. DuckDB runs if node and the npm package @duckdb/node-api
are found (DUCKDB_HOME names the folder that holds its node_modules). The figures are those of one machine at one time, so
compare only within one run. A cold disk is not measured.
"""
import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
COLUMNS = ["ts_recv", "ts_event", "publisher_id", "action", "side", "flags", "size", "price", "bid_px_00", "ask_px_00", "bid_sz_00",
           "ask_sz_00", "symbol"]


def timed(command, **more):
    begin = time.perf_counter()
    process = subprocess.Popen([str(c) for c in command], stdout=subprocess.PIPE, text=True, **more)
    out = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    if status:
        sys.exit(f"failed: {command}")
    return {"seconds": seconds, "cpu": usage.ru_utime + usage.ru_stime, "peak_kib": usage.ru_maxrss, "out": out}


def convert(build, csv, work, threads):
    shutil.rmtree(work / "store", ignore_errors=True)
    run = timed([build / "sorsweep", "convert", csv, "-o", work / "store", "--threads", threads])
    run["bytes"] = sum(p.stat().st_size for p in (work / "store").rglob("*.h5"))
    return run


def python(code, *arguments):
    run = timed(["/usr/bin/python3", "-c", "import sys, time, json\n" + code, *arguments])
    return {**run, **json.loads(run["out"])}


PANDAS = """
import pandas
begin = time.perf_counter()
rows = pandas.read_csv(sys.argv[1], usecols=sys.argv[2].split(","))
print(json.dumps({"seconds": time.perf_counter() - begin, "rows": len(rows)}))
"""
H5PY = """
import h5py
begin = time.perf_counter()
with h5py.File(sys.argv[1], "r") as file:
    sizes = [file[name][:].nbytes for name in file]
print(json.dumps({"seconds": time.perf_counter() - begin, "bytes": sum(sizes)}))
"""


def duckdb(csv, work, way):
    run = timed(["node", HERE / "convert_duckdb.mjs", csv, work / "out.parquet", "2", way])
    return {**run, **json.loads(run["out"])}


def parts(build, *arguments):
    return json.loads(timed([build / "bench_convert", *arguments])["out"])


def reads_day(name):
    """Returns whether a way starts from the stored day and not from the CSV."""
    return "read day" in name or "h5py" in name


def prepare(build, work, rows, without=()):
    """Returns the CSV and {name: function that runs a way once}. bench/suite times the same ways."""
    timed([build / "sorsweep", "synth", "-o", work / "csv", "--days", 1, "--venues", 8, "--rows", rows, "--symbol", "BIG"],
          stderr=subprocess.DEVNULL)
    csv = next((work / "csv").iterdir())
    convert(build, csv, work, 2)
    day = work / "day.h5"
    shutil.copy(next((work / "store").rglob("*.h5")), day)
    ways = {
        "memchr pass": lambda: parts(build, "memchr", csv),
        "sorsweep convert, 1 thread": lambda: convert(build, csv, work, 1),
        "sorsweep convert, 2 threads": lambda: convert(build, csv, work, 2),
        "pandas.read_csv (reads only)": lambda: python(PANDAS, csv, ",".join(COLUMNS)),
        "DuckDB dedupe+sort+Parquet": lambda: duckdb(csv, work, "dedupe"),
        "DuckDB sort+Parquet, all rows": lambda: duckdb(csv, work, "keep"),
        "read day, 1 thread": lambda: parts(build, "read", day, 1),
        "read day, 2 threads": lambda: parts(build, "read", day, 2),
        "read day, 4 of 12 columns": lambda: parts(build, "read", day, 1, "ts_event_ns", "publisher_id", "ask_px_nano", "ask_sz"),
        "h5py, all columns": lambda: python(H5PY, day),
    }
    return csv, {name: run for name, run in ways.items() if not any(word.lower() in name.lower() for word in without)}


def describe(name, runs, size):
    """Returns a line of medians."""
    seconds = statistics.median(run["seconds"] for run in runs)
    amount = runs[0]["bytes"] if reads_day(name) else size
    line = f"{name:32} {seconds:7.3f} s  {amount / 1e6 / seconds:8.0f} MB/s"
    if "cpu" in runs[0] and not reads_day(name):
        line += f"  CPU {statistics.median(run['cpu'] for run in runs):5.2f} s"
    if "peak_kib" in runs[0]:
        line += f"  peak {max(run['peak_kib'] for run in runs) / 1024:5.0f} MiB"
    if "bytes" in runs[0] and not reads_day(name) and name != "memchr pass":
        line += f"  wrote {runs[0]['bytes'] / 1e6:.1f} MB"
    return line


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=pathlib.Path, default=HERE.parent / "build/release")
    parser.add_argument("--rows", type=int, default=2_700_000)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--without", default="", help="comma-separated: pandas, duckdb")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="sorsweep-bench-") as folder:
        csv, ways = prepare(args.build, pathlib.Path(folder), args.rows, [word for word in args.without.split(",") if word])
        results = {name: [] for name in ways}
        for _ in range(args.repeat):
            for name, run in ways.items():
                results[name].append(run())
        size = csv.stat().st_size
        print(f"{size / 1e6:.0f} MB of mbp-1 CSV, {args.rows:,} rows; medians of {args.repeat}, in turn; load {os.getloadavg()[0]:.1f}")
        for name, runs in results.items():
            print(describe(name, runs, size))


if __name__ == "__main__":
    main()
