#!/usr/bin/env python3
"""Inputs and exit codes: what is read, in which order, what becomes of inputs that are missing,
damaged, empty or full of rejects. The gravest of several codes wins, and outputs are written in any
case."""

import bz2
import gzip
import lzma
import os
import signal
import subprocess
import threading
from pathlib import Path
from typing import Callable

import cli_case
from cli_case import event_line

GOOD = "".join(event_line(60 * minute, f"user {minute}") for minute in range(10))
HEADER = ",".join(cli_case.CSV_COLUMNS) + "\n"


class MissingInputs(cli_case.CliCase):
    def assert_unreadable(self, arguments: list[str], *parts: str) -> None:
        """Found out before the work: exit 3, a message, and nothing else."""
        before = self.files_here()
        finished = self.analyze(*arguments, "--summary", "summary.json", status=3)
        self.assertEqual(finished.out, b"")
        self.assert_one_message(finished, *parts)
        self.assertEqual(self.files_here(), before)

    def test_a_missing_file_is_named(self):
        self.write("dump.jsonl", GOOD)
        self.assert_unreadable(
            ["dump.jsonl", "missing.jsonl"], "cannot read missing.jsonl: No such file or directory"
        )

    def test_a_folder_without_dumps_is_no_input(self):
        self.write("folder/notes.txt", GOOD)
        self.write("folder/.hidden.jsonl", GOOD)
        self.assert_unreadable(["folder"], "folder", "*.jsonl")

    def test_a_file_that_may_not_be_read_is_named(self):
        if os.geteuid() == 0:
            self.skipTest("root may read everything")
        self.write("dump.jsonl", GOOD).chmod(0)
        self.assert_unreadable(["dump.jsonl"], "dump.jsonl", "Permission denied")

    def test_a_list_of_files_that_is_missing_or_empty_is_named(self):
        self.assert_unreadable(["--files-from", "list.txt"], "list.txt", "No such file")
        self.write("list.txt", "\n")
        self.assert_unreadable(["--files-from", "list.txt"], "list.txt", "no path in it")

    def test_bzip2_and_xz_are_refused_with_the_command_that_works(self):
        for name, packed, tool in (
            ("a dump.jsonl", bz2.compress(GOOD.encode()), "bzcat"),
            ("dump.jsonl", lzma.compress(GOOD.encode()), "xzcat"),
        ):
            with self.subTest(tool=tool):
                self.write(name, packed)
                quoted = f"'{name}'" if " " in name else name
                self.assert_unreadable([name], f"{tool} {quoted} | stream-analyzer analyze -")
        finished = self.analyze("-", "-q", stdin=lzma.compress(GOOD.encode()), status=3)
        self.assertIn("xzcat | stream-analyzer analyze -", finished.err)
        # Spelled out, its name would be another one.
        self.write("a\nb", lzma.compress(GOOD.encode()))
        finished = self.analyze("a\nb", "-q", status=3)
        self.assert_one_message(finished, r"cannot read a\x0ab: it is", "Pipe it through xzcat.")


