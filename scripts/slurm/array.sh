# shellcheck shell=bash disable=SC2034,SC2154  # $run and the like come from settings.sh
# Is sourced by array-ROUND.sbatch. An element computes its shard, or several if shards were packed.

unset SORSWEEP_INIT SORSWEEP_SHARD SORSWEEP_OUT # these come from the environment of submit.sh, and are not meant for elements
otherwise='what is missing is left to the merge'
first_failure=0
mapfile -t mine < <(awk -v element="$SLURM_ARRAY_TASK_ID" '$1 == element { print $2 }' "$run/slurm/elements-$round")
[ ${#mine[@]} -gt 0 ] || die "element $SLURM_ARRAY_TASK_ID has no shard in $run/slurm/elements-$round"

for shard in "${mine[@]}"; do
  [ "$cancelled" = no ] || leave 143
  [ "$warned" = no ] || leave 75
  say "== $(date -u +%FT%TZ) $(uname -n): shard $shard/$shards, restart ${SLURM_RESTART_COUNT:-0}"
  code=0
  run_program "$program" sweep "$run/config.resolved.yaml" -o "$run" --shard "$shard/$shards" --grace "${grace}s" \
    ${options[@]+"${options[@]}"} || code=$?
  ! is_stopped "$code" || leave "$code"
  [ "$code" = 0 ] || say "== shard $shard/$shards: exit code $code"
  [ "$first_failure" != 0 ] || first_failure=$code # the others may still succeed
done
leave "$first_failure"
