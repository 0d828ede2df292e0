# shellcheck shell=bash disable=SC2154  # $run and the like come from settings.sh
# Sourced by both jobs: runs a program so that SLURM's signals mean what they should.
#
# - The warning before the time limit (USR1, to this shell alone) is passed on to the program, once. It then ends in order:
#   units that --grace lets finish do, the others are given up, exit code 75. (SIGTERM would do so too, but a second one
#   kills at once, and scancel or the limit may send it meanwhile.)
# - scancel, and the time limit itself, send SIGTERM to all processes, so the program has its own already. Such a job is not
#   wanted any more and does not requeue itself.

warned=no cancelled=no interrupted=no told=no child=''

tell_child() {
  [ -n "$child" ] && [ "$told" = no ] || return 0
  told=yes
  kill -USR1 "$child" 2>/dev/null || true # it may have ended just now
}
trap 'warned=yes interrupted=yes; tell_child' USR1
trap 'cancelled=yes interrupted=yes' TERM

# run_program COMMAND...: in the background, as bash runs no trap while it has a child in the foreground. Returns its code.
run_program() {
  local code=127 got
  "$@" </dev/null &
  child=$!
  [ "$warned" = no ] || tell_child # before there was a child to tell
  while :; do
    interrupted=no got=0
    wait "$child" || got=$?
    [ "$got" = 127 ] || code=$got # 127: it was waited for already, before a signal came
    [ "$interrupted" = yes ] || break
  done
  child=''
  return "$code"
}

# To be run again: it stopped in order, or the warning met it before it could (138: ended by USR1).
is_stopped() { [ "$1" = 75 ] || { [ "$warned" = yes ] && [ "$1" = 138 ]; }; }

# leave CODE: ends the job. One that was stopped in order puts itself back into the queue, a limited number of times; $otherwise
# says what becomes of its work when it cannot.
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
