"""Sweeps of made-up days, on a cluster and by one process: what the tests of tests/slurm share."""
import argparse
import concurrent.futures
import json
import pathlib
import shutil
import sys
import time

from cluster import wait_until

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "python"))
import sweep_lib  # noqa: E402

SCRIPTS = pathlib.Path(__file__).resolve().parents[2] / "scripts" / "slurm"
PATIENCE_S = 400  # for what must come some day; nothing is asserted on how long it took
CONFIG = """\
store: {store}
symbols: [SYN]
days: {days}
router: cont_kukanov
order: {{side: buy, shares: 13000, start: "09:35", end: "15:55", slice: {slices}}}
model: {{samples: 200, sample_stride: 10s, venues_max: 3{model}}}
grid:
  lambda_over:  {{linear: [0.005, 0.104], points: {points[0]}}}
  lambda_under: {{linear: [0.005, 0.104], points: {points[1]}}}
  theta_queue:  {{linear: [0, 0.0099], points: {points[2]}}}
"""
QUICK = (30, 30, 10)   # a unit takes the collapse no time
SLOW = ["--engine", "brute"]  # every placement at every point: for units that a fault shall meet


class Bench(sweep_lib.Checker):
    """A folder with a store, in which runs are made. Its name has a space, as folders do."""

    def __init__(self, program, work, days):
        super().__init__()
        self.program, self.folder = program.resolve(), work.resolve() / "some work"
        shutil.rmtree(work, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.local("synth", "-o", "csv", "--days", days, "--venues", 4, "--rows", 8000, "--symbol", "SYN")
        self.local("convert", "csv", "-o", "store", "--symbol", "SYN")
        self.days = sorted(p.stem for p in (self.folder / "store" / "SYN").glob("*.h5"))

    def local(self, *command):
        return sweep_lib.good(self.program, *command, cwd=self.folder)

    def config(self, name, days=None, points=QUICK, slices="10m, lot: 100", model="", store="store"):
        chosen = "all" if days is None else f"[{', '.join(self.days[:days])}]"
        path = self.folder / f"{name}.yaml"
        path.write_text(CONFIG.format(store=store, days=chosen, points=points,
                                      slices=slices, model=model))
        return path.name

    def single_process_run(self, config, *options):
        """Once for each config: the folder of the run that all others must equal."""
        run = self.folder / f"{pathlib.Path(config).stem}.local"
        if not run.exists():
            self.local("sweep", config, "-o", run.name, "--threads", 2, *options)
        return run

    def check_equals_local(self, run, config):
        """result_hash and the tables to the byte; the reference is by the collapse, also where the cluster's was by brute."""
        reference = self.single_process_run(config)
        if not self.expect((run / "best.json").exists(), f"{run.name}: no best.json\n{outputs(run)}"):
            return
        hashes = [json.loads((r / "best.json").read_text())["result_hash"] for r in (run, reference)]
        self.expect(hashes[0] == hashes[1], f"{run.name}: result_hash {hashes[0]}, of one process {hashes[1]}")
        for name in ("best.json", "summary.csv", "days.csv"):
            self.expect((run / name).read_bytes() == (reference / name).read_bytes(),
                        f"{run.name}: {name} differs from that of one process")


class Submitted:
    """A run that submit.sh was asked to do."""

    def __init__(self, bench, cluster, config, name, *options, env=None):
        self.bench, self.cluster, self.config, self.run = bench, cluster, config, bench.folder / name
        self.done = cluster.run(SCRIPTS / "submit.sh", config, "-o", name, *options, check=False, cwd=bench.folder,
                                env={"SORSWEEP": bench.program, **(env or {})})

    def must_be_submitted(self):
        if self.done.returncode:
            raise RuntimeError(f"{self.run.name}: submit.sh: {self.done.returncode}\n{self.done.stdout}{self.done.stderr}")
        return self

    def jobs(self, kind=None):
        """Ids that submit.sh and the merges wrote down, in order."""
        record = self.run / "slurm" / "jobs"
        lines = [line.split() for line in record.read_text().splitlines()] if record.exists() else []
        return [job for _, which, job in lines if kind in (None, which)]

    def elements(self, state="RUNNING"):
        """[(job, node)] of the array's elements in this state."""
        rows = self.cluster.queue("-j", ",".join(self.jobs("array")))
        return [(job, node) for job, now, node in rows if now == state]

    def is_over(self):
        """The queue is read first: a merge records the next round before it ends."""
        queued = {row[0].split("_")[0] for row in self.cluster.queue()}
        return not queued & set(self.jobs())

    def wait(self):
        wait_until(self.is_over, PATIENCE_S, f"the end of {self.run.name}", step=0.3)
        return self

    def merge_exit_code(self):
        return self.cluster.exit_code(self.jobs("merge")[-1])

    def units(self):
        return sweep_lib.units(self.run)

    def logs(self):
        """The events of each process, one list a process."""
        return [read_log(path) for path in sorted((self.run / "logs").glob("*.jsonl"))]

    def units_begun_on(self, node):
        """Units that an element on this node has begun and not ended."""
        begun = []
        for events in self.logs():
            if events and events[0].get("slurm", {}).get("node") == node:
                ended = {e["unit"] for e in events if e["event"] in ("unit", "unit_failed")}
                begun += [e["unit"] for e in events if e["event"] == "unit_begin" and e["unit"] not in ended]
        return begun


def read_log(path):
    """A line that is being written is not there yet."""
    return [json.loads(line) for line in path.read_text().splitlines(keepends=True) if line.endswith("\n")]


def outputs(run):
    return "\n".join(f"--- {p.name}\n{p.read_text(errors='replace')[-3000:]}" for p in sorted((run / "slurm").glob("*.log")))


def side_by_side(scenarios, bench, cluster):
    """Begins each in a thread of its own, as a cluster does several things at once; returns what waits for them and raises
    their first error."""
    began = time.monotonic()

    def timed(scenario):
        scenario(bench, cluster)
        print(f"{scenario.__name__}: {time.monotonic() - began:.0f} s", flush=True)

    pool = concurrent.futures.ThreadPoolExecutor(len(scenarios))
    futures = [pool.submit(timed, scenario) for scenario in scenarios]

    def wait():
        pool.shutdown()
        for future in futures:
            future.result()

    return wait


def arguments(description):
    parser = argparse.ArgumentParser(description=description.splitlines()[0])
    parser.add_argument("--program", required=True, type=pathlib.Path)
    parser.add_argument("--work", required=True, type=pathlib.Path)
    return parser.parse_args()
