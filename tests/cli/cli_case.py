"""What the tests of the command line share: a folder of their own, running the program.

Each script is run as

    some_test.py PATH/TO/stream-analyzer [UNITTEST ARGUMENTS]

and ends with a line "N passed, N failed", which scripts/count_tests.py reads. Golden files are
written anew with STREAM_ANALYZER_UPDATE_GOLDEN=1: look at the difference before keeping it.
"""

import csv
import gzip
import io
import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from typing import NamedTuple

sys.dont_write_bytecode = True

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = Path(__file__).resolve().parent / "golden"
SAMPLE = ROOT / "datasets" / "sample.jsonl"

# A run that takes longer hangs; sanitized builds on a busy machine are slow, not that slow.
TIMEOUT_S = 120

# Variables that change what is printed; a test sets those that it is about.
PRINTING_VARIABLES = ("NO_COLOR", "TERM", "LC_ALL", "LC_CTYPE", "LANG", "STREAM_ANALYZER_KERNEL")

CSV_COLUMNS = (
    "window,window_start,complete,records,exact,exact_bytes,sketch,sketch_bytes,estimate,error,"
    "relative_error,predicted_rse,z,saturated"
).split(",")

binary = ""


def is_sanitized() -> bool:
    """Whether the program has a sanitizer, which needs memory and descriptors of its own.

    Its options tell nothing: Meson sets them for every test.
    """
    return b"__asan_init" in Path(binary).read_bytes()


def environment(**variables: str) -> dict[str, str]:
    """That of the tests without what changes the output, but in UTF-8, and with `variables`."""
    kept = {name: text for name, text in os.environ.items() if name not in PRINTING_VARIABLES}
    return kept | {"LC_ALL": "C.UTF-8"} | variables


class Finished(NamedTuple):
    status: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode("utf-8")


def command(*arguments: object) -> list[str]:
    """The program's command line; `analyze` gets the --memory that a whole run of tests is given."""
    words = [*map(str, arguments)]
    memory = os.environ.get("STREAM_ANALYZER_TEST_MEMORY")
    if memory and words[:1] == ["analyze"] and "--memory" not in words:
        words[1:1] = ["--memory", memory]
    return [binary, *words]


def run(
    *arguments: object, stdin: bytes = b"", cwd: Path | None = None, **variables: str
) -> Finished:
    finished = subprocess.run(
        command(*arguments),
        input=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=cwd,
        env=environment(**variables),
        timeout=TIMEOUT_S,
        check=False,
    )
    return Finished(finished.returncode, finished.stdout, finished.stderr.decode("utf-8"))


def rows_of(csv_bytes: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(csv_bytes.decode("utf-8"), newline="")))


def windows_of(csv_bytes: bytes, window: str = "1m") -> dict[str, tuple[int, int]]:
    """window_start -> (records, exact) of one window length."""
    return {
        row["window_start"]: (int(row["records"]), int(row["exact"]))
        for row in rows_of(csv_bytes)
        if row["window"] == window
    }


def zstd_stored(data: bytes) -> bytes:
    """A zstd frame of uncompressed blocks (RFC 8878, 3.1.1), for machines without the tool."""
    block_most = 128 * 1024
    frame = bytearray(b"\x28\xb5\x2f\xfd")
    frame += bytes([0b11_1_00000]) + len(data).to_bytes(8, "little")  # one segment, 8-byte size
    blocks = [data[at : at + block_most] for at in range(0, len(data), block_most)] or [b""]
    for number, block in enumerate(blocks):
        last = number == len(blocks) - 1
        frame += (len(block) << 3 | int(last)).to_bytes(3, "little") + block
    return bytes(frame)


def event_line(time: object, uid: object, **more: object) -> str:
    return json.dumps({"ts": time, "uid": uid, **more}) + "\n"


class CliCase(unittest.TestCase):
    """A test with an empty folder of its own, in which the program is run."""

    maxDiff = 4000

    def setUp(self) -> None:
        directory = tempfile.TemporaryDirectory(prefix="stream-analyzer-cli-")
        self.addCleanup(directory.cleanup)
        self.folder = Path(directory.name)

    def run_here(self, *arguments: object, stdin: bytes = b"", **variables: str) -> Finished:
        return run(*arguments, stdin=stdin, cwd=self.folder, **variables)

    def analyze(self, *arguments: object, status: int = 0, stdin: bytes = b"", **variables: str):
        """Runs `analyze` and checks the exit code."""
        finished = self.run_here("analyze", *arguments, stdin=stdin, **variables)
        self.assertEqual(finished.status, status, finished.err)
        return finished

    def generate(self, *arguments: object) -> None:
        finished = self.run_here("generate", *arguments)
        self.assertEqual((finished.status, finished.out, finished.err), (0, b"", ""))

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return path

    def write_gzip(self, name: str, content: bytes) -> Path:
        return self.write(name, gzip.compress(content, compresslevel=1, mtime=0))

    def read(self, name: str) -> bytes:
        return (self.folder / name).read_bytes()

    def summary(self, name: str = "summary.json") -> dict:
        return json.loads(self.read(name))

    def account(self, *arguments: object, status: int = 0, stdin: bytes = b"") -> dict:
        """The summary of a run that prints nothing else."""
        self.analyze(
            "-q", "--sketch", "none", "--format", "csv", "--summary", "summary.json", *arguments,
            status=status, stdin=stdin,
        )
        return self.summary()

    def files_here(self) -> list[str]:
        """Everything in the folder, hidden files too: leftovers show."""
        return sorted(str(path.relative_to(self.folder)) for path in self.folder.rglob("*"))

    def assert_golden(self, name: str, actual: bytes) -> None:
        path = GOLDEN / name
        if os.environ.get("STREAM_ANALYZER_UPDATE_GOLDEN") == "1":
            path.write_bytes(actual)
        self.assertTrue(path.exists(), f"{path} is missing")
        self.assertEqual(actual.decode("utf-8"), path.read_bytes().decode("utf-8"), f"see {path}")

    def assert_one_message(self, finished: Finished, *parts: str) -> None:
        """Standard error is one message of the program, and holds all parts."""
        self.assertRegex(finished.err, r"\Astream-analyzer: [^\n]+\n\Z")
        for part in parts:
            self.assertIn(part, finished.err)


def main() -> None:
    """Runs the tests of the script that calls it."""
    global binary
    if len(sys.argv) < 2:
        sys.exit(f"usage: {sys.argv[0]} PATH/TO/stream-analyzer [UNITTEST ARGUMENTS]")
    # unittest imports the script's tests from __main__, which shares this module with them.
    binary = str(Path(sys.argv.pop(1)).resolve())
    result = unittest.main(module="__main__", exit=False).result
    bad = len(result.failures) + len(result.errors) + len(result.unexpectedSuccesses)
    skipped = len(result.skipped)
    passed = max(0, result.testsRun - bad - skipped)
    print(f"{passed} passed, {bad} failed" + (f", {skipped} skipped" if skipped else ""))
    sys.exit(1 if bad else 0)
