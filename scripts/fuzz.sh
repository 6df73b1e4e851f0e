#!/usr/bin/env bash
# Feeds random bytes to the scanners, the decompressors and the reader of stored parts, under the
# address and undefined-behaviour sanitizers.
#
#   scripts/fuzz.sh [SECONDS]
#
# Each fuzzer runs for SECONDS (default: 60). It begins with what the tests' tables hold and with
# what earlier runs found interesting (kept in build-fuzz/corpus). An input that breaks a rule is
# kept in out/fuzz; `build-fuzz/tests/fuzz/NAME FILE` runs it again. The last line is
# "N passed, N failed"; exit 1 when anything failed. CXX names the clang++ to build with.
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)

if [[ ${1:-} == -h || ${1:-} == --help ]]; then
    sed -n '2,/^set/s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
    exit 0
fi
seconds=${1:-60}
if (($# > 1)) || [[ ! $seconds =~ ^[1-9][0-9]*$ ]]; then
    printf 'fuzz: usage: scripts/fuzz.sh [SECONDS]\n' >&2
    exit 2
fi

# Whatever ends this script early, a last line says that it did not go well.
status=0
trap 'status=$?; ((status == 0)) || { printf "0 passed, 1 failed\n"; exit "$status"; }' EXIT
"$root/scripts/setup.sh" clang-14 libclang-rt-14-dev
fuzzers=(scanner_fuzz decompress_fuzz part_fuzz)
CXX=${CXX:-clang++-14} "$root/scripts/build.sh" build-fuzz -Dfuzzers=true \
    -Dbuildtype=debugoptimized -Doptimization=1 -Db_sanitize=address,undefined \
    "-Dcpp_args=-g1 -fsanitize=fuzzer-no-link" tests/fuzz/write_seeds "${fuzzers[@]/#/tests/fuzz/}"

built=$root/build-fuzz/tests/fuzz
corpora=$root/build-fuzz/corpus
findings=$root/out/fuzz
mkdir -p "$corpora" "$findings"
"$built/write_seeds" "$corpora/seeds" >/dev/null

# Sanitizers stop at the first finding: libFuzzer must see it to keep the input.
export UBSAN_OPTIONS=${UBSAN_OPTIONS:-halt_on_error=1:print_stacktrace=1}
# Decoders may ask for what a zstd window needs (128 MiB) and a little more, never for what a file
# says that it needs.
limits=(-timeout=20 -rss_limit_mb=2048 -malloc_limit_mb=192)
passed=0
failed=0
for fuzzer in "${fuzzers[@]}"; do
    name=${fuzzer%_fuzz}
    mkdir -p "$corpora/$name"
    options=(-max_total_time="$seconds" -max_len=4096 -print_final_stats=1 "${limits[@]}")
    [[ $name != scanner ]] || options+=(-dict="$root/tests/fuzz/json.dict")
    log=$root/build-fuzz/$fuzzer.log
    if "$built/$fuzzer" "${options[@]}" -artifact_prefix="$findings/$fuzzer-" \
        "$corpora/$name" "$corpora/seeds/$name" >"$log" 2>&1; then
        passed=$((passed + 1))
        printf 'ok    %s: %s inputs in %s s\n' "$fuzzer" \
            "$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")" "$seconds"
    else
        failed=$((failed + 1))
        # What was broken, and where the input is; all of it is in the log.
        grep -aE '^(broken:|SUMMARY:|==[0-9]+== ?ERROR|.*runtime error:|artifact_prefix)' "$log" >&2 ||
            tail -n 20 "$log" >&2
        printf 'FAIL  %s: see %s\n' "$fuzzer" "$log"
    fi
done

trap - EXIT
printf '%d passed, %d failed\n' "$passed" "$failed"
((failed == 0))
