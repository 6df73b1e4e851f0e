#!/usr/bin/env python3
"""Stored results: `analyze --save`, `merge` and `inspect`."""

import filecmp
import gzip
import itertools
import json
import os
import random

import cli_case

ROLLUPS = ("--rollup", "1h", "--rollup", "1d", "--rollup", "1mo")


class PartCase(cli_case.CliCase):
    def make_dump(self, records: int = 6000) -> bytes:
        self.generate(
            "--shape", "narrow", "--records", records, "--users", records // 3, "--rate", "10",
            "--late-share", "5%", "--late-tail", "1%", "--corrupt-share", "2%", "-o", "dump.jsonl",
        )
        return self.read("dump.jsonl")

    def cut(self, dump: bytes, parts: int, seed: int) -> list[str]:
        """Files of whole lines, cut at silly places: some hold a line or nothing."""
        draw = random.Random(seed)
        lines = dump.splitlines(keepends=True)
        cuts = sorted(draw.choice([0, 1, len(lines), draw.randrange(len(lines))])
                      for _ in range(parts - 1))
        names = []
        for number, (first, last) in enumerate(zip([0, *cuts], [*cuts, len(lines)])):
            names.append(f"piece{number}.jsonl")
            self.write(names[-1], b"".join(lines[first:last]))
        return names

    def save(self, name: str, *arguments: object, status: int = 0, stdin: bytes = b"") -> None:
        finished = self.analyze("-q", "--save", name, *arguments, status=status, stdin=stdin)
        self.assertEqual(finished.out, b"", "results are stored, not printed")

    def merge(self, *arguments: object, status: int = 0, stdin: bytes = b""):
        finished = self.run_here("merge", *arguments, stdin=stdin)
        self.assertEqual(finished.status, status, finished.err)
        return finished

    def merged(self, *parts: object, more: tuple = ()) -> tuple[bytes, ...]:
        """All outputs of a merge, and the stored part."""
        self.merge(
            *parts, *ROLLUPS, "-q", "-o", "m.csv", "-o", "m.json", "-o", "m.md",
            "--save", "m.part", *more,
        )
        return tuple(self.read(name) for name in ("m.csv", "m.json", "m.md", "m.part"))

    def whole(self, *inputs: object) -> tuple[bytes, ...]:
        """The same of one run over everything."""
        self.analyze(
            *inputs, *ROLLUPS, "-q", "-o", "w.csv", "-o", "w.json", "-o", "w.md",
            "--save", "w.part",
        )
        return tuple(self.read(name) for name in ("w.csv", "w.json", "w.md", "w.part"))

    def assert_refused(self, arguments: list[object], *parts: str, status: int = 3) -> None:
        finished = self.merge(*arguments, status=status)
        self.assertEqual(finished.out, b"")
        self.assert_one_message(finished, *parts)


