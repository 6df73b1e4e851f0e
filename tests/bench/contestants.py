"""Who runs in the benchmark: command lines, and how what they print is judged before any timing."""

import csv
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Callable, NamedTuple

from bench_data import DataSet

# pip's name of the package behind each engine of peer_query.py.
PEER_PACKAGES = {"duckdb": "duckdb", "clickhouse": "chdb", "polars": "polars"}

ANALYZER_VARIANTS = {
    "exact + 3 sketches": [],
    "the same, 1 thread": [],
    "--check full": ["--check", "full"],
    "exact only": ["--sketch", "none"],
    "sketches only": ["--no-exact"],
}


class Contestant(NamedTuple):
    name: str
    # "ours", "peer" (exact), "approximate", "scanner", "simdjson", "floor", "mask", "start"
    role: str
    command: list[str]
    # None when the output is right, else a sentence; gets what the command printed.
    judge: Callable[[str], str | None]
    # Where the command writes its result instead of printing it.
    output: Path | None = None


def differing(found: dict[int, int], wanted: dict[int, int]) -> str | None:
    if found == wanted:
        return None
    windows = set(found) | set(wanted)
    wrong = sorted(w for w in windows if found.get(w) != wanted.get(w))
    first = wrong[0]
    return (
        f"{len(wrong)} of {len(windows)} windows differ; "
        f"{first}: {found.get(first)} instead of {wanted.get(first)}"
    )


def two_columns(text: str) -> dict[int, int]:
    rows = csv.reader(text.splitlines()[1:])
    return {int(row[0]): int(row[1]) for row in rows}


def analyzer_column(text: str, column: str) -> dict[int, int]:
    """window_start -> column, the same in the rows of all sketches of a window."""
    found: dict[int, int] = {}
    for row in csv.DictReader(text.splitlines()):
        start = datetime.fromisoformat(row["window_start"].replace("Z", "+00:00"))
        value = int(row[column])
        if found.setdefault(int(start.timestamp()), value) != value:
            raise ValueError(f"{column} differs within the window {row['window_start']}")
    return found


def field_names(data: DataSet) -> tuple[str, str]:
    """Where its records have time and id."""
    return ("/event/time", "/user/id") if data.shape == "nested" else ("ts", "uid")


def analyzers(data: DataSet, build: Path, scratch: Path, threads: int) -> list[Contestant]:
    time_field, id_field = field_names(data)
    fields = ["--time-field", time_field, "--id-field", id_field]
    records = {start: window.records for start, window in data.truth.items()}
    distinct = {start: window.distinct for start, window in data.truth.items()}

    def judge(text: str) -> str | None:
        return differing(analyzer_column(text, "records"), records) or differing(
            analyzer_column(text, "exact"), distinct
        )

    def judge_records(text: str) -> str | None:
        return differing(analyzer_column(text, "records"), records)

    made = []
    for variant, options in ANALYZER_VARIANTS.items():
        used = 1 if "1 thread" in variant else threads
        output = scratch / "analysis.csv"
        command = [str(build / "analyzer/stream-analyzer"), "analyze", str(data.path), *fields]
        command += ["-o", str(output), "--quiet", "--threads", str(used), *options]
        judged = judge_records if "--no-exact" in options else judge
        made.append(Contestant(f"stream-analyzer, {variant}", "ours", command, judged, output))
    return made


def yardsticks(data: DataSet, build: Path, threads: int) -> list[Contestant]:
    """What bounds the run time from below, and the scanner that an own one has to beat."""
    lines = data.records
    records = {start: window.records for start, window in data.truth.items()}

    def judge_lines(text: str) -> str | None:
        return None if int(text) == lines else f"{text.strip()} lines instead of {lines}"

    def judge_records(text: str) -> str | None:
        return differing(two_columns(text), records)

    path = str(data.path)
    if data.compression:
        tool = {"gz": "gzip", "zst": "zstd"}[data.compression.rsplit(".", 1)[-1]]
        # Its output goes to a file that forgets it, so there is nothing to judge.
        command = ["sh", "-c", f'exec {tool} -dc "$1" >/dev/null', "sh", path]
        return [Contestant(f"{tool} -dc, decompression alone", "floor", command, lambda _: None)]
    floor = str(build / "tests/bench/newline_floor")
    made = [
        Contestant(f"floor: line feeds, {mode}", "floor", [floor, path, str(threads), mode], judge_lines)
        for mode in ("mmap", "read")
    ]
    mask = str(build / "tests/bench/mask_pass")
    made.append(
        Contestant("mask pass: strings, controls, brackets", "mask", [mask, path, str(threads)], judge_lines)
    )
    fields = field_names(data)
    own = [str(build / "tests/bench/own_scanner"), path, str(threads), *fields]
    made.append(Contestant("our scanner, no counting", "scanner", own, judge_records))
    if data.shape != "nested":
        simdjson = str(build / "tests/bench/simdjson_baseline")
        for mode, meaning in (("line", "a line at a time"), ("many", "iterate_many")):
            command = [simdjson, path, str(threads), mode]
            made.append(
                Contestant(f"simdjson, {meaning}, no counting", "simdjson", command, judge_records)
            )
    return made


def peers(data: DataSet, python: Path, engines: list[str], threads: int) -> list[Contestant]:
    distinct = {start: window.distinct for start, window in data.truth.items()}

    def judge_exact(text: str) -> str | None:
        return differing(two_columns(text), distinct)

    def judge_windows(text: str) -> str | None:
        found = set(two_columns(text))
        return None if found == set(distinct) else "the windows differ"

    script = str(Path(__file__).with_name("peer_query.py"))
    queries = {
        "duckdb/count-distinct": "peer",
        "duckdb/distinct-pairs": "peer",
        "duckdb/approximate": "approximate",
        "clickhouse/uniqExact": "peer",
        "clickhouse/distinct-pairs": "peer",
        "polars/n_unique": "peer",
    }
    queries.update({f"{engine}/start": "start" for engine in PEER_PACKAGES})
    judges = {"peer": judge_exact, "approximate": judge_windows, "start": lambda _: None}
    return [
        Contestant(
            name,
            role,
            [str(python), script, name, str(data.path), data.shape, str(threads)],
            judges[role],
        )
        for name, role in queries.items()
        if name.split("/")[0] in engines
    ]


def install_peers(folder: Path) -> tuple[Path, dict[str, str], dict[str, str]]:
    """(its Python, engine -> version, engine -> why it could not be installed)."""
    python = folder / "bin/python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    versions: dict[str, str] = {}
    missing: dict[str, str] = {}
    for engine, package in PEER_PACKAGES.items():
        ask = [str(python), "-c", f"import importlib.metadata as m; print(m.version('{package}'))"]
        found = subprocess.run(ask, capture_output=True, text=True, check=False)
        if found.returncode != 0:
            print(f"installing {package} into {folder}", flush=True)
            install = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
            done = subprocess.run([*install, package], capture_output=True, text=True, check=False)
            if done.returncode != 0:
                lines = done.stderr.strip().splitlines() or ["pip failed"]
                missing[engine] = lines[-1]
                continue
            found = subprocess.run(ask, capture_output=True, text=True, check=True)
        versions[engine] = f"{package} {found.stdout.strip()}"
    return python, versions, missing
