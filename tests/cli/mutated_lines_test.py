#!/usr/bin/env python3
"""Thousands of lines with random damage: `--check full` accepts what Python's json module accepts
and nothing else; `--check structure` never refuses a good line; both kernels say the same of every
line, the reason included."""

import json
import random

import cli_case
from exact_count import Rejected, at_path, id_of, minute_of, parsed

# What damages a line in interesting ways.
PIECES = (
    b'"', b"\\", b"{", b"}", b"[", b"]", b":", b",", b"/", b"+", b"-", b".", b"e", b"0", b"00",
    b"1.", b"1e5", b"null", b"true", b"tru", b"NaN", b'""', b'"ts":1,', b'"uid":null,', b" ", b"\t",
    b"\r", b"\x00", b"\x0b", b"\x1f", b"\x7f", b"\\u", b"\\ud800", b"\xc3", b"\xe2\x82",
    b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xef\xbb\xbf",
)
BYTES = [byte for byte in range(256) if byte != ord("\n")]

WIDE = ["--shape", "wide", "--record-size", "200B"]
SHAPES = ((WIDE, []), (["--shape", "narrow"], []),
          (["--shape", "nested"], ["--time-field", "/event/time", "--id-field", "/user/id"]))


def damaged(line: bytes, draw: random.Random) -> bytes:
    text = bytearray(line)
    for _ in range(draw.choice([0, 1, 1, 1, 2, 3])):
        if not text:
            break
        at = draw.randrange(len(text))
        match draw.randrange(5):
            case 0:
                text[at] = draw.choice(BYTES)
            case 1:
                del text[at : at + draw.randrange(1, 4)]
            case 2:
                text[at:at] = draw.choice(PIECES)
            case 3:
                text[at : at + 1] = draw.choice(PIECES)
            case _:
                start = draw.randrange(len(text))
                text[at:at] = text[start : start + draw.randrange(1, 30)]
    return bytes(text)


def is_good(line: bytes, nested: bool) -> bool:
    """A record, a null id, or blank."""
    if not line.strip(b" \t\r"):
        return True
    try:
        record = parsed(line)
        minute_of(at_path(record, ["event", "time"] if nested else ["ts"]))
        id_of(at_path(record, ["user", "id"] if nested else ["uid"]))
    except Rejected:
        return False
    return True


class MutatedLines(cli_case.CliCase):
    def rejects(self, *arguments: str, **variables: str) -> dict[int, str]:
        self.analyze(
            "dump.jsonl", "-q", "--sketch", "none", "--time-unit", "s", "--rejects", "r.jsonl",
            *arguments, **variables,
        )
        rejects = (json.loads(line) for line in self.read("r.jsonl").splitlines())
        return {reject["line"]: reject["reason"] for reject in rejects}

    def check(self, options: list[str], fields: list[str], seed: int) -> None:
        self.generate(
            *options, "--records", "2000", "--corrupt-share", "10%", "--seed", seed,
            "-o", "made.jsonl",
        )
        draw = random.Random(seed)
        lines = [damaged(line, draw) for line in self.read("made.jsonl").split(b"\n")[:-1]]
        lines.insert(0, b'{"ts":1,"uid":"a"}')  # a mark at the file's start would be skipped
        self.write("dump.jsonl", b"\n".join(lines) + b"\n")
        good = {number for number, line in enumerate(lines, 1) if is_good(line, bool(fields))}
        if fields:
            good.discard(1)
        self.assertGreater(len(good), 300)
        self.assertGreater(len(lines) - len(good), 300)

        full = self.rejects(*fields, "--check", "full")
        for number in good & set(full):
            self.fail(f"{full[number]}: {lines[number - 1]!r}")
        for number in set(range(1, len(lines) + 1)) - good - set(full):
            self.fail(f"accepted: {lines[number - 1]!r}")
        structure = self.rejects(*fields, "--check", "structure")
        for number in good & set(structure):
            self.fail(f"{structure[number]}: {lines[number - 1]!r}")
        for level, expected in (("full", full), ("structure", structure)):
            portable = self.rejects(*fields, "--check", level, STREAM_ANALYZER_KERNEL="portable")
            cut_up = self.rejects(*fields, "--check", level, "--chunk-size", "1KiB", "--io", "read")
            self.assertEqual(portable, expected)
            self.assertEqual(cut_up, expected)

    def test_damaged_lines_are_judged_as_python_judges_them(self):
        for options, fields in SHAPES:
            for seed in (1, 2):
                with self.subTest(shape=options[1], seed=seed):
                    self.check(options, fields, seed)


if __name__ == "__main__":
    cli_case.main()
