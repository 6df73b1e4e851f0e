#!/usr/bin/env python3
"""`analyze` against two counts that share nothing with it: a plain one in Python, and the truth
that `generate` knows from construction. Every shape, with every trap."""

import csv
import io
import json
from pathlib import Path

import cli_case
from exact_count import DumpCount, count_dump

WIDE = ["--shape", "wide", "--record-size", "400B", "--users", "700"]
NARROW = ["--shape", "narrow", "--popularity", "zipf", "--users", "3000"]
NESTED = ["--shape", "nested", "--users", "500"]
NESTED_FIELDS = ["--time-field", "/event/time", "--id-field", "/user/id"]
DAMAGE = ["--late-share", "5%", "--late-tail", "1%", "--corrupt-share", "4%"]

# exact_bytes is the length of the ids and so much for each.
BYTES_PER_ID = 16


class Differential(cli_case.CliCase):
    def dump(self, *options: str) -> bytes:
        self.generate(
            "--rate", "20", *options, "--truth", "truth.csv", "--truth-totals", "totals.json",
            "-o", "dump.jsonl",
        )
        return self.read("dump.jsonl")

    def assert_agrees_with_python(self, counted: DumpCount, *arguments: str) -> None:
        finished = self.analyze(
            "dump.jsonl", *arguments, "--format", "csv", "--summary", "summary.json",
            "--rollup", "1mo", "--rollup", "1y",
        )
        self.assertEqual(cli_case.windows_of(finished.out), counted.windows)
        for row in cli_case.rows_of(finished.out):
            if row["window"] == "1m":
                ids = counted.ids[row["window_start"]]
                text_bytes = sum(len(text.encode()) for text in ids)
                self.assertEqual(int(row["exact_bytes"]), text_bytes + BYTES_PER_ID * len(ids))
        for window in ("1mo", "1y"):
            merged = cli_case.windows_of(finished.out, window)
            length = len("2016-07") if window == "1mo" else len("2016")
            self.assertEqual(
                {start[:length]: counts for start, counts in merged.items()},
                counted.rolled_up(length),
            )
        summary = self.summary()
        for key in ("lines", "records", "blank", "anonymous", "rejects"):
            self.assertEqual(summary[key], getattr(counted, key), key)
        self.assertEqual(summary["filtered"], 0)

    def assert_agrees_with_generate(self) -> None:
        """After assert_agrees_with_python: the last run's summary is there."""
        totals, summary = json.loads(self.read("totals.json")), self.summary()
        for key in ("bytes", "lines", "records", "blank", "anonymous"):
            self.assertEqual(summary[key], totals[key], key)
        counted = {reject["reason"]: reject["count"] for reject in summary["rejects_by_reason"]}
        known = {reason: count for reason, count in totals["rejects"].items() if count > 0}
        self.assertEqual(counted, known)

    def truth_windows(self) -> dict[str, tuple[int, int]]:
        rows = csv.DictReader(io.StringIO(self.read("truth.csv").decode()))
        return {row["window_start"]: (int(row["records"]), int(row["distinct"])) for row in rows}

    def check_shape(self, options: list[str], fields: list[str]) -> None:
        dump = self.dump(*options)
        time_path = ["event", "time"] if fields else ["ts"]
        id_path = ["user", "id"] if fields else ["uid"]
        counted = count_dump(dump, time_path, id_path)
        self.assertEqual(counted.windows, self.truth_windows())
        for check in ("structure", "full"):
            with self.subTest(check=check):
                self.assert_agrees_with_python(counted, *fields, "--check", check)
                self.assert_agrees_with_generate()

    def test_wide_with_late_and_bad_lines_counts_the_same(self):
        self.check_shape([*WIDE, *DAMAGE, "--records", "5000"], [])

    def test_wide_with_crlf_and_string_times_counts_the_same(self):
        options = [*WIDE, *DAMAGE, "--crlf", "--string-times", "100%", "--records", "4000"]
        self.check_shape(options, [])

    def test_narrow_zipf_with_bad_lines_counts_the_same(self):
        self.check_shape([*NARROW, *DAMAGE, "--string-times", "30%", "--records", "15000"], [])

    def test_narrow_before_1970_counts_the_same(self):
        self.check_shape([*NARROW, "--start", "1969-12-31T23:50:30Z", "--records", "15000"], [])

    def test_nested_iso_with_bad_lines_counts_the_same(self):
        self.check_shape([*NESTED, *DAMAGE, "--crlf", "--records", "6000"], NESTED_FIELDS)

    def test_half_of_the_lines_bad_counts_the_same(self):
        # More than one round through every variant of every kind of bad line.
        for shape, fields in ((WIDE, []), (NARROW, []), (NESTED, NESTED_FIELDS)):
            with self.subTest(shape=shape[1]):
                self.check_shape(
                    [*shape, "--corrupt-share", "50%", "--records", "1200", "--seed", "7"], fields
                )

    def test_exactly_the_distinct_users_that_were_asked_for_are_counted(self):
        self.generate("--shape", "narrow", "--distinct", "100,0,250,1", "-o", "dump.jsonl")
        finished = self.analyze("dump.jsonl", "--format", "csv", "--sketch", "none")
        exact = {start: users for start, (_, users) in cli_case.windows_of(finished.out).items()}
        self.assertEqual(
            exact,
            {
                "2016-07-11T13:39:00Z": 100,
                "2016-07-11T13:41:00Z": 250,
                "2016-07-11T13:42:00Z": 1,
            },
        )


class Sample(cli_case.CliCase):
    """The committed sample, counted by everyone."""

    def test_the_sample_counts_as_its_truth_says(self):
        folder = Path(cli_case.SAMPLE).parent
        counted = count_dump(cli_case.SAMPLE.read_bytes(), ["ts"], ["uid"])
        rows = csv.DictReader(io.StringIO((folder / "sample_truth.csv").read_text()))
        truth = {row["window_start"]: (int(row["records"]), int(row["distinct"])) for row in rows}
        self.assertEqual(counted.windows, truth)
        finished = self.analyze(cli_case.SAMPLE, "--format", "csv", "--summary", "summary.json")
        self.assertEqual(cli_case.windows_of(finished.out), truth)
        totals = json.loads((folder / "sample_totals.json").read_text())
        rejects = {reason: count for reason, count in totals["rejects"].items() if count}
        summary = self.summary()
        self.assertEqual(summary["files"][0]["rejects_by_reason"], rejects)
        self.assertEqual(summary["lines"], totals["lines"])


if __name__ == "__main__":
    cli_case.main()
