#!/usr/bin/env python3
"""`accuracy`: theory and trials in every format, the same bytes for any number of threads."""

import json
import math
import re
import subprocess

import cli_case

ACCURACY_COLUMNS = (
    "family,parameter,sketch,sketch_bytes,share_of_exact_bytes,window,evidence,samples,n_min,n_max,"
    "bias,rmse,rmse_low,rmse_high,mean_absolute_error,p50_absolute_error,p95_absolute_error,"
    "p99_absolute_error,max_absolute_error,max_window,predicted_rse,observed_over_predicted,"
    "theory_in_interval,share_within_1_sigma,share_within_2_sigma,saturated,left_out,theory_note,"
    "n_max_within_target,available_in"
).split(",")

SKETCHES = ("--sketch", "lc:64B", "--sketch", "hll:8", "--sketch", "ull:8")


class AccuracyCase(cli_case.CliCase):
    def accuracy(self, *arguments: object, status: int = 0, **variables: str) -> cli_case.Finished:
        finished = self.run_here("accuracy", *arguments, **variables)
        self.assertEqual(finished.status, status, finished.err)
        return finished

    def rows(self, *arguments: object) -> list[dict[str, str]]:
        return cli_case.rows_of(self.accuracy(*arguments, "--format", "csv").out)


class Trials(AccuracyCase):
    def test_the_csv_has_exactly_these_columns(self):
        finished = self.accuracy(*SKETCHES, "--cardinality", "100", "--trials", "10")
        self.assertEqual(finished.err, "")
        self.assertEqual(finished.text.split("\n")[0], ",".join(ACCURACY_COLUMNS))

    def test_every_format_is_as_it_was(self):
        # 20,000 ids fill 64 bytes; 20 ids are a few collisions.
        arguments = [*SKETCHES, "--cardinality", "20,2000,2e4", "--trials", "1000"]
        for suffix, form in (
            ("csv", "csv"), ("json", "json"), ("md", "md"), ("tex", "tex"), ("txt", "table"),
        ):
            with self.subTest(form=form):
                finished = self.accuracy(*arguments, "--format", form)
                self.assert_golden(f"accuracy_trials.{suffix}", finished.out)

    def test_one_run_writes_all_files(self):
        arguments = [*SKETCHES, "--cardinality", "500", "--trials", "20"]
        outputs = [f"o.{suffix}" for suffix in ("csv", "json", "md", "tex")]
        options = [word for output in outputs for word in ("-o", output)]
        self.assertEqual(self.accuracy(*arguments, *options).out, b"")
        self.assertEqual(self.files_here(), sorted(outputs))
        for output in outputs:
            form = output.split(".")[1]
            self.assertEqual(self.accuracy(*arguments, "--format", form).out, self.read(output))

    def test_threads_change_nothing_and_seeds_do(self):
        arguments = [*SKETCHES, "--cardinality", "50,5000", "--trials", "40"]
        one = self.accuracy(*arguments, "--threads", "1").out
        for threads in (2, 5):
            self.assertEqual(self.accuracy(*arguments, "--threads", threads).out, one)
        self.assertEqual(self.accuracy(*arguments, "--seed", "0").out, one)
        self.assertNotEqual(self.accuracy(*arguments, "--seed", "1").out, one)

    def test_the_default_grid_has_three_families_of_seven_sizes(self):
        rows = self.rows("--cardinality", "45000", "--trials", "0")
        self.assertEqual(
            [row["sketch"] for row in rows],
            ["lc:1KiB", "lc:2KiB", "lc:5KiB", "lc:10KiB", "lc:20KiB", "lc:50KiB", "lc:200KiB",
             "hll:10", "hll:11", "hll:12", "hll:13", "hll:14", "hll:16", "hll:18",
             "ull:10", "ull:11", "ull:12", "ull:13", "ull:14", "ull:15", "ull:17"],
        )
        self.assertEqual({row["evidence"] for row in rows}, {"theory"})
        self.assertEqual(rows[9]["sketch_bytes"], "3072")
        # sketches.md, section 1: 1 KiB at 45,000 ids.
        self.assertAlmostEqual(float(rows[0]["predicted_rse"]), 0.03093, delta=5e-6)

    def test_a_grid_takes_families_and_sizes_and_sketches_by_name(self):
        rows = self.rows(
            "--cardinality", "10", "--trials", "0", "--family", "ull", "--family", "lc",
            "--sizes", "1KiB,1500B", "--sketch", "hll:5", "--sketch", "ull:10",
        )
        self.assertEqual(
            [row["sketch"] for row in rows], ["ull:10", "lc:1KiB", "lc:1500B", "hll:5"]
        )

    def test_a_grid_has_families_of_other_systems_and_says_where_there_is_nothing_of_them(self):
        finished = self.accuracy(
            "--cardinality", "10", "--trials", "0", "--family", "redis-hll", "--family", "lc",
            "--family", "datasketches-hll", "--sizes", "1KiB,10KiB,20KiB,50KiB", "--format", "csv",
        )
        rows = cli_case.rows_of(finished.out)
        self.assertEqual(
            [(row["family"], row["sketch"], row["sketch_bytes"]) for row in rows],
            [("redis-hll", "redis-hll", "12288"), ("lc", "lc:1KiB", "1024"),
             ("lc", "lc:10KiB", "10240"), ("lc", "lc:20KiB", "20480"),
             ("lc", "lc:50KiB", "51200"),
             *(("datasketches-hll", f"datasketches-hll:{lgk}", str(2**lgk))
               for lgk in (10, 13, 14, 15))],
        )
        self.assert_one_message(finished, "redis-hll", "12KiB", "nothing of it in 1KiB, 10KiB\n")

    def test_cardinalities_are_sorted_and_tried_once(self):
        rows = self.rows("--cardinality", "1e3,10,1000", "--trials", "0", "--sketch", "hll:5")
        self.assertEqual([row["n_min"] for row in rows], ["10", "1000"])

    def test_a_range_goes_in_parts_of_an_octave(self):
        rows = self.rows("--cardinality", "1:1e7:16/octave", "--trials", "0", "--sketch", "hll:5")
        numbers = [int(row["n_min"]) for row in rows]
        self.assertEqual((numbers[0], numbers[-1], len(numbers)), (1, 10_000_000, 324))
        octave = [number for number in numbers if 1000 < number <= 2000]
        self.assertEqual(len(octave), 16)

    def test_a_target_says_up_to_how_many_ids_each_evidence_holds_it(self):
        rows = self.rows(
            "--cardinality", "100:1e5:2/octave", "--sketch", "lc:1KiB", "--sketch", "hll:14",
            "--target", "3%", "--trials", "200",
        )
        ranges = {(row["sketch"], row["evidence"]): row["n_max_within_target"]
                  for row in rows if row["n_min"] == "100"}
        # By theory of the numbers from the row's on.
        last = {row["n_min"]: row["n_max_within_target"] for row in rows
                if (row["sketch"], row["evidence"]) == ("lc:1KiB", "theory")}
        self.assertEqual(set(last.values()), {ranges["lc:1KiB", "theory"], "0"})
        self.assertEqual([int(n) for n, most in last.items() if most == "0"],
                         [int(n) for n in last if int(n) > 25_690])
        self.assertEqual(ranges["hll:14", "theory"], str(2**56))
        self.assertEqual(ranges["hll:14", "trials"], "100000")
        theory, trials = (int(ranges["lc:1KiB", kind]) for kind in ("theory", "trials"))
        self.assertLess(abs(theory - 25_690), 30)  # 1.53 % there, 1.96 times of which are 3 %
        self.assertLess(trials / theory, 2)
        self.assertLess(theory / trials, 2)

    def test_rows_name_systems_and_where_theory_is_in_doubt(self):
        rows = self.rows(
            "--cardinality", "45000,70000", "--sketch", "lc:1KiB", "--sketch", "hll:14",
            "--sketch", "hll:9", "--trials", "0",
        )
        self.assertEqual(
            [row["theory_note"] for row in rows],
            ["nearly full", "", "few registers", "no theory", "", "few registers"],
        )
        self.assertEqual(rows[0]["available_in"], "own code")
        self.assertEqual(
            rows[1]["available_in"], "Redis; ksqlDB; Spark/Druid via DataSketches; own code"
        )

    def test_the_columns_of_a_row_agree_with_each_other(self):
        rows = self.rows("--cardinality", "20,2000,2e4", "--trials", "1000", *SKETCHES)
        self.assertEqual(len(rows), 18)
        for row in rows:
            if row["evidence"] == "theory":
                self.assertEqual((row["samples"], row["rmse"], row["saturated"]), ("", "", ""))
                continue
            self.assertEqual(row["samples"], "1000")
            self.assertEqual(row["saturated"], row["left_out"])
            if row["saturated"] == "1000":
                self.assertEqual((row["sketch"], row["n_min"]), ("lc:64B", "20000"))
                self.assertEqual((row["rmse"], row["max_absolute_error"]), ("", ""))
                continue
            errors = [
                float(row[f"{name}_absolute_error"]) for name in ("p50", "p95", "p99", "max")
            ]
            self.assertEqual(errors, sorted(errors))
            self.assertLessEqual(float(row["mean_absolute_error"]), float(row["rmse"]))
            if row["predicted_rse"] == "":
                continue
            predicted, rmse = float(row["predicted_rse"]), float(row["rmse"])
            ratio = float(row["observed_over_predicted"])
            self.assertTrue(math.isclose(ratio, rmse / predicted, rel_tol=1e-4))
            few_ids = int(row["n_min"]) * predicted < 5
            for column in ("rmse_low", "theory_in_interval", "share_within_1_sigma"):
                self.assertEqual(row[column] == "", few_ids, row)
            if not few_ids:
                inside = float(row["rmse_low"]) <= predicted <= float(row["rmse_high"])
                self.assertEqual(row["theory_in_interval"], str(inside).lower())

    def test_json_says_how_the_trials_were_made(self):
        document = json.loads(
            self.accuracy(
                "--cardinality", "10", "--sketch", "hll:5", "--trials", "2", "--seed", "9",
                "--format", "json",
            ).out
        )
        self.assertEqual(
            {key: document[key] for key in ("schema_version", "trials", "seed")},
            {"schema_version": 1, "trials": 2, "seed": 9},
        )
        self.assertEqual((document["hash_seed"], document["choices"]), (None, None))
        self.assertEqual(list(document["rows"][0]), ACCURACY_COLUMNS)


