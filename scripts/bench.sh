#!/usr/bin/env bash
# Measures stream-analyzer against other systems, against simdjson and against the floor.
#
#   scripts/bench.sh [--scale F] [--rounds N] [--threads N] [--data NAME,...] [--no-peers]
#
# Needs about 7 GB in BENCH_DIR (default: stream-analyzer-bench in the system's folder for temporary
# files), where data and peers are kept for the next time, and half an hour. A quick look:
#   scripts/bench.sh --scale 0.02 --rounds 2
# DuckDB, ClickHouse (chdb) and Polars are installed there from PyPI, nowhere else; a row says when
# one could not be. Results go to the terminal and to out/bench/.
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)

if [[ ${1:-} == -h || ${1:-} == --help ]]; then
    sed -n '2,/^set/s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
    exit 0
fi

folder=${BENCH_DIR:-${TMPDIR:-/tmp}/stream-analyzer-bench}
"$root/scripts/setup.sh" gzip zstd python3-venv
"$root/scripts/build.sh" build -Dbench=true analyzer/stream-analyzer \
    tests/bench/newline_floor tests/bench/mask_pass tests/bench/simdjson_baseline \
    tests/bench/own_scanner tests/bench/compute_control

# Of two values of an option the last one counts, so that --out can be given too.
exec env PYTHONDONTWRITEBYTECODE=1 python3 "$root/tests/bench/bench.py" \
    --build "$root/build" --folder "$folder" --out "$root/out/bench" "$@"
