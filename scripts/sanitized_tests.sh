#!/usr/bin/env bash
# The unit tests, the cases and the fuzz targets under ASan and UBSan, without line numbers and with the tests' own code left as
# it is: that halves the time to compile. scripts/nightly.sh asan sanitizes all, and runs the whole suite.
set -euo pipefail
cd "$(dirname "$0")/.."
cmake --preset asan -B build/asan_quick -DCMAKE_CXX_FLAGS_RELWITHDEBINFO="-O1 -g0" -DSORSWEEP_SANITIZE_TESTS=OFF >/dev/null
cmake --build build/asan_quick --target sorsweep unit_tests fuzz_targets
export UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1 LSAN_OPTIONS=suppressions=$PWD/tests/lsan.supp:print_suppressions=0
ctest --test-dir build/asan_quick --output-on-failure -j "$(nproc)" -R '^(unit$|case\.|fuzz\.)'
