#!/usr/bin/python3
"""Runs one case.

    run_case.py --program build/release/sorsweep --case tests/cases/NAME [--rewrite]

A case is a folder with a script `run`, its inputs, and `expected/`. The script works in a fresh scratch folder and finds the
variables SORSWEEP, CASE, TESTS and PYTHON; case_lib.sh has functions for it. Afterwards every file of expected/ must be in the
scratch folder with the same bytes. Of a *.json, only the keys that the expectation names are compared. --rewrite stores the
results as the new expectations.
"""
import argparse
import difflib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

TESTS = pathlib.Path(__file__).resolve().parents[1]


def run_script(program, case, scratch):
    env = dict(os.environ, SORSWEEP=str(program), CASE=str(case), TESTS=str(TESTS), PYTHON="/usr/bin/python3", LC_ALL="C.UTF-8")
    # Settings of the caller's shell must not change what a case means.
    env = {k: v for k, v in env.items() if not k.startswith("SORSWEEP_")}
    return subprocess.run(["bash", "-euo", "pipefail", str(case / "run")], cwd=scratch, env=env, check=False).returncode


def subset_problems(want, got, path=""):
    """Lists where the result differs from what the expectation names."""
    if isinstance(want, dict) and isinstance(got, dict):
        problems = [f"{path}{key}: missing" for key in want if key not in got]
        for key in want.keys() & got.keys():
            problems += subset_problems(want[key], got[key], f"{path}{key}.")
        return sorted(problems)
    return [] if want == got else [f"{path.rstrip('.')}: expected {want!r}, got {got!r}"]


def project(want, got):
    """Cuts `got` down to the keys of `want`: this is what --rewrite stores."""
    if isinstance(want, dict) and isinstance(got, dict):
        return {key: project(want[key], got[key]) for key in want if key in got}
    return got


def text_problems(want, got, name):
    if want == got:
        return []
    try:
        texts = [t.decode().splitlines(keepends=True) for t in (want, got)]
    except UnicodeDecodeError:
        return [f"{name}: {len(got)} bytes differ from the expected {len(want)}"]
    diff = difflib.unified_diff(*texts, fromfile=f"expected/{name}", tofile=name)
    return ["".join(line if line.endswith("\n") else line + "\n" for line in diff)]


def compare(expected, result, name):
    if not result.is_file():
        return [f"{name}: not written"]
    if expected.suffix == ".json":
        problems = subset_problems(json.loads(expected.read_text()), json.loads(result.read_text()))
        return [f"{name}: {p}" for p in problems]
    return text_problems(expected.read_bytes(), result.read_bytes(), name)


def rewrite(expected, result):
    if expected.suffix == ".json":
        cut = project(json.loads(expected.read_text()), json.loads(result.read_text()))
        expected.write_text(json.dumps(cut, indent=2) + "\n")
    else:
        shutil.copyfile(result, expected)


def check_case(program, case, scratch, rewriting):
    code = run_script(program, case, scratch)
    if code:
        return [f"run ended with exit code {code}"]
    problems = []
    for expected in sorted(p for p in (case / "expected").rglob("*") if p.is_file()):
        name = expected.relative_to(case / "expected")
        if rewriting and (scratch / name).is_file():
            rewrite(expected, scratch / name)
        problems += compare(expected, scratch / name, name)
    return problems


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", required=True, type=pathlib.Path)
    parser.add_argument("--case", required=True, type=pathlib.Path)
    parser.add_argument("--rewrite", action="store_true")
    parser.add_argument("--keep", action="store_true", help="leave the scratch folder, for a look at it")
    args = parser.parse_args()
    scratch = pathlib.Path(tempfile.mkdtemp(prefix=f"sorsweep-{args.case.resolve().name}-"))
    try:
        problems = check_case(args.program.resolve(), args.case.resolve(), scratch, args.rewrite)
    finally:
        if args.keep:
            print(f"scratch folder: {scratch}")
        else:
            shutil.rmtree(scratch, ignore_errors=True)
    for problem in problems:
        print(problem)
    if problems:
        print(f"replay: {sys.argv[0]} --program {args.program} --case {args.case} --keep")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
