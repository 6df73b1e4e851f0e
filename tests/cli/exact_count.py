"""An exact count of a dump that shares nothing with the analyzer: the json module and sets.

It is slow and plain on purpose. Reject reasons are not told apart here: `generate` knows them.
"""

import datetime
import json
import math
import re
import sys
from decimal import Decimal
from typing import Any, NamedTuple

MOST_OPEN_BRACKETS = 1024
FIRST_SECOND = -62_135_596_800  # 0001-01-01T00:00:00Z
END_SECOND = 253_402_300_800  # 10000-01-01T00:00:00Z

JSON_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
ISO_TIME = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})([.,][0-9]+)?)?"
    r"(Z|[+-][0-9]{2}(?::?[0-9]{2})?)?"
)

# Brackets and what the module itself needs; too deep lines are judged by MOST_OPEN_BRACKETS.
sys.setrecursionlimit(20_000)


class Rejected(Exception):
    pass


class DumpCount(NamedTuple):
    windows: dict[str, tuple[int, int]]  # start of the minute -> records, distinct ids
    ids: dict[str, set[str]]
    lines: int
    records: int
    blank: int
    anonymous: int
    rejects: int

    def rolled_up(self, length: int) -> dict[str, tuple[int, int]]:
        """Minutes whose starts begin with the same `length` characters, put together."""
        merged: dict[str, tuple[int, set[str]]] = {}
        for start, (records, _) in self.windows.items():
            before, ids = merged.get(start[:length], (0, set()))
            merged[start[:length]] = (before + records, ids | self.ids[start])
        return {start: (records, len(ids)) for start, (records, ids) in merged.items()}


def parsed(line: bytes) -> Any:
    def refuse(constant: str) -> None:
        raise Rejected(constant)  # NaN and Infinity are no JSON

    try:
        value = json.loads(line.decode("utf-8"), parse_float=Decimal, parse_constant=refuse)
    except (ValueError, RecursionError) as error:
        raise Rejected from error
    if not isinstance(value, dict) or depth(value) > MOST_OPEN_BRACKETS:
        raise Rejected
    return value


def depth(value: Any) -> int:
    deepest = 0
    waiting = [(value, 1)]
    while waiting:
        container, level = waiting.pop()
        deepest = max(deepest, level)
        for member in container.values() if isinstance(container, dict) else container:
            if isinstance(member, (dict, list)):
                waiting.append((member, level + 1))
    return deepest


def at_path(record: dict, path: list[str]) -> Any:
    value: Any = record
    for key in path:
        if not isinstance(value, dict) or key not in value:
            raise Rejected
        value = value[key]
    return value


def second_of_text(text: str) -> Decimal:
    if JSON_NUMBER.fullmatch(text):
        return Decimal(text)
    found = ISO_TIME.fullmatch(text)
    if not found:
        raise Rejected
    year, month, day, hour, minute = map(int, found.groups()[:5])
    second = int(found[6] or 0)
    try:
        moment = datetime.datetime(year, month, day, hour, minute)
    except ValueError as error:
        raise Rejected from error
    if second > 60:
        raise Rejected
    whole = (moment - datetime.datetime(1970, 1, 1)) // datetime.timedelta(seconds=1) + second
    fraction = Decimal("0" + (found[7] or ".0").replace(",", "."))
    return whole + fraction - offset_seconds(found[8] or "Z")


def offset_seconds(offset: str) -> int:
    if offset == "Z":
        return 0
    digits = offset[1:].replace(":", "").ljust(4, "0")
    hours, minutes = int(digits[:2]), int(digits[2:])
    if hours > 23 or minutes > 59:
        raise Rejected
    return (3600 * hours + 60 * minutes) * (-1 if offset[0] == "-" else 1)


def minute_of(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, (int, Decimal, str)):
        raise Rejected
    second = second_of_text(value) if isinstance(value, str) else Decimal(value)
    if not FIRST_SECOND <= second < END_SECOND:
        raise Rejected
    return math.floor(second) // 60


def id_of(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        raise Rejected
    text = str(value)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:  # an unpaired surrogate escape
        raise Rejected from error
    return text


def start_of(minute: int) -> str:
    moment = datetime.datetime(1970, 1, 1) + datetime.timedelta(minutes=minute)
    return f"{moment.year:04}" + moment.strftime("-%m-%dT%H:%M:%SZ")


def count_dump(dump: bytes, time_path: list[str], id_path: list[str]) -> DumpCount:
    """Times are seconds since 1970, numbers or in strings, or ISO 8601."""
    lines = dump.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    if lines[-1] == b"":
        lines.pop()
    blank = anonymous = rejects = 0
    records: dict[int, int] = {}
    ids: dict[int, set[str]] = {}
    for line in lines:
        if not line.strip(b" \t\r"):
            blank += 1
            continue
        try:
            record = parsed(line)
            time, uid = at_path(record, time_path), at_path(record, id_path)
            minute, identity = minute_of(time), id_of(uid)
        except Rejected:
            rejects += 1
            continue
        if identity is None:
            anonymous += 1
            continue
        records[minute] = records.get(minute, 0) + 1
        ids.setdefault(minute, set()).add(identity)
    return DumpCount(
        windows={start_of(minute): (records[minute], len(ids[minute])) for minute in sorted(ids)},
        ids={start_of(minute): ids[minute] for minute in ids},
        lines=len(lines),
        records=sum(records.values()),
        blank=blank,
        anonymous=anonymous,
        rejects=rejects,
    )
