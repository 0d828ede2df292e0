"""Table 5 sets sweeps beside Python: the paper's router in numpy and numba, the notebook's in plain Python and numba."""
import importlib.util
import json
import os
import pathlib
import subprocess
import sys

import measure
import plots
from tables import Column, Table, predicted

HERE = pathlib.Path(__file__).resolve().parent
SIZES = (27, 10**3, 10**4, 10**5, 10**6)
LONGEST = 20  # seconds per run; a way that would take longer is left out
SHARES = 5000


class Worker:
    """Runs port_worker.py and talks to it line by line."""

    def __enter__(self):
        environment = dict(os.environ, OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1", PYTHONDONTWRITEBYTECODE="1")
        self.process = subprocess.Popen([sys.executable, HERE / "port_worker.py"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True, env=environment)
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()

    def ask(self, **task):
        self.process.stdin.write(json.dumps(task) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        answer = json.loads(line) if line else {"error": "port_worker.py ended"}
        if "error" in answer:
            raise measure.Failed(f"{task['do']}: {answer['error']}")
        return answer


def columns():
    return [Column("router", "router", is_name=True), Column("way", "way", is_name=True), Column("points", "points", "count", True),
            Column("wall", "wall s", "seconds"), Column("cpu", "CPU s", "seconds"), Column("rate", "points/s", "rate"),
            Column("ratio", "× sorsweep's time", "ratio"),
            Column("result", "result", "hash")]


def ask_seconds(worker, **task):
    """Returns a run of a port as a measure.Run, so that it can be timed in turn with the program."""
    answer = worker.ask(**task)
    run = measure.Run(answer["seconds"], answer.get("cpu"), 0, "", "")
    run.result = answer.get("digest") or answer["cost"]
    return run


def program_run(jobs, worker, config, threads, engine):
    run = jobs.sweep(config, threads, engine, name=f"python-{engine}")
    run.result = worker.ask(do="digest", run=str(run.folder))["digest"]
    return run


def ways_of(jobs, worker, config):
    """Returns the ways to sweep a grid. Their names say how many threads they use."""
    return {"sorsweep collapse, 1 thread": lambda: program_run(jobs, worker, config, 1, "collapse"),
            "sorsweep brute force, 1 thread": lambda: program_run(jobs, worker, config, 1, "brute"),
            "numba port, 1 thread": lambda: ask_seconds(worker, do="numba", threads=1),
            "numpy port, 1 thread": lambda: ask_seconds(worker, do="numpy"),
            "sorsweep collapse, 2 threads": lambda: program_run(jobs, worker, config, 2, "collapse"),
            "sorsweep brute force, 2 threads": lambda: program_run(jobs, worker, config, 2, "brute"),
            "numba port, 2 threads": lambda: ask_seconds(worker, do="numba", threads=2)}


def too_long(table, way, points):
    """Returns whether a way would take too long, judged by smaller sizes. A way that was left out once stays out."""
    sizes = [r["points"] for r in table.rows if r["router"] == "cont_kukanov"]
    rows = [r for r in table.rows if r["way"] == way]
    if not sizes or "collapse" in way:
        return False
    return not rows or rows[-1]["points"] < sizes[-1] or predicted(rows, points) > LONGEST


def problems(jobs, store):
    """Returns the day's slices for the ports, which the oracle makes from the CSV."""
    csv = next((store / "csv").glob("*.csv"))
    minutes = 380 // (6 if jobs.is_quick else 38)
    config = {"samples": 40 if jobs.is_quick else 200, "minutes": minutes, "shares": 1000 * (380 // minutes)}
    out = jobs.work / "problems.pickle"
    done = measure.run(sys.executable, HERE / "slice_problems.py", csv, csv.stem[-10:], json.dumps(config), out)
    return out, json.loads(done.out)


def compare_sliced(jobs, table, worker):
    store = jobs.store(1, 2000 if jobs.is_quick else 20_000, 4)
    pickle, facts = problems(jobs, store)
    for points in (27, 125) if jobs.is_quick else SIZES:
        config = jobs.config(f"python-{points}", store, points, samples=200)
        run = jobs.sweep(config, 2, name="python-load")
        worker.ask(do="load", problems=str(pickle), run=str(run.folder))
        ways = {way: job for way, job in ways_of(jobs, worker, config).items() if not too_long(table, way, points)}
        results = measure.in_turn(ways, jobs.most())
        digest = measure.only((r.result for runs in results.values() for r in runs), f"surfaces at {points} points")
        for way, runs in results.items():
            ours = results[f"sorsweep collapse, {way.split(', ')[1]}"]
            add(table, "cont_kukanov", way, points, runs, ours, digest)
    table.found.append(f"cont_kukanov: {facts['solved']} solved slices, {facts['placements']:,} placements; all surfaces equal, to the nano-dollar")


def add(table, router, way, points, runs, ours, result):
    wall = measure.seconds_of(runs)
    table.row(router=router, way=way, points=points, wall=wall, cpu=measure.cpu_of(runs), rate=points / wall["median"],
              ratio=wall["median"] / measure.seconds_of(ours)["median"], result=result)


def seed_rate(csv, seconds):
    """Returns the points per second of the notebook's own code and its cost; None if it is not installed."""
    script = pathlib.Path(os.environ.get("NOTEBOOK_SEED", HERE.parents[2] / "shared" / "seed")) / "run_notebook.py"
    if not script.exists():
        return None
    done = measure.run(sys.executable, script, csv, "--shares", SHARES, "--repeat", seconds)
    rate = float(done.err.split("points_per_second")[1].split()[0])
    run = measure.Run(1 / rate, None, 0, "", "")
    run.result = repr(float(json.loads(done.out)["router_results"]["total_cost"]))
    return run


def notebook_config(jobs, store):
    path = jobs.work / "notebook.yaml"
    axis = "{linear: [0.0005, 0.002], points: 100}" if not jobs.is_quick else "{linear: [0.0005, 0.002], points: 5}"
    path.write_text(f"store: {store / 'store'}\nrouter: notebook\norder: {{shares: {SHARES}}}\n"
                    f"grid: {{lambda_over: {axis}, lambda_under: {axis}, theta_queue: {axis}}}\n", encoding="utf-8")
    return path, 125 if jobs.is_quick else 10**6


def notebook_sweep(jobs, config):
    run = jobs.sweep(config, 1, "brute", name="python-notebook")
    run.result = repr(json.loads((run.folder / "best.json").read_text(encoding="utf-8"))["router_results"]["total_cost"])
    return run


def compare_notebook(jobs, table, worker):
    store = jobs.store(1, 2000 if jobs.is_quick else 20_000, 4)
    csv = next((store / "csv").glob("*.csv"))
    worker.ask(do="quotes", csv=str(csv))
    config, points = notebook_config(jobs, store)
    few = 20 if jobs.is_quick else 20_000
    ways = {"sorsweep brute force, whole command, 1 thread": (points, lambda: notebook_sweep(jobs, config)),
            "numba port (loop only), 1 thread": (points, lambda: ask_seconds(worker, do="notebook numba", points=points, shares=SHARES)),
            "plain Python port (loop only)": (few, lambda: ask_seconds(worker, do="notebook python", points=few, shares=SHARES))}
    if seed_rate(csv, 0.1):
        ways["the notebook's own code (pandas; loop only)"] = (1, lambda: seed_rate(csv, 0.1 if jobs.is_quick else 2))
    results = measure.in_turn({way: job for way, (_, job) in ways.items()}, jobs.most())
    cost = measure.only((r.result for runs in results.values() for r in runs), "total costs of the notebook's router")
    ours = [measure.Run(r.seconds / points, 0, 0, "", "") for r in results["sorsweep brute force, whole command, 1 thread"]]
    for way, runs in results.items():
        each = [measure.Run(r.seconds / ways[way][0], 0, 0, "", "") for r in runs]
        wall = measure.seconds_of(runs)
        cpu = None if any(r.cpu is None for r in runs) else measure.cpu_of(runs)
        table.row(router="notebook", way=way, points=ways[way][0], wall=wall, cpu=cpu, rate=ways[way][0] / wall["median"],
                  ratio=measure.seconds_of(each)["median"] / measure.seconds_of(ours)["median"], result=f"${cost}")
    table.found.append("notebook: total costs equal to the last bit; its ratio is of seconds a point")


def make(jobs, folder):
    table = Table("python", "sweeps beside Python", [
        "cont_kukanov, one synthetic day (20,000 rows, 4 venues, 38 slices of ten lots, 200 samples). Timed for sorsweep: the whole",
        "command, from start to exit (reading the day, samples, tables, points, report). For the ports: from samples and executions in memory to the",
        "surface in memory, compiled before; what comes before and after in a sweep is not counted, to their advantage.",
        "The ratio is to the time of sorsweep's collapse with as many threads; for notebook, a point, to the whole command of sorsweep.",
        f"A way that would take over {LONGEST} s is left out. notebook: {SHARES:,} shares, the same day."], columns())
    for module in ("numpy", "numba", "h5py", "pandas"):
        if not importlib.util.find_spec(module):
            table.found.append(measure.without(module, f"python3-{module}"))
            return [table]
    with Worker() as worker:
        compare_sliced(jobs, table, worker)
        compare_notebook(jobs, table, worker)
    series = {}
    for row in table.rows:
        if row["router"] == "cont_kukanov":
            series.setdefault(row["way"], []).append((row["points"], row["wall"]))
    table.plots.append(plots.lines(folder, "python_time", "The same surfaces: sorsweep beside ports to Python", "points", "wall seconds", series,
                                   log="xy"))
    rates = {r["way"]: {k: r["points"] / v for k, v in zip(("median", "least", "most"), (r["wall"]["median"], r["wall"]["most"], r["wall"]["least"]))}
             for r in table.rows if r["router"] == "notebook"}
    table.plots.append(plots.bars(folder, "python_notebook", "The router notebook: points a second on one day", "points a second", rates, log=True))
    return [table]
