#!/usr/bin/env bash
# The checks that take long, each for itself or all: nightly.sh [STEP…]. What they are: docs/checks.md. One that fails does not
# keep the others from running; a table at the end, exit code 1 if any failed. What each said: build/nightly/STEP.log.
# SORSWEEP_FUZZ_SECONDS: time for each fuzz target (600). SORSWEEP_INSTALL_COMMANDS: what the bare root runs.
# shellcheck disable=SC2317 # the steps are called by name
set -euo pipefail
cd "$(dirname "$0")/.."
steps=(fuzz asan tsan clang dev tidy package install)

needs() { # PROGRAM PACKAGE
  command -v "$1" >/dev/null || { echo "nightly: needs $1 (apt-get install $2)" >&2; exit 1; }
}

build_preset() {
  cmake --preset "$1" >/dev/null
  cmake --build --preset "$1"
}

# libFuzzer under ASan and UBSan. New inputs that reach new code are kept in build/fuzz/found, as a failing one is.
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

# The whole suite under ASan and UBSan, assertions on. Where sanitizers slow the program down, a test may take its time.
step_asan() {
  build_preset asan
  ctest --preset asan -E '^(bench\.|format$|house|shellcheck$)' --timeout 3600
}

# Threads: the tests that run ours, under ThreadSanitizer. Not those of a cluster, of a browser or of a disk.
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

# The Debian packages, made and installed on a bare Debian 12.
step_package() {
  ./tests/package/deb_test.sh
}

# A bare Debian 12, a fresh clone of what is committed, and the README's commands. apt is set up there as it is here.
step_install() {
  needs debootstrap debootstrap
  [ "$(id -u)" -eq 0 ] || { echo "nightly: install: needs root for debootstrap and chroot" >&2; exit 1; }
  local root
  root=$(mktemp -d "${TMPDIR:-/tmp}/sorsweep-root.XXXXXX")
  # shellcheck disable=SC2064 # the folder of now
  trap "umount -l '$root/dev/shm' '$root/proc' 2>/dev/null; rm -rf --one-file-system '$root'" EXIT
  debootstrap --variant=minbase --include=ca-certificates,git bookworm "$root" http://deb.debian.org/debian
  rm -f "$root/etc/apt/sources.list"  # of debootstrap
  cp -a /etc/apt/. "$root/etc/apt/"
  cp /etc/resolv.conf "$root/etc/resolv.conf"
  git clone -q . "$root/root/sorsweep"
  mount -t proc proc "$root/proc"
  mkdir -p "$root/dev/shm"
  mount -t tmpfs tmpfs "$root/dev/shm"
  chroot "$root" env -i HOME=/root LANG=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin bash -c \
    "cd /root/sorsweep && ${SORSWEEP_INSTALL_COMMANDS:-./scripts/quickstart.sh && ./.ci/run}"
}

# One step in a process of its own, so that `set -e` holds in it.
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
