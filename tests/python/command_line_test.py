#!/usr/bin/python3
"""Checks the manners of the command line: help, streams, JSON, terminals, pipes.

    command_line_test.py --program build/release/sorsweep --work DIR

--json is compared with the tables of docs/json.md, and --help with what terminals of several sizes show. The examples are run.
"""
import json
import os
import pathlib
import re
import shlex
import shutil
import signal
import subprocess

from docs.json_tables import check_object, documented
from sweep_lib import Checker, call, forget_settings, program_and_work
from terminal import have_terminals, on_terminal, widest

ROOT = pathlib.Path(__file__).resolve().parents[2]
VERBS = ("synth", "convert", "inspect", "verify", "plan", "sweep", "merge", "report", "status", "replay")
SLICED = """\
store: {store}
symbols: [MAN]
days: all
router: cont_kukanov
order: {{side: buy, shares: 6000, start: "10:00", end: "15:00", slice: 30m, lot: 100}}
grid:
  lambda_over: {{linear: [0.004, 0.09], points: 4}}
  lambda_under: {{linear: [0.004, 0.11], points: 4}}
  theta_queue: {{linear: [0, 0.005], points: 3}}
model: {{samples: 60, sample_stride: 10s, venues_max: 3}}
structural: {{venues_max: [2, 3]}}
"""
EVENTS = """\
store: {store}
symbols: [MAN]
days: all
router: notebook
order: {{side: buy, shares: 5000}}
grid: {{lambda_over: {{linear: [0.0005, 0.01], points: 5}}, lambda_under: 0.001, theta_queue: 0}}
"""
check = Checker()
expect = check.expect


# --- help -------------------------------------------------------------------------------------------------------------

def check_help(program):
    for verb in ("", *VERBS, "help"):
        words = [program, *([verb] if verb else []), "--help"]
        done = call(*words)
        expect(done.returncode == 0 and done.stderr == "", f"{verb} --help: {done.returncode}, {done.stderr}")
        expect(widest(done.stdout) <= 80, f"{verb} --help is {widest(done.stdout)} columns wide")
        most = 24 if verb in ("", "synth", "inspect", "verify", "plan", "replay", "merge", "report", "status") else 30
        expect(len(done.stdout.splitlines()) <= most, f"{verb} --help has {len(done.stdout.splitlines())} lines")
        expect("(Env:" not in done.stdout and ("SORSWEEP_" in done.stdout) == (verb == ""), f"{verb} --help: environment")
        if verb:
            expect(call(program, "help", verb).stdout == done.stdout, f"help {verb}")
            expect(call(program, verb, "-h").stdout == done.stdout, f"{verb} -h")
            if verb != "help":
                expect(f"  {verb} " in call(program, "--help").stdout, f"--help lists {verb}")
        for columns, least, most in ((62, 55, 62), (40, 55, 60), (95, 81, 95), (300, 81, 100)):
            text = on_terminal(*words, columns=columns)[1]
            expect(widest(text) <= most, f"{verb} --help at {columns} columns: {widest(text)}")
            expect(verb not in ("sweep", "convert") or widest(text) >= least,
                   f"{verb} --help at {columns}: narrow, {widest(text)}")
    expect(widest(call(program, "sweep", "--help", env={**os.environ, "COLUMNS": "64"}).stdout) <= 64, "COLUMNS")
    expect("(default: 100000)" in call(program, "synth", "--help").stdout, "defaults are shown")
    for words in ([], ["-v"]):
        none = call(program, *words)
        expect(none.returncode == 2 and none.stdout == "" and none.stderr.startswith(call(program, "--help").stdout)
               and none.stderr.endswith("a verb is needed: see sorsweep --help\n"), f"no verb: {none}")


def examples_of(program, *words):
    text = call(program, *words, "--help").stdout
    block = re.split(r"^Examples?:\n", text, flags=re.M)[1].replace("\\\n", " ")
    return [line.strip() for line in block.splitlines() if line.startswith("  ")]


