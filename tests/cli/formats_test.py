#!/usr/bin/env python3
"""The formats tell the same, and the bundled sample looks as it always did, to the byte."""

import csv
import io
import json
import os
import re

import cli_case


class Formats(cli_case.CliCase):
    """One pass writes them all, and they agree."""

    SKETCHES = ("--sketch", "lc:16B", "--sketch", "hll:12", "--sketch", "ull:12")

    def setUp(self) -> None:
        super().setUp()
        self.generate(
            "--shape", "narrow", "--distinct", "1000,400,0,3,1700", "-o", "dump.jsonl"
        )
        self.analyze(
            "dump.jsonl", "-q", *self.SKETCHES, "--rollup", "1h", "-o", "o.csv", "-o", "o.json",
            "-o", "o.md",
        )
        self.rows = cli_case.rows_of(self.read("o.csv"))

    @staticmethod
    def csv_text(value: object) -> object:
        if value is None:
            return ""
        return str(value).lower() if isinstance(value, bool) else value

    def test_the_csv_has_exactly_these_columns(self):
        header = self.read("o.csv").decode().split("\n")[0]
        self.assertEqual(header, ",".join(cli_case.CSV_COLUMNS))
        self.assertNotIn(b"\r", self.read("o.csv"))
        order = [(row["window"], row["window_start"][11:16], row["sketch"]) for row in self.rows]
        starts = [("1m", f"13:{minute}") for minute in (39, 40, 42, 43)] + [("1h", "13:00")]
        expected = [(*start, sketch) for start in starts for sketch in self.SKETCHES[1::2]]
        self.assertEqual(order, expected)

    def test_the_columns_of_a_row_agree_with_each_other(self):
        saturated = set()
        for row in self.rows:
            exact = int(row["exact"])
            self.assertGreaterEqual(int(row["records"]), exact)
            if row["saturated"] == "true":
                saturated.add((row["window"], row["window_start"][11:16], row["sketch"]))
                for column in ("estimate", "error", "relative_error", "z"):
                    self.assertEqual(row[column], "")
                continue
            estimate = float(row["estimate"])
            self.assertAlmostEqual(float(row["error"]), estimate - exact, delta=2e-6)
            relative = float(row["relative_error"])
            rounding = 1e-6 / exact + abs(relative) * 1e-5
            self.assertAlmostEqual(relative, (estimate - exact) / exact, delta=rounding)
            if row["predicted_rse"] == "":
                # A linear counter that is about to be full has no theory.
                self.assertEqual((row["sketch"], row["z"]), ("lc:16B", ""))
                continue
            rse = float(row["predicted_rse"])
            self.assertEqual(row["z"] == "", exact * rse < 5, row)
            if row["z"]:
                self.assertAlmostEqual(float(row["z"]), relative / rse, delta=1e-4)
        # 1,000, 1,700 and 2,401 ids for 128 bits.
        full = [("1m", "13:39"), ("1m", "13:43"), ("1h", "13:00")]
        self.assertEqual(saturated, {(*window, "lc:16B") for window in full})

    def test_complete_is_false_for_the_first_and_last_window_of_each_length(self):
        complete = [row["complete"] for row in self.rows[::3]]
        self.assertEqual(complete, ["false", "true", "true", "false", "false"])

    def test_sketch_bytes_are_those_of_the_dense_state(self):
        sizes = {row["sketch"]: row["sketch_bytes"] for row in self.rows}
        self.assertEqual(sizes, {"lc:16B": "16", "hll:12": "3072", "ull:12": "4096"})

    def test_json_holds_the_values_of_the_csv(self):
        document = json.loads(self.read("o.json"))
        self.assertEqual(document["schema_version"], 1)
        rows = []
        for window in document["windows"]:
            shared = {key: value for key, value in window.items() if key != "sketches"}
            rows += [shared | sketch for sketch in window["sketches"]]
        sizes = {sketch["sketch"]: sketch["sketch_bytes"] for sketch in document["sketches"]}
        self.assertEqual(len(rows), len(self.rows))
        for in_json, in_csv in zip(rows, self.rows):
            in_json["sketch_bytes"] = sizes[in_json["sketch"]]
            self.assertEqual(set(in_json), set(in_csv))
            for column, text in in_csv.items():
                value = self.csv_text(in_json[column])
                if isinstance(value, (int, float)):
                    self.assertEqual(value, float(text), column)
                else:
                    self.assertEqual(value, text, column)

    def test_verdicts_in_json_are_those_of_the_rows(self):
        verdicts = json.loads(self.read("o.json"))["verdicts"]
        self.assertEqual(
            [(verdict["window"], verdict["sketch"]) for verdict in verdicts],
            [(window, sketch) for window in ("1m", "1h") for sketch in self.SKETCHES[1::2]],
        )
        for verdict in verdicts:
            rows = [
                row for row in self.rows
                if (row["window"], row["sketch"]) == (verdict["window"], verdict["sketch"])
            ]
            errors = [float(row["relative_error"]) for row in rows if row["relative_error"]]
            self.assertEqual(verdict["windows"], len(rows))
            self.assertEqual(verdict["counted"], len(errors))
            self.assertEqual(verdict["saturated"], len(rows) - len(errors))
            if not errors:
                self.assertIsNone(verdict["rmse"])
                continue
            rmse = (sum(error**2 for error in errors) / len(errors)) ** 0.5
            self.assertAlmostEqual(verdict["rmse"], rmse, delta=rmse * 1e-4)
            self.assertAlmostEqual(verdict["bias"], sum(errors) / len(errors), delta=rmse * 1e-4)
            self.assertAlmostEqual(
                verdict["worst_error"], max(errors, key=abs), delta=rmse * 1e-4
            )

    def test_the_wide_layout_says_the_same_in_one_row_a_window(self):
        out = self.analyze(
            "dump.jsonl", "-q", *self.SKETCHES, "--rollup", "1h", "--layout", "wide"
        ).text
        wide = list(csv.DictReader(io.StringIO(out)))
        self.assertEqual(len(wide), 5)
        long = []
        for row in wide:
            for sketch in self.SKETCHES[1::2]:
                flat = {column: row[column] for column in cli_case.CSV_COLUMNS[:6]}
                flat |= {"sketch": sketch, "sketch_bytes": row[f"{sketch}_bytes"]}
                flat |= {column: row[f"{sketch}_{column}"] for column in cli_case.CSV_COLUMNS[8:]}
                long.append(flat)
        self.assertEqual(long, self.rows)
        self.assertEqual(len(wide[0]), 6 + 3 * 7)

    def test_without_sketches_a_window_is_one_row(self):
        rows = cli_case.rows_of(self.analyze("dump.jsonl", "-q", "--sketch", "none").out)
        self.assertEqual([row["exact"] for row in rows], ["1000", "400", "3", "1700"])
        self.assertEqual({row[column] for row in rows for column in cli_case.CSV_COLUMNS[6:]}, {""})

    def test_markdown_and_table_show_the_counts(self):
        table = self.analyze("dump.jsonl", "-q", *self.SKETCHES, "--format", "table").text
        for text in (self.read("o.md").decode(), table):
            for count in ("1,000", "400", "1,700", "lc:16B", "hll:12", "ull:12"):
                self.assertIn(count, text)

    def test_the_hash_seed_changes_estimates_and_nothing_else(self):
        options = ["--rollup", "1h", "--hash-seed", "1"]
        other = cli_case.rows_of(self.analyze("dump.jsonl", "-q", *self.SKETCHES, *options).out)
        columns = cli_case.CSV_COLUMNS[:8]
        self.assertEqual(
            [[row[column] for column in columns] for row in other],
            [[row[column] for column in columns] for row in self.rows],
        )
        self.assertNotEqual(
            [row["estimate"] for row in other], [row["estimate"] for row in self.rows]
        )


class Golden(cli_case.CliCase):
    """The bundled sample in every format, to the byte: the same on every machine and compiler."""

    def test_the_sample_in_every_format(self):
        for form in ("csv", "json", "md", "table"):
            with self.subTest(form=form):
                finished = self.analyze(cli_case.SAMPLE, "-q", "--rollup", "1h", "--format", form)
                self.assert_golden(f"sample.{'txt' if form == 'table' else form}", finished.out)

    def test_a_table_without_utf8_is_ascii(self):
        out = self.analyze(cli_case.SAMPLE, "-q", "--format", "table", LC_ALL="C").out
        self.assertTrue(out.isascii())
        self.assert_golden("sample_ascii.txt", out)

    def test_the_summary_for_people(self):
        os.symlink(cli_case.SAMPLE, self.folder / "sample.jsonl")
        finished = self.analyze("sample.jsonl", "--threads", "1", STREAM_ANALYZER_KERNEL="portable")
        text = re.sub(r"(?m)^speed .*$", "speed    ...", finished.err)
        self.assert_golden("sample_summary.txt", text.encode())


if __name__ == "__main__":
    cli_case.main()
