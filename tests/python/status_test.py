#!/usr/bin/python3
"""Checks the verb status on a small run with event logs written by hand.

    status_test.py --program build/release/sorsweep --work DIR
"""
import datetime
import json
import os
import pathlib
import shutil
import socket
import subprocess

import sweep_lib
from sweep_lib import call

CONFIG = """\
store: {store}
symbols: [STA]
days: all
router: notebook
order: {{side: buy, shares: 5000}}
grid:
  lambda_over: {{linear: [0.0005, 0.01], points: 5}}
  lambda_under: 0.001
  theta_queue: 0
"""
NOW = datetime.datetime.now(datetime.timezone.utc)
checker = sweep_lib.Checker()
expect = checker.expect


def good(*command):
    return sweep_lib.good(*command).stdout


class HandLog:
    """Writes a log of RUN/logs. Times are seconds before now."""

    def __init__(self, folder, host, pid, ago, **fields):
        (folder / "logs").mkdir(exist_ok=True)
        self.path = folder / "logs" / f"20240708T100000Z-{host}-{pid}.jsonl"
        self.add("start", ago, host=host, pid=pid, threads=2, memory=10**9, units=3, command="sorsweep sweep c", **fields)

    def add(self, event, ago, **fields):
        time = (NOW - datetime.timedelta(seconds=ago)).isoformat().replace("+00:00", "Z")
        with self.path.open("a") as file:
            file.write(json.dumps({"event": event, "time": time, **fields}) + "\n")


def dead_process():
    process = subprocess.Popen(["true"])
    process.wait()
    return process.pid


def write_logs(folder, units):
    """Writes the logs: units[0] is computed, [1] is running, [2] has failed, and [3] was in work when its process vanished."""
    work = HandLog(folder, "n1", 11, 100, shard="1/2",
                   slurm={"job": "7", "array_job": "7", "task": "1", "restart": 0, "node": "n1"})
    work.add("unit_begin", 100, unit=units[0])
    work.add("unit", 50, unit=units[0], seconds=50, fresh=True, peak_memory=5000)
    work.add("unit_begin", 40, unit=units[1])
    with work.path.open("a") as file:
        file.write('{"event":"unit","time":"20')  # torn
    fails = HandLog(folder, "n2", 12, 90, shard="2/2")
    fails.add("unit_begin", 90, unit=units[2])
    fails.add("unit_failed", 80, unit=units[2], exit=3, error="no quotes (all are bad)", alone="sorsweep sweep c --set x=1")
    fails.add("end", 80, exit=3, units_computed=0, units_resumed=0, seconds=10, peak_memory=4000)
    lost = HandLog(folder, socket.gethostname(), dead_process(), 300, shard="")
    lost.add("unit_begin", 290, unit=units[3])
    (folder / "logs" / "notes.txt").write_text("no log")
    (folder / "logs" / "x.jsonl").write_bytes(b"\xff\x00\n[1]\nnull\n")


def check_json(status, units):
    counts = [status[key] for key in ("units", "done", "missing", "merged")]
    expect(counts == [4, 1, 3, False], f"counts {counts}")
    running = status["running"]
    expect([(r["unit"], r["host"], r["shard"]) for r in running] == [(units[1], "n1", "1/2")], f"running {running}")
    expect(40 <= running[0]["seconds"] < 100, f"seconds {running[0]}")
    failed = status["failed"]
    expect([(f["unit"], f["exit"], f["error"], f["alone"], f["host"], f["shard"]) for f in failed] ==
           [(units[2], 3, "no quotes (all are bad)", "sorsweep sweep c --set x=1", "n2", "2/2")], f"failed {failed}")
    states = {p["host"]: p["state"] for p in status["processes"]}
    expect(states == {"n1": "running", "n2": "ended", socket.gethostname(): "lost"}, f"states {states}")
    by_host = {p["host"]: p for p in status["processes"]}
    expect(by_host["n1"]["slurm"]["task"] == "1" and "slurm" not in by_host["n2"], "ids of SLURM")
    expect(by_host["n2"]["exit"] == 3 and by_host["n1"]["exit"] is None, "exit codes")
    expect(abs(status["busy_seconds"] - 50) < 1e-3, f"busy {status['busy_seconds']}")
    # 60 s of n1 until its last event, 10 s of n2, 10 s of the lost one
    expect(abs(status["efficiency"] - 50 / 80) < 1e-3, f"efficiency {status['efficiency']}")
    expect(0.3 < status["rate_per_minute"] <= 0.6, f"rate {status['rate_per_minute']}")
    expect(300 <= status["eta_seconds"] < 600, f"eta {status['eta_seconds']}")


