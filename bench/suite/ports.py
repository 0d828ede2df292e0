"""Ports of the Cont-Kukanov evaluation to numpy and numba, and of the notebook's backtest to plain Python.

They are written by somebody who knows that costs are affine in the penalties. For each slice there is a table of all placements
(sums over the samples). For each point they find the first cheapest placement and what it really cost, in whole numbers as in
the program.
"""
import numba
import numpy

BLOCK = 256  # points whose costs are held at once, so that they stay in the cache


def as_arrays(slices):
    """Returns the slices of slice_problems.py as arrays. This is not timed."""
    return [{**s, "placements": numpy.array(s["placements"], numpy.int64), "outflow": numpy.array(s["outflow"], numpy.int64),
             "queues": numpy.array(s["queues"], numpy.int64), "rebates": numpy.array(s["rebates"], numpy.int64),
             "slippage": numpy.array(s["slippage"], numpy.int64)} for s in slices]


def table_numpy(piece):
    """Returns (base, over, under, sent) of each placement, summed over samples: nano-dollars, then shares."""
    market, limits = piece["placements"][:, 0], piece["placements"][:, 1:]
    reach = numpy.maximum(piece["outflow"] - piece["queues"], 0)
    base = len(reach) * (piece["half_spread"] + piece["taker_fee"]) * market
    left = numpy.repeat((piece["shares"] - market)[:, None], len(reach), axis=1)
    for k in range(limits.shape[1]):
        fills = numpy.minimum(limits[:, k, None], reach[None, :, k])
        left -= fills
        base = base - (piece["half_spread"] + piece["rebates"][k]) * fills.sum(axis=1)
    under = numpy.maximum(left, 0).sum(axis=1)
    over = numpy.maximum(-left, 0).sum(axis=1)
    return base, over, under, len(reach) * (market + limits.sum(axis=1)) + under


def points_numpy(table, slippage, points, surface):
    """Returns the costs of a block of points as a product of matrices. Doubles are exact here (exact_in_doubles)."""
    coefficients = numpy.array(table, numpy.float64)
    for first in range(0, len(points), BLOCK):
        block = points[first:first + BLOCK]
        surface[first:first + BLOCK] += slippage[(block @ coefficients).argmin(axis=1)]


@numba.njit(cache=False)
def table_numba(shares, half_spread, taker_fee, rebates, queues, outflow, placements):
    count, samples = len(placements), len(outflow)
    table = numpy.zeros((4, count), numpy.int64)
    for c in range(count):
        market = placements[c, 0]
        base, over, under = samples * (half_spread + taker_fee) * market, 0, 0
        for n in range(samples):
            left = shares - market
            for k in range(len(queues)):
                fill = min(placements[c, k + 1], max(outflow[n, k] - queues[k], 0))
                base -= (half_spread + rebates[k]) * fill
                left -= fill
            if left > 0:
                under += left
            else:
                over -= left
        table[0, c], table[1, c], table[2, c] = base, over, under
        table[3, c] = samples * placements[c].sum() + under
    return table


@numba.njit(parallel=True, cache=False)
def points_numba(table, slippage, points, surface):
    base, over, under, sent = table[0], table[1], table[2], table[3]
    for p in numba.prange(len(points)):
        least, winner = numpy.iinfo(numpy.int64).max, 0
        for c in range(len(base)):
            cost = base[c] + points[p, 1] * over[c] + points[p, 2] * under[c] + points[p, 3] * sent[c]
            if cost < least:
                least, winner = cost, c
        surface[p] += slippage[winner]


def sweep_numpy(slices, points):
    as_doubles = points.astype(numpy.float64)
    surface = numpy.zeros(len(points), numpy.int64)
    for piece in slices:
        points_numpy(table_numpy(piece), piece["slippage"], as_doubles, surface)
    return surface


def sweep_numba(slices, points):
    surface = numpy.zeros(len(points), numpy.int64)
    for s in slices:
        table = table_numba(s["shares"], s["half_spread"], s["taker_fee"], s["rebates"], s["queues"], s["outflow"], s["placements"])
        points_numba(table, s["slippage"], points, surface)
    return surface


def exact_in_doubles(slices, points):
    """Returns whether the costs at all points are whole numbers that doubles hold."""
    largest = numpy.abs(points).max(axis=0)
    return all((numpy.abs(numpy.array(table_numpy(s), numpy.int64)).T @ largest).max() < 2**53 for s in slices)


def backtest_python(snapshots, shares):
    """Runs the notebook's run_backtest without pandas and without its log. Returns (total cost, filled shares)."""
    remaining, total_cost, filled = shares, 0.0, 0.0
    for venues in snapshots:
        if remaining <= 0:
            break
        market = max(0, remaining * 0.1) if remaining < 1000 else remaining * 0.4
        limit = (remaining - market) / len(venues)
        for price, size in sorted(venues, key=lambda venue: venue[0]):
            if market <= 0:
                break
            fill = min(market, size)
            total_cost += fill * price
            filled += fill
            remaining -= fill
            market -= fill
        if limit <= 0:
            continue
        for price, size in venues:
            chance = min(1, size / (size + limit)) if size + limit > 0 else 0
            fill = min(limit * chance, size)
            if fill > 0:
                total_cost += fill * price
                filled += fill
                remaining -= fill
    return total_cost, filled
