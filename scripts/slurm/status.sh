#!/usr/bin/env bash
# Shows the progress of a run on a SLURM cluster: status.sh RUN [--json]
#
# It prints what SLURM says about the run's jobs, and then what sorsweep says about its units: done, running, failed (why, and
# the command that runs one alone), rate, time left, efficiency. With --json it prints only the latter, for programs.
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=scripts/slurm/lib.sh
source "$here/lib.sh"

# Prints the lines "round kind id" of the record, with how many elements are in which state and why.
say_jobs() {
  local queue round kind id states
  if ! queue=$(squeue -h -r -o '%F|%T|%r' 2>/dev/null); then
    echo "SLURM    squeue does not answer here"
    return
  fi
  while read -r round kind id; do
    states=$(awk -F'|' -v id="$id" '$1 == id' <<<"$queue" | states_of)
    printf '%-8s job %s (round %s): %s\n' "$kind" "$id" "$round" "${states:-not in the queue any more}"
  done <"$run/slurm/jobs"
}

# Prints a summary such as: 3 running, 4 pending (Resources)
states_of() {
  awk -F'|' '
    { what = tolower($2) ($3 == "None" ? "" : " (" $3 ")"); if (!n[what]++) order[++kinds] = what }
    END { for (i = 1; i <= kinds; i++) printf("%s%d %s", (i > 1 ? ", " : ""), n[order[i]], order[i]) }'
}

main() {
  local as_json=()
  run='' shards=''
  for word in "$@"; do
    case $word in
    -h | --help) sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}" && exit 0 ;;
    --json) as_json=(--json) ;;
    -*) die "status.sh does not know «$word»: status.sh RUN [--json]" ;;
    *) run=$word ;;
    esac
  done
  [ -n "$run" ] || die "a run is needed: status.sh RUN"
  [ -d "$run" ] || die "$run is not there: check the path" 3
  if [ -f "$run/slurm/settings.sh" ]; then shards=$(sed -n 's/^shards=//p' "$run/slurm/settings.sh"); fi
  if [ ${#as_json[@]} = 0 ] && [ -f "$run/slurm/jobs" ]; then say_jobs; fi
  program=$(find_program "$here") || die "sorsweep is not found (\$SORSWEEP, build/release, PATH): build it first"
  exec "$program" status "$run" ${as_json[@]+"${as_json[@]}"} ${shards:+--shards "$shards"}
}

main "$@"
