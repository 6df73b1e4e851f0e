#!/usr/bin/python3
"""Draws figures for papers and slides from the CSV files of stream-analyzer.

    plot_accuracy.py CSV -o FILE.png [-o FILE.svg]... [--figure NAME] [options]

Needs matplotlib: apt install python3-matplotlib (Debian's, hence Debian's Python above).
"""

import argparse
import csv
import re
import sys
from pathlib import Path

sys.dont_write_bytecode = True  # beside this script

import accuracy_figures  # noqa: E402
from accuracy_figures import METRICS, Refusal  # noqa: E402

FIGURES = {
    "memory": "error against memory, a line a family (accuracy)",
    "cardinality": "error against the number of ids, a line a sketch (accuracy)",
    "largest": "largest error of a dump's windows against memory (accuracy)",
    "windows": "relative error of each window over time (analyze)",
}
ACCURACY_COLUMNS = {
    "family", "sketch", "sketch_bytes", "share_of_exact_bytes", "window", "evidence", "samples",
    "n_min", "n_max", "rmse_low", "rmse_high", "predicted_rse",
    *(column for column, _ in METRICS.values()),
}
ANALYZE_COLUMNS = {
    "window", "window_start", "exact", "sketch", "relative_error", "predicted_rse", "saturated",
}
PUBLISHED_COLUMNS = {"exact", "lc_1KiB"}


def read_rows(path: str, columns: set[str], command: str) -> list[dict[str, str]]:
    with open(path, encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        try:
            rows = list(reader)
            given = list(reader.fieldnames or ())
        except (csv.Error, UnicodeDecodeError) as error:
            raise Refusal(f"{path} is no CSV: {error}") from error
    missing = sorted(columns - set(given))
    if missing:
        wide = "exact_bytes" in given and "sketch" in missing
        hint = " in the long layout" if wide else ""
        raise Refusal(f"{path} is no CSV of {command}{hint}: it lacks the "
                      f"column{'s' if len(missing) > 1 else ''} {', '.join(missing)}")
    if not rows:
        raise Refusal(f"{path} has no rows")
    if any(None in row.values() or None in row for row in rows):
        raise Refusal(f"{path} has rows of another length than its header: is it complete?")
    return rows


def is_of_accuracy(path: str) -> bool:
    with open(path, encoding="utf-8", errors="replace") as file:
        return "evidence" in file.readline().strip().split(",")


def chosen(rows: list[dict[str, str]], options: argparse.Namespace) -> list[dict[str, str]]:
    """The rows of --sketch, --family and --window."""
    for option, wanted in (("sketch", options.sketch), ("family", options.family),
                           ("window", options.window and [options.window])):
        if not wanted:
            continue
        for value in wanted:
            there = sorted({row.get(option, "") for row in rows})
            if value not in there:
                raise Refusal(f"there is no row with the {option} {value}; there is "
                              f"{', '.join(filter(None, there)) or 'none'}")
        rows = [row for row in rows if row[option] in wanted]
    return rows


def draw(options: argparse.Namespace) -> None:
    try:
        import matplotlib
    except ImportError as error:
        raise Refusal(f"matplotlib is not there for {sys.executable}: on Debian, apt install "
                      "python3-matplotlib and run this with /usr/bin/python3") from error
    matplotlib.use("Agg")
    # Text stays text in SVG, and the same CSV gives the same bytes.
    matplotlib.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "stream-analyzer",
                                "font.size": 9, "axes.axisbelow": True})
    from matplotlib.figure import Figure

    accuracy = is_of_accuracy(options.csv)
    name = options.figure or ("memory" if accuracy else "windows")
    if (name == "windows") == accuracy:
        wanted = "analyze" if name == "windows" else "accuracy"
        raise Refusal(f"--figure {name} needs a CSV of `stream-analyzer {wanted}`; {options.csv} "
                      "is none")
    rows = read_rows(options.csv, ACCURACY_COLUMNS if accuracy else ANALYZE_COLUMNS,
                     f"`stream-analyzer {'accuracy' if accuracy else 'analyze'}`")
    if options.published:
        options.published = read_rows(options.published, PUBLISHED_COLUMNS, "published counts")
    figure = Figure(figsize=options.size, layout="constrained", facecolor="white")
    draw_figure = getattr(accuracy_figures, f"draw_{name}")
    subtitle = draw_figure(figure, chosen(rows, options), options)
    figure.suptitle(options.title if options.title is not None else subtitle, fontsize=10)
    for output in options.output:
        metadata = {"Date": None} if output.endswith(".svg") else {"Software": None}
        figure.savefig(output, dpi=options.dpi, metadata=metadata)


def size_in(text: str) -> tuple[float, float]:
    parts = re.fullmatch(r"(\d+(?:\.\d+)?)x(\d+(?:\.\d+)?)", text)
    if not parts or not all(1 <= float(part) <= 40 for part in parts.groups()):
        raise argparse.ArgumentTypeError(f"'{text}' is no WIDTHxHEIGHT in inches, like 6.4x4")
    return float(parts[1]), float(parts[2])


def output_in(text: str) -> str:
    if Path(text).suffix not in (".png", ".svg"):
        raise argparse.ArgumentTypeError(f"'{text}' does not end in .png or .svg")
    return text


def parse(arguments: list[str]) -> argparse.Namespace:
    figures = "\n".join(f"  {name:<12} {text}" for name, text in FIGURES.items())
    parser = argparse.ArgumentParser(
        description="Draws figures for papers and slides from the CSV files of stream-analyzer.",
        epilog=f"figures\n{figures}\n\nexample\n  stream-analyzer accuracy events.jsonl -o "
               "errors.csv\n  scripts/plot_accuracy.py errors.csv -o errors.svg -o errors.png",
        formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False)
    add = parser.add_argument
    add("csv", metavar="CSV", help="of accuracy, or of analyze (its long layout)")
    add("-o", "--output", metavar="FILE", action="append", required=True, type=output_in,
        help=".png or .svg; repeatable")
    add("--figure", choices=FIGURES, help="default: memory for accuracy, windows for analyze")
    add("--metric", choices=METRICS, default="rmse", help="of memory and cardinality (rmse)")
    add("--family", action="append", help="only this family, like lc; repeatable")
    add("--sketch", action="append", help="only this sketch, like hll:12; repeatable")
    add("--window", help="only windows of this length, like 1m")
    add("--ids", type=float, help="memory: at this number of ids (default: a dump's windows, "
        "else the largest)")
    add("--published", metavar="CSV", help="largest: beside published counts "
        "(datasets/seed_windows.csv)")
    add("--title", help="default: what is drawn; '' for none")
    add("--size", type=size_in, default=(6.4, 4.2), help="inches, like 6.4x4.2")
    add("--dpi", type=int, default=150, help="of PNG (150)")
    return parser.parse_args(arguments)


def main() -> int:
    options = parse(sys.argv[1:])
    try:
        draw(options)
    except (Refusal, ValueError) as error:
        print(f"plot_accuracy: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"plot_accuracy: {error.filename or ''}: {error.strerror or error}", file=sys.stderr)
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
