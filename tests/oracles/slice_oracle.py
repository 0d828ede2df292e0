"""Computes router cont_kukanov in plain Python: from the rows of a CSV to the book, decision and slippage of every slice.

Written from docs/model.md and the headers' documentation, not from the C++; slow, in whole numbers throughout
(nano-dollars, shares, ns). A sell order sees the day in a mirror of its own: prices p become MIRROR - p.
"""
import bisect
import csv
import dataclasses
import datetime
import decimal
import itertools
import zoneinfo

EVERYTHING = 2**31
MIRROR = 10**6 * 10**9
NANO = 10**9


def nano(text):
    """Converts dollars as text to nano-dollars, or to None if undefined."""
    value = decimal.Decimal(text or 0) * NANO
    assert value == int(value), text
    return int(value) if value > 0 else None


def instant(text):
    """Converts an ISO 8601 time in UTC with up to nine decimals to ns."""
    whole, _, digits = text.rstrip("Z").partition(".")
    seconds = datetime.datetime.fromisoformat(whole + "+00:00").timestamp()
    return int(seconds) * NANO + int((digits or "0").ljust(9, "0"))


@dataclasses.dataclass
class Quote:
    venue: int
    time: int
    bid: int | None
    bid_size: int
    ask: int | None
    ask_size: int


@dataclasses.dataclass
class Trade:
    time: int
    price: int | None
    size: int
    buyer: bool  # the aggressor is known to have bought


@dataclasses.dataclass
class Book:
    quotes: list
    dropped: int

    @property
    def bid(self):
        return max((q.bid for q in self.quotes if q.bid is not None), default=None)

    @property
    def ask(self):
        return min((q.ask for q in self.quotes if q.ask is not None), default=None)

    def is_crossed(self):
        return None not in (self.bid, self.ask) and self.bid >= self.ask


def read_rows(path):
    """Reads the rows of a CSV and sorts them as the store does."""
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row["time"] = instant(row["ts_event"])
        row["recv"] = instant(row["ts_recv"]) if row.get("ts_recv") else row["time"]
    return sorted(rows, key=lambda row: row["recv"])


class Day:
    """Holds the events (quotes and trades) of every venue in order."""

    def __init__(self, rows, sell):
        self.events = {}
        self.sell = sell
        self.is_tbbo = bool(rows) and all(row.get("action") == "T" for row in rows)
        clocks = {}
        for row in rows:
            venue = int(row["publisher_id"])
            clocks[venue] = max(clocks.get(venue, 0), row["time"])
            self.events.setdefault(venue, []).extend(self.read(row, venue, clocks[venue]))
        self.times = {venue: [event.time for event in events] for venue, events in self.events.items()}

    def read(self, row, venue, time):
        action = row.get("action") or "M"
        if self.is_tbbo or action not in "TFN":
            bid, ask = (self.side(row, "bid"), self.side(row, "ask"))
            yield Quote(venue, time, *(ask + bid if self.sell else bid + ask))
        if action == "T":
            buyer = row.get("side") == ("A" if self.sell else "B")
            yield Trade(time, self.mirrored(nano(row.get("price"))), int(row.get("size") or 0), buyer)

    def side(self, row, name):
        price, size = nano(row[name + "_px_00"]), int(row[name + "_sz_00"] or 0)
        return (None, 0) if price is None or size == 0 else (self.mirrored(price), size)

    def mirrored(self, price):
        return MIRROR - price if self.sell and price is not None else price

    def quote_at(self, venue, at):
        """Returns the venue's last quote stamped `at` or earlier."""
        place = bisect.bisect_right(self.times[venue], at)
        return next((e for e in reversed(self.events[venue][:place]) if isinstance(e, Quote)), None)

    def book_at(self, at, max_age):
        quotes = [quote for quote in (self.quote_at(venue, at) for venue in sorted(self.events)) if quote]
        quotes = [q for q in quotes if (q.bid or q.ask) and (not max_age or at - q.time <= max_age)]
        book = Book(quotes, 0)
        while book.is_crossed():
            bid, ask = book.bid, book.ask
            guilty = [q for q in quotes if (q.bid and q.bid >= ask) or (q.ask and q.ask <= bid)]
            quotes.remove(min(guilty, key=lambda q: (q.time, q.venue)))
            book.dropped += 1
        return book

    def is_bid(self, price, at, max_age):
        """Tells whether any venue bids that much by a quote that is young enough."""
        quotes = [quote for quote in (self.quote_at(venue, at) for venue in self.events) if quote]
        return any(q.bid and q.bid >= price and (not max_age or at - q.time <= max_age) for q in quotes)


