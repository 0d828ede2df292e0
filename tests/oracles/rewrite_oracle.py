#!/usr/bin/python3
"""Writes oracle.json and oracle_log.csv of case folders again, by running the notebook's own code.

    rewrite_oracle.py CASE… [--seed-dir ../shared/seed] [--program build/release/sorsweep]

The tape is CASE/tape.csv. A case with a file synth_options has no tape in the repository: the program makes it, and its hash is
kept, so that the case can tell changed input from wrong results. The notebook does not get the rows without an ask.
"""
import argparse
import csv
import hashlib
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SEED_DIR = ROOT.parent / "shared" / "seed"
UNDEFINED = {"", "9223372036854775807"}


def copy_rows(source, target, keep=lambda cells: True):
    """Copies a CSV without touching the text of its cells. A row stays if its ask is defined and keep({column: cell}) is true.

    Returns how many rows were dropped for their ask alone.
    """
    dropped = 0
    with open(source, newline="", encoding="utf-8") as inp, open(target, "w", newline="", encoding="utf-8") as out:
        reader, writer = csv.reader(inp), csv.writer(out, lineterminator="\n")
        header = next(reader)
        writer.writerow(header)
        # The first of two equal header cells counts, as in pandas (FROG has ts_event twice).
        names = {name: i for i, name in reversed(list(enumerate(header)))}
        for row in reader:
            if not keep({name: row[i] for name, i in names.items()}):
                continue
            if row[names["ask_px_00"]] in UNDEFINED:
                dropped += 1
            else:
                writer.writerow(row)
    return dropped


def run_notebook(tape, json_path, log_path, seed_dir=SEED_DIR, shares=5000):
    """Runs the notebook on a tape without undefined asks, and returns its figures."""
    command = ["/usr/bin/python3", str(pathlib.Path(seed_dir) / "run_notebook.py"), str(tape), "--shares", str(shares),
               "--buy-log", str(log_path)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    pathlib.Path(json_path).write_text(done.stdout)
    return json.loads(done.stdout)


def make_tape(case, program, scratch):
    """Returns the tape of the case: its own file, or a day that is synthesised."""
    options = case / "synth_options"
    if not options.exists():
        return case / "tape.csv"
    if program is None:
        sys.exit(f"{case.name}: its tape is made by the program: give --program")
    subprocess.run([program, "synth", "-o", scratch / "csv", *options.read_text().split()], check=True)
    (tape,) = sorted((scratch / "csv").glob("*.csv"))
    digest = hashlib.sha256(tape.read_bytes()).hexdigest()
    (case / "tape.sha256").write_text(f"{digest}  tape.csv\n")
    return tape


def rewrite(case, program, seed_dir):
    scratch = pathlib.Path(tempfile.mkdtemp(prefix="sorsweep-oracle-"))
    try:
        dropped = copy_rows(make_tape(case, program, scratch), scratch / "tape.csv")
        figures = run_notebook(scratch / "tape.csv", case / "oracle.json", scratch / "log.csv", seed_dir)
        # The csv module ends lines with \r\n, which git would complain about.
        (case / "oracle_log.csv").write_bytes((scratch / "log.csv").read_bytes().replace(b"\r\n", b"\n"))
    finally:
        shutil.rmtree(scratch)
    print(f"{case.name}: {figures['executions']} executions, {dropped} rows without an ask, {figures['router_results']}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("cases", nargs="+", type=pathlib.Path)
    parser.add_argument("--seed-dir", type=pathlib.Path, default=SEED_DIR)
    parser.add_argument("--program", type=pathlib.Path)
    args = parser.parse_args()
    for case in args.cases:
        rewrite(case.resolve(), args.program and args.program.resolve(), args.seed_dir)


if __name__ == "__main__":
    main()
