#!/usr/bin/env python3
"""The same bytes come out, however the work is cut up: threads, chunks, kernels, how files are
read, compressed or not, in one file or in several."""

import gzip
import itertools
import resource
import shutil
import subprocess

import cli_case
from cli_case import zstd_stored

# All that may differ from run to run, by the summary's own documentation (summary_json.hpp), and
# what says how the run was asked to work.
UNSTABLE_KEYS = (
    "seconds", "records_per_second", "bytes_per_second", "peak_memory_bytes", "spilled_runs",
    "spilled_bytes",
)
HOW_KEYS = ("threads", "kernel")

ROLLUPS = ("--rollup", "1h", "--rollup", "1d")


class Determinism(cli_case.CliCase):
    def setUp(self) -> None:
        super().setUp()
        self.number = itertools.count()

    def make_dump(self, records: int) -> bytes:
        self.generate(
            "--shape", "wide", "--record-size", "200B", "--records", records, "--rate", "20",
            "--users", "400", "--late-share", "5%", "--late-tail", "1%", "--corrupt-share", "8%",
            "-o", "dump.jsonl",
        )
        return self.read("dump.jsonl")

    def outputs(self, *arguments: object, stdin: bytes = b"", **variables: str):
        """CSV, rejects and the stable part of the summary. "-" goes by the file's name."""
        rejects = f"rejects{next(self.number)}.jsonl"
        finished = self.analyze(
            *arguments, *ROLLUPS, "-q", "--format", "csv", "--rejects", rejects, "--summary",
            "summary.json", stdin=stdin, **variables,
        )
        self.assertEqual(finished.err, "")
        summary = self.summary()
        for key in UNSTABLE_KEYS + HOW_KEYS:
            del summary[key]
        for file in summary["files"]:
            del file["compression"]
        named = self.read(rejects).replace(b"(standard input)", b"dump.jsonl")
        text = str(summary).replace("(standard input)", "dump.jsonl")
        return finished.out, named, text

    def assert_same(
        self, expected, *arguments: object, stdin: bytes = b"", **variables: str
    ) -> None:
        with self.subTest(arguments=arguments, variables=variables):
            csv, rejects, summary = self.outputs(*arguments, stdin=stdin, **variables)
            self.assertEqual(csv.decode(), expected[0].decode())
            self.assertEqual(rejects, expected[1])
            self.assertEqual(summary, expected[2])

    def test_threads_chunks_backends_and_kernels_change_nothing(self):
        self.make_dump(4000)
        expected = self.outputs("dump.jsonl", "--threads", "1")
        self.assertGreater(expected[1].count(b"\n"), 300)  # there are rejects to compare
        self.assertGreater(expected[0].count(b"\n"), 15)
        for threads in (2, 3, 8):
            for chunk in ("4KiB", "64KiB", "4MiB"):
                self.assert_same(
                    expected, "dump.jsonl", "--threads", threads, "--chunk-size", chunk
                )
        for io in ("mmap", "read"):
            for chunk in ("4KiB", "100000", "1GiB"):
                self.assert_same(expected, "dump.jsonl", "--io", io, "--chunk-size", chunk)
        self.assert_same(expected, "dump.jsonl", STREAM_ANALYZER_KERNEL="portable")
        self.assert_same(
            expected, "dump.jsonl", "--chunk-size", "1KiB", STREAM_ANALYZER_KERNEL="portable"
        )
        # At the level that reads every byte as RFC 8259 has it, the generator's lines fare alike.
        checked = self.outputs("dump.jsonl", "--check", "full")
        self.assertEqual((checked[0], checked[1]), (expected[0], expected[1]))

    def test_silly_chunks_change_nothing(self):
        self.make_dump(120)
        expected = self.outputs("dump.jsonl")
        for chunk, io, threads in itertools.product((1, 7, 64), ("mmap", "read"), (1, 3)):
            self.assert_same(
                expected, "dump.jsonl", "--chunk-size", chunk, "--io", io, "--threads", threads
            )

    def test_a_line_longer_than_many_chunks_is_one_line(self):
        long_id = "x" * 50_000
        lines = cli_case.event_line(0, "a") + cli_case.event_line(60, long_id) + "nope\n"
        self.write("dump.jsonl", lines + cli_case.event_line(120, "b"))
        expected = self.outputs("dump.jsonl")
        self.assertEqual(
            list(cli_case.windows_of(expected[0]).values()), [(1, 1), (1, 1), (1, 1)]
        )
        for chunk, io, threads in itertools.product((1, 64, 4096), ("mmap", "read"), (1, 3)):
            self.assert_same(
                expected, "dump.jsonl", "--chunk-size", chunk, "--io", io, "--threads", threads
            )

    def compressed_forms(self, dump: bytes):
        middle = len(dump) // 3  # in the middle of a line
        yield "gzip", gzip.compress(dump, mtime=0)
        yield "gzip, two members", gzip.compress(dump[:middle]) + gzip.compress(dump[middle:])
        yield "gzip, zero padding", gzip.compress(dump) + bytes(1000)
        yield "zstd, stored", zstd_stored(dump)
        skippable = b"\x50\x2a\x4d\x18" + (5).to_bytes(4, "little") + b"hello"
        yield "zstd, frames", zstd_stored(dump[:middle]) + skippable + zstd_stored(dump[middle:])
        if tool := shutil.which("zstd"):
            packed = subprocess.run(
                [tool, "-q", "-c"], input=dump, stdout=subprocess.PIPE, check=True
            ).stdout
            yield "zstd, the tool's", packed

    def test_compressed_files_and_standard_input_change_nothing(self):
        dump = self.make_dump(4000)
        expected = self.outputs("dump.jsonl")
        self.assert_same(expected, "-", stdin=dump)
        self.assert_same(expected, "-", "--chunk-size", "4KiB", "--threads", "3", stdin=dump)
        for name, packed in self.compressed_forms(dump):
            with self.subTest(form=name):
                # Recognised by content: the name is that of the plain file.
                self.write("dump.jsonl", packed)
                self.assert_same(expected, "dump.jsonl")
                self.assert_same(expected, "dump.jsonl", "--chunk-size", "4KiB", "--threads", "3")
                self.assert_same(expected, "dump.jsonl", "--io", "read", "--threads", "1")
                self.assert_same(expected, "-", stdin=packed)

    def test_standard_input_that_is_a_file_changes_nothing(self):
        self.make_dump(500)
        expected = self.outputs("dump.jsonl")
        with (self.folder / "dump.jsonl").open("rb") as dump:
            finished = subprocess.run(
                cli_case.command("analyze", "-", *ROLLUPS, "-q", "--format", "csv"),
                stdin=dump, stdout=subprocess.PIPE, env=cli_case.environment(), check=True,
                timeout=cli_case.TIMEOUT_S,
            )
        self.assertEqual(finished.stdout, expected[0])

    def test_one_dump_in_several_files_counts_the_same(self):
        dump = self.make_dump(3000)
        expected = cli_case.rows_of(self.outputs("dump.jsonl")[0])
        rejects_total = self.summary()["rejects"]
        lines = dump.splitlines(keepends=True)
        parts = [b"".join(lines[at : at + 701]) for at in range(0, len(lines), 701)]
        for number, part in enumerate(parts):
            name = f"parts/part{number}.jsonl"
            if number % 2:
                self.write(name, part.removesuffix(b"\n"))  # a last line without its line feed
            else:
                self.write_gzip(name + ".gz", part)
        for arguments in (["parts"], ["parts", "--threads", "1", "--chunk-size", "4KiB"]):
            with self.subTest(arguments=arguments):
                self.assertEqual(cli_case.rows_of(self.outputs(*arguments)[0]), expected)
                self.assertEqual(self.summary()["rejects"], rejects_total)
        reversed_parts = sorted(self.files_here(), reverse=True)
        reversed_parts = [name for name in reversed_parts if name.startswith("parts/")]
        self.assertEqual(cli_case.rows_of(self.outputs(*reversed_parts)[0]), expected)