class FoundInputs(cli_case.CliCase):
    def names(self, *arguments: str, stdin: bytes = b"") -> list[str]:
        return [file["name"] for file in self.account(*arguments, stdin=stdin)["files"]]

    def test_folders_are_searched_in_natural_order(self):
        for name in ("d/10.jsonl", "d/9.ndjson", "d/2/b.json", "d/2/a.jsonl.gz", "d/1.json.zst"):
            content = GOOD.encode()
            if name.endswith(".gz"):
                content = gzip.compress(content)
            elif name.endswith(".zst"):
                content = cli_case.zstd_stored(content)
            self.write(name, content)
        self.write("d/notes.txt", "no dump")
        self.write("d/dump.jsonl.bak", "no dump")
        expected = ["d/1.json.zst", "d/2/a.jsonl.gz", "d/2/b.json", "d/9.ndjson", "d/10.jsonl"]
        self.assertEqual(self.names("d"), expected)
        self.assertEqual(self.names("d/"), expected)
        self.assertEqual(self.summary()["records"], 50)

    def test_a_file_is_taken_whatever_its_name(self):
        self.write("dump.txt", GOOD)
        self.assertEqual(self.names("dump.txt"), ["dump.txt"])

    def test_arguments_come_before_listed_files_and_keep_their_order(self):
        for name in ("b.jsonl", "a.jsonl", "c d.jsonl"):
            self.write(name, GOOD)
        self.write("list.txt", "c d.jsonl\n\na.jsonl\n")
        self.assertEqual(
            self.names("b.jsonl", "--files-from", "list.txt"), ["b.jsonl", "c d.jsonl", "a.jsonl"]
        )
        self.assertEqual(
            self.names("--files-from", "-", stdin=b"a.jsonl\nb.jsonl"), ["a.jsonl", "b.jsonl"]
        )

    def test_standard_input_stands_among_files(self):
        self.write("a.jsonl", GOOD)
        names = self.names("a.jsonl", "-", stdin=event_line(0, "x").encode())
        self.assertEqual(names, ["a.jsonl", "(standard input)"])
        self.assertEqual(self.summary()["records"], 11)

    def test_a_fifo_is_read(self):
        os.mkfifo(self.folder / "fifo")
        writer = threading.Thread(target=lambda: self.write("fifo", GOOD))
        writer.start()
        self.assertEqual(self.account("fifo")["records"], 10)
        writer.join()

    def test_a_file_of_proc_has_no_size_and_is_read(self):
        summary = self.account("/proc/self/status", status=4)
        self.assertGreater(summary["lines"], 10)

    def test_a_dump_named_twice_counts_twice(self):
        self.write("a.jsonl", GOOD)
        finished = self.analyze("a.jsonl", "./a.jsonl", "-q", "--format", "csv")
        self.assertEqual(set(cli_case.windows_of(finished.out).values()), {(2, 1)})

    def test_limit_takes_the_first_lines_of_all_inputs(self):
        self.write("a.jsonl", "\n" + GOOD)
        self.write("b.jsonl", GOOD)
        expected = ((1, [1, 0]), (5, [5, 0]), (11, [11, 0]), (13, [11, 2]), (99, [11, 10]))
        for limit, lines in expected:
            for options in ([], ["--chunk-size", "16", "--threads", "3"], ["--io", "read"]):
                with self.subTest(limit=limit, options=options):
                    account = self.account("a.jsonl", "b.jsonl", "--limit", str(limit), *options)
                    counted = [file["lines"] for file in account["files"]]
                    self.assertEqual(counted + [0] * (2 - len(counted)), lines)
                    self.assertEqual(account["blank"], 1)

    def test_a_byte_order_mark_is_skipped_at_the_start_of_each_file_only(self):
        mark = b"\xef\xbb\xbf"
        self.write("a.jsonl", mark + GOOD.encode() + mark + event_line(0, "late mark").encode())
        self.write("b.jsonl", mark + GOOD.encode())
        self.write("c.jsonl", mark)
        for chunk in ("1", "4MiB"):
            summary = self.account("a.jsonl", "b.jsonl", "c.jsonl", "--chunk-size", chunk)
            self.assertEqual((summary["records"], summary["rejects"]), (20, 1))
            [reject] = summary["rejects_by_reason"]
            self.assertEqual(reject["reason"], "not JSON")
            self.assertEqual(reject["first"]["line"], 11)


class EmptyInputs(cli_case.CliCase):
    def test_nothing_in_is_nothing_out(self):
        self.write("empty.jsonl", "")
        self.write("blank.jsonl", "\n \t\r\n\r\n")
        self.write_gzip("empty.jsonl.gz", b"")
        for name, lines in (("empty.jsonl", 0), ("blank.jsonl", 3), ("empty.jsonl.gz", 0)):
            with self.subTest(name=name):
                finished = self.analyze(name, "-q", "--format", "csv", "--summary", "s.json")
                self.assertEqual((finished.text, finished.err), (HEADER, ""))
                summary = self.summary("s.json")
                self.assertEqual((summary["lines"], summary["blank"]), (lines, lines))
                self.assertIsNone(summary["first_event_time"])
                self.assertIsNone(summary["last_event_time"])
        self.assertEqual(self.analyze("-", "-q", "--format", "csv").text, HEADER)

    def test_no_record_in_a_dump_is_exit_4_with_the_output_written(self):
        self.write("bad.jsonl", "nope\n[]\n")
        finished = self.analyze("bad.jsonl", "-q", "-o", "out.csv", status=4)
        self.assert_one_message(finished, "no record", "2 rejected")
        self.assertEqual(self.read("out.csv").decode(), HEADER)

    def test_all_filtered_or_anonymous_is_exit_4_too(self):
        self.write("dump.jsonl", GOOD)
        self.analyze("dump.jsonl", "-q", "--where", "uid=nobody", status=4)
        self.write("anonymous.jsonl", event_line(0, None))
        self.analyze("anonymous.jsonl", "-q", status=4)


