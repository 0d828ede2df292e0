# shellcheck shell=bash
# Sourced by the `run` scripts of tests/cases. Checks go on after a failure, so one run shows all of them; the case fails
# at the end.
set -euo pipefail

failures=0
case_log=$(mktemp -d) # outside the scratch folder, which `refused` watches

finish() {
  local code=$?
  rm -rf "$case_log"
  [ "$failures" = 0 ] || echo "$failures check(s) failed"
  [ "$code" != 0 ] || [ "$failures" = 0 ] || code=1
  exit "$code"
}
trap finish EXIT

fail() {
  echo "FAILED: $*"
  failures=$((failures + 1))
}

# Every file below the scratch folder with size, inode and time of change: equal listings mean that nothing was written.
listing() { find . ! -type d -printf '%p %s %i %T@\n' | sort; }

# refused CODE PATTERN… -- COMMAND…: the command must end with CODE, say every PATTERN (fixed strings) on stderr in words of
# its own (no debris of the C++ runtime or of a library), and leave every file as it was.
refused() {
  local want=$1 code=0 pattern patterns=() before
  shift
  while [ "$1" != -- ]; do
    patterns+=("$1")
    shift
  done
  shift
  before=$(listing)
  "$@" >"$case_log/out" 2>"$case_log/err" </dev/null || code=$?
  [ "$code" = "$want" ] || fail "exit code $code, not $want: $* :: $(head -c 600 "$case_log/err")"
  [ -s "$case_log/err" ] || fail "no message on stderr: $*"
  for pattern in ${patterns[@]+"${patterns[@]}"}; do
    grep -qF -e "$pattern" "$case_log/err" || fail "message lacks «$pattern»: $* :: $(head -c 600 "$case_log/err")"
  done
  for pattern in "terminate called" "what():" "std::" "HDF5-DIAG" "basic_string" "Segmentation fault" "yaml-cpp"; do
    ! grep -qF -e "$pattern" "$case_log/err" || fail "debris «$pattern» in the message of: $*"
  done
  [ "$before" = "$(listing)" ] || fail "files changed by: $* :: $(diff <(echo "$before") <(listing) | head -5)"
}

# nothing_in DIR: it does not exist, or holds no file, hidden ones included.
nothing_in() {
  [ ! -e "$1" ] || [ -z "$(find "$1" ! -type d -print -quit)" ] || fail "left behind: $(find "$1" ! -type d | head -5)"
}

# ran COMMAND…: it must succeed; its output is shown only when it does not.
ran() {
  local code=0
  "$@" >"$case_log/ran" 2>&1 </dev/null || code=$?
  [ "$code" = 0 ] || { cat "$case_log/ran"; echo "FAILED (exit code $code): $*"; exit 1; }
}

# notebook_config FILE STORE SYMBOL: the notebook's own sweep.
notebook_config() {
  cat >"$1" <<Y
store: $2
symbols: [$3]
days: all
router: notebook
order: {side: buy, shares: 5000}
grid:
  lambda_over: [0.0005, 0.001, 0.002]
  lambda_under: [0.0005, 0.001, 0.002]
  theta_queue: [0.00005, 0.0001, 0.0002]
Y
}

# matches_notebook RUN: best.json and the log of the best point equal the oracle's figures in the case folder.
matches_notebook() {
  "$SORSWEEP" replay "$1" --point lambda_over=0.0005,lambda_under=0.0005,theta_queue=0.00005 >replay.csv ||
    fail "replay ended with exit code $?"
  "$PYTHON" "$TESTS/oracles/compare_oracle.py" --oracle "$CASE/oracle.json" --log "$CASE/oracle_log.csv" \
    --best "$1/best.json" --replay replay.csv || fail "$1 differs from the notebook"
}

# cell FILE COLUMN [ROW]: one cell of a CSV file, rows counted from 1 without the header.
cell() {
  "$PYTHON" -c 'import csv, sys
print(list(csv.DictReader(open(sys.argv[1], newline="")))[int(sys.argv[3]) - 1][sys.argv[2]])' "$1" "$2" "${3:-1}"
}

# is WHAT WANT GOT
is() { [ "$2" = "$3" ] || fail "$1: expected «$2», got «$3»"; }
