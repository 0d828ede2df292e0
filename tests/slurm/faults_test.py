#!/usr/bin/python3
"""What goes wrong on a cluster, on a real SLURM of three nodes: faults_test.py --program SORSWEEP --work DIR

A node killed, a node cut off whose job lives on, an element cancelled, one requeued, a time limit too short: the run
completes without a person and gives the bytes of one process. A unit that always fails: exit code 6 after --rounds rounds,
and status says which, why, and how to run it alone. All in one cluster at the same time.
"""
import csv
import json
import shlex
import shutil
import subprocess

from cluster import Cluster, wait_until
from runs import PATIENCE_S, SLOW, SCRIPTS, Bench, Submitted, arguments, outputs, side_by_side

DAYS = 16
SECONDS_LONG = (100, 80, 64)  # points: a unit takes brute force some seconds, alone on a core


def attempts(job):
    """{shard: [(restart, how it ended)]}: the exit code, or None for a process that ended without a word."""
    found = {}
    for events in job.logs():
        if events and events[0].get("shard"):
            ended = [e["exit"] for e in events if e["event"] == "end"]
            restart = int(events[0]["slurm"].get("restart") or 0)
            found.setdefault(events[0]["shard"], []).append((restart, ended[0] if ended else None))
    return {shard: sorted(tries, key=str) for shard, tries in found.items()}


def a_unit_begins(job, node=None):
    def begun():
        nodes = [node] if node else job.cluster.names
        return [unit for name in nodes for unit in job.units_begun_on(name)]

    return wait_until(begun, PATIENCE_S, f"a unit of {job.run.name} begins on {node or 'any node'}", step=0.05)


def check_completed(bench, job):
    bench.check_equals_local(job.run, job.config)
    left = [p.name for p in (job.run / "units").iterdir() if p.name.startswith(".")]
    bench.expect(not left, f"{job.run.name}: left behind in units: {left}")


def cancelled_element(bench, cluster):
    config = bench.config("cancelled", days=6, points=SECONDS_LONG)
    job = Submitted(bench, cluster, config, "cancelled", "--shards", 2, "--sbatch=--nodelist=n1", "--", *SLOW)
    a_unit_begins(job.must_be_submitted())
    element = job.elements()[0][0]
    cluster.run("scancel", element)
    job.wait()
    check_completed(bench, job)
    log = job.run / "slurm" / f"array-{element}.log"
    bench.expect("back into the queue" not in log.read_text(), f"cancelled, and requeued itself:\n{outputs(job.run)}")
    bench.expect(len(job.jobs("array")) == 2, f"arrays {job.jobs('array')}: the cancelled shard is for a second one")


def requeued_element(bench, cluster):
    config = bench.config("requeued", days=6, points=SECONDS_LONG)
    job = Submitted(bench, cluster, config, "requeued", "--shards", 2, "--sbatch=--nodelist=n1", "--", *SLOW)
    a_unit_begins(job.must_be_submitted())
    cluster.run("scontrol", "requeue", job.elements()[0][0])
    job.wait()
    check_completed(bench, job)
    bench.expect(any(restart == 1 for tries in attempts(job).values() for restart, _ in tries),
                 f"no element ran a second time: {attempts(job)}")


def short_time_limit(bench, cluster):
    """SLURM looks at time limits twice a minute and warns up to a minute early: a job of one minute is warned within half. The
    grid grows until that is too short."""
    for points in (60, 180, 540):
        config = bench.config(f"limit{points}", points=(100, 80, points))
        job = Submitted(bench, cluster, config, f"limit{points}", "--shards", 1, "--time", 1, "--grace", "8s",
                        "--sbatch=--nodelist=n1", "--", *SLOW).must_be_submitted().wait()
        check_completed(bench, job)
        tries = [how for shard in attempts(job).values() for how in shard]
        if tries != [(0, 0)]:
            break
    bench.expect((0, 75) in tries, f"the first attempt was not stopped: {tries}")
    bench.expect(any(code == 0 for _, code in tries), f"no attempt ended it: {tries}")