def check_examples(program, work):
    """Runs all examples in the order of the verbs, as a user would type them. The `sorsweep` of this shell adds --rows, so that
    days are short."""
    folder = work / "examples"
    folder.mkdir()
    shutil.copytree(ROOT / "configs", folder / "configs")
    (folder / "bin").mkdir()
    wrapper = folder / "bin" / "sorsweep"
    wrapper.write_text(f"""#!/bin/bash
if [ "$1" = synth ] && [[ " $* " != *" --rows "* ]]; then set -- "$@" --rows 20000 --days 2; fi
if [ "$1" = sweep ] || [ "$1" = plan ]; then
  set -- "$@" --set model.samples=50 --set grid.theta_queue=0
fi
exec {shlex.quote(str(program))} "$@"
""")
    wrapper.chmod(0o755)
    path = {**os.environ, "PATH": f"{folder / 'bin'}:{os.environ['PATH']}"}
    all_of = [(verb, line) for verb in ("", *VERBS, "help") for line in examples_of(program, *([verb] if verb else []))]
    expect(len(all_of) >= 15, f"{len(all_of)} examples")
    for verb, line in all_of:
        if verb == "convert" and "zstdcat" not in line:
            line += " --force"  # the main page's has made it
        if verb == "merge":
            (folder / "runs" / "first" / "best.json").unlink()
        done = call("bash", "-c", "set -o pipefail; " + line, cwd=folder, env=path)
        expect(done.returncode == 0, f"example of «{verb}»: {line}: {done.returncode}: {done.stderr}")


# --- streams and exit codes ---------------------------------------------------------------------------------------------

def check_words(program, work):
    wrong = {
        ("swep", "x"): "did you mean «sweep»",
        ("sweep", "c.yaml", "--thread", "2"): "did you mean «--threads»",
        ("--threads", "2", "sweep", "c.yaml"): "put it after the verb",
        ("help", "swep"): "did you mean «sweep»",
        ("--log-file", work / "sweep", "verfy", "x"): "did you mean «verify»",
    }
    for words, part in wrong.items():
        done = call(program, *words)
        expect(done.returncode == 2 and done.stdout == "" and part in done.stderr, f"{words}: {done}")
    for words in (("--log-file", work / "log", "verify", work / "nothing"), ("-v", "verify", "sweep", "-q")):
        done = call(program, *words, cwd=work)
        expect(done.returncode == 3 and "there is no .h5 file" in done.stderr, f"an option's value may be a verb: {done}")
    done = call(program, "--log-file", "sweep", "inspect", work / "store", cwd=work)
    expect(done.returncode == 0 and (work / "sweep").is_file(), f"--log-file sweep inspect: {done}")


def check_version(program):
    done = call(program, "--version")
    expect(re.match(r"sorsweep \d+\.\d+\.\d+ \([0-9a-z]+, .*\)\n", done.stdout) and done.stderr == "", f"--version: {done}")
    expect(widest("\n".join(x for x in done.stdout.splitlines() if not x.startswith("flags"))) <= 100, "--version is wide")
    facts = json.loads(call(program, "--version", "--json").stdout)
    libraries = facts["libraries"]
    import h5py
    import zlib
    linked = call("ldd", program).stdout
    for library, pattern in (("HDF5", r"libhdf5"), ("oneTBB", r"libtbb"), ("zstd", r"libzstd"), ("zlib", r"libz\.so")):
        expect(re.search(pattern, linked), f"{library} is linked")
    expect(libraries["HDF5"] == h5py.version.hdf5_version, f"HDF5 {libraries['HDF5']}, h5py says {h5py.version.hdf5_version}")
    expect(libraries["zlib"] == zlib.ZLIB_RUNTIME_VERSION, f"zlib {libraries['zlib']}")
    for library, version in libraries.items():
        expect(re.fullmatch(r"[0-9][0-9.a-z]*", version), f"the version of {library} is «{version}»")
    flags = pathlib.Path("/proc/cpuinfo").read_text().split("flags", 1)
    if len(flags) == 2:
        known = {"bmi": "bmi1"}
        has = set(flags[1].splitlines()[0].split())
        told = facts["cpu"]["features"]
        expect(all((known.get(name, name) in has) == is_there for name, is_there in told.items()), f"CPU {told}")
        expect({"avx2", "bmi2", "fma", "avx512f"} <= set(told), "features that matter")
    for name, version in libraries.items():
        expect(f"{name} {version}" in done.stdout, f"--version lacks {name}")


