#!/usr/bin/env python3
"""README.md and the program agree: options, commands, columns, reject reasons, exit codes, and the
output that it shows.

What is looked at in README.md:
- code spans that begin with an option or with the program's name: every --option in them exists;
- fenced blocks: lines that begin with "$ " and then stream-analyzer or ./scripts/NAME.sh (and,
  without "$ ", in blocks of the languages sh, bash and console): such a command is understood as it
  stands;
- blocks of the language console: commands that need nothing but the program, the bundled data and
  POSIX tools are run, in their order and in one folder, and must print what stands below them. A
  line "…" stands for any lines."""

import re
import resource
import shlex
import signal
import subprocess
from typing import NamedTuple

import cli_case

README = cli_case.ROOT / "README.md"
REJECT_HPP = cli_case.ROOT / "analyzer" / "record" / "reject.hpp"

OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
PROGRAM = re.compile(r"(?:\./)?(?:build/analyzer/)?stream-analyzer(?= )")
SHELL_LANGUAGES = ("sh", "bash", "console")
# A command that is understood may run for long or write much: neither is of interest.
ENOUGH_S = 5
ENOUGH_BYTES = 1_000_000
# Some of the sessions are thousands of trials, which take minutes in a sanitized build on a machine
# that has other work (seen: more than two).
SESSION_TIMEOUT_S = 4 * cli_case.TIMEOUT_S

# Sessions with other commands (package managers, the scripts themselves) are not run.
RUN_WITH = {"build/analyzer/stream-analyzer", "head", "tail", "gzip", "zcat", "echo", "mkdir", "cmp"}


class Session(NamedTuple):
    """A command as it is typed, here-document included, and what it printed."""

    command: str
    printed: str

    def can_be_run(self) -> bool:
        if "<<" in self.command:
            return False
        return all(words[0] in RUN_WITH for words in simple_commands(self.command))

    def pattern(self) -> str:
        lines = self.printed.split("\n")[:-1]
        return "".join("(?s:.*)" if line == "…" else re.escape(line) + "\n" for line in lines)


def sessions(text: str) -> list[Session]:
    found = []
    for language, content in blocks(text):
        if language != "console":
            continue
        for part in re.split(r"^\$ ", content, flags=re.MULTILINE)[1:]:
            typed = re.match(r"(?:.*\\\n)*.*<<'END'\n(?:.*\n)*?END\n|(?:.*\\\n)*.*\n", part)
            found.append(Session(typed[0].rstrip("\n"), part[typed.end() :]))
    return found


