#!/usr/bin/env python3
"""Ctrl-C and its kin, while lines are counted and while results are written."""

import fcntl
import os
import select
import signal
import struct
import subprocess
import termios
import time

import cli_case
from cli_case import event_line


def heed_signals() -> None:
    """Whoever runs the tests may ignore them, as nohup does, and children inherit that."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


class Interrupts(cli_case.CliCase):
    """Ctrl-C while standard input is still open: exit 130, a message, nothing left behind."""

    EVENTS = "".join(event_line(20 * n, f"u{n % 50}") for n in range(5000)).encode()

    def start(self, *arguments: str) -> subprocess.Popen:
        process = subprocess.Popen(
            cli_case.command("analyze", *arguments),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=self.folder,
            env=cli_case.environment(), preexec_fn=heed_signals,
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
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
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

    def test_ctrl_c_while_results_are_written_leaves_every_target_as_it_was(self):
        self.write("large.jsonl", self.EVENTS)
        self.write("out.csv", "as it was")
        os.mkfifo(self.folder / "slow.csv")
        process = self.start("large.jsonl", "-o", "out.csv", "-o", "slow.csv")
        with (self.folder / "slow.csv").open("rb") as fifo:  # a reader that takes its time
            full = fcntl.fcntl(fifo, fcntl.F_GETPIPE_SZ)
            while struct.unpack("i", fcntl.ioctl(fifo, termios.FIONREAD, b"\0" * 4))[0] < full:
                self.assertIsNone(process.poll())
                time.sleep(0.005)
            process.send_signal(signal.SIGINT)
            _, err = process.communicate(timeout=5)
        self.assertEqual(process.returncode, 130, err)
        self.assertEqual(err, b"stream-analyzer: interrupted while writing slow.csv\n")
        self.assertEqual(self.read("out.csv"), b"as it was")
        self.assertEqual(self.files_here(), ["large.jsonl", "out.csv", "slow.csv"])

    def test_a_hang_up_is_ignored_under_nohup(self):
        process = subprocess.Popen(
            ["nohup", *cli_case.command("analyze", "-", "-q", "--format", "csv")],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            cwd=self.folder, env=cli_case.environment(),
        )
        self.addCleanup(process.kill)
        process.stdin.write(self.EVENTS)
        process.stdin.flush()
        self.wait_until_it_sleeps(process)
        process.send_signal(signal.SIGHUP)
        out, _ = process.communicate(timeout=5)
        self.assertEqual(process.returncode, 0)
        self.assertEqual(len(cli_case.rows_of(out)), 5001)

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
