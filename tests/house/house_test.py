#!/usr/bin/env python3
"""Checks the rules of the house (docs/checks.md) on every file of the repository.

    house_test.py ROOT [--tests BUILD]     with --tests: every test of that build must be named in docs/checks.md
"""
import argparse
import json
import pathlib
import re
import subprocess
import sys

sys.dont_write_bytecode = True
import layout
import names as house_names
import rooms

TOPS = ("include", "src", "tests", "bench", "scripts", "cmake", "docs", "configs", ".ci")


def repository_files(root):
    """Lists the files that git keeps. In an unpacked archive it lists the files of our folders."""
    if (root / ".git").exists():
        command = ["git", "-c", "safe.directory=*", "-C", root, "ls-files", "-z"]
        listed = subprocess.run(command, check=True, capture_output=True)
        names = listed.stdout.decode().split("\0")
    else:
        paths = [path for top in TOPS for path in (root / top).rglob("*") if "__pycache__" not in path.parts]
        names = [str(path.relative_to(root)) for path in paths]
    return sorted(name for name in names if (root / name).is_file())


def check_file(root, name):
    """Applies the rules that concern one file."""
    content = (root / name).read_bytes()
    yield from layout.check_stray(name, len(content))
    if b"\0" in content or layout.DATA.search(name):
        return
    text = content.decode()
    for check in (rooms.check, layout.check_sizes, layout.check_header, layout.check_blanks, layout.check_columns):
        yield from check(name, text)


def check_test_names(root, build):
    """Checks that docs/checks.md names every test, by its own name or as part of a group such as `case.*`."""
    shown = subprocess.run(["ctest", "--show-only=json-v1"], cwd=build, check=True, capture_output=True, text=True)
    names = [test["name"] for test in json.loads(shown.stdout)["tests"]]
    words = set(re.findall(r"`([^`\s]+)`", (root / "docs/checks.md").read_text()))
    assert len(names) > 20, names
    for name in names:
        if name not in words and name.partition(".")[0] + ".*" not in words:
            yield f"docs/checks.md: says nothing of the test `{name}`"


def check_all_files(root, names):
    """Applies the rules that concern all files together."""
    def text_of(name):
        return (root / name).read_text()

    yield from house_names.check_tests(names, text_of)
    yield from house_names.check_folders(names)
    yield from house_names.check_headers(names)
    yield from house_names.check_short_files(names, text_of)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("root", type=pathlib.Path)
    parser.add_argument("--tests", type=pathlib.Path, metavar="BUILD")
    args = parser.parse_args()
    names = repository_files(args.root)
    wrong = [line for name in names for line in check_file(args.root, name)]
    wrong += check_all_files(args.root, names)
    if args.tests:
        wrong += check_test_names(args.root, args.tests)
    print("\n".join(wrong) or f"{len(names)} files keep the rules of the house")
    return 1 if wrong or len(names) < 100 else 0


if __name__ == "__main__":
    sys.exit(main())