def check_text(text, units):
    for words in ("units done  1 of 4 (25 %)", "running     1\n", "failed      1\n", "missing     3 (", "efficiency  62 %",
                  "1 running, 1 ended, 1 lost", f"{units[2]} on n2, shard 2/2, exit 3: no quotes (all are bad)\n",
                  "    alone: sorsweep sweep c --set x=1\n", f"  {units[1]}  n1    1/2"):
        expect(words in text, f"text lacks {words!r}:\n{text}")


def check_states(program, folder):
    """Checks other states of a run: merged without and with logs, without units, and no run at all."""
    done = json.loads(good(program, "status", folder, "--json"))
    expect((done["done"], done["missing"], done["merged"]) == (4, 0, True), "merged")
    expect(done["result_hash"] == json.loads((folder / "best.json").read_text())["result_hash"], "result hash")
    expect(done["rate_per_minute"] is None and done["eta_seconds"] is None, "a merged run has no rate")
    expect("merged" in good(program, "status", folder), "merged, as text")
    expect("missing_shards" not in done, "shards were not asked for")
    shared = json.loads(good(program, "status", folder, "--json", "--shards", 2))
    expect(shared["missing_shards"] == [], f"no shard lacks units: {shared['missing_shards']}")
    shutil.rmtree(folder / "units")
    lacking = json.loads(good(program, "status", folder, "--json", "--shards", 2))["missing_shards"]
    expect(lacking == [1, 2], f"both shards lack units: {lacking}")
    expect("shards that lack units  1,2\n" in good(program, "status", folder, "--shards", 2), "the same as text")
    (folder / "config.resolved.yaml").unlink()  # a run that is just being made
    shutil.rmtree(folder / "logs", ignore_errors=True)
    empty = json.loads(good(program, "status", folder, "--json"))
    expect((empty["done"], empty["missing"], empty["processes"]) == (0, 4, []), "without units and logs")
    expect(empty["efficiency"] is None, "no logs, no efficiency")
    no_run = call(program, "status", folder / "units")
    expect(no_run.returncode == 3 and "is no run" in no_run.stderr, f"no run: {no_run}")
    (folder / "manifest.json").write_text("{")
    expect(call(program, "status", folder).returncode == 4, "a damaged manifest")


def check_pid_namespaces(program, config, run):
    """Checks that only pids of the own pid namespace and boot are judged. The logs are those of real processes, cut off as if
    they had not ended, under a pid that no process has here."""
    sweep = (program, "-q", "sweep", config, "-o", run)
    right = ["lost"]
    good(*sweep)
    if call("unshare", "--pid", "--fork", *sweep).returncode == 0:
        right.append("running")
    else:
        print("not tried: pid namespaces are not permitted here")
    logs, pid = sorted((run / "logs").iterdir(), key=lambda log: log.stat().st_mtime_ns), dead_process()
    starts = [{**json.loads(log.read_text().splitlines()[0]), "pid": pid} for log in logs]

    def states():
        for log, start in zip(logs, starts, strict=True):
            log.write_text(json.dumps(start) + "\n")
        return [p["state"] for p in json.loads(good(program, "status", run, "--json"))["processes"]]

    boot = pathlib.Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    here = f"{boot}/{os.stat('/proc/self/ns/pid').st_ino}"
    expect(starts[0]["pid_namespace"] == here, f"the pid namespace is {here}: {starts[0]}")
    expect(states() == right, f"the states of processes in two pid namespaces are {right}: {states()}")
    starts[0]["pid_namespace"] = here.replace(boot, boot[::-1])
    expect(states()[0] == "running", f"a process of another boot: {states()}")
    del starts[0]["pid_namespace"]
    expect(states()[0] == "lost", f"a process of an earlier version: {states()}")


def main():
    program, work = sweep_lib.program_and_work(__doc__)
    sweep_lib.forget_settings()
    good(program, "-q", "synth", "-o", work / "csv", "--days", 4, "--venues", 3, "--rows", 3000, "--symbol", "STA")
    good(program, "-q", "convert", work / "csv", "-o", work / "store")
    (work / "c.yaml").write_text(CONFIG.format(store=work / "store"))
    good(program, "-q", "sweep", work / "c.yaml", "-o", work / "run")
    units = sorted(p.name for p in (work / "run" / "units").iterdir())
    names = ["STA " + name.removeprefix("STA-")[:10] for name in units]
    partial = work / "partial"
    shutil.copytree(work / "run", partial)
    manifest = json.loads((partial / "manifest.json").read_text())
    (partial / "manifest.json").write_text(json.dumps({**manifest, "result_hash": ""}))
    for name in units[1:]:
        (partial / "units" / name).unlink()
    shutil.rmtree(partial / "logs", ignore_errors=True)
    write_logs(partial, names)
    check_json(json.loads(good(program, "status", partial, "--json")), names)
    check_text(good(program, "status", partial), names)
    check_states(program, work / "run")
    check_pid_namespaces(program, work / "c.yaml", work / "pids")
    checker.end("status")


if __name__ == "__main__":
    main()
