"""The jobs that the tables run: synthetic days in a store, and sweeps over them."""
import json
import re
import shutil

import measure

CONFIG = """\
store: {store}
symbols: [SYNTH]
days: {days}
router: cont_kukanov
order: {{side: buy, shares: {shares}, start: "09:35", end: "15:55", tz: America/New_York, slice: {slice}, lot: 100}}
grid:
  lambda_over:  {{linear: [0.005, 0.104], points: {over}}}
  lambda_under: {{linear: [0.005, 0.104], points: {under}}}
  theta_queue:  {{linear: [0.000, 0.0099], points: {theta}}}
fees: {{default: {{take: 0.003, make_rebate: 0.002}}}}
model: {{samples: {samples}, sample_stride: 5s, venues_max: 3}}
objective: slippage_bps
run: {{surfaces: {surfaces}}}
"""
# The lengths of the axes: about the cube root of each size, with an exact product.
AXES = {27: (3, 3, 3), 125: (5, 5, 5), 10**3: (10, 10, 10), 10**4: (20, 25, 20), 10**5: (50, 50, 40), 10**6: (100, 100, 100),
        8 * 10**6: (200, 200, 200), 64 * 10**6: (400, 400, 400)}
STATS = {"candidates": "candidates", "contenders": "contenders after pruning", "winners": "different winners", "boxes": "boxes",
         "lines": "lines", "segments": "segments", "evaluations": "evaluations of a candidate"}
STAGES = ("books and samples", "tables", "pruning", "execution", "boxes and integration")


class Jobs:
    """Holds the program, a folder to work in, and how small everything has to be."""

    def __init__(self, build, work, is_quick):
        self.build, self.program, self.work, self.is_quick = build, build / "sorsweep", work, is_quick

    def most(self):
        return 1 if self.is_quick else 5

    def store(self, days, rows=100_000, venues=5):
        """Returns a store of synthetic days, with the CSVs beside it. It is made once for all tables that use it."""
        folder = self.work / f"store-{days}-{rows}-{venues}"
        if not folder.exists():
            shape = ("--days", days, "--rows", rows, "--venues", venues)
            measure.run(self.program, "synth", "-o", folder / "csv", *shape, "--symbol", "SYNTH")
            measure.run(self.program, "convert", folder / "csv", "-o", folder / "store", "--symbol", "SYNTH")
        return folder

    def config(self, name, store, points=1000, days="all", slices=38, samples=500, surfaces="total"):
        """Writes a config with slices of ten lots, which are so long that they fill the session."""
        if self.is_quick:
            slices, samples = 6, 40
        over, under, theta = AXES[points]
        minutes = 380 // slices
        path = self.work / f"{name}.yaml"
        path.write_text(CONFIG.format(store=store / "store", days=days, shares=1000 * (380 // minutes), slice=f"{minutes}m",
                                      over=over, under=under, theta=theta, samples=samples, surfaces=surfaces), encoding="utf-8")
        return path

    def fresh(self, name):
        """Returns a new run folder, because a sweep would resume what is in an old one."""
        run = self.work / name
        shutil.rmtree(run, ignore_errors=True)
        return run

    def sweep(self, config, threads, engine="collapse", more=(), name="run"):
        folder = self.fresh(name)
        done = measure.run(self.program, "sweep", config, "-o", folder, "--threads", threads, "--engine", engine, "--stats", *more)
        done.hash = result_hash(folder)
        done.stats = parse_stats(done.err)
        done.folder = folder
        return done


def result_hash(folder):
    return json.loads((folder / "best.json").read_text(encoding="utf-8"))["result_hash"]


def parse_stats(text):
    """Returns the figures of `sweep --stats`, without those that a program of another version does not give."""
    found = {}
    for key, words in STATS.items():
        if match := re.search(rf"([\d,]+) {words}", text):
            found[key] = int(match[1].replace(",", ""))
    for stage in STAGES:
        if match := re.search(rf"{stage} ([\d.]+)s", text):
            found[stage] = float(match[1])
    return found