class TooManyRejects(cli_case.CliCase):
    def setUp(self) -> None:
        super().setUp()
        self.write("dump.jsonl", GOOD + "\n" * 6 + "nope\n" * 4)  # 4 rejects of 20 lines: 20 %

    def test_a_budget_of_rejects_is_kept_up_to_its_number(self):
        for budget, status in (
            ("0", 4), ("3", 4), ("4", 0), ("5", 0), ("0%", 4), ("19.999999%", 4), ("20%", 0),
            ("100%", 0),
        ):
            with self.subTest(budget=budget):
                finished = self.analyze(
                    "dump.jsonl", "-q", "--max-rejects", budget, "-o", "out.csv", status=status
                )
                self.assertEqual(len(cli_case.windows_of(self.read("out.csv"))), 10)
                if status == 4:
                    self.assert_one_message(finished, "4 of 20 lines", "--max-rejects")
                else:
                    self.assertEqual(finished.err, "")
                (self.folder / "out.csv").unlink()

    def test_without_a_budget_any_number_of_rejects_is_exit_0(self):
        self.analyze("dump.jsonl", "-q")

    def test_every_output_is_written_in_spite_of_exit_4(self):
        self.analyze(
            "dump.jsonl", "-q", "--max-rejects", "0", "-o", "o.csv", "-o", "o.json", "-o", "o.md",
            "--summary", "s.json", "--rejects", "r.jsonl", status=4,
        )
        self.assertEqual(
            self.files_here(), ["dump.jsonl", "o.csv", "o.json", "o.md", "r.jsonl", "s.json"]
        )
        self.assertEqual(self.read("r.jsonl").count(b"\n"), 4)

    def test_above_one_percent_the_summary_warns_and_names_the_first(self):
        finished = self.analyze("dump.jsonl")
        self.assertRegex(finished.err, r'warning: 20\.00 %.*"not JSON", first at dump\.jsonl:17')
        self.write("few.jsonl", GOOD * 11 + "nope\n")  # 1 of 111
        self.assertNotIn("warning", self.analyze("few.jsonl").err)

    def test_damaged_input_outweighs_rejects(self):
        whole = gzip.compress((GOOD + "nope\n" * 3).encode())
        self.write("cut.jsonl.gz", whole[:-4])
        finished = self.analyze("cut.jsonl.gz", "-q", "--max-rejects", "0", status=3)
        self.assertIn("--max-rejects", finished.err)
        self.assertIn("cut.jsonl.gz", finished.err)
        self.write("broken.jsonl.gz", whole[:5])
        self.analyze("broken.jsonl.gz", "-q", status=3)


