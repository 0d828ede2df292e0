# shellcheck shell=bash disable=SC2154  # $run and the like come from settings.sh
# Is sourced by both jobs. It runs a program so that SLURM's signals mean what they should.
#
# - The warning before the time limit (USR1, to this shell alone) is passed on to the program once. The program then stops
#   cleanly: it finishes the units that --grace allows, gives up the others, and exits with code 75. (SIGTERM would do so too,
#   but a second one kills at once, and scancel or the limit may send it meanwhile.)
# - scancel, and the time limit itself, send SIGTERM to all processes, so the program gets its own. Such a job is not wanted
#   any more and does not requeue itself.

warned=no cancelled=no interrupted=no told=no child=''

tell_child() {
  [ -n "$child" ] && [ "$told" = no ] || return 0
  told=yes
  kill -USR1 "$child" 2>/dev/null || true # it may just have ended
}
trap 'warned=yes interrupted=yes; tell_child' USR1
trap 'cancelled=yes interrupted=yes' TERM

# run_program COMMAND... runs in the background, because bash runs no trap while it has a child in the foreground. It returns
# the exit code.
run_program() {
  local code=127 got
  "$@" </dev/null &
  child=$!
  [ "$warned" = no ] || tell_child # the warning came before there was a child to tell
  while :; do
    interrupted=no got=0
    wait "$child" || got=$?
    [ "$got" = 127 ] || code=$got # 127: it had been waited for before a signal came
    [ "$interrupted" = yes ] || break
  done
  child=''
  return "$code"
}

# Whether the job has to run again: the program stopped cleanly, or the warning came before it could (138: ended by USR1).
is_stopped() { [ "$1" = 75 ] || { [ "$warned" = yes ] && [ "$1" = 138 ]; }; }

# leave CODE ends the job. One that stopped cleanly requeues itself, a limited number of times. $otherwise says what becomes of
# its work if it cannot.
leave() {
  local code=$1 job=$SLURM_JOB_ID
  [ -z "${SLURM_ARRAY_TASK_ID:-}" ] || job=${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID
  if is_stopped "$code" && [ "$cancelled" = no ]; then
    if [ "${SLURM_RESTART_COUNT:-0}" -lt "$requeues" ]; then
      say "stopped before its end: back into the queue (restart $((${SLURM_RESTART_COUNT:-0} + 1)) of $requeues)"
      scontrol requeue "$job" || say "$job could not be requeued: $otherwise"
    else
      say "stopped before its end, and was requeued $requeues times: $otherwise"
    fi
  fi
  exit "$code"
}
