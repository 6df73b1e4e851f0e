#!/usr/bin/env python3
"""What the command line says about itself, and how it refuses what it cannot understand: exit 2,
one message that names the option and the value, nothing on standard output, no file touched."""

import re

import cli_case

EVENTS = cli_case.event_line(0, "a") + cli_case.event_line(61, "b")

COMMANDS = ("analyze", "accuracy", "merge", "inspect", "export", "generate")


class Help(cli_case.CliCase):
    def assert_help(self, golden: str, *arguments: str) -> None:
        with self.subTest(arguments=arguments):
            finished = self.run_here(*arguments)
            self.assertEqual((finished.status, finished.err), (0, ""))
            self.assert_golden(golden, finished.out)

    def test_help_of_the_program(self):
        for arguments in (["--help"], ["-h"], ["help"]):
            self.assert_help("help.txt", *arguments)

    def test_help_of_each_command(self):
        for command in COMMANDS:
            golden = f"{command}_help.txt"
            self.assert_help(golden, command, "--help")
            self.assert_help(golden, command, "-h")
            self.assert_help(golden, "help", command)
            # Help goes before everything else, also before what would be refused.
            self.assert_help(golden, command, "missing.jsonl", "--bogus", "--help")

    def test_help_fits_a_terminal_of_80_columns(self):
        for arguments in (["--help"], *([name, "--help"] for name in COMMANDS)):
            lines = self.run_here(*arguments).text.splitlines()
            self.assertEqual([line for line in lines if len(line) > 80], [])

    def test_every_option_in_the_help_is_known_to_its_command(self):
        for command in COMMANDS:
            text = self.run_here(command, "--help").text
            options = set(re.findall(r"^  (?:-\w, )?(--[a-z][a-z-]*)", text, re.MULTILINE))
            self.assertGreater(len(options), 1)
            for option in options - {"--help"}:
                with self.subTest(command=command, option=option):
                    finished = self.run_here(command, option)
                    self.assertNotIn("unrecognised", finished.err)

    def test_the_version_names_libraries_and_kernel(self):
        shape = (
            r"\Astream-analyzer \d+\.\d+\.\d+\n"
            r"kernel: (avx512|avx2|portable)\n"
            r"libraries: simdjson [\d.]+ \([a-z0-9_]+\)(, [A-Za-z-]+ [\d.]+)+\n\Z"
        )
        finished = self.run_here("--version")
        self.assertEqual((finished.status, finished.err), (0, ""))
        self.assertRegex(finished.text, shape)
        for library in ("ISA-L", "zstd", "xxHash", "fmt", "Boost"):
            self.assertIn(f", {library} ", finished.text)
        portable = self.run_here("--version", STREAM_ANALYZER_KERNEL="portable")
        self.assertIn("kernel: portable\n", portable.text)

    def test_the_version_is_an_option_of_analyze_too(self):
        version = self.run_here("--version")
        self.assertEqual(self.run_here("analyze", "--version"), version)

    def test_an_unknown_kernel_is_refused(self):
        self.write("dump.jsonl", EVENTS)
        finished = self.run_here("analyze", "dump.jsonl", STREAM_ANALYZER_KERNEL="abacus")
        self.assertEqual((finished.status, finished.out), (2, b""))
        self.assert_one_message(finished, "STREAM_ANALYZER_KERNEL", "abacus", "portable")


