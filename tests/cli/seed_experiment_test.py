#!/usr/bin/env python3
"""The experiment that the project grew out of, again: 15 minutes with the seed's exact counts,
linear counting in bitmaps of seven sizes. The ids are others, so the estimates are; the errors must
be those of theory.

Two bounds. A bitmap's number of empty bits is nearly normal for every size: it must be within 4
standard deviations of its mean (a normal law is beyond once in 16,000; there are 105). The error of
the estimate, -m ln(empty / m), is normal where many bits stay empty: from 2 KiB on (40 and more) it
must be within 4 predicted standard errors. With 1 KiB as few as 18 stay empty, and the logarithm of
so few is skewed: 10 empty bits instead of 25, 3 standard deviations below, are an error of 16 %."""

import csv
import math

import cli_case

SEED_CSV = cli_case.ROOT / "datasets" / "seed_windows.csv"
SIZES = ("1KiB", "2KiB", "5KiB", "10KiB", "20KiB", "50KiB", "200KiB")
WITHIN_SIGMA = 4.0


def size_bytes(size: str) -> int:
    return int(size.removesuffix("KiB")) * 1024


def empty_bits_z(size: str, exact: int, estimate: float) -> float:
    """How far the number of empty bits is from its mean, in standard deviations (the occupancy
    problem: mean m e^-t, variance m e^-t (1 - (1 + t) e^-t), t = n/m)."""
    bits = 8 * size_bytes(size)
    load = exact / bits
    mean = bits * math.exp(-load)
    deviation = math.sqrt(mean * (1 - (1 + load) * math.exp(-load)))
    return (bits * math.exp(-estimate / bits) - mean) / deviation


class SeedExperiment(cli_case.CliCase):
    def setUp(self) -> None:
        super().setUp()
        with SEED_CSV.open(encoding="utf-8", newline="") as file:
            self.seed = list(csv.DictReader(file))
        self.exact = [int(row["exact"]) for row in self.seed]
        self.generate(
            "--shape", "narrow", "--distinct", ",".join(map(str, self.exact)), "-o", "dump.jsonl"
        )
        sketches = [word for size in SIZES for word in ("--sketch", f"lc:{size}")]
        self.rows = cli_case.rows_of(self.analyze("dump.jsonl", "-q", *sketches).out)

    def rows_of(self, size: str) -> list[dict[str, str]]:
        return [row for row in self.rows if row["sketch"] == f"lc:{size}"]

    def test_the_seed_s_experiment_has_the_errors_of_theory(self):
        print("Largest of 15 relative errors, and the largest predicted standard error")
        print(f"{'size':>7} {'seed':>7} {'ours':>7} {'theory':>7}")
        for size in SIZES:
            rows = self.rows_of(size)
            self.assertEqual(
                [row["window_start"] for row in rows], [row["window_start"] for row in self.seed]
            )
            self.assertEqual([int(row["exact"]) for row in rows], self.exact)
            self.assertEqual({row["saturated"] for row in rows}, {"false"})
            self.assertEqual({int(row["sketch_bytes"]) for row in rows}, {size_bytes(size)})
            errors = [abs(float(row["relative_error"])) for row in rows]
            predicted = [float(row["predicted_rse"]) for row in rows]
            published = [
                abs(float(row[f"lc_{size}"]) / int(row["exact"]) - 1) for row in self.seed
            ]
            print(f"{size:>7} {max(published):7.2%} {max(errors):7.2%} {max(predicted):7.2%}")
            for row in rows:
                z = empty_bits_z(size, int(row["exact"]), float(row["estimate"]))
                self.assertLess(abs(z), WITHIN_SIGMA, row)
            if size != "1KiB":
                worst = max(error / rse for error, rse in zip(errors, predicted))
                self.assertLess(worst, WITHIN_SIGMA, size)

    def test_the_seed_s_own_errors_are_those_of_theory(self):
        """Its published counts, against what is predicted for the same n here."""
        for size in SIZES:
            for row, published in zip(self.rows_of(size), self.seed):
                exact, estimate = int(published["exact"]), float(published[f"lc_{size}"])
                self.assertLess(abs(empty_bits_z(size, exact, estimate)), WITHIN_SIGMA)
                error = abs(estimate / exact - 1)
                self.assertLess(error, WITHIN_SIGMA * float(row["predicted_rse"]))

    def test_larger_bitmaps_err_less(self):
        worst = [
            max(abs(float(row["relative_error"])) for row in self.rows_of(size)) for size in SIZES
        ]
        for larger, smaller in zip(worst[2:], worst):  # neighbours may well change places
            self.assertLess(larger, smaller)


if __name__ == "__main__":
    cli_case.main()
