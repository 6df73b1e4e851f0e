#!/usr/bin/env python3
"""Fields, times, ids and the population: which record counts where, and the help when fields are
absent."""

import json
import re
import shlex
import subprocess

import cli_case
from cli_case import event_line


def lines(*records: object) -> str:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


class AbsentFields(cli_case.CliCase):
    """Exit 4, a list of what looks like it, and a command that works when typed as printed."""

    def advice(self, *arguments: object, stdin: bytes = b"") -> str:
        finished = self.analyze(*arguments, status=4, stdin=stdin)
        self.assertEqual(finished.out, b"")
        return finished.err

    def printed_command(self, text: str) -> str:
        found = re.search(r"^  (stream-analyzer analyze .*)\Z", text.rstrip("\n"), re.MULTILINE)
        self.assertIsNotNone(found, text)
        return found[1]

    def type_in(self, command: str, stdin: bytes = b"") -> subprocess.CompletedProcess:
        """In a shell, as the user would."""
        function = f'stream-analyzer() {{ {shlex.quote(cli_case.binary)} "$@"; }}\n'
        return subprocess.run(
            ["bash", "-c", function + command], cwd=self.folder, capture_output=True, check=False,
            input=stdin, env=cli_case.environment(), timeout=cli_case.TIMEOUT_S,
        )

    def make_nested(self, name: str) -> bytes:
        self.generate("--shape", "nested", "--records", "1500", "--rate", "10", "-o", "made")
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        (self.folder / "made").rename(path)
        return path.read_bytes()

    def test_what_looks_like_the_fields_is_listed_best_first(self):
        self.make_nested("dump.jsonl")
        text = self.advice("dump.jsonl")
        self.assertIn('the time field "ts"', text)
        self.assertIn('the id field "uid"', text)
        paths = re.findall(r"^  (/\S+) +in (\d+) % of the lines", text, re.MULTILINE)
        self.assertEqual(paths[0], ("/event/time", "100"))
        self.assertIn(("/user/id", "100"), paths)

    def test_the_printed_command_works_as_printed(self):
        names = ["dump.jsonl", "a b/it's.jsonl", "$HOME `x` \"y\".jsonl", "-dash.jsonl", "*.jsonl"]
        for name in names:
            with self.subTest(name=name):
                self.make_nested(name)
                argument = "./" + name if name.startswith("-") else name
                command = self.printed_command(self.advice(argument))
                finished = self.type_in(command + " -q --sketch none")
                self.assertEqual(finished.returncode, 0, command)
                records = sum(count for count, _ in cli_case.windows_of(finished.stdout).values())
                self.assertEqual(records, 1500)

    def test_the_printed_command_keeps_the_other_options(self):
        self.make_nested("dump.jsonl")
        options = ["--window", "5m", "--rollup", "1h", "--sketch", "hll:14", "-o", "out.csv", "-q",
                   "--where", "/user/plan!=free plan"]
        command = self.printed_command(self.advice("dump.jsonl", *options))
        finished = self.type_in(command)
        self.assertEqual((finished.returncode, finished.stderr), (0, b""), command)
        rows = cli_case.rows_of(self.read("out.csv"))
        self.assertEqual({row["window"] for row in rows}, {"5m", "1h"})
        self.assertEqual({row["sketch"] for row in rows}, {"hll:14"})

    def test_a_field_that_is_there_is_kept(self):
        self.make_nested("dump.jsonl")
        text = self.advice("dump.jsonl", "--time-field", "event.time")
        self.assertIn('the id field "uid"', text)
        self.assertNotIn("look like times", text)
        command = self.printed_command(text)
        self.assertIn("--time-field event.time", command)
        self.assertIn("--id-field /user/id", command)

    def test_standard_input_is_read_again_from_the_same_command(self):
        dump = self.make_nested("dump.jsonl")
        command = self.printed_command(self.advice("-", stdin=dump))
        finished = self.type_in(command + " -q --sketch none", stdin=dump)
        self.assertEqual(finished.returncode, 0, command + finished.stderr.decode())

    def test_names_that_need_quotes_or_pointers_are_printed_so(self):
        times = range(1468244385, 1468244385 + 99)
        records = ({"a/b ~": {"event time": time}, "user.id": f"u{time % 50}"} for time in times)
        self.write("dump.jsonl", lines(*records))
        command = self.printed_command(self.advice("dump.jsonl"))
        finished = self.type_in(command + " -q --sketch none")
        self.assertEqual(finished.returncode, 0, command + finished.stderr.decode())
        self.assertEqual(len(cli_case.windows_of(finished.stdout)), 3)

    def test_names_that_would_drive_the_terminal_are_spelled_out_and_in_no_command(self):
        keys = ("time\x1b[31m\n  type: rm", "user\x07id\x9b1m")
        records = ({keys[0]: 1468244385 + n, keys[1]: f"u{n % 50}"} for n in range(99))
        self.write("dump.jsonl", lines(*records))
        text = self.advice("dump.jsonl", "--time-field", "\x1b[2J")
        self.assertEqual(re.sub(r"[ -~\n]", "", text), "")
        self.assertIn('the time field "\\x1b[2J"', text)
        self.assertIn("time\\x1b[31m\\x0a", text)
        self.assertIn("user\\x07id\\xc2\\x9b1m", text)
        self.assertNotIn("\n  type:", text)
        self.assertIn("\nName the fields with --time-field and --id-field.", text)

    def test_without_candidates_no_command_is_invented(self):
        self.write("dump.jsonl", lines(*({"text": "no time, no id here " * 9, "ok": True},) * 20))
        text = self.advice("dump.jsonl")
        self.assertNotIn("stream-analyzer analyze ", text)
        self.assertIn("--time-field", text)

    def test_a_command_that_could_not_work_is_not_printed(self):
        # There is something like an id, but nothing like a time.
        self.write("dump.jsonl", lines(*({"user": f"u{n}", "ok": True} for n in range(50))))
        text = self.advice("dump.jsonl")
        self.assertIn("user", text)
        self.assertNotIn("stream-analyzer analyze ", text)

    def test_rejects_before_the_first_record_do_not_hide_the_fields(self):
        self.write("dump.jsonl", "nope\n" * 3000 + event_line(0, "a"))
        self.assertEqual(self.account("dump.jsonl")["records"], 1)

    def test_a_field_in_one_of_the_first_lines_is_enough(self):
        self.write("dump.jsonl", lines(*({"x": 1},) * 999) + event_line(0, "a"))
        summary = self.account("dump.jsonl")
        self.assertEqual((summary["records"], summary["rejects"]), (1, 999))
        self.write("late.jsonl", lines(*({"x": 1},) * 1000) + event_line(0, "a"))
        self.assertIn("the first 1,000 valid lines", self.advice("late.jsonl"))