class Choices(AccuracyCase):
    GRID = ("--sizes", "64B,1KiB,2KiB,4KiB", "--cardinality", "100,5000")

    def choices(self, *arguments: object) -> dict:
        finished = self.accuracy(*self.GRID, *arguments, "--format", "json")
        return json.loads(finished.out)["choices"]

    def test_the_smallest_sketch_that_holds_a_target_is_named_with_its_evidence(self):
        for trials, evidence in (("0", "theory"), ("1000", "trials")):
            with self.subTest(evidence=evidence):
                choices = self.choices("--target", "4%", "--trials", trials)
                self.assertEqual((choices["evidence"], choices["confidence"]), (evidence, 0.95))
                self.assertEqual(
                    {family["family"]: family["sketch"] for family in choices["families"]},
                    {"lc": "lc:1KiB", "hll": "hll:11", "ull": "ull:11"},
                )
                for family in choices["families"]:
                    self.assertLessEqual(family["error"], 0.04)
                    self.assertIn(family["worst_n"], (100, 5000))

    def test_the_answer_stands_in_words_above_the_table(self):
        for form in ("table", "md"):
            text = self.accuracy(*self.GRID, "--target", "4%", "--confidence", "90%", "--format",
                                 form).text
            self.assertIn("90 % of the errors within 4 %", text)
            self.assertIn("1,000 trials", text)
            self.assertIn("lc: lc:1KiB with 1KiB", text)

    def test_an_answer_that_no_output_gives_goes_to_standard_error(self):
        question = (*self.GRID, "--target", "4%")
        self.assertIn("lc: lc:1KiB with 1KiB", self.accuracy(*question, "-o", "a.csv").err)
        self.assertIn("lc: lc:1KiB with 1KiB", self.accuracy(*question, "--format", "csv").err)
        self.assertEqual(self.accuracy(*question, "-o", "a.csv", "-o", "a.md").err, "")
        self.assertEqual(self.accuracy(*question, "-o", "a.csv", "-q").err, "")

    def test_a_target_that_nothing_holds_is_said_and_no_failure(self):
        text = self.accuracy(*self.GRID, "--target", "0.000001%", "--format", "table").text
        self.assertEqual(text.count("no sketch that was tried holds it"), 3)

    def test_a_budget_brings_its_own_sketches(self):
        choices = self.choices("--budget", "3KiB", "--trials", "200", "--family", "lc",
                               "--family", "hll")
        self.assertEqual(
            [(family["sketch"], family["sketch_bytes"]) for family in choices["families"]],
            [("lc:3KiB", 3072), ("hll:12", 3072)],
        )

    def test_a_system_whose_one_size_is_beyond_the_budget_does_not_fit(self):
        for budget, answer in (("2KiB", "redis-hll: does not fit, it has 12KiB"),
                               ("16KiB", "redis-hll: redis-hll with 12KiB")):
            arguments = ("--cardinality", "100,5000", "--trials", "200", "--budget", budget,
                         "--family", "lc", "--family", "redis-hll", "--format", "table")
            text = " ".join(self.accuracy(*arguments).text.split())
            self.assertIn(answer, text)
            self.assertIn(f"best: lc:{budget}", text)

    def test_a_budget_says_up_to_where_it_is_good_and_in_which_roll_ups_it_fails(self):
        self.generate("--shape", "narrow", "--distinct", "3000,4000,4000,4000,4000", "-o", "dump.jsonl")
        arguments = ("dump.jsonl", "-q", "--rollup", "1h", "--family", "lc", "--family", "ull",
                     "--sizes", "64B", "--budget", "128B", "--trials", "200", "--format")
        choices = json.loads(self.accuracy(*arguments, "json").out)["choices"]
        self.assertEqual((choices["best"], choices["growth"]), ("lc:128B", 1))
        self.assertEqual(choices["numbers"], [3000, 4000])
        lc, ull = choices["families"]
        self.assertEqual((lc["sketch"], lc["fails_in"]), ("lc:128B", ["1h"]))
        self.assertLess(abs(lc["n_max"] - 1024 * math.log(1024 / 5)), 2)
        self.assertEqual((ull["sketch"], ull["n_max"], ull["fails_in"]), ("ull:7", 2**56, []))
        text = " ".join(self.accuracy(*arguments, "table").text.split())
        self.assertIn("has an estimate up to 5,4", text)
        self.assertIn("fails in roll-ups of 1h", text)
        self.assertIn("best: lc:128B", text)

    def test_growth_asks_for_the_traffic_to_come(self):
        self.generate("--shape", "narrow", "--distinct", "300,400", "-o", "dump.jsonl")
        arguments = ("dump.jsonl", "-q", "--target", "5%", "--family", "lc", "--sizes",
                     "64B,128B,256B,512B", "--trials", "200", "--format", "json")
        now = json.loads(self.accuracy(*arguments).out)
        later = json.loads(self.accuracy(*arguments, "--growth", "3x").out)
        self.assertEqual(now["choices"]["best"], "lc:128B")
        self.assertEqual(later["choices"]["best"], "lc:256B")
        self.assertEqual(later["choices"]["numbers"], [300, 400, 900, 1200])
        grown = {row["n_min"] for row in later["rows"] if row["window"] is None}
        self.assertEqual(grown, {900, 1200})

    def test_a_dump_says_what_a_sketch_saves(self):
        self.generate("--shape", "narrow", "--distinct", "1000,400", "-o", "dump.jsonl")
        text = self.accuracy("dump.jsonl", "-q", "--target", "5%", "--trials", "200", "--sketch",
                             "lc:1KiB", "--format", "table").text
        self.assertRegex(" ".join(text.split()), r"all windows of 1m it saves [\d.]+ % of the memory of")


