#!/usr/bin/env bash
# Builds sorsweep and makes the Debian packages sorsweep and libsorsweep-dev in build/release/packages. docs/install.md
set -euo pipefail
cd "$(dirname "$0")/.."
./scripts/setup.sh build
cmake --preset release >/dev/null
cmake --build --preset release --target sorsweep man_page
rm -rf build/release/packages
cd build/release && cpack -G DEB
