#!/usr/bin/python3
"""Runs the suite of whole jobs: scripts/bench.sh [--only NAME …] [--quick] [--compare OLD.json] [-o DIR]

It prints tables, and writes bench.json, a CSV for each table, plots as SVG and report.html to DIR (build/bench). Results are
checked (equal hashes, equal surfaces). Times are not, so no figure fails the suite.
"""
import argparse
import json
import pathlib
import shutil
import sys
import tempfile
import time

import beside_python
import compare
import convert_table
import grid
import kernels
import measure
import page
import scaling
import shards
import tables
from jobs import Jobs

ROOT = pathlib.Path(__file__).resolve().parents[2]
TABLES = {"grid": grid, "scaling": scaling, "shards": shards, "convert": convert_table, "python": beside_python, "kernels": kernels}


def parse():
    parser = argparse.ArgumentParser(prog="bench.sh", description=__doc__.splitlines()[0], epilog="\n".join(__doc__.splitlines()[2:]))
    parser.add_argument("--only", nargs="+", choices=TABLES, default=list(TABLES), metavar="NAME", help=f"of {', '.join(TABLES)}")
    parser.add_argument("--quick", action="store_true", help="every table once, small: tests the suite, measures nothing")
    parser.add_argument("--compare", type=pathlib.Path, metavar="OLD.json", help="say what moved since by more than the spread")
    parser.add_argument("-o", "--out", type=pathlib.Path, default=ROOT / "build/bench")
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build/release", help="where sorsweep was built")
    parser.add_argument("--keep", action="store_true", help="keep the folder of stores and runs, and say where it is")
    args = parser.parse_args()
    args.build, args.out = args.build.resolve(), args.out.resolve()
    if not (args.build / "sorsweep").exists():
        parser.error(f"no sorsweep in {args.build}: build it (cmake --build --preset release), or name its folder with --build")
    return args


def make_tables(name, jobs, out):
    """Returns the list of one module's tables."""
    print(f"bench: {name} …", file=sys.stderr, flush=True)
    begin = time.perf_counter()
    made = TABLES[name].make(jobs, out)
    made[0].fits["seconds to make"] = time.perf_counter() - begin
    for table in made:
        tables.show(table)
        tables.write_csv(table, out / f"{table.name}.csv")
    return made


def make_all(args):
    """Returns the tables, and what failed. A table that fails does not stop the others."""
    work = pathlib.Path(tempfile.mkdtemp(prefix="sorsweep-bench-"))
    made, failures = [], []
    try:
        jobs = Jobs(args.build, work, args.quick)
        for name in (name for name in TABLES if name in args.only):
            try:
                made += make_tables(name, jobs, args.out)
            except measure.Failed as failure:
                failures.append(f"{name}: {failure}")
                print(f"bench: FAILED: {failures[-1]}", file=sys.stderr, flush=True)
    finally:
        if args.keep:
            print(f"kept: {work}")
        else:
            shutil.rmtree(work)
    return made, failures


def main():
    args = parse()
    args.out.mkdir(parents=True, exist_ok=True)
    machine = measure.machine(args.build / "sorsweep") | {"is_quick": args.quick}
    print("; ".join(f"{key} {value}" for key, value in machine.items()), flush=True)
    begin = time.perf_counter()
    made, failures = make_all(args)
    machine["seconds"] = round(time.perf_counter() - begin, 1)
    document = {"kind": "sorsweep.bench", "schema_version": 1, "machine": machine, "failures": failures,
                "tables": [table.document() for table in made]}
    (args.out / "bench.json").write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    page.write(args.out / "report.html", machine, made, args.quick)
    if args.compare:
        compare.show(args.compare, document)
    print(f"{machine['seconds']} s; bench.json, tables as CSV, plots, report.html in {args.out}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
