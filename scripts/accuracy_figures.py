"""The figures of plot_accuracy.py: rows of a CSV in, axes drawn."""

import math
import re
from datetime import datetime, timedelta
from statistics import NormalDist

METRICS = {
    "rmse": ("rmse", "RMSE"),
    "p95": ("p95_absolute_error", "95th percentile of the error"),
    "p99": ("p99_absolute_error", "99th percentile of the error"),
    "max": ("max_absolute_error", "largest error"),
}

# Okabe and Ito's colours, which colour-blind readers can tell apart, without yellow.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000")
MARKERS = "osD^vPX"
DASHES = ((0, (4, 2)), (0, (1, 1)), (0, (6, 1, 1, 1)), (0, (8, 2)), (0, (2, 1)),
          (0, (5, 1, 1, 1, 1, 1)), (0, (3, 4)))
MOST_SERIES = len(COLOURS)
SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 7 * 86400, "mo": 28 * 86400,
           "y": 365 * 86400}


class Refusal(Exception):
    """What is wrong, for people; the exit code is 2."""


def names_in(rows: list[dict[str, str]], column: str) -> list[str]:
    """In the order of the file."""
    names = list(dict.fromkeys(row[column] for row in rows))
    if len(names) > MOST_SERIES:
        raise Refusal(f"{len(names)} lines are more than the {MOST_SERIES} that can be told apart: "
                      f"choose with --{column}")
    return names


def size_text(size_bytes: float) -> str:
    for unit, size in (("MiB", 1 << 20), ("KiB", 1 << 10)):
        if size_bytes >= size:
            return f"{size_bytes / size:.4g} {unit}"
    return f"{size_bytes:.4g} B"


def subject_of(rows: list[dict[str, str]], ids: float | None) -> list[dict[str, str]]:
    """Rows about one thing: the windows of a dump, or a number of ids (the largest)."""
    if ids is not None:
        found = [row for row in rows if row["evidence"] != "dump"
                 and float(row["n_min"]) == float(row["n_max"]) == ids]
        if not found:
            there = sorted({int(row["n_min"]) for row in rows if row["n_min"] == row["n_max"]})
            raise Refusal(f"there is no row for {ids:.0f} ids; there is "
                          f"{', '.join(map(str, there)) or 'none'}")
        return found
    dump = next((row for row in rows if row["evidence"] == "dump"), None)
    if dump is None:
        return subject_of(rows, max(float(row["n_max"]) for row in rows))
    same = ("window", "n_min", "n_max")
    return [row for row in rows if all(row[column] == dump[column] for column in same)]


def subject_text(rows: list[dict[str, str]]) -> str:
    row = next((row for row in rows if row["evidence"] == "dump"), rows[0])
    low, high = f"{int(row['n_min']):,}", f"{int(row['n_max']):,}"
    if row["evidence"] == "dump":
        return f"{int(row['samples']):,} windows of {row['window']}, {low} to {high} ids"
    trials = next((row["samples"] for row in rows if row["evidence"] == "trials"), "")
    return f"{high} ids" + (f", {int(trials):,} trials" if trials else "")


def points(rows: list[dict[str, str]], x: str, y: str) -> tuple[list[float], list[float]]:
    """Ascending by x, y as percent, without rows that lack one, or have 0: the axes are
    logarithmic."""
    found = sorted((float(row[x]), 100 * float(row[y])) for row in rows
                   if row[x] and row[y] and float(row[y]) > 0)
    return [point[0] for point in found], [point[1] for point in found]


def of_evidence(rows: list[dict[str, str]], evidence: str) -> list[dict[str, str]]:
    return [row for row in rows if row["evidence"] == evidence]


def logarithmic(axes, x_label: str, y_label: str) -> None:
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlabel(x_label)
    axes.set_ylabel(y_label)
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:.4g} %")
    axes.yaxis.set_minor_formatter(
        lambda value, _: f"{value:.2g} %" if f"{value:e}"[0] in "25" else "")
    axes.grid(True, which="major", color="#cccccc", linewidth=0.6)
    axes.grid(True, which="minor", color="#eeeeee", linewidth=0.4)


def label_sizes(axes, sizes: list[float]) -> None:
    """Ticks at the sizes themselves, as far as there is room."""
    shown: list[float] = []
    for size in sorted(set(sizes)):
        if not shown or size / shown[-1] > 1.45:
            shown.append(size)
    axes.set_xticks(shown, [size_text(size) for size in shown], rotation=30, ha="right")
    axes.set_xticks([], minor=True)


