#!/usr/bin/env python3
"""Where outputs go: files, links, fifos, devices, standard output; what is refused, and what a full
disk or a closed pipe does."""

import json
import os
import resource
import subprocess
import threading

import cli_case
from cli_case import event_line

EVENTS = "".join(event_line(30 * n, f"user {n % 7}") for n in range(20))


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
        return subprocess.run(
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

    def test_a_file_beyond_the_limit_of_its_size_is_exit_3_and_leaves_the_old_one(self):
        self.write("out.csv", "as it was")
        lines = [event_line(60 * n, "a") for n in range(2000)]
        self.write("dump.jsonl", "".join(lines))
        finished = subprocess.run(
            cli_case.command("analyze", "dump.jsonl", "-o", "out.csv", "-q"),
            cwd=self.folder, env=cli_case.environment(), stderr=subprocess.PIPE, check=False,
            timeout=cli_case.TIMEOUT_S,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000)),
        )
        self.assertEqual(finished.returncode, 3)
        self.assertEqual(
            finished.stderr, b"stream-analyzer: cannot write out.csv: File too large\n"
        )
        self.assertEqual(self.read("out.csv"), b"as it was")
        self.assertEqual(self.files_here(), ["dump.jsonl", "out.csv"])

    def test_without_descriptors_left_no_time_zone_is_blamed(self):
        if cli_case.is_sanitized():
            self.skipTest("a sanitizer needs descriptors of its own")
        names = [word for number in range(5) for word in ("-o", f"{number}.csv")]
        finished = subprocess.run(
            cli_case.command("analyze", "dump.jsonl", "-q", *names),
            cwd=self.folder, env=cli_case.environment(), stderr=subprocess.PIPE, check=False,
            timeout=cli_case.TIMEOUT_S,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (8, 8)),
        )
        self.assertEqual(finished.returncode, 3, finished.stderr)
        self.assertEqual(
            finished.stderr, b"stream-analyzer: cannot read the system's time zones\n"
        )

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


if __name__ == "__main__":
    cli_case.main()
