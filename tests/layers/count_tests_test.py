#!/usr/bin/env python3
"""scripts/count_tests.py counts what ran, and takes no crash or empty run for a success."""

import contextlib
import io
import json
import sys
import tempfile
import unittest
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"
sys.path.insert(0, str(SCRIPTS))
sys.dont_write_bytecode = True

import count_tests  # noqa: E402
from count_tests import Count  # noqa: E402


def count(stdout: str, result: str = "OK") -> Count:
    return count_tests.count_suite({"name": "suite", "stdout": stdout, "result": result})


class CountTests(unittest.TestCase):
    def test_catch2_cases_are_counted(self):
        self.assertEqual(count("All tests passed (6 assertions in 1 test case)\n\n"), Count(1))
        self.assertEqual(count("====\nAll tests passed (90 assertions in 12 test cases)\n"), Count(12))
        failed = "test cases:  5 |  3 passed | 1 failed | 1 failed as expected\nassertions: 9 | 9 passed\n"
        self.assertEqual(count(failed, "FAIL"), Count(4, 1))
        self.assertEqual(count("test cases: 4 | 3 passed | 1 skipped\n"), Count(3, 0, 1))

    def test_a_plain_closing_line_is_counted(self):
        self.assertEqual(count("x\n14 passed, 0 failed\n"), Count(14))
        self.assertEqual(count("14 passed, 2 failed, 1 skipped\n", "FAIL"), Count(14, 2, 1))

    def test_any_other_program_is_one_test(self):
        self.assertEqual(count("hello\n"), Count(1))
        self.assertEqual(count("hello\n", "FAIL"), Count(0, 1))
        self.assertEqual(count("", "SKIP"), Count(0, 0, 1))

    def test_a_crash_is_a_failure_whatever_was_printed(self):
        for result in ("FAIL", "TIMEOUT", "ERROR", "INTERRUPT"):
            with self.subTest(result=result):
                self.assertEqual(count("", result), Count(0, 1))
                self.assertEqual(
                    count("All tests passed (1 assertion in 1 test case)\n", result), Count(1, 1)
                )

    def test_a_suite_without_tests_is_a_failure(self):
        self.assertEqual(count("No tests ran\n"), Count(0, 1))
        self.assertEqual(count("0 passed, 0 failed\n"), Count(0, 1))

    def closing_line(self, entries: list[dict], *arguments: str) -> tuple[int, str]:
        with tempfile.TemporaryDirectory() as directory:
            log = Path(directory) / "testlog.json"
            if entries:
                log.write_text("".join(json.dumps(entry) + "\n" for entry in entries))
            sys.argv = ["count_tests.py", str(log), *arguments]
            out = io.StringIO()
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
                status = count_tests.main()
            return status, out.getvalue().splitlines()[-1]

    def test_the_last_line_adds_up_all_suites(self):
        good = {"name": "a", "result": "OK", "stdout": "3 passed, 0 failed\n"}
        bad = {"name": "b", "result": "FAIL", "stdout": "", "stderr": "boom"}
        self.assertEqual(self.closing_line([good]), (0, "3 passed, 0 failed"))
        self.assertEqual(self.closing_line([good, bad]), (1, "3 passed, 1 failed"))

    def test_no_log_or_a_failed_run_is_not_a_success(self):
        good = {"name": "a", "result": "OK", "stdout": "3 passed, 0 failed\n"}
        self.assertEqual(self.closing_line([]), (1, "0 passed, 1 failed"))
        self.assertEqual(
            self.closing_line([good], "--exit-status", "1"), (1, "3 passed, 1 failed")
        )


if __name__ == "__main__":
    result = unittest.main(exit=False).result
    bad = len(result.failures) + len(result.errors)
    print(f"{max(0, result.testsRun - bad)} passed, {bad} failed")
    sys.exit(1 if bad else 0)