def draw_observed(axes, rows: list[dict[str, str]], x: str, options, style: dict) -> None:
    """Trials as filled points with their interval, a dump as hollow ones, theory dashed."""
    column, _ = METRICS[options.metric]
    label = style.pop("label")
    dashes = style.pop("dashes")
    if options.metric == "rmse":
        theory = points(of_evidence(rows, "theory"), x, "predicted_rse")
        alone = len(theory[0]) == 1  # one size is no line
        axes.plot(*theory, linestyle=dashes, linewidth=1.2, color=style["color"],
                  marker="_" if alone else None, markersize=14,
                  label=f"{label}, theory" if theory[0] else None)
    trials = of_evidence(rows, "trials")
    if trials:
        axes.plot(*points(trials, x, column), linewidth=0, label=f"{label}, trials", **style)
        for row in trials:
            if options.metric == "rmse" and row["rmse_low"]:
                axes.vlines(float(row[x]), 100 * float(row["rmse_low"]),
                            100 * float(row["rmse_high"]), color=style["color"])
    dump = of_evidence(rows, "dump")
    if dump:
        axes.plot(*points(dump, x, column), linewidth=0, label=f"{label}, dump",
                  fillstyle="none", **style)


def draw_memory(figure, rows, options) -> str:
    subject = subject_of(rows, options.ids)
    axes = figure.add_subplot()
    logarithmic(axes, "memory of one sketch", METRICS[options.metric][1])
    for index, family in enumerate(names_in(subject, "family")):
        own = [row for row in subject if row["family"] == family]
        draw_observed(axes, own, "sketch_bytes", options,
                      {"label": family, "color": COLOURS[index], "marker": MARKERS[index],
                       "dashes": DASHES[index], "markersize": 5})
    sizes = [float(row["sketch_bytes"]) for row in subject]
    exact = next((float(row["sketch_bytes"]) / float(row["share_of_exact_bytes"])
                  for row in subject if row["share_of_exact_bytes"]), None)
    if exact:
        axes.axvline(exact, color="#666666", linestyle=":")
        axes.annotate("exact sets", (exact, 1), xycoords=("data", "axes fraction"), rotation=90,
                      xytext=(-3, -4), textcoords="offset points", ha="right", va="top",
                      color="#666666", fontsize=8)
        sizes.append(exact)
    label_sizes(axes, sizes)
    axes.legend(fontsize=8)
    return subject_text(subject)


def draw_cardinality(figure, rows, options) -> str:
    rows = [row for row in rows if row["evidence"] != "dump" and row["n_min"] == row["n_max"]]
    if len({row["n_min"] for row in rows}) < 2:
        raise Refusal("this figure needs rows for at least two numbers of ids, like those of "
                      "--cardinality 1000,10000,1e5")
    axes = figure.add_subplot()
    logarithmic(axes, "distinct ids", METRICS[options.metric][1])
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    for index, sketch in enumerate(names_in(rows, "sketch")):
        draw_observed(axes, [row for row in rows if row["sketch"] == sketch], "n_min", options,
                      {"label": sketch, "color": COLOURS[index], "marker": MARKERS[index],
                       "dashes": DASHES[index], "markersize": 4})
    axes.legend(fontsize=8)
    trials = next((row["samples"] for row in rows if row["evidence"] == "trials"), "")
    return f"{int(trials):,} trials a number of ids" if trials else "theory"


def worst_of(windows: int, share: float) -> float:
    """What the largest of so many independent normal errors stays below with this chance."""
    return NormalDist().inv_cdf((1 + share ** (1 / windows)) / 2)


def published_largest(rows: list[dict[str, str]]) -> tuple[list[float], list[float]]:
    """Of published counts (datasets/seed_windows.csv): bytes, and largest errors in percent."""
    found = {}
    for column in rows[0]:
        if size := re.match(r"lc_(\d+)KiB$", column):
            found[1024.0 * int(size[1])] = max(
                100 * abs(float(row[column]) / float(row["exact"]) - 1) for row in rows)
    return list(found), list(found.values())


