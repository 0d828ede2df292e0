#!/usr/bin/env bash
# The small functions of scripts/slurm, alone: lib_test.sh
set -euo pipefail
scripts=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../../scripts/slurm" && pwd)
# shellcheck source=scripts/slurm/lib.sh
source "$scripts/lib.sh"
for name in seconds_of_limit automatic_shards bytes_of_memory check_merge_memory; do
  # shellcheck disable=SC1090  # single functions of submit.sh, which would begin to submit
  source <(sed -n "/^$name()/,/^}/p" "$scripts/submit.sh")
done
failures=0

is() { # what, got, wanted
  [ "$2" = "$3" ] && return
  printf 'FAILED: %s: «%s», not «%s»\n' "$@"
  failures=$((failures + 1))
}

json='{"run": "a \"b\" \\ /é/c d", "note": "\"merged\": 7, \"units\": 8", "units":24,
  "missing_shards": [ 1,
    12 ], "predicted_seconds": 1.5e3, "none": [], "merged": false}'
is text "$(json_value run <<<"$json")" 'a "b" \ /é/c d'
is number "$(json_value units <<<"$json")" 24
is float "$(json_value predicted_seconds <<<"$json")" 1.5e3
is word "$(json_value merged <<<"$json")" false
is list "$(json_value missing_shards <<<"$json" | list_lines | xargs)" "1 12"
is "empty list" "$(json_value none <<<"$json" | list_lines)" ""
is "missing key" "$(json_value nope <<<"$json" || echo none)" none

is elements "$(printf '%s\n' 2 3 7 | elements 8 1000 | xargs)" "2 2 3 3 7 7"
is "as many as indices" "$(seq 4 | elements 4 4 | xargs)" "1 1 2 2 3 3 4 4"
is packed "$(seq 5 | elements 5 2 | xargs)" "1 1 2 2 1 3 2 4 1 5"
is "packed rest" "$(printf '%s\n' 9 4 | elements 9 3 | xargs)" "1 9 2 4"
is indices "$(printf '%s\n' '3 3' '1 1' '2 2' '7 7' '1 9' | array_indices)" "1-3,7"
is "one index" "$(echo '5 5' | array_indices)" 5
is "no index" "$(array_indices </dev/null)" ""

is minutes "$(seconds_of_limit 90)" 5400
is m:s "$(seconds_of_limit 1:30)" 90
is h:m:s "$(seconds_of_limit 2:00:08)" 7208
is d-h "$(seconds_of_limit 1-2)" 93600
is d-h:m "$(seconds_of_limit 1-02:09)" 94140
is d-h:m:s "$(seconds_of_limit 1-0:0:1)" 86401
is words "$(seconds_of_limit UNLIMITED)" ""

is MiB "$(bytes_of_memory 512)" 536870912
is GiB "$(bytes_of_memory 2G)" 2147483648
is KiB "$(bytes_of_memory 3KB)" 3072
is "no size" "$(bytes_of_memory half)" ""
merge_refusal() { # --merge-mem, --mem, bytes that the merge needs
  # shellcheck disable=SC2034  # check_merge_memory reads them
  local merge_mem=$1 mem=$2 merge_needs=$3
  (check_merge_memory 2>&1) && echo fits
}
is "three quarters suffice" "$(merge_refusal '' 4M 3145728)" fits
is "one byte more" "$(merge_refusal '' 4M 3145729 | grep -o 'merge-mem [0-9]*M')" "merge-mem 5M"
is "the merge's own" "$(merge_refusal 8M 4M 3145729)" fits
is "the partition's" "$(merge_refusal '' '' 3145729)" fits

# shellcheck disable=SC2317  # called by automatic_shards
partition_cpus() { echo 6; }
shards_for() { # units, of them done, seconds guessed, for so many threads, cores of an element
  # shellcheck disable=SC2034  # automatic_shards reads them
  local units=$1 units_done=$2 predicted_s=$3 threads=$4 cpus=$5
  automatic_shards
}
is "half minutes" "$(shards_for 100 0 150 2 1)" 10
is "half minutes of wider elements" "$(shards_for 100 0 150 2 2)" 5
is "of what is left" "$(shards_for 100 50 150 2 1)" 5
is "a moment's work" "$(shards_for 100 0 0.5 2 1)" 1
is "four times the places" "$(shards_for 100 0 9e4 2 1)" 24
is "the units" "$(shards_for 7 4 9e4 2 1)" 3
# shellcheck disable=SC2317  # called by automatic_shards
partition_cpus() { false; }
is "no cluster" "$(shards_for 100 0 3000 1 1)" 100

is directive "$(sbatch_line '--output=/a b/"c"\d')" '#SBATCH "--output=/a b/\"c\"\\d"'
[ "$failures" = 0 ] && echo "scripts/slurm/lib.sh: as it should be"
exit "$failures"
