#!/usr/bin/python3
"""submit.sh on a real SLURM of three nodes gives the bytes of one process: equal_test.py --program SORSWEEP --work DIR

24 units in 8 shards, each node at work; 4 long units, which the plan cuts; 8 shards that become 5 half-way; and what an
element makes of the cores and the memory that SLURM gives it.
"""
from cluster import Cluster, wait_until
from runs import PATIENCE_S, SLOW, Bench, Submitted, arguments, side_by_side

DAYS = 24
LONG = {"points": (100, 100, 100), "slices": "1m, lot: 10"}  # more than the plan leaves in one unit
MIB = 1 << 20


def many_units(bench, cluster):
    config = bench.config("many")
    job = Submitted(bench, cluster, config, "many run", "--shards", 8).must_be_submitted().wait()
    bench.check_equals_local(job.run, config)
    nodes = {facts["NodeList"] for facts in cluster.job_facts(job.jobs("array")[0])}
    bench.expect(nodes == set(cluster.names), f"the elements ran on {sorted(nodes)}")
    bench.expect(len(job.jobs()) == 2, f"jobs {job.jobs()}: all was there after the first round")


def long_units(bench, cluster):
    config = bench.config("long", days=4, **LONG)
    job = Submitted(bench, cluster, config, "long", "--shards", 8).must_be_submitted().wait()
    bench.check_equals_local(job.run, config)
    bench.expect(len(job.units()) > 4, f"4 days are {len(job.units())} units: not cut")


def change_of_shards(bench, cluster):
    """Cancelled at work, and submitted again in other parts. Only two of eight elements may begin, so that however fast they
    are, some units are missing."""
    config = bench.config("half", points=(100, 80, 50))
    first = Submitted(bench, cluster, config, "half", "--shards", 8, "--grace", "1s", "--sbatch=--begin=now+1hour", "--",
                      *SLOW).must_be_submitted()
    array = first.jobs("array")[0]
    cluster.run("scontrol", "update", f"JobId={array}_1,{array}_2", "StartTime=now")
    wait_until(first.units, PATIENCE_S, "a first unit", step=0.02)
    cluster.run("scancel", *first.jobs())
    first.wait()
    before = first.units()
    bench.expect(0 < len(before) < DAYS, f"{len(before)} units were there before the shards changed")
    second = Submitted(bench, cluster, config, "half", "--shards", 5, "--", *SLOW).must_be_submitted().wait()
    bench.check_equals_local(second.run, config)
    kept = {name: seen for name, seen in second.units().items() if name in before}
    bench.expect(kept == before, "units that were there were computed again")


def what_slurm_gives(bench, cluster):
    """threads of --cpus, three quarters of --mem."""
    config = bench.config("given", days=3)
    job = Submitted(bench, cluster, config, "given", "--shards", 2, "--cpus", 3, "--mem", "1000M").must_be_submitted().wait()
    bench.check_equals_local(job.run, config)
    starts = [events[0] for events in job.logs() if events[0].get("shard")]
    bench.expect(len(starts) == 2, f"{len(starts)} logs of shards")
    for start in starts:
        bench.expect(start["threads"] == 3, f"--cpus 3: {start['threads']} threads")
        bench.expect(start["memory"] == 750 * MIB, f"--mem 1000M: a budget of {start['memory'] / MIB} MiB")


def main():
    args = arguments(__doc__)
    with Cluster(cpus=8) as cluster:
        bench = Bench(args.program, args.work, DAYS)
        side_by_side([many_units, long_units, change_of_shards, what_slurm_gives], bench, cluster)()
    bench.end("cluster against one process")


if __name__ == "__main__":
    main()
