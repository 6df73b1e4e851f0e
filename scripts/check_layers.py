#!/usr/bin/env python3
"""Checks that includes under analyzer/ point one way, and that each library stays in its room.

    check_layers.py [PROJECT_ROOT]

Prints one line "file:line: reason" for every violation and exits 1 when there is one. Files longer
than 350 lines are listed as warnings and change nothing.
"""

import re
import sys
from pathlib import Path
from typing import Iterator, NamedTuple

# What each room may include besides itself: rooms, or single headers of rooms. The rooms stand in
# the order of the house, and a room may only name rooms above it, so there can be no cycle. A new
# room is added here first.
ALLOWED = {
    "core": [],
    "input": ["core"],
    "record": ["core", "input"],
    "exact": ["core"],
    "sketch": ["core"],
    "window": ["core", "sketch"],
    "store": ["core", "record", "exact", "sketch", "window"],
    "pipeline": ["core", "input", "record", "exact", "sketch", "window", "store"],
    "compare": [
        "core",
        "sketch",
        "window",
        "pipeline/parallel.hpp",
        "pipeline/run_summary.hpp",
        "record/reject.hpp",
    ],
    "report": [
        "core",
        "sketch",
        "window",
        "pipeline/run_summary.hpp",
        "record/reject.hpp",
        "store/part_description.hpp",
        "store/run_format.hpp",
        "compare",
    ],
    "generate": ["core", "record/reject.hpp"],
    "cli": [
        "core",
        "input",
        "record",
        "exact",
        "sketch",
        "window",
        "store",
        "pipeline",
        "compare",
        "report",
        "generate",
    ],
}
# main.cpp stands above all rooms.
ALLOWED["main"] = list(ALLOWED)


class Confined(NamedTuple):
    """Headers that only some rooms may include."""

    what: str
    headers: re.Pattern[str]
    rooms: set[str]


CONFINED = [
    Confined("simdjson", re.compile(r"simdjson(\.h|/)"), {"record"}),
    Confined("Boost.Program_options", re.compile(r"boost/program_options"), {"cli", "main"}),
    Confined("ISA-L", re.compile(r"isa-l(\.h|/)|igzip_lib\.h|crc\.h$"), {"input"}),
    Confined("zstd", re.compile(r"(.*/)?zstd(_errors)?\.h$|zdict\.h$"), {"input", "store"}),
    Confined("nlohmann-json", re.compile(r"nlohmann/"), {"report"}),
    Confined("mustache", re.compile(r"(.*/)?mustache\.hpp$"), {"report"}),
]

# sketch/ knows nothing of JSON, time, threads or files.
NOT_IN_SKETCH = re.compile(
    r"(thread|stop_token|mutex|shared_mutex|atomic|condition_variable|future|semaphore|latch"
    r"|barrier|execution|fstream|filesystem|iostream|cstdio|stdio\.h|fcntl\.h|unistd\.h|sys/.*"
    r"|chrono|ctime|time\.h|date/.*|core/event_time\.hpp|simdjson.*|nlohmann/.*)$"
)

# A name that fits everything says nothing.
EMPTY_NAMES = re.compile(r"(^|_)(utils?|commons?|misc|helpers?)(_|$)", re.IGNORECASE)

# Their results differ between standard libraries, and all output must be the same everywhere.
NOT_PORTABLE = re.compile(r"\bstd::hash\b|\bstd::\w+_distribution\b|\bstd::random_device\b")

SOURCE_SUFFIXES = {".hpp", ".cpp", ".h", ".cc", ".ipp", ".inc"}
LONG_FILE_LINES = 350

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(?:"([^"\n]+)"|<([^>\n]+)>)', re.MULTILINE)
COMMENT_OR_LITERAL = re.compile(
    r'R"(?P<fence>[^\s()\\]{0,16})\(.*?\)(?P=fence)"'
    r'|"(?:\\.|[^"\\\n])*"'
    r"|(?<![0-9A-Za-z_])'(?:\\.|[^'\\\n])+'"
    r"|(?P<comment>//[^\n]*|/\*.*?\*/)",
    re.DOTALL,
)


def blank(text: str) -> str:
    """The same number of lines without anything on them."""
    return " " + "\n" * text.count("\n")


def without_comments(source: str) -> str:
    return COMMENT_OR_LITERAL.sub(
        lambda match: blank(match[0]) if match["comment"] else match[0], source
    )


def without_comments_and_literals(source: str) -> str:
    return COMMENT_OR_LITERAL.sub(lambda match: blank(match[0]), source)


def line_of(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def included(source: str) -> Iterator[tuple[int, str, bool]]:
    """(line, header, whether it stands in quotes) of every include."""
    code = without_comments(source)
    for match in INCLUDE.finditer(code):
        yield line_of(code, match.start(1) if match[1] else match.start(2)), (
            match[1] or match[2]
        ), match[1] is not None


def judge_include(room: str, header: str, quoted: bool) -> str | None:
    """Why `room` may not include `header`, or None when it may."""
    target = header.split("/", 1)[0]
    if "/" in header and target in ALLOWED:
        if target != room and target not in ALLOWED[room] and header not in ALLOWED[room]:
            return f"{room}/ may not include {header}"
    elif quoted:
        return f'"{header}" is not written from analyzer/ ("room/name.hpp")'
    if room == "sketch" and NOT_IN_SKETCH.match(header):
        return f"sketch/ knows nothing of JSON, time, threads or files, but includes {header}"
    for confined in CONFINED:
        if confined.headers.match(header) and room not in confined.rooms:
            rooms = " and ".join(sorted(confined.rooms))
            return f"{confined.what} belongs to {rooms} only, but {room} includes {header}"
    return None


def room_of(path: Path, analyzer: Path) -> str:
    """The folder under analyzer/; main.cpp is a room of its own."""
    relative = path.relative_to(analyzer)
    return relative.parts[0] if len(relative.parts) > 1 else relative.stem


def check_file(path: Path, analyzer: Path) -> Iterator[tuple[int, str]]:
    room = room_of(path, analyzer)
    if room not in ALLOWED:
        yield 1, f"{room} is no room of the house: add it to ALLOWED in check_layers.py, or move it"
        return
    for part in path.relative_to(analyzer).parts:
        if EMPTY_NAMES.search(part.split(".", 1)[0]):
            yield 1, f"the name {part} does not say what is inside"
    source = path.read_text(encoding="utf-8")
    for line, header, quoted in included(source):
        if reason := judge_include(room, header, quoted):
            yield line, reason
    code = without_comments_and_literals(source)
    for match in NOT_PORTABLE.finditer(code):
        yield line_of(code, match.start()), f"{match[0]} gives other results elsewhere"


def check(project_root: Path) -> tuple[list[str], list[str]]:
    """(violations, warnings), each a line of text."""
    analyzer = project_root / "analyzer"
    violations: list[str] = []
    warnings: list[str] = []
    sources = sorted(p for p in analyzer.rglob("*") if p.suffix in SOURCE_SUFFIXES)
    if not sources:
        violations.append(f"{analyzer}: no source file found")
    for path in sources:
        shown = path.relative_to(project_root)
        violations += [f"{shown}:{line}: {reason}" for line, reason in check_file(path, analyzer)]
        length = path.read_bytes().count(b"\n")
        if length > LONG_FILE_LINES:
            warnings.append(f"{shown}: {length} lines; does it still do one thing?")
    return violations, warnings


def main() -> int:
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent
    violations, warnings = check(root)
    for warning in warnings:
        print(f"warning: {warning}")
    for violation in violations:
        print(violation)
    print(f"{len(violations)} violations, {len(warnings)} warnings")
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main())
