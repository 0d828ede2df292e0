#!/usr/bin/python3
"""Compares the room trust with numpy and itertools: merging, walk-forward, overfitting, bootstrap.

    trust_test.py --program build/release/trust_cli --work DIR

The test is written from the definitions (docs/trust.md), with ranks by sorting and splits by itertools. Only the random numbers
are the same. The choices must be equal, and the figures to 1e-12.
"""
import itertools
import json
import math
import sys

import numpy as np

import sweep_lib

RESAMPLES = 10_000
STEP = 0x9E3779B97F4A7C15


def draws(seed, indices):
    """Returns the draws number `indices` of splitmix64 as numbers in [0, 1)."""
    with np.errstate(over="ignore"):
        z = np.uint64(seed) + (indices.astype(np.uint64) + np.uint64(1)) * np.uint64(STEP)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return ((z ^ (z >> np.uint64(31))) >> np.uint64(11)).astype(np.float64) * 2.0**-53


def bootstrap(series, seed, block):
    """Returns (low, high, share of means that are not below 0) of the means of the stationary bootstrap."""
    n = len(series)
    block = block or n ** (1 / 3)
    dice = draws(seed, np.arange(2 * n * RESAMPLES)).reshape(RESAMPLES, n, 2)
    restart = dice[:, :, 0] < 1 / block
    restart[:, 0] = True
    fresh = (dice[:, :, 1] * n).astype(int)
    day = np.zeros((RESAMPLES, n), dtype=int)
    for t in range(n):
        day[:, t] = np.where(restart[:, t], fresh[:, t], (day[:, t - 1] + 1) % n)
    means = np.asarray(series)[day].mean(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return low, high, (means >= 0).mean()


def score(values, weight):
    """Returns the score of every row."""
    spread = values.std(axis=1, ddof=1) if values.shape[1] > 1 else 0
    return values.mean(axis=1) + weight * spread


def midranks(values):
    """Ranks values from the worst (1) to the best (n). The values are costs."""
    order = np.sort(values)
    return len(values) - (np.searchsorted(order, values, "left") + np.searchsorted(order, values, "right") - 1) / 2


def overfitting(values, weight):
    """Returns (PBO, mean logit, number of splits, groups) by their definition."""
    rows, days = values.shape
    groups = min(16, days) // 2 * 2
    cut = [list(part) for part in np.array_split(np.arange(days), groups)]
    halves = list(itertools.combinations(range(groups), groups // 2))
    logits = []
    for half in halves:
        inside = sum((cut[g] for g in half), [])
        outside = sum((cut[g] for g in range(groups) if g not in half), [])
        best = np.argmin(score(values[:, inside], weight))
        omega = midranks(score(values[:, outside], weight))[best] / (rows + 1)
        logits.append(0.0 if omega == 0.5 else math.log(omega / (1 - omega)))
    logits = np.array(logits)
    return (logits < 0).mean() + (logits == 0).mean() / 2, logits.mean(), len(halves), groups


class Bench:
    def __init__(self, program, work):
        self.program, self.work, self.problems, self.compared = program, work, [], 0

    def close(self, where, want, got):
        self.compared += 1
        if not (want == got or (isinstance(want, float) and abs(want - got) <= 1e-12 * max(1.0, abs(want)))):
            self.problems.append(f"{where}: {want!r} here, {got!r} in the program")

    def ask(self, name, values, others, *options):
        path = self.work / f"{name}.csv"
        lines = [(3 * i, row) for i, row in enumerate(values)] + list(others.items())
        path.write_text("".join(f"{key},{','.join(repr(float(v)) for v in row)}\n" for key, row in lines))
        return json.loads(sweep_lib.good(self.program, path, *options).stdout)

    def check(self, name, values, others, weight=0.0, seed=1, block=0):
        got = self.ask(name, values, others, weight, seed, block)
        first = sorted({tuple(row): i for i, row in reversed(list(enumerate(values)))}.values())
        self.close(f"{name} points", [3 * i for i in first], got["points"])
        self.close(f"{name} counts", [sum(tuple(r) == tuple(values[i]) for r in values) for i in first], got["counts"])
        merged = values[first]
        self.check_walk_forward(name, merged, got, first, weight)
        if values.shape[1] >= 4 and len(first) > 1:
            for key, want in zip(("pbo", "mean_logit", "splits", "groups"), overfitting(merged, weight)):
                self.close(f"{name} {key}", want, got[key])
        else:
            self.close(f"{name} has a reason", True, bool(got["pbo_skipped"]))
        self.check_intervals(name, merged[np.argmin(score(merged, weight))], others, got, seed, block)

    def check_walk_forward(self, name, merged, got, first, weight):
        days = merged.shape[1]
        self.close(f"{name} steps", days - 1, len(got["steps"]))
        for day, step in zip(range(1, days), got["steps"]):
            scores = score(merged[:, :day], weight)
            best = np.argmin(scores)
            want = {"day": day, "point": 3 * first[best], "in_sample": float(scores[best]),
                    "out_of_sample": float(merged[best, day]), "hindsight": float(merged[:, day].min())}
            for key, figure in want.items():
                self.close(f"{name} day {day} {key}", figure, step[key])

    def check_intervals(self, name, best, others, got, seed, block):
        out_of_sample = np.array([step["out_of_sample"] for step in got["steps"]])
        for found in got["comparisons"]:
            other = np.asarray(others[found["name"]])
            series = out_of_sample - other[1:] if found["out_of_sample"] else best - other
            where = f"{name} {found['name']} {found['out_of_sample']}"
            self.close(f"{where} mean", float(series.mean()), found["mean"])
            self.close(f"{where} is skipped", len(series) < 5, bool(found["skipped"]))
            if len(series) < 5:
                continue
            low, high, share = bootstrap(series, seed, block)
            for key, want in (("low", low), ("high", high), ("share", share)):
                self.close(f"{where} {key}", float(want), found[key])
            standing = "better" if high < 0 else "worse" if low > 0 else "not distinguishable"
            self.close(f"{where} standing", standing, found["standing"])


def with_others(chance, values):
    days = values.shape[1]
    return {"all_market": chance.normal(0.5, 1, days), "all_limit": chance.normal(-0.5, 1, days),
            "runner_up": values[len(values) // 2]}


def random_matrices(bench):
    chance = np.random.default_rng(20150227)
    for days in (2, 3, 4, 5, 6, 7, 9, 11, 12):
        for weight in (0.0, 0.7):
            values = chance.normal(size=(int(chance.integers(2, 200)), days))
            bench.check(f"noise_{days}_{weight}", values, with_others(chance, values), weight, seed=days)
    values = chance.normal(size=(130, 33))
    bench.check("long", values, with_others(chance, values), block=4)


def tied_matrices(bench):
    """Returns eighths, whose sums are exact in any order and often equal."""
    chance = np.random.default_rng(8)
    for days in (4, 5, 8, 10):
        values = chance.integers(-3, 3, size=(150, days)) / 8
        values[10:30] = values[5]
        bench.check(f"ties_{days}", values, with_others(chance, values), seed=2**63 + days)
    bench.check("equal", np.ones((7, 6)), {"all_market": np.ones(6), "runner_up": np.ones(6)})


def main():
    bench = Bench(*sweep_lib.program_and_work(__doc__))
    random_matrices(bench)
    tied_matrices(bench)
    for problem in bench.problems[:20]:
        print(problem)
    print(f"{bench.compared} figures compared, {len(bench.problems)} differ")
    sys.exit(1 if bench.problems else 0)


if __name__ == "__main__":
    main()