class Dumps(AccuracyCase):
    def setUp(self) -> None:
        super().setUp()
        self.generate("--shape", "narrow", "--distinct", "1000,400,0,3,1700", "-o", "dump.jsonl")

    def dump_rows(self, *arguments: object) -> list[dict[str, str]]:
        return [row for row in self.rows(*arguments) if row["evidence"] == "dump"]

    def test_rows_of_a_roll_up_say_that_they_are_of_merged_sketches(self):
        arguments = ("dump.jsonl", "-q", *SKETCHES, "--rollup", "1h", "--trials", "100", "--format")
        for form in ("table", "md", "html"):
            text = " ".join(self.accuracy(*arguments, form).text.split())
            self.assertRegex(text, r"1h\W.*1 window, merged")
            self.assertRegex(text, r"1m\W.*4 windows\W")
            self.assertNotIn("4 windows, merged", text)
            if form == "html":
                self.assertIn("1 window of 1h (merged) with", text)
                self.assertIn("4 windows of 1m with", text)
            self.assertRegex(text, "merged: the sketches of a roll-up(&#39;|')s windows, merged, "
                             "against the exact count of all their ids")

    def test_one_pass_gives_the_errors_that_analyze_gives(self):
        grid = ["--sketch", "lc:1KiB", "--sketch", "hll:10", "--rollup", "1h"]
        rows = self.dump_rows("dump.jsonl", "-q", *grid, "--trials", "0")
        windows = cli_case.rows_of(
            self.analyze("dump.jsonl", "-q", *grid, "--format", "csv").out
        )
        self.assertEqual(
            [(row["window"], row["sketch"], row["samples"]) for row in rows],
            [("1m", "lc:1KiB", "4"), ("1m", "hll:10", "4"), ("1h", "lc:1KiB", "1"),
             ("1h", "hll:10", "1")],
        )
        for row in rows:
            same = [
                window for window in windows
                if (window["window"], window["sketch"]) == (row["window"], row["sketch"])
            ]
            errors = [float(window["relative_error"]) for window in same]
            worst = max(same, key=lambda window: abs(float(window["relative_error"])))
            self.assertAlmostEqual(float(row["bias"]), sum(errors) / len(errors), delta=1e-6)
            rmse = math.sqrt(sum(error * error for error in errors) / len(errors))
            self.assertAlmostEqual(float(row["rmse"]), rmse, delta=1e-6)
            self.assertEqual(row["max_window"], worst["window_start"])
            counts = [int(window["exact"]) for window in same]
            self.assertEqual((int(row["n_min"]), int(row["n_max"])), (min(counts), max(counts)))
            share = int(row["sketch_bytes"]) * len(same) / sum(
                int(window["exact_bytes"]) for window in same
            )
            self.assertAlmostEqual(float(row["share_of_exact_bytes"]), share, delta=1e-5)

    def test_trials_are_at_the_dumps_own_counts_and_at_those_asked_for(self):
        rows = self.rows(
            "dump.jsonl", "-q", "--sketch", "hll:4", "--trials", "3", "--cardinality", "7",
            "--rollup", "1h",
        )
        self.assertEqual(
            [(row["window"], row["n_min"]) for row in rows if row["evidence"] == "trials"],
            [("1m", "3"), ("1m", "400"), ("1m", "1700"), ("1h", "2401"), ("", "7")],
        )

    def test_the_ids_of_typical_windows_are_hashed_anew(self):
        rows = self.rows("dump.jsonl", "-q", "--sketch", "hll:8", "--sketch", "lc:1KiB",
                         "--trials", "300", "--rollup", "1h")
        rehash = [row for row in rows if row["evidence"] == "rehash"]
        self.assertEqual(
            [(row["window"], row["n_min"], row["max_window"][14:16]) for row in rehash[::2]],
            [("1m", "3", "42"), ("1m", "400", "40"), ("1m", "1700", "43"), ("1h", "2401", "00")],
        )
        for row in rehash:
            self.assertEqual((row["samples"], row["n_max"]), ("300", row["n_min"]))
            if row["share_within_1_sigma"]:  # else there are but a few collisions
                self.assertAlmostEqual(float(row["observed_over_predicted"]), 1, delta=0.2)
        other = self.rows("dump.jsonl", "-q", "--sketch", "hll:8", "--trials", "300", "--seed", "1")
        self.assertNotEqual([row["rmse"] for row in other if row["evidence"] == "rehash"][1:],
                            [row["rmse"] for row in rehash[2:6:2]])

    def test_without_trials_no_ids_are_hashed_anew(self):
        rows = self.rows("dump.jsonl", "-q", "--sketch", "hll:8", "--trials", "0")
        self.assertEqual({row["evidence"] for row in rows}, {"theory", "dump"})

    def test_rows_of_a_roll_up_are_those_of_its_merged_windows(self):
        """--no-exact makes sketches of minutes and merges them: nothing is lost by that."""
        grid = ["--sketch", "lc:1KiB", "--sketch", "hll:10", "--sketch", "ull:9", "--rollup", "1h"]
        merged = [row for row in cli_case.rows_of(
            self.analyze("dump.jsonl", "-q", *grid, "--no-exact", "--format", "csv").out)
            if row["window"] == "1h"]
        rows = [row for row in self.dump_rows("dump.jsonl", "-q", *grid, "--trials", "0")
                if row["window"] == "1h"]
        self.assertEqual(len(rows), 3)
        for row, of_minutes in zip(rows, merged, strict=True):
            self.assertEqual((row["sketch"], row["samples"]), (of_minutes["sketch"], "1"))
            truth = int(row["n_min"])
            error = float(of_minutes["estimate"]) / truth - 1
            self.assertAlmostEqual(float(row["bias"]), error, delta=1e-6)

    def test_memory_changes_nothing(self):
        arguments = ["dump.jsonl", "-q", *SKETCHES, "--trials", "20", "--rollup", "1h"]
        self.assertEqual(self.accuracy(*arguments, "--memory", "1").out,
                         self.accuracy(*arguments).out)

    def test_every_format_is_as_it_was(self):
        for suffix, form in (("md", "md"), ("txt", "table"), ("json", "json")):
            finished = self.accuracy(
                "dump.jsonl", "-q", "--sketch", "lc:64B", "--sketch", "ull:8", "--trials", "500",
                "--format", form,
            )
            self.assert_golden(f"accuracy_dump.{suffix}", finished.out)

    def test_threads_change_nothing(self):
        one = self.accuracy("dump.jsonl", "-q", *SKETCHES, "--trials", "5", "--threads", "1").out
        for threads in (2, 5):
            finished = self.accuracy(
                "dump.jsonl", "-q", *SKETCHES, "--trials", "5", "--threads", threads
            )
            self.assertEqual(finished.out, one)

    def test_an_empty_dump_has_no_rows_and_says_so(self):
        self.write("empty.jsonl", "")
        finished = self.accuracy("empty.jsonl", "-q", "--format", "csv")
        self.assertEqual(finished.text, ",".join(ACCURACY_COLUMNS) + "\n")
        self.assert_one_message(finished, "empty", "no window")

    def test_a_dump_without_records_is_an_error(self):
        self.write("bad.jsonl", "no JSON\n")
        finished = self.run_here("accuracy", "bad.jsonl", "-q", "--time-field", "ts",
                                 "--id-field", "uid", "--time-unit", "s")
        self.assertEqual(finished.status, 4)
        self.assertIn("no record", finished.err)

    def test_one_window_is_a_row(self):
        self.write("one.jsonl", cli_case.event_line(0, "a"))
        rows = self.dump_rows("one.jsonl", "-q", "--sketch", "hll:12", "--trials", "0")
        self.assertEqual([(row["samples"], row["n_min"], row["n_max"]) for row in rows],
                         [("1", "1", "1")])

    def test_windows_that_are_all_saturated_leave_the_errors_empty(self):
        rows = self.rows("dump.jsonl", "-q", "--sketch", "lc:8B", "--trials", "0",
                         "--since", "2016-07-11T13:43:00Z")
        self.assertEqual([row["evidence"] for row in rows], ["theory", "dump", "theory"])
        dump = rows[1]
        self.assertEqual((dump["samples"], dump["saturated"], dump["left_out"]), ("1", "1", "1"))
        for column in ("bias", "rmse", "max_absolute_error", "max_window", "predicted_rse"):
            self.assertEqual(dump[column], "")

    def test_missing_fields_come_with_the_command_to_type(self):
        self.write("other.jsonl", '{"ts": 1, "user_id": "a"}\n' * 3)
        finished = self.run_here("accuracy", "other.jsonl", "-q")
        self.assertEqual(finished.status, 4)
        self.assertIn("stream-analyzer accuracy other.jsonl -q --id-field user_id", finished.err)

    def test_an_output_that_is_an_input_is_refused(self):
        self.write("dump.csv", cli_case.event_line(0, "a"))
        finished = self.run_here("accuracy", "dump.csv", "-o", "dump.csv")
        self.assertEqual(finished.status, 2)
        self.assertEqual(self.read("dump.csv"), cli_case.event_line(0, "a").encode())