class Laws(PartCase):
    def test_parts_in_any_order_and_grouping_are_one_run(self):
        dump = self.make_dump()
        for seed in range(4):
            names = self.cut(dump, 5, seed)
            expected = self.whole(*names)
            for name in names:
                self.save(f"{name}.part", name, "--threads", 1 + seed % 3)
            parts = [f"{name}.part" for name in names]
            for order in itertools.islice(itertools.permutations(parts), 0, 120, 37):
                with self.subTest(seed=seed, order=order):
                    self.assertEqual(self.merged(*order), expected)
                    self.merge(*order[:2], "-q", "--save", "left.part")
                    self.merge(*order[2:], "-q", "--save", "right.part")
                    self.assertEqual(self.merged("right.part", "left.part"), expected)
                    self.merge(order[4], "left.part", "-q", "--save", "more.part")
                    self.assertEqual(self.merged(order[2], "more.part", order[3]), expected)

    def test_one_part_merges_to_itself(self):
        self.make_dump()
        expected = self.whole("dump.jsonl")
        self.assertEqual(self.merged("w.part"), expected)

    def test_memory_and_threads_change_no_byte_of_a_part(self):
        names = self.cut(self.make_dump(), 3, 9)
        expected = self.whole(*names)
        for memory, threads in itertools.product(("1", "300KB"), (1, 2, 3)):
            with self.subTest(memory=memory, threads=threads):
                arguments = ("--memory", memory, "--threads", threads)
                for name in names:
                    self.save(f"{name}.part", name, "--chunk-size", "4KiB", *arguments)
                parts = [f"{name}.part" for name in names]
                self.assertEqual(self.merged(*parts, more=arguments), expected)

    def test_parts_of_sketches_are_one_run_too(self):
        names = self.cut(self.make_dump(), 4, 3)
        sketches = ("--no-exact", "--sketch", "lc:1KiB", "--sketch", "hll:8", "--sketch", "ull:5")
        expected = self.whole(*names, *sketches)
        for memory in ("1GB", "1"):
            for name in names:
                self.save(f"{name}.part", name, *sketches, "--memory", memory)
            parts = [f"{name}.part" for name in names]
            self.assertEqual(self.merged(*parts), expected)
            self.assertEqual(self.merged(*reversed(parts), more=("--memory", memory)), expected)

    def test_many_small_parts_are_one_run(self):
        lines = self.make_dump(700).splitlines(keepends=True)
        names = []
        for number in range(0, len(lines), 3):
            names.append(f"p/{number:04}.jsonl")
            self.write(names[-1], b"".join(lines[number : number + 3]))
            # A part may have no record at all: that alone is exit 4.
            finished = self.run_here("analyze", names[-1], "-q", "--save", names[-1] + ".part")
            self.assertIn(finished.status, (0, 4), finished.err)
        parts = [name + ".part" for name in names if (self.folder / (name + ".part")).exists()]
        self.assertGreater(len(parts), 220)
        expected = self.whole(*[part.removesuffix(".part") for part in parts])
        self.assertEqual(self.merged(*parts), expected)
        self.assertEqual(self.merged(*parts, more=("--memory", "1", "--threads", "3")), expected)

    def test_memory_of_a_merge_does_not_grow_with_the_number_of_windows(self):
        peaks = []
        for windows in (20_000, 160_000):
            self.generate(
                "--shape", "narrow", "--records", windows, "--users", 20_000, "--rate", "0.016",
                "-o", "dump.jsonl",
            )
            self.save("all.part", "dump.jsonl", "--memory", "8MB")
            self.merge(
                "all.part", "-q", "--rollup", "1d", "--memory", "8MB", "-o", "m.csv",
                "--summary", "bound.json",
            )
            self.merge("all.part", "-q", "--rollup", "1d", "-o", "f.csv", "--summary", "free.json")
            # Not read whole: a child's peak begins with the memory of its parent.
            same = filecmp.cmp(self.folder / "m.csv", self.folder / "f.csv", shallow=False)
            self.assertTrue(same)
            self.assertEqual(self.summary("bound.json")["windows"], windows)
            accounts = [self.summary(name) for name in ("bound.json", "free.json")]
            peaks.append([account["peak_memory_bytes"] for account in accounts])
        if not cli_case.is_sanitized():
            # Measured: 17 and 22 MB with a limit, 21 and 80 MB without.
            self.assertLess(peaks[1][0], peaks[0][0] + 8_000_000)
            self.assertGreater(peaks[1][1], peaks[0][1] + 8_000_000)

    def test_empty_parts_add_nothing_and_fit_any_unit(self):
        self.write("empty.jsonl", b"")
        self.write("ms.jsonl", cli_case.event_line(1468244340123, "a"))
        self.save("empty.part", "empty.jsonl")
        self.save("ms.part", "ms.jsonl")
        expected = self.whole("empty.jsonl", "ms.jsonl")
        self.assertEqual(self.merged("empty.part", "ms.part"), expected)
        self.assertEqual(self.merged("ms.part", "empty.part"), expected)
        self.merge("empty.part", "-q", "--save", "e.part")
        self.assertEqual(self.read("e.part"), self.read("empty.part"))

    def test_ids_of_every_kind_survive(self):
        ids = ["", "a", "a\x00b", "ж" * 40, "x" * 300_000, "x" * 300_001, "\U0001f600", "user-1"]
        lines = [cli_case.event_line(60 * i, uid) for uid in ids for i in range(4)]
        self.write("a.jsonl", "".join(lines[::2]))
        self.write("b.jsonl", "".join(lines[1::2] + lines[:7]))
        expected = self.whole("a.jsonl", "b.jsonl")
        self.save("a.part", "a.jsonl")
        self.save("b.part", "b.jsonl")
        self.assertEqual(self.merged("b.part", "a.part"), expected)
        counts = cli_case.windows_of(expected[0]).values()
        self.assertEqual([exact for _, exact in counts], [len(ids)] * 4)
        self.assertEqual(sum(records for records, _ in counts), 2 * 16 + 7)

    def test_the_summary_of_a_merge_is_that_of_one_run(self):
        names = self.cut(self.make_dump(), 3, 5)
        self.analyze(*names, "-q", "--format", "csv", "--summary", "whole.json")
        for name in names:
            self.save(f"{name}.part", name)
        self.merge(*[f"{name}.part" for name in reversed(names)], "-q", "--format", "csv",
                   "--summary", "merged.json")
        whole, merged = self.summary("whole.json"), self.summary("merged.json")
        self.assertEqual(merged["parts"], 3)
        for key in ("seconds", "records_per_second", "bytes_per_second", "peak_memory_bytes",
                    "spilled_runs", "spilled_bytes", "parts", "kernel"):
            del whole[key], merged[key]
        self.assertEqual(merged, whole)


