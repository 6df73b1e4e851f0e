#!/usr/bin/env python3
"""The account of a run adds up (--summary), and every reject is found where it is said to be
(--rejects)."""

import json
import re

import cli_case
from cli_case import event_line

EVENTS = "".join(event_line(30 * n, f"user {n % 7}") for n in range(20))
SUMMARY_HPP = cli_case.ROOT / "analyzer" / "report" / "summary_json.hpp"


class Summary(cli_case.CliCase):
    def test_the_keys_are_the_documented_ones_in_their_order(self):
        self.write("dump.jsonl", EVENTS)
        summary = self.account("dump.jsonl")
        documented = SUMMARY_HPP.read_text(encoding="utf-8").split("Its keys, in this order")[1]
        rest = documented
        for key in summary:
            found = re.search(rf"\b{key}\b", rest)
            self.assertIsNotNone(found, f"{key} is not documented there")
            rest = rest[found.end() :]
        for key in summary["files"][0]:
            self.assertRegex(documented, rf"\b{key}\b")

    def test_lines_are_the_sum_of_what_became_of_them(self):
        self.generate(
            "--records", "2000", "--rate", "10", "--corrupt-share", "10%", "--late-share", "5%",
            "--record-size", "200B", "-o", "a.jsonl",
        )
        self.generate("--records", "500", "--shape", "narrow", "--seed", "9", "-o", "b.jsonl")
        summary = self.account(
            "a.jsonl", "b.jsonl", "--until", "2016-07-11T13:41:00Z", "--rejects", "r.jsonl"
        )
        for account in (summary, *summary["files"]):
            parts = ("records", "blank", "filtered", "anonymous", "rejects")
            self.assertEqual(account["lines"], sum(account[part] for part in parts))
        for part in ("bytes", "lines", "records", "blank", "filtered", "anonymous", "rejects"):
            self.assertEqual(summary[part], sum(file[part] for file in summary["files"]), part)
            self.assertEqual(summary[part] > 0, True, part)
        self.assertEqual(summary["lines"], self.read("a.jsonl").count(b"\n") + 500)
        reasons = {reject["reason"]: reject["count"] for reject in summary["rejects_by_reason"]}
        self.assertEqual(sum(reasons.values()), summary["rejects"])
        self.assertEqual(reasons, summary["files"][0]["rejects_by_reason"])
        self.assertEqual(summary["files"][1]["rejects_by_reason"], {})
        counts = [reject["count"] for reject in summary["rejects_by_reason"]]
        self.assertEqual(counts, sorted(counts, reverse=True))
        rejects = [json.loads(line) for line in self.read("r.jsonl").splitlines()]
        for reject in summary["rejects_by_reason"]:
            first = next(found for found in rejects if found["reason"] == reject["reason"])
            self.assertEqual(
                reject["first"], {key: first[key] for key in ("file", "offset_bytes", "line")}
            )

    def test_times_gaps_and_far_windows_are_reported(self):
        times = [0, 30, 61, 300, 330, 359, 390, 3.5, 60 * 60 * 24 * 365 * 20]
        lines = [event_line(time, "a") for time in times] * 100
        lines += [event_line(60 * minute, "b") for minute in range(7, 2000)]
        self.write("dump.jsonl", "".join(lines))
        summary = self.account("dump.jsonl", "--limit", "700")
        self.assertEqual(summary["first_event_time"], "1970-01-01T00:00:00Z")
        self.assertEqual(summary["last_event_time"], "1989-12-27T00:00:00Z")
        self.assertEqual(summary["windows"], 5)
        self.assertEqual(summary["gaps_total"], 2)
        self.assertEqual(
            summary["gaps"][0], {"from": "1970-01-01T00:02:00Z", "until": "1970-01-01T00:05:00Z"}
        )
        flipped = self.write("flip.jsonl", "".join(lines[:8] * 200) + event_line(2**31, "a"))
        summary = self.account(flipped)
        self.assertEqual(summary["far_windows_total"], 1)
        self.assertEqual(
            summary["far_windows"], [{"window_start": "2038-01-19T03:14:00Z", "records": 1}]
        )

    def test_order_of_arrival_is_told_by_file(self):
        times = (10, 20, 15, 19, 30, 5.5, 40)
        self.write("a.jsonl", "".join(event_line(time, "x") for time in times))
        self.write("b.jsonl", "".join(event_line(time, "x") for time in (1, 2, 2, 3)))
        for options in ([], ["--chunk-size", "1", "--threads", "3"]):
            first, second = self.account("a.jsonl", "b.jsonl", *options)["files"]
            self.assertEqual((first["out_of_order"], first["largest_lateness_seconds"]), (3, 24.5))
            self.assertAlmostEqual(first["out_of_order_share"], 3 / 7, places=5)
            self.assertEqual((second["out_of_order"], second["largest_lateness_seconds"]), (0, 0))


