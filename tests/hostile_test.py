#!/usr/bin/python3
"""Hostile input: a clear refusal, the documented exit code, bounded memory, nothing written that should not be.

    hostile_test.py --program build/release/sorsweep --work DIR [--only yaml,h5,…]

docs/limits.md states the limits.
"""
import argparse
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from hostile import lab as laboratory  # noqa: E402


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True, type=pathlib.Path)
    parser.add_argument("--work", required=True, type=pathlib.Path)
    parser.add_argument("--only", default="")
    args = parser.parse_args()
    lab = laboratory.Lab(args.program.resolve(), args.work.resolve())
    parts = ["yaml_attacks", "h5_attacks", "source_attacks", "name_attacks", "run_attacks"]
    for part in parts:
        if not args.only or part.split("_")[0] in args.only.split(","):
            module = __import__(f"hostile.{part}", fromlist=["run"])
            module.run(lab)
    print(f"{lab.attacks} attacks, {len(lab.problems)} problems")
    return 1 if lab.problems else 0


if __name__ == "__main__":
    sys.exit(main())
