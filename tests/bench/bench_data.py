"""The benchmark's data: dumps made by `stream-analyzer generate`, with the counts known from making
them. Each is made once and kept until its recipe changes."""

import csv
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

START_S = 1_468_244_340  # 2016-07-11T13:39:00Z


class Window(NamedTuple):
    records: int
    distinct: int


class DataSet(NamedTuple):
    name: str
    shape: str  # wide, narrow or nested: where the fields stand
    path: Path
    size_bytes: int  # as the contestants read it
    plain_bytes: int  # decompressed
    truth: dict[int, Window]  # by the window's start in seconds since 1970
    compression: str = ""

    @property
    def records(self) -> int:
        return sum(window.records for window in self.truth.values())


# Name: one or more runs of `generate`, written one behind the other. Rates make windows of one
# minute about as full as the challenge's (wide) and as a busy site's (narrow).
def recipes(scale: float) -> dict[str, list[list[str]]]:
    def count(full: int) -> str:
        return str(max(1_000, int(full * scale)))

    def shape(name: str, records: int, rate: int) -> list[str]:
        return ["--shape", name, "--records", count(records), "--rate", count(rate)] + [
            "--users",
            count(1_000_000),
        ]

    # Ids that never repeat: five minutes, each of its own ids (another seed makes other ids).
    unique = [
        ["--shape", "narrow", "--distinct", count(4_000_000), "--repeat", "1"]
        + ["--seed", str(minute + 1), "--start", str(START_S + 60 * minute)]
        for minute in range(5)
    ]
    return {
        "wide": [shape("wide", 1_000_000, 1_667)],
        "narrow": [shape("narrow", 20_000_000, 16_667)],
        "nested": [shape("nested", 4_000_000, 6_667)],
        "unique": unique,
    }


# One member or frame; and many of them, which threads can share: blocks of 64 KB as bgzip makes them
# and frames as pzstd does.
COMPRESSORS = {
    "gz": ["gzip", "-6", "-c"],
    "zst": ["zstd", "-3", "-q", "-c"],
    "blocks.gz": [sys.executable, str(Path(__file__).with_name("blocked_gzip.py"))],
    "frames.zst": ["pzstd", "-3", "-q", "-c"],
}
NAMES = [
    "wide",
    "narrow",
    "nested",
    "unique",
    "wide.gz",
    "wide.zst",
    "wide.blocks.gz",
    "wide.frames.zst",
]


def read_truth(paths: list[Path]) -> dict[int, Window]:
    truth: dict[int, Window] = {}
    for path in paths:
        with path.open(newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                start = int(
                    datetime.fromisoformat(row["window_start"].replace("Z", "+00:00")).timestamp()
                )
                if start in truth:
                    raise ValueError(f"{path}: the window {row['window_start']} is there already")
                truth[start] = Window(int(row["records"]), int(row["distinct"]))
    return truth


def up_to_date(recipe_file: Path, recipe: str) -> bool:
    return recipe_file.exists() and recipe_file.read_text(encoding="utf-8") == recipe


def make_plain(name: str, runs: list[list[str]], generator: Path, folder: Path) -> DataSet:
    path = folder / f"{name}.jsonl"
    truths = [folder / f"{name}.truth{index}.csv" for index in range(len(runs))]
    recipe_file = folder / f"{name}.recipe"
    recipe = repr(runs)
    if not up_to_date(recipe_file, recipe):
        print(f"making {path}", flush=True)
        recipe_file.unlink(missing_ok=True)
        with path.open("wb") as out:
            for arguments, truth in zip(runs, truths):
                command = [str(generator), "generate", *arguments, "--truth", str(truth)]
                subprocess.run(command, stdout=out, check=True)
        recipe_file.write_text(recipe, encoding="utf-8")
    size = path.stat().st_size
    shape = runs[0][1]
    return DataSet(name, shape, path, size, size, read_truth(truths))


def make_compressed(plain: DataSet, kind: str, folder: Path) -> DataSet:
    path = plain.path.with_name(f"{plain.path.name}.{kind}")
    recipe_file = folder / f"{plain.name}.{kind}.recipe"
    how = [Path(word).name for word in COMPRESSORS[kind]]  # wherever the programs are
    recipe = repr((how, (folder / f"{plain.name}.recipe").read_text()))
    if not up_to_date(recipe_file, recipe):
        if shutil.which(COMPRESSORS[kind][0]) is None:
            raise FileNotFoundError(f"no {COMPRESSORS[kind][0]} here")
        print(f"making {path}", flush=True)
        recipe_file.unlink(missing_ok=True)
        with path.open("wb") as out:
            subprocess.run([*COMPRESSORS[kind], str(plain.path)], stdout=out, check=True)
        recipe_file.write_text(recipe, encoding="utf-8")
    return plain._replace(
        name=f"{plain.name}.{kind}", path=path, size_bytes=path.stat().st_size, compression=kind
    )


def make(names: list[str], scale: float, generator: Path, folder: Path) -> list[DataSet]:
    folder.mkdir(parents=True, exist_ok=True)
    made: list[DataSet] = []
    for name in names:
        base, _, kind = name.partition(".")
        plain = make_plain(base, recipes(scale)[base], generator, folder)
        made.append(make_compressed(plain, kind, folder) if kind else plain)
    return made


def warm_up(data: DataSet) -> None:
    """Brings the file into the page cache: what is compared is counting, not a disk."""
    with data.path.open("rb", buffering=0) as file:
        buffer = bytearray(1 << 20)
        while file.readinto(buffer):
            pass
