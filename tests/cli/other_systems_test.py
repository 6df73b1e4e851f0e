#!/usr/bin/env python3
"""Sketches of other systems (redis-hll, datasketches-hll) in every way that leads to results."""

import json

import cli_case

REDIS = "redis-hll"
DATASKETCHES = "datasketches-hll:10"
SPECS = ("--sketch", REDIS, "--sketch", "hll:10", "--sketch", DATASKETCHES)
NOTE = "the estimate is Ertl's"


class OtherSystems(cli_case.CliCase):
    def estimates(self, csv_bytes: bytes) -> dict[tuple[str, str, str], str]:
        return {
            (row["window"], row["window_start"], row["sketch"]): row["estimate"]
            for row in cli_case.rows_of(csv_bytes)
        }

    def counted(self, *arguments: object) -> bytes:
        return self.analyze(cli_case.SAMPLE, "-q", *SPECS, "--format", "csv", *arguments).out

    def test_every_way_to_a_result_gives_the_same_one(self):
        whole = self.counted("--rollup", "1h")
        self.assertEqual(self.counted("--rollup", "1h", "--memory", "1"), whole)
        self.assertEqual(
            self.counted("--rollup", "1h", "--threads", "3", "--chunk-size", "10KB"), whole
        )
        expected = self.estimates(whole)
        self.assertEqual(len(expected), 15)
        self.assertEqual(self.estimates(self.counted("--rollup", "1h", "--no-exact")), expected)
        for memory in ("1", "64MB"):
            self.assertEqual(
                self.estimates(self.counted("--rollup", "1h", "--no-exact", "--memory", memory)),
                expected,
            )

    def test_windows_of_few_ids_count_alike_with_and_without_exact_counts(self):
        lines = [
            json.dumps({"ts": 60 * (i % 500), "uid": f"user{i % 40}"}) for i in range(3000)
        ]
        dump = self.write("few.jsonl", "\n".join(lines) + "\n")
        arguments = ["-q", *SPECS, "--format", "csv", "--rollup", "1h"]
        exact = self.analyze(dump, *arguments).out
        self.assertEqual(
            self.estimates(self.analyze(dump, *arguments, "--no-exact").out), self.estimates(exact)
        )

    def test_parts_merge_into_the_result_of_one_run(self):
        lines = cli_case.SAMPLE.read_bytes().splitlines(keepends=True)
        self.write("early.jsonl", b"".join(lines[:3000]))
        self.write("late.jsonl", b"".join(lines[3000:]))
        for way in ([], ["--no-exact"]):
            with self.subTest(way=way):
                for name in ("early", "late"):
                    self.analyze(
                        f"{name}.jsonl", "-q", *SPECS, *way, "--save", f"{name}.part"
                    )
                merged = self.run_here(
                    "merge", "late.part", "early.part", "-q", "--format", "csv"
                )
                self.assertEqual(merged.status, 0, merged.err)
                self.assertEqual(merged.out, self.counted(*way))

    def test_the_seed_of_our_hash_does_not_matter_to_them(self):
        zero = self.estimates(self.counted())
        one = self.estimates(self.counted("--hash-seed", "1"))
        for key, estimate in zero.items():
            with self.subTest(key=key):
                self.assertEqual(estimate == one[key], key[2] != "hll:10")

    def test_an_id_is_hashed_as_it_reads_unescaped(self):
        plain = self.write("plain.jsonl", '{"ts":0,"uid":"Жук/1"}\n'.encode("utf-8"))
        escaped = self.write("escaped.jsonl", '{"ts":0,"uid":"\\u0416\\u0443к\\/1"}\n')
        for way in ([], ["--no-exact"]):
            both = self.analyze(plain, escaped, "-q", *SPECS, *way, "--format", "csv").out
            for row in cli_case.rows_of(both):
                with self.subTest(way=way, sketch=row["sketch"]):
                    self.assertEqual(round(float(row["estimate"])), 1)

    def test_the_output_says_whose_estimate_it_is(self):
        for form in ("table", "md", "json"):
            with self.subTest(form=form):
                self.assertIn(NOTE, self.one_line(self.analyze_as(form, DATASKETCHES)))
                self.assertNotIn(NOTE, self.one_line(self.analyze_as(form, REDIS)))
                trials = ["accuracy", "--cardinality", "100", "--trials", "10", "--format", form]
                if form == "json":
                    continue
                said = self.run_here(*trials, "--sketch", DATASKETCHES).text
                self.assertIn(NOTE, self.one_line(said))

    def test_the_html_reports_say_it_too(self):
        for spec, says in ((DATASKETCHES, 1), (REDIS, 0)):
            self.analyze(cli_case.SAMPLE, "-q", "--sketch", spec, "-o", "a.html")
            self.run_here(
                "accuracy", "--cardinality", "100", "--trials", "10", "--sketch", spec, "-q", "-o",
                "b.html",
            )
            for page in ("a.html", "b.html"):
                with self.subTest(spec=spec, page=page):
                    self.assertEqual(self.read(page).count(b"the estimate is Ertl"), says)

    def analyze_as(self, form: str, spec: str) -> str:
        return self.analyze(cli_case.SAMPLE, "-q", "--sketch", spec, "--format", form).text

    @staticmethod
    def one_line(text: str) -> str:
        return " ".join(text.split())

    def test_their_trials_are_the_same_for_any_number_of_threads(self):
        arguments = ["accuracy", "--cardinality", "50,3000", "--trials", "60", *SPECS]
        one = self.run_here(*arguments, "--threads", "1")
        self.assertEqual(one.status, 0, one.err)
        self.assertEqual(self.run_here(*arguments, "--threads", "4").out, one.out)
        self.assertNotEqual(self.run_here(*arguments, "--seed", "7").out, one.out)
        families = {row["family"] for row in cli_case.rows_of(one.out)}
        self.assertEqual(families, {"redis-hll", "hll", "datasketches-hll"})


if __name__ == "__main__":
    cli_case.main()
