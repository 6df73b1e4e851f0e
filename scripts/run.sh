#!/usr/bin/env bash
# From a fresh checkout to a result: installs what is missing, builds, analyzes.
#
#   scripts/run.sh [INPUT...] [OPTION...]
#
# Inputs come first: files, directories or - for standard input; without any, the bundled sample is
# analyzed. Options go to `stream-analyzer analyze` as they are. The table is printed, the CSV is
# written to out/analysis.csv beside the sources, outside what git tracks.
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)

if [[ ${1:-} == -h || ${1:-} == --help ]]; then
    sed -n '2,/^set/s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
    exit 0
fi

inputs=()
while (($# > 0)) && [[ $1 == - || $1 != -* ]]; do
    inputs+=("$1")
    shift
done
own_format=0
inputs_elsewhere=0
for option in "$@"; do
    case $option in
    --files-from | --files-from=*) inputs_elsewhere=1 ;;
    --format | --format=*) own_format=1 ;;
    esac
done
if ((${#inputs[@]} == 0)) && ((! inputs_elsewhere)); then
    inputs=("$root/datasets/sample.jsonl")
    printf 'run: no input given, analyzing the bundled sample %s\n' "${inputs[0]}" >&2
fi
# The table is wanted here even when the output is piped.
((own_format)) || set -- --format table "$@"

"$root/scripts/setup.sh"
"$root/scripts/build.sh" build analyzer/stream-analyzer

mkdir -p "$root/out"
rm -f -- "$root/out/analysis.csv"
status=0
"$root/build/analyzer/stream-analyzer" analyze "${inputs[@]}" -o "$root/out/analysis.csv" "$@" ||
    status=$?
# With too many rejects or a damaged input the outputs are written all the same.
if [[ -e $root/out/analysis.csv ]]; then
    printf 'run: the whole table as CSV: %s\n' "$root/out/analysis.csv" >&2
fi
exit "$status"
