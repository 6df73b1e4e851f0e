#!/usr/bin/env python3
"""The report as a file: self-contained, bounded, deterministic, and deaf to what names say.

What a browser makes of it is for tests/browser.
"""

import base64
import hashlib
import html
import json
import os
import re
from html.parser import HTMLParser

import cli_case

# A report has to fit a mail, whatever the dump.
MOST_BYTES = 1_500_000


class Page(HTMLParser):
    """The elements of a page, and the text of those that are not shown."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.styles: list[str] = []
        self.shown = ""
        self._inside = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attributes)))
        self._inside = tag
        if tag == "script":
            self.scripts.append((dict(attributes), ""))
        if tag == "style":
            self.styles.append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "script":
            attributes, text = self.scripts[-1]
            self.scripts[-1] = (attributes, text + data)
        elif self._inside == "style":
            self.styles[-1] += data
        else:
            self.shown += data


def hash_of(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


class HtmlReport(cli_case.CliCase):
    def report(self, *arguments: object, status: int = 0, stdin: bytes = b"") -> str:
        self.analyze(*arguments, "-q", "-o", "report.html", status=status, stdin=stdin)
        data = self.read("report.html")
        self.assertLess(len(data), MOST_BYTES)
        return data.decode("utf-8")

    def charts(self, text: str) -> list[dict]:
        return json.loads(Page(text).scripts[0][1])

    def test_nothing_is_loaded_and_only_the_embedded_scripts_may_run(self):
        page = Page(self.report(cli_case.SAMPLE, "--rollup", "1h"))
        for tag, attributes in page.tags:
            for name in ("src", "href", "action", "srcdoc", "data", "background"):
                self.assertIn(attributes.get(name), (None, "data:,"), (tag, attributes))
            self.assertNotIn("style", attributes, tag)
            self.assertFalse([name for name in attributes if name.startswith("on")], tag)
        policies = [
            attributes["content"] for tag, attributes in page.tags
            if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
        ]
        self.assertEqual(len(policies), 1)
        directives = dict(part.strip().split(" ", 1) for part in policies[0].split(";"))
        self.assertEqual(directives["default-src"], "'none'")
        run = [text for attributes, text in page.scripts if "type" not in attributes]
        self.assertEqual(directives["script-src"].split(), [hash_of(text) for text in run])
        self.assertEqual(directives["style-src"].split(), [hash_of(page.styles[0])])
        self.assertEqual(set(directives) - {"script-src", "style-src"},
                         {"default-src", "base-uri", "form-action", "img-src"})

    def test_the_page_says_what_was_read_found_and_how_to_do_it_again(self):
        os.symlink(cli_case.SAMPLE, self.folder / "sample.jsonl")
        shown = Page(self.report("sample.jsonl", "--rollup", "1h", "--hash-seed", "7")).shown
        for part in (
            "came closest: typically", "7,232 lines in 1 input: 7,160 records counted",
            "64 rejected (0.88 %)", "not JSON", "1,494,298", "Windows of 1m", "Windows of 1h",
            "Worst windows", "2016-07-11 13:40",
            "stream-analyzer analyze sample.jsonl --rollup 1h --hash-seed 7 -q -o report.html",
            "stream-analyzer 0.",
        ):
            self.assertIn(part, shown)

    def test_standard_output_gets_the_same_page(self):
        out = self.analyze(cli_case.SAMPLE, "-q", "--format", "html").out
        self.assertTrue(out.startswith(b"<!DOCTYPE html>"))
        self.assertIn(b"came closest", out)

    def test_merged_parts_have_a_report_too(self):
        self.analyze(cli_case.SAMPLE, "-q", "--save", "a.part")
        finished = self.run_here("merge", "a.part", "-q", "-o", "m.html")
        self.assertEqual((finished.status, finished.err), (0, ""))
        shown = Page(self.read("m.html").decode()).shown
        self.assertIn("stream-analyzer merge a.part", shown)
        self.assertIn("stored parts merged", shown)

    def test_no_user_id_is_in_the_page(self):
        ids = set()
        for line in cli_case.SAMPLE.read_bytes().splitlines():
            ids.update(re.findall(rb'"uid":\s*"([0-9a-f]{19})"', line))
        self.assertGreater(len(ids), 1000)
        one = sorted(ids)[0].decode()
        text = self.report(cli_case.SAMPLE, "--where", f"uid!={one}", "--rejects", "rejects.jsonl")
        self.assertEqual([i for i in ids if i.decode() in text], [])

    def test_hostile_names_are_shown_and_do_nothing(self):
        folder = self.folder / "x<"
        folder.mkdir()
        name = "script><script>owned=1<" + os.fsdecode(b"\xff") + "\u202egpj\n\"'.jsonl"
        (folder / name).write_text(
            cli_case.event_line(1468244340, "a") + "{\n", encoding="utf-8"
        )
        field = "</script><img src=x onerror=owned=1>"
        text = self.report("x</" + name)
        self.assertNotIn("<script><script>", text)
        page = Page(text)
        self.assertIn("x</script><script>owned=1<\ufffd\\u202egpj\\x0a\"'.jsonl", page.shown)
        self.assertNotIn("\u202e", text)
        self.write("f.jsonl", json.dumps({field: 1468244340, "uid": "a"}) + "\n")
        page = Page(self.report("f.jsonl", "--time-field", "/" + field.replace("/", "~1")))
        self.assertIn("/" + field.replace("/", "~1"), page.shown)
        self.assertEqual([tag for tag, _ in page.tags if tag == "img"], [])
        self.assertEqual(len(page.scripts), 4)

    def test_threads_chunks_and_spilling_change_nothing(self):
        self.generate("--records", "20000", "--rate", "40", "--users", "900",
                      "--corrupt-share", "1%", "-o", "dump.jsonl")
        pages = set()
        for options in ([], ["--threads", "1"], ["--chunk-size", "64KiB"], ["--memory", "1"]):
            text = self.report("dump.jsonl", "--rollup", "1h", *options)
            pages.add(re.sub(r'(?s)<pre class="command">.*?</pre>', "", text))
        self.assertEqual(len(pages), 1)

    def test_gaps_are_breaks_in_the_lines(self):
        self.generate("--shape", "narrow", "--distinct", "100,120,0,0,90,80", "-o", "dump.jsonl")
        counts = self.charts(self.report("dump.jsonl"))[0]["counts"]
        self.assertEqual(counts["exact"], [100, 120, None, 90, 80])
        self.assertEqual([estimate[2] for estimate in counts["estimates"]], [None] * 3)

    def test_a_long_dump_is_thinned_keeps_its_extremes_and_says_so(self):
        lines = []
        for minute in range(6000):
            users = {1000: 40, 5000: 1}.get(minute, 3)
            lines += [cli_case.event_line(1468244340 + 60 * minute, f"u{i}") for i in range(users)]
        self.write("long.jsonl", "".join(lines))
        text = self.report("long.jsonl", "--sketch", "lc:16B", "--sketch", "hll:4")
        self.assertIn("points are thinned", Page(text).shown)
        chart = self.charts(text)[0]
        self.assertLessEqual(len(chart["counts"]["t"]), 2000)
        self.assertEqual((max(chart["counts"]["exact"]), min(chart["counts"]["exact"])), (40, 1))
        rows = cli_case.rows_of(self.analyze("long.jsonl", "-q", "--sketch", "lc:16B").out)
        errors = [float(row["relative_error"]) for row in rows]
        drawn = [error for error in chart["errors"][0]["error"] if error is not None]
        self.assertAlmostEqual(max(drawn), max(errors), places=5)
        self.assertAlmostEqual(min(drawn), min(errors), places=5)

    def test_a_day_of_minutes_is_drawn_whole_beside_its_roll_ups(self):
        lines = [cli_case.event_line(1468195200 + 60 * minute, "u") for minute in range(1440)]
        self.write("day.jsonl", "".join(lines))
        text = self.report("day.jsonl", "--rollup", "1h", "--rollup", "1d")
        self.assertEqual(len(self.charts(text)[0]["counts"]["t"]), 1440)
        self.assertNotIn("points are thinned", Page(text).shown)

    def test_many_sketches_and_lengths_stay_small_and_the_page_says_what_is_not_drawn(self):
        minutes = ",".join(str(200 + minute % 50) for minute in range(150))
        self.generate("--shape", "narrow", "--distinct", minutes, "-o", "dump.jsonl")
        sketches = [f"--sketch=lc:{size}B" for size in range(100, 140)]
        sketches += [f"--sketch=ull:{precision}" for precision in range(3, 19)]
        text = self.report("dump.jsonl", *sketches, "--rollup", "1h", "--rollup", "1d")
        charts = self.charts(text)
        self.assertEqual([len(chart["sketches"]) for chart in charts], [16, 16, 16])
        shown = Page(text).shown
        self.assertIn("The charts have the first 16 of 56 sketches, the tables all.", shown)
        self.assertIn("ull:18", shown)

    def test_a_window_far_from_the_rest_is_told_and_not_drawn(self):
        self.generate("--shape", "narrow", "--distinct", "200,210,220", "-o", "dump.jsonl")
        with open(self.folder / "dump.jsonl", "a", encoding="utf-8") as dump:
            dump.write(cli_case.event_line(5, "far"))
        text = self.report("dump.jsonl", "--sketch", "hll:12")
        self.assertIn("1 window far from the rest", Page(text).shown)
        self.assertEqual(self.charts(text)[0]["counts"]["exact"], [200, 210, 220])

    def test_what_is_missing_is_said_in_words(self):
        self.write("empty.jsonl", "")
        self.write("one.jsonl", cli_case.event_line(1468244340, "a"))
        self.write("bad.jsonl", "{\n")
        self.generate("--shape", "narrow", "--distinct", "900,800", "-o", "two.jsonl")
        cases = [
            (["empty.jsonl"], 0, "No record was counted"),
            (["bad.jsonl"], 4, "No record was counted"),
            (["one.jsonl"], 0, "nothing to draw"),
            (["two.jsonl", "--sketch", "lc:8B"], 0, "all 2 windows, so it has no estimate at all"),
            (["two.jsonl", "--no-exact"], 0, "Exact counts were left out"),
            (["two.jsonl", "--sketch", "none"], 0, "No sketch was asked for"),
        ]
        for arguments, status, words in cases:
            with self.subTest(arguments=arguments):
                page = Page(self.report(*arguments, status=status))
                self.assertIn(words, page.shown)
                missing = re.findall(r".*\b(?:NaN|nan|inf|null|undefined)\b.*", page.shown)
                self.assertEqual(missing, [])
                self.assertEqual(re.findall(r"NaN|Infinity|undefined", page.scripts[0][1]), [])

    def test_entities_are_those_of_one_escaping(self):
        self.write("a&b.jsonl", cli_case.event_line(1468244340, "a"))
        text = self.report("a&b.jsonl")
        self.assertIn(html.escape("a&b.jsonl"), text)
        self.assertNotIn("&amp;amp;", text)


class AccuracyHtmlReport(cli_case.CliCase):
    GRID = ("--family", "lc", "--family", "hll", "--sizes", "1KiB,5KiB")

    def report(self, *arguments: object, status: int = 0) -> Page:
        finished = self.run_here("accuracy", *arguments, "-q", "-o", "report.html")
        self.assertEqual(finished.status, status, finished.err)
        data = self.read("report.html")
        self.assertLess(len(data), MOST_BYTES)
        return Page(data.decode("utf-8"))

    def test_a_dump_has_its_largest_errors_and_the_memory_of_exact_sets_in_the_chart(self):
        self.generate("--shape", "narrow", "--distinct", "2000,3000,2500", "-o", "dump.jsonl")
        page = self.report("dump.jsonl", *self.GRID, "--target", "5%")
        chart = json.loads(page.scripts[0][1])["sizes"][0]
        rows = cli_case.rows_of(
            self.run_here("accuracy", "dump.jsonl", *self.GRID, "-q", "--format", "csv").out
        )
        dump = [row for row in rows if row["evidence"] == "dump" and row["sketch"].startswith("lc")]
        largest = next(series for series in chart["series"]
                       if (series["family"], series["kind"]) == ("lc", "largest"))
        self.assertEqual([point[:2] for point in largest["points"]],
                         [[int(row["sketch_bytes"]), float(row["max_absolute_error"])] for row in dump])
        mean = int(dump[0]["sketch_bytes"]) / float(dump[0]["share_of_exact_bytes"])
        self.assertAlmostEqual(chart["exact_bytes"], mean, delta=mean * 1e-4)
        for part in ("suffices with", "Smallest sketch of each family", "Inputs and rejects",
                     "3 windows of 1m with 2,000 to 3,000 ids", "seed of the trials",
                     "stream-analyzer accuracy dump.jsonl --family lc"):
            self.assertIn(part, page.shown)

    def test_the_error_of_a_single_window_is_no_typical_error(self):
        self.generate("--shape", "narrow", "--distinct", "2000", "-o", "dump.jsonl")
        page = self.report("dump.jsonl", *self.GRID)
        kinds = {series["kind"] for series in json.loads(page.scripts[0][1])["sizes"][0]["series"]}
        self.assertEqual(kinds, {"theory", "trials", "largest"})

    def test_trials_alone_have_contours(self):
        page = self.report("--cardinality", "100,1000,10000", *self.GRID, "--trials", "1000")
        numbers = json.loads(page.scripts[0][1])["numbers"]
        self.assertEqual([number["n"] for number in numbers], [[100, 1000, 10000]] * 4)
        for number in numbers:
            for quantiles in zip(*(number[key] for key in ("p50", "p95", "p99", "max"))):
                present = [value for value in quantiles if value is not None]
                self.assertEqual(present, sorted(present))
        self.assertNotIn("Inputs and rejects", page.shown)

    def test_many_sketches_and_numbers_stay_small_and_say_so(self):
        numbers = ",".join(str(n) for n in range(1, 201))
        page = self.report("--cardinality", numbers, "--trials", "20")
        self.assertIn("the charts show at most about 80", page.shown)
        self.assertIn("-o FILE.csv has all", page.shown)

    def test_what_is_missing_is_said_in_words(self):
        self.write("empty.jsonl", "")
        cases = [
            (["empty.jsonl"], "no id was counted"),
            (["--cardinality", "1"], "too few numbers of ids for a curve"),
            (["--cardinality", "1000", "--trials", "0"], "judged by theory"),
            (["--cardinality", "1000", "--sketch", "lc:8B"], "full and have no estimate"),
            (["--cardinality", "1000", "--target", "0.0001%"], "No sketch that was tried has"),
        ]
        for arguments, words in cases:
            with self.subTest(arguments=arguments):
                page = self.report(*arguments)
                self.assertIn(words, page.shown)
                missing = re.findall(r".*\b(?:NaN|nan|inf|null|undefined)\b.*", page.shown)
                self.assertEqual(missing, [])

    def test_the_report_shows_no_user_id(self):
        self.write("d.jsonl", "".join(cli_case.event_line(1468244340 + i, f"secret-{i}") for i in range(99)))
        self.report("d.jsonl", *self.GRID, "--where", "uid!=secret-5")
        self.assertNotIn(b"secret", self.read("report.html"))


if __name__ == "__main__":
    cli_case.main()