class FieldPaths(cli_case.CliCase):
    def exact(self, text: str, *arguments: str) -> dict[str, tuple[int, int]]:
        self.write("dump.jsonl", text)
        return cli_case.windows_of(self.analyze("dump.jsonl", "-q", *arguments).out)

    def test_a_literal_root_key_goes_before_a_dotted_path(self):
        text = lines(
            {"ts": 0, "u.id": "literal", "u": {"id": "nested"}},
            {"ts": 0, "u": {"id": "nested"}, "u.id": "literal"},
            {"ts": 0, "u": {"id": "nested"}},
        )
        self.assertEqual(
            self.exact(text, "--id-field", "u.id"), {"1970-01-01T00:00:00Z": (3, 2)}
        )
        self.assertEqual(
            self.exact(text, "--id-field", "/u/id"), {"1970-01-01T00:00:00Z": (3, 1)}
        )

    def test_a_pointer_reads_its_escapes_and_keys_read_theirs(self):
        record = '{"ts":0,"a/b":{"c~d":"x"},"\\u0075\\u0069d":"y"}\n'
        start = "1970-01-01T00:00:00Z"
        self.assertEqual(self.exact(record, "--id-field", "/a~1b/c~0d"), {start: (1, 1)})
        self.assertEqual(self.exact(record), {start: (1, 1)})

    def test_nested_objects_that_reuse_the_names_are_no_fields(self):
        text = (
            '{"x":{"ts":600,"uid":"wrong"},"ts":0,"uid":"a","y":[{"ts":900,"uid":"wrong"}]}\n'
            '{"ts":0,"uid":"b","z":"\\",\\"ts\\":1200,\\"uid\\":\\"wrong"}\n'
        )
        self.assertEqual(self.exact(text), {"1970-01-01T00:00:00Z": (2, 2)})

    def test_the_last_duplicate_wins(self):
        text = '{"ts":600,"uid":"a","ts":0,"uid":"b"}\n{"uid":"b","ts":0}\n'
        self.assertEqual(self.exact(text), {"1970-01-01T00:00:00Z": (2, 1)})


