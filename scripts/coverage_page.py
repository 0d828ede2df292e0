#!/usr/bin/env python3
"""A page in Markdown of what gcovr found: coverage_page.py COVERAGE.json PAGE.md --tests TEXT

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


def short_name(name):
    """A demangled name without our namespace, template arguments and parameters: `h5::image_malloc`."""
    name = re.sub(r"\bsorsweep::|\(anonymous namespace\)::|\[abi:\w+\]", "", name)
    while (shorter := re.sub(r"(?<!operator)<[^<>]*>|\([^()]*\)(?: const)?", "", name)) != name:
        name = shorter
    return name.split()[-1]  # without the type that a template's name begins with


def plain_names(names):
    """The short names of functions, mangled or not, without lambdas and what the compiler adds."""
    if not names:
        return []
    shown = subprocess.run(["c++filt", "-p"], input="\n".join(names), capture_output=True, text=True, check=True).stdout
    return sorted({short_name(name) for name in shown.splitlines() if "{lambda" not in name and "_GLOBAL__" not in name})


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


def low_files(files):
    """A section for each file below the limit, with a line for each function that nothing calls."""
    low = [(reached / lines, file["file"], reached, lines, uncalled(file))
           for file in files for reached, lines in [lines_of(file)] if lines and 100 * reached < FEW * lines]
    for _, name, reached, lines, functions in sorted(low):
        yield f"- {name}: {share(reached, lines)} of {lines} lines"
        yield from (f"  - nothing calls `{function}`" for function in functions)


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
        "Lines with code are counted by gcov at `-O1`. A process that is killed with SIGKILL reports nothing, and exit handlers",
        "are not counted, so the figures are a little low there.", "",
        *room_table(files), "",
        f"## Files below {FEW} %", "", *low_files(files), ""]
    args.page.write_text("\n".join(line.rstrip() for line in page[:-1]) + "\n")
    print(f"coverage: {args.page}: {next(line for line in page if line.startswith('| **all**'))}")


main()
