#!/usr/bin/env python3
"""Dumps longer than memory; see scripts/long_dumps.sh for how to call it.

Each dump is analyzed from a pipe: a short one and the whole without a limit, then the whole (and a
quarter of it) with --memory. Processor time is that of the analyzer alone; wall time includes the
generator, which shares the machine with it.
"""

import argparse
import csv
import hashlib
import json
import os
import subprocess
import sys
import time
from datetime import datetime, timezone
from pathlib import Path
from typing import NamedTuple

START = "2023-01-01T00:00:00Z"
YEARS_S = 730 * 86_400
WEEKS_S = 28 * 86_400


class Recipe(NamedTuple):
    name: str
    rate: str  # records a second
    records: int
    short_records: int
    rollups: list[str]
    memory_mb: int


RECIPES = [
    Recipe("years", "0.25", YEARS_S // 4, 1_000_000, ["1d", "1mo", "1y"], 256),
    Recipe("weeks", "6.5", WEEKS_S * 13 // 2, 1_000_000, ["1h", "1d"], 256),
]
NO_LIMIT = "1000GB"


class Run(NamedTuple):
    label: str
    memory: str
    plain_bytes: int
    cpu_s: float
    wall_s: float
    peak_mb: float
    spilled_runs: int
    spilled_bytes: int
    windows: int
    digest: str

    @property
    def cpu_s_per_gb(self) -> float:
        return self.cpu_s / (self.plain_bytes / 1e9)


def digest_of(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def finish(
    label: str, memory: str, analyzer: subprocess.Popen, begin: float, folder: Path
) -> Run:
    """Waits for the analyzer, which writes result.csv and summary.json."""
    _, status, usage = os.wait4(analyzer.pid, 0)
    wall_s = time.perf_counter() - begin
    analyzer.returncode = os.waitstatus_to_exitcode(status)
    if analyzer.returncode != 0:
        raise RuntimeError(f"{label}: the analyzer ended with {analyzer.returncode}")
    summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    with (folder / "result.csv").open("rb") as result:
        sketches = 3  # a row each
        windows = sum(line.startswith(b"1m,") for line in result) // sketches
    return Run(
        label,
        memory,
        sum(file["bytes"] for file in summary["files"]),
        usage.ru_utime + usage.ru_stime,
        wall_s,
        usage.ru_maxrss * 1024 / 1e6,
        summary["spilled_runs"],
        summary["spilled_bytes"],
        windows,
        digest_of(folder / "result.csv"),
    )


def outputs(folder: Path, memory: str, threads: int, rollups: list[str]) -> list[str]:
    made = ["-q", "-o", str(folder / "result.csv"), "--summary", str(folder / "summary.json")]
    for rollup in rollups:
        made += ["--rollup", rollup]
    return [*made, "--memory", memory, "--threads", str(threads), "--spill-dir", str(folder)]


def from_pipe(
    label: str, recipe: Recipe, records: int, memory: str, options: argparse.Namespace,
    truth: Path | None = None,
) -> Run:
    generate = [str(options.program), "generate", "--shape", "wide", "--records", str(records)]
    generate += ["--rate", recipe.rate, "--users", str(max(1000, int(1e6 * options.scale)))]
    generate += ["--start", START]
    if truth is not None:
        generate += ["--truth", str(truth)]
    analyze = [str(options.program), "analyze", "-"]
    analyze += outputs(options.folder, memory, options.threads, recipe.rollups)
    begin = time.perf_counter()
    with subprocess.Popen(generate, stdout=subprocess.PIPE) as generator:
        analyzer = subprocess.Popen(analyze, stdin=generator.stdout)
        generator.stdout.close()
        run = finish(label, memory, analyzer, begin, options.folder)
    if generator.returncode != 0:
        raise RuntimeError("the generator failed")
    return run


def judge_minutes(truth: Path, result: Path) -> None:
    """Every minute of the truth, and no other, with its records and distinct ids. Both are in order
    of time; neither is held, since a child's peak memory begins with that of its parent."""

    def found_minutes(rows):
        last = None
        for row in rows:
            if row["window"] == "1m" and row["window_start"] != last:
                last = row["window_start"]
                yield last, row["records"], row["exact"]

    with truth.open(newline="", encoding="utf-8") as known, result.open(
        newline="", encoding="utf-8"
    ) as found:
        minutes = found_minutes(csv.DictReader(found))
        for row in csv.DictReader(known):
            wanted = row["window_start"], row["records"], row["distinct"]
            if next(minutes, None) != wanted:
                raise RuntimeError(f"the minute {row['window_start']} is wrong")
        if extra := next(minutes, None):
            raise RuntimeError(f"the minute {extra[0]} is too many")


def show(runs: list[Run]) -> list[str]:
    """All runs against the first."""
    first = runs[0]
    lines = [
        "| | `--memory` | GB | minutes | CPU s | wall s | CPU s/GB | against the first "
        "| wall s/GB | peak MB | spilled |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for run in runs:
        gb = run.plain_bytes / 1e9
        spilled = f"{run.spilled_runs} runs, {run.spilled_bytes / 1e6:.0f} MB"
        lines.append(
            f"| {run.label} | {'suffices' if run.memory == NO_LIMIT else run.memory} | {gb:.2f} "
            f"| {run.windows:,} | {run.cpu_s:.1f} | {run.wall_s:.1f} | {run.cpu_s_per_gb:.2f} "
            f"| {100 * (run.cpu_s_per_gb / first.cpu_s_per_gb - 1):+.0f} % | {run.wall_s / gb:.2f} "
            f"| {run.peak_mb:.0f} | {spilled if run.spilled_runs else '–'} |"
        )
    return lines


def require_same(runs: list[Run]) -> str:
    if len({run.digest for run in runs}) != 1:
        raise RuntimeError("the results differ: " + ", ".join(run.label for run in runs))
    return f"The same {runs[0].windows:,} minutes and roll-ups, byte for byte, with and without a limit."


def long_dump(recipe: Recipe, options: argparse.Namespace) -> list[str]:
    whole = max(4000, int(recipe.records * options.scale))
    few = max(1000, int(recipe.short_records * options.scale))
    # Truth is made by the runs without a limit, apart from those that are compared.
    truth = options.folder / "truth.csv"
    runs = [from_pipe("short", recipe, few, NO_LIMIT, options)]
    runs.append(from_pipe("a quarter", recipe, whole // 4, options.memory, options))
    runs.append(from_pipe("all", recipe, whole, options.memory, options))
    runs.append(from_pipe("all", recipe, whole, NO_LIMIT, options, truth))
    judge_minutes(truth, options.folder / "result.csv")
    # Once more, so that a busy minute of the machine shows.
    runs.append(from_pipe("short, again", recipe, few, NO_LIMIT, options))
    rollups = " ".join(f"--rollup {length}" for length in recipe.rollups)
    title = f"wide from a pipe, {recipe.rate} records a second, `{rollups}`"
    return [title, "", *show(runs), "", require_same(runs[2:4]) + " They are the generator's.", ""]


def same_day(options: argparse.Namespace) -> list[str]:
    folder, program, scale = options.folder, str(options.program), options.scale
    dumps = [folder / f"day{seed}.jsonl" for seed in (1, 2, 3)]
    for seed, dump in enumerate(dumps, 1):
        subprocess.run(
            [program, "generate", "--shape", "narrow", "--records", str(int(5e6 * scale))]
            + ["--rate", f"{58 * scale:.3f}", "--users", str(int(3e6 * scale)), "--start", START]
            + ["--seed", str(seed), "-o", str(dump)],
            check=True,
        )
    names = [str(dump) for dump in dumps]
    rollups = ["1h", "1d"]
    runs = []
    memory = options.memory
    for label, limit in (("three files", NO_LIMIT), ("three files", memory)):
        command = [program, "analyze", *names, *outputs(folder, limit, options.threads, rollups)]
        begin = time.perf_counter()
        runs.append(finish(label, limit, subprocess.Popen(command), begin, folder))
    parts = [str(dump.with_suffix(".part")) for dump in dumps]
    for dump, part in zip(names, parts):
        subprocess.run([program, "analyze", dump, "-q", "--save", part], check=True)
    command = [program, "merge", *parts, *outputs(folder, memory, options.threads, rollups)]
    begin = time.perf_counter()
    runs.append(finish("as parts: `merge`", memory, subprocess.Popen(command), begin, folder))
    for path in [*dumps, *map(Path, parts)]:
        path.unlink()
    title = "narrow, three files of the same day, 15 M records of 3 M users, `--rollup 1h --rollup 1d`"
    return [title, "", *show(runs), "", require_same(runs), ""]


def parse() -> argparse.Namespace:
    names = [recipe.name for recipe in RECIPES] + ["same-day"]
    parser = argparse.ArgumentParser(prog="scripts/long_dumps.sh")
    parser.add_argument("--program", type=Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path, required=True, help="folder for long_dumps.md")
    parser.add_argument("--scale", type=float, default=1.0, help="of the dumps (default: 1)")
    parser.add_argument("--threads", type=int, default=2, help="(default: 2)")
    parser.add_argument("--data", default=",".join(names), help="(default: %(default)s)")
    options = parser.parse_args()
    options.names = options.data.split(",")
    for name in options.names:
        if name not in names:
            parser.error(f"--data: '{name}' is not one of {', '.join(names)}")
    if options.scale <= 0 or options.scale > 1:
        parser.error("--scale is above 0 and at most 1")
    return options


def main() -> int:
    options = parse()
    options.folder.mkdir(parents=True, exist_ok=True)
    options.out.mkdir(parents=True, exist_ok=True)
    today = datetime.now(timezone.utc).date().isoformat()
    lines = [f"`--threads {options.threads}`, {os.cpu_count()} cores, {today}.", ""]
    for recipe in RECIPES:
        if recipe.name in options.names:
            # Smaller dumps of smaller runs must spill as well.
            options.memory = f"{max(1, int(recipe.memory_mb * options.scale))}MB"
            lines += long_dump(recipe, options)
    if "same-day" in options.names:
        options.memory = f"{max(1, int(128 * options.scale))}MB"
        lines += same_day(options)
    text = "\n".join(lines)
    (options.out / "long_dumps.md").write_text(text, encoding="utf-8")
    print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