class DamagedInputs(cli_case.CliCase):
    def assert_damage(self, name: str, *parts: str) -> dict:
        """Exit 3; what was read is in the output and the account; a message has file and offset."""
        finished = self.analyze(
            name, "-q", "--format", "csv", "--sketch", "none", "--summary", "s.json", status=3
        )
        self.assert_one_message(finished, name, "offset", *parts)
        summary = self.summary("s.json")
        [file] = [file for file in summary["files"] if file["error"]]
        self.assertEqual(f"stream-analyzer: {file['error']}\n", finished.err)
        counted = cli_case.windows_of(finished.out)
        self.assertEqual(sum(records for records, _ in counted.values()), summary["records"])
        return summary

    def test_what_was_read_of_a_truncated_gzip_file_is_accounted_for(self):
        self.generate(
            "--shape", "narrow", "--records", "20000", "--rate", "100", "-o", "dump.jsonl"
        )
        dump = self.read("dump.jsonl")
        packed = gzip.compress(dump, mtime=0)
        self.write("dump.jsonl.gz", packed[: len(packed) // 2])
        summary = self.assert_damage("dump.jsonl.gz", str(len(packed) // 2))
        self.assertGreater(summary["records"], 5000)
        self.assertLess(summary["records"], 15000)
        # A prefix of the dump: its lines, and one that was cut.
        lines = dump[: summary["bytes"]].split(b"\n")
        self.assertEqual(summary["lines"], len(lines) if lines[-1] else len(lines) - 1)
        self.assertIn(summary["records"], (summary["lines"], summary["lines"] - 1))

    def test_a_wrong_checksum_is_found_after_everything_was_counted(self):
        packed = bytearray(gzip.compress(GOOD.encode(), mtime=0))
        packed[-8] ^= 1
        self.write("dump.jsonl.gz", bytes(packed))
        self.assertEqual(self.assert_damage("dump.jsonl.gz")["records"], 10)

    def test_a_truncated_zstd_file_is_found(self):
        packed = cli_case.zstd_stored((GOOD * 500).encode())
        self.write("dump.jsonl.zst", packed[:-100_000])
        self.assertGreater(self.assert_damage("dump.jsonl.zst")["records"], 10)

    def test_the_other_files_are_counted(self):
        self.write("a.jsonl.gz", gzip.compress(GOOD.encode())[:-3])
        self.write("b.jsonl", GOOD)
        finished = self.analyze(
            "a.jsonl.gz", "b.jsonl", "-q", "--format", "csv", "--summary", "s.json", status=3
        )
        self.assertEqual(set(cli_case.windows_of(finished.out).values()), {(2, 1)})
        files = self.summary("s.json")["files"]
        self.assertEqual([file["error"] is None for file in files], [False, True])

    def test_the_error_of_an_input_is_said_once(self):
        self.write("a.jsonl.gz", gzip.compress(GOOD.encode())[:-3])
        finished = self.analyze("a.jsonl.gz", status=3)
        self.assertEqual(finished.err.count("cannot read a.jsonl.gz"), 1, finished.err)


class ChangingInputs(cli_case.CliCase):
    """A file that is written while it is read."""

    # The program opens the file for a look before it starts; a stop then, or one after the end, is
    # no test.
    ATTEMPTS = 10

    def change_while_read(self, change: Callable[[Path], None], io: str) -> tuple[int, str, dict]:
        """Stops the program when it has opened the file, changes the file, lets it go on."""
        path = self.write("dump.jsonl", GOOD * 100_000)
        process = subprocess.Popen(
            cli_case.command(
                "analyze", "dump.jsonl", "-q", "--sketch", "none", "--threads", "1", "--io", io,
                "--summary", "s.json",
            ),
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=self.folder,
            env=cli_case.environment(),
        )
        while process.poll() is None and not has_open(process.pid, path):
            pass
        process.send_signal(signal.SIGSTOP)
        change(path)
        process.send_signal(signal.SIGCONT)
        _, error = process.communicate(timeout=cli_case.TIMEOUT_S)
        return process.returncode, error.decode(), self.summary("s.json")

    def test_a_file_that_shrinks_is_an_error_and_no_crash(self):
        def shrink(path: Path) -> None:
            os.truncate(path, 4096)

        for io in ("mmap", "read"):
            with self.subTest(io=io):
                for _ in range(self.ATTEMPTS):
                    status, error, summary = self.change_while_read(shrink, io)
                    if status != 0:
                        break
                self.assertEqual(status, 3, error)
                self.assertRegex(error, r"\Astream-analyzer: [^\n]*dump\.jsonl[^\n]*\n\Z")
                self.assertLess(summary["records"], 1_000_000)

    def test_a_file_that_grows_is_counted_as_it_was_and_reported(self):
        def grow(path: Path) -> None:
            with path.open("ab") as file:
                file.write(GOOD.encode())

        for io in ("mmap", "read"):
            with self.subTest(io=io):
                for _ in range(self.ATTEMPTS):
                    status, error, summary = self.change_while_read(grow, io)
                    if summary["warnings"]:
                        break
                self.assertEqual((status, error), (0, ""))
                self.assertEqual(summary["records"], 1_000_000)
                self.assertIn("dump.jsonl grew", " ".join(summary["warnings"]))


def has_open(process_id: int, path: Path) -> bool:
    """Whether the process, which may end at any time, has the file open."""
    for link in Path(f"/proc/{process_id}/fd").glob("*"):
        try:
            if link.samefile(path):
                return True
        except OSError:
            continue
    return False


if __name__ == "__main__":
    cli_case.main()
