"""Hostile words: nothing that commands a terminal, a page or a spreadsheet comes out of any command as it went in."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sqlite3
from pathlib import Path

import pytest
from rich.table import Table
from rich.text import Text

from ex99.cli import output
from ex99.cli.screen import Screen, dump_json, show_controls
from tests.ex99.conftest import CIK, Cli

HOSTILE = "Wex\x1b]0;owned\x07\x1b[2J\x9b31m\u202egpj.exe\u2066 </script><script>alert(1)</script>"
FORMULA = "=cmd|' /C calc'!A0"
BAD = set("\x1b\x07\x9b\u202e\u2066")


@pytest.fixture
def hostile(filled: Path, surroundings: Path) -> Path:
    """An archive whose company and headlines are hostile."""
    folder = surroundings / "ex99-archive"
    shutil.copytree(filled, folder)
    with sqlite3.connect(folder / "archive.db") as connection:
        connection.execute("UPDATE company SET name = ?", (HOSTILE,))
        connection.execute("UPDATE filing_filer SET name = ?", (HOSTILE,))
        connection.execute("UPDATE release SET headline = ?, company_name = ?", (HOSTILE, HOSTILE))
        connection.execute("UPDATE release_text SET headline = ?, body = body || ?", (HOSTILE, HOSTILE))
        connection.execute("UPDATE figure SET source_row = ?", (FORMULA,))
        connection.execute("UPDATE figure SET value = '-12.5' WHERE position = 0")
    connection.close()
    return folder


COMMANDS = [
    ["query", "filings"], ["query", "releases"], ["query", "figures"], ["query", "guidance"], ["query", "passages"],
    ["search", "revenue"], ["series", CIK, "revenue"], ["panel"], ["restatements"], ["status"], ["plot", CIK, "revenue"], ["verify"],
    ["surprise"], ["show"],
]  # fmt: skip


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: " ".join(map(str, words)))
@pytest.mark.parametrize("form", ["", "--json", "--csv"])
def test_no_command_passes_controls_on(cli: Cli, hostile: Path, words: list[object], form: str) -> None:
    if words == ["show"]:
        words = ["show", json.loads(cli("query", "releases", "--json").out.splitlines()[0])["accession"]]
    ran = cli(*words, *([form] if form else []))
    assert ran.code in (0, 1, 2)
    assert not BAD & set(ran.out + ran.err)
    if form == "--json" and words[:2] == ["query", "filings"]:
        assert json.loads(ran.out.splitlines()[0])["company"] == HOSTILE


def test_file_names_and_arguments(cli: Cli, surroundings: Path) -> None:
    name = "page\x1b[31m\u202e.txt"
    Path(name).write_bytes(b"%PDF-1.4")
    for words in (["parse", name], ["import", name], ["parse", name + "?"], ["show", name], ["series", name, "revenue"], [name]):
        ran = cli(*words)
        assert ran.code
        assert not BAD & set(ran.out + ran.err), words


def test_styles_are_kept_where_words_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    screen = Screen(file=stream, force_terminal=True, color_system="standard", width=60)
    table = Table("name")
    table.add_row(Text(HOSTILE[:30], style="red"))
    screen.print(table)
    screen.print(Text("plain \x1b[2J", style="bold"))
    said = stream.getvalue()
    assert "\x1b[31m" in said
    assert "␛[2J" in said
    assert "\x1b[2J" not in said
    assert "\x1b]0;" not in said


def test_offsets_hold_and_json_loses_nothing() -> None:
    assert len(show_controls(HOSTILE)) == len(HOSTILE)
    assert show_controls("a\tb\nc – é") == "a\tb\nc – é"
    assert json.loads(dump_json({"name": HOSTILE + "\u2028"})) == {"name": HOSTILE + "\u2028"}
    assert not BAD & set(dump_json(HOSTILE))


def test_a_page_with_a_plot_runs_no_words(cli: Cli, hostile: Path) -> None:
    pytest.importorskip("altair")
    ran = cli("plot", CIK, "revenue", "-o", "x.html")
    assert ran.code == 0, ran.err
    page = Path("x.html").read_text(encoding="utf-8")
    assert "<script>alert(1)" not in page
    assert "\\u003c/script>\\u003cscript>alert(1)" in page


def test_no_spreadsheet_takes_a_text_for_a_formula(cli: Cli, hostile: Path) -> None:
    plain = list(csv.reader(io.StringIO(cli("query", "figures", "--csv").out)))
    safe = list(csv.reader(io.StringIO(cli("query", "figures", "--excel-safe").out)))
    place = plain[0].index("source_row")
    assert {row[place] for row in plain[1:]} == {FORMULA}
    assert {row[place] for row in safe[1:]} == {"'" + FORMULA}
    values = plain[0].index("value")
    assert [row[values] for row in safe] == [row[values] for row in plain]
    assert any(row[values].startswith("-") for row in plain[1:])
    assert cli("export", "tables", "--format", "csv", "--table", "figures", "--excel-safe").code == 0
    text = Path("tables/figures.csv").read_text()
    assert f",'{FORMULA}," in text
    assert cli("export", "others", "--excel-safe").code == 2
    assert output.Format.SAFE_CSV.is_csv
