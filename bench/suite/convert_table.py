"""Table 4 sets convert beside pandas and DuckDB, and reading a day beside h5py, by bench/convert.py."""
import pathlib
import subprocess
import sys

import measure
import plots
from tables import Column, Table

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import convert


def has_duckdb():
    """Returns whether node finds @duckdb/node-api where convert_duckdb.mjs looks for it."""
    code = ("require('module').createRequire(require('path').join(process.env.DUCKDB_HOME ?? process.cwd(), 'package.json'))"
            ".resolve('@duckdb/node-api')")
    try:
        return subprocess.run(["node", "-e", code], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode == 0
    except OSError:
        return False


def columns():
    return [Column("way", "way", is_name=True), Column("wall", "wall s", "seconds"), Column("rate", "MB/s", "ratio"),
            Column("cpu", "CPU s", "seconds"), Column("peak", "peak MiB", "mib"), Column("wrote", "wrote MB", "ratio")]


def as_run(result):
    run = measure.Run(result["seconds"], result.get("cpu", 0), result.get("peak_kib", 0) / 1024, "", "")
    run.bytes = result.get("bytes")
    return run


def make(jobs, folder):
    rows = 20_000 if jobs.is_quick else 1_350_000
    without = () if has_duckdb() else ("duckdb",)
    csv, ways = convert.prepare(jobs.build, jobs.fresh("convert"), rows, without)
    size = csv.stat().st_size
    table = Table("convert", "convert beside pandas and DuckDB, reading a day beside h5py", [
        f"{size / 1e6:.0f} MB of mbp-1 CSV, {rows:,} rows, 8 venues, page cache warm. pandas only reads the columns, writes nothing. Reading a",
        "day and h5py: decoding all columns of a stored day, without process start; their MB/s are of decoded columns."], columns())
    if without:
        table.found.append("DuckDB is not installed (node package @duckdb/node-api in DUCKDB_HOME): left out")
    results = measure.in_turn({name: lambda job=job: as_run(job()) for name, job in ways.items()}, jobs.most())
    for way, runs in results.items():
        seconds = measure.seconds_of(runs)
        of_columns = convert.reads_day(way)
        amount = runs[0].bytes if of_columns else size
        is_process = any(run.peak_mib for run in runs) and not of_columns and way != "memchr pass"
        table.row(way=way, wall=seconds, rate=amount / 1e6 / seconds["median"], cpu=measure.cpu_of(runs) if is_process else None,
                  peak=measure.peak_of(runs) if is_process else None,
                  wrote=runs[0].bytes / 1e6 if is_process and runs[0].bytes else None)
    table.plots.append(plots.bars(folder, "convert", f"{size / 1e6:.0f} MB of CSV, and reading them back", "wall seconds",
                                  {row["way"]: row["wall"] for row in table.rows}, log=True))
    return [table]
