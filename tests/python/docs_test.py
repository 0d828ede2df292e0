#!/usr/bin/env python3
"""Checks that the documentation is true: links lead somewhere, marked blocks run, and verbs, options, keys, exit codes,
datasets, columns and JSON keys are those of the program.

    docs_test.py --program build/release/sorsweep --work DIR [--only links,limits,commands,keys,codes,files,blocks]

tests/python/docs/run_blocks.py says how blocks are marked.
"""
import argparse
import pathlib
import shutil
import sys
import time

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1]))  # tests/, for house
from docs import files, json_keys, limits, links, program, run_blocks  # noqa: E402
from docs.pages import read_pages  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]


def checks(pages, work, path):
    facts = work / "facts"
    facts.mkdir()
    binary = program.Program(path, facts)

    def commands():
        yield from program.check_commands(pages, binary)
        yield from program.check_synopses(pages, binary)
        yield from program.check_submit(pages)
        yield from program.check_variables(pages, binary)

    def written():
        yield from files.check_files(pages, binary, facts)
        yield from json_keys.check_json(pages, binary, facts)

    return {"links": lambda: links.check_links(pages), "limits": lambda: limits.check_limits(pages), "commands": commands,
            "keys": lambda: program.check_keys(pages, binary, ROOT / "configs/quickstart.yaml"),
            "codes": lambda: program.check_exit_codes(pages, ROOT),
            "files": written,
            "blocks": lambda: run_blocks.run_pages(pages, path, work)}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", type=lambda p: pathlib.Path(p).resolve(), required=True)
    parser.add_argument("--work", type=lambda p: pathlib.Path(p).resolve(), required=True)
    parser.add_argument("--only", default="links,limits,commands,keys,codes,files,blocks")
    arguments = parser.parse_args()
    shutil.rmtree(arguments.work, ignore_errors=True)
    arguments.work.mkdir(parents=True)
    every = checks(read_pages(ROOT), arguments.work, arguments.program)
    wrong = 0
    for name in arguments.only.split(","):
        begin = time.monotonic()
        found = list(every[name]())
        wrong += len(found)
        print("\n".join([*found, f"{name}: {len(found)} wrong, {time.monotonic() - begin:.1f} s"]))
    return 1 if wrong else 0


sys.exit(main())
