#!/usr/bin/python3
"""Runs the ports in a process that keeps what it compiled and loaded. Each line in and each line out is a JSON object.

  {"do": "load", "problems": FILE, "run": FOLDER}               problems, and the points of a run's grid
  {"do": "numpy"} {"do": "numba", "threads": 2}                 {"seconds", "cpu", "digest"}: a sweep over the points
  {"do": "digest", "run": FOLDER}                               the digest of the program's surface
  {"do": "quotes", "csv": FILE}                                 the notebook's snapshots
  {"do": "notebook python" | "notebook numba", "points", "shares"}    {"seconds", "cost"}
"""
import hashlib
import itertools
import json
import pathlib
import pickle
import sys
import time

import h5py
import numba
import numpy

import ports

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import notebook_numba


class Worker:
    def load(self, task):
        with open(task["problems"], "rb") as file:
            problems = pickle.load(file)
        self.slices, self.fixed = ports.as_arrays(problems["slices"]), problems["fixed"]
        with h5py.File(pathlib.Path(task["run"], "results.h5"), "r") as file:
            axes = [file[f"{name}_nano"][:] for name in ("lambda_over", "lambda_under", "theta_queue")]
        self.points = numpy.array([(1, *point) for point in itertools.product(*axes)], numpy.int64)
        self.is_exact = ports.exact_in_doubles(self.slices, self.points)
        ports.sweep_numba(self.slices[:1], self.points[:1])  # compiles
        ports.sweep_numpy(self.slices[:1], self.points[:1])
        return {"exact": self.is_exact}

    def timed(self, sweep):
        begin, cpu = time.perf_counter(), time.process_time()
        surface = sweep(self.slices, self.points)
        spent = {"seconds": time.perf_counter() - begin, "cpu": time.process_time() - cpu}
        return {**spent, "digest": hashlib.sha256((surface + self.fixed).tobytes()).hexdigest()}

    def numpy(self, _):
        assert self.is_exact, "costs leave the whole numbers of doubles"
        return self.timed(ports.sweep_numpy)

    def numba(self, task):
        numba.set_num_threads(min(task["threads"], numba.config.NUMBA_NUM_THREADS))
        return self.timed(ports.sweep_numba)

    def digest(self, task):
        """Hashes the surface of a run. Its units may be parts of a day: rows of its grid, in order."""
        parts = []
        for path in pathlib.Path(task["run"], "units").glob("*.h5"):
            with h5py.File(path, "r") as file:
                parts.append((int(file.attrs.get("first_row", 0)), file["slippage_nano"][:]))
        surface = numpy.concatenate([part for _, part in sorted(parts, key=lambda part: part[0])])
        return {"digest": hashlib.sha256(surface.tobytes()).hexdigest()}

    def quotes(self, task):
        self.tape = notebook_numba.load_tape(task["csv"])
        first, price, size, _ = self.tape
        pairs = list(zip(price.tolist(), size.tolist()))
        self.snapshots = [pairs[a:b] for a, b in zip(first[:-1], first[1:])]
        return {"snapshots": len(self.snapshots)}

    def notebook_python(self, task):
        begin, cpu = time.perf_counter(), time.process_time()
        costs = {ports.backtest_python(self.snapshots, task["shares"])[0] for _ in range(task["points"])}
        return {"seconds": time.perf_counter() - begin, "cpu": time.process_time() - cpu, "cost": repr(float(*costs))}

    def notebook_numba(self, task):
        rate, cost = notebook_numba.time_sweep(self.tape, float(task["shares"]), task["points"])
        return {"seconds": task["points"] / rate, "cost": repr(cost)}


def main():
    worker = Worker()
    for line in sys.stdin:
        task = json.loads(line)
        try:
            answer = getattr(worker, task["do"].replace(" ", "_"))(task)
        except Exception as error:  # the caller is told, and ends the suite
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
