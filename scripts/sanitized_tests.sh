#!/usr/bin/env bash
# Runs the fuzz targets of CSV, DBN and day files under ASan and UBSan: what they read comes from anybody. UBSan's checks of
# every pointer are left out: ASan sees those errors, and the checks would double the time to compile. `scripts/nightly.sh asan`
# runs all checks on the program, the unit tests and the whole suite.
set -euo pipefail
cd "$(dirname "$0")/.."
checks=address,bounds,shift,signed-integer-overflow,integer-divide-by-zero,float-cast-overflow,bool,enum,return,unreachable
cmake --preset asan -B build/asan_quick -DSORSWEEP_SANITIZE=$checks -DCMAKE_CXX_FLAGS_RELWITHDEBINFO="-O1 -g0" >/dev/null
cmake --build build/asan_quick --target fuzz_readers
export UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1
export LSAN_OPTIONS=suppressions=$PWD/tests/support/lsan.supp:print_suppressions=0
ctest --test-dir build/asan_quick --output-on-failure -j "$(nproc)" -R '^fuzz\.(csv|dbn|day)$'
