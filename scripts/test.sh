#!/usr/bin/env bash
# Installs what is missing, builds, and runs every test. SORSWEEP_PRESET chooses another preset than release.
set -euo pipefail
cd "$(dirname "$0")/.."
preset=${SORSWEEP_PRESET:-release}

./scripts/setup.sh
cmake --preset "$preset" >/dev/null
cmake --build --preset "$preset"
ctest --preset "$preset" -j "$(($(nproc) + 1))"  # one more than cores, because some tests mostly wait