class Ids(cli_case.CliCase):
    def exact_of(self, *ids: str) -> tuple[int, int, dict]:
        """(records, distinct) of ids as they are spelled in JSON, and the account."""
        self.write("dump.jsonl", "".join(f'{{"ts":0,"uid":{text}}}\n' for text in ids))
        finished = self.analyze("dump.jsonl", "-q", "--summary", "s.json")
        [counts] = cli_case.windows_of(finished.out).values()
        return *counts, self.summary("s.json")

    def test_the_integer_and_its_digits_are_one_id(self):
        self.assertEqual(self.exact_of("12", '"12"', '"\\u0031\\u0032"')[:2], (3, 1))
        self.assertEqual(self.exact_of("-0", "0", '"0"', '"-0"')[:2], (4, 2))
        self.assertEqual(self.exact_of("9" * 40, f'"{"9" * 40}"', "-7", '"-7"')[:2], (4, 2))

    def test_the_empty_string_is_an_id(self):
        self.assertEqual(self.exact_of('""', '"a"')[:2], (2, 2))

    def test_escapes_and_plain_text_are_one_id(self):
        anna = '"\\u0410\\u043d\\u043d\\u0430"'
        self.assertEqual(self.exact_of('"Анна"', anna, '"a\\/b"', '"a/b"')[:2], (4, 2))
        self.assertEqual(self.exact_of('"\\ud83d\\ude00"', '"😀"')[:2], (2, 1))

    def test_what_is_no_string_and_no_integer_is_a_wrong_type(self):
        records, distinct, summary = self.exact_of("1", "1.0", "1e3", "true", "{}", "[1]")
        self.assertEqual((records, distinct), (1, 1))
        self.assertEqual(summary["files"][0]["rejects_by_reason"], {"wrong type of id": 5})

    def test_null_ids_follow_the_policy(self):
        self.write("dump.jsonl", lines({"ts": 0, "uid": None}, {"ts": 5, "uid": "a"}))
        start = "1970-01-01T00:00:00Z"
        # "count" makes it a record of its window, of no user.
        for policy, counts, anonymous, rejects in (
            ([], (1, 1), 1, 0), (["skip"], (1, 1), 1, 0), (["count"], (2, 1), 0, 0),
            (["reject"], (1, 1), 0, 1),
        ):
            with self.subTest(policy=policy):
                options = ["--null-id", *policy] if policy else []
                out = self.analyze("dump.jsonl", "-q", *options, "--summary", "s.json").out
                self.assertEqual(cli_case.windows_of(out), {start: counts})
                summary = self.summary("s.json")
                self.assertEqual((summary["anonymous"], summary["rejects"]), (anonymous, rejects))
                self.assertEqual(summary["lines"], 2)
                self.assertEqual(summary["records"], counts[0])


