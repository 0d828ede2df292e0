#!/usr/bin/env bash
# Fuzzes the readers of CSV, DBN and day files with libFuzzer under ASan and UBSan, ten minutes each. SORSWEEP_FUZZ_SECONDS
# sets another time. New inputs that reach new code are kept in build/fuzz/found; a failing one is named at the end.
# Needs clang 14 or later with libFuzzer (Debian: clang).
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${SORSWEEP_FUZZ_SECONDS:-600}
command -v clang++ >/dev/null || { echo "nightly: needs clang++ (apt-get install clang)" >&2; exit 1; }

cmake --preset fuzz >/dev/null
cmake --build --preset fuzz
export UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1
export LSAN_OPTIONS=suppressions=$PWD/tests/lsan.supp
failed=()
for target in csv dbn day; do
  echo "== $target: $seconds s"
  found=build/fuzz/found/$target
  mkdir -p "$found"
  build/fuzz/fuzz_$target -max_total_time="$seconds" -rss_limit_mb=2048 -timeout=20 -print_final_stats=1 \
    -artifact_prefix="$found/FAILED-" "$found" "tests/fuzz/corpus/$target" 2>&1 | tail -12 || failed+=("$target")
done
[ ${#failed[@]} -eq 0 ] || { echo "nightly: failed: ${failed[*]}; see build/fuzz/found" >&2; exit 1; }
