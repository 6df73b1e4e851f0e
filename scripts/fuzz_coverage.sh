#!/usr/bin/env bash
# Tells which lines of the code under fuzz no input of the corpus reaches.
#
#   scripts/fuzz_coverage.sh [CORPUS]
#
# Builds the fuzzers once more for source-based coverage (in build-cov), runs each over the seeds and
# what scripts/fuzz.sh has collected (CORPUS, default: build-fuzz/corpus), one time and without new
# inputs, and writes to out/fuzz-coverage: summary.txt, a table by file, and uncovered.txt, every
# line that was never run as FILE:LINE: TEXT. The table goes to the terminal too.
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)

if [[ ${1:-} == -h || ${1:-} == --help ]]; then
    sed -n '2,/^set/s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
    exit 0
fi
corpora=${1:-$root/build-fuzz/corpus}

"$root/scripts/setup.sh" clang-14 libclang-rt-14-dev llvm-14
fuzzers=(scanner_fuzz decompress_fuzz part_fuzz)
CXX=${CXX:-clang++-14} "$root/scripts/build.sh" build-cov -Dfuzzers=true \
    -Dbuildtype=debugoptimized -Doptimization=1 \
    "-Dcpp_args=-g1 -fprofile-instr-generate -fcoverage-mapping" \
    "-Dcpp_link_args=-fprofile-instr-generate" \
    tests/fuzz/write_seeds "${fuzzers[@]/#/tests/fuzz/}"

built=$root/build-cov/tests/fuzz
out=$root/out/fuzz-coverage
mkdir -p "$out"
seeds=$(mktemp -d)
trap 'rm -rf "$seeds"' EXIT
LLVM_PROFILE_FILE=/dev/null "$built/write_seeds" "$seeds" >/dev/null
objects=()
for fuzzer in "${fuzzers[@]}"; do
    name=${fuzzer%_fuzz}
    folders=("$seeds/$name")
    [[ ! -d $corpora/$name ]] || folders+=("$corpora/$name")
    LLVM_PROFILE_FILE=$out/$fuzzer.profraw "$built/$fuzzer" -runs=0 "${folders[@]}" \
        >"$out/$fuzzer.log" 2>&1
    # The first is an argument by itself.
    ((${#objects[@]} == 0)) || objects+=(-object)
    objects+=("$built/$fuzzer")
done
llvm-profdata-14 merge -sparse "$out"/*.profraw -o "$out/all.profdata"

# The rooms that the fuzzers are about, and not what else their libraries hold.
choice=(-instr-profile="$out/all.profdata" '-ignore-filename-regex=/(tests|sketch)/|^/usr/')
llvm-cov-14 report "${objects[@]}" "${choice[@]}" >"$out/summary.txt"
llvm-cov-14 show "${objects[@]}" "${choice[@]}" |
    awk -v root="$root/" '
        /^\/.*:$/ { file = substr($0, 1, length($0) - 1); sub(root, "", file); next }
        match($0, /^ *[0-9]+\| *0\|/) {
            split($0, part, "|")
            gsub(/ /, "", part[1])
            print file ":" part[1] ":" substr($0, RLENGTH + 1)
        }' >"$out/uncovered.txt"
cat "$out/summary.txt"
printf '%s lines were never run: %s\n' "$(wc -l <"$out/uncovered.txt")" "$out/uncovered.txt"
