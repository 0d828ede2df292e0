#!/usr/bin/python3
"""Checks what hostile input meets: a clear refusal, the documented exit code and bounded memory. Nothing else is written.

    hostile_test.py --program build/release/sorsweep --work DIR [--only yaml,h5,…]

docs/limits.md states the limits.
"""
import argparse
import pathlib
import shutil

from hostile import h5_attacks, name_attacks, run_attacks, source_attacks, yaml_attacks
from hostile.lab import Lab

PARTS = {"yaml": yaml_attacks, "h5": h5_attacks, "source": source_attacks, "name": name_attacks, "run": run_attacks}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", required=True, type=pathlib.Path)
    parser.add_argument("--work", required=True, type=pathlib.Path)
    parser.add_argument("--only", default=",".join(PARTS))
    args = parser.parse_args()
    shutil.rmtree(args.work, ignore_errors=True)
    lab = Lab(args.program.resolve(), args.work.resolve())
    for part in args.only.split(","):
        PARTS[part].run(lab)
    lab.end(f"{lab.attacks} attacks")


if __name__ == "__main__":
    main()
