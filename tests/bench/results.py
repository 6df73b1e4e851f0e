"""The benchmark's results as Markdown and CSV: medians and ratios, computed here and only here."""

import csv
import io
import os
import platform
import statistics
from pathlib import Path
from typing import NamedTuple

from bench_data import DataSet

# A round counts for scaling only when the control says that both cores were really there.
GOOD_CONTROL = 1.9

# What the project has set itself: (data set, variant of stream-analyzer, times the fastest peer).
WANTED_RATIOS = [
    ("wide", "exact + 3 sketches", 7.0),
    ("narrow", "exact + 3 sketches", 6.0),
    ("nested", "exact + 3 sketches", 6.0),
    ("wide.gz", "exact + 3 sketches", 4.0),
    ("wide.zst", "exact + 3 sketches", 4.0),
    ("wide.blocks.gz", "exact + 3 sketches", 4.0),
    ("wide.frames.zst", "exact + 3 sketches", 4.0),
    ("wide", "--check full", 3.0),
    ("narrow", "--check full", 4.0),
]
WANTED_PEAK_MB = [("wide", 150.0), ("narrow", 200.0)]
WANTED_SCALING = 1.75
WANTED_SCANNER = 1.5  # simdjson's better mode over our scanner, neither of them counting
WANTED_SKETCH_COST = 1.15  # exact + 3 sketches over exact alone, narrow


class Sample(NamedTuple):
    data: str
    round: int
    contestant: str
    role: str
    seconds: float
    cpu_seconds: float
    peak_mb: float
    control: float  # how much faster two threads of the control were in this round


class Absent(NamedTuple):
    data: str
    contestant: str
    reason: str


class Results(NamedTuple):
    samples: list[Sample]
    absent: list[Absent]
    own_peak_mb: float

    def of(self, data: str, contestant: str | None = None) -> list[Sample]:
        return [
            s
            for s in self.samples
            if s.data == data and (contestant is None or s.contestant == contestant)
        ]

    def median_s(self, data: str, contestant: str) -> float | None:
        times = [s.seconds for s in self.of(data, contestant)]
        return statistics.median(times) if times else None

    def fastest(self, data: str, role: str) -> tuple[str, float] | None:
        names = {s.contestant for s in self.of(data) if s.role == role}
        medians = [(self.median_s(data, name), name) for name in names]
        return min(((name, seconds) for seconds, name in medians), key=lambda x: x[1], default=None)


def peak_text(results: Results, peak_mb: float) -> str:
    return f"{peak_mb:.0f}" if peak_mb > results.own_peak_mb else f"≤ {results.own_peak_mb:.0f}"


def ratio_text(numerator: float | None, denominator: float | None) -> str:
    return f"{numerator / denominator:.2f}" if numerator and denominator else ""


