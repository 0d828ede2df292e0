#!/usr/bin/env bash
# The scripts of the repository give shellcheck nothing to say: shellcheck_test.sh ROOT. Skipped (77) without it; with CI
# that is a failure.
set -euo pipefail
cd "$1"
if ! command -v shellcheck >/dev/null; then
  echo "skipped: no shellcheck: apt-get install shellcheck"
  [ -z "${CI:-}" ] || exit 1
  exit 77
fi
# Every file that begins as a shell's script does, and what such scripts read in. Only the rooms of the repository: builds and
# runs lie beside them.
mapfile -t scripts < <(
  {
    find .ci scripts tests bench cmake src -name '*.sh'
    grep -rlIE --exclude-dir=corpus -m1 '^#!.*\b(ba)?sh\b' .ci scripts tests bench cmake src | while read -r file; do
      if head -1 "$file" | grep -qE '^#!.*\b(ba)?sh\b'; then echo "$file"; fi
    done
  } | sort -u)
[ ${#scripts[@]} -ge 20 ] || { echo "shellcheck: only ${#scripts[@]} scripts found in $PWD" >&2; exit 1; }
shellcheck -x "${scripts[@]}"
echo "${#scripts[@]} scripts give shellcheck nothing to say"