class Refusals(PartCase):
    def one_line(self, name: str, second: int = 0) -> None:
        self.write(name, cli_case.event_line(1468244340 + second, "a"))

    def test_parts_that_were_counted_differently_are_refused_by_the_difference(self):
        self.one_line("a.jsonl")
        self.one_line("b.jsonl", 60)
        self.save("a.part", "a.jsonl")
        for arguments, difference in (
            (["--window", "5m"], "--window 1m and --window 5m"),
            (["--timezone", "Europe/Zurich"], "--timezone UTC and --timezone Europe/Zurich"),
            (["--time-unit", "ms"], "--time-unit s and --time-unit ms"),
            (["--null-id", "count"], "--null-id skip and --null-id count"),
            (["--where", "uid=a"], "no --where and --where uid=a"),
            (["--since", "2016-01-01"], "no --since and --since 2016-01-01T00:00:00Z"),
            (["--check", "full"], "--check structure and --check full"),
            (["--hash-seed", "7"], "--hash-seed 0 and --hash-seed 7"),
            (["--no-exact"], "exact counts and --no-exact"),
            (["--sketch", "hll:4"],
             "--sketch lc:4KiB --sketch hll:12 --sketch ull:12 and --sketch hll:4"),
        ):
            with self.subTest(arguments=arguments):
                self.save("b.part", "b.jsonl", *arguments)
                self.assert_refused(["a.part", "b.part", "--save", "c.part"],
                                    f"cannot merge a.part with b.part: they were counted with "
                                    f"{difference}")
        self.assertFalse((self.folder / "c.part").exists())

    def test_the_same_bytes_of_an_input_are_found_however_they_come(self):
        lines = self.make_dump(600).splitlines(keepends=True)
        names = ["first.jsonl", "second.jsonl"]
        for name, piece in zip(names, (lines[:300], lines[300:])):
            self.write(name, b"".join(piece))
            self.save(f"{name}.part", name)
        part = f"{names[0]}.part"
        self.assert_refused([part, part], "the same bytes of", names[0])
        self.merge(part, f"{names[-1]}.part", "-q", "--save", "sum.part")
        self.assert_refused(["sum.part", part], "the same bytes of", names[0])
        self.assert_refused([part, "sum.part", "--threads", "1"], "the same bytes of", names[0])

    def test_source_ids_tell_inputs_apart(self):
        self.one_line("a.jsonl")
        for name in ("monday", "tuesday"):
            self.save(f"{name}.part", "a.jsonl", "--source-id", name)
        self.merge("monday.part", "tuesday.part", "-q", "--format", "csv")
        self.save("again.part", "a.jsonl", "--source-id", "monday")
        self.assert_refused(["monday.part", "again.part"], "the same bytes of monday")
        # Of standard input nothing is known unless it is said.
        line = cli_case.event_line(1468244340, "a").encode()
        self.save("one.part", "-", stdin=line)
        self.save("two.part", "-", stdin=line)
        rows = cli_case.windows_of(self.merge("one.part", "two.part", "-q", "--format", "csv").out)
        self.assertEqual(list(rows.values()), [(2, 1)])
        self.save("two.part", "-", "--source-id", "s", stdin=line)
        self.save("three.part", "-", "--source-id", "s", stdin=line)
        self.assert_refused(["two.part", "three.part"], "the same bytes of s")

    def test_parts_of_standard_input_have_an_order_too(self):
        # As long as each other, and the same but for what they count.
        for name, line in (("one", cli_case.event_line(1468244340, "a")), ("two", "x" * 30)):
            self.run_here(
                "analyze", "-", "-q", "--save", f"{name}.part",
                stdin=f"{line[:30]:30}\n{cli_case.event_line(1468244341, 'b')}".encode(),
            )
        parts = ["one.part", "two.part"]
        self.assertEqual(self.merged(*parts), self.merged(*reversed(parts)))

    def test_a_source_id_without_a_part_is_a_mistake(self):
        self.one_line("a.jsonl")
        finished = self.analyze("a.jsonl", "--source-id", "x", status=2)
        self.assert_one_message(finished, "--source-id", "--save")

    def test_damaged_parts_are_refused_and_nothing_is_written(self):
        self.make_dump(2000)
        self.save("dump.part", "dump.jsonl")
        part = self.read("dump.part")
        self.write("old.csv", "old")
        draw = random.Random(7)
        cases = {"empty": b"", "text": b"hello\n" * 100, "longer": part + b"x"}
        for _ in range(10):
            at = draw.randrange(len(part))
            cases[f"cut at {at}"] = part[:at]
            changed = bytearray(part)
            changed[at] ^= 1 << draw.randrange(8)
            cases[f"changed at {at}"] = bytes(changed)
        for name, damaged in cases.items():
            with self.subTest(name):
                self.write("bad.part", damaged)
                self.assert_refused(["bad.part", "-q", "-o", "old.csv"], "bad.part is ")
                self.assertEqual(self.read("old.csv"), b"old")
                finished = self.run_here("inspect", "bad.part")
                self.assertEqual((finished.status, finished.out), (3, b""))
                self.assert_one_message(finished, "bad.part is ")

    def test_what_cannot_be_opened_is_named(self):
        self.assert_refused(["missing.part"], "cannot open missing.part: No such file")
        for command in ("merge", "inspect"):
            for arguments, message in (([], "no part"), (["-", "-"], "- is given twice")):
                finished = self.run_here(command, *arguments)
                self.assertEqual((finished.status, finished.out), (2, b""))
                self.assert_one_message(finished, message)

    def test_a_part_may_not_be_overwritten_by_its_merge(self):
        self.one_line("a.jsonl")
        self.save("a.part", "a.jsonl")
        self.assert_refused(["a.part", "--save", "a.part"], "a.part", status=2)

    def test_rollups_that_do_not_fit_are_refused(self):
        self.one_line("a.jsonl")
        self.save("a.part", "a.jsonl", "--window", "1h")
        self.assert_refused(["a.part", "--rollup", "90m"], "--rollup 90m", status=2)


