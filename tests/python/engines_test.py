#!/usr/bin/python3
"""Sweeps random configs by both engines, whole and in shards, with surfaces and without: all results are equal to the byte.

    engines_test.py --program build/release/sorsweep --work DIR [--configs 5] [--seed 1]
"""
import argparse
import json
import pathlib
import random
import shutil

import h5py

import sweep_lib
from sweep_lib import call, good, tables

SYMBOLS = ("AB", "CD")

# Fees and a half-spread of about 1000 dollars that leave some nano-dollars a share. Sums of such terms in doubles are wrong by
# more than the penalties are.
CANCELLING = {
    "shares": 24240, "lot": 101, "samples": 200, "venues": 2,
    "grid": {"lambda_over": [n * 1e-9 for n in range(1, 16)], "lambda_under": [n * 1e-9 for n in range(1, 16)],
             "theta_queue": [n * 1e-9 for n in range(7)], "half_spread": [999.999999937]},
    "take": -999.99999993, "make": -999.999999937,
}


def dollars(value):
    return f"{value:.9f}"


def random_axis(chance, least, most):
    """Returns one value or up to 14, ascending, evenly spaced or not, as whole nano-dollars."""
    least, most = round(least * 1e9), round(most * 1e9)
    count = chance.choice((1, 1, 2, 5, 9, 14))
    if chance.random() < 0.5:
        values = {least + (most - least) * i // max(1, count - 1) for i in range(count)}
    else:
        values = {chance.randint(least, most) for _ in range(count)}
    return sorted(value / 1e9 for value in values)


def random_settings(chance):
    """Returns settings like CANCELLING. Money is of the order of nano-dollars, cents or a thousand dollars, and fees may cancel
    the half-spread."""
    scale = chance.choice((1e-8, 1e-6, 0.01, 0.01, 0.1, 1000))
    lot = chance.choice((1, 7, 100, 101))
    grid = {name: random_axis(chance, least * scale, scale)
            for name, least in (("lambda_over", chance.choice((0, 0.1, -1))), ("lambda_under", chance.choice((0, 0.1))),
                                ("theta_queue", 0))}
    far = chance.choice((0.002, 0.002, 10, 999.999999937))
    if chance.random() < 0.5:
        grid["half_spread"] = random_axis(chance, far, far + scale) if chance.random() < 0.5 else [far]
    near = [-far + chance.randint(-9, 9) * scale / 10 for _ in range(2)] if "half_spread" in grid else [0.003, 0.002]
    return {"shares": lot * chance.randint(10, 60), "lot": lot, "samples": chance.choice((20, 60, 200)),
            "venues": chance.randint(1, 3), "grid": grid, "take": near[0], "make": near[1]}


def write_config(path, store, chance, settings):
    """Writes a config with these settings, and random ones for all else."""
    axes = "\n".join(f"  {name}: [{', '.join(map(dollars, values))}]" for name, values in settings["grid"].items())
    objective = chance.choice(("slippage_bps", "total_cost", "worst_day", "{mean_plus_std: 0.5}"))
    structural = chance.choice(("", "", "structural: {venues_max: [1, 3]}\n"))
    path.write_text(f"""\
store: {store}
router: cont_kukanov
order: {{side: {chance.choice(("buy", "sell"))}, shares: {settings["shares"]}, start: "10:00", end: "15:00", \
slice: {chance.choice(("30m", "1h"))}, lot: {settings["lot"]}}}
fees: {{default: {{take: {dollars(settings["take"])}, make_rebate: {dollars(settings["make"])}}}}}
model: {{samples: {settings["samples"]}, sample_stride: 10s, venues_max: {settings["venues"]}, \
solver: {chance.choice(("exact", "exact", "pool"))}, latency_ns: {chance.choice((0, 5000000))}}}
objective: {objective}
{structural}grid:
{axes}
""")
    return path


class Lab:
    """Sweeps one config in all ways."""

    def __init__(self, checker, program, work, config):
        self.checker, self.program, self.work, self.config = checker, program, work, config

    def sweep(self, name, shards, *options):
        """Sweeps in one process, or in shards that are merged. Returns the tables, and the hash of the result."""
        run = self.work / name
        command = [self.program, "sweep", self.config, "-o", run, "-q", "--threads", 1, *options]
        if shards:
            commands = [[*command, "--shard", f"{i}/{shards}"] for i in range(1, shards + 1)]
            commands.append([self.program, "merge", run, "-q", "--threads", 1])
        else:
            commands = [command]
        for step in commands:
            done = call(*step)
            if not self.checker.expect(done.returncode == 0, f"{self.config.name} {name}: {done.stderr}"):
                return None
        kept = {file: data for file, data in tables(run).items() if not file.endswith(".h5")}
        return kept, json.loads((run / "manifest.json").read_text())["result_hash"]

    def compare(self, chance):
        """Sweeps in six ways. Returns whether the points differ, so that there was something to find."""
        none = ("--set", "run.surfaces=none")
        want = self.sweep("collapse", 0)
        ways = {"brute": (0, "--engine", "brute"), "shards": (chance.randint(2, 4),),
                "brute_shards": (2, "--engine", "brute"), "none": (0, *none), "none_shards": (2, *none)}
        for name, (shards, *options) in ways.items():
            got = self.sweep(name, shards, *options)
            if want is None or got is None:
                continue
            differ = [file for file in want[0] if want[0][file] != got[0].get(file)]
            self.checker.expect(not differ and want[0].keys() == got[0].keys(), f"{self.config.name} {name}: differ: {differ}")
            self.checker.expect(want[1] == got[1], f"{self.config.name} {name}: {got[1]}, the collapse has {want[1]}")
        with h5py.File(next((self.work / "collapse").glob("results*.h5"))) as results:
            return len(set(results["slippage_nano"][()].flat)) > 1


def make_store(program, work, seed):
    """Makes a store of two symbols and two days."""
    for i, symbol in enumerate(SYMBOLS):
        good(program, "synth", "-o", work / f"csv{i}", "--days", 2, "--venues", 3 + i, "--rows", 1500, "--seed", seed + i,
             "--symbol", symbol)
        good(program, "convert", work / f"csv{i}", "-o", work / "store", "--symbol", symbol)
    return work / "store"


def parse():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", required=True, type=pathlib.Path)
    parser.add_argument("--work", required=True, type=pathlib.Path)
    parser.add_argument("--configs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def main():
    sweep_lib.forget_settings()
    args = parse()
    checker, program, work = sweep_lib.Checker(), args.program.resolve(), args.work.resolve()
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    store = make_store(program, work, args.seed)
    contested = 0
    for number in range(args.configs):
        chance = random.Random(f"{args.seed} {number}")
        folder = work / str(number)
        folder.mkdir()
        settings = random_settings(chance) if number else CANCELLING
        config = write_config(folder / f"{args.seed}-{number}.yaml", store, chance, settings)
        before = len(checker.problems)
        contested += Lab(checker, program, folder, config).compare(chance)
        if len(checker.problems) == before:
            shutil.rmtree(folder)  # a config that showed a difference stays
    checker.expect(contested > args.configs / 3, f"only {contested} of {args.configs} configs have points that differ")
    checker.end(f"{args.configs} configs, from seed {args.seed}, {contested} of them with points that differ")


if __name__ == "__main__":
    main()