def blocks(text: str) -> list[tuple[str, str]]:
    """Fenced blocks as (language, content)."""
    return re.findall(r"^```(\w*)[^\n]*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def shell_lines(text: str) -> list[str]:
    """What a reader may type, continuation lines joined."""
    lines = []
    for language, content in blocks(text):
        for line in content.replace("\\\n", " ").split("\n"):
            if line.startswith("$ "):
                lines.append(line[2:])
            elif language in SHELL_LANGUAGES and "$ " not in content:
                lines.append(line)
    return lines


def simple_commands(line: str) -> list[list[str]]:
    """A shell line's commands without pipes, redirections and comments, as words."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars="|;&<>")
    lexer.whitespace_split = True
    commands: list[list[str]] = [[]]
    skip = False
    for word in lexer:
        if skip:
            skip = False
        elif word in ("<", ">", ">>"):
            skip = True
        elif set(word) <= set("|;&"):
            commands.append([])
        else:
            commands[-1].append(word)
    return [command for command in commands if command]


class Readme(cli_case.CliCase):
    def setUp(self) -> None:
        super().setUp()
        self.text = README.read_text(encoding="utf-8")
        self.helps = {
            name: self.run_here(name, "--help").text for name in self.commands_of_the_program()
        }

    def commands_of_the_program(self) -> list[str]:
        overview = self.run_here("--help").text
        return re.findall(r"^  ([a-z]+)  +\S", overview.split("Commands\n")[1], re.MULTILINE)

    def known_options(self) -> set[str]:
        folder = cli_case.ROOT / "scripts"
        paths = [*folder.glob("*.sh"), folder / "plot_accuracy.py"]
        scripts = (path.read_text(encoding="utf-8") for path in paths)
        texts = [*self.helps.values(), self.run_here("--help").text, *scripts]
        return {option for text in texts for option in OPTION.findall(text)}

    def test_every_option_that_is_named_exists(self):
        known = self.known_options()
        prose = re.sub(r"^```.*?^```", "", self.text, flags=re.MULTILINE | re.DOTALL)
        named = set()
        for span in re.findall(r"`([^`\n]+)`", prose):
            if span.startswith("-") or PROGRAM.match(span):
                named |= set(OPTION.findall(span))
        self.assertGreater(len(named), 5)
        self.assertEqual(named - known, set())

    def test_every_option_in_a_command_belongs_to_it(self):
        for line in shell_lines(self.text):
            for command in simple_commands(line):
                if not PROGRAM.match(command[0] + " ") or len(command) < 2:
                    continue
                known = set(OPTION.findall(self.helps.get(command[1], "")))
                for word in command[2:]:
                    for option in OPTION.findall(word.split("=")[0]):
                        self.assertIn(option, known, line)

    def test_every_command_is_understood(self):
        understood = 0
        for line in shell_lines(self.text):
            for command in simple_commands(line):
                if PROGRAM.match(command[0] + " "):
                    with self.subTest(command=command):
                        self.assertNotEqual(self.status_of(command[1:]), 2)
                    understood += 1
                elif command[0].startswith("./scripts/"):
                    path = cli_case.ROOT / command[0]
                    self.assertTrue(path.is_file() and path.stat().st_mode & 0o100, command[0])
                    understood += 1
        self.assertGreater(understood, 3)

    def status_of(self, arguments: list[str]) -> int | None:
        """Exit status in an empty folder, where most inputs are missing (3); none of a long run."""

        def limit() -> None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (ENOUGH_BYTES, ENOUGH_BYTES))

        try:
            return subprocess.run(
                cli_case.command(*arguments), cwd=self.folder, stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=limit,
                env=cli_case.environment(), timeout=ENOUGH_S, check=False,
            ).returncode
        except subprocess.TimeoutExpired:
            return None

    def test_what_its_sessions_show_is_what_is_printed(self):
        (self.folder / "build" / "analyzer").mkdir(parents=True)
        (self.folder / "build" / "analyzer" / "stream-analyzer").symlink_to(cli_case.binary)
        (self.folder / "datasets").symlink_to(cli_case.ROOT / "datasets")
        (self.folder / "out").mkdir()
        shown = 0
        for session in sessions(self.text):
            if not session.can_be_run():
                continue
            finished = subprocess.run(
                ["bash", "-c", session.command], cwd=self.folder, stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=cli_case.environment(),
                timeout=SESSION_TIMEOUT_S, check=False,
            )
            printed = finished.stdout.decode("utf-8")
            with self.subTest(command=session.command):
                if not re.fullmatch(session.pattern(), printed):
                    self.assertEqual(printed, session.printed)
            shown += session.printed != ""
        self.assertGreater(shown, 3)

    def test_every_command_of_the_program_is_listed(self):
        for name in self.helps:
            self.assertRegex(self.text, rf"`(?:stream-analyzer )?{name}\b")

    def test_the_columns_of_the_csv_are_all_explained_in_their_order(self):
        self.assertIn(",".join(cli_case.CSV_COLUMNS), self.text)
        for column in cli_case.CSV_COLUMNS:
            self.assertIn(f"`{column}`", self.text)

    def test_the_columns_of_the_error_table_are_all_explained(self):
        header = self.run_here(
            "accuracy", "--cardinality", "10", "--trials", "0", "--format", "csv"
        ).text.split("\n")[0]
        self.assertIn(header, self.text)
        rest = self.text.split(header)[1]
        for column in header.split(","):
            name = re.sub(r"^(p50|p95)_absolute_error$", r"\1_…", column)
            self.assertIn(f"`{name}`", rest)

    def test_the_reasons_of_rejects_stand_in_their_order(self):
        header = REJECT_HPP.read_text(encoding="utf-8")
        reasons = re.findall(r'"([^"]+)"', header.split("kRejectReasonNames{")[1].split("};")[0])
        self.assertEqual(len(reasons), 14)
        rest = self.text
        for reason in reasons:
            self.assertIn(reason, rest, f"{reason} is missing, or not in the documented order")
            rest = rest.split(reason, 1)[1]

    def test_the_exit_codes_of_the_help_are_listed(self):
        paragraph = self.helps["analyze"].split("Exit codes")[1].split("Examples")[0]
        codes = re.findall(r"(?<!\S)(\d+) [a-z]", paragraph)
        self.assertGreater(len(codes), 4)
        for code in codes:
            self.assertRegex(self.text, rf"(?m)^\W*`?{code}`?\W")

    def test_the_table_it_shows_is_the_one_that_is_printed(self):
        table = self.analyze(cli_case.SAMPLE, "-q", "--format", "table").text
        shown = set(self.text.split("\n"))
        for line in table.splitlines():
            self.assertIn(line, shown)


if __name__ == "__main__":
    cli_case.main()
