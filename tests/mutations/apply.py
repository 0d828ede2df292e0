#!/usr/bin/env python3
"""Applies mutations to a tree: apply.py [--check] TREE MUTATION…

A mutation is a small file of `key: value` lines, with comments that begin with #:

    replace: a regular expression that matches exactly once in the sources of include/ and src/
    with:    the text that replaces the match; \\1 is the first group
    test:    the test that must fail: a unit test, a Python test or a case

The place is found by its code and not by its file, so moved files and rewritten comments do not matter. The name
of each mutation and that of the file are printed.
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


def read_sources(tree):
    """Returns {path in the tree: text} of all C++ sources."""
    files = [file for top in ("include", "src") for file in sorted((tree / top).rglob("*.[ch]pp"))]
    return {str(file.relative_to(tree)): file.read_text() for file in files}


def change(path, tree, sources):
    """Returns the one file in which the expression matches, and its changed text. Exits with a message if it is not one."""
    mutation = read_mutation(path)
    if not (tree / mutation["test"]).exists():
        sys.exit(f"{path}: there is no {mutation['test']}")
    found = [file for file, text in sources.items() for _ in re.finditer(mutation["replace"], text)]
    if len(found) != 1:
        sys.exit(f"{path}: does not apply any more: «{mutation['replace']}» must match once, and does "
                 f"{len(found)} times, in {', '.join(sorted(set(found))[:5]) or 'no file'}")
    changed = re.sub(mutation["replace"], mutation["with"], sources[found[0]])
    if changed == sources[found[0]]:
        sys.exit(f"{path}: changes nothing")
    return found[0], changed


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tree", type=pathlib.Path)
    parser.add_argument("mutations", type=pathlib.Path, nargs="+")
    parser.add_argument("--check", action="store_true", help="only see that they apply")
    args = parser.parse_args()
    sources = read_sources(args.tree)
    for path in args.mutations:
        file, changed = change(path, args.tree, sources)
        if not args.check:
            (args.tree / file).write_text(changed)
        print(f"{path.stem:20} applies to {file}")


main()
