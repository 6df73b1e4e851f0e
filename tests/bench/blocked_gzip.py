#!/usr/bin/env python3
"""Compresses a file as bgzip does, to standard output: a gzip member for each 64 KB that says its own
size (the BGZF of the SAM specification, section 4.1).

    blocked_gzip.py FILE
"""

import struct
import sys
import zlib
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

BLOCK_BYTES = 0xFF00  # as bgzip: also what does not compress fits the 16 bits of a member's size
BLOCKS_AT_ONCE = 256


def member(plain: bytes) -> bytes:
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    packed = packer.compress(plain) + packer.flush()
    size_less_one = 12 + 6 + len(packed) + 8 - 1
    head = struct.pack("<4BI2BH2sHH", 31, 139, 8, 4, 0, 0, 255, 6, b"BC", 2, size_less_one)
    return head + packed + struct.pack("<II", zlib.crc32(plain), len(plain))


def members(plain: bytes) -> bytes:
    return b"".join(
        member(plain[at : at + BLOCK_BYTES]) for at in range(0, len(plain), BLOCK_BYTES)
    )


def pieces(path: Path):
    with path.open("rb") as file:
        while piece := file.read(BLOCK_BYTES * BLOCKS_AT_ONCE):
            yield piece


def main() -> int:
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    with ProcessPoolExecutor() as pool:
        waiting = []
        for piece in pieces(Path(sys.argv[1])):
            waiting.append(pool.submit(members, piece))
            if len(waiting) > 8:  # a few at a time, in order
                sys.stdout.buffer.write(waiting.pop(0).result())
        for done in waiting:
            sys.stdout.buffer.write(done.result())
    sys.stdout.buffer.write(member(b""))  # the end marker
    return 0


if __name__ == "__main__":
    sys.exit(main())
