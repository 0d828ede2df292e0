#!/usr/bin/env bash
# clang-tidy 14 (.clang-tidy) on our sources; a warning is an error: tidy.sh [--seconds N | FILE…]. Without a word, on all of
# them, which takes long. With --seconds: what the last commit changed, then the others from a place that
# moves on each day, beginning none after N seconds.
set -euo pipefail
cd "$(dirname "$0")/.."
export build=build/tidy
command -v clang-tidy-14 >/dev/null || { echo "tidy: needs clang-tidy-14 (apt-get install clang-tidy-14)" >&2; exit 1; }
# Compile commands and made headers; clang does not read GCC's precompiled ones.
cmake --preset release -B "$build" -DSORSWEEP_PCH=OFF >/dev/null
cmake --build "$build" --target git_sha >/dev/null

# The sources of src/, those of the last commit first, then from a place that a day moves on by a few.
in_turn() {
  local all changed day first
  mapfile -t all < <(find src -name '*.cpp' | sort)
  changed=$(git diff --name-only --diff-filter=d HEAD~1 -- 'src/*.cpp' 2>/dev/null || true)
  day=$(($(date +%s) / 86400))
  first=$((day * 7 % ${#all[@]}))
  printf '%s\n' ${changed:+"$changed"} "${all[@]:first}" "${all[@]:0:first}" | awk '!seen[$0]++'
}

check_one() {
  [ "$(date +%s)" -lt "$last_start" ] || exit 0
  if said=$(clang-tidy-14 --quiet -p "$build" "$1" 2>&1); then
    echo "tidy: $1"
  else
    printf '%s\n' "tidy: $1 FAILED" "$said"
    exit 1
  fi
}
export -f check_one

export last_start=9999999999
if [ "${1:-}" = --seconds ]; then
  last_start=$(($(date +%s) + $2))
  mapfile -t files < <(in_turn)
elif [ $# -gt 0 ]; then
  files=("$@")
else
  mapfile -t files < <(find src -name '*.cpp' | sort)
fi
# shellcheck disable=SC2016 # for the inner shell
printf '%s\0' "${files[@]}" | xargs -0 -n1 -P "$(nproc)" bash -c 'check_one "$0"'
