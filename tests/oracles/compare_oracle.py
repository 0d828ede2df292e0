#!/usr/bin/python3
"""Compares a run of sorsweep with the figures of the notebook itself (seed/run_notebook.py).

    compare_oracle.py --oracle oracle.json [--log oracle_log.csv --replay replay.csv] --best best.json

The router's figures must be equal to the last bit, and its log must be the same text. The yardsticks add in another order than
pandas does, so they may differ by 1e-12 relative. The savings subtract two prices that are nearly equal, so they may differ by
1e-6 bps. The exit code is 1 on a difference.
"""
import argparse
import csv
import datetime
import json
import re
import sys

HEADER = ["ts", "type", "venue", "price", "shares", "cost"]
ISO = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:?\d\d)?$")
OURS = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$")
EPOCH = datetime.datetime(1970, 1, 1)


def instant_ns(text):
    """Converts an ISO time to ns since the epoch (UTC). datetime alone would stop at microseconds."""
    found = ISO.match(text)
    if not found:
        raise ValueError(f"no ISO time: {text!r}")
    day, clock, fraction, zone = found.groups()
    delta = datetime.datetime.fromisoformat(f"{day}T{clock}") - EPOCH
    seconds = delta.days * 86400 + delta.seconds
    if zone and zone != "Z":
        minutes = int(zone[1:3]) * 60 + int(zone[-2:])
        seconds -= (minutes if zone[0] == "+" else -minutes) * 60
    return seconds * 10**9 + int((fraction or "0").ljust(9, "0"))


def look_up(tree, path):
    for key in path.split("."):
        if not isinstance(tree, dict) or key not in tree:
            return None
        tree = tree[key]
    return tree


def numbers(tree, prefix=""):
    """Flattens nested objects: {'router_results.total_cost': 1.0, ...}"""
    flat = {}
    for key, value in tree.items():
        if isinstance(value, dict):
            flat.update(numbers(value, f"{prefix}{key}."))
        else:
            flat[prefix + key] = value
    return flat


def same(path, want, got):
    if not isinstance(got, (int, float)) or isinstance(got, bool):
        return False
    if path.startswith("baselines."):
        return abs(got - want) <= 1e-12 * abs(want)
    if path.startswith("savings_bps."):
        return abs(got - want) <= 1e-6
    return got == want


def compared_paths(oracle):
    """Keeps only what the notebook's own JSON prints. run_notebook.py adds a few figures to it."""
    paths = [f"best_parameters.{k}" for k in ("lambda_over", "lambda_under", "theta_queue")]
    paths += [f"router_results.{k}" for k in ("total_cost", "avg_price", "filled_shares")]
    paths += [p for p in numbers(oracle["baselines"], "baselines.") if not p.endswith("filled_shares")]
    return paths + list(numbers(oracle["savings_bps"], "savings_bps."))


def compare_json(oracle, best):
    """Lists the differences between the figures."""
    problems = []
    for path in compared_paths(oracle):
        want, got = look_up(oracle, path), look_up(best, path)
        if not same(path, want, got):
            problems.append(f"{path}: notebook {want!r}, sorsweep {got!r}")
    return problems


def compare_line(number, want, got):
    if len(got) != len(HEADER):
        return f"line {number}: {len(got)} cells: {got}"
    if not OURS.match(got[0]):
        return f"line {number}: ts is not written as …T…[nine digits]Z: {got[0]!r}"
    if instant_ns(want[0]) != instant_ns(got[0]) or want[1:] != got[1:]:
        return f"line {number}:\n    notebook {want}\n    sorsweep {got}"
    return None


def read_csv(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def compare_logs(log, replay):
    """Lists the differences between two execution logs, which are lists of rows that begin with the header."""
    problems = []
    if not replay or replay[0] != HEADER:
        return [f"replay's header is {replay[0] if replay else 'missing'}, not {HEADER}"]
    if len(log) != len(replay):
        problems.append(f"executions: notebook {len(log) - 1}, sorsweep {len(replay) - 1}")
    lines = (compare_line(i, w, g) for i, (w, g) in enumerate(zip(log[1:], replay[1:]), start=2))
    return problems + [line for line in lines if line]


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def show(problems, title=""):
    """Prints the first five problems and returns whether there was none."""
    for problem in problems[:5]:
        print(f"{title}{problem}")
    if len(problems) > 5:
        print(f"{title}… and {len(problems) - 5} more")
    return not problems


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--oracle", required=True)
    parser.add_argument("--best", required=True)
    parser.add_argument("--log")
    parser.add_argument("--replay")
    args = parser.parse_args()
    if bool(args.log) != bool(args.replay):
        parser.error("--log and --replay go together")
    good = show(compare_json(load(args.oracle), load(args.best)))
    if args.log:
        good &= show(compare_logs(read_csv(args.log), read_csv(args.replay)))
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
