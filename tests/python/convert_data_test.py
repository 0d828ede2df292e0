#!/usr/bin/python3
"""Compares conversions of real files column by column: convert_data_test.py --program build/release/sorsweep --work DIR

pandas reads the CSV as text (prices through Decimal), and numpy reads DBN from the published layout. The files are in
../shared/data or where SORSWEEP_DATA says. Without them the test is skipped (77).
"""
import io
import os
import pathlib
import struct
import subprocess
import sys

import h5py
import numpy
import pandas

import sweep_lib
from sweep_lib import UNDEFINED, nano

NO_TIME = 2**64 - 1
COLUMNS = ["ts_recv_ns", "ts_event_ns", "publisher_id", "action", "side", "flags", "size", "price_nano", "bid_px_nano",
           "ask_px_nano", "bid_sz", "ask_sz"]
ROWS = {"taq_xxx_20180102_03_l1.csv.zst": 131401, "frog_xnas_mbp10_20250403.csv.zst": 33286,
        "aapl_xnas_mbp10_20241021.csv.zst": 5000, "arl_xnas_mbp10_20250717.csv.zst": 3928, "l1_day_first5rows.csv": 5}
LEFT_OUT = {"frog_xnas_mbp10_20250403.csv.zst": 0, "arl_xnas_mbp10_20250717.csv.zst": 751}
RECORD = numpy.dtype([("length", "u1"), ("rtype", "u1"), ("publisher_id", "<u2"), ("id", "<u4"), ("ts_event_ns", "<u8"),
                      ("price_nano", "<i8"), ("size", "<u4"), ("action", "u1"), ("side", "u1"), ("flags", "u1"), ("depth", "u1"),
                      ("ts_recv_ns", "<u8"), ("delta", "<i4"), ("sequence", "<u4"), ("bid_px_nano", "<i8"),
                      ("ask_px_nano", "<i8"),
                      ("bid_sz", "<u4"), ("ask_sz", "<u4")])

checker = sweep_lib.Checker()
expect = checker.expect


def unpacked(path):
    if path.suffix == ".zst":
        return subprocess.run(["zstd", "-dcq", str(path)], stdout=subprocess.PIPE, check=True).stdout
    return path.read_bytes()


def rows_of_csv(path):
    text = pandas.read_csv(io.BytesIO(unpacked(path)), dtype=str, keep_default_na=False)  # a second ts_event becomes ts_event.1
    times = lambda name: pandas.to_datetime(text[name], utc=True).astype("int64")
    column = lambda name, default, parse: text[name].map(parse) if name in text else default
    rows = pandas.DataFrame({"ts_event_ns": times("ts_event")})
    rows["ts_recv_ns"] = times("ts_recv") if "ts_recv" in text else rows["ts_event_ns"]
    for name, source in {"publisher_id": "publisher_id", "flags": "flags", "size": "size", "bid_sz": "bid_sz_00",
                         "ask_sz": "ask_sz_00"}.items():
        rows[name] = column(source, 0, lambda cell: int(cell or 0))
    for name, source in {"price_nano": "price", "bid_px_nano": "bid_px_00", "ask_px_nano": "ask_px_00"}.items():
        rows[name] = column(source, UNDEFINED, nano)
    rows["action"] = column("action", ord("M"), lambda cell: ord(cell or "M"))
    rows["side"] = column("side", ord("N"), lambda cell: ord(cell or "N"))
    rows["symbol"] = text["symbol"]
    rows["interval"] = False
    return rows


def rows_of_dbn(path):
    data = unpacked(path)
    version, size = data[3], struct.unpack("<I", data[4:8])[0]
    meta = data[8:8 + size]
    width = 22 if version == 1 else struct.unpack("<H", meta[45:47])[0]
    at = 104
    for _ in range(3):
        at += 4 + struct.unpack("<I", meta[at:at + 4])[0] * width
    count, at, symbols = struct.unpack("<I", meta[at:at + 4])[0], at + 4, []
    for _ in range(count):
        symbol, n = meta[at:at + width].rstrip(b"\0").decode(), struct.unpack("<I", meta[at + width:at + width + 4])[0]
        at += width + 4
        for _ in range(n):
            first, end = struct.unpack("<II", meta[at:at + 8])
            symbols.append((int(meta[at + 8:at + 8 + width].rstrip(b"\0") or b"-1"), first, end, symbol))
            at += 8 + width
    body = data[8 + size:]
    assert len(body) % (body[0] * 4) == 0
    raw = numpy.frombuffer(body, dtype=numpy.dtype({"names": RECORD.names, "formats": [RECORD[n] for n in RECORD.names],
                                                   "offsets": [RECORD.fields[n][1] for n in RECORD.names],
                                                   "itemsize": body[0] * 4}))
    rows = pandas.DataFrame({name: raw[name] for name in RECORD.names})
    interval = rows["rtype"].isin([0xC0, 0xC1, 0xC3, 0xC4])
    rows.loc[interval, "action"] = ord("M")
    rows["ts_event_ns"] = rows["ts_event_ns"].where(rows["ts_event_ns"] != NO_TIME, rows["ts_recv_ns"]).astype("int64")
    rows["ts_recv_ns"] = rows["ts_recv_ns"].astype("int64")
    days = pandas.to_datetime(rows["ts_recv_ns"], utc=True).dt.strftime("%Y%m%d").astype(int)
    rows["symbol"] = [next((s for i, first, end, s in symbols if i == number and first <= day < end), str(number))
                      for number, day in zip(rows["id"], days)]
    rows["interval"] = interval
    return rows


