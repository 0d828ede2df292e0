#!/usr/bin/env python3
"""Checks the arithmetic of bench/suite on made-up figures: fits, repetitions, cells, what moved.

    bench_suite_test.py
"""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "bench/suite"))
import compare
import measure
import scaling
import tables
from sweep_lib import Checker

checker = Checker()
expect = checker.expect


def check_fits():
    exponent = tables.fit_exponent([10, 100, 1000], [3 * x**0.7 for x in (10, 100, 1000)])
    expect(abs(exponent - 0.7) < 1e-12, f"exponent {exponent}")
    expect(tables.fit_exponent([10], [1]) is None, "an exponent of one size")
    a, b = tables.fit_line([1, 2, 4], [2.5, 3, 4])
    expect(abs(a - 2) < 1e-12 and abs(b - 0.5) < 1e-12, f"line {a} {b}")
    for share in (0, 0.1, 1):
        found = scaling.serial_share({n: 8 * (share + (1 - share) / n) for n in (1, 2, 4)})
        expect(abs(found - share) < 1e-12, f"serial share {found}, not {share}")
    rows = [{"points": p, "wall": measure.spread([0.5 + p / 100])} for p in (1, 100, 200)]
    expect(abs(tables.predicted(rows, 1000) - 10.5) < 1e-9, f"prediction {tables.predicted(rows, 1000)}")
    expect(tables.predicted(rows[:1], 1000) == 0.51 and tables.predicted([], 5) is None, "predictions of little")
    expect(scaling.thread_counts(1) == [1, 2] and scaling.thread_counts(12) == [1, 2, 4, 8], "thread counts")


def check_turns():
    order = []
    results = measure.in_turn({name: lambda name=name: order.append(name) for name in "ab"}, 3)
    expect(order == list("ababab") and {len(r) for r in results.values()} == {3}, f"order {order}")
    expect([measure.repeats_for(s, 5) for s in (0.1, 5, 60)] == [5, 3, 1], "repetitions")
    expect(measure.repeats_for(0.1, 1) == 1, "a smoke run repeats")
    try:
        measure.only(["x", "y"], "hashes")
        expect(False, "two hashes are one")
    except measure.Failed as failure:
        expect("x, y" in str(failure), f"message {failure}")


def check_cells():
    cases = {(None, "seconds"): "–", (1234567, "count"): "1,234,567", (1234567.0, "rate"): "1.23 M",
             (0.0001234, "seconds"): "0.000123",
             (0.12345, "percent"): "12.3 %", (2500.4, "ratio"): "2,500",
             ("0123456789abcdef0123456789abcdef", "hash"): "01234567…"}
    for (value, kind), wanted in cases.items():
        expect(tables.cell(value, kind) == wanted, f"{value} as {kind}: {tables.cell(value, kind)}, not {wanted}")
    expect(tables.cell(measure.spread([1, 2, 4]), "seconds") == "2.000 (1.000–4.000; 3×)", "a spread")


def check_compare():
    def document(wall, result="h", name="a"):
        columns = [{"key": "way", "head": "way", "is_name": True}, {"key": "wall", "head": "wall s", "is_name": False}]
        return {"tables": [{"name": "t", "columns": columns,
                            "rows": [{"way": name, "wall": measure.spread(wall), "hash": result}]}]}

    found = lambda *pair: list(compare.changes(*pair))
    expect(found(document([1, 2, 3]), document([2.5, 3, 4])) == [], "ranges that meet")
    expect(found(document([1, 2, 3]), document([4, 5, 6])) == ["t: a: wall s 2 → 5 (2.50×)"], "ranges that do not meet")
    expect(found(document([1]), document([1.15])) == [] and found(document([1]), document([1.3])), "figures taken once")
    expect("another result" in str(found(document([1]), document([1], "other"))), "another hash")
    expect(len(found(document([1]), document([1], name="b"))) == 2, "rows in one of the two only")


check_fits()
check_turns()
check_cells()
check_compare()
checker.end("bench suite")
