#!/usr/bin/python3
"""How submit.sh submits, and what it refuses, on a real SLURM: submit_test.py --program SORSWEEP --work DIR

A cluster with MaxArraySize 5, so indices up to 4. Every run's folder has a space in its path.
"""
import subprocess

from cluster import Cluster, wait_until
from runs import PATIENCE_S, SLOW, SCRIPTS, Bench, Submitted, arguments, outputs, side_by_side

DAYS = 8


def check_refused(bench, cluster, job, code, words):
    """With nothing in the queue of what it may have submitted."""
    said = job.done.stdout + job.done.stderr
    bench.expect(job.done.returncode == code, f"{job.run.name}: {job.done.returncode}, not {code}: {said}")
    for word in words:
        bench.expect(word in said, f"{job.run.name}: does not say «{word}»: {said}")
    queued = [row for row in cluster.queue() if row[0].split("_")[0] in job.jobs() and row[1] != "COMPLETING"]  # cancelled
    bench.expect(not queued, f"{job.run.name}: in the queue: {queued}")


def refusals(bench, cluster):
    config = bench.config("refused", days=2)
    before = len(cluster.queue("-t", "all"))
    dry = Submitted(bench, cluster, config, "dry", "--dry-run", "--shards", 2)
    check_refused(bench, cluster, dry, 0, ["nothing was submitted", "sbatch"])
    bench.expect((dry.run / "slurm" / "array-0.sbatch").exists() and not dry.jobs(), "--dry-run writes the files alone")
    nowhere = Submitted(bench, cluster, config, "r 1", "--partition", "nope")
    check_refused(bench, cluster, nowhere, 2, ["invalid partition", "not submitted"])
    for options, words in {("--time", "1"): "is over before", ("--shards", "0"): "1 at least", ("--grace", "soon"): "no length",
                           ("--thread", "2"): "«--thread»", ("--", "-o", "x"): "-o is submit.sh's"}.items():
        check_refused(bench, cluster, Submitted(bench, cluster, config, "r 2", *options), 2, [words])
    bench.expect(not (bench.folder / "r 2").exists(), "a wrong option, and the run's folder is made")
    check_refused(bench, cluster, Submitted(bench, cluster, "nope.yaml", "r 3"), 2, ["nope.yaml is not there"])
    bench.expect(len(cluster.queue("-t", "all")) == before, "something was submitted")
    array_without_merge = Submitted(bench, cluster, config, "r 4", "--merge-mem", "99999G")
    check_refused(bench, cluster, array_without_merge, 2, ["Memory specification", "not submitted"])
    wait_until(array_without_merge.is_over, PATIENCE_S, "the array goes with its merge")


def packed_and_done_again(bench, cluster):
    """8 shards in 4 elements; then it is merged; a unit lost, it is computed and merged again; all there, merged alone."""
    config = bench.config("packed")
    job = Submitted(bench, cluster, config, "packed run", "--shards", 8).must_be_submitted().wait()
    bench.check_equals_local(job.run, config)
    bench.expect("elements 1-4" in job.done.stdout, f"not packed: {job.done.stdout}")
    shards = sorted(events[0]["shard"] for events in job.logs() if events[0].get("shard"))
    bench.expect(shards == [f"{i + 1}/8" for i in range(8)], f"shards {shards}")
    arrays = job.jobs("array")
    again = Submitted(bench, cluster, config, "packed run")
    bench.expect(again.done.returncode == 0 and "merged" in again.done.stdout and again.is_over(),
                 f"submitted again: {again.done.stdout}{again.done.stderr}")
    sorted((job.run / "units").glob("*.h5"))[3].unlink()
    lost = Submitted(bench, cluster, config, "packed run", "--shards", 8).must_be_submitted().wait()
    bench.expect(lost.jobs("array") not in ([], arrays), "a unit was lost, and no array submitted")
    bench.check_equals_local(job.run, config)


def merge_alone(bench, cluster):
    """All units are there: no array."""
    config = bench.config("alone", days=3)
    bench.local("sweep", config, "-o", "alone", "--shard", "1/1")
    job = Submitted(bench, cluster, config, "alone").must_be_submitted().wait()
    bench.expect(not job.jobs("array") and len(job.jobs("merge")) == 1, f"jobs {job.jobs()}, not one merge")
    bench.check_equals_local(job.run, config)