# --- JSON -------------------------------------------------------------------------------------------------------------

class JsonVerbs:
    def __init__(self, program):
        self.program, self.tables, self.seen = program, documented(ROOT / "docs" / "json.md"), {}

    def check(self, table, *words, exit_code=0, env=None):
        """Runs a command with and without --json. The exit code must be the same, and --json must print one object and
        nothing else."""
        done = call(self.program, *words, "--json", env=env)
        expect(done.returncode == exit_code, f"{words} --json ends with {done.returncode}, not {exit_code}: {done.stderr}")
        try:
            value = json.loads(done.stdout)
        except json.JSONDecodeError as error:
            expect(False, f"{words} --json prints no JSON ({error}): {done.stdout[:300]!r}")
            return {}
        expect(isinstance(value, dict), f"{words}: one object")
        check_object(expect, " ".join(map(str, words[:2])), value, self.tables[table], self.seen.setdefault(table, set()))
        expect("{" not in done.stderr, f"{words}: standard error has text, not {done.stderr}")
        return value

    def error(self, *words, exit_code, **options):
        plain = call(self.program, *words, **options)
        told = call(self.program, *words, "--json", **options)
        expect(plain.returncode == told.returncode == exit_code, f"{words}: {plain.returncode}, with --json {told.returncode}")
        expect(plain.stdout == "" and told.stderr == plain.stderr, f"{words}: other texts with --json: {told.stderr}")
        value = json.loads(told.stdout)
        check_object(expect, f"error of {words}", value, self.tables["error"], self.seen.setdefault("error", set()))
        error = value["error"]
        text = error["problem"] + (f" ({error['why']})" if error["why"] else "") + (f": {error['remedy']}"
                                                                                    if error["remedy"] else "")
        expect(error["exit_code"] == exit_code and plain.stderr.endswith(f"sorsweep: {text}\n"),
               f"{words}: {error}, {plain.stderr}")

    def unseen(self):
        return sorted(f"{table}: {row[0]}" for table, rows in self.tables.items() for row in rows
                      if row[0] not in self.seen.get(table, set()))


