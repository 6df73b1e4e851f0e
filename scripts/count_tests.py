#!/usr/bin/env python3
"""Counts the test cases of a `meson test` run and shows what failed.

    count_tests.py TESTLOG.json --exit-status N

The last line printed is "N passed, N failed" (", N skipped" when there are any). A suite's own
count is taken from what it printed: Catch2's closing line (versions 2 and 3), or a closing line of
the same form as ours. Any other program counts as one test. A suite that crashed, timed out or ran
no test is a failure whatever it printed. Exits 1 when anything failed.
"""

import argparse
import json
import re
import sys
from pathlib import Path
from typing import NamedTuple

# Printed of one failing suite; a runaway log must not bury the others.
SHOWN_LINES = 300

ALL_PASSED = re.compile(r"^All tests passed \(.*? in (\d+) test cases?\)\s*$", re.MULTILINE)
SOME_FAILED = re.compile(r"^test cases:(.*)$", re.MULTILINE)
PLAIN = re.compile(r"^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?\s*$", re.MULTILINE)


class Count(NamedTuple):
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(*(a + b for a, b in zip(self, other)))


def printed_count(output: str) -> Count | None:
    """What the suite itself says, or None when it says nothing that we know."""
    if found := ALL_PASSED.findall(output):
        return Count(passed=int(found[-1]))
    if found := SOME_FAILED.findall(output):
        # "test cases: 5 | 3 passed | 1 failed | 1 failed as expected"
        fields = re.findall(r"(\d+) (passed|failed as expected|failed|skipped)", found[-1])
        by_name = {name: int(number) for number, name in fields}
        return Count(
            passed=by_name.get("passed", 0) + by_name.get("failed as expected", 0),
            failed=by_name.get("failed", 0),
            skipped=by_name.get("skipped", 0),
        )
    if found := PLAIN.findall(output):
        passed, failed, skipped = found[-1]
        return Count(int(passed), int(failed), int(skipped or 0))
    if re.search(r"^No tests? (cases matched|ran)", output, re.MULTILINE):
        return Count()
    return None


def count_suite(entry: dict) -> Count:
    """`entry` is one line of Meson's testlog.json."""
    result = entry["result"]
    printed = printed_count(entry.get("stdout") or "")
    if result == "SKIP":
        return Count(skipped=1)
    if result in ("OK", "EXPECTEDFAIL"):
        if printed is None:
            return Count(passed=1)
        if printed == Count():
            return Count(failed=1)
        return printed
    # Failed, crashed, timed out or interrupted: at least one failure, whatever was printed.
    counted = printed or Count()
    return counted._replace(failed=max(1, counted.failed))


def show_failure(entry: dict) -> None:
    print(f"\n--- {entry['name']}: {entry['result']} (exit status {entry.get('returncode')})")
    for stream in ("stdout", "stderr"):
        lines = (entry.get(stream) or "").splitlines()
        if len(lines) > SHOWN_LINES:
            print(f"[{len(lines) - SHOWN_LINES} lines left out]")
        print("\n".join(lines[-SHOWN_LINES:]))


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("testlog", type=Path)
    arguments.add_argument("--exit-status", type=int, default=0, help="of meson test")
    options = arguments.parse_args()

    entries = []
    if options.testlog.exists():
        with options.testlog.open(encoding="utf-8") as log:
            entries = [json.loads(line) for line in log if line.strip()]

    total = Count()
    for entry in entries:
        counted = count_suite(entry)
        total += counted
        if counted.failed:
            show_failure(entry)
    if not entries:
        print("no test was run", file=sys.stderr)
        total += Count(failed=1)
    elif options.exit_status != 0 and total.failed == 0:
        print(f"meson test ended with status {options.exit_status}", file=sys.stderr)
        total += Count(failed=1)

    skipped = f", {total.skipped} skipped" if total.skipped else ""
    print(f"{total.passed} passed, {total.failed} failed{skipped}")
    return 1 if total.failed else 0


if __name__ == "__main__":
    sys.exit(main())
