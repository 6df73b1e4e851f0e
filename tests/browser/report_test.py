#!/usr/bin/env python3
"""The HTML report in a browser: it draws its charts, asks for nothing, and names in it do nothing.

Without Chromium all of this is skipped; with STREAM_ANALYZER_BROWSER=required that is a failure.
"""

import json
import os
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "cli"))

import cli_case
from chromium import Chromium, Page, find_chromium

# What Meson takes for a skipped test.
SKIPPED = 77

# A canvas is drawn when it has more colours than its ground and a grid.
DRAWN_CANVASES = """
[...document.querySelectorAll("canvas")].map(canvas => {
  const {width, height} = canvas;
  const pixels = new Uint32Array(
    canvas.getContext("2d").getImageData(0, 0, width, height).data.buffer);
  return {id: canvas.id, colours: new Set(pixels).size, lines: Chart.getChart(canvas).data.datasets
    .filter(set => set.data.some(point => point.y !== null)).length};
})
"""

TABLES = """
[...document.querySelectorAll("table")].map(table => table.querySelectorAll("tbody tr").length)
"""

# Figures whose chart has no table of its own.
WITHOUT_TABLE = """
[...document.querySelectorAll("canvas")].filter(
  canvas => !canvas.closest("figure").querySelector("table tbody tr")).map(canvas => canvas.id)
"""

# Neighbours in a line of labels below or beside a chart that lie on each other.
OVERLAPPING_TICKS = """
Object.values(Chart.instances).flatMap(chart => {
  const axis = chart.scales.x;
  if (!axis.options.ticks.display) return [];
  const context = chart.ctx;
  context.font = "12px " + Chart.defaults.font.family;
  const width = label => Math.max(...[].concat(label).map(line => context.measureText(line).width));
  return axis.ticks.flatMap((tick, at) => {
    if (at === 0) return [];
    const before = axis.ticks[at - 1];
    const room = Math.abs(axis.getPixelForValue(tick.value) - axis.getPixelForValue(before.value));
    return (width(tick.label) + width(before.label)) / 2 > room ? [[before.label, tick.label]] : [];
  });
})
"""

MISSING_NUMBERS = r"\b(?:NaN|undefined|null|Infinity)\b"


class ReportCase(cli_case.CliCase):
    browser: Chromium

    @classmethod
    def setUpClass(cls) -> None:
        cls.browser = cls.enterClassContext(Chromium())

    def page_of(self, command: str, *arguments: object, dark: bool = False, width: int = 1280) -> Page:
        finished = self.run_here(command, *arguments, "-q", "-o", "report.html")
        self.assertIn(finished.status, (0, 4), finished.err)
        return self.browser.open(self.folder / "report.html", dark=dark, width=width)

    def assert_sound(self, page: Page) -> None:
        """Silent, alone, and without a number that is none."""
        self.assertEqual(page.complaints(), [])
        self.assertEqual(page.requests(), [(self.folder / "report.html").resolve().as_uri()])
        shown = page.evaluate("document.body.innerText")
        self.assertEqual(re.findall(f".*{MISSING_NUMBERS}.*", shown), [])

    def assert_drawn(self, page: Page, at_least: int) -> None:
        canvases = page.evaluate(DRAWN_CANVASES)
        self.assertGreaterEqual(len(canvases), at_least)
        for canvas in canvases:
            self.assertGreater(canvas["colours"], 4, canvas)
            self.assertGreater(canvas["lines"], 0, canvas)
        self.assertEqual(page.evaluate(WITHOUT_TABLE), [])
        self.assertTrue(all(page.evaluate(TABLES)))
        self.assertEqual(page.evaluate(OVERLAPPING_TICKS), [])