def data_table(results: Results, data: DataSet) -> list[str]:
    fastest = results.fastest(data.name, "peer")
    floor = results.fastest(data.name, "floor")
    mask = results.fastest(data.name, "mask")
    size = f"{data.size_bytes / 1e6:,.0f} MB"
    if data.compression:
        size += f" ({data.plain_bytes / 1e6:,.0f} MB decompressed)"
    lines = [
        f"### {data.name}: {data.records:,} records, {size}, {len(data.truth)} windows",
        "",
        "| | s | min–max | × fastest peer | × floor | × mask | CPU s | peak MB | ns/record | GB/s |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    names = dict.fromkeys(s.contestant for s in results.of(data.name) if s.role != "start")
    for name in names:
        runs = results.of(data.name, name)
        seconds = statistics.median(s.seconds for s in runs)
        cells = [
            name,
            f"{seconds:.3f}",
            f"{min(s.seconds for s in runs):.3f}–{max(s.seconds for s in runs):.3f}",
            ratio_text(fastest[1] if fastest else None, seconds),
            ratio_text(seconds, floor[1] if floor else None),
            ratio_text(seconds, mask[1] if mask else None),
            f"{statistics.median(s.cpu_seconds for s in runs):.2f}",
            peak_text(results, statistics.median(s.peak_mb for s in runs)),
            f"{seconds / data.records * 1e9:.0f}",
            f"{data.plain_bytes / seconds / 1e9:.2f}",
        ]
        lines.append("| " + " | ".join(cells) + " |")
    lines += [
        f"| {absent.contestant} | could not: {absent.reason.replace('|', '/')} | | | | | | | | |"
        for absent in results.absent
        if absent.data == data.name
    ]
    starts = dict.fromkeys(s.contestant for s in results.of(data.name) if s.role == "start")
    if starts:
        parts = [f"{n.split('/')[0]} {results.median_s(data.name, n):.2f} s" for n in starts]
        lines += ["", "Of the peers' time, starting the engine alone takes: " + ", ".join(parts) + "."]
    return [*lines, ""]


def verdict(found: float | None, wanted: float, at_least: bool, form: str) -> str:
    if found is None:
        return "not measured"
    met = found >= wanted if at_least else found <= wanted
    return f"{form.format(found)} ({'met' if met else 'MISSED'})"


def scaling(results: Results, data: str) -> tuple[float | None, int]:
    """(1 -> 2 threads in rounds with a good control, number of such rounds)."""
    ours = "stream-analyzer, exact + 3 sketches"
    two = {s.round: s for s in results.of(data, ours) if s.control >= GOOD_CONTROL}
    one = {s.round: s for s in results.of(data, "stream-analyzer, the same, 1 thread")}
    ratios = [one[r].seconds / two[r].seconds for r in two if r in one]
    return (statistics.median(ratios) if ratios else None), len(ratios)


def bar_table(results: Results) -> list[str]:
    lines = ["### The bar", "", "| | want | is |", "|---|--:|--:|"]
    for data, variant, wanted in WANTED_RATIOS:
        ours = results.median_s(data, f"stream-analyzer, {variant}")
        fastest = results.fastest(data, "peer")
        ratio = fastest[1] / ours if ours and fastest else None
        peer = f" ({fastest[0]})" if fastest else ""
        lines.append(
            f"| {data}, {variant}: times the fastest exact peer{peer} | ≥ {wanted:g} "
            f"| {verdict(ratio, wanted, True, '{:.1f}')} |"
        )
    for data, wanted in WANTED_PEAK_MB:
        peaks = [s.peak_mb for s in results.of(data, "stream-analyzer, exact + 3 sketches")]
        peak = statistics.median(peaks) if peaks else None
        found = verdict(peak, wanted, False, "{:.0f} MB")
        lines.append(f"| {data}, peak memory | ≤ {wanted:g} MB | {found} |")
    for data in ("wide", "narrow"):
        own = results.fastest(data, "scanner")
        simdjson = results.fastest(data, "simdjson")
        ratio = simdjson[1] / own[1] if own and simdjson else None
        lines.append(
            f"| {data}, our scanner alone: times simdjson at its best | ≥ {WANTED_SCANNER:g} "
            f"| {verdict(ratio, WANTED_SCANNER, True, '{:.2f}')} |"
        )
    both = results.median_s("narrow", "stream-analyzer, exact + 3 sketches")
    exact = results.median_s("narrow", "stream-analyzer, exact only")
    cost = verdict(both / exact if both and exact else None, WANTED_SKETCH_COST, False, "{:.2f}")
    lines.append(f"| narrow, with 3 sketches over exact only | ≤ {WANTED_SKETCH_COST} | {cost} |")
    ratio, rounds = scaling(results, "wide")
    lines.append(
        f"| wide, 1 → 2 threads, {rounds} rounds with a control ≥ {GOOD_CONTROL} "
        f"| ≥ {WANTED_SCALING} | {verdict(ratio, WANTED_SCALING, True, '{:.2f}')} |"
    )
    return [*lines, ""]


def control_line(results: Results) -> str:
    controls = {(s.data, s.round): s.control for s in results.samples}.values()
    if not controls:
        return ""
    good = sum(control >= GOOD_CONTROL for control in controls)
    return (
        f"Compute-only control, 1 → 2 threads: {min(controls):.2f}–{max(controls):.2f}, "
        f"at least {GOOD_CONTROL} in {good} of {len(controls)} rounds."
    )


def machine_lines(threads: int, rounds: int, versions: list[str]) -> list[str]:
    def first(path: str, key: str) -> str:
        for line in Path(path).read_text(encoding="utf-8").splitlines():
            if line.startswith(key):
                return line.split(":" if ":" in line else "=", 1)[1].strip().strip('"')
        return "unknown"

    memory_gb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return [
        f"- {first('/proc/cpuinfo', 'model name')} (family {first('/proc/cpuinfo', 'cpu family')}, "
        f"model {first('/proc/cpuinfo', 'model')}), {os.cpu_count()} cores, {memory_gb:.0f} GB",
        f"- {first('/etc/os-release', 'PRETTY_NAME')}, Linux {platform.release()}",
        f"- {threads} threads, {rounds} rounds, medians; files in the page cache",
        *(f"- {version}" for version in versions),
    ]


def raw_csv(results: Results) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(Sample._fields)
    for sample in results.samples:
        cells = [f"{value:.4f}" if isinstance(value, float) else value for value in sample]
        writer.writerow(cells)
    return out.getvalue()


def markdown(
    results: Results, data_sets: list[DataSet], machine: list[str], whole_size: bool
) -> str:
    """The bar is set for data of whole size and stays out otherwise."""
    lines = ["## Machine and versions", "", *machine, "", control_line(results), ""]
    lines += ["## Results", ""]
    for data in data_sets:
        lines += data_table(results, data)
    return "\n".join(lines + (bar_table(results) if whole_size else []))