class Times(cli_case.CliCase):
    MOMENT = "2016-07-11T13:39:45Z"
    SECOND = 1468244385
    START = "2016-07-11T13:39:00Z"

    def counted(self, *times: str, options: tuple[str, ...] = ()) -> tuple[dict[str, int], dict]:
        """Records of each window, and the account, of times as they are spelled in JSON."""
        self.write("dump.jsonl", "".join(f'{{"ts":{text},"uid":1}}\n' for text in times))
        finished = self.analyze("dump.jsonl", "-q", "--summary", "s.json", *options)
        windows = cli_case.windows_of(finished.out)
        return {start: records for start, (records, _) in windows.items()}, self.summary("s.json")

    def test_auto_finds_the_unit_of_the_majority(self):
        for unit, scale in (("s", 1), ("ms", 10**3), ("us", 10**6), ("ns", 10**9)):
            time = str(self.SECOND * scale)
            for spelled in (time, f'"{time}"', f"{time}.25", f"{time}e0"):
                with self.subTest(unit=unit, spelled=spelled):
                    windows, summary = self.counted(spelled, spelled)
                    self.assertEqual(windows, {self.START: 2})
                    self.assertEqual(summary["time_unit"], unit)
                    self.assertIs(summary["time_unit_detected"], True)
        windows, summary = self.counted(f'"{self.MOMENT}"')
        self.assertEqual((windows, summary["time_unit"]), ({self.START: 1}, "iso8601"))

    def test_a_minority_does_not_change_the_unit(self):
        milliseconds = str(self.SECOND * 1000)
        windows, summary = self.counted(milliseconds, str(self.SECOND), milliseconds)
        self.assertEqual(summary["time_unit"], "ms")
        self.assertEqual(windows, {"1970-01-17T23:50:00Z": 1, self.START: 2})

    def test_the_vote_is_of_the_first_thousand_records_whatever_the_chunks(self):
        milliseconds = str(self.SECOND * 1000)
        times = [str(self.SECOND)] * 501 + [milliseconds] * 5000
        for chunk in ("16", "64KiB", "4MiB"):
            _, summary = self.counted(*times, options=("--chunk-size", chunk, "--threads", "3"))
            self.assertEqual(summary["time_unit"], "s", chunk)

    def test_bands_end_at_their_powers_of_ten(self):
        for time, unit in (
            ("99999999999", "s"), ("100000000000", "ms"), ("99999999999999", "ms"),
            ("100000000000000", "us"), ("99999999999999999", "us"), ("100000000000000000", "ns"),
        ):
            self.assertEqual(self.counted(time)[1]["time_unit"], unit, time)

    def test_a_unit_that_is_told_is_taken(self):
        windows, summary = self.counted(str(self.SECOND), options=("--time-unit", "ms"))
        self.assertEqual(windows, {"1970-01-17T23:50:00Z": 1})
        self.assertIs(summary["time_unit_detected"], False)

    def test_iso_texts_are_understood_with_every_unit(self):
        spellings = [
            "2016-07-11T13:39:45Z", "2016-07-11 13:39:45", "2016-07-11T13:39:45.999999999Z",
            "2016-07-11T13:39:45,5Z", "2016-07-11T14:39:45+01:00", "2016-07-11T14:39:45+0100",
            "2016-07-11 08:09:45-05:30",
        ]
        for unit in ("auto", "s", "ms", "us", "ns", "iso8601"):
            windows, summary = self.counted(
                *(f'"{text}"' for text in spellings), options=("--time-unit", unit)
            )
            self.assertEqual(windows, {self.START: len(spellings)})
            self.assertEqual(summary["times_without_offset"], 1)

    def test_numbers_are_no_times_when_only_iso_texts_are(self):
        _, summary = self.counted(
            f'"{self.MOMENT}"', "5", '"5"', options=("--time-unit", "iso8601")
        )
        self.assertEqual(
            summary["files"][0]["rejects_by_reason"],
            {"wrong type of time": 1, "unparsable time": 1},
        )

    def test_texts_without_an_offset_are_read_in_the_assumed_zone_and_reported(self):
        for zone, start in (
            ("UTC", "2016-07-11T13:39:00Z"), ("Europe/Zurich", "2016-07-11T11:39:00Z"),
            ("-05:30", "2016-07-11T19:09:00Z"), ("Asia/Kolkata", "2016-07-11T08:09:00Z"),
        ):
            windows, summary = self.counted(
                '"2016-07-11 13:39:45"', options=("--assume-timezone", zone)
            )
            self.assertEqual(windows, {start: 1}, zone)
            self.assertEqual(summary["assume_timezone"], zone)
            self.assertEqual(summary["times_without_offset"], 1)

    def test_times_before_1970_fall_into_the_window_below(self):
        windows, _ = self.counted(
            "-1", "-60", "-60.5", "-0.0000001", "0", "-0", '"1969-12-31T23:59:59Z"'
        )
        self.assertEqual(
            windows,
            {"1969-12-31T23:58:00Z": 1, "1969-12-31T23:59:00Z": 4, "1970-01-01T00:00:00Z": 2},
        )

    def test_years_1_to_9999_are_in_range(self):
        windows, summary = self.counted(
            "-62135596800", "253402300799.999999", "-62135596801", "253402300800",
            "1e300", "-1e300",
            '"0001-01-01T00:00:00Z"', '"9999-12-31T23:59:59Z"', '"0000-12-31T23:59:59Z"',
            options=("--time-unit", "s"),
        )
        self.assertEqual(windows, {"0001-01-01T00:00:00Z": 2, "9999-12-31T23:59:00Z": 2})
        self.assertEqual(summary["files"][0]["rejects_by_reason"], {"time out of range": 5})