class Probe(cli_case.CliCase):
    """What the first lines decide, for all that follow, is independent of chunks as well."""

    CHUNKS = ("64", "200", "1KiB", "64KiB", "4MiB")

    def write_lines(self, first: list[str]) -> None:
        later = [cli_case.event_line(1468244385, f"u{i}") for i in range(2000)]
        self.write("dump.jsonl", "".join(first + later))

    def assert_unit_everywhere(self, unit: str, *arguments: str) -> None:
        for chunk, io in itertools.product(self.CHUNKS, ("mmap", "read")):
            with self.subTest(chunk=chunk, io=io):
                account = self.account("dump.jsonl", "--chunk-size", chunk, "--io", io, *arguments)
                self.assertEqual(account["time_unit"], unit)
        account = self.account(
            "-", "--chunk-size", "200", *arguments, stdin=self.read("dump.jsonl")
        )
        self.assertEqual(account["time_unit"], unit)

    def test_the_time_unit_is_the_majority_of_as_many_lines_for_every_chunk_size(self):
        self.write_lines([cli_case.event_line(1468244385000 + i, "u") for i in range(300)])
        self.assert_unit_everywhere("s")
        self.write_lines([cli_case.event_line(1468244385000 + i, "u") for i in range(600)])
        self.assert_unit_everywhere("ms")

    def test_lines_without_the_fields_are_looked_past_for_every_chunk_size(self):
        self.write_lines(['{"other": 1}\n'] * 700)
        self.assert_unit_everywhere("s")

    def test_lines_longer_than_max_line_have_no_vote_for_any_chunk_size(self):
        padding = "x" * 5000
        self.write_lines([cli_case.event_line(1468244385000, padding) for _ in range(1500)])
        self.assert_unit_everywhere("s", "--max-line", "4KiB")
        self.assert_unit_everywhere("ms")

    def test_blank_files_ahead_of_the_records_need_no_open_file_each(self):
        for number in range(80):
            self.write(f"parts/blank{number}.jsonl", "\n")
        self.write("parts/records.jsonl", cli_case.event_line(1468244385, "a"))
        finished = subprocess.run(
            cli_case.command("analyze", "parts", "-q", "--format", "csv"),
            cwd=self.folder, env=cli_case.environment(), stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, timeout=cli_case.TIMEOUT_S, check=False,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32)),
        )
        self.assertEqual((finished.returncode, finished.stderr), (0, b""))

    def test_long_lines_at_the_beginning_are_not_held_in_memory(self):
        megabyte = 1 << 20
        with (self.folder / "hole.jsonl").open("wb") as dump:
            dump.truncate(400 * megabyte)  # one line of zeros
        for io in ("mmap", "read"):
            with self.subTest(io=io):
                account = self.account(
                    "hole.jsonl", "--io", io, "--chunk-size", "2MiB", "--max-line", "4MiB",
                    "--threads", "1", status=4,
                )
                self.assertEqual(account["rejects_by_reason"][0]["reason"], "line too long")
                # 10 MB are usual; the address sanitizer alone takes 150.
                self.assertLess(account["peak_memory_bytes"], 256 * megabyte)


