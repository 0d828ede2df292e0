#!/usr/bin/python3
"""Compares the examples with what they should equal: input_format with the same rows as CSV, metric with the fills of
`run.metrics: [fills]`, and verb with h5py.

    extensions_test.py --build build/release --work DIR
"""
import argparse
import csv
import datetime
import json
import pathlib
import shutil

import h5py
import numpy

import make_dbn
import sweep_lib

DAY = "2024-07-08"
SIDES = ("bid", "ask")


def ms_of(text):
    """Returns the whole ms of an instant, and whether nothing is left."""
    whole, _, digits = text.rstrip("Z").partition(".")
    seconds = datetime.datetime.fromisoformat(whole + "+00:00").timestamp()
    return int(seconds) * 1000 + int(digits.ljust(9, "0")[:3])


def write_twins(source, folder):
    """Writes one day as CSV with whole ms, and as lines with pipes."""
    folder.mkdir()
    rows = list(csv.DictReader(source.open()))
    with (folder / "day.csv").open("w") as plain, (folder / "day.txt").open("w") as pipes:
        plain.write("ts_event,publisher_id,symbol,bid_px_00,bid_sz_00,ask_px_00,ask_sz_00\n")
        pipes.write("#pipes\n")
        for row in rows:
            ms = ms_of(row["ts_event"])
            instant = datetime.datetime.fromtimestamp(ms / 1000, datetime.timezone.utc)
            bid, ask = ((row[f"{side}_px_00"], row[f"{side}_sz_00"] or "0") for side in SIDES)
            when = instant.strftime("%Y-%m-%dT%H:%M:%S.") + f"{ms % 1000:03d}Z"
            plain.write(",".join([when, row["publisher_id"], "PIP", *bid, *ask]) + "\n")
            pipes.write("|".join([str(ms), row["publisher_id"], "PIP", *bid, *ask]) + "\n")
    return folder / "day.csv", folder / "day.txt", len(rows)


def columns(path):
    with h5py.File(path) as file:
        return {name: file[name][:] for name in file}


def check_format(test, build, work):
    plain, ours = build / "sorsweep", build / "example_input_format"
    sweep_lib.good(plain, "synth", "-o", work / "csv", "--days", 1, "--venues", 3, "--rows", 5000, "--seed", 3)
    tape, pipes, rows = write_twins(next((work / "csv").glob("*.csv")), work / "twins")
    for program, source, store in ((plain, tape, "a"), (ours, pipes, "b"), (ours, tape, "c")):
        sweep_lib.good(program, "convert", source, "-o", work / store)
    want = columns(work / "a" / "PIP" / f"{DAY}.h5")
    for store in "bc":
        got = columns(work / store / "PIP" / f"{DAY}.h5")
        test.expect(want.keys() == got.keys() and all(numpy.array_equal(want[k], got[k]) for k in want), f"columns of {store}")
    test.expect(len(want["ts_event_ns"]) == rows, "rows")

    asked = sweep_lib.call(ours, "convert", pipes, "-o", work / "e", "--require-last")
    test.expect(asked.returncode == 3 and "where its events end" in asked.stderr, f"--require-last: {asked.stderr}")
    compressed = work / "twins" / "day.txt.zst"
    sweep_lib.good("zstd", "-q", pipes, "-o", compressed)
    told = json.loads(sweep_lib.good(ours, "convert", compressed, "-o", work / "d", "--json").stdout)
    test.expect([source["format"] for source in told["sources"]] == ["pipes"], f"its name: {told}")
    test.expect(numpy.array_equal(columns(work / "d" / "PIP" / f"{DAY}.h5")["bid_px_nano"], want["bid_px_nano"]), "zst")
    return work / "b"


def check_rejects(test, build, work):
    """Checks that refused lines are counted from the first line of the file."""
    ours, bad = build / "example_input_format", work / "bad.txt"
    good = "1720445400000|1|PIP|99.9|100|100|100\n"
    bad.write_text("#pipes\n" + good + "\n" + "1720445400001|x|PIP|99.9|100|100|100\n" + good + "six|cells\r\n" + good)
    refused = sweep_lib.call(ours, "convert", bad, "-o", work / "bad", "--max-rejects", 1)
    test.expect(refused.returncode == 3 and f"{bad}:4:1: line: the venue is no number" in refused.stderr, refused.stderr)
    test.expect(not (work / "bad").exists() or not list((work / "bad").rglob("*.h5")), "nothing was written")
    done = sweep_lib.call(ours, "convert", bad, "-o", work / "bad", "--max-rejects", 2)
    test.expect(done.returncode == 0, done.stderr)
    lines = (work / "bad" / "rejects.csv").read_text().splitlines()
    test.expect([line.split(",")[1] for line in lines] == ["line", "4", "6"], f"rejects.csv: {lines}")
    sweep = sweep_lib.call(build / "sorsweep", "convert", bad, "-o", work / "no")
    test.expect(sweep.returncode == 3, "the plain program does not know the format")


