#!/usr/bin/python3
"""Shards without SLURM, by GNU parallel as docs/slurm.md has it, give the bytes of one process: parallel_test.py --program
SORSWEEP --work DIR
"""
import shutil
import subprocess

from cluster import skip
from runs import Bench, arguments

COMMANDS = """\
set -e
{program} sweep many.yaml -o par --init
seq 8 | parallel -j 2 {program} sweep par/config.resolved.yaml -o par --shard {{}}/8 --threads 1
{program} merge par
"""


def main():
    args = arguments(__doc__)
    if not shutil.which("parallel"):
        skip("no GNU parallel: apt-get install parallel")
    bench = Bench(args.program, args.work, 12)
    config = bench.config("many")
    done = subprocess.run(["bash", "-c", COMMANDS.format(program=bench.program)], cwd=bench.folder, capture_output=True,
                          text=True, check=False)
    bench.expect(done.returncode == 0, f"exit code {done.returncode}: {done.stderr}")
    bench.check_equals_local(bench.folder / "par", config)
    bench.end("GNU parallel")


if __name__ == "__main__":
    main()
