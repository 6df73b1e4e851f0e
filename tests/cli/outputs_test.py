#!/usr/bin/env python3
"""Outputs: where they go, that the formats tell the same, and that the account adds up."""

import csv
import io
import json
import os
import re
import threading

import cli_case
from cli_case import event_line

EVENTS = "".join(event_line(30 * n, f"user {n % 7}") for n in range(20))
SUMMARY_HPP = cli_case.ROOT / "analyzer" / "report" / "summary_json.hpp"


class Targets(cli_case.CliCase):
    def setUp(self) -> None:
        super().setUp()
        self.write("dump.jsonl", EVENTS)
        self.csv = self.analyze("dump.jsonl", "-q", "--format", "csv").out

    def test_a_pipe_gets_csv_unless_a_file_gets_the_results(self):
        self.assertEqual(self.analyze("dump.jsonl", "-q").out, self.csv)
        self.assertEqual(self.analyze("dump.jsonl", "-q", "-o", "out.csv").out, b"")
        self.assertEqual(self.read("out.csv"), self.csv)
        both = self.analyze("dump.jsonl", "-q", "-o", "out.csv", "--format", "csv")
        self.assertEqual(both.out, self.csv)
        dash = self.analyze("dump.jsonl", "-q", "-o", "-", "-o", "out.csv")
        self.assertEqual(dash.out, self.csv)

    def test_a_summary_or_rejects_on_standard_output_stand_there_alone(self):
        out = self.analyze("dump.jsonl", "-q", "-o", "out.csv", "--summary", "-").out
        self.assertEqual(json.loads(out)["records"], 20)
        self.write("bad.jsonl", EVENTS + "nope\n")
        out = self.analyze("bad.jsonl", "-q", "-o", "out.csv", "--rejects", "-").out
        self.assertEqual(json.loads(out)["line"], 21)

    def test_two_outputs_onto_one_place_are_refused(self):
        os.symlink("a.csv", self.folder / "b.csv")
        for arguments in (
            ["-o", "a.csv", "-o", "./a.csv"], ["-o", "a.csv", "-o", "b.csv"],
            ["-o", "a.csv", "--summary", "a.csv"], ["--summary", "s", "--rejects", "s"],
            ["-o", "-", "--summary", "-"],
        ):
            with self.subTest(arguments=arguments):
                before = self.files_here()
                finished = self.analyze("dump.jsonl", "-q", *arguments, status=2)
                self.assert_one_message(finished, "the same")
                self.assertEqual(self.files_here(), before)

    def test_an_existing_output_is_replaced_and_keeps_its_permissions(self):
        path = self.write("out.csv", "old " * 10_000)
        path.chmod(0o640)
        self.analyze("dump.jsonl", "-q", "-o", "out.csv")
        self.assertEqual(self.read("out.csv"), self.csv)
        self.assertEqual(path.stat().st_mode & 0o7777, 0o640)
        self.assertEqual(self.files_here(), ["dump.jsonl", "out.csv"])

    def test_an_output_that_is_an_input_is_refused_before_anything_is_written(self):
        self.write("dump.csv", EVENTS)
        os.symlink("dump.csv", self.folder / "link.csv")
        os.link(self.folder / "dump.csv", self.folder / "hard.csv")
        for arguments in (
            ["dump.csv", "-o", "dump.csv"], ["dump.csv", "-o", "./dump.csv"],
            ["dump.csv", "-o", "link.csv"], ["link.csv", "-o", "dump.csv"],
            ["dump.csv", "-o", "hard.csv"], ["dump.csv", "--summary", "dump.csv"],
            ["dump.csv", "--rejects", "link.csv"],
            [".", "dump.csv", "-o", "a.csv", "-o", "dump.csv"],
        ):
            with self.subTest(arguments=arguments):
                before = self.files_here()
                finished = self.analyze("-q", *arguments, status=2)
                self.assert_one_message(finished, "also an input")
                self.assertEqual(self.read("dump.csv").decode(), EVENTS)
                self.assertEqual(self.files_here(), before)

    def test_standard_input_from_the_file_that_is_written_is_refused(self):
        self.write("dump.csv", EVENTS)
        for arguments in ("-o dump.csv < dump.csv", ">> dump.csv < dump.csv"):
            with self.subTest(arguments=arguments):
                finished = self.shell(f'"$SA" analyze - -q {arguments}')
                self.assertEqual(finished.returncode, 2, finished.stderr)
                self.assertEqual(self.read("dump.csv").decode(), EVENTS)

    def shell(self, line: str):
        return cli_case.subprocess.run(
            ["bash", "-c", line], cwd=self.folder, capture_output=True, check=False,
            env=cli_case.environment(SA=cli_case.binary), timeout=cli_case.TIMEOUT_S,
        )

    def test_a_symbolic_link_is_followed_and_stays_a_link(self):
        self.write("real/target.csv", "old")
        os.symlink("real/target.csv", self.folder / "link.csv")
        os.symlink("real/absent.csv", self.folder / "dangling.csv")
        self.analyze("dump.jsonl", "-q", "-o", "link.csv", "-o", "dangling.csv")
        self.assertTrue((self.folder / "link.csv").is_symlink())
        self.assertTrue((self.folder / "dangling.csv").is_symlink())
        self.assertEqual(self.read("real/target.csv"), self.csv)
        self.assertEqual(self.read("real/absent.csv"), self.csv)

    def test_a_fifo_is_written_directly_and_stays_a_fifo(self):
        path = self.folder / "fifo.csv"
        os.mkfifo(path)
        received: list[bytes] = []
        reader = threading.Thread(target=lambda: received.append(path.read_bytes()))
        reader.start()
        self.analyze("dump.jsonl", "-q", "-o", "fifo.csv")
        reader.join()
        self.assertEqual(received, [self.csv])
        self.assertTrue(path.is_fifo())
        self.assertEqual(self.files_here(), ["dump.jsonl", "fifo.csv"])

    def read_fifo(self, *arguments: str) -> bytes:
        """What a run writes into the fifo of that name."""
        path = self.folder / "fifo"
        os.mkfifo(path)
        received: list[bytes] = []
        reader = threading.Thread(target=lambda: received.append(path.read_bytes()))
        reader.start()
        self.analyze("dump.jsonl", "-q", "-o", "fifo", *arguments)
        reader.join()
        path.unlink()
        return received[0]

    def test_a_fifo_or_device_without_an_extension_takes_the_format(self):
        self.assertEqual(self.read_fifo(), self.csv)
        self.assertEqual(
            self.read_fifo("--format", "json"),
            self.analyze("dump.jsonl", "-q", "--format", "json").out,
        )
        self.assertEqual(self.analyze("dump.jsonl", "-q", "-o", "/dev/null").out, b"")

    def test_devices_are_written_directly(self):
        os.symlink("/dev/null", self.folder / "null.csv")
        finished = self.analyze(
            "dump.jsonl", "-q", "-o", "null.csv", "--summary", "/dev/null", "--rejects", "/dev/null"
        )
        self.assertEqual((finished.out, finished.err), (b"", ""))
        self.assertFalse(os.path.isfile("/dev/null"))
        self.assertEqual(self.files_here(), ["dump.jsonl", "null.csv"])

    def test_a_full_disk_is_exit_3_with_the_path_and_the_reason(self):
        os.symlink("/dev/full", self.folder / "full.csv")
        for arguments, name in (
            (["-o", "full.csv"], "full.csv"),
            (["-o", "a.csv", "-o", "full.csv"], "full.csv"),
            (["--summary", "/dev/full"], "/dev/full"),
        ):
            with self.subTest(arguments=arguments):
                finished = self.analyze("dump.jsonl", "-q", *arguments, status=3)
                self.assert_one_message(finished, name, "No space left on device")
        self.write("bad.jsonl", EVENTS + "nope\n")
        finished = self.analyze(
            "bad.jsonl", "-q", "-o", "b.csv", "--rejects", "/dev/full", status=3
        )
        self.assert_one_message(finished, "/dev/full", "No space left on device")

    def test_a_full_standard_output_is_exit_3_for_every_command(self):
        for arguments in (
            "analyze dump.jsonl -q", "--help", "--version", "analyze --help", "generate --help",
            "generate --records 10",
        ):
            with self.subTest(arguments=arguments):
                finished = self.shell(f'"$SA" {arguments} > /dev/full')
                self.assertEqual(finished.returncode, 3, finished.stderr)
                self.assertIn(b"No space left on device", finished.stderr)
                self.assertIn(b"standard output", finished.stderr)

    def test_a_closed_pipe_ends_quietly_with_0(self):
        # Many windows, so that head is gone long before the end.
        self.write("long.jsonl", "".join(event_line(60 * n, n) for n in range(30_000)))
        for command, first in (
            ("analyze long.jsonl -q", b"window,"), ("generate --records 100000", b"{"),
        ):
            with self.subTest(command=command):
                finished = self.shell(f'"$SA" {command} | head -c 7; echo " ${{PIPESTATUS[0]}}"')
                self.assertTrue(finished.stdout.startswith(first))
                self.assertTrue(finished.stdout.endswith(b" 0\n"), finished.stdout)
                self.assertEqual(finished.stderr, b"")

    def test_an_output_in_a_missing_folder_is_exit_3_before_the_work(self):
        for arguments in (["-o", "none/o.csv"], ["--summary", "none/s"], ["--rejects", "none/r"]):
            with self.subTest(arguments=arguments):
                before = self.files_here()
                finished = self.analyze("dump.jsonl", "-q", "-o", "a.csv", *arguments, status=3)
                self.assert_one_message(finished, "none/", "No such file or directory")
                self.assertEqual(self.files_here(), before)

    def test_a_folder_is_no_output(self):
        (self.folder / "folder.csv").mkdir()
        finished = self.analyze("dump.jsonl", "-q", "-o", "folder.csv", status=3)
        self.assert_one_message(finished, "folder.csv", "Is a directory")

    def test_after_an_error_no_half_output_is_left(self):
        self.analyze("dump.jsonl", "-q", "--time-field", "nothing", "-o", "o.csv", status=4)
        self.assertEqual(self.files_here(), ["dump.jsonl"])
        self.write("o.csv", "as it was")
        self.analyze("dump.jsonl", "-q", "--time-field", "nothing", "-o", "o.csv", status=4)
        self.assertEqual(self.read("o.csv"), b"as it was")

    def test_quiet_prints_nothing_on_standard_error(self):
        self.write("bad.jsonl", EVENTS + "nope\n" * 5)
        for option in ("-q", "--quiet"):
            self.assertEqual(self.analyze("bad.jsonl", option).err, "")
        self.assertNotEqual(self.analyze("bad.jsonl").err, "")


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


