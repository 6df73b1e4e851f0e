#!/usr/bin/python3
"""scripts/plot_accuracy.py draws what is in the CSV files that the program writes, and refuses
others with a sentence. Debian's matplotlib, hence Debian's Python."""

import subprocess
import sys
import xml.etree.ElementTree

from foreign_case import cli_case

SCRIPTS = cli_case.ROOT / "scripts"
PUBLISHED = cli_case.ROOT / "datasets" / "seed_windows.csv"
sys.path.insert(0, str(SCRIPTS))

import accuracy_figures  # noqa: E402

PNG = b"\x89PNG\r\n\x1a\n"
SMALL = ("--sizes", "1KiB,4KiB", "--trials", "100")


class PlotCase(cli_case.CliCase):
    def plot(self, *arguments: object, status: int = 0) -> str:
        """Standard error of a run."""
        finished = subprocess.run(
            [sys.executable, SCRIPTS / "plot_accuracy.py", *map(str, arguments)], cwd=self.folder,
            stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
        )
        self.assertEqual(finished.returncode, status, finished.stderr)
        self.assertEqual(finished.stdout, "")
        return finished.stderr

    def texts(self, name: str) -> str:
        """All texts of an SVG, which must be well-formed."""
        root = xml.etree.ElementTree.parse(self.folder / name).getroot()
        self.assertEqual(root.tag, "{http://www.w3.org/2000/svg}svg")
        return "\n".join(text.strip() for text in root.itertext() if text.strip())

    def drawn(self, *arguments: object) -> str:
        """The texts of a figure that is drawn in both formats."""
        self.assertEqual(self.plot(*arguments, "-o", "f.svg", "-o", "f.png"), "")
        self.assertTrue(self.read("f.png").startswith(PNG))
        self.assertGreater(len(self.read("f.png")), 10_000)
        return self.texts("f.svg")

    def assert_holds(self, text: str, *parts: str) -> None:
        for part in parts:
            self.assertIn(part, text)

    def accuracy(self, *arguments: object) -> None:
        finished = self.run_here("accuracy", *arguments, "-q", "-o", "accuracy.csv")
        self.assertEqual(finished.status, 0, finished.err)


class Figures(PlotCase):
    def test_error_against_memory_in_a_dump_and_in_trials(self):
        self.accuracy(cli_case.SAMPLE, *SMALL)
        texts = self.drawn("accuracy.csv")
        self.assert_holds(
            texts, "4 windows of 1m, 1,204 to 1,618 ids", "lc, dump", "hll, theory", "exact sets",
            "4 KiB", "RMSE",
        )
        texts = self.drawn("accuracy.csv", "--ids", "1618", "--family", "ull", "--metric", "p95")
        self.assert_holds(texts, "1,618 ids, 100 trials", "ull, trials", "95th percentile")
        self.assertNotIn("lc", texts.split())

    def test_error_against_the_number_of_ids(self):
        self.accuracy(
            "--cardinality", "100,1000,10000", "--sketch", "lc:4KiB", "--sketch", "hll:12",
            "--trials", "100",
        )
        self.assert_holds(
            self.drawn("accuracy.csv", "--figure", "cardinality"), "lc:4KiB, trials",
            "hll:12, theory", "distinct ids", "10,000", "100 trials a number of ids",
        )

    def test_the_figure_of_the_published_experiment(self):
        self.accuracy(cli_case.SAMPLE, *SMALL, "--family", "lc")
        self.assert_holds(
            self.drawn("accuracy.csv", "--figure", "largest", "--published", PUBLISHED),
            "lc, as published", "lc, this dump", "theory: median", "largest error of 4 windows",
        )

    def test_errors_of_windows_over_time(self):
        self.analyze(
            cli_case.SAMPLE, "-q", "--sketch", "lc:8B", "--sketch", "hll:12", "-o", "a.csv"
        )
        self.assert_holds(
            self.drawn("a.csv"), "4 windows of 1m; bands: ±1σ and ±2σ of theory", "lc:8B",
            "4 saturated", "hll:12", "UTC",
        )
        self.assertNotIn("lc:8B", self.drawn("a.csv", "--sketch", "hll:12", "--title", "A title"))
        self.assertIn("A title", self.texts("f.svg"))

    def test_the_same_csv_gives_the_same_bytes(self):
        self.accuracy("--cardinality", "1000", *SMALL)
        self.drawn("accuracy.csv")
        before = self.read("f.svg"), self.read("f.png")
        self.drawn("accuracy.csv")
        self.assertEqual((self.read("f.svg"), self.read("f.png")), before)

    def test_a_size_in_inches_is_that_of_the_png(self):
        self.accuracy("--cardinality", "1000", *SMALL)
        self.plot("accuracy.csv", "-o", "f.png", "--size", "5x3", "--dpi", "100")
        header = self.read("f.png")[16:24]
        self.assertEqual((int.from_bytes(header[:4], "big"), int.from_bytes(header[4:], "big")),
                         (500, 300))


