# shellcheck shell=bash disable=SC2154  # $run and the like come from settings.sh
# Is sourced by submit.sh and status.sh, and by the jobs as the copy in RUN/slurm. It writes and submits a round of jobs. A
# round is an array of elements that compute shards, followed by a merge. If the merge finds units missing, it submits the
# next round with just their shards.

margin_s=30 # between the end of --grace and the time limit, to publish, to clean up and to requeue

say() { printf '%s\n' "$*" >&2; }
die() {
  say "$1"
  exit "${2:-2}"
}

# Prints the program: $SORSWEEP, else that of this checkout or of this installed prefix, else that of the PATH. The path is
# absolute, because jobs start in other folders.
find_program() {
  local here=$1 found=${SORSWEEP:-} own=$1/../../build/release/sorsweep
  [[ $here != */share/sorsweep/slurm ]] || own=$here/../../../bin/sorsweep
  [ -n "$found" ] || { [ -x "$own" ] && found=$own; }
  [ -n "$found" ] || found=$(command -v sorsweep) || return 1
  found=$(command -v "$found") && realpath -- "$found"
}

# json_value KEY prints the first value of that key in the JSON text on standard input: a text without its quotes, a list as it
# is, or a word. A cluster need not have jq. Quotes within JSON texts are escaped, so no text looks like a key.
json_value() {
  awk -v key="$1" '
    { text = text $0 " " }
    END {
      if (!match(text, "\"" key "\"[ \t]*:[ \t]*")) exit 1
      text = substr(text, RSTART + RLENGTH)
      if (match(text, /^"([^"\\]|\\.)*"/)) {
        text = substr(text, 2, RLENGTH - 2)
        gsub(/\\\\/, "\001", text); gsub(/\\"/, "\"", text); gsub(/\\\//, "/", text); gsub(/\001/, "\\", text)
        print text
      } else if (match(text, /^\[[^]]*\]/) || match(text, /^[^],} \t]+/)) {
        print substr(text, 1, RLENGTH)
      } else exit 1
    }'
}

# Prints a list like [3,5] as lines.
list_lines() { tr -d '[] ' | tr ',' '\n' | sed '/^$/d'; }

# --- the queue ---

record() { printf '%s %s %s\n' "$@" >>"$run/slurm/jobs"; } # round, array or merge, job id
recorded_jobs() { [ ! -f "$run/slurm/jobs" ] || awk '{ print $3 }' "$run/slurm/jobs"; }

# Prints the ids of this run's jobs that have not ended. It asks for the whole queue, because squeue -j fails if SLURM has
# forgotten one of the ids.
jobs_in_queue() {
  local queue recorded
  recorded=$(recorded_jobs)
  [ -n "$recorded" ] || return 0
  queue=$(squeue -h -o %F) || die "squeue does not answer (so nobody knows whether jobs of $run are still at work): try again"
  sort -u <<<"$queue" | grep -Fx "$recorded" || true
}

# Allows one submission at a time. If the file system knows no locks, only the record of job ids protects the run.
lock_run() {
  local code=0
  exec 9>"$run/slurm/lock" || die "$run/slurm cannot be written: is it yours?" 5
  flock "$@" -E 99 9 || code=$?
  [ "$code" != 99 ] || return 1
  [ "$code" = 0 ] || say "$run/slurm/lock cannot be locked (a file system without locks?): going on without"
}

# SLURM forbids indices of MaxArraySize and above.
largest_index() {
  local size
  size=$(scontrol show config 2>/dev/null | sed -n 's/^MaxArraySize *= *\([0-9]*\)$/\1/p')
  echo $((${size:-1001} - 1))
}

# --- a round's files ---

# elements SHARDS LARGEST prints lines "element shard" for the shards on standard input. An element has its shard's number. If
# there are more shards than SLURM has indices, each element takes several, in steps.
elements() {
  awk -v packed="$(($1 > $2))" -v largest="$2" '{ print packed ? (NR - 1) % largest + 1 : $1, $1 }'
}

# Prints the elements on standard input as --array needs them: 1-3,7
array_indices() {
  awk '{ print $1 }' | sort -nu | awk '
    function flush() { if (NR > 0 && first != "") text = text (text == "" ? "" : ",") (first == last ? first : first "-" last) }
    first != "" && $1 == last + 1 { last = $1; next }
    { flush(); first = last = $1 }
    END { flush(); print text }'
}

# sbatch_line OPTION prints a directive, quoted as sbatch reads it.
sbatch_line() {
  local word=${1//\\/\\\\}
  printf '#SBATCH "%s"\n' "${word//\"/\\\"}"
}

# job_script KIND ROUND OPTION... prints the file that sbatch is given. RUN/slurm/KIND.sh holds what it does.
job_script() {
  local kind=$1 round=$2 option
  shift 2
  echo '#!/usr/bin/env bash'
  for option in "--job-name=$job_name-$kind" "--chdir=$directory" "--open-mode=append" "--requeue" \
    "--signal=B:USR1@$((grace + margin_s))" "--nodes=1" "--ntasks=1" "$@"; do
    sbatch_line "$option"
  done
  printf '\n# Round %s of %s\nset -euo pipefail\nround=%s\n' "$round" "${run@Q}" "$round"
  printf 'source %s\n' "${run@Q}/slurm/settings.sh" "${run@Q}/slurm/lib.sh" "${run@Q}/slurm/job.sh" "${run@Q}/slurm/$kind.sh"
}

# write_round ROUND writes its files from the shards on standard input. Without shards there is only a merge to do.
write_round() {
  local round=$1 slurm=$run/slurm indices
  local out=${slurm//%/%%} # sbatch replaces patterns in the names of output files
  elements "$shards" "$(largest_index)" >"$slurm/elements-$round"
  indices=$(array_indices <"$slurm/elements-$round")
  rm -f "$slurm/array-$round.sbatch"
  [ -z "$indices" ] || job_script array "$round" "--array=$indices" "--output=$out/array-%A_%a.log" \
    ${array_options[@]+"${array_options[@]}"} >"$slurm/array-$round.sbatch"
  job_script merge "$round" "--output=$out/merge-%j.log" ${merge_options[@]+"${merge_options[@]}"} \
    >"$slurm/merge-$round.sbatch"
}

# --- submitting ---

# Runs sbatch without the settings of an outer job, whose memory, for example, is not that of the new one.
clean_sbatch() {
  (
    for name in "${!SLURM_@}"; do
      case $name in SLURM_CONF | SLURM_CLUSTERS) ;; *) unset "$name" ;; esac
    done
    sbatch --parsable "$@" | sed 's/;.*//' # the cluster's name follows, if there are several
  )
}

# submit_round ROUND submits array and merge, or neither. The merge follows the array whatever became of it (afterany): SLURM
# never forgets a failed element, so afterok would stay unsatisfied even if its requeued attempt succeeded.
submit_round() {
  local round=$1 array='' merge dependency=()
  if [ -f "$run/slurm/array-$round.sbatch" ]; then
    array=$(clean_sbatch "$run/slurm/array-$round.sbatch") || return 1
    dependency=("--dependency=afterany:$array")
    record "$round" array "$array"
  fi
  if ! merge=$(clean_sbatch ${dependency[@]+"${dependency[@]}"} "$run/slurm/merge-$round.sbatch"); then
    [ -z "$array" ] || scancel "$array" || say "job $array is still in the queue: scancel $array"
    return 1
  fi
  record "$round" merge "$merge"
}

# --- reading the record ---

job_of() { awk -v round="$1" -v kind="$2" '$1 == round && $2 == kind { id = $3 } END { print id }' "$run/slurm/jobs"; }