class Summary(cli_case.CliCase):
    def test_the_keys_are_the_documented_ones_in_their_order(self):
        self.write("dump.jsonl", EVENTS)
        summary = self.account("dump.jsonl")
        documented = SUMMARY_HPP.read_text(encoding="utf-8").split("Its keys, in this order")[1]
        rest = documented
        for key in summary:
            found = re.search(rf"\b{key}\b", rest)
            self.assertIsNotNone(found, f"{key} is not documented there")
            rest = rest[found.end() :]
        for key in summary["files"][0]:
            self.assertRegex(documented, rf"\b{key}\b")

    def test_lines_are_the_sum_of_what_became_of_them(self):
        self.generate(
            "--records", "2000", "--rate", "10", "--corrupt-share", "10%", "--late-share", "5%",
            "--record-size", "200B", "-o", "a.jsonl",
        )
        self.generate("--records", "500", "--shape", "narrow", "--seed", "9", "-o", "b.jsonl")
        summary = self.account(
            "a.jsonl", "b.jsonl", "--until", "2016-07-11T13:41:00Z", "--rejects", "r.jsonl"
        )
        for account in (summary, *summary["files"]):
            parts = ("records", "blank", "filtered", "anonymous", "rejects")
            self.assertEqual(account["lines"], sum(account[part] for part in parts))
        for part in ("bytes", "lines", "records", "blank", "filtered", "anonymous", "rejects"):
            self.assertEqual(summary[part], sum(file[part] for file in summary["files"]), part)
            self.assertEqual(summary[part] > 0, True, part)
        self.assertEqual(summary["lines"], self.read("a.jsonl").count(b"\n") + 500)
        reasons = {reject["reason"]: reject["count"] for reject in summary["rejects_by_reason"]}
        self.assertEqual(sum(reasons.values()), summary["rejects"])
        self.assertEqual(reasons, summary["files"][0]["rejects_by_reason"])
        self.assertEqual(summary["files"][1]["rejects_by_reason"], {})
        counts = [reject["count"] for reject in summary["rejects_by_reason"]]
        self.assertEqual(counts, sorted(counts, reverse=True))
        rejects = [json.loads(line) for line in self.read("r.jsonl").splitlines()]
        for reject in summary["rejects_by_reason"]:
            first = next(found for found in rejects if found["reason"] == reject["reason"])
            self.assertEqual(
                reject["first"], {key: first[key] for key in ("file", "offset_bytes", "line")}
            )

    def test_times_gaps_and_far_windows_are_reported(self):
        times = [0, 30, 61, 300, 330, 359, 390, 3.5, 60 * 60 * 24 * 365 * 20]
        lines = [event_line(time, "a") for time in times] * 100
        lines += [event_line(60 * minute, "b") for minute in range(7, 2000)]
        self.write("dump.jsonl", "".join(lines))
        summary = self.account("dump.jsonl", "--limit", "700")
        self.assertEqual(summary["first_event_time"], "1970-01-01T00:00:00Z")
        self.assertEqual(summary["last_event_time"], "1989-12-27T00:00:00Z")
        self.assertEqual(summary["windows"], 5)
        self.assertEqual(summary["gaps_total"], 2)
        self.assertEqual(
            summary["gaps"][0], {"from": "1970-01-01T00:02:00Z", "until": "1970-01-01T00:05:00Z"}
        )
        flipped = self.write("flip.jsonl", "".join(lines[:8] * 200) + event_line(2**31, "a"))
        summary = self.account(flipped)
        self.assertEqual(summary["far_windows_total"], 1)
        self.assertEqual(
            summary["far_windows"], [{"window_start": "2038-01-19T03:14:00Z", "records": 1}]
        )

    def test_order_of_arrival_is_told_by_file(self):
        times = (10, 20, 15, 19, 30, 5.5, 40)
        self.write("a.jsonl", "".join(event_line(time, "x") for time in times))
        self.write("b.jsonl", "".join(event_line(time, "x") for time in (1, 2, 2, 3)))
        for options in ([], ["--chunk-size", "1", "--threads", "3"]):
            first, second = self.account("a.jsonl", "b.jsonl", *options)["files"]
            self.assertEqual((first["out_of_order"], first["largest_lateness_seconds"]), (3, 24.5))
            self.assertAlmostEqual(first["out_of_order_share"], 3 / 7, places=5)
            self.assertEqual((second["out_of_order"], second["largest_lateness_seconds"]), (0, 0))


