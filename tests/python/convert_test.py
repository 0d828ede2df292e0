#!/usr/bin/python3
"""Checks that a converted day opens in h5py and holds what the CSV says.

    convert_test.py --program build/release/sorsweep --work DIR

pandas reads the CSV as text. Prices go through decimal and never through a double, so every column must be exactly equal.
"""
import csv
import random

import h5py
import numpy
import pandas

import sweep_lib
from sweep_lib import nano, text_of

TIMES = {"ts_recv_ns": "ts_recv", "ts_event_ns": "ts_event"}
PRICES = {"price_nano": "price", "bid_px_nano": "bid_px_00", "ask_px_nano": "ask_px_00"}
COUNTS = {"publisher_id": "publisher_id", "flags": "flags", "size": "size", "bid_sz": "bid_sz_00", "ask_sz": "ask_sz_00"}
LETTERS = {"action": "action", "side": "side"}
DTYPES = {**dict.fromkeys([*TIMES, *PRICES], ("i8",)), **dict.fromkeys(COUNTS, ("u4",)), "flags": ("u1",),
          **dict.fromkeys(LETTERS, ("i1", "u1"))}
ATTRIBUTES = ["kind", "schema_version", "symbol", "date", "tz", "rows", "rows_read", "rows_stored", "rows_rejected"]

checker = sweep_lib.Checker()
expect = checker.expect


def expected_columns(tape):
    """Returns {dataset: values} of a CSV in order of ts_recv. Rows with the same time keep their order."""
    text = pandas.read_csv(tape, dtype=str, keep_default_na=False)
    wanted = {name: pandas.to_datetime(text[column], utc=True).astype("int64") for name, column in TIMES.items()}
    wanted.update({name: text[column].map(nano) for name, column in PRICES.items()})
    wanted.update({name: text[column].astype("int64") for name, column in COUNTS.items()})
    wanted.update({name: text[column].map(ord) for name, column in LETTERS.items()})
    return pandas.DataFrame(wanted).sort_values("ts_recv_ns", kind="stable")


def check_column(where, dataset, want):
    got = dataset[:]
    expect(dataset.ndim == 1, f"{where}: {dataset.ndim} dimensions")
    expect(got.dtype.str[1:] in DTYPES[where.split(":")[1]], f"{where}: dtype {got.dtype}")
    expect(dataset.fletcher32, f"{where}: no fletcher32")
    if got.shape != want.shape:
        expect(False, f"{where}: {got.shape} values, not {want.shape}")
    elif not numpy.array_equal(got.astype("int64"), want):
        at = int(numpy.flatnonzero(got.astype("int64") != want)[0])
        expect(False, f"{where}[{at}] is {got[at]}, the CSV says {want[at]}")


def check_attributes(where, attributes, symbol, date, rows):
    missing = [name for name in ATTRIBUTES if name not in attributes]
    expect(not missing, f"{where}: attributes missing: {missing}")
    if missing:
        return
    expect(text_of(attributes["symbol"]) == symbol, f"{where}: symbol {attributes['symbol']}")
    expect(text_of(attributes["date"]) == date, f"{where}: date {attributes['date']}")
    expect(text_of(attributes["tz"]) == "America/New_York", f"{where}: tz {attributes['tz']}")
    expect(attributes["rows"] == rows, f"{where}: rows {attributes['rows']}, not {rows}")
    read, stored, rejected = (int(attributes[f"rows_{what}"]) for what in ("read", "stored", "rejected"))
    expect(read == stored + rejected, f"{where}: read {read} is not stored {stored} + rejected {rejected}")


def check_day(path, tape, symbol):
    date = path.stem
    wanted = expected_columns(tape)
    with h5py.File(path, "r") as file:
        expect(file.userblock_size == 512, f"{path.name}: user block of {file.userblock_size} bytes")
        names = {name for name, item in file.items() if isinstance(item, h5py.Dataset)}
        expect(set(wanted.columns) <= names, f"{path.name}: no datasets {set(wanted.columns) - names}")
        for name in names:
            expect(file[name].fletcher32, f"{path.name}:{name}: no fletcher32")
        for name in names & set(wanted.columns):
            check_column(f"{path.name}:{name}", file[name], wanted[name].to_numpy("int64"))
        check_attributes(path.name, file.attrs, symbol, date, len(wanted))
    print(f"{symbol} {date}: {len(wanted)} rows, {len(names)} datasets")


def day_of(tape):
    """Returns the date in a file name: 2024-01-02 for SYM_2024-01-02.csv and for SYM_20240102.csv."""
    digits = tape.stem.split("_")[-1].replace("-", "")
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"


def shuffled(source, target):
    """Writes a CSV whose rows are out of order. Many share a time, and some have no prices or sizes."""
    with open(source, newline="", encoding="utf-8") as file:
        header, *rows = list(csv.reader(file))
    chance, recv = random.Random(3), header.index("ts_recv")
    ask, bid, price = (header.index(name) for name in ("ask_px_00", "bid_px_00", "price"))
    for i, row in enumerate(rows):
        if i and chance.random() < 0.3:
            row[recv] = rows[i - 1][recv]
        if chance.random() < 0.1:
            row[chance.choice([ask, bid, price])] = ""
    chance.shuffle(rows)
    with open(target, "w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])


def equal_stores(one, other):
    files = sorted(p.relative_to(one) for p in one.rglob("*.h5"))
    expect(files == sorted(p.relative_to(other) for p in other.rglob("*.h5")), f"{one} and {other}: other files")
    for name in files:
        expect((one / name).read_bytes() == (other / name).read_bytes(), f"two conversions differ: {name}")


def main():
    program, work = sweep_lib.program_and_work(__doc__)
    sweep_lib.good(program, "synth", "-o", work / "csv", "--days", 2, "--venues", 4, "--rows", 20000, "--seed", 9, "--symbol",
                   "SYN")
    for store in ("first", "second"):
        sweep_lib.good(program, "convert", work / "csv", "-o", work / store, "--symbol", "SYN")
    equal_stores(work / "first", work / "second")
    tapes = sorted((work / "csv").glob("*.csv"))
    days = sorted((work / "first").glob("SYN/*.h5"))
    expect([day.stem for day in days] == [day_of(tape) for tape in tapes], f"day files {days} of {tapes}")
    for day, tape in zip(days, tapes):
        check_day(day, tape, "SYN")
    shuffled(tapes[0], work / "shuffled.csv")
    sweep_lib.good(program, "convert", work / "shuffled.csv", "-o", work / "third", "--symbol", "MIX")
    check_day(work / "third" / "MIX" / f"{day_of(tapes[0])}.h5", work / "shuffled.csv", "MIX")
    checker.end("day files")


if __name__ == "__main__":
    main()