class WithoutGroundTruth(cli_case.CliCase):
    """Sketches that are merged from chunks are those made from the distinct ids."""

    SKETCHES = ("lc:256B", "lc:20KiB", "hll:4", "hll:12", "ull:3", "ull:12", "ull:16")
    # What needs the exact count, or predicts from it.
    TRUTH_COLUMNS = ("exact", "exact_bytes", "error", "relative_error", "predicted_rse", "z")

    def rows(self, *arguments: object) -> list[dict[str, str]]:
        sketches = [word for spec in self.SKETCHES for word in ("--sketch", spec)]
        finished = self.analyze(
            "dump.jsonl", *sketches, "--rollup", "1h", "-q", "--format", "csv", *arguments
        )
        return cli_case.rows_of(finished.out)

    def test_estimates_equal_those_with_ground_truth(self):
        self.generate(
            "--shape", "narrow", "--records", "60000", "--users", "40000", "--rate", "400",
            "--late-share", "3%", "-o", "dump.jsonl",
        )
        expected = self.rows()
        saturated = {row["sketch"] for row in expected if row["saturated"] == "true"}
        self.assertEqual(saturated, {"lc:256B"})
        for arguments in ([], ["--threads", "1"], ["--threads", "8", "--chunk-size", "4KiB"]):
            with self.subTest(arguments=arguments):
                rows = self.rows("--no-exact", *arguments)
                self.assertEqual(len(rows), len(expected))
                for row, truth in zip(rows, expected):
                    self.assertEqual(list(row), cli_case.CSV_COLUMNS)
                    for column, text in row.items():
                        if column == "predicted_rse":
                            self.assertEqual(text == "", truth["saturated"] == "true", row)
                        elif column in self.TRUTH_COLUMNS:
                            self.assertEqual(text, "", column)
                        else:
                            self.assertEqual(text, truth[column], column)


if __name__ == "__main__":
    cli_case.main()
