"""Table 6: kernels and what bounds them, by the programs bench_limits and bench_kernels."""
import json

import measure
import plots
from tables import Column, Table

PROGRAMS = ("bench_limits", "bench_kernels")


def columns():
    return [Column("name", "kernel", is_name=True), Column("unit", "unit"), Column("rate_per_s", "units/s", "rate"),
            Column("bytes_per_unit", "bytes a unit", "ratio"), Column("ops_per_unit", "operations a unit", "ratio"), Column("bound", "bound by"),
            Column("share_of_limit", "share of limit", "percent")]


def gather(jobs):
    """The JSON of the programs that are there, worked into one."""
    found = {"limits": {}, "kernels": []}
    for name in PROGRAMS:
        if not (jobs.build / name).exists():
            continue
        out = jobs.work / f"{name}.json"
        quick = ("--quick",) if jobs.is_quick else ()
        measure.run(jobs.build / name, *quick, "--json", out)
        document = json.loads(out.read_text(encoding="utf-8"))
        found["limits"] |= document.get("limits") or {}
        found["kernels"] += document.get("kernels") or []
    return found


def make(jobs, folder):
    table = Table("kernels", "kernels, and the share of what the machine can do that they reach", [
        "Rates by bench_kernels on pinned instances; limits measured on the spot by bench_limits: copying memory, and the densest loops of",
        "integer operations and of fused multiply-adds that we know to write."], columns())
    found = gather(jobs)
    if not found["kernels"]:
        table.found.append(f"{' and '.join(PROGRAMS)} are not built: left out")
        return table
    for kernel in found["kernels"]:
        table.row(**{c.key: kernel.get(c.key) for c in table.columns})
    table.fits |= {name: value for name, value in found["limits"].items() if isinstance(value, (int, float))}
    names = {"copy_bytes_per_s": "copying memory {:.1f} GB/s", "int_ops_per_s": "integer operations {:.1f} G/s", "fma_flops_per_s": "FMA {:.1f} GFLOP/s"}
    said = [text.format(found["limits"][name] / 1e9) for name, text in names.items() if found["limits"].get(name)]
    if said:
        table.found.append("limits: " + "; ".join(said))
    shares = {r["name"]: measure.spread([r["share_of_limit"]]) for r in table.rows if r.get("share_of_limit")}
    if shares:
        table.plots.append(plots.bars(folder, "kernels", "Share of the limit that bounds each kernel", "share of limit", shares))
    return table
