#!/usr/bin/env bash
# Sweeps on a SLURM cluster: an array of shards, then a merge. docs/slurm.md
#
#   submit.sh CONFIG [option...] [-- option of sorsweep sweep...]
#
#   -o, --out RUN        the run's folder (default: as sorsweep sweep chooses it)
#   --shards N|auto      how many parts (default auto: as many as are worth half a minute and find a place)
#   --time T             time limit of each job (default: the partition's)      --merge-time T   of the merge alone
#   --cpus C             cores of each element (default 1)                      --merge-cpus C   of the merge (as --cpus)
#   --mem M              memory of each job (default: the partition's)          --merge-mem M    of the merge alone
#   --partition P, --account A, --qos Q   as for sbatch; any other:             --sbatch OPTION  like --sbatch=--exclude=n7
#   --grace S            units may take so long after the warning before the time limit: 45, 45s, 2m (default 60s)
#   --requeues Q         an element that was stopped goes back into the queue at most so often (default 3)
#   --rounds R           what the merge finds missing is submitted again at most so often (default 3)
#   --dry-run            writes the files, submits nothing
#
# Run it again to go on with a run: what is there is kept. Exit codes as sorsweep's; 2: refused, nothing is in the queue.
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=scripts/slurm/lib.sh
source "$here/lib.sh"

config='' out='' wanted=auto limit='' cpus=1 mem='' grace=60 requeues=3 rounds=3 dry_run=no
merge_limit='' merge_cpus='' merge_mem='' sbatch_options=() options=()

usage() {
  sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}"
  exit 0
}

whole_number() { [[ $2 =~ ^(0|[1-9][0-9]{0,8})$ ]] || die "$1 $2 is no whole number"; }
from_one() {
  whole_number "$@"
  [ "$2" -ge 1 ] || die "$1 $2: 1 at least"
}

seconds_of_grace() {
  [[ $1 =~ ^([0-9]{1,6})(s|m|)$ ]] || die "--grace $1 is no length of time: write it like 60s or 2m"
  local factor=1
  [ "${BASH_REMATCH[2]}" != m ] || factor=60
  echo $((10#${BASH_REMATCH[1]} * factor))
}

take_option() {
  case $1 in
  -o | --out) out=$2 ;;
  --shards) wanted=$2 ;;
  --time) limit=$2 ;;
  --cpus) cpus=$2 ;;
  --mem) mem=$2 ;;
  --merge-time) merge_limit=$2 ;;
  --merge-cpus) merge_cpus=$2 ;;
  --merge-mem) merge_mem=$2 ;;
  --partition | --account | --qos) sbatch_options+=("$1=$2") ;;
  --sbatch) sbatch_options+=("$2") ;;
  --grace) grace=$(seconds_of_grace "$2") ;;
  --requeues) requeues=$2 ;;
  --rounds) rounds=$2 ;;
  esac
}

parse() {
  while [ $# -gt 0 ]; do
    case $1 in
    -h | --help) usage ;;
    --dry-run) dry_run=yes ;;
    --) shift && options=("$@") && return ;;
    -o | --out | --shards | --time | --cpus | --mem | --merge-time | --merge-cpus | --merge-mem | --partition | --account | \
      --qos | --sbatch | --grace | --requeues | --rounds)
      [ $# -ge 2 ] || die "$1 needs a value: see submit.sh --help"
      take_option "$1" "$2" && shift
      ;;
    --*=*) # option and value in one word
      set -- "${1%%=*}" "${1#*=}" "${@:2}"
      continue
      ;;
    -*) die "submit.sh does not know «$1»: see submit.sh --help (options of sorsweep sweep stand behind --)" ;;
    *)
      [ -z "$config" ] || die "one config, not «$config» and «$1»"
      config=$1
      ;;
    esac
    shift
  done
}

check_options() {
  local option
  [ -n "$config" ] || die "a config is needed: submit.sh CONFIG; see submit.sh --help"
  [ "$wanted" = auto ] || from_one --shards "$wanted"
  from_one --cpus "$cpus"
  [ -z "$merge_cpus" ] || from_one --merge-cpus "$merge_cpus"
  whole_number --requeues "$requeues"
  whole_number --rounds "$rounds"
  for option in ${options[@]+"${options[@]}"}; do
    case $option in
    -o* | --out | --out=* | --shard | --shard=* | --init | --grace | --grace=* | --json)
      die "$option is submit.sh's to say (behind -- stand options such as --set and --engine)" ;;
    esac
  done
  [[ $PWD$out$here != *$'\n'* ]] || die "a path with a line break cannot be written into a job's file"
  check_limit --time "$limit"
  check_limit --merge-time "$merge_limit"
}