class Outflow:
    """Computes how many shares leave the front of one queue in a window."""

    def __init__(self, day, model):
        self.day, self.model = day, model

    def __call__(self, venue, begin, end):
        start = self.day.quote_at(venue, begin)
        if start is None or start.bid is None:
            return 0
        times = self.day.times[venue]
        window = self.day.events[venue][bisect.bisect_right(times, begin):bisect.bisect_right(times, end)]
        return self.follow(window, start.bid, start.bid_size)

    def follow(self, window, price, queue):
        bid, size, flow, unexplained = price, queue, 0, 0
        for event in window:
            if isinstance(event, Trade):
                if bid == price and event.price == price and not event.buyer:
                    flow += event.size if self.model["queue_model"] != "all" else 0
                    unexplained += event.size
                continue
            if event.bid is None or event.bid < price:
                return self.lost(price, event.time, flow)
            if event.bid != bid:
                unexplained = 0
            elif bid == price and event.bid_size < size:
                fall = size - event.bid_size
                explained = min(fall, unexplained)
                unexplained -= explained
                flow += self.from_fall(fall, explained, size, queue - flow)
            bid, size = event.bid, event.bid_size
        return flow

    def from_fall(self, fall, explained, size, ahead):
        if self.model["queue_model"] == "all":
            return fall
        if self.model["queue_model"] == "trades" or fall == explained:
            return 0
        left = size - explained
        return (fall - explained) * min(max(ahead, 0), left) // left

    def lost(self, price, at, flow):
        fills = self.model["depletion"] == "fill" and not self.day.is_bid(price, at, self.model["depletion_age"])
        return EVERYTHING if fills else flow


def candidates(lots, queues):
    """Yields the placements (M, L_1 ... L_K) in lexicographic order."""
    for market in range(lots + 1):
        for limits in itertools.product(range(lots - market + 1), repeat=queues):
            if market + sum(limits) >= lots:
                yield (market, *limits)


def take(levels, shares, impact):
    """Returns what `shares` cost when they are taken from levels of (price, size, fee), cheapest first."""
    cost = 0
    for price, size, fee in sorted(levels, key=lambda level: level[0] + level[2]):
        taken = min(size, shares)
        shares -= taken
        cost += taken * (price + fee)
    return cost + shares * (max(price + fee for price, _, fee in levels) + impact)


def half_up(twice):
    """Halves a number and rounds halves up."""
    return (twice + 1) // 2


