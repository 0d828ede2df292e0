"""Table 2 shows time against days, time against threads, and the share of a run that threads do not help."""
import os

import measure
import plots
from tables import Column, Table, fit_line, threads as in_words

SWAPPED = {"median": "median", "least": "most", "most": "least"}  # the longest time is the least speed


def thread_counts(cores):
    """Returns 1, 2, 4, … up to the number of cores, but at least two counts."""
    counts = [1, 2]
    while counts[-1] * 2 <= cores:
        counts.append(counts[-1] * 2)
    return counts


def serial_share(times):
    """Returns s of T(n) = T(1)·(s + (1 − s)/n) by least squares over {threads: seconds}."""
    a, b = fit_line([1 / n for n in times], list(times.values()))
    return a / (a + b)


def columns():
    return [Column("days", "days", "count", True), Column("threads", "threads", "count", True), Column("wall", "wall s", "seconds"),
            Column("cpu", "CPU s", "seconds"), Column("speedup", "speed-up", "ratio"), Column("efficiency", "of ideal", "percent"),
            Column("peak", "peak MiB", "mib"), Column("hash", "result hash", "hash")]


def days_range(store, count):
    """Returns the first days of the store."""
    last = sorted((store / "store" / "SYNTH").glob("*.h5"))[count - 1].stem
    return f"{{to: {last}}}"


def note_fits(table, days, threads, each):
    median = {(row["days"], row["threads"]): row["wall"]["median"] for row in table.rows}
    for n in threads:
        fixed, slope = fit_line(days, [median[d, n] for d in days])
        table.fits |= {f"fixed seconds {n} threads": fixed, f"seconds a day {n} threads": slope}
        table.found.append(f"{in_words(n)}: {fixed:.3f} s + {slope:.3f} s a day (least squares over {', '.join(map(str, days))} days)")
    share = serial_share({n: median[days[-1], n] for n in threads})
    table.fits["serial share"] = share
    table.found.append(f"strong scaling, {days[-1]} days: serial share {100 * share:.1f} % (Amdahl, threads {', '.join(map(str, threads))}"
                       f"{'; negative: within the noise' if share < 0 else ''})")
    if 0 < share < 1:
        table.found.append(f"which would bound the speed-up of this job at {1 / share:.1f}, however many cores")
    for n in threads[1:]:
        weak = median[each, 1] / median[each * n, n]
        table.fits[f"weak efficiency {n} threads"] = weak
        table.found.append(f"weak scaling, {each} days a thread, 1 thread against {n}: {100 * weak:.1f} % of ideal")


def make(jobs, folder):
    threads = thread_counts(len(os.sched_getaffinity(0)))
    each = 1 if jobs.is_quick else 4
    days = sorted({1, 2, each, *(each * n for n in threads)})
    table = Table("scaling", "days and threads against time", [
        f"{'125' if jobs.is_quick else 'A million'} points, otherwise as in grid size against time; the whole command. On this machine threads beyond the",
        "physical cores share them. Speed-up is against 1 thread, same days."], columns())
    store = jobs.store(days[-1], 4000 if jobs.is_quick else 100_000)
    ways = {}
    for count in days:
        config = jobs.config(f"scaling-{count}", store, 125 if jobs.is_quick else 10**6, days_range(store, count))
        for n in threads:
            ways[count, n] = lambda config=config, n=n: jobs.sweep(config, n)
    results = measure.in_turn(ways, jobs.most())
    for (count, n), runs in results.items():
        measure.only((r.hash for m in threads for r in results[count, m]), f"result hashes of {count} days")
        alone = measure.seconds_of(results[count, 1])["median"]
        seconds = measure.seconds_of(runs)
        table.row(days=count, threads=n, wall=seconds, cpu=measure.cpu_of(runs), speedup=alone / seconds["median"],
                  efficiency=alone / seconds["median"] / n, peak=measure.peak_of(runs), hash=runs[0].hash)
    table.found.append("any number of threads: equal result hashes")
    note_fits(table, days, threads, each)
    wall = {(row["days"], row["threads"]): row["wall"] for row in table.rows}
    table.plots.append(plots.lines(folder, "scaling_days", "Days against time", "days", "wall seconds",
                                   {in_words(n): [(d, wall[d, n]) for d in days] for n in threads}))
    speed = {f"{days[-1]} days": [(n, {k: wall[days[-1], 1]["median"] / wall[days[-1], n][v] for k, v in SWAPPED.items()}) for n in threads]}
    table.plots.append(plots.lines(folder, "scaling_threads", "Threads against speed-up", "threads", "times the speed of 1 thread", speed,
                                   ideal=[(n, n) for n in threads]))
    return [table]
