#!/usr/bin/python3
"""Compares router cont_kukanov, from CSV to results, with slice_oracle.py.

    slice_oracle_test.py --program build/release/sorsweep --work DIR

Each scenario has a day, a config, and what must occur in it, so that the day tests what it is here for. Whole numbers and the
text of replay's columns must be equal. Expected costs pass through floating point and must be equal to 1e-12.
"""
import fractions
import itertools
import json
import pathlib
import random
import shutil
import sys

import h5py

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1]))
import sweep_lib  # noqa: E402
from oracles import compare_oracle, slice_oracle  # noqa: E402

SECOND = 10**9
CENT = 10**7
DATE = "2024-07-08"  # New York is four hours behind UTC
HEADER = "ts_event,publisher_id,action,side,price,size,bid_px_00,ask_px_00,bid_sz_00,ask_sz_00"
AXES = ("lambda_over", "lambda_under", "theta_queue", "half_spread")
CONTENDER = ("base", "under", "over", "sent", "spread", "market", "limit", "cleanup", "unwound", "slippage_nano")
DECIDED = {"solved": "solved", "few_samples": "cold: few samples", "overflow": "cold: overflow", "no_order": "no order"}


def config(slice_s=300, **changed):
    """Returns a config in whole numbers. Whatever is not given has the default of this test."""
    model = {"queue_model": "all", "depletion": "fill", "depletion_age": 5 * SECOND, "samples": 30, "min_samples": 5,
             "sample_stride": 20 * SECOND, "venues_max": 3, "half_spread": None, "max_quote_age": 0, "impact": CENT}
    model.update(changed.pop("model", {}))
    whole = {"side": "buy", "shares": 4000, "lot": 100, "slice": slice_s * SECOND, "start": "09:30", "end": "10:30",
             "fees": {None: (3_000_000, 2_000_000)}, "model": model,
             "grid": ([CENT, 6 * CENT], [0, 2 * CENT, 20 * CENT], [0, CENT // 4])}
    return {**whole, **changed}


def dollars(value):
    """Writes nano-dollars as decimal text."""
    sign, value = "-" * (value < 0), abs(value)
    return f"{sign}{value // 10**9}.{value % 10**9:09d}".rstrip("0").rstrip(".")


def yaml_of(c, store):
    fees = {venue: {"take": dollars(take), "make_rebate": dollars(make)} for venue, (take, make) in c["fees"].items()}
    m = c["model"]
    model = {key: m[key] for key in ("queue_model", "depletion", "samples", "min_samples", "venues_max")}
    model.update({key: f"{m[key] // SECOND}s" for key in ("depletion_age", "sample_stride")})
    model["half_spread"] = "book" if m["half_spread"] is None else dollars(m["half_spread"])
    model["max_quote_age"] = f"{m['max_quote_age'] // SECOND}s" if m["max_quote_age"] else "none"
    model.update({"impact_ticks": 1, "tick": dollars(m["impact"])})
    order = {key: c[key] for key in ("side", "shares", "lot", "start", "end")}
    sections = {"store": str(store), "symbols": ["DAY"], "router": "cont_kukanov", "model": model,
                "order": {**order, "slice": f"{c['slice'] // SECOND}s"},
                "fees": {"default": fees.pop(None), "publishers": fees},
                "grid": {name: [dollars(value) for value in axis] for name, axis in zip(AXES, c["grid"])}}
    return "".join(f"{key}: {json.dumps(value)}\n" for key, value in sections.items())


def iso(ns):
    return f"{DATE}T{13 + ns // (3600 * SECOND):02d}:{ns // (60 * SECOND) % 60:02d}:{ns // SECOND % 60:02d}.{ns % SECOND:09d}Z"


class Market:
    """Makes random rows of a few venues on a coarse lattice of prices, so that ties, crossed and one-sided books are frequent."""

    def __init__(self, seed, venues=4, empty=0.05, spread=1, trades=0.3, sizes=8, unit=CENT):
        self.chance = random.Random(seed)
        self.venues, self.empty, self.spread, self.trades, self.sizes, self.unit = venues, empty, spread, trades, sizes, unit
        self.middle = 100 * SECOND // unit  # a hundred dollars
        self.last = {}

    def price(self, units):
        return dollars(units * self.unit)

    def row(self, seconds, tbbo=False):
        chance = self.chance
        venue = chance.randrange(1, self.venues + 1)
        self.middle += chance.choice([0] * 18 + [-1, 1])
        if not tbbo and venue in self.last and chance.random() < self.trades:
            return self.trade(seconds, venue)
        bid = self.middle - chance.choice([1, 1, 1, 1, 2, 0])
        ask = bid + chance.choice([1, 1, 2]) * self.spread
        sizes = chance.randint(1, self.sizes) * 50, chance.randint(1, self.sizes) * 60
        quote = [self.price(bid), self.price(ask), *sizes]
        for side in (0, 1):
            if chance.random() < self.empty:
                quote[side] = ""
        self.last[venue] = (bid, ask)
        return self.trade(seconds, venue, quote) if tbbo else self.line(seconds, venue, "M,N,,0", quote)

    def trade(self, seconds, venue, quote=("9.99", "10.01", 7, 7)):
        """Makes a trade, mostly at the venue's bid, or at its ask. Only on a TBBO day does the quote of a trade count."""
        side = self.chance.choice("AAABN")
        price = self.price(self.chance.choice([*self.last[venue], self.last[venue][0]]))
        return self.line(seconds, venue, f"T,{side},{price},{self.chance.randrange(1, 5) * 40}", quote)

    @staticmethod
    def line(seconds, venue, event, quote):
        return ",".join([iso(int((1800 + seconds) * SECOND)), str(venue), event, *map(str, quote)])

    def rows(self, count, until=3600, begin=0, **kind):
        """Returns the rows in order of time. Many share a second."""
        times = sorted(self.chance.randrange(begin * 2, until * 2) / 2 for _ in range(count))
        return [self.row(at, **kind) for at in times]


def quiet(begin, until, every=7):
    """Returns rows of two venues that bid and offer nothing."""
    return [Market.line(at, 1 + at % 2, "M,N,,0", ("99.90", "", 300, 0)) for at in range(begin, until, every)]


def fees_by_venue():
    return {None: (3_000_000, 2_000_000), 1: (-1_500_000, 1_000_000), 2: (2_900_000, 3_100_000), 3: (0, -500_000)}


def one_sided_middle():
    """Removes all offers from 09:49 to 10:06."""
    market = Market(3)
    gone = [Market.line(1140, venue, "R,N,,0", ("", "", 0, 0)) for venue in range(1, 5)]
    return market.rows(250, until=1140) + gone + quiet(1141, 2160) + market.rows(250, begin=2160)


def without_bids(moments):
    """Removes all bids from a second before these moments to a second after them."""
    market, rows, begin = Market(15), [], 0
    for moment in moments:
        gone = [Market.line(moment - 1, venue, "M,N,,0", ("", "100.05", 0, 80)) for venue in range(1, 5)]
        rows += market.rows(200, begin=begin, until=moment - 1) + gone
        begin = moment + 1
    return rows


def stub_quotes():
    """Makes a day on which, after an ordinary hour, only one venue offers at the end, at 199999.99."""
    rows = Market(5).rows(400, until=2900)
    gone = [Market.line(2901, venue, "R,N,,0", ("", "", 0, 0)) for venue in range(1, 5)]
    stub = [Market.line(2902 + 10 * i, 1, "M,N,,0", ("99.90", "199999.99", 300 - i, 100)) for i in range(69)]
    return rows + gone + stub


def synthetic():
    whole = {"start": "09:30", "end": "16:00", "slice_s": 1800}
    model = {"samples": 40, "sample_stride": 90 * SECOND, "min_samples": 20}
    yield "synth", None, config(**whole, shares=6350, model=model), {"odd", "solved", "limit", "several_winners"}
    model = {**model, "depletion": "none"}
    yield "synth_sell", None, config(**whole, side="sell", shares=5000, model=model), {"solved", "limit"}


def queue_models():
    rows = Market(1).rows(600)
    yield "crossed", rows, config(), {"dropped", "few_samples", "solved", "limit", "cleanup", "several_winners"}
    yield "crossed_sell", rows, config(side="sell", fees=fees_by_venue()), {"dropped", "solved", "limit"}
    model = {"queue_model": "pro_rata", "depletion": "none", "half_spread": 4_000_000}
    yield "pro_rata", Market(2).rows(700), config(fees=fees_by_venue(), model=model), {"solved", "limit"}
    model = {"queue_model": "trades", "max_quote_age": 60 * SECOND, "depletion_age": 0}
    yield "trades", Market(4).rows(700), config(side="sell", model=model), {"solved", "limit"}
    tbbo = Market(6).rows(500, tbbo=True)
    yield "tbbo", tbbo, config(model={"queue_model": "trades"}), {"solved", "limit", "dropped"}


def schedules():
    """Returns scenarios about odd shares, slices without a book, and shares that are left after the close."""
    closing = [Market.line(2100, 3, "M,N,,0", ("99.9", "", 50, 0))]  # at the very beginning of a slice
    yield "early_close", Market(7).rows(400, until=2100) + closing, config(shares=3050), {
        "early_close", "odd", "solved", "limit"}
    yield "one_sided", one_sided_middle(), config(shares=3030, slice_s=200), {"unpriced", "odd", "solved"}
    gone = [Market.line(1901, venue, "R,N,,0", ("", "", 0, 0)) for venue in range(1, 5)]
    yield "missing", Market(8).rows(300, until=1900) + gone + quiet(2000, 3600), config(), {
        "unpriced", "missing", "solved", "unwound"}
    yield "few_lots", Market(9, empty=0.3).rows(500), config(shares=750), {"no_order", "odd", "solved"}
    yield "one_lot", Market(10).rows(300), config(shares=99, lot=99), {"no_order", "solved"}


def books():
    model = {"venues_max": 2, "half_spread": 0, "samples": 12, "impact": 3 * CENT}
    wide = Market(11, venues=6, spread=7).rows(500)
    yield "wide", wide, config(lot=150, shares=3000, model=model), {"solved", "limit", "cleanup"}
    equal = Market(13, venues=7, sizes=2).rows(500)
    yield "equal_queues", equal, config(model={"venues_max": 2}), {"solved", "tied_queues"}
    model = {"max_quote_age": 5 * SECOND, "depletion_age": 0}
    yield "aged", Market(14).rows(2500), config(model=model), {"solved", "unpriced"}
    grid = [0, CENT], [20 * CENT], [0]
    yield "no_bids", without_bids((1800, 2700, 3600)), config(grid=grid), {"unwound", "no_end_bids"}
    for side in ("buy", "sell"):
        rows = Market(16, unit=1).rows(400)
        yield f"half_nanos_{side}", rows, config(side=side, shares=4007, lot=1007), {"solved", "odd"}
    yield "stub", stub_quotes(), config(shares=240, lot=5), {"solved", "limit"}
    yield "stub_cold", stub_quotes(), config(shares=48_000, lot=1000), {"solved", "overflow"}
    axis = {"grid": ([CENT, 6 * CENT], [0, 2 * CENT, 20 * CENT], [0, CENT // 4], [0, CENT // 2, 2 * CENT])}
    yield "half_spread_axis", Market(17).rows(600), config(**axis), {"solved", "limit", "several_winners"}
    model = {"half_spread": 10**15}
    yield "overflow", Market(12).rows(300), config(shares=48_000, lot=1000, model=model), {"overflow", "few_samples"}


def scenarios():
    """Returns all scenarios: (name, rows or None for a synthetic day, config, what must occur)."""
    for group in (synthetic, queue_models, schedules, books):
        yield from group()


class Bench:
    def __init__(self, program, work):
        self.program, self.work, self.problems, self.compared = program, work, [], 0

    def call(self, *args):
        return sweep_lib.good(self.program, *args).stdout

    def equal(self, where, want, got):
        self.compared += 1
        if want != got:
            self.problems.append(f"{where}: the oracle has {want!r}, the program {got!r}")

    def tape(self, name, rows):
        target = self.work / f"{name}.csv"
        if rows is None:
            folder = self.work / "synth"
            self.call("synth", "-o", folder, "--days", 1, "--venues", 4, "--rows", 3000, "--seed", 11, "--symbol", "DAY")
            shutil.copyfile(folder / f"DAY_{DATE}.csv", target)
        else:
            target.write_text("\n".join([HEADER, *rows]) + "\n")
        return target

    def check(self, name, rows, c, wanted):
        tape = self.tape(name, rows)
        store, run, yaml = (self.work / f"{name}.{kind}" for kind in ("store", "run", "yaml"))
        self.call("convert", tape, "-o", store, "--symbol", "DAY")
        yaml.write_text(yaml_of(c, store))
        self.call("sweep", yaml, "-o", run, "--threads", 2)
        order = slice_oracle.Order(c, tape, DATE)
        self.check_unit(name, order, next((run / "units").glob(f"DAY-{DATE}-*.h5")))
        points = points_of(c)
        seen = set()
        for point in {points[0], points[len(points) // 2], points[-1]}:
            seen |= self.check_replay(name, order, run, point)
        seen |= features(order)
        missing = wanted - seen
        if missing:
            self.problems.append(f"{name}: the day does not show {sorted(missing)}")
        print(f"{name}: {len(order.slices)} slices, {len(points)} points; {' '.join(sorted(seen))}", flush=True)

    def check_unit(self, name, order, path):
        points = points_of(order.config)
        with h5py.File(path, "r") as file:
            surface = [order.slippage(*point) for point in points]
            self.equal(f"{name} slippage", surface, file["slippage_nano"][:].tolist())
            self.equal(f"{name} yardsticks", order.yardsticks(), file["yardstick_slippage_nano"][:].tolist())
            for column, want in unit_columns(order, points).items():
                self.equal(f"{name} {column}", want, file[column][:].tolist())
            self.check_contenders(name, order, {key: file[key][:].tolist() for key in file if "contender" in key})
            for attribute, want in unit_attributes(order).items():
                self.equal(f"{name} {attribute}", want, int(file.attrs[attribute]))

    def check_contenders(self, name, order, columns):
        """Checks that every decision of the grid is among the contenders of its slice, with its coefficients and fills."""
        ends = list(itertools.accumulate(columns.pop("slice_contenders")))
        rows = list(zip(*(columns[f"contender_{key}"] for key in CONTENDER)))
        self.equal(f"{name} contenders", ends[-1], len(rows))
        for i, (s, begin, end) in enumerate(zip(order.slices, [0, *ends], ends)):
            if s.decided != "solved":
                continue
            for row in decided_rows(s, points_of(order.config)):
                fills = s.execute(*row[0])
                want = (*row[1:], *(fills[key] for key in ("filled_market", "filled_limit", "cleanup", "unwound", "slippage")))
                self.equal(f"{name} slice {i}: {want} is a contender", True, want in rows[begin:end])

    def check_replay(self, name, order, run, point):
        """Compares every cell and returns what occurred."""
        text = ",".join(f"{axis}={dollars(value)}" for axis, value in zip(AXES, point))
        log = self.work / f"{name}.log.csv"
        self.call("replay", run, "--point", text, "-o", log)
        header, *lines = compare_oracle.read_csv(log)
        self.equal(f"{name} {text}: slices", len(order.slices), len(lines))
        seen = set()
        for i, (s, line) in enumerate(zip(order.slices, lines)):
            got = dict(zip(header, line))
            where = f"{name} {text}: slice {i}"
            decision = s.decide(*point)
            fills = s.execute(*decision[0])
            self.close(where, decision, s, got)
            self.equal(f"{where} meets_assumptions", str(int(s.meets_assumptions(*point))), got.pop("meets_assumptions"))
            for column, want in replay_cells(s, decision[0], fills).items():
                self.equal(f"{where} {column}", str(want), got.pop(column))
            self.equal(f"{where} other columns", {}, got)
            kinds = {"cleanup": "cleanup", "unwound": "unwound", "filled_limit": "limit"}
            seen |= {kind for column, kind in kinds.items() if fills[column]}
        return seen

    def close(self, where, decision, s, got):
        """Compares the means over samples and removes their columns."""
        for column, total, unit in zip(("cost", "shortfall", "excess"), decision[1:], (10**9, 1, 1)):
            want = fractions.Fraction(total, unit * max(1, len(s.samples)))
            text = got.pop(f"expected_{column}")
            near = abs(fractions.Fraction(text) - want) <= abs(want) * fractions.Fraction(1, 10**12)
            self.equal(f"{where} expected_{column} ({text}, {float(want)})", True, near)


def points_of(c):
    return list(itertools.product(*c["grid"]))


def market_prices(s):
    """Returns the best bid and ask as in the market."""
    prices = s.book.bid, s.book.ask
    return [slice_oracle.MIRROR - price for price in reversed(prices)] if s.order.day.sell else list(prices)


def replay_cells(s, placement, fills):
    clock = lambda ns: iso(ns - slice_oracle.instant(f"{DATE}T13:00:00Z"))
    bid, ask = market_prices(s)
    market, *limits = placement
    per_queue = lambda values: "|".join(f"{q.venue}:{value}" for q, value in zip(s.queues, values))
    return {"slice_begin": clock(s.begin), "slice_end": clock(s.end), "decided": DECIDED[s.decided], "shares": s.shares,
            "samples": len(s.samples), "best_bid": dollars(bid), "best_ask": dollars(ask), "quotes_dropped": s.book.dropped,
            "queues": per_queue(q.bid_size for q in s.queues), "market": market + s.odd, "limits": per_queue(limits),
            **{**fills, "slippage": dollars(fills["slippage"])}}


def unit_columns(order, points):
    prices = [market_prices(s) for s in order.slices]
    return {"slice_begin_ns": [s.begin for s in order.slices], "slice_shares": [s.shares for s in order.slices],
            "slice_best_bid_nano": [bid for bid, _ in prices], "slice_best_ask_nano": [ask for _, ask in prices],
            "slice_queues": [len(s.queues) for s in order.slices], "slice_dropped": [s.book.dropped for s in order.slices],
            "slice_samples": [len(s.samples) for s in order.slices],
            "slice_winners": [winners(s, points) for s in order.slices],
            "slice_decided": [list(DECIDED).index(s.decided) for s in order.slices]}


def decided_rows(s, points):
    """Returns the rows of the slice's table that some point chooses."""
    placements = {s.decide(*point)[0] for point in points}
    return [row for row in s.table if row[0] in placements]


def winners(s, points):
    return len({s.decide(*point)[0] for point in points})


def unit_attributes(order):
    first = order.slices[0].begin, *market_prices(order.slices[0])
    return {"unpriced": order.unpriced, "early_close": int(order.early_close), "is_sell": int(order.day.sell),
            "missing_shares": order.missing, "arrival_bid_plus_ask_nano": first[1] + first[2], "drift_nano": order.drift()}


def features(order):
    """Returns what occurs on a day, whatever the point."""
    seen = {s.decided for s in order.slices}
    truths = {"dropped": any(s.book.dropped for s in order.slices), "unpriced": order.unpriced, "missing": order.missing,
              "early_close": order.early_close, "odd": any(s.odd for s in order.slices),
              "tied_queues": any(len({q.bid_size for q in s.queues}) < len(s.queues) for s in order.slices),
              "several_winners": any(winners(s, points_of(order.config)) > 1 for s in order.slices)}
    truths["no_end_bids"] = any(s.end_book.bid is None for s in order.slices)
    return seen | {what for what, truth in truths.items() if truth}


def main():
    bench = Bench(*sweep_lib.program_and_work(__doc__))
    for scenario in scenarios():
        bench.check(*scenario)
    print(f"{bench.compared} comparisons, {len(bench.problems)} differences")
    for problem in bench.problems[:40]:
        print(f"FAILED: {problem[:600]}")
    sys.exit(1 if bench.problems else 0)


if __name__ == "__main__":
    main()
