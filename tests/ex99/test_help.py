"""Help cannot rot: every command has help, an example, and a place in docs/commands.md."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from ex99.cli import app
from ex99.cli.app import ORDER
from tests.ex99.conftest import Cli

DOCS = Path(__file__).parents[2] / "docs" / "commands.md"


def walk(command: Any, path: str) -> Iterator[tuple[str, Any]]:
    yield path, command
    for name, inner in getattr(command, "commands", {}).items():
        yield from walk(inner, f"{path} {name}")


COMMANDS = [(path, command) for path, command in walk(get_command(app), "ex99") if path != "ex99"]


def test_all_commands_are_there() -> None:
    expected = {
        "crawl", "import", "status", "query", "query filings", "query releases", "query figures", "query guidance", "query passages",
        "show", "parse", "reparse", "series", "search", "verify", "audit",
        "db", "db upgrade", "db current", "serve-replica", "demo", "doctor",
        "version",
    }  # fmt: skip
    assert {path.removeprefix("ex99 ") for path, _ in COMMANDS} >= expected


@pytest.mark.parametrize(("path", "command"), COMMANDS, ids=[path for path, _ in COMMANDS])
def test_each_command_teaches(path: str, command: Any) -> None:
    assert len(command.help or "") > 20, "no help"
    examples = re.findall(r"\$ (ex99 .*)", command.epilog or "")
    assert any(example.startswith(path) for example in examples), "no example of its own"
    for parameter in command.params:
        assert getattr(parameter, "help", None), f"{parameter.name} has no help"


@pytest.mark.parametrize("path", [path for path, _ in COMMANDS])
def test_each_command_is_documented(path: str) -> None:
    headings = re.findall(r"^#+ `(ex99[^`]*)`", DOCS.read_text(encoding="utf-8"), re.MULTILINE)
    assert path in headings


@pytest.mark.parametrize(("path", "command"), COMMANDS, ids=[path for path, _ in COMMANDS])
def test_each_option_is_documented(path: str, command: Any) -> None:
    text = DOCS.read_text(encoding="utf-8")
    for parameter in command.params:
        options = [option for option in (*parameter.opts, *parameter.secondary_opts) if option.startswith("--")]
        assert not options or any(re.search(rf"{option}(?![a-z-])", text) for option in options), f"{options} of {path} are not on the page"


@pytest.mark.parametrize("path", [path for path, _ in COMMANDS])
def test_help_is_shown(cli: Cli, path: str) -> None:
    ran = cli(*path.split()[1:], "--help")
    assert ran.code == 0
    assert "Examples" in ran.out


@pytest.mark.parametrize("path", ["", "query", "db"])
def test_without_a_command_the_help_is_all(cli: Cli, path: str) -> None:
    ran = cli(*path.split())
    assert ran.code == 2
    assert "Usage: ex99" in ran.out
    assert ran.err == ""


def test_the_help_lists_what_comes_first_first(cli: Cli) -> None:
    listed = re.findall(r"^│ ([a-z-]+) {2,}[A-Z]", cli("--help").out, re.MULTILINE)
    assert listed == list(ORDER)


@pytest.mark.parametrize(("path", "command"), COMMANDS, ids=[path for path, _ in COMMANDS])
def test_examples_are_told_from_their_meaning(path: str, command: Any) -> None:
    for line in (command.epilog or "").splitlines()[1:]:
        assert "  " not in line.partition("  [dim]#")[0], line


def test_quick_commands_load_no_slow_library(filled: Path) -> None:
    commands = [["--help"], ["status"], ["query", "figures"], ["series", "9990431", "revenue"], ["search", "revenue"], ["doctor"]]
    slow = (
        "scrapy",
        "twisted",
        "lxml",
        "bs4",
        "pandas",
        "polars",
        "numpy",
        "duckdb",
        "pyarrow",
        "altair",
        "ex99.parsing.release",
        "ex99.replica",
    )
    code = f"""
import sys
from ex99.cli import run
for command in {commands}:
    run([*command, *([] if command[0] in ("--help", "doctor") else ["--archive", {str(filled)!r}])])
    print("loaded", [name for name in {slow} if name in sys.modules], file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=DOCS.parents[1])
    assert [line for line in done.stderr.splitlines() if line.startswith("loaded")] == ["loaded []"] * len(commands)


def test_documented_examples_use_known_commands_and_options() -> None:
    known = {path: {o for p in command.params for o in (*p.opts, *p.secondary_opts)} for path, command in COMMANDS}
    text = DOCS.read_text(encoding="utf-8")
    lines = re.findall(r"^\$ (?:[A-Z0-9_]+=\S+ )*(ex99 [^|>#\n]*)", text, re.MULTILINE)
    assert len(lines) > 30
    for line in lines:
        path = max((path for path in known if f"{line} ".startswith(f"{path} ")), key=len, default=None)
        assert path, line
        for option in re.findall(r"(?<=\s)(--?[a-z][a-z-]*)", re.sub(r"'[^']*'", "WORDS", line)):
            assert option in known[path], f"{option} in: {line}"


@pytest.mark.parametrize(("path", "command"), COMMANDS, ids=[path for path, _ in COMMANDS])
def test_many_options_stand_in_panels(path: str, command: Any) -> None:
    """A command of more than ten options groups them: three at most stand apart from every panel."""
    options = [parameter for parameter in command.params if parameter.param_type_name == "option"]
    apart = [option.opts[0] for option in options if not option.rich_help_panel]
    assert len(options) <= 10 or len(apart) <= 3, apart
