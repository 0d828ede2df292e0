#!/usr/bin/python3
"""Compares results.h5 with the files of the units, best.json and summary.csv by h5py and numpy.

    results_file_test.py --program build/release/sorsweep --work DIR
"""
import csv
import json
import pathlib
import shutil
import sys

import h5py
import numpy

import sweep_lib
from sweep_lib import text_of

NAMES = ("lambda_over", "lambda_under", "theta_queue", "half_spread")
SLICED = ("slippage_nano", "slippage_bps_mean", "slippage_bps_std", "worst_day_bps", "objective")
EVENT = ("total_cost", "filled_shares", "missing_shares", "objective")
SHARES = 7600
SLICES = f"""router: cont_kukanov
order: {{side: SIDE, shares: {SHARES}, start: "09:35", end: "15:55", tz: America/New_York, slice: 10m, lot: 100}}
fees: {{default: {{take: 0.003, make_rebate: 0.002}}}}
model: {{samples: 60, sample_stride: 20s, venues_max: 3}}
"""
# More than one chunk each, the last one not full.
THREE_AXES = {"lambda_over": (0.005, 0.104, 21), "lambda_under": (0.005, 0.104, 40), "theta_queue": (0, 0.0089, 90)}
FOUR_AXES = {"lambda_over": (0.005, 0.104, 3), "lambda_under": (0.005, 0.104, 2), "theta_queue": (0, 0.0249, 250),
             "half_spread": (0, 0.0299, 300)}
FEW_POINTS = {"lambda_over": (0.01, 0.05, 5), "lambda_under": (0.01, 0.04, 4), "theta_queue": (0.001, 0.003, 3)}

checker = sweep_lib.Checker()
expect = checker.expect


def equal(where, got, want):
    differ = numpy.argwhere(numpy.asarray(got) != want) if numpy.shape(got) == numpy.shape(want) else "all, by shape"
    expect(numpy.array_equal(got, want), f"{where}: differs at {differ[:3]}")


def close(where, got, want):
    expect(numpy.allclose(got, want, rtol=1e-12, atol=1e-12), f"{where}: off by {numpy.abs(got - want).max()}")


class Runs:
    """Keeps configs and sweeps in one folder."""

    def __init__(self, program, work):
        self.program, self.work = program, work

    def run(self, *args, code=0):
        done = sweep_lib.call(self.program, *args, cwd=self.work)
        if done.returncode != code:
            sys.exit(f"exit code {done.returncode}, not {code}: {' '.join(map(str, args))}\n{done.stderr}")
        return done.stdout + done.stderr

    def make_store(self):
        self.run("synth", "-o", "csv", "--days", 3, "--venues", 4, "--rows", 20000, "--seed", 5, "--symbol", "SYN")
        self.run("convert", "csv", "-o", "store", "--symbol", "SYN")

    def sweep(self, name, text, grid, *args):
        axes = "".join(f"  {axis}: {{linear: [{first}, {last}], points: {points}}}\n"
                       for axis, (first, last, points) in grid.items())
        config = self.work / f"{name}.yaml"
        config.write_text(f"store: store\nsymbols: [SYN]\ndays: all\n{text}grid:\n{axes}")
        self.run("sweep", config, "-o", name, *args)
        return self.work / name


def read(path):
    """Returns ({dataset: values}, {attribute: value}) and checks scales and filters on the way."""
    arrays = {}
    with h5py.File(path, "r") as file:
        expect(file.userblock_size == 512, f"{path}: user block of {file.userblock_size} bytes")
        file.visititems(lambda name, item: arrays.update({name: item[()]}) if isinstance(item, h5py.Dataset) else None)
        for name in arrays:
            expect(file[name].fletcher32 and file[name].compression == "gzip", f"{path}: filters of {name}")
            expect(text_of(file[name].attrs["unit"]) != "", f"{path}: unit of {name}")
        return arrays, dict(file.attrs)


