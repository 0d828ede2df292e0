"""Table 6 shows kernels one by one, and what bounds the hottest, by the programs bench_limits and bench_kernels."""
import json

import measure
import plots
from tables import Column, Table

LIMITS = {"copy_bytes_per_s": "copying memory {:.1f} GB/s", "int_ops_per_s": "integer operations {:.1f} G/s", "fma_flops_per_s": "FMA {:.1f} GFLOP/s"}


def limits_table(jobs, folder):
    table = Table("limits", "the hottest kernels, and the share of what the machine can do that they reach", [
        "By bench_limits, on one thread: limits measured on the spot (copying memory, the densest loops of integer operations and of fused",
        "multiply-adds), then the kernels on pinned instances. Bytes and operations of a unit of work are counted by hand. The best of many runs."],
        [Column("name", "kernel", is_name=True), Column("unit", "unit"), Column("rate_per_s", "units/s", "rate"),
         Column("bytes_per_unit", "bytes a unit", "ratio"), Column("ops_per_unit", "operations a unit", "ratio"), Column("bound", "bound by"),
         Column("share_of_limit", "share of limit", "percent")])
    if not (jobs.build / "bench_limits").exists():
        table.found.append("bench_limits is not built: left out")
        return table
    out = jobs.work / "limits.json"
    measure.run(jobs.build / "bench_limits", "--json", out, *(["--smoke"] if jobs.is_quick else []))
    found = json.loads(out.read_text(encoding="utf-8"))
    for kernel in found["kernels"]:
        table.row(**{column.key: kernel.get(column.key) for column in table.columns})
    table.fits |= found["limits"]
    said = [text.format(found["limits"][name] / 1e9) for name, text in LIMITS.items() if found["limits"].get(name)]
    table.found.append("limits: " + "; ".join(said))
    table.found += [f"{kernel['name']}: {kernel['note']}" for kernel in found["kernels"] if kernel.get("note")]
    shares = {row["name"]: measure.spread([100 * row["share_of_limit"]]) for row in table.rows}
    table.plots.append(plots.bars(folder, "limits", "How near the hottest kernels come to what bounds them", "% of the limit", shares))
    return table


def benchmarks(jobs):
    """Returns {name: [entry per repetition]}. Google Benchmark shuffles them, so that a noisy minute meets all alike."""
    out = jobs.work / "kernels.json"
    options = ["--benchmark_min_time=0.001", "--benchmark_filter=-points:400"] if jobs.is_quick else [
        "--benchmark_min_time=0.1", "--benchmark_repetitions=3", "--benchmark_enable_random_interleaving=true"]
    measure.run(jobs.build / "bench_kernels", *options, f"--benchmark_out={out}", "--benchmark_out_format=json")
    found = {}
    for entry in json.loads(out.read_text(encoding="utf-8"))["benchmarks"]:
        if entry.get("run_type", "iteration") == "iteration":
            found.setdefault(entry.get("run_name", entry["name"]), []).append(entry)
    return found


def kernels_table(jobs):
    table = Table("kernels", "kernels one by one", [
        "By bench_kernels: CPU time of one thread, warm, on pinned inputs; results are checked against the plain reference by the program."],
        [Column("name", "kernel", is_name=True), Column("unit", "unit"), Column("rate", "units/s", "rate"), Column("time", "CPU ms", "seconds"),
         Column("hash", "hash", "hash")])
    if not (jobs.build / "bench_kernels").exists():
        table.found.append("bench_kernels is not built (needs Google Benchmark): left out")
        return table
    milliseconds = {"ns": 1e-6, "us": 1e-3, "ms": 1, "s": 1e3}
    for name, entries in benchmarks(jobs).items():
        unit = next((key for key in entries[0] if key.endswith(("/s", "_per_second"))), None)
        table.row(name=name, unit=unit or "–", rate=measure.spread(e[unit] for e in entries) if unit else None,
                  time=measure.spread(e["cpu_time"] * milliseconds[e["time_unit"]] for e in entries),
                  hash=measure.only((e.get("label", "") for e in entries), f"results of {name}"))
    return table


def make(jobs, folder):
    return [limits_table(jobs, folder), kernels_table(jobs)]
