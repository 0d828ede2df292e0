#!/usr/bin/env bash
# Shows which lines of include/ and src/ the tests reach: coverage.sh [CTEST OPTION…]. It builds the preset `coverage`, runs
# the tests (all, or those that the options choose) and writes build/coverage/coverage.md. A process that is killed with SIGKILL
# reports nothing, so the figures are a little low where the tests kill.
set -euo pipefail
cd "$(dirname "$0")/.."
command -v gcovr >/dev/null || { echo "coverage: needs gcovr (apt-get install gcovr)" >&2; exit 1; }

cmake --preset coverage >/dev/null
cmake --build --preset coverage
find build/coverage -name '*.gcda' -delete  # counts of earlier runs
tests=passed
ctest --preset coverage -E '^(install|bench\.|format$|house|shellcheck$)' --timeout 3600 "$@" || tests="some FAILED"
gcovr --root . --object-directory build/coverage --filter 'include/' --filter 'src/' --exclude-throw-branches \
  --gcov-ignore-parse-errors --json build/coverage/coverage.json build/coverage
/usr/bin/python3 scripts/coverage_page.py build/coverage/coverage.json build/coverage/coverage.md --tests "${*:-all} ($tests)"
[ "$tests" = passed ]
