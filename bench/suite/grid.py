"""Table 1 shows how time grows with the number of points."""
import measure
import plots
from tables import Column, Table, fit_exponent, predicted, threads as in_words

SIZES = (27, 10**3, 10**4, 10**5, 10**6, 8 * 10**6, 64 * 10**6)
TOTAL_UP_TO = 8 * 10**6  # larger surfaces are not held as a whole
LONGEST = 60  # seconds; brute force is not run for longer


def columns():
    return [Column("engine", "engine", is_name=True), Column("surfaces", "surfaces", is_name=True),
            Column("points", "points", "count", True), Column("threads", "threads", "count", True), Column("wall", "wall s", "seconds"),
            Column("cpu", "CPU s", "seconds"), Column("rate", "points·slices/s", "rate"), Column("boxes", "boxes", "count"),
            Column("evaluations", "evaluations", "count"), Column("peak", "peak MiB", "mib"), Column("hash", "result hash", "hash")]


def add(table, engine, surfaces, points, threads, runs, slices):
    seconds = measure.seconds_of(runs)
    stats = runs[0].stats
    table.row(engine=engine, surfaces=surfaces, points=points, threads=threads, wall=seconds, cpu=measure.cpu_of(runs),
              rate=points * slices / seconds["median"], boxes=stats.get("boxes"), evaluations=stats.get("evaluations"),
              peak=measure.peak_of(runs), hash=measure.only((r.hash for r in runs), f"hashes of {engine}, {points} points"))


def sweep_size(jobs, table, store, points, threads, may_brute):
    """Runs all ways to sweep one size, in turn."""
    ways = {}
    for surfaces in ("total", "none"):
        if (surfaces == "total" and points > TOTAL_UP_TO) or (surfaces == "none" and points < 10**6 and not jobs.is_quick):
            continue
        config = jobs.config(f"grid-{surfaces}-{points}", store, points, surfaces=surfaces)
        for count in threads:
            ways["collapse", surfaces, count] = lambda config=config, count=count: jobs.sweep(config, count)
    brute = jobs.config(f"grid-brute-{points}", store, points)
    for count in may_brute:
        ways["brute", "total", count] = lambda count=count: jobs.sweep(brute, count, "brute")
    results = measure.in_turn(ways, jobs.most())
    for (engine, surfaces, count), runs in results.items():
        add(table, engine, surfaces, points, count, runs, 6 if jobs.is_quick else 38)
    measure.only((r.hash for runs in results.values() for r in runs), f"result hashes of {points} points")
    return results


def brute_threads(table, points, threads):
    """Returns the thread counts with which brute force should end in a minute, judged by smaller sizes."""
    rows = {n: [r for r in table.rows if r["engine"] == "brute" and r["threads"] == n] for n in threads}
    last = max((r[-1]["points"] for r in rows.values() if r), default=0)
    if not last:
        return threads
    return [n for n in threads if rows[n] and rows[n][-1]["points"] == last and predicted(rows[n], points) <= LONGEST]


def exponents(table, threads):
    for engine, surfaces, least in (("collapse", "total", 10**5), ("collapse", "none", 10**6), ("brute", "total", 10**3)):
        for count in threads:
            rows = [r for r in table.rows if (r["engine"], r["surfaces"], r["threads"]) == (engine, surfaces, count) and r["points"] >= least]
            if len(rows) < 2:
                continue
            exponent, of_cpu = (fit_exponent([r["points"] for r in rows], [r[time]["median"] for r in rows]) for time in ("wall", "cpu"))
            table.fits[f"exponent {engine} {surfaces} {count}"] = exponent
            table.found.append(f"{engine}, surfaces {surfaces}, {in_words(count)}: time grows as points^{exponent:.2f}, CPU time as "
                               f"points^{of_cpu:.2f} ({', '.join(format(r['points'], ',') for r in rows)} points)")


def make(jobs, folder):
    sizes = (27, 125, 1000) if jobs.is_quick else SIZES
    threads = (1, 2)
    table = Table("grid", "grid size against time", [
        "One synthetic day (100,000 rows, 5 venues), slices of ten lots at up to three venues, 500 samples. Wall: the whole command,",
        "from start to exit: reading the day, evaluating, reducing, writing all tables and the report.",
        f"Surfaces none: not held whole, not written. Brute force: every placement at every point; not run where that is over {LONGEST} s."],
        columns())
    store = jobs.store(1, 4000 if jobs.is_quick else 100_000)
    for points in sizes:
        sweep_size(jobs, table, store, points, threads, brute_threads(table, points, threads))
    table.rows.sort(key=lambda r: (r["engine"] != "collapse", r["surfaces"] != "total", r["points"], r["threads"]))
    both = {r["points"] for r in table.rows if r["engine"] == "brute"}
    table.found.append(f"collapse and brute force have equal result hashes at {', '.join(format(p, ',') for p in sorted(both))} points")
    exponents(table, threads)
    series = {}
    for row in table.rows:
        name = f"{row['engine']}, surfaces {row['surfaces']}, {in_words(row['threads'])}"
        series.setdefault(name, []).append((row["points"], row["wall"]))
    table.plots.append(plots.lines(folder, "grid_time", "Time of a sweep against points of its grid", "points", "wall seconds", series,
                                   log="xy"))
    return [table]
