#!/usr/bin/env python3
"""Adds to a report document what a run's tables do not have, computed apart from the program, by numpy.

    sample_parts.py DOCUMENT RUN [--replay CSV] > DOCUMENT

Surface by regions, regions of winners, intervals, walk-forward: from RUN/units/*.h5. The honesty figures are simple
stand-ins (a plain bootstrap over days), good enough to draw a page by.
"""
import argparse
import csv
import json
import pathlib

import h5py
import numpy as np

MOST_BINS = 32
YARDSTICKS = ["immediate", "all_market", "all_limit", "equal_split"]


def axis_values(line):
    """identity's "grid.lambda_over: {linear: [0.005, 0.104], points: 100}"; a list or a number otherwise."""
    name, text = line.removeprefix("grid.").split(": ", 1)
    if "linear" in text:
        first, last = json.loads(text[text.index("["):text.index("]") + 1])
        return name, np.round(np.linspace(first, last, int(text.split("points: ")[1].rstrip("}"))), 9)
    return name, np.atleast_1d(np.array(json.loads(text), dtype=float))


def read_run(run):
    manifest = json.loads((run / "manifest.json").read_text())
    axes = [axis_values(line) for line in manifest["identity"] if line.startswith("grid.")]
    days = []
    for path in sorted((run / "units").glob("*.h5")):
        with h5py.File(path) as unit:
            value = unit["slice_shares"][:].sum() * unit.attrs["arrival_bid_plus_ask_nano"] / 2
            drift = unit.attrs["drift_nano"]
            columns = {key: unit[key][:] for key in unit if key.startswith(("contender_", "slice_"))}
            days.append({"name": path.stem, "date": path.stem[-10:], "symbol": path.stem[:-11], **columns,
                         "bps": 1e4 * (unit["slippage_nano"][:] + drift) / value,
                         "yardsticks": 1e4 * (unit["yardstick_slippage_nano"][:] + [0, drift, drift, drift]) / value})
    return axes, days


def bins(values):
    edges = np.linspace(0, len(values), min(MOST_BINS, len(values)) + 1).astype(int)
    first, last = values[edges[:-1]], values[edges[1:] - 1]
    return edges, {"first": first.tolist(), "last": last.tolist(), "points": np.diff(edges).tolist()}


def surface(axes, days):
    shape = [len(values) for _, values in axes]
    total = np.mean([day["bps"] for day in days], axis=0).reshape(shape)
    described, edges = [], []
    for name, values in axes:
        edge, axis = bins(values)
        edges.append(edge)
        described.append({"name": name, **axis})
    least, mean, most = total, total, total
    for a, edge in enumerate(edges):
        least = np.minimum.reduceat(least, edge[:-1], axis=a)
        mean = np.add.reduceat(mean, edge[:-1], axis=a) / np.diff(edge).reshape([-1 if b == a else 1 for b in range(len(axes))])
        most = np.maximum.reduceat(most, edge[:-1], axis=a)
    flat = {key: np.round(value, 6).ravel().tolist() for key, value in (("least", least), ("mean", mean), ("most", most))}
    return {"unit": "bps", "axes": described, **flat, "best_point": []}


def placement_text(day, at):
    parts = [f"{day[f'contender_{kind}'][at]:,} {word}" for kind, word in
             (("market", "market"), ("limit", "limit"), ("cleanup", "end of slice"), ("unwound", "sold back"))
             if day[f"contender_{kind}"][at]]
    return ", ".join(parts) or "nothing"


def winners(axes, day, best):
    ends = day["slice_contenders"].cumsum()
    chosen = np.argsort(-day["slice_winners"], kind="stable")[:3]
    for s in sorted(chosen):
        begin, end = ends[s] - day["slice_contenders"][s], ends[s]
        (over_name, over), (under_name, under) = axes[0], axes[1]
        _, x = bins(over)
        _, y = bins(under)
        middle = [(np.array(axis["first"]) + axis["last"]) / 2 for axis in (x, y)]
        theta = best["theta_queue"]
        cost = (day["contender_base"][begin:end] + theta * 1e9 * day["contender_sent"][begin:end])[:, None, None]
        cost = cost + 1e9 * middle[0][None, :, None] * day["contender_over"][begin:end, None, None]
        cost = cost + 1e9 * middle[1][None, None, :] * day["contender_under"][begin:end, None, None]
        won = cost.argmin(axis=0).ravel()
        seen, cell = np.unique(won, return_inverse=True)
        clock = np.datetime64(int(day["slice_begin_ns"][s]), "ns").astype("datetime64[m]")
        yield {"label": f"{day['symbol']} {str(clock).replace('T', ' ')} UTC", "fixed": f"theta_queue at {theta:.9f} dollars a share",
               "axes": [{"name": over_name, **x}, {"name": under_name, **y}],
               "placements": [placement_text(day, begin + at) for at in seen], "cell": cell.ravel().tolist()}


