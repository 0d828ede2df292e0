#!/usr/bin/env bash
# Runs the suite of whole jobs with the release build: bench.sh [--only NAME…] [--quick] [--compare OLD.json] [-o DIR].
# Tables, CSV, JSON, plots and report.html go to build/bench. It takes about ten minutes on two cores; leave the machine alone
# meanwhile.
set -euo pipefail
root="$(cd "$(dirname "$0")/.." && pwd)"

build() {
  cd "$root"
  cmake --preset release
  local targets=(sorsweep bench_convert) known
  known="$(cmake --build --preset release --target help)"
  for target in bench_limits bench_kernels; do
    if grep -q "^$target:" <<<"$known"; then targets+=("$target"); fi
  done
  cmake --build --preset release --target "${targets[@]}"
}

case " $* " in
  *" --build "* | *" --help "* | *" -h "*) ;;
  *) (build) >/dev/null ;;
esac
export PYTHONDONTWRITEBYTECODE=1
exec /usr/bin/python3 "$root/bench/suite/main.py" "$@"