def check_scales(path, surfaces):
    """Checks that the surfaces and the regions have the values of the axes attached by name."""
    with h5py.File(path, "r") as file:
        axes = [axis for axis in NAMES if axis in file]
        for name in surfaces:
            dimensions = file[name].dims
            expect([d.keys() for d in dimensions] == [[axis] for axis in axes], f"{path}: scales of {name}")
            for dimension, axis in zip(dimensions, axes):
                equal(f"{path}: {name} along {axis}", dimension[0][:], file[axis][:])
        for name in ("least", "mean", "most", "best_point") if "regions" in file else ():
            expect([d.keys() for d in file[f"regions/{name}"].dims] == [[f"{axis}_begin"] for axis in axes],
                   f"{path}: scales of regions/{name}")


def check_axes(where, arrays, grid):
    for axis, (first, last, points) in grid.items():
        nano = arrays[f"{axis}_nano"]
        expect((nano.dtype, arrays[axis].dtype, nano.shape) == ("i8", "f8", (points,)), f"{where}: type of {axis}")
        expect([nano[0], nano[-1]] == [round(first * 1e9), round(last * 1e9)], f"{where}: ends of {axis}")
        equal(f"{where}: {axis}", arrays[axis], nano / 1e9)


def unit_files(run, structural=""):
    return sorted((run / "units").glob(f"SYN-????-??-??{structural}-*.h5"))


def days_of(run, shape, structural=""):
    """Returns (slippage against the arrival mid, the same in bps) of each day from the files of the units."""
    for path in unit_files(run, structural):
        arrays, attributes = read(path)
        slippage = arrays["slippage_nano"].reshape(shape) + attributes["drift_nano"]
        value = arrays["slice_shares"].sum() * attributes["arrival_bid_plus_ask_nano"] / 2
        yield slippage, 1e4 * slippage / value


def check_sliced(run, grid, objective, structural=""):
    path = run / f"results{structural}.h5"
    arrays, attributes = read(path)
    shape = tuple(points for _, _, points in grid.values())
    check_axes(path, arrays, grid)
    check_scales(path, SLICED)
    for name in SLICED:
        expect(arrays[name].shape == shape, f"{path}: shape of {name}")
    slippage, bps = map(list, zip(*days_of(run, shape, structural)))
    equal(f"{path}: slippage_nano", arrays["slippage_nano"], sum(slippage))
    mean, std, worst = numpy.mean(bps, axis=0), numpy.std(bps, axis=0, ddof=1), numpy.max(bps, axis=0)
    close(f"{path}: mean", arrays["slippage_bps_mean"], mean)
    close(f"{path}: std", arrays["slippage_bps_std"], std)
    close(f"{path}: worst day", arrays["worst_day_bps"], worst)
    wanted = {"slippage_bps": mean, "{mean_plus_std: 0.5}": mean + 0.5 * std, "worst_day": worst,
              "total_cost": sum(slippage) / 1e9}
    expect(text_of(attributes["objective"]) == objective, f"{path}: objective {attributes['objective']}")
    close(f"{path}: objective", arrays["objective"], wanted[objective])
    check_attributes(path, attributes, structural)
    check_regions(path, arrays, shape)
    return arrays


def check_attributes(path, attributes, structural=""):
    manifest = json.loads((path.parent / "manifest.json").read_text())
    expect(text_of(attributes["kind"]) == "sorsweep.results" and attributes["schema_version"] == 1, f"{path}: kind")
    expect(text_of(attributes["run_id"]) == manifest["run_id"], f"{path}: run id")
    expect(text_of(attributes["structural"]) == structural.removeprefix("@"), f"{path}: structural")
    if not structural:
        expect(text_of(attributes["result_hash"]) == manifest["result_hash"], f"{path}: result hash")


def check_best(run, arrays, best=None):
    """Checks that the best point is numpy's argmin: the first among equals."""
    best = best or json.loads((run / "best.json").read_text())
    at = numpy.unravel_index(arrays["objective"].argmin(), arrays["objective"].shape)
    axes = [axis for axis in NAMES if axis in arrays]
    here = {axis: arrays[axis][i] for axis, i in zip(axes, at)}
    expect(here == best["best_parameters"], f"{run}: argmin at {here}, best.json says {best['best_parameters']}")
    equal(f"{run}: least objective", arrays["objective"][at], best["objective"])
    equal(f"{run}: slippage of the best point", arrays["slippage_nano"][at] / 1e9, best["slippage"]["dollars"])


