#!/usr/bin/env python3
"""Prints the tables of ACCURACY.md from the CSV of `stream-analyzer accuracy` with trials.

    accuracy_table.py CSV
"""

import csv
import math
import sys

SIGMAS_OF_99_PERCENT = 2.5758293


def z_of(row: dict[str, str]) -> float | None:
    """How many standard errors of the trials' RMSE theory is below it."""
    if not row["rmse_low"] or not row["predicted_rse"]:
        return None
    standard_error = math.log(float(row["rmse_high"]) / float(row["rmse_low"]))
    standard_error /= 2 * SIGMAS_OF_99_PERCENT
    return math.log(float(row["observed_over_predicted"])) / standard_error


def cell_of(row: dict[str, str]) -> str:
    if not row["rmse"]:
        return "full"
    text = f"{100 * float(row['rmse']):.3f} %"
    if not row["predicted_rse"]:
        return f"{text}, no theory"
    text += f", {float(row['observed_over_predicted']):.3f}"
    z = z_of(row)
    text += "" if z is None else f" ({z:+.1f})"
    if row["theory_in_interval"] == "false":
        text = f"**{text}**"
    return text + (f", {row['theory_note']}" if row["theory_note"] else "")


def main() -> None:
    with open(sys.argv[1], encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["evidence"] == "trials"]
    numbers = list(dict.fromkeys(row["n_min"] for row in rows))
    print("| sketch | bytes |" + "".join(f" {int(n):,} ids |" for n in numbers))
    print("|---|--:|" + "--:|" * len(numbers))
    for sketch in dict.fromkeys(row["sketch"] for row in rows):
        own = [row for row in rows if row["sketch"] == sketch]
        print(f"| {sketch} | {int(own[0]['sketch_bytes']):,} |"
              + "".join(f" {cell_of(row)} |" for row in own))
    judged = [row for row in rows if z_of(row) is not None]
    trusted = [row for row in judged if not row["theory_note"]]
    squares = sum(z_of(row) ** 2 for row in trusted)
    outside = [row for row in judged if row["theory_in_interval"] == "false"]
    unsaid = [row for row in outside if not row["theory_note"]]
    print(f"\n{len(judged)} of {len(rows)} rows have theory and an interval; outside: "
          f"{len(outside)}, of which the row does not say so: {len(unsaid)}. Of the "
          f"{len(trusted)} rows without a note the largest |z| is "
          f"{max(abs(z_of(row)) for row in trusted):.2f} and the root mean square "
          f"{math.sqrt(squares / len(trusted)):.2f}.")


if __name__ == "__main__":
    main()
