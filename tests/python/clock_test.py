#!/usr/bin/python3
"""Checks status where clocks are an hour off: those of hosts that compute, and that of the host that asks.

    clock_test.py --program build/release/sorsweep --work DIR

All times are put on the clock that the hosts share, that of the run's file system. tests/support/faults.c sets clocks wrong.
"""
import datetime
import json
import shutil

import faults
import sweep_lib
from sweep_lib import good

HOUR = 3600
NEAR = 600  # seconds: far more than this test takes, far less than the clocks are off
checker = sweep_lib.Checker()
expect = checker.expect


def seconds_ago(text):
    moment = datetime.datetime.fromisoformat(text[:26].rstrip("Z") + "+00:00")
    return (datetime.datetime.now(datetime.timezone.utc) - moment).total_seconds()


def check_computing_hosts(lab, program, config, run):
    """Lets three processes compute, with clocks that are right, ahead and behind."""
    for i, ahead in ((1, 0), (2, HOUR), (3, -HOUR)):
        done, _ = lab.call("sweep", config, "-o", run, "--shard", f"{i}/3", "-q", CLOCK_AHEAD=ahead)
        expect(done.returncode == 0, f"a shard with a wrong clock: {done.stderr}")
    status = json.loads(good(program, "status", run, "--json").stdout)
    found = {round(process.get("clock_ahead_seconds", 0) / HOUR, 1) for process in status["processes"]}
    expect(found == {0, 1, -1}, f"clocks are {found} hours ahead")
    for process in status["processes"]:
        for key in ("started", "last"):
            expect(abs(seconds_ago(process[key])) < NEAR, f"shard {process['shard']} {key} {process[key]}")
    text = good(program, "status", run).stdout
    expect("1h00m ahead" in text or "1h00m behind" in text, f"clocks are named: {text}")


def check_asking_host(lab, run, unit):
    """Asks for a run on which another host works, with clocks that are right, ahead and behind."""
    now = datetime.datetime.now(datetime.timezone.utc)

    def at(ago):
        return (now - datetime.timedelta(seconds=ago)).isoformat().replace("+00:00", "Z")

    (run / "units" / unit).unlink()
    shutil.rmtree(run / "logs")
    (run / "logs").mkdir()
    name = unit[:3] + " " + unit[4:14]
    events = ({"event": "start", "time": at(400 - HOUR), "file_time": at(400), "host": "n1", "pid": 1, "threads": 1, "units": 3},
              {"event": "unit", "time": at(300 - HOUR), "unit": "SHA 2024-07-08", "seconds": 100, "fresh": True},
              {"event": "unit_begin", "time": at(200 - HOUR), "unit": name})
    (run / "logs" / "a.jsonl").write_text("".join(json.dumps(event) + "\n" for event in events))
    for ahead in (0, HOUR, -HOUR):
        done, _ = lab.call("status", run, "--json", CLOCK_AHEAD=ahead)
        status = json.loads(done.stdout)
        seconds = [one["seconds"] for one in status["running"]]
        expect(len(seconds) == 1 and 200 <= seconds[0] < 200 + NEAR, f"a clock {ahead} s ahead: the unit runs for {seconds} s")
        # One unit in 400 s, or a little less if the machine is slow.
        expect(status["rate_per_minute"] and 0.06 < status["rate_per_minute"] <= 0.15,
               f"a clock {ahead} s ahead: {status['rate_per_minute']} units a minute")
    expect(not list((run / "logs").glob(".*")), "status leaves a file")


def main():
    program, work = sweep_lib.program_and_work(__doc__)
    sweep_lib.forget_settings()
    sweep_lib.make_store(program, work, 3, rows=1000)
    config, run = sweep_lib.write_config(work / "c.yaml", work / "store", points=3, samples=20, theta=2), work / "run"
    lab = faults.Faults(program, work)
    check_computing_hosts(lab, program, config, run)
    check_asking_host(lab, run, sorted(sweep_lib.units(run))[2])
    checker.end("clocks")


if __name__ == "__main__":
    main()
