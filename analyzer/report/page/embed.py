#!/usr/bin/env python3
"""Writes the files of the HTML report into a C++ source, so that the program needs none of them.

    embed.py OUTPUT.cpp NAME... -- FILE...

Each NAME becomes a constant of analyzer/report/page_asset.hpp with the text of the FILE at its place
and its hash for a content-security policy: a browser runs an inline script only if its hash is allowed.
"""

import base64
import hashlib
import sys
from pathlib import Path

# One literal is not longer: some compilers have limits. Joined they are longer than the 64 KiB that
# the standard promises, which g++ and clang take, but clang warns of.
LITERAL_BYTES = 16_000
LONG_LITERALS = '#pragma GCC diagnostic ignored "-Woverlength-strings"\n'

FENCE = "page"


def literals(text: str) -> str:
    if f'){FENCE}"' in text:
        raise SystemExit(f'embed.py: the text holds ){FENCE}", which ends a raw literal')
    pieces = [text[at : at + LITERAL_BYTES] for at in range(0, len(text), LITERAL_BYTES)]
    return "\n".join(f'R"{FENCE}({piece}){FENCE}"' for piece in pieces or [""])


def csp_source(text: str) -> str:
    """CSP level 3, 2.3.1: of the element's content, to the byte."""
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def main() -> None:
    output, *rest = sys.argv[1:]
    names, paths = rest[: rest.index("--")], rest[rest.index("--") + 1 :]
    source = ['#include "report/page_asset.hpp"\n\n', LONG_LITERALS, "\nnamespace stream_analyzer {\n"]
    for name, path in zip(names, paths, strict=True):
        text = Path(path).read_text(encoding="utf-8")
        if "</script" in text.lower() and not path.endswith(".html"):
            raise SystemExit(f"embed.py: {path} holds </script, which would end its element")
        source.append(
            f'\nconst PageAsset {name}{{\n{literals(text)},\n"{csp_source(text)}"}};\n'
        )
    source.append("\n}  // namespace stream_analyzer\n")
    Path(output).write_text("".join(source), encoding="utf-8")


if __name__ == "__main__":
    main()