class Rejects(cli_case.CliCase):
    def test_rejects_are_found_where_they_are_said_to_be(self):
        self.generate(
            "--records", "1500", "--corrupt-share", "15%", "--record-size", "200B", "-o", "a.jsonl"
        )
        dump = self.read("a.jsonl")
        self.write_gzip("b.jsonl.gz", dump)
        self.account("a.jsonl", "b.jsonl.gz", "--rejects", "r.jsonl")
        rejects = [json.loads(line) for line in self.read("r.jsonl").splitlines()]
        self.assertEqual(len(rejects), self.summary()["rejects"])
        self.assertEqual({reject["file"] for reject in rejects}, {"a.jsonl", "b.jsonl.gz"})
        lines = dump.split(b"\n")
        for reject in rejects:
            self.assertEqual(list(reject), ["file", "offset_bytes", "line", "reason", "text"])
            line = lines[reject["line"] - 1]
            # The offset is in decompressed bytes.
            self.assertEqual(dump[: reject["offset_bytes"]].count(b"\n"), reject["line"] - 1)
            self.assertTrue(dump[reject["offset_bytes"] :].startswith(line))
            before = dump[: reject["offset_bytes"]]
            self.assertTrue(before == b"" or before.endswith(b"\n"), reject)
            text = line[:1000].decode("utf-8", errors="replace").rstrip("\ufffd")
            self.assertTrue(reject["text"].startswith(text[:900]), reject)

    def test_rejects_come_in_the_order_of_the_dump(self):
        self.write("dump.jsonl", "nope\n" + EVENTS + "[]\n{\n\n" + '{"ts":1}\n' + '{"uid":1}')
        for options in ([], ["--chunk-size", "1", "--threads", "3"]):
            self.account("dump.jsonl", "--rejects", "r.jsonl", *options)
            rejects = [json.loads(line) for line in self.read("r.jsonl").splitlines()]
            self.assertEqual(
                [(reject["line"], reject["reason"], reject["text"]) for reject in rejects],
                [
                    (1, "not JSON", "nope"), (22, "not an object", "[]"), (23, "truncated", "{"),
                    (25, "missing id", '{"ts":1}'), (26, "missing time", '{"uid":1}'),
                ],
            )

    def test_a_line_longer_than_allowed_is_a_reject_and_the_rest_is_counted(self):
        long_line = event_line(0, "a", text="x" * 5000)
        self.write("dump.jsonl", EVENTS + long_line + EVENTS)
        size = len(long_line) - 1
        for chunk in ("16", "4MiB"):
            for most, rejects in ((size, 0), (size - 1, 1), (100, 1)):
                with self.subTest(chunk=chunk, most=most):
                    summary = self.account(
                        "dump.jsonl", "--max-line", str(most), "--chunk-size", chunk,
                        "--rejects", "r.jsonl",
                    )
                    self.assertEqual(summary["rejects"], rejects)
                    self.assertEqual(summary["records"], 41 - rejects)
                    if rejects:
                        reject = json.loads(self.read("r.jsonl"))
                        self.assertEqual((reject["reason"], reject["line"]), ("line too long", 21))
                        self.assertEqual(reject["offset_bytes"], len(EVENTS))
                        self.assertLess(len(reject["text"]), 1100)
                        self.assertTrue(long_line.startswith(reject["text"][:90]))

    def test_no_rejects_are_an_empty_file(self):
        self.write("dump.jsonl", EVENTS)
        self.account("dump.jsonl", "--rejects", "r.jsonl")
        self.assertEqual(self.read("r.jsonl"), b"")


if __name__ == "__main__":
    cli_case.main()