class AnalysisReport(ReportCase):
    def test_charts_and_tables_are_there_in_light_and_dark_and_on_a_phone(self):
        grounds = set()
        for dark, width in ((False, 1280), (True, 1280), (False, 400), (True, 400)):
            with self.subTest(dark=dark, width=width):
                page = self.page_of("analyze", cli_case.SAMPLE, "--rollup", "1h", dark=dark, width=width)
                self.assert_sound(page)
                self.assert_drawn(page, 4)
                # Tables scroll by themselves; the page does not.
                self.assertEqual(page.evaluate("document.documentElement.scrollWidth"), width)
                grounds.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        self.assertEqual(len(grounds), 2)

    def test_switching_to_dark_draws_the_charts_anew(self):
        page = self.page_of("analyze", cli_case.SAMPLE)
        ink = "Chart.getChart('counts-0').data.datasets[0].borderColor"
        light = page.evaluate(ink)
        page.set_media(dark=True)
        page.settle()
        self.assertNotEqual(page.evaluate(ink), light)
        self.assert_drawn(page, 4)
        self.assert_sound(page)

    def test_printing_from_a_dark_screen_uses_the_colours_of_paper_and_opens_the_tables(self):
        self.generate("--shape", "narrow", "--distinct", ",".join(["30"] * 40), "-o", "dump.jsonl")
        page = self.page_of("analyze", "dump.jsonl", dark=True)
        page.evaluate(
            """addEventListener("beforeprint", () => {
                window.printed = [Chart.getChart("counts-0").data.datasets[0].borderColor,
                                  document.querySelectorAll("details:not([open])").length];
            })"""
        )
        self.assertGreater(page.evaluate("document.querySelectorAll('details:not([open])').length"), 0)
        dark_ink = page.evaluate("Chart.getChart('counts-0').data.datasets[0].borderColor")
        page.print_to(self.folder / "report.pdf")
        self.assertTrue(self.read("report.pdf").startswith(b"%PDF"))
        ink, closed = page.evaluate("window.printed")
        self.assertEqual(closed, 0)
        self.assertNotEqual(ink, dark_ink)
        page.settle()
        self.assertEqual(page.evaluate("Chart.getChart('counts-0').data.datasets[0].borderColor"), dark_ink)
        self.assert_sound(page)

    def test_lines_are_broken_where_time_is_empty(self):
        self.generate("--shape", "narrow", "--distinct", "900,950,0,0,870,800", "-o", "dump.jsonl")
        page = self.page_of("analyze", "dump.jsonl")
        drawn = page.evaluate(
            "Chart.getChart('counts-0').data.datasets.map(set => set.data.map(point => point.y))"
        )
        self.assertEqual(drawn[0], [900, 950, None, 870, 800])
        self.assertEqual({values.index(None) for values in drawn}, {2})
        band = page.evaluate(
            "Chart.getChart('errors-1m-0').data.datasets.map(set => set.data[2].y)"
        )
        self.assertEqual(band, [None, None, None])

    def test_hostile_names_do_nothing(self):
        attack = "</script><script>window.owned=1</script><img src=x onerror=window.owned=1>"
        name = attack.replace("/", "\u2215") + "\u202e\n'\"><svg onload=window.owned=1>.jsonl"
        self.write(name, json.dumps({attack: 1468244340, "id": "a"}) + "\n" +
                   json.dumps({attack: 1468244400, "id": "b"}) + "\n{\n")
        page = self.page_of("analyze", name, "--time-field", "/" + attack.replace("/", "~1"),
                            "--id-field", "id")
        self.assert_sound(page)
        self.assert_drawn(page, 4)
        self.assertEqual(page.evaluate("window.owned === undefined"), True)
        self.assertEqual(page.evaluate("document.querySelectorAll('img, svg').length"), 0)
        self.assertEqual(page.evaluate("document.querySelectorAll('script').length"), 4)
        shown = page.evaluate("document.body.innerText")
        self.assertIn("onerror=window.owned=1", shown)
        self.assertIn("\\u202e\\x0a", shown)

    def test_a_script_that_is_not_of_the_page_is_not_run(self):
        """The policy holds: otherwise the tests above would show little."""
        page = self.page_of("analyze", cli_case.SAMPLE)
        page.evaluate(
            """(() => {
                const script = document.createElement("script");
                script.textContent = "window.owned = 1";
                document.body.append(script);
                const image = new Image();
                image.src = "http://127.0.0.1:9/x.png";
            })()"""
        )
        page.settle()
        self.assertEqual(page.evaluate("window.owned === undefined"), True)
        self.assertTrue(any("Content Security Policy" in text for text in page.complaints()))

    def test_bare_cases_have_words_where_numbers_are_missing(self):
        self.write("empty.jsonl", "")
        self.write("one.jsonl", cli_case.event_line(1468244340, "a"))
        self.write("bad.jsonl", "{\n")
        self.generate("--shape", "narrow", "--distinct", "900,800", "-o", "two.jsonl")
        cases = [
            (["empty.jsonl"], 0), (["bad.jsonl"], 0), (["one.jsonl"], 0),
            (["two.jsonl", "--sketch", "lc:8B"], 1), (["two.jsonl", "--no-exact"], 1),
            (["two.jsonl", "--sketch", "none"], 1),
            (["two.jsonl", "--sketch", "lc:8B", "--sketch", "hll:4"], 2),
        ]
        for arguments, canvases in cases:
            with self.subTest(arguments=arguments):
                page = self.page_of("analyze", *arguments)
                self.assert_sound(page)
                self.assertEqual(page.evaluate("document.querySelectorAll('canvas').length"), canvases)
                self.assert_drawn(page, canvases) if canvases else None

    def test_years_of_minutes_are_drawn_too(self):
        lines = [cli_case.event_line(1468244340 + 600 * i, f"u{i % 7}") for i in range(20_000)]
        self.write("long.jsonl", "".join(lines))
        page = self.page_of("analyze", "long.jsonl", "--window", "10m", "--rollup", "1d",
                            "--rollup", "1mo", width=400)
        self.assert_sound(page)
        self.assert_drawn(page, 12)
        self.assertIn("points are thinned", page.evaluate("document.querySelector('.windows p').innerText"))


