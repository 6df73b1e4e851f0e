#!/usr/bin/env bash
# Configures a build directory once and builds in it, quietly: the compiler is heard only on failure.
#
#   scripts/build.sh DIR [-Doption=value]... [TARGET...]
#
# DIR is relative to the project's root. Without a target everything is built. A release build
# unless the options say otherwise; CXX is respected when DIR is configured for the first time.
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)

if [[ ${1:-} == -h || ${1:-} == --help ]]; then
    sed -n '2,/^set/s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
    exit 0
fi

directory=$root/${1:?usage: scripts/build.sh DIR [-Doption=value]... [TARGET...]}
shift
options=()
while (($# > 0)) && [[ $1 == -D* ]]; do
    options+=("$1")
    shift
done

log=$(mktemp)
trap 'rm -f "$log"' EXIT
quietly() {
    "$@" </dev/null >"$log" 2>&1 && return
    cat "$log" >&2
    printf 'build: failed in %s: %s\n' "$directory" "$*" >&2
    exit 3
}

# A directory that was configured for a checkout at another place cannot be used: paths in it are
# absolute. It holds nothing but what a build makes again.
configured=$directory/meson-info/meson-info.json
if [[ -e $configured ]] && ! grep -qF "\"source\": \"$root\"" "$configured"; then
    rm -rf -- "$directory"
fi

# What the directory was configured with, so that a second run need not ask meson (half a second).
stamp=$directory/configured_with
if [[ ! -e $directory/build.ninja ]]; then
    printf 'build: configuring and building %s; the first time takes a few minutes\n' \
        "${directory#"$root"/}" >&2
    quietly meson setup "$directory" "$root" -Dbuildtype=release "${options[@]}"
    printf '%s\n' "${options[*]}" >"$stamp"
elif ((${#options[@]} > 0)) && [[ $(cat "$stamp" 2>/dev/null) != "${options[*]}" ]]; then
    quietly meson configure "$directory" "${options[@]}"
    printf '%s\n' "${options[*]}" >"$stamp"
fi
quietly ninja -C "$directory" -j "$(nproc)" "$@"