def write_prices(folder, prices):
    """Writes asks in nano-dollars as CSV, as DBN, and as lines with pipes in dollars."""
    folder.mkdir()
    start = 1_720_445_400_000_000_000
    head = make_dbn.metadata(2, "mbp-1", {"PIP": [(20240708, 20240709, 7)]})
    rows = [make_dbn.record("mbp-1", 7, start + i, start + i, 10**9, px) for i, px in enumerate(prices)]
    (folder / "in.dbn").write_bytes(head + b"".join(rows))
    lines = [f"{start + i},1,PIP,1000000000,100,{px},100\n" for i, px in enumerate(prices)]
    (folder / "in.csv").write_text("ts_event,publisher_id,symbol,bid_px_00,bid_sz_00,ask_px_00,ask_sz_00\n" + "".join(lines))
    lines = [f"{start // 10**6 + i}|1|PIP|1|100|{px // 10**9}.{px % 10**9:09}|100\n" for i, px in enumerate(prices)]
    (folder / "in.txt").write_text("#pipes\n" + "".join(lines))


def check_prices(test, build, work):
    """Checks that prices have one limit, $100,000,000, in whatever format they come."""
    limit = 10**17
    write_prices(work / "dear", (5 * 10**9, limit, limit + 1, 9 * 10**18, 10**9))
    for name, kind in (("in.csv", "ask_px_00"), ("in.dbn", "ask_px_00"), ("in.txt", "line")):
        store = work / f"dear.{name}"
        sweep_lib.good(build / "example_input_format", "convert", work / "dear" / name, "-o", store)
        with h5py.File(store / "PIP" / f"{DAY}.h5") as day:
            kept = day["ask_px_nano"][()].tolist()
            kinds = sweep_lib.text_of(day.attrs["rejects_by_kind"]).split()
        test.expect(kept == [5 * 10**9, limit, 10**9], f"{name}: asks {kept}")
        test.expect(kinds == [kind, "2"], f"{name}: rejects {kinds}")
        said = "".join(path.read_text() for path in store.glob("rejects.csv"))
        test.expect(said.count("a price above $100,000,000") == 2, f"{name}: rejects.csv: {said}")


def check_metric(test, build, work, store):
    ours = build / "example_metric"
    config = sweep_lib.write_config(work / "c.yaml", store, "PIP", points=6, solver="exact")
    text = config.read_text()
    for name, metrics in (("own", "takes, fills"), ("ours", "fills")):
        config.write_text(text + f"run: {{metrics: [{metrics}]}}\n")
        sweep_lib.good(ours, "sweep", config, "-o", work / name)
    own, plain = (columns(next((work / name / "units").glob("*.h5"))) for name in ("own", "ours"))
    want = plain["market_shares"] + plain["cleanup_shares"] + plain["unwound_shares"]
    test.expect(numpy.array_equal(own["taken_shares"], want) and len(set(want.tolist())) > 1, "taken_shares")
    test.expect("taken_shares" not in plain, "only where it is asked for")
    refused = sweep_lib.call(build / "sorsweep", "plan", config, "--set", "run.metrics=[takes]")
    test.expect(refused.returncode == 2 and "takes" in refused.stderr, refused.stderr)


def check_verb(test, build, work, store):
    """The verb is one of the program's: in --help, with its options from the environment, with --json and exit codes."""
    ours = build / "example_verb"
    page = sweep_lib.good(ours, "--help").stdout
    test.expect("  rows     Count a store's rows by symbol and day" in page and "  sweep " in page, f"--help: {page}")
    page = sweep_lib.good(ours, "help", "rows").stdout
    test.expect("Usage: sorsweep rows STORE [OPTIONS]" in page and "--from DATE" in page, f"help rows: {page}")
    rows = len(columns(store / "PIP" / f"{DAY}.h5")["ts_event_ns"])
    counted = sweep_lib.good(ours, "rows", store)
    test.expect(counted.stdout == f"PIP {DAY} {rows}\n" and counted.stderr == "rows: 1 days\n", f"rows: {counted}")
    told = json.loads(sweep_lib.good(ours, "rows", store, "--json").stdout)
    test.expect(told == {"days": [{"symbol": "PIP", "day": DAY, "rows": rows}]}, f"rows --json: {told}")
    later = sweep_lib.good("env", "SORSWEEP_FROM=2024-07-09", ours, "-q", "rows", store)
    test.expect(later.stdout == later.stderr == "", f"rows from a later day: {later}")
    for words, said in (((), "store is required: see sorsweep rows --help"), ((store, "--from", "x"), "--from x is not a date"),
                        ((store, "--fron", DAY), "sorsweep rows does not know «--fron»: did you mean «--from»?")):
        refused = sweep_lib.call(ours, "rows", *words)
        test.expect(refused.returncode == 2 and refused.stderr == f"sorsweep: {said}\n", f"rows {words}: {refused}")
    nothing = sweep_lib.call(ours, "--log-file", work / "log", "rows", work / "nothing", "--json")
    problem = json.loads(nothing.stdout)["error"]
    logged = (work / "log").read_text()
    test.expect(nothing.returncode == problem["exit_code"] == 3 and problem["problem"] in logged,
                f"no store: {nothing}, {logged}")
    test.expect(sweep_lib.call(build / "sorsweep", "rows", store).returncode == 2, "the plain program does not know the verb")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    args = parser.parse_args()
    shutil.rmtree(args.work, ignore_errors=True)
    args.work.mkdir(parents=True)
    test = sweep_lib.Checker()
    store = check_format(test, args.build, args.work)
    check_rejects(test, args.build, args.work)
    check_prices(test, args.build, args.work)
    check_metric(test, args.build, args.work, store)
    check_verb(test, args.build, args.work, store)
    test.end("an input format, a metric and a verb of one's own")


if __name__ == "__main__":
    main()