class Edges(AccuracyCase):
    """What there is little or nothing to say about: clear words, the right exit code, no NaN."""

    NO_NUMBER = re.compile(r"(?<![a-z])[-+]?(nan|inf|infinity)(?![a-z])", re.IGNORECASE)
    QUESTIONS = ([], ["--target", "1%"], ["--target", "1%", "--growth", "2x"], ["--budget", "64B"])

    def texts(self, *arguments: object) -> dict[str, str]:
        """Of every format, one after the other."""
        found = {}
        for form in ("csv", "json", "md", "tex", "table"):
            finished = self.accuracy(*arguments, "--format", form)
            self.assertIsNone(self.NO_NUMBER.search(finished.text), finished.text)
            found[form] = finished.text
        return found

    def choices(self, texts: dict[str, str]) -> dict | None:
        return json.loads(texts["json"])["choices"]

    def test_an_empty_dump_has_no_answer(self):
        self.write("empty.jsonl", "\n\n")
        for question in self.QUESTIONS:
            with self.subTest(question=question):
                texts = self.texts("empty.jsonl", "-q", "--trials", "20", *question)
                self.assertIsNone(self.choices(texts))
                self.assertEqual(json.loads(texts["json"])["rows"], [])
                finished = self.accuracy("empty.jsonl", "-q", *question, "--format", "csv")
                self.assert_one_message(finished, "empty", "no window")

    def test_records_without_an_id_have_no_rows_and_it_is_said(self):
        self.write("anonymous.jsonl", '{"ts": 1468244340, "uid": null}\n')
        for question in self.QUESTIONS:
            finished = self.accuracy("anonymous.jsonl", "-q", "--null-id", "count", *question,
                                     "--format", "table")
            self.assert_one_message(finished, "no record has an id", "no window")

    def test_one_id_has_no_interval_of_an_error_that_is_always_the_same(self):
        rows = self.rows("--cardinality", "1", "--trials", "200")
        for row in rows:
            self.assertEqual((row["rmse_low"], row["rmse_high"]), ("", ""))
            self.assertEqual((row["predicted_rse"], row["observed_over_predicted"]), ("0", ""))
        text = self.accuracy("--cardinality", "1", "--trials", "0", "--target", "1%", "--format",
                             "table").text
        self.assertIn("at 1 id,", " ".join(text.split()))
        self.assertNotIn("at 1 ids", text)

    def test_one_window_of_one_id_is_answered(self):
        self.write("one.jsonl", cli_case.event_line(0, "a"))
        for question in self.QUESTIONS:
            with self.subTest(question=question):
                texts = self.texts("one.jsonl", "-q", "--trials", "250", "--sizes", "64B",
                                   "--rollup", "1h", *question)
                if question:
                    self.assertIsNotNone(self.choices(texts)["best"])

    def test_windows_that_are_all_saturated_have_no_answer_of_that_family(self):
        self.generate("--shape", "narrow", "--distinct", "9000,8000", "-o", "dump.jsonl")
        for trials in ("0", "250"):
            for question in self.QUESTIONS:
                with self.subTest(question=question, trials=trials):
                    texts = self.texts("dump.jsonl", "-q", "--trials", trials, "--family", "lc",
                                       "--sizes", "8B,16B", *question)
                    rows = json.loads(texts["json"])["rows"]
                    for row in rows:
                        if row["evidence"] == "theory":
                            self.assertEqual(row["theory_note"], "no theory")
                        else:
                            self.assertEqual(row["saturated"], row["samples"])
                    if question[:1] == ["--target"]:
                        self.assertIsNone(self.choices(texts)["best"])
                        self.assertIn("no sketch that was tried holds it", texts["table"])
                    if question[:1] == ["--budget"]:
                        self.assertIsNone(self.choices(texts)["best"])
                        self.assertIn("none fits", texts["md"])

    def test_few_trials_of_tiny_sketches_at_every_number_have_no_nan(self):
        for trials in ("0", "1", "2", "120"):
            self.texts("--cardinality", "1:5000:1/octave", "--trials", trials, "--sketch", "lc:8B",
                       "--sketch", "hll:4", "--sketch", "ull:3", "--target", "20%")


