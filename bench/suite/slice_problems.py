#!/usr/bin/python3
"""Writes a day's slices as a router gets them, by tests/oracles/slice_oracle.py.

    slice_problems.py CSV DATE CONFIG.json OUT.pickle

A solved slice has shares, half spread, fees, queues, outflow samples, and what each placement really cost, in the order of
the placements. Other slices have the cost of buying everything at the market, which is the same at every point.
"""
import json
import pathlib
import pickle
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tests"))
from oracles import slice_oracle

NANO = 10**9


class Book(slice_oracle.Slice):
    """A slice without the oracle's own table, because the ports have to make it."""

    def make_table(self):
        return []


def oracle_config(config):
    """Returns the config that tests/oracles/slice_oracle.py needs, made from a few numbers."""
    model = {"queue_model": "all", "depletion": "fill", "depletion_age": 5 * NANO, "max_quote_age": 0, "venues_max": 3, "half_spread": None,
             "impact": 10_000_000, "samples": config["samples"], "sample_stride": 5 * NANO, "min_samples": 20}
    grid = [[5_000_000, 104_000_000], [5_000_000, 104_000_000], [0, 9_900_000]]
    return {"side": "buy", "shares": config["shares"], "lot": 100, "slice": config["minutes"] * 60 * NANO, "start": "09:35", "end": "15:55",
            "fees": {None: (3_000_000, 2_000_000)}, "model": model, "grid": grid}


def problem(piece, order):
    lot = order.config["lot"]
    placements = [tuple(lot * lots for lots in c) for c in slice_oracle.candidates(piece.lots, len(piece.queues))]
    return {"shares": piece.lots * lot, "half_spread": piece.half_spread, "taker_fee": piece.taker_fee,
            "rebates": [order.fee(q.venue)[1] for q in piece.queues], "queues": [q.bid_size for q in piece.queues],
            "outflow": piece.samples, "placements": placements, "slippage": [piece.execute(*p)["slippage"] for p in placements]}


def main():
    csv, date, config, out = sys.argv[1:]
    slice_oracle.Slice = Book
    order = slice_oracle.Order(oracle_config(json.loads(config)), csv, date)
    solved = [s for s in order.slices if s.decided == "solved"]
    cold = [s for s in order.slices if s.decided != "solved"]
    fixed = sum(s.execute(*s.decide(0, 0, 0)[0])["slippage"] for s in cold)
    with open(out, "wb") as file:
        pickle.dump({"slices": [problem(s, order) for s in solved], "fixed": fixed}, file)
    print(json.dumps({"slices": len(order.slices), "solved": len(solved), "placements": sum(len(list(slice_oracle.candidates(s.lots, len(s.queues))))
                                                                                               for s in solved)}))


if __name__ == "__main__":
    main()