class Slice:
    """Holds what is known when a slice begins, and what then happens."""

    def __init__(self, order, begin, lots, odd):
        self.order, self.begin, self.end = order, begin, begin + order.config["slice"]
        self.lots, self.odd = lots, odd
        self.shares = lots * order.config["lot"] + odd
        day, model = order.day, order.config["model"]
        self.book = day.book_at(begin, model["max_quote_age"])
        best = [q for q in self.book.quotes if q.bid == self.book.bid]
        best = sorted(best, key=lambda q: (-q.bid_size, q.venue))[:model["venues_max"]]
        self.queues = sorted(best, key=lambda q: q.venue)
        fees = [order.fee(q.venue)[0] for q in self.book.quotes if q.ask == self.book.ask]
        self.taker_fee = min(fees)
        self.half_spread = model["half_spread"]
        if len(order.config["grid"]) == 4:
            self.half_spread = 0  # the point brings it
        elif self.half_spread is None:
            self.half_spread = half_up(self.book.ask - self.book.bid)
        self.samples = self.draw_samples(model)
        self.decided = self.judge(model)
        self.realised = [order.outflow(q.venue, begin, self.end) for q in self.queues]
        self.end_book = day.book_at(self.end, model["max_quote_age"])
        self.table = self.make_table() if self.decided == "solved" else []

    def draw_samples(self, model):
        """Returns a row of outflows, one for each queue, for every window in the past of the session."""
        length = self.order.config["slice"]
        begins = [self.begin - length - n * model["sample_stride"] for n in range(model["samples"])]
        begins = [b for b in begins if b >= self.order.session[0]]
        return [[self.order.outflow(q.venue, b, b + length) for q in self.queues] for b in begins]

    def judge(self, model):
        if self.lots == 0:
            return "no_order"
        if len(self.samples) < model["min_samples"]:
            return "few_samples"
        most = sum(max(map(abs, axis)) for axis in self.order.config["grid"])
        each = self.half_spread + max(abs(fee) for q in self.book.quotes for fee in self.order.fee(q.venue)) + most
        bound = each * self.shares * len(self.samples) * (len(self.queues) + 1)
        assert not 2**61 < bound < 2**64, "a test must not depend on how closely overflow is judged"
        return "overflow" if bound >= 2**63 else "solved"

    def make_table(self):
        """Yields every candidate: its placement in shares, and its sums over the samples (base, shortfall, excess, sent, crossed
        less filled)."""
        lot = self.order.config["lot"]
        table = []
        for candidate in candidates(self.lots, len(self.queues)):
            market, *limits = (lot * lots for lots in candidate)
            sums = [self.sums(market, limits, outflow) for outflow in self.samples]
            table.append(((market, *limits), *map(sum, zip(*sums))))
        return table

    def sums(self, market, limits, outflow):
        fills = [min(limit, max(flow - q.bid_size, 0)) for limit, flow, q in zip(limits, outflow, self.queues)]
        base = (self.half_spread + self.taker_fee) * market
        base -= sum((self.half_spread + self.order.fee(q.venue)[1]) * fill for fill, q in zip(fills, self.queues))
        target = self.lots * self.order.config["lot"]
        shortfall = max(target - market - sum(fills), 0)
        excess = max(market + sum(fills) - target, 0)
        return base, shortfall, excess, market + sum(limits) + shortfall, market - sum(fills)

    def decide(self, over, under, theta, half_spread=0):
        """Returns (placement, expected cost in nano-dollars x samples, shortfall, excess) without the odd shares."""
        if self.decided != "solved":
            return (self.shares - self.odd, *[0] * len(self.queues)), 0, 0, 0
        costs = [row[1] + under * row[2] + over * row[3] + theta * row[4] + half_spread * row[5] for row in self.table]
        least = costs.index(min(costs))
        return self.table[least][0], costs[least], self.table[least][2], self.table[least][3]

    def meets_assumptions(self, over, under, theta, half_spread=0):
        """Tells whether the assumptions A1 to A3 of the paper hold."""
        h = self.half_spread + half_spread
        rebates = [self.order.fee(q.venue)[1] for q in self.queues]
        return (under > 0 and over > 0 and over > h + max(rebates) and over > -(h + self.taker_fee)
                and h + min(rebates) > 0)

    def asks(self, book):
        return [(q.ask, q.ask_size, self.order.fee(q.venue)[0]) for q in book.quotes if q.ask]

    def sales(self, book):
        """Turns bids into levels that can be taken: the price is what a sold share brings, with the opposite sign."""
        shown = [(-q.bid, q.bid_size, self.order.fee(q.venue)[0]) for q in book.quotes if q.bid]
        return shown or [(-q.bid, 0, self.order.fee(q.venue)[0]) for q in self.queues]

    def execute(self, market, *limits):
        """Returns {filled_market, filled_limit, cleanup, unwound, slippage} of a placement without odd shares."""
        market += self.odd
        tick = self.order.config["model"]["impact"]
        fills = [min(limit, max(flow - q.bid_size, 0)) for limit, flow, q in zip(limits, self.realised, self.queues)]
        cash = take(self.asks(self.book), market, tick)
        cash += sum(fill * (q.bid - self.order.fee(q.venue)[1]) for fill, q in zip(fills, self.queues))
        left = self.shares - market - sum(fills)
        if left > 0:
            cash += take(self.asks(self.end_book) or self.asks(self.book), left, tick)
        if left < 0:
            cash += take(self.sales(self.end_book), -left, tick)
        slippage = half_up(2 * cash - self.shares * (self.book.bid + self.book.ask))
        return {"filled_market": market, "filled_limit": sum(fills), "cleanup": max(left, 0),
                "unwound": max(-left, 0), "slippage": slippage}


