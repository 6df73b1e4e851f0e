#!/usr/bin/env bash
# From a fresh checkout to tested: installs what is missing, builds, runs every test.
#
#   scripts/test.sh [--sanitize KIND] [--suite NAME]... [-Doption=value]... [TEST...]
#
#   --sanitize KIND  address or undefined (both at once, in build-asan) or thread (in build-tsan)
#   --suite NAME     only the tests of this suite; repeatable
#   -Doption=value   a Meson option for the build
#   TEST             only the tests of this name
#
# The last line is "N passed, N failed". It counts test cases where a suite has them (Catch2), and
# a suite that crashes or runs no test at all as one failure. Exit 1 when anything failed.
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)

usage() {
    sed -n '2,/^set/s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
}

directory=build
options=()
selection=()
while (($# > 0)); do
    case $1 in
    --sanitize)
        case ${2:-} in
        address | undefined | address,undefined)
            directory=build-asan
            options+=("-Db_sanitize=address,undefined")
            ;;
        thread)
            directory=build-tsan
            options+=(-Db_sanitize=thread)
            ;;
        *)
            printf 'test: --sanitize takes address, undefined or thread\n' >&2
            exit 2
            ;;
        esac
        # Line numbers are all that a finding needs; a full -O2 -g build takes twice as long.
        options+=(-Dbuildtype=debugoptimized -Doptimization=1 -Dcpp_args=-g1)
        shift 2
        ;;
    --suite)
        selection+=(--suite "${2:?--suite takes a name}")
        shift 2
        ;;
    -D*)
        options+=("$1")
        shift
        ;;
    -h | --help)
        usage
        exit 0
        ;;
    -*)
        printf 'test: unknown option %s\n' "$1" >&2
        usage >&2
        exit 2
        ;;
    *)
        selection+=("$1")
        shift
        ;;
    esac
done

# Whatever ends this script early, a last line says that it did not go well.
trap 'status=$?; ((status == 0)) || { printf "0 passed, 1 failed\n"; exit "$status"; }' EXIT
"$root/scripts/setup.sh"
if ((${#selection[@]} == 0)); then
    "$root/scripts/build.sh" "$directory" "${options[@]}"
    selection=(--no-rebuild)
else
    # Only the configuration; meson then builds what the selected tests need and nothing else.
    "$root/scripts/build.sh" "$directory" "${options[@]}" build.ninja
fi

log=$root/$directory/meson-logs/testlog.json
rm -f -- "$log"
# Sanitizers stop at the first finding: a test that goes on after one may still say that it passed.
# Without detect_stack_use_after_return: with it g++ 12 puts what it takes for aligned to 64 bytes, in
# the kernel for AVX-512, at places that are aligned to 32 (GCC bug 110027).
export ASAN_OPTIONS=${ASAN_OPTIONS:-halt_on_error=1}
export UBSAN_OPTIONS=${UBSAN_OPTIONS:-halt_on_error=1:print_stacktrace=1}
export TSAN_OPTIONS=${TSAN_OPTIONS:-halt_on_error=1:second_deadlock_stack=1}
status=0
meson test -C "$root/$directory" --num-processes "$(nproc)" "${selection[@]}" </dev/null ||
    status=$?

trap - EXIT
exec python3 "$root/scripts/count_tests.py" "$log" --exit-status "$status"
