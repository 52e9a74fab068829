"""Tables fit any width with one line a row; and what a terminal is shown."""

from __future__ import annotations

import io
import os
import pty
import re
import subprocess
import sys
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

from ex99.cli.tables import Column, print_table
from ex99.cli.words import clip, count_of, exact_number, span_of
from tests.ex99.conftest import CIK, Cli

ROOT = Path(__file__).parents[2]
_CODES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


@dataclass(frozen=True)
class Line:
    day: str
    company: str
    note: str
    words: str


COLUMNS: list[Column[Line]] = [
    Column("day", lambda line: line.day),
    Column("company", lambda line: line.company, least=10, rank=1, hide="same"),
    Column("note", lambda line: line.note, hide="empty"),
    Column("words", lambda line: line.words, least=8, rank=2),
]
LINES = [
    Line("2007-04-24", "Wexcombe Optics", "", "a rather long sentence of many words"),
    Line("2008-04-24", "Tarnwell Glass", "", "[bold]few[/bold]"),
]


def draw(width: int, lines: list[Line]) -> list[str]:
    console = Console(width=width, file=io.StringIO(), markup=False)
    print_table(console, COLUMNS, lines)
    return console.file.getvalue().splitlines()  # type: ignore[attr-defined]


@pytest.mark.parametrize("width", [12, 24, 40, 80, 10_000])
def test_one_line_a_row_at_any_width(width: int) -> None:
    drawn = draw(width, LINES)
    assert len(drawn) == 4
    assert all(cell_len(line) <= width and line == line.rstrip() for line in drawn)


def test_what_does_not_fit_is_shortened_then_left_out() -> None:
    assert draw(80, LINES)[0].split() == ["day", "company", "words"]
    assert "few" in draw(80, LINES)[3]
    assert "[bold]" in draw(80, LINES)[3], "a filer's brackets are text"
    assert "…" in draw(40, LINES)[2]
    assert draw(24, LINES)[0].split() == ["day", "company"]
    assert draw(12, LINES)[0].split() == ["day"]


def test_what_says_nothing_is_hidden() -> None:
    same = [LINES[0], Line("2008-01-01", "Wexcombe Optics", "", "x")]
    drawn = draw(80, same)
    assert drawn[0] == "Wexcombe Optics"
    assert drawn[1].split() == ["day", "words"]
    noted = draw(80, [Line("2008-01-01", "Tarnwell Glass", "why", "x")])
    assert noted[0].split() == ["day", "company", "note", "words"], "one row alone says its company in the row"


def look(arguments: str, width: int, folder: Path) -> list[str]:
    """What a terminal of this width is sent, line by line, colours taken off."""
    master, slave = pty.openpty()
    command = f"stty cols {width} rows 50; exec {sys.executable} -m ex99 {arguments}"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("EX99_") and name != "COLUMNS"}
    environment |= {"PYTHONPATH": str(ROOT), "TERM": "xterm-256color"}
    with subprocess.Popen(["sh", "-c", command], stdin=slave, stdout=slave, stderr=slave, cwd=folder, env=environment) as child:
        os.close(slave)
        pieces = []
        while True:
            try:
                piece = os.read(master, 65536)
            except OSError:
                break
            if not piece:
                break
            pieces.append(piece)
        child.wait(60)
    os.close(master)
    text = b"".join(pieces).decode()
    assert child.returncode == 0, text
    assert "\x1b[" in text, "a terminal gets colours"
    return [_CODES.sub("", line) for line in text.splitlines()]


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize(
    "arguments",
    ["query filings", "query releases", "query figures --limit 30", "query guidance", f"series {CIK} revenue --plot", "query passages"],
)
def test_tables_keep_to_the_columns_that_are_told(
    cli: Cli, filled: Path, arguments: str, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    ran = cli(*arguments.split(), "-a", filled)
    lines = ran.out.splitlines()
    assert len(lines) > 3
    if not arguments.endswith("passages"):  # a pipe gets a passage's heading on one line
        assert not [line for line in lines if cell_len(line) > width]


def test_a_real_terminal(filled: Path) -> None:
    for arguments in (f"series {CIK} revenue --plot", "query passages"):
        lines = look(f"{arguments} -a {filled}", 80, filled)
        assert len(lines) > 20
        assert not [line for line in lines if cell_len(line) > 80]


def test_words() -> None:
    assert exact_number(Decimal("4085000")) == "4,085,000"
    assert exact_number(Decimal("-0.1"), "USD/share") == "-0.10"
    assert exact_number(Decimal("-1234567.5")) == "-1,234,567.5"
    assert exact_number(Decimal("3"), "USD/share") == "3.00"
    assert exact_number(None) == ""
    assert clip("one  two\nthree", 20) == "one two three"
    assert clip("one two three four", 10) == "one two…"
    assert clip("x" * 30, 10) == "x" * 9 + "…"
    assert count_of(1, "filing") == "1 filing"
    assert count_of(2000, "company", "companies") == "2,000 companies"
    assert [span_of(seconds) for seconds in (4.25, 200, 7500)] == ["4.2 s", "3 min 20 s", "2 h 5 min"]


def test_a_terminal_without_unicode(filled: Path) -> None:
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    for arguments in (["series", str(CIK), "revenue", "--plot"], ["query", "passages", "--json"], ["--help"]):
        command = [sys.executable, "-m", "ex99", *arguments, *(["-a", str(filled)] if len(arguments) > 1 else [])]
        done = subprocess.run(command, capture_output=True, env=environment, check=True)
        assert done.stdout.isascii()
        assert len(done.stdout.splitlines()) > 10
