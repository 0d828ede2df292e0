#!/usr/bin/env python3
"""Applies one mutation to a tree: apply.py [--check] MUTATION TREE

A mutation is a small file of `key: value` lines, with comments that begin with #:

    replace: a regular expression that matches exactly once in the sources of include/ and src/
    with:    the text that replaces the match; \\1 is the first group
    test:    the test that must fail: a unit test, a Python test or a case

The place is found by its code and not by its file, so moved files and rewritten comments do not matter. The file is printed.
"""
import argparse
import pathlib
import re
import sys

KEYS = {"replace", "with", "test"}


def read_mutation(path):
    """Reads a mutation. Every key must occur exactly once."""
    lines = [line for line in path.read_text().splitlines() if line and not line.startswith("#")]
    pairs = [line.split(":", 1) for line in lines]
    mutation = {key: value.strip() for key, value in pairs}
    if set(mutation) != KEYS or len(pairs) != len(KEYS):
        sys.exit(f"{path}: needs {', '.join(sorted(KEYS))}, each once")
    return mutation


def find_place(mutation, path, tree):
    """Finds the one file in which the expression matches. Returns it and its text."""
    files = [file for top in ("include", "src") for file in sorted((tree / top).rglob("*.[ch]pp"))]
    found = [(file, text) for file in files for text in [file.read_text()] for _ in re.finditer(mutation["replace"], text)]
    if len(found) != 1:
        where = ", ".join(str(file.relative_to(tree)) for file, _ in found) or "nowhere"
        sys.exit(f"{path}: does not apply any more: «{mutation['replace']}» must match once, and matches: {where}")
    return found[0]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("mutation", type=pathlib.Path)
    parser.add_argument("tree", type=pathlib.Path)
    parser.add_argument("--check", action="store_true", help="only see that it applies")
    args = parser.parse_args()
    mutation = read_mutation(args.mutation)
    if not (args.tree / mutation["test"]).exists():
        sys.exit(f"{args.mutation}: there is no {mutation['test']}")
    file, text = find_place(mutation, args.mutation, args.tree)
    changed = re.sub(mutation["replace"], mutation["with"], text)
    if changed == text:
        sys.exit(f"{args.mutation}: changes nothing")
    if not args.check:
        file.write_text(changed)
    print(file.relative_to(args.tree))


main()
