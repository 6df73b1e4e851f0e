"""What the tests against other systems share: dumps, and the sketches that are exported of them."""

import base64
import json
import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "cli"))

import cli_case  # noqa: E402

# One minute each: lists and sparse forms of the other systems, and their dense ones.
CARDINALITIES = (1, 7, 8, 100, 385, 1000, 16_193, 45_000, 100_000)


class ForeignCase(cli_case.CliCase):
    """Minutes of ids that a dump and the other system get alike."""

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.ids = cls.minutes()
        cls.lines = cls.dump(cls.ids)

    @staticmethod
    def minutes() -> list[list[str]]:
        """Ids of all kinds: ASCII of many lengths, other scripts, what JSON escapes."""
        draw = random.Random(1)
        shapes = ("u{}", "{:019x}", "пользователь-{}", '"\\/\t{}\n', "用户{}😀", "{}" + "x" * 70)
        return [
            [shapes[draw.randrange(len(shapes))].format(number * 1000 + minute)
             for number in range(cardinality)]
            for minute, cardinality in enumerate(CARDINALITIES)
        ]

    @staticmethod
    def dump(minutes: list[list[str]]) -> str:
        lines = [
            json.dumps({"ts": 60 * minute, "uid": uid}, ensure_ascii=number % 2 == 0)
            for minute, ids in enumerate(minutes)
            for number, uid in enumerate(ids)
        ]
        return "\n".join(lines) + "\n"

    def stored(self, lines: str, *arguments: object) -> str:
        self.analyze(
            self.write("dump.jsonl", lines), "-q", *arguments, "--save", "dump.part"
        )
        return "dump.part"

    def export(self, *arguments: object) -> bytes:
        finished = self.run_here("export", *arguments)
        self.assertEqual((finished.status, finished.err), (0, ""))
        return finished.out

    def exported(self, *arguments: object) -> list[tuple[dict, bytes]]:
        """Each line as an object, with the sketch's bytes."""
        lines = [json.loads(line) for line in self.export(*arguments).splitlines()]
        return [(line, base64.b64decode(line["state"], validate=True)) for line in lines]
