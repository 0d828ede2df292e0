#!/usr/bin/env bash
# Installs the packages of Debian or Ubuntu that are missing to build, run and test sorsweep: setup.sh [build]. With `build`,
# those for the tests are left out. It prints what it does, and does nothing if nothing is missing. It works as root, or as a
# user who may sudo.
set -euo pipefail

packages=(
  g++ cmake ninja-build git ca-certificates           # build
  libtbb-dev libhdf5-dev libfmt-dev                   # task graph, store, text
  libyaml-cpp-dev libcli11-dev nlohmann-json3-dev     # configuration, command line, JSON
  libxxhash-dev libhowardhinnant-date-dev tzdata      # hashes, time zones
  zlib1g-dev libzstd-dev libdeflate-dev               # gzip, Zstandard, the store's chunks
  libjs-vega                                          # charts of report.html, embedded when the program is built
  dpkg-dev file                                       # scripts/package.sh
  catch2 librapidcheck-dev python3                    # tests that are configured with the rest
)
tests=(
  python3-h5py python3-numpy python3-pandas           # independent readers
  zstd                                                # the reference packer
  python3-numba gnuplot-nox                           # bench.suite: ports to compare with, plots
  chromium chromium-driver python3-selenium           # the report in a browser
  fonts-liberation                                    # a font for its text
  slurmctld slurmd slurm-client munge                 # a cluster on this machine
  parallel                                            # shards without one
  groff-base mandoc lintian debootstrap               # checks of the man page and of the packages
  shellcheck clang-format-14 clang-tidy-14            # our scripts and sources (docs/checks.md)
  libbenchmark-dev                                    # bench_kernels, which is skipped without it
)
[ "${1:-}" = build ] || packages+=("${tests[@]}")

installed() { dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q 'install ok installed'; }

missing=()
for package in "${packages[@]}"; do
  installed "$package" || missing+=("$package")
done
if [ ${#missing[@]} -eq 0 ]; then
  echo "setup: nothing to install"
  exit 0
fi

if ! command -v apt-get >/dev/null; then
  echo "setup: needs these Debian packages or their like, and there is no apt-get here: ${missing[*]}" >&2
  exit 1
fi
as_root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || { echo "setup: not root and no sudo; ask for: ${missing[*]}" >&2; exit 1; }
  as_root=(sudo)
fi

echo "setup: installing ${missing[*]}"
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
  "${missing[@]}" >/dev/null
echo "setup: done"
