# shellcheck shell=bash disable=SC2034,SC2154  # $run and the like come from settings.sh
# Is sourced by merge-ROUND.sbatch. It merges, or submits what is missing.

unset SORSWEEP_OUT SORSWEEP_JSON # these come from the environment of submit.sh

# Prints the shards of missing units, one per line.
missing_shards() {
  local answer
  answer=$("$program" status "$run" --json --shards "$shards") || return 1
  json_value missing_shards <<<"$answer" | list_lines
}

resubmit() {
  local next=$((round + 1)) missing
  lock_run -w 300 || die "$run: another submission is at work and does not end: see $run/slurm/jobs" 6
  if [ -n "$(job_of "$next" merge)" ]; then # this merge ran before, and its node died
    say "round $next is submitted already"
    exit 0
  fi
  missing=$(missing_shards) || die "$run: what is missing is not known (sorsweep status failed): see above" 6
  write_round "$next" <<<"$missing"
  submit_round "$next" || die "$run: round $next could not be submitted from here: run submit.sh again" 6
  say "round $next of at most $rounds: array $(job_of "$next" array), merge $(job_of "$next" merge)," \
    "shards ${missing//$'\n'/ }"
  exit 0
}

otherwise='submit it again with more --merge-time'
code=0
say "== $(date -u +%FT%TZ) $(uname -n): merge, round $round"
run_program "$program" merge "$run" || code=$?
if [ "$code" = 6 ] && [ "$round" -lt "$rounds" ] && [ "$cancelled" = no ]; then
  resubmit
fi
if [ "$code" = 6 ]; then
  say "Gave up after $rounds rounds more than the first. Which units failed, why, and how to run one alone:"
  "$program" status "$run" >&2 || true
fi
leave "$code"
