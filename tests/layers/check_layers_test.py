#!/usr/bin/env python3
"""scripts/check_layers.py catches what it is there to catch: each case is a small tree of files."""

import sys
import tempfile
import unittest
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"
sys.path.insert(0, str(SCRIPTS))
sys.dont_write_bytecode = True

import check_layers  # noqa: E402


def check(files: dict[str, str]) -> tuple[list[str], list[str]]:
    with tempfile.TemporaryDirectory() as directory:
        root = Path(directory)
        for name, text in files.items():
            path = root / "analyzer" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return check_layers.check(root)


class CheckLayers(unittest.TestCase):
    def assert_clean(self, files: dict[str, str]) -> None:
        self.assertEqual(check(files)[0], [])

    def assert_violation(self, name: str, line: int, text: str, reason: str) -> None:
        violations, _ = check({name: text})
        self.assertEqual(len(violations), 1, violations)
        self.assertTrue(violations[0].startswith(f"analyzer/{name}:{line}: "), violations[0])
        self.assertIn(reason, violations[0])

    def test_a_room_only_names_rooms_above_it(self):
        above: list[str] = []
        for room, allowed in check_layers.ALLOWED.items():
            for entry in allowed:
                self.assertIn(entry.split("/")[0], above, f"{room} names {entry}")
            above.append(room)

    def test_includes_down_the_line_pass(self):
        self.assert_clean(
            {
                "main.cpp": '#include "cli/commands.hpp"\n#include "core/error.hpp"\n',
                "core/error.cpp": '#include "core/error.hpp"\n\n#include <string>\n',
                "record/scan.cpp": '#include <simdjson.h>\n#include "input/chunk.hpp"\n',
                "report/json.cpp": "#include <nlohmann/json.hpp>\n"
                '#include "pipeline/run_summary.hpp"\n',
                "cli/analyze.cpp": "#include <boost/program_options.hpp>\n"
                '#include "report/csv.hpp"\n',
                "input/gzip.cpp": "#include <isa-l/igzip_lib.h>\n#include <zstd.h>\n",
            }
        )

    def test_an_include_that_points_back_is_caught(self):
        self.assert_violation(
            "core/time.hpp", 2, '#pragma once\n#include "window/table.hpp"\n', "core/ may not"
        )
        self.assert_violation("record/a.cpp", 1, '#include "sketch/hll.hpp"\n', "record/ may not")
        self.assert_violation("sketch/a.cpp", 1, '#include "exact/ids.hpp"\n', "sketch/ may not")
        self.assert_violation("pipeline/a.cpp", 1, '#include "report/csv.hpp"\n', "pipeline/ may")
        self.assert_violation("cli/a.cpp", 1, '#include "main/a.hpp"\n', "cli/ may not")

    def test_angle_brackets_do_not_hide_a_room(self):
        self.assert_violation("core/a.cpp", 1, "#include <cli/a.hpp>\n", "core/ may not include")

    def test_only_the_named_header_of_a_room_is_allowed(self):
        self.assert_clean({"compare/a.cpp": '#include "pipeline/run_summary.hpp"\n'})
        self.assert_violation(
            "compare/a.cpp", 1, '#include "pipeline/analyze.hpp"\n', "compare/ may not"
        )
        self.assert_clean({"generate/a.cpp": '#include "record/reject.hpp"\n'})
        self.assert_violation("generate/a.cpp", 1, '#include "record/scan.hpp"\n', "generate/ may")

    def test_an_include_beside_the_file_is_caught(self):
        self.assert_violation("core/a.cpp", 1, '#include "a.hpp"\n', "not written from analyzer/")
        self.assert_violation(
            "core/a.cpp", 1, '#include "../sketch/a.hpp"\n', "not written from analyzer/"
        )

    def test_libraries_stay_in_their_room(self):
        for room, header, what in (
            ("pipeline", "simdjson.h", "simdjson"),
            ("window", "simdjson/ondemand.h", "simdjson"),
            ("record", "boost/program_options.hpp", "Boost"),
            ("record", "boost/program_options/parsers.hpp", "Boost"),
            ("window", "zstd.h", "zstd"),
            ("cli", "isa-l.h", "ISA-L"),
            ("cli", "isa-l/igzip_lib.h", "ISA-L"),
            ("pipeline", "nlohmann/json.hpp", "nlohmann"),
            ("compare", "kainjow/mustache.hpp", "mustache"),
            ("compare", "mustache.hpp", "mustache"),
        ):
            with self.subTest(room=room, header=header):
                self.assert_violation(f"{room}/a.cpp", 1, f"#include <{header}>\n", what)

    def test_sketch_knows_nothing_of_threads_files_time_or_json(self):
        for header in ("thread", "mutex", "atomic", "fstream", "filesystem", "chrono", "sys/mman.h"):
            with self.subTest(header=header):
                self.assert_violation("sketch/a.hpp", 1, f"#include <{header}>\n", "sketch/ knows")
        self.assert_violation(
            "sketch/a.hpp", 1, '#include "core/event_time.hpp"\n', "sketch/ knows nothing"
        )
        self.assert_clean({"sketch/a.hpp": '#include <vector>\n#include "core/hash64.hpp"\n'})

    def test_an_unlisted_room_or_a_stray_file_is_caught(self):
        self.assert_violation("magic/a.cpp", 1, "", "magic is no room of the house")
        self.assert_violation("stray.cpp", 1, "", "stray is no room of the house")

    def test_names_that_say_nothing_are_caught(self):
        for name in ("utils.hpp", "string_util.hpp", "common.cpp", "misc.hpp", "test_helpers.hpp"):
            with self.subTest(name=name):
                self.assert_violation(f"core/{name}", 1, "", "does not say what is inside")
        self.assert_clean({"core/commonality.hpp": "", "core/utility_function.hpp": ""})

    def test_comments_and_strings_are_not_code(self):
        self.assert_clean(
            {
                "core/a.cpp": '// #include "cli/a.hpp"\n'
                '/*\n#include "cli/a.hpp"\nstd::hash<int>\n*/\n'
                'const char* text = "std::hash /* not a comment";\n'
                'const char* raw = R"(std::hash)";\n'
            }
        )
        self.assert_violation(
            "core/a.cpp", 3, '/* one\n */ int x = 1\'000;\n#include "cli/a.hpp"\n', "core/ may not"
        )

    def test_what_differs_between_standard_libraries_is_caught(self):
        self.assert_violation("exact/a.cpp", 2, "\nstd::hash<int> h;\n", "std::hash gives other")
        self.assert_violation(
            "generate/a.cpp", 1, "std::uniform_int_distribution<int> d;\n", "gives other results"
        )

    def test_long_files_are_a_warning_only(self):
        violations, warnings = check({"core/a.cpp": "int a;\n" * 351, "core/b.cpp": "\n" * 350})
        self.assertEqual(violations, [])
        self.assertEqual(len(warnings), 1)
        self.assertIn("core/a.cpp: 351 lines", warnings[0])

    def test_an_empty_tree_is_not_a_success(self):
        with tempfile.TemporaryDirectory() as directory:
            self.assertEqual(len(check_layers.check(Path(directory))[0]), 1)


if __name__ == "__main__":
    result = unittest.main(exit=False).result
    bad = len(result.failures) + len(result.errors)
    print(f"{max(0, result.testsRun - bad)} passed, {bad} failed")
    sys.exit(1 if bad else 0)