class Parts(PartCase):
    def test_a_part_through_pipes(self):
        self.make_dump(500)
        expected = self.whole("dump.jsonl")
        part = self.analyze("dump.jsonl", "-q", "--save", "-").out
        self.assertEqual(part, expected[3])
        finished = self.merge("-", *ROLLUPS, "-q", "--format", "csv", stdin=part)
        self.assertEqual(finished.out, expected[0])

    def test_results_and_the_part_come_from_one_pass(self):
        self.make_dump(500)
        self.analyze("dump.jsonl", "-q", "--save", "a.part", "-o", "a.csv")
        finished = self.merge("a.part", "-q", "--format", "csv")
        self.assertEqual(finished.out, self.read("a.csv"))

    def test_a_damaged_input_stays_one_in_its_part(self):
        self.write("cut.jsonl.gz", gzip.compress(self.make_dump(3000))[:-20])
        self.save("cut.part", "cut.jsonl.gz", status=3)
        finished = self.merge("cut.part", "-q", "--format", "csv", status=3)
        self.assertIn("cut.jsonl.gz", finished.err)
        self.assertGreater(len(cli_case.rows_of(finished.out)), 3)

    def test_rejects_of_all_parts_are_judged_together(self):
        self.make_dump(1000)
        self.save("a.part", "dump.jsonl")
        self.merge("a.part", "-q", "--format", "csv", "--max-rejects", "1", status=4)
        self.merge("a.part", "-q", "--format", "csv", "--max-rejects", "50%")

    def test_inspect_shows_what_is_inside(self):
        self.write(
            "a.jsonl",
            cli_case.event_line(1468244340, "a") + cli_case.event_line(1468244401, "bb") + "x\n",
        )
        self.save("a.part", "a.jsonl", "--where", "uid!=c", "--sketch", "none")
        finished = self.run_here("inspect", "a.part")
        self.assertEqual((finished.status, finished.err), (0, ""))
        self.assert_golden("inspect.txt", finished.out)
        finished = self.run_here("inspect", "a.part", "a.part", "--format", "json")
        parts = [json.loads(line) for line in finished.text.splitlines()]
        self.assertEqual(len(parts), 2)
        self.assertEqual(
            (parts[0]["windows"], parts[0]["records"], parts[0]["ids"], parts[0]["id_bytes"]),
            (2, 2, 2, 3),
        )
        self.assertEqual(parts[0]["parameters"]["where"], "uid!=c")
        self.assertEqual(parts[0]["sources"][0]["id"], "a.jsonl")
        self.assertEqual(parts[0]["sources"][0]["rejects"], 1)

    def test_a_part_that_cannot_be_stored_is_an_error(self):
        self.make_dump(300)
        finished = self.analyze("dump.jsonl", "-q", "--save", "missing/a.part", status=3)
        self.assert_one_message(finished, "missing/a.part")
        if os.path.exists("/dev/full"):
            finished = self.analyze("dump.jsonl", "-q", "--save", "/dev/full", status=3)
            self.assert_one_message(finished, "/dev/full", "No space left on device")


if __name__ == "__main__":
    cli_case.main()
