#!/usr/bin/env python3
"""`export`: the sketches of stored parts as other systems read them. That these do read them is
tested in tests/integration."""

import base64
import json

import cli_case

REDIS = ("--sketch", "redis-hll")
DATASKETCHES = ("--sketch", "datasketches-hll:10")


class Export(cli_case.CliCase):
    def setUp(self) -> None:
        super().setUp()
        self.analyze(cli_case.SAMPLE, "-q", "--save", "whole.part")

    def export(self, *arguments: object, status: int = 0) -> cli_case.Finished:
        finished = self.run_here("export", *arguments)
        self.assertEqual(finished.status, status, finished.err)
        return finished

    def lines(self, *arguments: object) -> list[dict]:
        return [json.loads(line) for line in self.export(*arguments).text.splitlines()]

    def test_each_window_and_sketch_is_a_line_that_says_what_analyze_says(self):
        rows = cli_case.rows_of(
            self.analyze(cli_case.SAMPLE, "-q", *REDIS, *DATASKETCHES, "--format", "csv").out
        )
        lines = self.lines("whole.part", *REDIS, *DATASKETCHES)
        self.assertEqual(len(lines), 8)
        for row, line in zip(rows, lines):
            self.assertEqual(
                [line["window"], line["window_start"], str(line["distinct"]), line["sketch"]],
                [row["window"], row["window_start"], row["exact"], row["sketch"]],
            )
            self.assertEqual(f"{line['estimate']:.6f}", row["estimate"])
            header_bytes = 16 if line["sketch"] == "redis-hll" else 40
            state = base64.b64decode(line["state"], validate=True)
            self.assertEqual(len(state), header_bytes + int(row["sketch_bytes"]))

    def test_parts_are_united_however_they_were_cut(self):
        lines = cli_case.SAMPLE.read_bytes().splitlines(keepends=True)
        for number, first in enumerate(range(0, len(lines), 1500)):
            self.write(f"{number}.jsonl", b"".join(lines[first : first + 1500]))
            self.analyze(f"{number}.jsonl", "-q", "--save", f"{number}.part")
        parts = [f"{number}.part" for number in range(5)]
        whole = self.export("whole.part", *REDIS, *DATASKETCHES).out
        self.assertEqual(self.export(*parts, *REDIS, *DATASKETCHES).out, whole)
        self.assertEqual(self.export(*reversed(parts), *REDIS, *DATASKETCHES).out, whole)
        # The same part twice is the same union.
        self.assertEqual(self.export(*parts, "0.part", *REDIS, *DATASKETCHES).out, whole)

    def test_parts_with_sketches_instead_of_ids_give_the_same_ones(self):
        self.analyze(
            cli_case.SAMPLE, "-q", "--no-exact", "--sketch", "hll:12", *DATASKETCHES, *REDIS,
            "--save", "states.part",
        )
        for sketches in (REDIS, DATASKETCHES, (*REDIS, *DATASKETCHES)):
            expected = self.lines("whole.part", *sketches)
            for line in expected:
                line["distinct"] = None
            self.assertEqual(self.lines("states.part", *sketches), expected)

    def test_parts_without_the_sketch_that_is_asked_for_are_refused(self):
        self.analyze(cli_case.SAMPLE, "-q", "--no-exact", *REDIS, "--save", "states.part")
        finished = self.export("states.part", *DATASKETCHES, status=3)
        self.assertEqual(finished.out, b"")
        self.assert_one_message(finished, "states.part", "datasketches-hll:10", "--no-exact")

    def test_commands_for_redis_hold_the_same_values(self):
        out = self.export("whole.part", *REDIS, "--format", "redis", "--key-prefix", "k:").out
        expected = b""
        for line in self.lines("whole.part", *REDIS):
            key = f"k:{line['window']}:{line['window_start']}".encode("ascii")
            value = base64.b64decode(line["state"])
            expected += b"*3\r\n$3\r\nSET\r\n$%d\r\n%s\r\n$%d\r\n%s\r\n" % (
                len(key), key, len(value), value
            )
        self.assertEqual(out, expected)
        default = self.export("whole.part", *REDIS, "--format", "redis").out
        self.assertIn(b"\r\nunique:1m:2016-07-11T13:39:00Z\r\n", default)

    def test_a_file_takes_what_standard_output_gets(self):
        printed = self.export("whole.part", *REDIS).out
        self.assertEqual(self.export("whole.part", *REDIS, "-o", "out.jsonl").out, b"")
        self.assertEqual(self.read("out.jsonl"), printed)
        stdin = self.run_here("export", "-", *REDIS, stdin=self.read("whole.part"))
        self.assertEqual((stdin.status, stdin.out), (0, printed))

    def test_what_cannot_be_meant_is_refused(self):
        for arguments, parts in (
            ([*REDIS], ["no part"]),
            (["whole.part"], ["--sketch redis-hll"]),
            (["whole.part", "--sketch", "hll:12"], ["--sketch", "'hll:12'", "redis-hll"]),
            (["whole.part", "--sketch", "none"], ["--sketch", "'none'"]),
            (["whole.part", *DATASKETCHES, "--format", "redis"], ["--format redis"]),
            (["whole.part", *REDIS, "--format", "csv"], ["--format", "'csv'", "json"]),
            (["whole.part", *REDIS, "--key-prefix", "k"], ["--key-prefix"]),
            (["-", "-", *REDIS], ["standard input"]),
            (["whole.part"] * 65 + [*REDIS], ["65", "merge"]),
        ):
            with self.subTest(arguments=arguments):
                finished = self.export(*arguments, status=2)
                self.assertEqual(finished.out, b"")
                self.assertEqual(finished.err.count("\n"), 1 + ("--help" in finished.err))
                for part in parts:
                    self.assertIn(part, finished.err)

    def test_a_part_is_no_output_of_its_own_export(self):
        before = self.read("whole.part")
        finished = self.export("whole.part", *REDIS, "-o", "whole.part", status=2)
        self.assertIn("whole.part", finished.err)
        self.assertEqual(self.read("whole.part"), before)

    def test_damage_leaves_no_half_of_a_file(self):
        part = self.read("whole.part")
        self.write("cut.part", part[: len(part) // 2])
        finished = self.export("cut.part", *REDIS, "-o", "out.jsonl", status=3)
        self.assert_one_message(finished, "cut.part")
        self.assertNotIn("out.jsonl", self.files_here())
        self.write("other.jsonl", '{"ts":0,"uid":"a"}\n')
        self.analyze("other.jsonl", "-q", "--window", "1h", "--save", "hours.part")
        finished = self.export("whole.part", "hours.part", *REDIS, status=3)
        self.assert_one_message(finished, "hours.part", "--window")


if __name__ == "__main__":
    cli_case.main()