def unit_that_fails(bench, cluster):
    """A day without trades, whose queues cannot be followed by them: its unit fails when it is run."""
    lacking = store_with_a_day_without_trades(bench)
    config = bench.config("fails", days=4, model=", queue_model: trades", store="lacking")
    job = Submitted(bench, cluster, config, "fails", "--shards", 3, "--rounds", 2).must_be_submitted().wait()
    bench.expect(job.merge_exit_code() == 6, f"the last merge ended with {job.merge_exit_code()}\n{outputs(job.run)}")
    bench.expect(len(job.jobs("array")) == 3, f"arrays {job.jobs('array')}, not the first and --rounds 2")
    bench.expect(not (job.run / "best.json").exists(), "best.json of a run that lacks a unit")
    bench.expect(len(job.units()) == 3, f"{sorted(job.units())}: the other units are not there")
    said = cluster.run(SCRIPTS / "status.sh", job.run, env={"SORSWEEP": bench.program}).stdout
    for word in (f"SYN {lacking}", "trade", "sorsweep sweep"):
        bench.expect(word in said, f"status.sh does not say «{word}»:\n{said}")
    status = json.loads(cluster.run(SCRIPTS / "status.sh", job.run, "--json", env={"SORSWEEP": bench.program}).stdout)
    failed = status["failed"][0]
    alone = shlex.split(failed["alone"])
    again = subprocess.run([bench.program, *alone[1:]], cwd=bench.folder, capture_output=True, text=True, check=False)
    bench.expect(failed["exit"] == again.returncode != 0 and lacking in again.stderr,
                 f"run alone, the unit ends with {again.returncode}, not {failed['exit']}: {again.stderr}")


def store_with_a_day_without_trades(bench):
    shutil.copytree(bench.folder / "csv", bench.folder / "lacking_csv")
    path = sorted((bench.folder / "lacking_csv").glob("*.csv"))[1]
    with path.open(newline="") as reading:
        rows = csv.DictReader(reading)
        kept = [row for row in rows if row["action"] != "T"]
    with path.open("w", newline="") as writing:
        output = csv.DictWriter(writing, rows.fieldnames, lineterminator="\n")
        output.writeheader()
        output.writerows(kept)
    bench.local("convert", "lacking_csv", "-o", "lacking", "--symbol", "SYN")
    return bench.days[1]


def submit_to(bench, cluster, name, node):
    """A run whose elements are on that node when it is lost, and may go anywhere else."""
    config = bench.config(name, days=12, points=(120, 80, 20))
    job = Submitted(bench, cluster, config, name, "--shards", 3, "--", *SLOW).must_be_submitted()
    a_unit_begins(job, node)
    return job


def check_lost_node(bench, job):
    job.wait()
    check_completed(bench, job)
    bench.expect(any(restart for tries in attempts(job).values() for restart, _ in tries),
                 f"{job.run.name}: no element ran a second time: {attempts(job)}")


def main():
    args = arguments(__doc__)
    with Cluster(cpus=8) as cluster:
        bench = Bench(args.program, args.work, DAYS)
        killed = submit_to(bench, cluster, "killed", "n2")
        cluster.kill_node("n2")
        cut_off = submit_to(bench, cluster, "cut_off", "n3")
        cluster.cut_off_node("n3")
        wait = side_by_side([cancelled_element, requeued_element, short_time_limit, unit_that_fails], bench, cluster)
        check_lost_node(bench, killed)
        check_lost_node(bench, cut_off)
        both = [tries for tries in attempts(cut_off).values() if len(tries) > 1]
        bench.expect(any(tries[0] == (0, 0) and tries[-1][1] == 0 for tries in both),
                     f"of the node that was cut off not both attempts ended: {attempts(cut_off)}")
        wait()
    bench.end("faults of a cluster")


if __name__ == "__main__":
    main()