def check_data_verbs(verbs, work):
    made = verbs.check("synth", "synth", "-o", work / "csv", "--days", 3, "--venues", 3, "--rows", 4000, "--symbol", "MAN",
                       "--seed", 2**64 - 1)
    expect(made["seed"] == 2**64 - 1, "64 bits")
    expect([d["day"] for d in made["days"]] == ["2024-07-08", "2024-07-09", "2024-07-10"], f"days {made['days']}")
    expect(all(pathlib.Path(d["file"]).stat().st_size == d["bytes"] for d in made["days"]), "bytes of the files")
    first = pathlib.Path(made["days"][0]["file"])
    lines = first.read_text().splitlines()
    bad = lines[1].split(",")
    bad[lines[0].split(",").index("bid_px_00")] = "x"
    first.write_text("\n".join([*lines, ",".join(bad)]) + "\n")
    stored = verbs.check("convert", "convert", work / "csv", "-o", work / "store")
    expect(sum(s["rows_read"] for s in stored["sources"]) == 12001 and sum(d["rows"] for d in stored["days"]) == 12000, "rows")
    expect(sum(stored["rejects"].values()) == 1, f"rejects {stored['rejects']}")
    seen = verbs.check("inspect", "inspect", work / "store")
    expect([d["rows"] for d in seen["days"]] == [4000] * 3 and seen["days"][0]["day"] == "2024-07-08", f"{seen['days']}")
    same = ("symbol", "day", "file", "rows", "publishers", "locked", "crossed", "one_sided", "stale", "bytes")
    expect([[d[k] for k in same] for d in seen["days"]] == [[d[k] for k in same] for d in stored["days"]], "convert = inspect")
    expect(verbs.check("verify", "verify", work / "store") == {"files": 3, "whole": 3, "damaged": []}, "verify")
    broken = work / "broken"
    shutil.copytree(work / "store", broken)
    victim = next(broken.rglob("*-09.h5"))
    content = bytearray(victim.read_bytes())
    content[len(content) // 2] ^= 1
    victim.write_bytes(content)
    found = verbs.check("verify", "verify", broken, exit_code=4)
    expect((found["whole"], [d["file"] for d in found["damaged"]]) == (2, [str(victim)]), f"damaged: {found}")


def check_run_verbs(verbs, work):
    for name, text in (("sliced", SLICED), ("events", EVENTS)):
        config = work / f"{name}.yaml"
        config.write_text(text.format(store=work / "store"))
        run = work / name
        verbs.check("plan", "plan", config)
        verbs.check("init", "sweep", config, "-o", run, "--init")
        one = verbs.check("shard", "sweep", config, "-o", run, "--shard", "1/2")
        expect(one["units"] == one["units_computed"] > 0, f"shard {one}")
        half = verbs.check("status", "status", run, "--shards", 2)
        expect(half["missing_shards"] == [2] and half["done"] == one["units"], f"half of the run: {half}")
        verbs.error("merge", run, exit_code=6)
        verbs.check("shard", "sweep", config, "-o", run, "--shard", "2/2")
        best = verbs.check("sweep", "merge", run)
        for words in (("report", run), ("sweep", config, "-o", run)):
            expect(verbs.check("sweep", *words) == best, f"{words[0]} prints what merge does")
        expect(best == json.loads((run / "best.json").read_text()), "best.json")
        verbs.check("status", "status", run, env={**os.environ, "SORSWEEP_JSON": "true"})
    point = "lambda_over=0.02,lambda_under=0.02,theta_queue=0"
    for run, extra in (("sliced", ",venues_max=2"), ("events", "")):
        plain = call(verbs.program, "replay", work / run, "--point", point + extra)
        told = verbs.check("replay", "replay", work / run, "--point", point + extra)
        rows = [row.split(",") for row in plain.stdout.splitlines()]
        log = [entry for day in told["days"] for entry in day["log"]]
        expect(len(log) == len(rows) - 1 > 0 and all(list(e) == rows[0] for e in log), f"replay of {run}: {len(log)} rows")
        for entry, row in zip(log, rows[1:]):
            for value, cell in zip(entry.values(), row):
                same = value is None and cell == "" or (value == cell if isinstance(value, str) else value is not None
                                                        and value == float(cell))
                expect(same, f"replay: {value!r} is not {cell!r}")
    out = verbs.check("replay", "replay", work / "events", "--point", point, "-o", work / "log.csv")
    expect(out["out"] == str(work / "log.csv") and (work / "log.csv").read_text() == plain.stdout, "replay -o --json")


def check_errors(verbs, work):
    verbs.error(exit_code=2)
    verbs.error("swep", "x", exit_code=2)
    verbs.error("sweep", "x", "--thread", "2", exit_code=2)
    verbs.error("sweep", exit_code=2)
    verbs.error("sweep", work / "nope.yaml", exit_code=2)
    verbs.error("sweep", work / "sliced.yaml", "--mem", "1KiB", "-o", work / "small", exit_code=5)
    for verb in ("convert", "inspect", "verify", "replay", "status", "report", "merge"):
        more = {"convert": ("-o", work / "s"), "replay": ("--point", "lambda_over=1")}.get(verb, ())
        verbs.error(verb, work / "nope", *more, exit_code=3)
    verbs.error("synth", "-o", "/proc/nope", exit_code=5)
    verbs.error("plan", work / "nope.yaml", exit_code=2)
    verbs.error("convert", work / "csv", "-o", work / "store", exit_code=2)


def check_json(program, work):
    verbs = JsonVerbs(program)
    check_data_verbs(verbs, work)
    check_run_verbs(verbs, work)
    check_errors(verbs, work)
    verbs.check("version", "--version")
    # Of processes and failures: status_test. The others need more days, or worse ones, than this test has.
    may_lack = {"sweep: best_parameters", "sweep: data_quality.skipped"}
    parts = ("status: processes[].slurm", "status: failed[]", "status: running[]", "sweep: audit.confounded[]",
             "sweep: out_of_sample.comparisons[]", "sweep: out_of_sample.overfitting.",
             "sweep: out_of_sample.walk_forward.skipped")
    lacks = [key for key in verbs.unseen() if key not in may_lack and not key.startswith(parts)]
    expect(not lacks, f"documented, and never printed here: {lacks}")


# --- bars and pipes -----------------------------------------------------------------------------------------------------

def check_bars(program, work):
    """Checks the progress bar of a synth: it is on a terminal only, not wider than it, and gone at the end."""
    big = ("synth", "-o", work / "big", "--days", 2, "--rows", 1_500_000, "--symbol", "BIG")
    code, sent = on_terminal(program, *big, resize=50)
    frames = [f for f in sent.split("\r\033[K") if f.strip()]
    drawn = [f for f in frames if "days" in f and "gone" in f]
    expect(code == 0 and len(drawn) >= 3, f"a bar on a terminal: {code}, {len(drawn)} frames of {len(sent)} letters")
    expect(all(len(f) <= 79 for f in drawn), f"the bar is wider than the terminal: {max(map(len, drawn), default=0)}")
    expect(drawn and len(drawn[-1]) <= 49, f"the bar follows the window: {drawn[-1:]}")
    expect(any("#" in f or "[." in f for f in drawn), f"a bar: {drawn[:2]}")
    expect("synth: 2 days" in frames[-1] and "\033" not in frames[-1], f"the message stands alone: {frames[-1]!r}")
    code, plain = on_terminal(program, "convert", work / "big", "-o", work / "bigstore", TERM="dumb")
    expect(code == 0 and "\033" not in plain and "gone" not in plain.split("\n")[0].replace("convert:", ""), "TERM=dumb: no bar")
    code, sent = on_terminal(program, "convert", work / "big", "-o", work / "bigstore", "--force", "--threads", 1)
    expect(code == 0 and "MiB of " in sent and "to go" in sent, f"convert has a bar: {sent[:200]!r}")
    code, quiet = on_terminal(program, "-q", "convert", work / "big", "-o", work / "bigstore", "--force", "--threads", 1)
    expect("gone" not in quiet and "\033" not in quiet, "-q: no bar")
    piped = call(program, "convert", work / "big", "-o", work / "bigstore", "--force", "--threads", 1,
                 env={**os.environ, "TERM": "xterm"})
    expect(piped.returncode == 0 and "\033" not in piped.stdout + piped.stderr and "\r" not in piped.stderr, "no bar in a pipe")
    shutil.rmtree(work / "big")
    shutil.rmtree(work / "bigstore")


def closed_pipe(program, *words):
    """Runs a command whose standard output nobody reads. Returns the exit code and standard error."""
    reader, writer = os.pipe()
    os.close(reader)
    process = subprocess.run(list(map(str, [program, *words])), stdout=writer, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writer)
    return process.returncode, process.stderr


def check_pipes(program, work):
    run = work / "piped"
    for words in (("--help",), ("inspect", work / "store"), ("-q", "sweep", work / "events.yaml", "-o", run)):
        code, told = closed_pipe(program, *words)
        expect(code == -signal.SIGPIPE and told == "", f"{words} into a closed pipe: {code}, {told}")
    expect(call(program, "verify", run).returncode == 0 and (run / "report.html").is_file(), "the run is whole all the same")
    expect((run / "best.json").read_bytes() == (work / "events" / "best.json").read_bytes(), "and the same")
    if pathlib.Path("/dev/full").exists():
        for words in (("--help",), ("--version",), ("inspect", work / "store", "--json")):
            with open("/dev/full", "w") as full:
                done = subprocess.run([str(program), *map(str, words)], stdout=full, stderr=subprocess.PIPE, text=True,
                                      check=False)
            expect(done.returncode == 5 and "standard output cannot be written" in done.stderr,
                   f"{words} onto a full disk: {done}")


def main():
    program, work = program_and_work(__doc__)
    forget_settings("COLUMNS", "NO_COLOR")
    have_terminals()
    check_help(program)
    check_version(program)
    check_json(program, work)
    check_words(program, work)
    check_pipes(program, work)
    check_bars(program, work)
    check_examples(program, work)
    shutil.rmtree(work)
    check.end("manners")


if __name__ == "__main__":
    main()
