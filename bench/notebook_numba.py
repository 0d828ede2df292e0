#!/usr/bin/python3
"""A plain numba port of the notebook's run_backtest, which a C++ engine has to beat on one core.

    notebook_numba.py FILE.csv [--points 1000000] [--shares 5000] [--seed-dir ../shared/seed]

It prints JSON {points_per_second, total_cost, points}. Its total cost must equal the notebook's own to the last bit, or the
exit code is 1. Reading the CSV, grouping it into snapshots and compiling are done before the clock runs.
"""
import argparse
import json
import pathlib
import subprocess
import sys
import time

import numba
import numpy
import pandas

SEED_DIR = pathlib.Path(__file__).resolve().parent.parent.parent / "shared" / "seed"


def load_tape(path):
    """Returns snapshots as flat arrays: rows first[i]..first[i+1] are snapshot i, and cheapest[] lists its rows by ask."""
    frame = pandas.read_csv(path)
    frame = frame[frame["ask_px_00"].notna()].sort_values(["ts_event", "publisher_id"])
    frame = frame.groupby(["ts_event", "publisher_id"]).first().reset_index()
    snapshot = frame.groupby("ts_event").ngroup().to_numpy()
    first = numpy.append(numpy.flatnonzero(numpy.diff(snapshot, prepend=-1)), len(frame))
    price = frame["ask_px_00"].to_numpy(numpy.float64)
    cheapest = numpy.lexsort((price, snapshot))  # stable: ties stay in publisher order
    return first, price, frame["ask_sz_00"].to_numpy(numpy.float64), cheapest


@numba.njit
def run_backtest(first, price, size, cheapest, shares):
    remaining, total_cost, filled = shares, 0.0, 0.0
    for i in range(len(first) - 1):
        if remaining <= 0:
            break
        begin, end = first[i], first[i + 1]
        if remaining < 1000:
            market = max(0.0, remaining * 0.1)
        else:
            market = remaining * 0.4
        limit = (remaining - market) / (end - begin)
        for j in range(begin, end):
            if market <= 0:
                break
            row = cheapest[j]
            fill = min(market, size[row])
            total_cost += fill * price[row]
            filled += fill
            remaining -= fill
            market -= fill
        if limit <= 0:
            continue
        for row in range(begin, end):
            chance = min(1.0, size[row] / (size[row] + limit)) if size[row] + limit > 0 else 0.0
            fill = min(limit * chance, size[row])
            if fill > 0:
                total_cost += fill * price[row]
                filled += fill
                remaining -= fill
    return total_cost


@numba.njit
def sweep(first, price, size, cheapest, shares, over, under, theta, costs):
    for i in range(len(costs)):
        # The notebook's allocator ignores its parameters. 0·λ adds nothing to the shares. The compiler cannot know that,
        # because λ might be infinite, so it cannot lift the backtest out of this loop.
        costs[i] = run_backtest(first, price, size, cheapest, shares + 0.0 * (over[i] + under[i] + theta[i]))


def parameter_points(points):
    """Returns a grid with about the cube root of `points` values on each of three axes, cut to `points`."""
    side = int(numpy.ceil(points ** (1 / 3)))
    index = numpy.arange(points)
    axis = numpy.linspace(0.0005, 0.002, side)
    return axis[index // side**2 % side], axis[index // side % side], axis[index % side]


def time_sweep(tape, shares, points):
    costs = numpy.empty(points)
    over, under, theta = parameter_points(points)
    sweep(*tape, shares, over[:1], under[:1], theta[:1], costs[:1])  # compiles
    start = time.perf_counter()
    sweep(*tape, shares, over, under, theta, costs)
    seconds = time.perf_counter() - start
    assert costs.min() == costs.max()
    return points / seconds, float(costs[0])


def notebook_cost(path, shares, seed_dir):
    command = ["/usr/bin/python3", str(seed_dir / "run_notebook.py"), str(path), "--shares", str(shares)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    return json.loads(done.stdout)["router_results"]["total_cost"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("csv", type=pathlib.Path)
    parser.add_argument("--points", type=int, default=1_000_000)
    parser.add_argument("--shares", type=float, default=5000)
    parser.add_argument("--seed-dir", type=pathlib.Path, default=SEED_DIR)
    args = parser.parse_args()
    rate, cost = time_sweep(load_tape(args.csv), args.shares, args.points)
    print(json.dumps({"points_per_second": round(rate), "total_cost": cost, "points": args.points}))
    want = notebook_cost(args.csv, args.shares, args.seed_dir)
    if cost != want:
        sys.exit(f"total cost {cost!r} is not the notebook's {want!r}")


if __name__ == "__main__":
    main()
