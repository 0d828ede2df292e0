"""Table 3 shows what it costs to cut a run into shards and to merge them."""
import measure
import plots
from jobs import result_hash
from tables import Column, Table

COUNTS = (1, 2, 4, 8)


def columns():
    return [Column("way", "way", is_name=True), Column("wall", "wall s", "seconds"), Column("shards", "shards s", "seconds"),
            Column("merge", "merge s", "seconds"), Column("overhead", "over one process", "percent"), Column("cpu", "CPU s", "seconds"),
            Column("peak", "peak MiB", "mib"), Column("hash", "result hash", "hash")]


def sharded(jobs, config, count, threads):
    """Runs all shards one after another, then the merge. Returns the seconds of the shards, of the merge and of everything."""
    folder = jobs.fresh("run")
    options = ("-o", folder, "--threads", threads)
    parts = [measure.run(jobs.program, "sweep", config, *options, "--shard", f"{i}/{count}") for i in range(1, count + 1)]
    merge = measure.run(jobs.program, "merge", folder, "--threads", threads)
    parts_seconds = sum(p.seconds for p in parts)
    every = measure.Run(parts_seconds + merge.seconds, sum(p.cpu for p in [*parts, merge]), max(p.peak_mib for p in [*parts, merge]), "", "")
    every.parts, every.merge, every.hash = parts_seconds, merge.seconds, result_hash(folder)
    return every


def make(jobs, folder):
    threads = 2
    days = 2 if jobs.is_quick else 8
    counts = COUNTS[:2] if jobs.is_quick else COUNTS
    table = Table("shards", "one run in shards, one after the other, and merged", [
        f"{days} days, {'125' if jobs.is_quick else 'a million'} points, {threads} threads a process. Each shard is a process of its own: it reads the config, checks the run",
        "folder, computes its units. Merge checks all units, reduces, and writes what one process writes at its end."], columns())
    store = jobs.store(days, 4000 if jobs.is_quick else 100_000)
    config = jobs.config("shards", store, 125 if jobs.is_quick else 10**6)
    ways = {"one process": lambda: jobs.sweep(config, threads)}
    for count in counts:
        ways[f"{count} shards, merged"] = lambda count=count: sharded(jobs, config, count, threads)
    results = measure.in_turn(ways, jobs.most())
    whole = measure.seconds_of(results["one process"])["median"]
    for way, runs in results.items():
        seconds = measure.seconds_of(runs)
        more = {} if way == "one process" else {"shards": measure.spread(r.parts for r in runs), "merge": measure.spread(r.merge for r in runs),
                                                "overhead": seconds["median"] / whole - 1}
        table.row(way=way, wall=seconds, cpu=measure.cpu_of(runs), peak=measure.peak_of(runs), hash=runs[0].hash, **more)
    measure.only((r.hash for runs in results.values() for r in runs), "result hashes of shards and of one process")
    table.found.append("any number of shards: the result hash of one process")
    table.plots.append(plots.bars(folder, "shards", "One run in shards, with the merge", "wall seconds",
                                  {row["way"]: row["wall"] for row in table.rows}))
    return [table]