def damaged_unit(bench, cluster):
    """The merge says so, with the command that repairs it, and nothing is submitted again; repaired, it merges."""
    config = bench.config("damaged", days=3)
    bench.local("sweep", config, "-o", "damaged", "--shard", "1/1")
    unit = sorted((bench.folder / "damaged" / "units").glob("*.h5"))[1]
    flipped = bytearray(unit.read_bytes())
    flipped[len(flipped) // 2] ^= 4
    unit.write_bytes(flipped)
    job = Submitted(bench, cluster, config, "damaged").must_be_submitted().wait()
    said = outputs(job.run)
    bench.expect(job.merge_exit_code() == 4 and unit.name in said, f"{job.merge_exit_code()}, not 4:\n{said}")
    bench.expect(len(job.jobs()) == 1, f"jobs {job.jobs()}: more than the merge")
    repair = said[said.rindex("rm "):].splitlines()[0].replace("sorsweep sweep", f"'{bench.program}' sweep")
    subprocess.run(["bash", "-c", repair], cwd=bench.folder, check=True, capture_output=True)
    bench.check_equals_local(job.run, config)


def submitted_twice(bench, cluster):
    """At once: one is refused. Then, while its jobs are in the queue: refused. An edited config changes nothing for them. The
    jobs begin when all that is done."""
    config = bench.config("twice")
    command = [SCRIPTS / "submit.sh", config, "-o", "twice", "--shards", "4", "--sbatch=--begin=now+1hour"]
    both = [subprocess.Popen(command, cwd=bench.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                             env=cluster.environment(SORSWEEP=bench.program)) for _ in range(2)]
    said = [one.communicate()[0] for one in both]
    bench.expect(sorted(one.returncode for one in both) == [0, 2], f"{[one.returncode for one in both]}: {said}")
    third = Submitted(bench, cluster, config, "twice")
    reference = bench.single_process_run(config)
    (bench.folder / config).write_text("an edited config")
    bench.expect(third.done.returncode == 2 and "in the queue" in third.done.stderr,
                 f"submitted while it runs: {third.done.stdout}{third.done.stderr}")
    bench.expect(len(third.jobs()) == 2, f"jobs {third.jobs()}, not one array and one merge")
    for job in third.jobs():
        cluster.run("scontrol", "update", f"JobId={job}", "StartTime=now")
    third.wait()
    bench.expect(reference.exists(), "no reference")
    bench.check_equals_local(third.run, config)


def requeue_limit(bench, cluster):
    """Warned at each of its attempts: back into the queue once, then left to the merge, which submits it again."""
    config = bench.config("requeue", points=(80, 80, 25))
    job = Submitted(bench, cluster, config, "requeue", "--shards", 1, "--requeues", 1, "--grace", "1s", "--", *SLOW)
    array = job.must_be_submitted().jobs("array")[0]

    def has(attempt, event):
        logs = job.logs()
        return len(logs) > attempt and any(e["event"] == event for e in logs[attempt])

    for attempt in range(2):
        wait_until(lambda n=attempt: has(n, "unit_begin"), PATIENCE_S, "a unit begins", step=0.05)
        cluster.run("scancel", "--batch", "--signal=USR1", array)
        wait_until(lambda n=attempt: has(n, "end"), PATIENCE_S, "the attempt ends")
    job.wait()
    bench.check_equals_local(job.run, config)
    log = next((job.run / "slurm").glob(f"array-{array}_*.log")).read_text()
    for words, times in {"back into the queue": 1, "was requeued 1 times": 1}.items():
        bench.expect(log.count(words) == times, f"«{words}» not {times} times:\n{outputs(job.run)}")
    bench.expect(len(job.jobs("array")) == 2, f"arrays {job.jobs('array')}: what is missing is for a second one")


def main():
    args = arguments(__doc__)
    with Cluster(cpus=8, max_array=5) as cluster:
        bench = Bench(args.program, args.work, DAYS)
        refusals(bench, cluster)
        side_by_side([packed_and_done_again, merge_alone, damaged_unit, submitted_twice, requeue_limit], bench, cluster)()
    bench.end("submit.sh")


if __name__ == "__main__":
    main()