# Prints the seconds of a time limit as sbatch takes it: M, M:S, H:M:S, D-H, D-H:M, D-H:M:S. It prints nothing for words like
# UNLIMITED.
seconds_of_limit() {
  local days=0 parts
  [[ $1 =~ ^([0-9]+-)?[0-9]+(:[0-9]+){0,2}$ ]] || return 0
  IFS=: read -ra parts <<<"${1#*-}"
  if [[ $1 == *-* ]]; then
    days=${1%%-*}
    parts+=(0 0)
  elif [ ${#parts[@]} = 1 ]; then
    parts=(0 "${parts[0]}" 0)
  elif [ ${#parts[@]} = 2 ]; then
    parts=(0 "${parts[@]}")
  fi
  echo $((10#$days * 86400 + 10#${parts[0]} * 3600 + 10#${parts[1]} * 60 + 10#${parts[2]}))
}

check_limit() {
  local seconds
  seconds=$(seconds_of_limit "$2")
  [ -z "$seconds" ] || [ "$seconds" -gt $((grace + margin_s)) ] ||
    die "$1 $2 is over before anything is done (--grace ${grace}s and ${margin_s}s to end come off it): allow more time"
}

# Makes the run's folder, which the program checks. Its numbers are in $started, a JSON text.
init_run() {
  local target=()
  [ -z "$out" ] || target=(-o "$out")
  started=$("$program" sweep "$config" ${target[@]+"${target[@]}"} ${options[@]+"${options[@]}"} --init --json)
  run=$(realpath -- "$(json_value run <<<"$started")")
  units=$(json_value units <<<"$started")
  units_done=$(json_value units_done <<<"$started")
  predicted_s=$(json_value predicted_seconds <<<"$started") # for all units, by this many threads:
  threads=$(json_value threads <<<"$started")
  merge_needs=$(json_value merge_memory <<<"$started")
  mkdir -p "$run/slurm" || die "$run/slurm cannot be made" 5
}

# Prints the bytes of a memory as sbatch takes it: a number of MiB, or one with K, M, G or T.
bytes_of_memory() {
  [[ $1 =~ ^([0-9]{1,9})([KMGT]?)B?$ ]] || return 0
  local unit=${BASH_REMATCH[2]:-M} power
  case $unit in K) power=10 ;; M) power=20 ;; G) power=30 ;; T) power=40 ;; esac
  echo $((10#${BASH_REMATCH[1]} << power))
}

# Refuses a merge that could not hold the run, before the array computes it. The program plans with three quarters.
check_merge_memory() {
  local given
  given=$(bytes_of_memory "${merge_mem:-$mem}")
  [ -z "$given" ] || [ $((given * 3 / 4)) -ge "$merge_needs" ] ||
    die "the merge needs --merge-mem $((merge_needs * 4 / 3145728 + 1))M at least (three quarters of it are its budget)" 5
}

# Prints the number of CPUs of the partition that the array goes to, or nothing.
partition_cpus() {
  local option name=''
  for option in ${sbatch_options[@]+"${sbatch_options[@]}"}; do
    [[ $option != --partition=* ]] || name=${option#*=}
  done
  if [ -n "$name" ]; then
    scontrol -o show partition "${name%%,*}" 2>/dev/null
  else
    scontrol -o show partition 2>/dev/null | grep -w 'Default=YES'
  fi | sed -n 's/.*TotalCPUs=\([0-9]*\).*/\1/p'
}

# Chooses the number of parts. There are no more than units, than four turns of the partition (so that a slow part does not
# hold up the rest), and than half minutes of work (an element costs SLURM about a second).
automatic_shards() {
  local available
  available=$(partition_cpus) || available=''
  awk -v units="$units" -v left="$((units - units_done))" -v slots="$((${available:-0} / cpus))" \
    -v seconds="$predicted_s" -v threads="$threads" -v cpus="$cpus" 'BEGIN {
    n = int(seconds * threads / cpus * left / units / 30)
    if (slots > 0 && n > 4 * slots) n = 4 * slots
    if (n > left) n = left
    print(n < 1 ? 1 : n) }'
}

job_options() { # limit, cpus, memory
  [ -z "$1" ] || printf '%s\n' "--time=$1"
  printf '%s\n' "--cpus-per-task=$2"
  [ -z "$3" ] || printf '%s\n' "--mem=$3"
}

# What the jobs need is written into the run, because this checkout may change while they wait.
write_settings() {
  local array_options merge_options name
  mapfile -t array_options < <(job_options "$limit" "$cpus" "$mem")
  mapfile -t merge_options < <(job_options "${merge_limit:-$limit}" "${merge_cpus:-$cpus}" "${merge_mem:-$mem}")
  array_options+=(${sbatch_options[@]+"${sbatch_options[@]}"})
  merge_options+=(${sbatch_options[@]+"${sbatch_options[@]}"})
  name=$(basename -- "$run")
  {
    printf '# shellcheck shell=bash disable=SC2034\n# Written by submit.sh, read by the jobs of this run.\n'
    printf '%s=%s\n' run "${run@Q}" program "${program@Q}" directory "${PWD@Q}" shards "$shards" grace "$grace" \
      requeues "$requeues" rounds "$rounds" job_name "sorsweep-${name//[!A-Za-z0-9._-]/_}"
    printf '%s=(%s)\n' options "${options[*]@Q}" array_options "${array_options[*]@Q}" \
      merge_options "${merge_options[*]@Q}"
  } >"$run/slurm/settings.sh"
  cp -- "$here/lib.sh" "$here/job.sh" "$here/array.sh" "$here/merge.sh" "$run/slurm/"
}

is_merged() {
  local status
  [ "$units" = "$units_done" ] && status=$("$program" status "$run" --json 2>/dev/null) &&
    [ "$(json_value merged <<<"$status")" = true ]
}

refuse_if_at_work() {
  local busy
  lock_run -n || die "another submit.sh is at work on $run: wait for it"
  if [ "$dry_run" = yes ] && ! command -v squeue >/dev/null; then
    return 0
  fi
  busy=$(jobs_in_queue) || exit 2
  [ -z "$busy" ] ||
    die "$run has jobs in the queue (${busy//$'\n'/, }): see $(status_command), or scancel ${busy//$'\n'/ } first"
}

status_command() { printf '%q %q' "$here/status.sh" "$run"; }

report_dry_run() {
  local file
  echo "run      $run: $units units, $units_done done; shards: $shards"
  echo "nothing was submitted (--dry-run); this would be:"
  for file in "$run"/slurm/array-0.sbatch "$run"/slurm/merge-0.sbatch; do
    [ ! -f "$file" ] || printf '  sbatch %q\n' "$file"
  done
  echo "  (the merge with --dependency=afterany:JOB of the array)"
}

report_submitted() {
  local array merge seconds
  array=$(job_of 0 array) merge=$(job_of 0 merge) seconds=$(LC_ALL=C printf '%.0f' "$predicted_s")
  echo "run      $run: $units units, $units_done done; all of it would take this machine about $seconds s"
  if [ -n "$array" ]; then
    echo "array    job $array, elements $(array_indices <"$run/slurm/elements-0"), for shards 1-$shards"
    echo "merge    job $merge: after the array, whatever became of it;" \
      "what is missing then is submitted again, at most $rounds times"
  else
    echo "merge    job $merge: all units are there already"
  fi
  echo "watch    $(status_command)"
  echo "         squeue -r -j ${array:+$array,}$merge"
  echo "output   $run/slurm/*.log; at the end $run/report.html, best.json"
}

main() {
  parse "$@"
  check_options
  program=$(find_program "$here") || die "sorsweep is not found (\$SORSWEEP, build/release, PATH): build it first"
  [ "$dry_run" = yes ] || command -v sbatch >/dev/null ||
    die "there is no sbatch here: submit from a login node of the cluster, or see docs/slurm.md for running without SLURM"
  init_run
  check_merge_memory
  refuse_if_at_work
  if is_merged; then
    echo "run      $run: merged, all $units units are there; nothing to submit"
    exit 0
  fi
  shards=$wanted
  [ "$wanted" != auto ] || shards=$(automatic_shards)
  rm -f "$run"/slurm/{array,merge}-*.sbatch "$run"/slurm/elements-* "$run/slurm/jobs"
  write_settings
  # shellcheck source=/dev/null
  source "$run/slurm/settings.sh"
  if [ "$units" = "$units_done" ]; then write_round 0 </dev/null; else seq "$shards" | write_round 0; fi
  if [ "$dry_run" = yes ]; then
    report_dry_run
  else
    trap : INT TERM HUP # no array without its merge: if an sbatch is interrupted, it fails, and the other is cancelled
    submit_round 0 || die "$run was not submitted (see sbatch's words above): nothing of it is in the queue"
    report_submitted
  fi
}

main "$@"