def draw_largest(figure, rows, options) -> str:
    dump = of_evidence(rows, "dump")
    if not dump:
        raise Refusal("this figure needs the rows of a dump: stream-analyzer accuracy INPUT...")
    dump = [row for row in dump if row["window"] == dump[0]["window"]]
    families = names_in(dump, "family")
    axes = figure.add_subplot()
    logarithmic(axes, "memory of one sketch", f"largest error of {dump[0]['samples']} windows")
    if len(families) == 1:
        sizes, sigma = points(dump, "sketch_bytes", "predicted_rse")
        windows = int(dump[0]["samples"])
        band = [[worst_of(windows, share) * value for value in sigma] for share in (0.05, 0.95)]
        axes.fill_between(sizes, *band, color=COLOURS[0], alpha=0.18, linewidth=0,
                          label="theory: nine of ten dumps")
        axes.plot(sizes, [worst_of(windows, 0.5) * value for value in sigma], linestyle="--",
                  color=COLOURS[0], linewidth=1, label="theory: median")
    for index, family in enumerate(families):
        own = [row for row in dump if row["family"] == family]
        axes.plot(*points(own, "sketch_bytes", "max_absolute_error"), color=COLOURS[index],
                  marker=MARKERS[index], markersize=5, label=f"{family}, this dump")
    if options.published:
        axes.plot(*published_largest(options.published), color=COLOURS[len(families)],
                  marker=MARKERS[len(families)], markersize=5, linestyle="-.",
                  label="lc, as published")
    label_sizes(axes, [float(row["sketch_bytes"]) for row in dump])
    axes.legend(fontsize=8)
    return subject_text(dump)


def window_length(label: str) -> timedelta:
    parts = re.fullmatch(r"(\d+)(s|mo|m|h|d|w|y)", label)
    if not parts:
        raise Refusal(f"'{label}' is no length of a window")
    return timedelta(seconds=int(parts[1]) * SECONDS[parts[2]])


def signed_percent(value: float) -> str:
    return "0 %" if value == 0 else f"{value:+.3g} %".replace("-", "\u2212")


def draw_windows(figure, rows, options) -> str:
    from matplotlib.dates import ConciseDateFormatter  # help needs no matplotlib

    rows = [row for row in rows if row["window"] == rows[0]["window"] and row["sketch"]]
    if not any(row["relative_error"] for row in rows):
        raise Refusal("there are no relative errors in it: without exact counts (--no-exact) or "
                      "sketches (--sketch none) there is nothing to draw")
    length = window_length(rows[0]["window"])
    sketches = names_in(rows, "sketch")
    panels = figure.subplots(len(sketches), 1, sharex=True, squeeze=False)[:, 0]
    for index, (sketch, axes) in enumerate(zip(sketches, panels)):
        own = [row for row in rows if row["sketch"] == sketch]
        starts = [datetime.fromisoformat(row["window_start"].replace("Z", "+00:00"))
                  for row in own]
        # A step as wide as its window, and a hole behind it: gaps between windows stay gaps.
        x = [at for start in starts for at in (start, start + length, start + length)]
        sigma = [100 * float(row["predicted_rse"] or "nan") for row in own]
        for width, shade in ((2, 0.12), (1, 0.16)):
            y = [at for value in sigma for at in (width * value, width * value, math.nan)]
            axes.fill_between(x, [-value for value in y], y, color=COLOURS[index],
                              alpha=shade, linewidth=0)
        errors = [100 * float(row["relative_error"] or "nan") for row in own]
        axes.plot([start + length / 2 for start in starts], errors, linewidth=0,
                  marker=MARKERS[index], markersize=3, color=COLOURS[index])
        full = [start + length / 2 for start, row in zip(starts, own) if row["saturated"] == "true"]
        axes.plot(full, [0] * len(full), linewidth=0, marker="x", color="#000000")
        axes.axhline(0, color="#666666", linewidth=0.6)
        axes.set_ylabel(sketch + (f"\n× {len(full)} saturated" if full else ""), fontsize=8)
        axes.yaxis.set_major_formatter(lambda value, _: signed_percent(value))
        axes.grid(True, axis="y", color="#dddddd", linewidth=0.5)
    locator = panels[-1].xaxis.get_major_locator()
    panels[-1].xaxis.set_major_formatter(ConciseDateFormatter(locator))
    panels[-1].set_xlabel("time, UTC (a point is the middle of its window)")
    windows = len({row["window_start"] for row in rows})
    return f"{windows:,} windows of {rows[0]['window']}; bands: ±1σ and ±2σ of theory"
