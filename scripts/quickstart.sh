#!/usr/bin/env bash
# Goes from a fresh clone to a result: it installs what is missing, builds, makes five synthetic days at five venues, converts
# them and sweeps configs/quickstart.yaml. It needs no data of yours, and makes data/quickstart and runs/quickstart anew.
set -euo pipefail
cd "$(dirname "$0")/.."
sorsweep=build/release/sorsweep

./scripts/setup.sh build
cmake --preset release >/dev/null
cmake --build --preset release --target sorsweep
rm -rf data/quickstart runs/quickstart

echo
echo "== synth: five days of a made-up market"
$sorsweep synth -o data/quickstart/csv --days 5 --venues 5 --symbol SYNTH
echo
echo "== convert: CSV into the column store"
$sorsweep convert data/quickstart/csv -o data/quickstart/store --symbol SYNTH
echo
echo "== sweep: configs/quickstart.yaml"
$sorsweep sweep configs/quickstart.yaml -o runs/quickstart
echo
echo "Open runs/quickstart/report.html in a browser. Beside it: best.json, summary.md, tables; store: data/quickstart/store"
echo "One point alone, slice by slice:"
echo "  $sorsweep replay runs/quickstart --point lambda_over=0.01,lambda_under=0.015,theta_queue=0.0003 --day 2024-07-08"