class AccuracyReport(ReportCase):
    GRID = ("--family", "lc", "--family", "hll", "--family", "ull", "--sizes", "1KiB,5KiB,20KiB")

    def test_a_dump_with_a_question_is_drawn_in_light_and_dark_and_on_a_phone(self):
        self.generate("--shape", "narrow", "--distinct", "3000,5000,4000,4500", "-o", "dump.jsonl")
        for dark, width in ((False, 1280), (True, 400)):
            with self.subTest(dark=dark, width=width):
                page = self.page_of("accuracy", "dump.jsonl", *self.GRID, "--rollup", "1h", "--trials",
                                    "200", "--target", "1%", dark=dark, width=width)
                self.assert_sound(page)
                self.assert_drawn(page, 3 + 9)
                self.assertEqual(page.evaluate("document.documentElement.scrollWidth"), width)
                self.assertIn("suffices with", page.evaluate("document.body.innerText"))
                lines = page.evaluate("Chart.getChart('size-0').data.datasets.map(set => set.label)")
                self.assertTrue(any(label.startswith("exact set") for label in lines), lines)

    def test_a_click_on_a_family_hides_all_that_belongs_to_it(self):
        page = self.page_of("accuracy", "--cardinality", "1000", *self.GRID, "--trials", "200")
        shown = """(() => {
            const chart = Chart.getChart("size-0");
            return chart.data.datasets.filter((set, at) => chart.isDatasetVisible(at)).map(set => set.family);
        })()"""
        self.assertIn("lc", page.evaluate(shown))
        page.evaluate(
            """(() => {
                const {legend} = Chart.getChart("size-0");
                legend.options.onClick.call(legend, {}, legend.legendItems[0], legend);
            })()"""
        )
        self.assertNotIn("lc", page.evaluate(shown))
        self.assertIn("hll", page.evaluate(shown))
        self.assert_sound(page)

    def test_a_single_size_has_labels_on_both_axes(self):
        page = self.page_of("accuracy", "--cardinality", "1000,2000", "--sketch", "lc:12KiB",
                            "--sketch", "hll:14", "--trials", "200")
        self.assert_sound(page)
        labels = page.evaluate(
            """Object.values(Chart.instances).flatMap(
                ({scales}) => [scales.x, scales.y].map(axis => axis.ticks.map(tick => tick.label)))"""
        )
        self.assertEqual(labels[0], ["12 KiB"])
        self.assertTrue(all(labels), labels)

    def test_bare_cases_are_silent(self):
        self.write("empty.jsonl", "")
        cases = [
            (["empty.jsonl"], 0), (["--cardinality", "1"], 0),
            (["--cardinality", "1000", "--trials", "0"], 1),
            (["--cardinality", "1000", "--sketch", "lc:8B"], 0),
            (["--cardinality", "1,2,100000", "--sketch", "lc:8B", "--trials", "10"], 2),
            (["--cardinality", "10,100,1000", "--sketch", "hll:12", "--trials", "1"], 4),
        ]
        for arguments, canvases in cases:
            with self.subTest(arguments=arguments):
                page = self.page_of("accuracy", *arguments)
                self.assert_sound(page)
                found = page.evaluate("document.querySelectorAll('canvas').length")
                self.assertGreaterEqual(found, canvases)
                if found:
                    self.assert_drawn(page, canvases)


def main() -> None:
    if find_chromium() is None:
        if os.environ.get("STREAM_ANALYZER_BROWSER") == "required":
            print("no Chromium on this machine: apt-get install chromium\n0 passed, 1 failed")
            sys.exit(1)
        print("skipped: no Chromium on this machine (apt-get install chromium)")
        sys.exit(SKIPPED)
    cli_case.main()


if __name__ == "__main__":
    main()
