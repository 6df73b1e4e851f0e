#!/usr/bin/env bash
# Shows that memory stays bounded and speed stays up on dumps longer than memory.
#
#   scripts/long_dumps.sh [--scale F] [--threads N] [--data NAME,...]
#
# NAME is one of years (two years of minutes with day, month and year roll-ups, 32.8 GB), weeks
# (four weeks of minutes with hours and days, 32.7 GB) and same-day (three files of the same day,
# and as parts). Dumps are generated into a pipe, so that no disk holds them; only same-day needs
# 0.7 GB in BENCH_DIR (default: stream-analyzer-bench in the system's folder for temporary files).
# Every run with --memory must write the bytes of the one without, whose minutes must be those that
# the generator knows. A quarter of an hour; a quick look: scripts/long_dumps.sh --scale 0.01
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)

if [[ ${1:-} == -h || ${1:-} == --help ]]; then
    sed -n '2,/^set/s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
    exit 0
fi

folder=${BENCH_DIR:-${TMPDIR:-/tmp}/stream-analyzer-bench}
"$root/scripts/build.sh" build analyzer/stream-analyzer
exec env PYTHONDONTWRITEBYTECODE=1 python3 "$root/tests/bench/long_dumps.py" \
    --program "$root/build/analyzer/stream-analyzer" --folder "$folder/long" \
    --out "$root/out/bench" "$@"
