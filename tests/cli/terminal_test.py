#!/usr/bin/env python3
"""On a terminal and when interrupted: the table with its colours, the progress line that is taken
away, Ctrl-C."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time

import cli_case
from cli_case import event_line

ESCAPE = "\x1b"


class Screen:
    """What a terminal shows of what was written to it, as far as \\r, \\n, and "erase line" go."""

    def __init__(self, text: str) -> None:
        self.lines = [""]
        column = 0
        for token in re.findall(r"\x1b\[[0-9;?]*[A-Za-z]|[^\x1b]", text):
            if token == "\n":
                self.lines.append("")
                column = 0
            elif token == "\r":
                column = 0
            elif token.startswith(ESCAPE):
                if token in ("\x1b[K", "\x1b[0K"):
                    self.lines[-1] = self.lines[-1][:column]
                elif token == "\x1b[2K":
                    self.lines[-1] = ""
                elif not token.endswith("m"):
                    raise AssertionError(f"unexpected control sequence {token!r}")
            else:
                line = self.lines[-1].ljust(column)
                self.lines[-1] = line[:column] + token + line[column + 1 :]
                column += 1
        self.text = "\n".join(line.rstrip() for line in self.lines)


class Terminal(cli_case.CliCase):
    def on_terminal(
        self,
        *arguments: str,
        columns: int = 100,
        out: bool = True,
        pause_s: float = 0,
        **variables: str,
    ) -> tuple[str, bytes]:
        """Runs with standard output (if `out`) and standard error on a terminal. What it showed
        there, and what came out of the pipe otherwise. A pause comes after the first it shows."""
        controller, terminal = pty.openpty()
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
        process = subprocess.Popen(
            cli_case.command("analyze", *arguments),
            stdin=subprocess.DEVNULL,
            stdout=terminal if out else subprocess.PIPE,
            stderr=terminal,
            cwd=self.folder,
            env=cli_case.environment(**({"TERM": "xterm-256color"} | variables)),
        )
        os.close(terminal)
        received = b""
        if pause_s:
            received = os.read(controller, 65536)
            process.send_signal(signal.SIGSTOP)
            time.sleep(pause_s)
            process.send_signal(signal.SIGCONT)
        received += self.read_terminal(controller)
        shown = received.decode("utf-8")
        piped = b"" if out else process.stdout.read()
        process.wait(timeout=cli_case.TIMEOUT_S)
        if process.stdout:
            process.stdout.close()
        self.assertEqual(process.returncode, 0, shown)
        return shown.replace("\r\n", "\n"), piped

    @staticmethod
    def read_terminal(controller: int) -> bytes:
        received = b""
        try:
            while chunk := os.read(controller, 65536):
                received += chunk
        except OSError:
            pass  # Linux says EIO when the last writer is gone
        os.close(controller)
        return received

    def setUp(self) -> None:
        super().setUp()
        self.write("dump.jsonl", "".join(event_line(20 * n, f"u{n % 50}") for n in range(200)))

    def test_a_terminal_gets_the_table_and_the_summary(self):
        shown, _ = self.on_terminal("dump.jsonl")
        self.assertIn("Unique ids in 67 windows of 1m", shown)
        text = Screen(shown).text
        self.assertRegex(text, r"(?m)^read +\S+ kB in 1 input: 200 lines = 200 records$")
        self.assertIn(f"{ESCAPE}[", shown)

    def test_at_most_20_windows_are_shown_and_how_to_get_the_rest(self):
        shown, _ = self.on_terminal("dump.jsonl", NO_COLOR="1")
        windows = re.findall(r"(?m)^1970-01-01 \d\d:\d\d", shown)
        self.assertLessEqual(len(windows), 20)
        self.assertIn("1970-01-01 00:00~", shown)
        self.assertIn("1970-01-01 01:06~", shown)
        self.assertIn(f"{len(windows)} of 67 windows shown", shown)
        self.assertIn("-o FILE.csv", shown)

    def test_no_color_and_dumb_terminals_get_no_control_sequences(self):
        for variables in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
            with self.subTest(variables=variables):
                shown, _ = self.on_terminal("dump.jsonl", **variables)
                for sequence in re.findall(r"\x1b\[[0-9;]*m", shown):
                    self.fail(f"{sequence!r} is a colour")
        # An empty NO_COLOR is as if it were not there (no-color.org).
        self.assertIn(f"{ESCAPE}[", self.on_terminal("dump.jsonl", NO_COLOR="")[0])

    def test_the_table_fits_the_terminal(self):
        for columns in (200, 100, 80, 60, 40):
            with self.subTest(columns=columns):
                shown, _ = self.on_terminal("dump.jsonl", "-q", columns=columns)
                for line in Screen(shown).text.split("\n"):
                    if not line.startswith("Unique ids"):
                        self.assertLessEqual(len(line), columns, line)

    def test_a_format_that_is_asked_for_goes_to_the_terminal_too(self):
        shown, _ = self.on_terminal("dump.jsonl", "-q", "--format", "csv")
        self.assertEqual(shown.encode(), self.analyze("dump.jsonl", "-q").out)

    def test_a_pipe_gets_csv_without_colours_while_errors_go_to_the_terminal(self):
        _, piped = self.on_terminal("dump.jsonl", out=False)
        self.assertEqual(piped, self.analyze("dump.jsonl", "-q").out)

    def test_a_table_in_a_pipe_has_no_colours(self):
        self.assertNotIn(b"\x1b", self.analyze("dump.jsonl", "--format", "table").out)
        self.assertNotIn("\x1b", self.analyze("dump.jsonl").err)

    def make_large_dump(self) -> None:
        """Large enough for the progress line to be drawn: it waits for a tenth of a second, and for
        half a second with the rate."""
        self.generate(
            "--shape", "narrow", "--records", "1000000", "--rate", "20000", "-o", "large.jsonl"
        )

    # Read slowly on purpose: one thread, tiny chunks.
    SLOWLY = ("large.jsonl", "--threads", "1", "--sketch", "none", "--chunk-size", "2KiB")

    def test_the_progress_line_is_drawn_and_taken_away(self):
        self.make_large_dump()
        shown, _ = self.on_terminal(*self.SLOWLY, pause_s=0.6)
        self.assertRegex(shown, r"\d+ %  [\d.]+ [kMG]?B/s  .*left")
        text = Screen(shown).text
        self.assertNotRegex(text, r"\d %  .*left")
        self.assertTrue(text.startswith("Unique ids in"), text[:200])
        self.assertRegex(text, r"(?m)^read ")

    def test_quiet_and_pipes_get_no_progress(self):
        self.make_large_dump()
        shown, _ = self.on_terminal(*self.SLOWLY, "-q", out=False)
        self.assertEqual(shown, "")
        self.assertNotIn("\r", self.analyze(*self.SLOWLY).err)


class Interrupts(cli_case.CliCase):
    """Ctrl-C while standard input is still open: exit 130, a message, nothing left behind."""

    EVENTS = "".join(event_line(20 * n, f"u{n % 50}") for n in range(5000)).encode()

    def start(self, *arguments: str) -> subprocess.Popen:
        process = subprocess.Popen(
            cli_case.command("analyze", *arguments),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=self.folder,
            env=cli_case.environment(),
        )
        self.addCleanup(process.kill)
        return process

    def wait_until_it_sleeps(self, process: subprocess.Popen) -> None:
        """Until the pipe is empty: the program has all of it and waits for more."""
        for _ in range(1000):
            waiting = fcntl.ioctl(process.stdin.fileno(), termios.FIONREAD, b"\0" * 4)
            if struct.unpack("i", waiting)[0] == 0:
                break
            time.sleep(0.005)
        time.sleep(0.1)

    def interrupt(self, process: subprocess.Popen, number: int) -> tuple[int, bytes, str]:
        process.stdin.write(self.EVENTS)
        process.stdin.flush()
        self.wait_until_it_sleeps(process)
        process.send_signal(number)
        # The input stays open: a program that waits for its end would wait for ever.
        ready, _, _ = select.select([process.stderr], [], [], 5)
        self.assertTrue(ready, "still waiting for its input five seconds after the signal")
        process.wait(timeout=cli_case.TIMEOUT_S)
        out, err = process.stdout.read(), process.stderr.read().decode()
        for stream in (process.stdin, process.stdout, process.stderr):
            stream.close()
        return process.returncode, out, err

    def test_ctrl_c_ends_with_130_a_message_and_no_output(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            for options in ([], ["--threads", "1", "--chunk-size", "4KiB"]):
                with self.subTest(signal=number, options=options):
                    process = self.start(
                        "-", "-o", "out.csv", "--summary", "s.json", "--rejects", "r.jsonl",
                        *options,
                    )
                    status, out, err = self.interrupt(process, number)
                    self.assertEqual((status, out), (130, b""), err)
                    self.assertRegex(err, r"\Astream-analyzer: interrupted[^\n]*\n\Z")
                    self.assertEqual(self.files_here(), [])

    def test_an_old_output_survives_ctrl_c(self):
        self.write("out.csv", "as it was")
        status, _, _ = self.interrupt(self.start("-", "-o", "out.csv"), signal.SIGINT)
        self.assertEqual(status, 130)
        self.assertEqual(self.read("out.csv"), b"as it was")
        self.assertEqual(self.files_here(), ["out.csv"])

    def test_ctrl_c_in_the_middle_of_a_file(self):
        self.write("large.jsonl", self.EVENTS * 200)
        process = self.start("large.jsonl", "-o", "out.csv", "--chunk-size", "256", "--io", "read")
        for _ in range(1000):  # outputs are opened before the work
            if len(self.files_here()) == 2:
                break
            time.sleep(0.001)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=5)
        self.assertEqual(process.returncode, 130, err)
        self.assertRegex(err, rb"\Astream-analyzer: interrupted[^\n]*\n\Z")
        self.assertEqual(self.files_here(), ["large.jsonl"])

    def test_ctrl_c_ends_generate_without_a_file(self):
        process = subprocess.Popen(
            cli_case.command("generate", "--records", "1000000000", "-o", "x", "--truth", "t.csv"),
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=self.folder,
            env=cli_case.environment(),
        )
        self.addCleanup(process.kill)
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=5)
        self.assertEqual((process.returncode, out), (130, b""), err)
        self.assertRegex(err, rb"\Astream-analyzer: interrupted[^\n]*\n\Z")
        self.assertEqual(self.files_here(), [])

    def test_ctrl_c_before_the_first_byte_ends_it_too(self):
        process = self.start("-", "-o", "out.csv")
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        process.wait(timeout=5)
        self.assertEqual(process.returncode, 130)
        self.assertEqual(self.files_here(), [])
        process.communicate()


if __name__ == "__main__":
    cli_case.main()
