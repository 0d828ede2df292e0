#!/usr/bin/env bash
# Prints Table 1 of Cont & Kukanov as our solvers compute it, beside the paper's figures. It needs a build (scripts/test.sh).
set -euo pipefail
cd "$(dirname "$0")/.."
exec build/release/unit_tests "[.paper-table]"
