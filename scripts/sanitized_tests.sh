#!/usr/bin/env bash
# Runs the program and the fuzz targets under ASan and UBSan, on the folder cases and on three Python tests. UBSan's
# checks of every pointer are left out: ASan sees those errors, and the checks would double the time to compile.
# `scripts/nightly.sh asan` runs all checks, the unit tests and the whole suite.
set -euo pipefail
cd "$(dirname "$0")/.."
checks=address,bounds,shift,signed-integer-overflow,integer-divide-by-zero,float-cast-overflow,bool,enum,return,unreachable
cmake --preset asan -B build/asan_quick -DSORSWEEP_SANITIZE=$checks -DCMAKE_CXX_FLAGS_RELWITHDEBINFO="-O1 -g0" >/dev/null
cmake --build build/asan_quick --target sorsweep fuzz_targets
export UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1
export LSAN_OPTIONS=suppressions=$PWD/tests/support/lsan.supp:print_suppressions=0
# case.inputs is left out because it limits the address space, of which ASan takes terabytes.
ctest --test-dir build/asan_quick --output-on-failure -j "$(nproc)" -E '^case\.inputs$' \
  -R '^(case\.|fuzz\.|convert_test|results_file_test|status_test)'
