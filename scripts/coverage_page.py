#!/usr/bin/env python3
"""Writes docs/coverage.md from what gcovr found: coverage_page.py COVERAGE.json PAGE.md --tests TEXT

A line is reached if any object that holds it ran it; a function likewise (templates: any instance).
"""
import argparse
import collections
import datetime
import json
import pathlib
import re
import subprocess

FEW = 90  # per cent; files below this are listed with the functions that nothing calls


def room_of(name):
    parts = name.split("/")
    return parts[2] if parts[0] == "include" else parts[1]


def lines_of(file):
    counted = [line for line in file["lines"] if not line.get("gcovr/noncode")]
    return sum(line["count"] > 0 for line in counted), len(counted)


def plain_names(names):
    """Returns mangled names as one would say them, without arguments and our namespace."""
    if not names:
        return []
    shown = subprocess.run(["c++filt", "-p"], input="\n".join(names), capture_output=True, text=True, check=True).stdout
    short = {re.sub(r"\bsorsweep::|\(anonymous namespace\)::|\[abi:\w+\]", "", name) for name in shown.splitlines()}
    return sorted(name for name in short if "{lambda" not in name and "_GLOBAL__" not in name)


def uncalled(file):
    called = collections.defaultdict(bool)  # by line, because a template is one function
    names = {}
    for function in file["functions"]:
        called[function["lineno"]] |= function["execution_count"] > 0
        names[function["lineno"]] = function["name"]
    return plain_names([names[line] for line in sorted(names) if not called[line]])


def share(reached, lines):
    return f"{100 * reached / lines:.1f} %" if lines else "–"


def room_table(files):
    rooms = collections.defaultdict(lambda: [0, 0, 0])
    for file in files:
        reached, lines = lines_of(file)
        for row in (rooms[room_of(file["file"])], rooms["**all**"]):
            row[0] += 1
            row[1] += reached
            row[2] += lines
    yield "| room | files | lines of code | reached | share |"
    yield "|---|---:|---:|---:|---:|"
    for room, (count, reached, lines) in sorted(rooms.items(), key=lambda row: row[0].startswith("*")):
        yield f"| {room} | {count} | {lines:,} | {reached:,} | {share(reached, lines)} |"


def low_table(files):
    low = [(reached / lines, file["file"], reached, lines, uncalled(file))
           for file in files for reached, lines in [lines_of(file)] if lines and 100 * reached < FEW * lines]
    yield "| file | lines | reached | functions that nothing calls |"
    yield "|---|---:|---:|---|"
    for _, name, reached, lines, functions in sorted(low):
        yield f"| {name} | {lines} | {share(reached, lines)} | {', '.join(f'`{f}`' for f in functions) or '–'} |"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("coverage", type=pathlib.Path)
    parser.add_argument("page", type=pathlib.Path)
    parser.add_argument("--tests", required=True)
    args = parser.parse_args()
    files = [file for file in json.loads(args.coverage.read_text())["files"] if file["lines"]]
    commit = subprocess.run(["git", "rev-parse", "--short=12", "HEAD"], capture_output=True, text=True).stdout.strip()
    page = [
        "# What the tests reach", "",
        f"Written by `scripts/coverage.sh` on {datetime.date.today()} at commit {commit or 'unknown'}; tests: {args.tests}.",
        "Lines with code, as gcov counts them at `-O1`. What a process counted that a test killed with SIGKILL is lost, and",
        "so is what runs in an exit handler: the figures are a little low there.", "",
        *room_table(files), "",
        f"## Files below {FEW} %", "", *low_table(files), ""]
    args.page.write_text("\n".join(line.rstrip() for line in page[:-1]) + "\n")
    print(f"coverage: {args.page}: {next(line for line in page if line.startswith('| **all**'))}")


main()