def check(program, work, path, rows, *options):
    store = work / path.name
    done = sweep_lib.call(program, "convert", path, "-o", store, *options)
    expect(done.returncode == 0, f"{path.name}: exit code {done.returncode}: {done.stderr}")
    if done.returncode:
        return store
    day_time = rows["ts_recv_ns"].where(rows["interval"].astype(bool), rows["ts_event_ns"])
    rows["date"] = pandas.to_datetime(day_time, utc=True).dt.tz_convert("America/New_York").dt.strftime("%Y-%m-%d")
    wanted = {key: part for key, part in rows.groupby(["symbol", "date"])}
    stored = {(p.parent.name, p.stem): p for p in store.rglob("*.h5")}
    expect(stored.keys() == wanted.keys(), f"{path.name}: days {sorted(stored)} of {sorted(wanted)}")
    for key in stored.keys() & wanted.keys():
        want = wanted[key].sort_values("ts_recv_ns", kind="stable")
        with h5py.File(stored[key], "r") as file:
            for name in COLUMNS:
                same = numpy.array_equal(file[name][:].astype("int64"), want[name].to_numpy().astype("int64"))
                expect(same, f"{path.name}: {key} {name} differs")
    return store


def check_last(program, work, path, rows, left_out):
    """Checks how many rows --require-last leaves out: those that set the book and lack F_LAST."""
    ends = (rows["flags"].astype(int) & 128 > 0) | ~rows["action"].isin([ord(c) for c in "ACMR"])
    expect((~ends).sum() == left_out, f"{path.name}: {(~ends).sum()} rows lack F_LAST, not {left_out}")
    check(program, work / "last", path, rows[ends].copy(), "--require-last", "--max-rejects", "0")


def check_twins(program, work, folder):
    """Compares days that exist both as DBN and as CSV."""
    twins = 0
    for csv in sorted(folder.glob("*.csv.zst")):
        dbn = csv.with_name(csv.name.replace(".csv.", ".dbn."))
        one = check(program, work, csv, rows_of_csv(csv))
        other = check(program, work, dbn, rows_of_dbn(dbn))
        files = sorted(p.relative_to(one) for p in one.rglob("*.h5"))
        expect(files == sorted(p.relative_to(other) for p in other.rglob("*.h5")), f"{csv.name}: other days than {dbn.name}")
        for name in files:
            with h5py.File(one / name, "r") as a, h5py.File(other / name, "r") as b:
                for column in COLUMNS:
                    chunk_a, chunk_b = (f[column].id.read_direct_chunk((0,)) for f in (a, b))
                    expect(chunk_a == chunk_b and a[column][:].tobytes() == b[column][:].tobytes(),
                           f"{name} {column}: CSV and DBN differ")
                expect(a.attrs["content_xxh3_128"] == b.attrs["content_xxh3_128"], f"{name}: content hashes differ")
        twins += 1
    expect(twins == 3, f"{twins} days both as DBN and CSV, not 3")


def main():
    program, work = sweep_lib.program_and_work(__doc__)
    root = pathlib.Path(__file__).resolve().parents[2]
    places = [os.environ.get("SORSWEEP_DATA"), root.parent / "shared/data"]
    data = next((pathlib.Path(p) for p in places if p and pathlib.Path(p).is_dir()), None)
    if data is None:
        print("skipped: no ../shared/data and no SORSWEEP_DATA")
        sys.exit(77)
    for name, count in ROWS.items():
        rows = rows_of_csv(data / name)
        expect(len(rows) == count, f"{name}: {len(rows)} rows, not {count}")
        check(program, work, data / name, rows)
        if name in LEFT_OUT:
            check_last(program, work, data / name, rows, LEFT_OUT[name])
    check_twins(program, work, data / "dbeq_tbbo")
    days = sorted((data / "dbeq_tbbo").glob("*.dbn.zst"))
    expect(len(days) == 27, f"{len(days)} DBEQ days")
    check_last(program, work, days[0], rows_of_dbn(days[0]), 0)
    for path in days[3:]:
        check(program, work, path, rows_of_dbn(path))
    tests = sorted((data / "databento_test_dbn").iterdir())
    for path in tests:
        check(program, work, path, rows_of_dbn(path))
    checker.end(f"{len(ROWS)} CSV files, {len(days)} DBEQ days, {len(tests)} test files")


if __name__ == "__main__":
    main()
