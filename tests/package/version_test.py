#!/usr/bin/python3
"""One version: CMakeLists.txt's is that of CHANGELOG.md's newest entry, of CITATION.cff, of the program and of its files; and
the changelog names the results and schema versions that the program has.

    version_test.py --program sorsweep --version X.Y.Z --work DIR
"""
import argparse
import json
import pathlib
import re
import shutil
import subprocess
import sys

import h5py

ROOT = pathlib.Path(__file__).resolve().parents[2]


def entries():
    """[(version, date, text)], newest first."""
    parts = re.split(r"^## \[([^]]+)\] - (\d{4}-\d\d-\d\d)$", (ROOT / "CHANGELOG.md").read_text(), flags=re.M)
    return list(zip(parts[1::3], parts[2::3], parts[3::3]))


def unreleased():
    """What has changed since the newest version; an empty text if nothing has."""
    found = re.search(r"^## Unreleased$(.*?)^## ", (ROOT / "CHANGELOG.md").read_text(), flags=re.M | re.S)
    return found[1] if found else ""


def check_order(changes):
    numbers = [tuple(map(int, version.split("."))) for version, _, _ in changes]
    assert numbers == sorted(set(numbers), reverse=True), f"versions do not descend: {numbers}"
    dates = [date for _, date, _ in changes]
    assert dates == sorted(dates, reverse=True), f"dates do not descend: {dates}"


def make_run(program, work):
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    (work / "c.yaml").write_text("store: store\nsymbols: all\ndays: all\nrouter: notebook\norder: {side: buy, shares: 500}\n"
                                 "grid: {lambda_over: [0.001], lambda_under: [0.001], theta_queue: [0.001]}\n")
    for words in (("synth", "-o", "csv", "--days", "1", "--rows", "500"), ("convert", "csv", "-o", "store"),
                  ("sweep", "c.yaml", "-o", "run")):
        subprocess.run([program, *words], cwd=work, check=True, capture_output=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--version", required=True)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    args = parser.parse_args()
    changes = entries()
    check_order(changes)
    newest, date, text = changes[0]
    assert newest == args.version, f"CHANGELOG.md begins with {newest}, CMakeLists.txt says {args.version}"
    citation = (ROOT / "CITATION.cff").read_text()
    assert f"\nversion: {newest}\ndate-released: {date}\n" in citation, f"CITATION.cff is not of {newest}, {date}"
    said = subprocess.run([args.program, "--version"], capture_output=True, text=True, check=True).stdout.split()[1]
    assert said == args.version, said
    make_run(args.program, args.work)
    about = json.loads((args.work / "run/manifest.json").read_text())["program"]
    assert about["version"] == args.version, about
    with h5py.File(next((args.work / "store").rglob("*.h5"))) as day:
        schema = int(day.attrs["schema_version"])
        assert str(day.attrs["program"]).find(args.version) >= 0, day.attrs["program"]
    for words in (f"Results version {about['results_version']}", f"store schema {schema}"):
        assert words in " ".join((unreleased() or text).split()), f"CHANGELOG.md's newest entry does not say «{words}»"
    shutil.rmtree(args.work)
    print(f"version {newest}, results version {about['results_version']}, store schema {schema}")


sys.exit(main())