def check_summary(run, arrays):
    """Checks that the rows of summary.csv are points of the surfaces, to the last printed digit."""
    with open(run / "summary.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    columns = {key: numpy.array([float(row[key]) for row in rows]) for key in ("slippage", "slippage_bps")}
    points = numpy.array([int(row["point"]) for row in rows])
    expect(len(rows) > 5, f"{run}: summary.csv has {len(rows)} rows")
    nano = arrays["slippage_nano"].ravel()[points]
    equal(f"{run}: summary.csv, nano-dollars", numpy.rint(columns["slippage"] * 1e9).astype("i8"), nano)
    equal(f"{run}: summary.csv, dollars", columns["slippage"], nano / 1e9)
    equal(f"{run}: summary.csv, bps", columns["slippage_bps"], arrays["slippage_bps_mean"].ravel()[points])
    order = numpy.argsort(arrays["objective"].ravel(), kind="stable")[:len(rows)]
    equal(f"{run}: summary.csv, order", points, order)


def check_regions(path, arrays, shape):
    axes = [axis for axis in NAMES if axis in arrays]
    begins = [arrays[f"regions/{axis}_begin"] for axis in axes]
    by_reduce = {}
    for name, reduce in (("least", numpy.minimum), ("most", numpy.maximum), ("mean", numpy.add)):
        values = arrays["objective"]
        for dimension, begin in enumerate(begins):
            values = reduce.reduceat(values, begin, axis=dimension)
        by_reduce[name] = values
    widths = [numpy.diff([*begin, length]) for begin, length in zip(begins, shape)]
    sizes = numpy.ones(())
    for width in widths:
        sizes = numpy.multiply.outer(sizes, width)
    equal(f"{path}: regions/least", arrays["regions/least"], by_reduce["least"])
    equal(f"{path}: regions/most", arrays["regions/most"], by_reduce["most"])
    close(f"{path}: regions/mean", arrays["regions/mean"], by_reduce["mean"] / sizes)
    check_best_points(path, arrays, begins, widths)


def check_best_points(path, arrays, begins, widths):
    """Returns the lowest number among the points of a region that have its least objective."""
    objective = arrays["objective"]
    spread = arrays["regions/least"]
    for dimension, width in enumerate(widths):
        spread = spread.repeat(width, axis=dimension)
    numbers = numpy.where(objective == spread, numpy.arange(objective.size).reshape(objective.shape), objective.size)
    for dimension, begin in enumerate(begins):
        numbers = numpy.minimum.reduceat(numbers, begin, axis=dimension)
    equal(f"{path}: regions/best_point", arrays["regions/best_point"], numbers)


def check_three_axes(runs):
    text = SLICES.replace("SIDE", "buy")
    run = runs.sweep("one", text, THREE_AXES, "--threads", 1)
    arrays = check_sliced(run, THREE_AXES, "slippage_bps")
    expect(arrays["slippage_bps_std"].max() > 0 and len(numpy.unique(arrays["slippage_nano"])) > 100,
           "these days make no surface to speak of")
    check_best(run, arrays)
    check_summary(run, arrays)
    two = runs.sweep("two", text, THREE_AXES, "--threads", 2)
    bytes_of_one = (run / "results.h5").read_bytes()
    expect(bytes_of_one == (two / "results.h5").read_bytes(), "threads change the bytes of results.h5")
    runs.sweep("two", text, THREE_AXES, "--threads", 2)
    expect(bytes_of_one == (two / "results.h5").read_bytes(), "running again changes results.h5")
    check_none(runs, text, arrays)
    check_verify(runs, run)
    return run


def check_none(runs, text, arrays):
    run = runs.sweep("none", text + "run: {surfaces: none}\n", THREE_AXES)
    slabs, attributes = read(run / "results.h5")
    expect(not set(SLICED) & set(slabs), "surfaces: none has surfaces")
    for name in (name for name in arrays if name not in SLICED):
        equal(f"surfaces: none: {name}", slabs[name], arrays[name])
    check_attributes(run / "results.h5", attributes)
    check_scales(run / "results.h5", ())


def check_verify(runs, run):
    expect("4 of 4 files are whole" in runs.run("verify", run), "verify does not look at results.h5")
    bad = runs.work / "bad"
    shutil.copytree(run, bad)
    data = bytearray((bad / "results.h5").read_bytes())
    for at in (100, 600, len(data) // 2, len(data) - 1):
        data[at] ^= 1
        (bad / "results.h5").write_bytes(data)
        message = runs.run("verify", bad, code=4)
        expect("results.h5 is damaged" in message and "3 of 4 files are whole" in message, f"byte {at}: {message}")
        data[at] ^= 1


def check_objectives(runs):
    for name, objective in (("std", "{mean_plus_std: 0.5}"), ("worst", "worst_day"), ("cost", "total_cost")):
        run = runs.sweep(name, SLICES.replace("SIDE", "sell") + f"objective: {objective}\n", FEW_POINTS)
        arrays = check_sliced(run, FEW_POINTS, objective)
        check_best(run, arrays)
        check_summary(run, arrays)


def check_four_axes(runs):
    run = runs.sweep("four", SLICES.replace("SIDE", "buy"), FOUR_AXES)
    check_best(run, check_sliced(run, FOUR_AXES, "slippage_bps"))


def check_structural(runs):
    text = SLICES.replace("SIDE", "buy") + "structural: {slice: [10m, 20m], lot: [100]}\n"
    run = runs.sweep("structural", text, FEW_POINTS)
    names = sorted(path.name for path in run.glob("*.h5"))
    expect(names == ["results@slice=10m,lot=100.h5", "results@slice=20m,lot=100.h5"], f"structural: {names}")
    for one in json.loads((run / "best.json").read_text())["variants"]:
        structural = "@" + ",".join(f"{key}={value}" for key, value in one["structural"].items())
        check_best(run, check_sliced(run, FEW_POINTS, "slippage_bps", structural), one)


def check_event(runs):
    """Sweeps an order that is larger than the market, and one that fills."""
    for name, shares in (("fills", 500), ("misses", 50_000_000)):
        text = f"router: notebook\norder: {{side: buy, shares: {shares}}}\n"
        run = runs.sweep(name, text, FEW_POINTS)
        arrays, attributes = read(run / "results.h5")
        check_axes(run, arrays, FEW_POINTS)
        check_scales(run / "results.h5", EVENT)
        check_attributes(run / "results.h5", attributes)
        units = [read(path)[0] for path in unit_files(run)]
        shape = arrays["objective"].shape
        for column in ("total_cost", "filled_shares"):
            equal(f"{name}: {column}", arrays[column], sum(unit[column].reshape(shape) for unit in units))
        missing = sum(numpy.where(shares - u["filled_shares"] > 1e-6, shares - u["filled_shares"], 0) for u in units)
        equal(f"{name}: missing_shares", arrays["missing_shares"], missing.reshape(shape))
        equal(f"{name}: objective", arrays["objective"], arrays["total_cost"])
        expect(("regions/least" in arrays) == (name == "fills"), f"{name}: regions")
        expect((arrays["missing_shares"].max() > 0) == (name == "misses"), f"{name}: no test of what it is here for")


def check_script(run):
    script = pathlib.Path(__file__).resolve().parents[2] / "scripts" / "read_results.py"
    done = sweep_lib.call(sys.executable, script, run, "--png", run / "map.png")
    expect(done.returncode == 0, f"read_results.py: {done.stdout}{done.stderr}")
    expect("best.json says the same" in done.stdout, f"read_results.py: {done.stdout}")
    expect((run / "map.png").exists() or "matplotlib" in done.stdout, f"read_results.py made no picture: {done.stdout}")


def main():
    runs = Runs(*sweep_lib.program_and_work(__doc__))
    runs.make_store()
    run = check_three_axes(runs)
    check_objectives(runs)
    check_four_axes(runs)
    check_structural(runs)
    check_event(runs)
    check_script(run)
    checker.end("results.h5")


if __name__ == "__main__":
    main()
