#!/usr/bin/env bash
# All C++ is as clang-format 14 lays it out (.clang-format): format_test.sh ROOT. Skipped (77) without it; with CI that is a
# failure. Another version lays out otherwise.
set -euo pipefail
cd "$1"
if ! command -v clang-format-14 >/dev/null; then
  echo "skipped: no clang-format-14: apt-get install clang-format-14"
  [ -z "${CI:-}" ] || exit 1
  exit 77
fi
mapfile -t files < <(find include src tests bench \( -name '*.cpp' -o -name '*.hpp' \) | sort)
[ ${#files[@]} -ge 100 ] || { echo "format: only ${#files[@]} files found in $PWD" >&2; exit 1; }
clang-format-14 --dry-run -Werror "${files[@]}"
echo "${#files[@]} files are laid out as .clang-format says"