class Refusals(cli_case.CliCase):
    def setUp(self) -> None:
        super().setUp()
        self.write("dump.jsonl", EVENTS)

    def assert_refused(self, arguments: list[str], *parts: str) -> None:
        with self.subTest(arguments=arguments):
            finished = self.run_here(*arguments)
            self.assertEqual(finished.status, 2, finished.err)
            self.assertEqual(finished.out, b"")
            self.assert_one_message(finished, *parts)
            for part in filter(None, parts):
                self.assertLessEqual(finished.err.count(f"'{part}'"), 1, finished.err)
            self.assertEqual(self.files_here(), ["dump.jsonl"])

    def test_no_command_shows_what_there_is(self):
        finished = self.run_here()
        self.assertEqual((finished.status, finished.out), (2, b""))
        self.assertRegex(finished.err, r"\Astream-analyzer: no command\n")
        self.assertIn("Usage: stream-analyzer COMMAND", finished.err)
        self.assertIn("analyze", finished.err)

    def test_an_unknown_command_is_refused_with_the_known_ones(self):
        self.assert_refused(["bogus"], "'bogus'", "analyze", "generate")
        self.assert_refused(["analyse", "dump.jsonl"], "'analyse'", "analyze")
        self.assert_refused(["help", "bogus"], "'bogus'", "analyze", "generate")

    def test_an_unknown_option_is_refused(self):
        self.assert_refused(["analyze", "dump.jsonl", "--bogus"], "--bogus")
        self.assert_refused(["analyze", "dump.jsonl", "-x"], "-x")
        self.assert_refused(["generate", "--bogus"], "--bogus")
        self.assert_refused(["--bogus"], "--bogus")

    def test_an_abbreviated_option_is_refused(self):
        for option in ("--thread", "--sum", "--time", "--out"):
            self.assert_refused(["analyze", "dump.jsonl", option, "2"], f"'{option}'")
        self.assert_refused(["generate", "--rec", "2"], "'--rec'")

    def test_an_option_without_its_value_is_refused(self):
        for option in ("--threads", "--output", "--sketch", "--where", "--rollup"):
            self.assert_refused(["analyze", "dump.jsonl", option], option)
        self.assert_refused(["analyze", "dump.jsonl", "-o"], "--output")
        self.assert_refused(["generate", "--records"], "--records")

    def test_a_switch_with_a_value_is_refused(self):
        self.assert_refused(["analyze", "dump.jsonl", "--quiet=1"], "--quiet")
        self.assert_refused(["generate", "--crlf=yes"], "--crlf")

    def test_an_option_given_twice_is_refused(self):
        for option, value in (("--threads", "2"), ("--window", "1m"), ("--summary", "s.json")):
            self.assert_refused(["analyze", "dump.jsonl", option, value, option, value], option)
        for option, value in (("--sketch", "hll:12"), ("--rollup", "1h")):
            self.assert_refused(
                ["analyze", "dump.jsonl", option, value, option, value], option, value
            )

    def test_control_characters_of_arguments_are_spelled_out(self):
        name = "no\x1b[31m\nsuch\x07"
        for arguments in (
            ["analyze", name], ["analyze", "dump.jsonl", "--" + name], [name], ["--" + name],
            ["analyze", "dump.jsonl", "--time-unit", name], ["generate", "--shape", name],
            ["analyze", "dump.jsonl", "-q", "-o", f"{name}/x.csv"],
            ["analyze", "dump.jsonl", "--timezone", name],
        ):
            with self.subTest(arguments=arguments):
                finished = self.run_here(*arguments)
                self.assertIn(finished.status, (2, 3))
                self.assertRegex(finished.err, r"\Astream-analyzer: [^\n\x1b\x07]*\n\Z")
                self.assertIn(r"\x1b[31m\x0asuch\x07", finished.err)

    def test_no_input_is_refused(self):
        self.assert_refused(["analyze"], "no input", "standard input")
        self.assert_refused(["analyze", "--quiet"], "no input")
        self.assert_refused(["generate", "extra"], "no other arguments")

    def test_standard_input_twice_is_refused(self):
        self.assert_refused(["analyze", "-", "-"], "standard input", "once")
        self.assert_refused(["analyze", "-", "--files-from", "-"], "standard input", "once")

    def test_a_bad_value_is_refused_by_option_and_value(self):
        table = {
            "--time-field": ["", "/a~2"],
            "--id-field": ["", "/~", "/" + "/".join("abcdefghijklmnopq")],
            "--time-unit": ["", "sec", "S", "auto "],
            "--assume-timezone": ["Mars/Olympus", "+25:00"],
            "--null-id": ["", "drop", "SKIP"],
            "--where": ["plan", "=x"],
            "--since": ["", "yesterday", "2016-13-01", "2016-07-11T25:00:00Z", "253402300800"],
            "--until": ["", "tomorrow", "2016-02-30", "-62135596801"],
            "--window": ["", "1", "m", "0m", "1.5m", "-1m", "1 m", "2d", "1w", "1mo", "1y", "1M",
                         "9999999999s", "400d"],
            "--rollup": ["", "2", "0h", "2mo", "3d", "1q", "1H"],
            "--timezone": ["", "Mars/Olympus", "europe/zurich", "+02:00"],
            "--sketch": ["", "lc", "lc:", "lc:0", "lc:2GiB", "lc:-1", "hll:3", "hll:19", "hll:12.0",
                         "redis-hll:14", "datasketches-hll", "datasketches-hll:22", "ull:2", "ull:19", "ull:x", "kll:12", "HLL:12"],
            "--hash-seed": ["", "-1", "0x10", "18446744073709551616"],
            "--output": ["", "table.txt", "counts", "counts.CSV.gz"],
            "--format": ["", "xml", "CSV", "markdown"],
            "--layout": ["", "tall"],
            "--max-rejects": ["", "-1", "1.5", "101%", "%", "1 %", "0x1"],
            "--check": ["", "none", "Full"],
            "--max-line": ["", "0", "x", "1.5", "-1"],
            "--threads": ["", "0", "-1", "2x", "1025", "99999999999999999999"],
            "--limit": ["", "0", "-5", "1e3", "all"],
            "--io": ["", "direct"],
            "--chunk-size": ["", "0", "2GiB", "4Ki B"],
        }
        for option, values in table.items():
            for value in values:
                self.assert_refused(
                    ["analyze", "dump.jsonl", f"{option}={value}"], option, value.strip()
                )

    def test_an_empty_path_is_refused_by_its_option(self):
        for option in (
            "--output", "--summary", "--rejects", "--save", "--spill-dir", "--files-from",
        ):
            self.assert_refused(["analyze", "dump.jsonl", option, ""], option)
        for command in ("analyze", "accuracy", "merge", "inspect"):
            self.assert_refused([command, ""], "empty")

    def test_a_bad_value_of_generate_is_refused_by_option_and_value(self):
        table = {
            "--shape": ["", "long"],
            "--record-size": ["", "1B", "1GiB"],
            "--string-times": ["", "10", "101%"],
            "--records": ["", "0", "-1", "1.5"],
            "--bytes": ["", "0", "x"],
            "--rate": ["", "0", "x", "0.0001"],
            "--start": ["", "2016-07", "10000-01-01T00:00:00Z"],
            "--users": ["", "0", "100000001"],
            "--popularity": ["", "normal"],
            "--distinct": ["", "1,", ",1", "1,x", "-1"],
            "--repeat": ["", "0.5", "x"],
            "--late-share": ["", "5", "200%"],
            "--late-max": ["", "5", "0s", "25h"],
            "--late-tail": ["", "x"],
            "--corrupt-share": ["", "51%"],
            "--seed": ["", "-1"],
            "--output": [""],
            "--truth": [""],
            "--truth-totals": [""],
        }
        needed = {"--repeat": ["--distinct", "5"], "--late-max": ["--late-share", "1%"]}
        for option, values in table.items():
            for value in values:
                # Few records, should the value be taken.
                few = [] if option in ("--records", "--bytes", "--repeat") else ["--records", "1"]
                if option == "--distinct":
                    few = []
                arguments = ["generate", *few, *needed.get(option, []), f"{option}={value}"]
                self.assert_refused(arguments, option, value)

    def test_a_bad_value_of_accuracy_is_refused_by_option_and_value(self):
        table = {
            "--family": ["", "kll", "HLL", "lc,hll"],
            "--sizes": ["", "x", "0", "2GiB"],
            "--sketch": ["", "hll:3", "hll:19", "ull:2", "lc:7B", "none"],
            "--cardinality": ["", "0", "1,", "1.5", "x", "1e11", "-1", "1:2", "9:1:4/octave",
                              "1:9:0/octave", "1:9:65/octave", "1:9:4/decade"],
            "--trials": ["", "-1", "x", "1e8", "1,2"],
            "--seed": ["", "-1", "x"],
            "--threads": ["", "0", "1025"],
            "--output": ["", "table.txt", "table"],
            "--format": ["", "latex", "xml"],
            "--target": ["", "0.5", "0%", "101%", "x%", "%"],
            "--budget": ["", "0", "x"],
            "--growth": ["", "3", "0.5x", "1001x", "x", "1.2345x"],
        }
        for option, values in table.items():
            for value in values:
                given = [] if option == "--cardinality" else ["--cardinality", "10"]
                self.assert_refused(
                    ["accuracy", *given, f"{option}={value}"], option, value.strip(",")
                )

    def test_accuracy_refuses_what_it_cannot_try(self):
        self.assert_refused(["accuracy"], "--cardinality")
        self.assert_refused(["accuracy", "--cardinality", "1:1e11:4/octave"], "--cardinality", "1e11")
        self.assert_refused(
            ["accuracy", "--cardinality", "10", "--sizes", "11B"], "11B", "hll", "12B"
        )
        self.assert_refused(["accuracy", "--cardinality", "10", "--budget", "7B"], "7B", "lc", "8B")
        self.assert_refused(
            ["accuracy", "--cardinality", "10", "--family", "redis-hll", "--sizes", "1KiB,12287B"],
            "12287B", "redis-hll", "12KiB",
        )
        for option, value in (("--where", "a=b"), ("--rollup", "1h"), ("--hash-seed", "1"),
                              ("--max-rejects", "0")):
            self.assert_refused(["accuracy", "--cardinality", "9", option, value], option, "INPUT")
        for value in ("49%", "100%", "95"):
            self.assert_refused(
                ["accuracy", "--cardinality", "9", "--target", "1%", "--confidence", value],
                "--confidence", value,
            )
        for alone in (["--confidence", "90%"], ["--growth", "2x"]):
            self.assert_refused(
                ["accuracy", "--cardinality", "9", *alone], "--target", "--budget"
            )
        self.assert_refused(
            ["accuracy", "--cardinality", "1e10", "--target", "1%", "--growth", "2x"], "--growth"
        )
        self.assert_refused(
            ["accuracy", "--cardinality", "10", "--family", "lc", "--family", "lc"], "lc", "twice"
        )
        self.assert_refused(
            ["accuracy", "--cardinality", "1,2,3,4,5", "--trials", "1e7", "--sketch", "hll:4",
             "--sketch", "hll:5", "--sketch", "hll:6", "--sketch", "hll:7", "--sketch", "hll:8"],
            "trials", "fewer",
        )

    def test_what_does_not_fit_together_is_refused(self):
        dump = ["analyze", "dump.jsonl"]
        self.assert_refused([*dump, "--no-exact", "--sketch", "none"], "--no-exact", "--sketch")
        self.assert_refused([*dump, "--sketch", "none", "--sketch", "hll:12"], "none")
        self.assert_refused(
            [*dump, "--since", "2016-07-12", "--until", "2016-07-11"], "--since", "--until"
        )
        self.assert_refused(
            ["generate", "--distinct", "5", "--records", "10"], "--distinct", "--records"
        )
        self.assert_refused(
            ["generate", "--bytes", "1MB", "--records", "10"], "--bytes", "--records"
        )

    def test_no_sketch_beside_a_sketch_is_refused(self):
        for specs in (["none", "hll:12"], ["hll:12", "none"], ["none", "none"]):
            words = [word for spec in specs for word in ("--sketch", spec)]
            self.assert_refused(["analyze", "dump.jsonl", *words], "--sketch none stands alone")

    def test_a_roll_up_that_windows_do_not_tile_is_refused(self):
        for window, rollup in (
            ("1m", "90s"), ("7m", "1h"), ("1h", "1m"), ("1m", "1m"), ("7h", "1d"), ("1d", "1h"),
            ("1d", "48h"), ("50m", "1d"),
        ):
            self.assert_refused(
                ["analyze", "dump.jsonl", "--window", window, "--rollup", rollup], rollup, window
            )

    def test_a_roll_up_is_refused_where_the_zone_breaks_it(self):
        # Hours are those of UTC: Kolkata's midnight is at half past one of them.
        arguments = ["analyze", "dump.jsonl", "--timezone", "Asia/Kolkata", "--rollup", "1d"]
        self.assert_refused([*arguments, "--window", "1h"], "1d", "1h")
        self.assertEqual(self.run_here(*arguments, "--window", "30m", "-q").status, 0)


if __name__ == "__main__":
    cli_case.main()
