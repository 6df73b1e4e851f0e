#!/usr/bin/env bash
# Installs what the project is built with, as far as it is missing.
#
#   scripts/setup.sh [MORE_PACKAGES...]
#
# Everything comes from Debian 12 by apt. A second run only asks dpkg and ends at once. Exit 3 when
# the packages cannot be installed from here; the message then says what to install by hand.
# STREAM_ANALYZER_SKIP_SETUP=1 skips all of this, for systems that have the libraries by other means.
set -euo pipefail

if [[ ${1:-} == -h || ${1:-} == --help ]]; then
    sed -n '2,/^set/s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
    exit 0
fi

# The whole set-up, in one line. tzdata: the time zones behind --timezone; python3 runs the checks.
packages=(g++ meson ninja-build pkg-config python3 libboost-program-options-dev libsimdjson-dev libfmt-dev catch2 libxxhash-dev libisal-dev libzstd-dev nlohmann-json3-dev libkainjow-mustache-dev libhowardhinnant-date-dev libjs-chart.js tzdata)
packages+=("$@")

say() { printf 'setup: %s\n' "$*" >&2; }

[[ ${STREAM_ANALYZER_SKIP_SETUP:-0} != 1 ]] || exit 0

if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    say 'this system has no apt, so nothing was installed. Please install what these Debian 12'
    say "packages hold: ${packages[*]}"
    say 'and then run the script again with STREAM_ANALYZER_SKIP_SETUP=1.'
    exit 3
fi

# dpkg-query fails when it does not know a package at all: those are missing too.
installed=$(dpkg-query --show --showformat='${db:Status-Status} ${Package}\n' "${packages[@]}" \
    2>/dev/null | sed -n 's/^installed //p' || true)
missing=()
for package in "${packages[@]}"; do
    [[ $'\n'$installed$'\n' == *$'\n'$package$'\n'* ]] || missing+=("$package")
done
((${#missing[@]} > 0)) || exit 0

as_root=()
if ((EUID != 0)); then
    if ! command -v sudo >/dev/null; then
        say 'installing packages needs root, and there is no sudo here. Please run as root:'
        say "apt-get install --no-install-recommends ${missing[*]}"
        exit 3
    fi
    as_root=(sudo)
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
apt() {
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q "$@" </dev/null >>"$log" 2>&1
}

say "installing with apt: ${missing[*]}"
# A source that cannot be reached is no reason to stop while another one has the packages.
apt update || say 'some package lists could not be refreshed; trying with what is there'
if ! apt install --yes --no-install-recommends "${missing[@]}"; then
    cat "$log" >&2
    say "apt could not install: ${missing[*]}"
    exit 3
fi