class Numbers(PlotCase):
    def test_the_published_errors_are_the_published_ones(self):
        rows = cli_case.rows_of(PUBLISHED.read_bytes())
        sizes, errors = accuracy_figures.published_largest(rows)
        self.assertEqual([size / 1024 for size in sizes], [1, 2, 5, 10, 20, 50, 200])
        self.assertEqual([round(error, 2) for error in errors],
                         [5.43, 2.26, 1.01, 0.74, 0.44, 0.20, 0.10])

    def test_the_largest_of_some_errors_is_that_of_a_normal_law(self):
        self.assertAlmostEqual(accuracy_figures.worst_of(1, 0.9545), 2.0, places=3)
        self.assertAlmostEqual(accuracy_figures.worst_of(15, 0.5), 2.0, delta=0.01)

    def test_an_error_without_a_value_or_of_zero_is_no_point(self):
        rows = [{"x": "2", "y": "0.5"}, {"x": "3", "y": ""}, {"x": "4", "y": "0"},
                {"x": "1", "y": "0.25"}]
        self.assertEqual(accuracy_figures.points(rows, "x", "y"), ([1.0, 2.0], [25.0, 50.0]))


class Refusals(PlotCase):
    def assert_refused(self, arguments: list[object], *parts: str, status: int = 2) -> None:
        with self.subTest(arguments=arguments):
            said = self.plot(*arguments, "-o", "f.png", status=status)
            self.assertRegex(said, r"\Aplot_accuracy: [^\n]+\n\Z")
            self.assert_holds(said, *parts)
            self.assertNotIn("f.png", self.files_here())

    def test_a_csv_of_something_else_is_refused_with_what_it_lacks(self):
        self.write("other.csv", "a,b\n1,2\n")
        self.assert_refused(["other.csv"], "other.csv", "analyze", "window_start")
        self.write("empty.csv", "")
        self.assert_refused(["empty.csv"], "empty.csv")
        self.write("bytes.csv", bytes(range(256)))
        self.assert_refused(["bytes.csv"], "bytes.csv")
        self.assert_refused(["missing.csv"], "missing.csv", status=3)
        self.assert_refused(["."], status=3)

    def test_a_csv_of_the_other_command_is_refused_by_name(self):
        self.accuracy("--cardinality", "1000", *SMALL)
        self.assert_refused(["accuracy.csv", "--figure", "windows"], "analyze")
        self.analyze(cli_case.SAMPLE, "-q", "-o", "a.csv")
        self.assert_refused(["a.csv", "--figure", "largest"], "accuracy")
        self.analyze(cli_case.SAMPLE, "-q", "--layout", "wide", "-o", "wide.csv")
        self.assert_refused(["wide.csv"], "long layout")

    def test_what_is_not_in_the_csv_is_refused_with_what_is(self):
        self.accuracy("--cardinality", "1000", *SMALL)
        self.assert_refused(["accuracy.csv", "--sketch", "hll:9"], "hll:9", "hll:12")
        self.assert_refused(["accuracy.csv", "--family", "kll"], "kll", "ull")
        self.assert_refused(["accuracy.csv", "--ids", "7"], "7 ids", "1000")
        self.assert_refused(["accuracy.csv", "--figure", "largest"], "dump")
        self.assert_refused(["accuracy.csv", "--figure", "cardinality"], "two numbers")
        self.analyze(cli_case.SAMPLE, "-q", "--no-exact", "-o", "a.csv")
        self.assert_refused(["a.csv"], "--no-exact")

    def test_a_csv_that_is_cut_is_refused(self):
        self.accuracy("--cardinality", "1000", *SMALL)
        text = self.read("accuracy.csv")
        self.write("cut.csv", text[: text.rindex(b"\n", 0, -60) + 30])
        self.assert_refused(["cut.csv"], "cut.csv", "complete")
        header = text[: text.index(b"\n") + 1]
        self.write("header.csv", header)
        self.assert_refused(["header.csv"], "no rows")


if __name__ == "__main__":
    cli_case.main()