class Rejects(cli_case.CliCase):
    def test_rejects_are_found_where_they_are_said_to_be(self):
        self.generate(
            "--records", "1500", "--corrupt-share", "15%", "--record-size", "200B", "-o", "a.jsonl"
        )
        dump = self.read("a.jsonl")
        self.write_gzip("b.jsonl.gz", dump)
        self.account("a.jsonl", "b.jsonl.gz", "--rejects", "r.jsonl")
        rejects = [json.loads(line) for line in self.read("r.jsonl").splitlines()]
        self.assertEqual(len(rejects), self.summary()["rejects"])
        self.assertEqual({reject["file"] for reject in rejects}, {"a.jsonl", "b.jsonl.gz"})
        lines = dump.split(b"\n")
        for reject in rejects:
            self.assertEqual(list(reject), ["file", "offset_bytes", "line", "reason", "text"])
            line = lines[reject["line"] - 1]
            # The offset is in decompressed bytes.
            self.assertEqual(dump[: reject["offset_bytes"]].count(b"\n"), reject["line"] - 1)
            self.assertTrue(dump[reject["offset_bytes"] :].startswith(line))
            before = dump[: reject["offset_bytes"]]
            self.assertTrue(before == b"" or before.endswith(b"\n"), reject)
            text = line[:1000].decode("utf-8", errors="replace").rstrip("\ufffd")
            self.assertTrue(reject["text"].startswith(text[:900]), reject)

    def test_rejects_come_in_the_order_of_the_dump(self):
        self.write("dump.jsonl", "nope\n" + EVENTS + "[]\n{\n\n" + '{"ts":1}\n' + '{"uid":1}')
        for options in ([], ["--chunk-size", "1", "--threads", "3"]):
            self.account("dump.jsonl", "--rejects", "r.jsonl", *options)
            rejects = [json.loads(line) for line in self.read("r.jsonl").splitlines()]
            self.assertEqual(
                [(reject["line"], reject["reason"], reject["text"]) for reject in rejects],
                [
                    (1, "not JSON", "nope"), (22, "not an object", "[]"), (23, "truncated", "{"),
                    (25, "missing id", '{"ts":1}'), (26, "missing time", '{"uid":1}'),
                ],
            )

    def test_a_line_longer_than_allowed_is_a_reject_and_the_rest_is_counted(self):
        long_line = event_line(0, "a", text="x" * 5000)
        self.write("dump.jsonl", EVENTS + long_line + EVENTS)
        size = len(long_line) - 1
        for chunk in ("16", "4MiB"):
            for most, rejects in ((size, 0), (size - 1, 1), (100, 1)):
                with self.subTest(chunk=chunk, most=most):
                    summary = self.account(
                        "dump.jsonl", "--max-line", str(most), "--chunk-size", chunk,
                        "--rejects", "r.jsonl",
                    )
                    self.assertEqual(summary["rejects"], rejects)
                    self.assertEqual(summary["records"], 41 - rejects)
                    if rejects:
                        reject = json.loads(self.read("r.jsonl"))
                        self.assertEqual((reject["reason"], reject["line"]), ("line too long", 21))
                        self.assertEqual(reject["offset_bytes"], len(EVENTS))
                        self.assertLess(len(reject["text"]), 1100)
                        self.assertTrue(long_line.startswith(reject["text"][:90]))

    def test_no_rejects_are_an_empty_file(self):
        self.write("dump.jsonl", EVENTS)
        self.account("dump.jsonl", "--rejects", "r.jsonl")
        self.assertEqual(self.read("r.jsonl"), b"")


if __name__ == "__main__":
    cli_case.main()
