#!/usr/bin/env python3
"""On a terminal: the table with its colours, the progress line that is taken away."""

import fcntl
import os
import pty
import re
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


if __name__ == "__main__":
    cli_case.main()
