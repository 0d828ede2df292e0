#!/usr/bin/env bash
# The unit tests, the cases and the fuzz targets under ASan and UBSan. scripts/nightly.sh asan runs the whole suite.
set -euo pipefail
cd "$(dirname "$0")/.."
cmake --preset asan >/dev/null
cmake --build --preset asan --target sorsweep unit_tests fuzz_targets
ctest --preset asan -R '^(unit$|case\.|fuzz\.)'
