#!/usr/bin/env bash
# Runs clang-tidy 14 (.clang-tidy) on our sources, with warnings as errors: tidy.sh [--changed | FILE…]. Without arguments it
# checks all of them, which takes an hour or two. With --changed it checks those of the last commit.
set -euo pipefail
cd "$(dirname "$0")/.."
export build=build/tidy
command -v clang-tidy-14 >/dev/null || { echo "tidy: needs clang-tidy-14 (apt-get install clang-tidy-14)" >&2; exit 1; }
# clang-tidy needs the compile commands and the generated headers. clang cannot read GCC's precompiled headers.
cmake --preset release -B "$build" -DSORSWEEP_PCH=OFF >/dev/null
cmake --build "$build" --target git_sha >/dev/null

# Lists the sources of src/ that the last commit changed.
changed() {
  git -c safe.directory='*' diff --name-only --diff-filter=d HEAD~1 -- 'src/*.cpp' 2>/dev/null || true
}

check_one() {
  if said=$(clang-tidy-14 --quiet -p "$build" "$1" 2>&1); then
    echo "tidy: $1"
  else
    printf '%s\n' "tidy: $1 FAILED" "$said"
    exit 1
  fi
}
export -f check_one

if [ "${1:-}" = --changed ]; then
  mapfile -t files < <(changed)
  [ ${#files[@]} -gt 0 ] || { echo "tidy: the last commit changed no source"; exit 0; }
elif [ $# -gt 0 ]; then
  files=("$@")
else
  mapfile -t files < <(find src -name '*.cpp' | sort)
fi
# shellcheck disable=SC2016 # for the inner shell
printf '%s\0' "${files[@]}" | xargs -0 -n1 -P "$(nproc)" bash -c 'check_one "$0"'