def by_date(days, values):
    dates = sorted({day["date"] for day in days})
    return dates, np.array([np.mean([v for day, v in zip(days, values) if day["date"] == date], axis=0) for date in dates])


def walk_forward(days):
    dates, points = by_date(days, [day["bps"] for day in days])
    _, others = by_date(days, [day["yardsticks"] for day in days])
    chosen = [points[:d].mean(axis=0).argmin() for d in range(1, len(dates))]
    best = points.mean(axis=0).argmin()
    series = [{"name": "walk_forward", "values": [points[d + 1][at] for d, at in enumerate(chosen)]},
              {"name": "in_sample", "values": points[1:, best].tolist()}]
    series += [{"name": name, "values": others[1:, i].tolist()} for i, name in reversed(list(enumerate(YARDSTICKS)))]
    return {"unit": "bps", "days": dates[1:], "series": series}


def intervals(days):
    random = np.random.default_rng(7)
    _, points = by_date(days, [day["bps"] for day in days])
    _, others = by_date(days, [day["yardsticks"] for day in days])
    best = points[:, points.mean(axis=0).argmin()]
    for i, name in enumerate(YARDSTICKS):
        saved = others[:, i] - best
        means = saved[random.integers(0, len(saved), (2000, len(saved)))].mean(axis=1)
        yield {"against": name, "mean": saved.mean(), "low": np.quantile(means, 0.025), "high": np.quantile(means, 0.975),
               "level": 0.95, "out_of_sample": False}
        yield {"against": name, "mean": 0.8 * saved.mean(), "low": np.quantile(means, 0.025) - 0.1, "high": np.quantile(means, 0.9),
               "level": 0.95, "out_of_sample": True}


def execution(text):
    """From the replay's CSV: what was sent to which venue is known, what filled where is not."""
    by_day = {}
    for row in csv.DictReader(text.splitlines()):
        day = by_day.setdefault(row["slice_begin"][:10], {"slices": {k: [] for k in ("begin", "bid", "ask", "shares", "slippage")},
                                                          "fills": {k: [] for k in ("slice", "price", "shares", "kind", "venue")}})
        slices, fills = day["slices"], day["fills"]
        at = len(slices["begin"])
        bid, ask = float(row["best_bid"]), float(row["best_ask"])
        for key, value in (("begin", row["slice_begin"]), ("bid", bid), ("ask", ask), ("shares", float(row["shares"])),
                           ("slippage", float(row["slippage"]))):
            slices[key].append(value)
        sent = {v: int(s) for v, s in (part.split(":") for part in row["limits"].split("|") if ":" in part) if int(s)}
        for kind, column, price in (("market", "filled_market", ask), ("limit", "filled_limit", bid),
                                    ("cleanup", "cleanup", ask), ("unwound", "unwound", bid)):
            shares = int(row[column])
            parts = {v: shares * s / sum(sent.values()) for v, s in sent.items()} if kind == "limit" and sent else {"": shares}
            for venue, part in parts.items():
                if part:
                    for key, value in (("slice", at), ("price", price), ("shares", round(part)), ("kind", kind), ("venue", venue)):
                        fills[key].append(value)
    return by_day


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("document", type=pathlib.Path)
    parser.add_argument("run", type=pathlib.Path)
    parser.add_argument("--replay", type=pathlib.Path)
    arguments = parser.parse_args()
    document = json.loads(arguments.document.read_text())
    axes, days = read_run(arguments.run)
    document["surface"] = surface(axes, days)
    document["winners"] = list(winners(axes, days[0], document["best"]["best_parameters"]))
    document["intervals"] = list(intervals(days))
    if len({day["date"] for day in days}) > 2:
        document["walk_forward"] = walk_forward(days)
    closest = min(document["intervals"], key=lambda one: one["mean"])
    document["verdict"] = {"standing": "better" if closest["low"] > 0 else "worse" if closest["high"] < 0 else "not distinguishable",
                           "pbo": 0.31, "sentences": [f"A sample verdict, against {closest['against']}.", "Made for a test."]}
    if arguments.replay:
        symbol = days[0]["symbol"]
        document["execution"] = [{"symbol": symbol, "date": date, **day} for date, day in execution(arguments.replay.read_text()).items()]
    print(json.dumps(document))


if __name__ == "__main__":
    main()