class Population(cli_case.CliCase):
    def setUp(self) -> None:
        super().setUp()
        self.write(
            "dump.jsonl",
            lines(
                {"ts": 0, "uid": "a", "plan": "free", "n": 1, "geo": {"c": "CH"}},
                {"ts": 60, "uid": "b", "plan": "pro", "n": 10, "geo": {"c": "DE"}},
                {"ts": 120, "uid": "c", "plan": None, "n": 1.0, "ok": True},
                {"ts": 180, "uid": "d", "plan": "a=b", "n": "1"},
                {"ts": 240, "uid": "e", "plan": "фри"},
            )
            + '{"ts":300,"uid":"f","pl\\u0061n":"fr\\u0065e"}\n'
            + "nope\n\n",
        )

    def kept(self, *options: str) -> str:
        """The minutes of the records that count, as digits; the rest of the dump is filtered."""
        account = self.account("dump.jsonl", *options, status=0)
        rows = cli_case.rows_of(self.analyze("dump.jsonl", "-q", "--sketch", "none", *options).out)
        kept = "".join(row["window_start"][15] for row in rows)
        self.assertEqual(account["filtered"], 6 - len(kept))
        self.assertEqual((account["lines"], account["blank"], account["rejects"]), (8, 1, 1))
        return kept

    def test_where_keeps_what_has_the_value(self):
        self.assertEqual(self.kept("--where", "plan=free"), "05")
        self.assertEqual(self.kept("--where", "plan=фри"), "4")
        self.assertEqual(self.kept("--where", "plan=a=b"), "3")
        self.assertEqual(self.kept("--where", "n=1"), "03")
        self.assertEqual(self.kept("--where", "plan=null"), "2")
        self.assertEqual(self.kept("--where", "ok=true"), "2")
        self.assertEqual(self.kept("--where", "geo.c=CH"), "0")
        self.assertEqual(self.kept("--where", "/geo/c=CH"), "0")

    def test_where_not_keeps_all_others(self):
        self.assertEqual(self.kept("--where", "plan!=free"), "1234")
        self.assertEqual(self.kept("--where", "n!=1"), "1245")

    def test_several_conditions_must_all_hold(self):
        self.assertEqual(self.kept("--where", "plan!=free", "--where", "n!=10"), "234")
        self.assertEqual(self.kept("--where", "plan=free", "--where", "n=1"), "0")

    def test_since_is_inclusive_and_until_exclusive(self):
        self.assertEqual(self.kept("--since", "60"), "12345")
        self.assertEqual(self.kept("--until", "60"), "0")
        self.assertEqual(self.kept("--since", "1970-01-01T00:01:00Z", "--until", "180"), "12")
        self.assertEqual(self.kept("--since", "1970-01-01"), "012345")
        self.assertEqual(self.kept("--since", "1970-01-01T01:02:00+01:00"), "2345")

    def test_conditions_do_not_hide_rejects(self):
        for options in (["--where", "plan=free"], ["--until", "60"]):
            self.assertEqual(self.account("dump.jsonl", *options)["rejects"], 1)


if __name__ == "__main__":
    cli_case.main()
