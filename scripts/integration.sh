#!/usr/bin/env bash
# Runs the tests that need other systems: a living Redis, the library of Apache DataSketches, and
# matplotlib for the figures.
#
#   scripts/integration.sh
#
# Redis and matplotlib come from Debian by apt; the tests start a Redis of their own on a free port
# of the loopback interface and stop it. The package datasketches comes from PyPI into
# build-integration/. Less than a minute. The last line is "N passed, N failed".
set -euo pipefail
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)

if [[ ${1:-} == -h || ${1:-} == --help ]]; then
    sed -n '2,/^set/s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
    exit 0
fi

# Whatever ends this script early, a last line says that it did not go well.
trap 'status=$?; ((status == 0)) || { printf "0 passed, 1 failed\n"; exit "$status"; }' EXIT
"$root/scripts/setup.sh" redis-server redis-tools python3-venv python3-matplotlib
"$root/scripts/build.sh" build analyzer/stream-analyzer
export PYTHONDONTWRITEBYTECODE=1

# The versions that the tests were written with; others should do as well.
requirements=(datasketches==5.2.0)
venv=$root/build-integration/venv
if [[ ! -e $venv/done || $(<"$venv/done") != "${requirements[*]}" ]]; then
    rm -rf -- "$venv"
    # Debian's Python, which python3-venv belongs to.
    /usr/bin/python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check "${requirements[@]}"
    printf '%s' "${requirements[*]}" >"$venv/done"
fi

trap - EXIT
passed=0
failed=0
for test in redis datasketches plot_accuracy; do
    printf '\n%s\n' "$test"
    python=$venv/bin/python
    [[ $test != plot_accuracy ]] || python=/usr/bin/python3 # Debian's matplotlib
    status=0
    output=$("$python" "$root/tests/integration/${test}_test.py" \
        "$root/build/analyzer/stream-analyzer" 2>&1) || status=$?
    printf '%s\n' "$output"
    if [[ ${output##*$'\n'} =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed ]] &&
        ((status == 0 || BASH_REMATCH[2] > 0)); then
        passed=$((passed + BASH_REMATCH[1]))
        failed=$((failed + BASH_REMATCH[2]))
    else
        failed=$((failed + 1))
    fi
done
printf '%d passed, %d failed\n' "$passed" "$failed"
((failed == 0))