class Parts(AccuracyCase):
    def setUp(self) -> None:
        super().setUp()
        self.generate("--shape", "narrow", "--distinct", "300,400,1700", "-o", "dump.jsonl")
        lines = self.read("dump.jsonl").splitlines(keepends=True)
        for name, piece in (("a", lines[::2]), ("b", lines[1::2])):
            self.write(f"{name}.jsonl", b"".join(piece))
            self.analyze(f"{name}.jsonl", "-q", "--sketch", "hll:4", "--save", f"{name}.part")

    def test_stored_parts_give_what_their_dumps_give(self):
        arguments = ["-q", *SKETCHES, "--trials", "20", "--rollup", "1h"]
        whole = self.accuracy("dump.jsonl", *arguments).out
        self.assertEqual(self.accuracy("b.part", "a.part", *arguments).out, whole)
        self.assertEqual(self.accuracy("a.part", "b.part", *arguments, "--memory", "1").out, whole)
        self.assertIn(b"rehash", whole)

    def test_a_part_may_come_from_standard_input(self):
        arguments = [*cli_case.command("accuracy", "-", "-q", *SKETCHES, "--trials", "20")]
        expected = self.accuracy("a.part", "-q", *SKETCHES, "--trials", "20").out
        with (self.folder / "a.part").open("rb") as part:
            from_file = subprocess.run(arguments, stdin=part, capture_output=True, check=True,
                                       cwd=self.folder)
        self.assertEqual(from_file.stdout, expected)
        piped = subprocess.run(arguments, input=self.read("a.part"), capture_output=True,
                               check=True, cwd=self.folder)
        self.assertEqual(piped.stdout, expected)
        for dump in (b"", b"\n", b'{"ts": 1468244340, "uid": "x"}\n'):
            piped = subprocess.run(arguments, input=dump, capture_output=True, check=True,
                                   cwd=self.folder)
            self.assertEqual(b"dump" in piped.stdout, b"uid" in dump)

    def test_a_part_without_ids_says_what_cannot_be_told(self):
        self.analyze("dump.jsonl", "-q", "--no-exact", "--save", "states.part")
        finished = self.run_here("accuracy", "states.part", "-q")
        self.assertEqual((finished.status, finished.out), (3, b""))
        self.assert_one_message(finished, "states.part", "--no-exact", "lc:4KiB, hll:12, ull:12",
                                "is not known")

    def test_parts_beside_dumps_and_options_of_dumps_are_refused(self):
        for arguments, parts in (
            (["a.part", "b.jsonl"], ["a.part", "b.jsonl", "analyze --save"]),
            (["a.part", "--window", "5m"], ["--window", "a.part"]),
            (["a.part", "--where", "uid=x"], ["--where", "a.part"]),
            (["a.part", "--hash-seed", "1"], ["--hash-seed", "a.part"]),
        ):
            with self.subTest(arguments=arguments):
                finished = self.run_here("accuracy", *arguments, "-q")
                self.assertEqual((finished.status, finished.out), (2, b""))
                self.assert_one_message(finished, *parts)

    def test_a_damaged_part_is_an_error(self):
        self.write("cut.part", self.read("a.part")[:-20])
        finished = self.run_here("accuracy", "cut.part", "-q")
        self.assertEqual((finished.status, finished.out), (3, b""))


if __name__ == "__main__":
    cli_case.main()
