#!/usr/bin/env bash
# Mistakes are made on purpose, one at a time, and a test must see each: mutate.sh [--check] [NAME…]. A mutation is a small file
# of tests/mutations; tests/mutations/apply.py says what is in it. The sources are copied to build/mutate and built there. The
# exit code is 1 if a mutation survives, does not apply any more or does not compile. --check only sees that each applies.
set -euo pipefail
cd "$(dirname "$0")/.."
python=/usr/bin/python3
tree=$PWD/build/mutate
build=$tree/build/mutate
export PYTHONDONTWRITEBYTECODE=1
check=
if [ "${1:-}" = --check ]; then
  check=yes
  shift
fi
mutations=()
for name in "$@"; do
  mutations+=("tests/mutations/$name.mutation")
done
[ $# -gt 0 ] || mutations=(tests/mutations/*.mutation)
for mutation in "${mutations[@]}"; do
  [ -f "$mutation" ] || { echo "mutate: there is no $mutation" >&2; exit 2; }
done

# The working tree as it is, without builds. A file that is the same keeps its time, so that a second run builds little.
copy_tree() {
  mkdir -p "$tree"
  (cd "$tree" && find . -path ./build -prune -o -type f -print0) | while IFS= read -r -d '' file; do
    [ -f "$file" ] || rm "$tree/$file"
  done
  git ls-files -z --cached --others --exclude-standard | while IFS= read -r -d '' file; do
    if [ -f "$file" ] && ! cmp -s "$file" "$tree/$file"; then
      mkdir -p "$(dirname "$tree/$file")"
      cp "$file" "$tree/$file"
    fi
  done
}

test_of() { # MUTATION
  sed -n 's/^test: *//p' "$1"
}

# Of the unit tests only those that a mutation names are built.
configure() {
  local launcher=() units
  units=$(for mutation in "${mutations[@]}"; do test_of "$mutation"; done | sed -n 's|^tests/\(.*\.cpp\)$|\1|p' | sort -u)
  ! command -v ccache >/dev/null || launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
  cmake -S "$tree" -B "$build" -G Ninja -DSORSWEEP_PCH=OFF -DCMAKE_BUILD_TYPE=RelWithDebInfo \
    -DCMAKE_CXX_FLAGS_RELWITHDEBINFO="-O1 -DNDEBUG" -DSORSWEEP_UNIT_TESTS="${units//$'\n'/;}" \
    ${launcher[@]+"${launcher[@]}"} >/dev/null
}

run_test() { # TEST
  local program=$build/sorsweep name
  name=$(basename "$1")
  case $1 in
    *.cpp) timeout 1800 "$build/unit_tests" --filenames-as-tags "[#${name%.cpp}]" ;;
    *.py) timeout 1800 "$python" "$tree/$1" --program "$program" --work "$build/${name%.py}" ;;
    *) timeout 1800 "$python" "$tree/tests/cases/run_case.py" --program "$program" --case "$tree/$1" ;;
  esac
}

# Builds what a test needs, and runs it. 0: the test passed; 1: it failed; 2: the build failed.
build_and_test() { # TEST LOG
  local targets=(sorsweep file_recorder)
  [[ $1 != *.cpp ]] || targets=(unit_tests)
  cmake --build "$build" --target "${targets[@]}" >"$2" 2>&1 || return 2
  run_test "$1" >>"$2" 2>&1 || return 1
}

# Without a mutation every test passes: else nothing is learned from one that fails.
test_unmutated() {
  local test log=$tree/build/unmutated.log
  for test in $(for mutation in "${mutations[@]}"; do test_of "$mutation"; done | sort -u); do
    build_and_test "$test" "$log" ||
      { tail -20 "$log"; echo "mutate: fails without any mutation: $test" >&2; exit 1; }
  done
}

# One mutation, taken back at the end. The file then gets a new time, as the build must see that it changed again.
run_mutation() {
  local name place outcome=killed code=0 start=$SECONDS
  name=$(basename "$1" .mutation)
  place=$("$python" tests/mutations/apply.py --check "$tree" "$1" | sed 's/.* //')
  cp "$tree/$place" "$tree/build/unmutated"
  "$python" tests/mutations/apply.py "$tree" "$1" >/dev/null
  build_and_test "$(test_of "$1")" "$tree/build/$name.log" || code=$?
  cp "$tree/build/unmutated" "$tree/$place"
  case $code in
    0) outcome=SURVIVED ;;
    2) outcome="NOT BUILT" ;;
  esac
  printf '%-20s %-9s %5d s  %s\n' "$name" "$outcome" $((SECONDS - start)) "$place"
  [ "$outcome" = killed ]
}

"$python" tests/mutations/apply.py --check . "${mutations[@]}"
[ -z "$check" ] || exit 0
copy_tree
configure
start=$SECONDS
test_unmutated
printf '%-20s %-9s %5d s\n' "(no mutation)" passed $((SECONDS - start))
survived=0
for mutation in "${mutations[@]}"; do
  run_mutation "$mutation" || survived=1
done
[ "$survived" = 0 ] || echo "mutate: see build/mutate/build/NAME.log of what was not killed" >&2
exit "$survived"
