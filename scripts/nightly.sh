#!/usr/bin/env bash
# Runs the checks that take long, all or those named: nightly.sh [STEP…]. docs/checks.md describes them. A check that fails does
# not stop the others. A table at the end shows the results, and the exit code is 1 if any failed. What each printed is in
# build/nightly/STEP.log. SORSWEEP_FUZZ_SECONDS is the time for each fuzz target (600). SORSWEEP_INSTALL_COMMANDS are the
# commands that the bare root runs.
# shellcheck disable=SC2317 # the steps are called by name
set -euo pipefail
cd "$(dirname "$0")/.."
steps=(fuzz hunt asan tsan clang dev tidy mutate powercut memory package install)

needs() { # PROGRAM PACKAGE
  command -v "$1" >/dev/null || { echo "nightly: needs $1 (apt-get install $2)" >&2; exit 1; }
}

build_preset() {
  cmake --preset "$1" >/dev/null
  cmake --build --preset "$1"
}

# Runs libFuzzer under ASan and UBSan. Inputs that reach new code are kept in build/fuzz/found, and so is a failing one.
step_fuzz() {
  needs clang++ clang
  build_preset fuzz
  export UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1
  export LSAN_OPTIONS=suppressions=$PWD/tests/support/lsan.supp
  local target found failed=()
  for target in tests/fuzz/corpus/*/; do
    target=$(basename "$target")
    echo "== $target: ${SORSWEEP_FUZZ_SECONDS:-600} s"
    found=build/fuzz/found/$target
    mkdir -p "$found"
    build/fuzz/fuzz_"$target" -max_total_time="${SORSWEEP_FUZZ_SECONDS:-600}" -rss_limit_mb=2048 -timeout=20 \
      -print_final_stats=1 -artifact_prefix="$found/FAILED-" "$found" "tests/fuzz/corpus/$target" 2>&1 | tail -12 ||
      failed+=("$target")
  done
  [ ${#failed[@]} -eq 0 ] || { echo "nightly: fuzz: ${failed[*]}: see build/fuzz/found" >&2; return 1; }
}

# Hunts for a difference between the engines: a million problems of the collapse, and a thousand configs of the program. The seeds
# are new each time, and printed.
step_hunt() {
  build_preset release
  local seed=${SORSWEEP_HUNT_SEED:-$(date +%s)}
  echo "SORSWEEP_HUNT_SEED=$seed"
  SORSWEEP_HUNT_SEED=$seed SORSWEEP_HUNT_ROUNDS=${SORSWEEP_HUNT_ROUNDS:-1000000} build/release/unit_tests '[hunt]'
  PYTHONDONTWRITEBYTECODE=1 /usr/bin/python3 tests/python/engines_test.py --program build/release/sorsweep --work build/hunt \
    --configs "${SORSWEEP_HUNT_CONFIGS:-1000}" --seed "$seed"
}

# Runs the suite under ASan and UBSan, with assertions. Tests get more time, because sanitizers slow the program down. They
# take memory and calls of their own, so tests that refuse memory or calls are left out.
step_asan() {
  build_preset asan
  local not_here='memory_test|refused_memory_test|sweep_faults_test|clock_test'
  ctest --preset asan -E "^(bench\.|format\$|house|shellcheck\$|($not_here)\$)" --timeout 3600
}

# Runs the tests that use threads under ThreadSanitizer, except those that need a cluster, a browser or a disk.
step_tsan() {
  build_preset tsan
  local python='convert_test|results_file_test|shards_test|slice_oracle_test|status_test|sweep_signal_test'
  ctest --preset tsan -R "^(unit\$|case\.|fuzz\.|$python)" --timeout 3600
}

step_clang() {
  needs clang++ clang
  build_preset clang
  ctest --preset clang -R '^(unit$|case\.|fuzz\.)'
}

step_dev() {
  build_preset dev
  ctest --preset dev -E '^bench\.' --timeout 3600
}

step_tidy() {
  ./scripts/tidy.sh
}

# Makes mistakes on purpose: a test must catch every one.
step_mutate() {
  ./scripts/mutate.sh
}

# Cuts the power at over 10,000 states of the disk.
step_powercut() {
  build_preset release
  /usr/bin/python3 -B tests/powercut/powercut_test.py --program build/release/sorsweep --work build/nightly/powercut --all
}

# Compares peak memory with --mem over all shapes, refuses memory at many limits, and runs in a control group.
step_memory() {
  build_preset release
  local name code=0
  for name in memory_test refused_memory_test; do
    /usr/bin/python3 "tests/python/$name.py" --program build/release/sorsweep --work "build/nightly/$name" --whole
  done
  name=control_group_memory_test  # it needs root, and says so if it is skipped
  /usr/bin/python3 "tests/python/$name.py" --program build/release/sorsweep --work "build/nightly/$name" || code=$?
  [ "$code" -eq 0 ] || [ "$code" -eq 77 ]
}

# Builds the Debian packages and installs them on a bare Debian 12.
step_package() {
  ./tests/package/deb_test.sh
}

# Runs the README's commands in a bare Debian 12, in a fresh clone of what is committed. apt is set up as on this machine.
step_install() {
  needs debootstrap debootstrap
  [ "$(id -u)" -eq 0 ] || { echo "nightly: install: needs root for debootstrap and chroot" >&2; exit 1; }
  local root
  root=$(mktemp -d "${TMPDIR:-/tmp}/sorsweep-root.XXXXXX")
  # shellcheck disable=SC2064 # the folder that is made now
  trap "umount -l '$root/dev/shm' '$root/proc' 2>/dev/null; rm -rf --one-file-system '$root'" EXIT
  chmod 755 "$root"  # for other users, as which some packages do their part
  debootstrap --variant=minbase --include=ca-certificates,git bookworm "$root" http://deb.debian.org/debian
  rm -f "$root/etc/apt/sources.list"  # the list that debootstrap wrote
  cp -a /etc/apt/. "$root/etc/apt/"
  cp /etc/resolv.conf "$root/etc/resolv.conf"
  git clone -q . "$root/root/sorsweep"
  mount -t proc proc "$root/proc"
  mkdir -p "$root/dev/shm"
  mount -t tmpfs tmpfs "$root/dev/shm"
  chroot "$root" env -i HOME=/root LANG=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin bash -c \
    "cd /root/sorsweep && ${SORSWEEP_INSTALL_COMMANDS:-./scripts/quickstart.sh && ./.ci/run}"
}

# Runs one step in a process of its own, so that `set -e` holds in it.
run_step() {
  local start=$SECONDS outcome=passed
  mkdir -p build/nightly
  echo "== $1 (build/nightly/$1.log)"
  if ! "$0" --alone "$1" >"build/nightly/$1.log" 2>&1; then
    outcome=FAILED
    tail -20 "build/nightly/$1.log"
  fi
  table+=("$(printf '%-8s %-6s %7d s' "$1" "$outcome" $((SECONDS - start)))")
  [ "$outcome" = passed ]
}

if [ "${1:-}" = --alone ]; then
  "step_$2"
  exit
fi
for step in "$@"; do
  [[ " ${steps[*]} " == *" $step "* ]] || { echo "nightly: no step $step: there are ${steps[*]}" >&2; exit 2; }
done
[ $# -gt 0 ] || set -- "${steps[@]}"
table=()
any_failed=0
for step in "$@"; do
  run_step "$step" || any_failed=1
done
printf '\n'
printf '%s\n' "${table[@]}"
exit "$any_failed"
