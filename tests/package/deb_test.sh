#!/usr/bin/env bash
# The Debian packages on a machine that has nothing else: deb_test.sh [FOLDER-OF-DEBS [CACHE]]
#
# Makes a bare Debian 12 (debootstrap, kept as CACHE/bookworm.tar), installs sorsweep there, uses it as a user who is not root,
# removes it, and looks for what is left. Without arguments it makes the packages first, and keeps the bare Debian in build.
# Needs root, debootstrap, groff, and the network that apt has. Skipped (77) without; with CI that is a failure.
set -euo pipefail
top=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
if [ $# = 0 ]; then
  "$top/scripts/package.sh"
  set -- "$top/build/release/packages" "$top/build/bookworm"
fi
debs=$(realpath -- "$1")
cache=${2:-}

skip() {
  echo "skipped: $1"
  [ -z "${CI:-}" ] || exit 1
  exit 77
}
fail() {
  echo "FAILED: $1" >&2
  exit 1
}
[ "$(id -u)" = 0 ] || skip "not root"
for tool in debootstrap groff dpkg-deb; do
  command -v "$tool" >/dev/null || skip "no $tool: apt-get install $tool"
done
deb=$(find "$debs" -maxdepth 1 -name 'sorsweep_*.deb') dev=$(find "$debs" -maxdepth 1 -name 'libsorsweep-dev_*.deb')
if [ ! -f "$deb" ] || [ ! -f "$dev" ]; then fail "not one package of each in $debs: make them by scripts/package.sh"; fi
version=$(dpkg-deb -f "$deb" Version)

work=$(mktemp -d /tmp/sorsweep-deb.XXXXXX)
root=$work/root
has_proc=no
tidy_up() {
  [ "$has_proc" = no ] || umount -l "$root/proc"
  rm -rf --one-file-system "$work"
}
trap tidy_up EXIT

in_root() {
  chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"
}
as_user() {
  chroot --userspec=1000:1000 "$root" /usr/bin/env -i PATH=/usr/bin:/bin HOME=/home/user LC_ALL=C.UTF-8 \
    sh -c 'cd && exec "$@"' - "$@"
}
quietly() { # a command whose output is of interest only when it fails
  "$@" >"$work/log" 2>&1 || { cat "$work/log" >&2 && fail "$*"; }
}

make_root() {
  mkdir -p "$root"
  if [ -n "$cache" ] && [ -f "$cache/bookworm.tar" ]; then
    tar -xf "$cache/bookworm.tar" -C "$root"
  else
    debootstrap --variant=minbase bookworm "$root" >"$work/log" 2>&1 || { tail -3 "$work/log" && skip "debootstrap failed"; }
    rm -f "$root"/var/cache/apt/archives/*.deb
    if [ -n "$cache" ]; then
      mkdir -p "$cache"
      tar -cf "$work/bookworm.tar" -C "$root" . && mv "$work/bookworm.tar" "$cache/bookworm.tar"
    fi
  fi
  # This machine's way to the packages.
  cp /etc/resolv.conf "$root/etc/"
  for file in /etc/apt/apt.conf.d/99* /etc/apt/sources.list /etc/apt/sources.list.d/*.sources /etc/apt/sources.list.d/*.list; do
    [ ! -f "$file" ] || cp "$file" "$root${file%/*}/"
  done
  in_root apt-get update >"$work/log" 2>&1 || { tail -3 "$work/log" && skip "apt-get update failed"; }
  mkdir -p "$root/packages" "$root/home/user"
  cp "$deb" "$dev" "$root/packages/"
  echo 'user:x:1000:1000::/home/user:/bin/sh' >>"$root/etc/passwd"
  chown 1000:1000 "$root/home/user"
  if mount -t proc proc "$root/proc" 2>/dev/null; then
    has_proc=yes
    [ -e "$root/dev/fd" ] || ln -s /proc/self/fd "$root/dev/fd"
  fi
}

check_lint() {
  command -v lintian >/dev/null || { echo "no lintian here: apt-get install lintian" && return; }
  lintian --allow-root --fail-on error "$deb" "$dev" >"$work/lintian" 2>&1 || { cat "$work/lintian" >&2 && fail lintian; }
  echo "lintian: $(grep -c '^W:' "$work/lintian" || true) warnings, no errors"
}

use_it() {
  local said
  said=$(as_user sorsweep --version)
  [[ $said == "sorsweep ${version%-*} "* ]] || fail "the package is $version, the program says $said"
  quietly as_user sorsweep synth -o csv --days 2 --venues 3 --rows 20000
  quietly as_user sorsweep convert csv -o data/quickstart/store --symbol SYNTH
  quietly as_user sorsweep sweep /usr/share/sorsweep/configs/quickstart.yaml -o run
  quietly as_user sorsweep verify run
  for file in report.html best.json results.h5; do
    [ -s "$root/home/user/run/$file" ] || fail "the sweep wrote no $file"
  done
  grep -q '"result_hash": "[0-9a-f]\{32\}"' "$root/home/user/run/best.json" || fail "best.json has no result_hash"
  if [ "$has_proc" = no ]; then
    echo "nothing may be mounted here: submit.sh, which needs /dev/fd, was not tried"
    return
  fi
  quietly as_user /usr/share/sorsweep/slurm/submit.sh /usr/share/sorsweep/configs/quickstart.yaml -o dry --shards 2 --dry-run
  [ -s "$root/home/user/dry/slurm/settings.sh" ] || fail "submit.sh --dry-run wrote no settings"
}

check_page() {
  local page=$root/usr/share/man/man1/sorsweep.1.gz
  zcat "$page" | groff -man -ww -z -K utf8 2>"$work/groff" || fail "groff cannot read the man page"
  [ ! -s "$work/groff" ] || { cat "$work/groff" >&2 && fail "groff complains of the man page"; }
}

check_gone() {
  local file left=()
  while IFS= read -r file; do
    [ -d "$root$file" ] && [[ $file != *sorsweep* ]] && continue # a folder of others too
    [ ! -e "$root$file" ] || left+=("$file")
  done <"$work/files"
  mapfile -t -O "${#left[@]}" left < <(
    find "$root" -xdev \( -path "$root/home" -o -path "$root/packages" -o -path "$root/proc" \) -prune -o \
      -name '*sorsweep*' -print)
  [ ${#left[@]} = 0 ] || fail "left after apt-get $1: ${left[*]}"
}

install_it() { quietly in_root apt-get install -y --no-install-recommends "/packages/${deb##*/}"; }

make_root
check_lint
install_it
in_root dpkg -L sorsweep >"$work/files"
[ "$(wc -l <"$work/files")" -gt 20 ] || fail "the package has hardly a file"
use_it
check_page
quietly in_root apt-get install -s --no-install-recommends "/packages/${dev##*/}" # what it depends on exists
quietly in_root apt-get remove -y sorsweep
check_gone remove # it has no configuration that would be kept
install_it
quietly in_root apt-get purge -y sorsweep
check_gone purge
echo "sorsweep $version: installed, used, removed without a trace"