class Order:
    """Works a parent order on one day.

    config: side, shares, lot, slice (ns), start, end ("09:30"), fees {None or venue: (take, make)}, model, grid (values of
    over, under, theta, and perhaps half_spread).
    """

    def __init__(self, config, path, date):
        self.config = config
        rows = read_rows(path)
        self.rows = rows
        self.day = Day(rows, config["side"] == "sell")
        self.outflow = Outflow(self.day, config["model"])
        zone = zoneinfo.ZoneInfo("America/New_York")
        clock = lambda text: datetime.datetime.fromisoformat(f"{date}T{text}").replace(tzinfo=zone).timestamp()
        self.session = tuple(int(clock(config[end])) * NANO for end in ("start", "end"))
        self.unpriced = 0
        self.slices = list(self.cut())
        self.missing = config["shares"] - sum(s.shares for s in self.slices)

    def fee(self, venue):
        return self.config["fees"].get(venue, self.config["fees"][None])

    def begins(self):
        """Returns when the slices before the session's last quote begin, and whether there was room for more."""
        begin, end = self.session
        every = range(begin, end - self.config["slice"] + 1, self.config["slice"])
        last = max((row["time"] for row in self.rows if row["time"] < end), default=begin)
        used = [at for at in every if at < last]
        self.early_close = len(used) < len(every)
        return used

    def cut(self):
        begins = self.begins()
        lots, odd = divmod(self.config["shares"], self.config["lot"])
        carried = 0
        for i, begin in enumerate(begins):
            carried += (i + 1) * lots // len(begins) - i * lots // len(begins)
            is_last = i + 1 == len(begins)
            book = self.day.book_at(begin, self.config["model"]["max_quote_age"])
            if book.bid is None or book.ask is None:
                self.unpriced += 1
                continue
            yield Slice(self, begin, carried, odd if is_last else 0)
            carried = 0

    def slippage(self, *point):
        return sum(s.execute(*s.decide(*point)[0])["slippage"] for s in self.slices)

    def drift(self):
        """Returns what the move of the mid since arrival costs."""
        mids = [s.book.bid + s.book.ask for s in self.slices]
        return sum(half_up(s.shares * (mid - mids[0])) for s, mid in zip(self.slices, mids))

    def yardsticks(self):
        """Returns the slippage of immediate, all_market, all_limit and equal_split against the mids of their slices."""
        first, lot = self.slices[0], self.config["lot"]
        shares = sum(s.shares for s in self.slices)
        mid2 = first.book.bid + first.book.ask
        cash = take(first.asks(first.book), shares, self.config["model"]["impact"])
        totals = [half_up(2 * cash - shares * mid2), 0, 0, 0]
        for s in self.slices:
            count, size = len(s.queues), s.lots * lot
            shortest = min(range(count), key=lambda k: (s.queues[k].bid_size, k))
            each = s.lots // (count + 1) * lot
            placements = [(size, *[0] * count), (0, *[size if k == shortest else 0 for k in range(count)]),
                          (size - each * count, *[each] * count)]
            for i, placement in enumerate(placements, 1):
                totals[i] += s.execute(*placement)["slippage"]
        return totals
