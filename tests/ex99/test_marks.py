"""Marks in tables are explained below them, what is left out to fit is said, and implausible restatements are flagged beside splits."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from ex99.api import open_archive
from ex99.cli.marks import MARKS
from ex99.filings.release import FiscalPeriod
from ex99.storage.archive import Archive
from ex99.storage.series_model import Restatement
from ex99.storage.splits import find_multiple
from ex99.storage.writer import Writer
from tests.ex99.conftest import Cli
from tests.ex99.histories import SPLITTER, _publish
from tests.storage import made
from tests.storage.test_series import vintage


@pytest.fixture(scope="module")
def misread(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A company of which the archive holds two releases: the second makes a thousandth of what the first announced."""
    folder = tmp_path_factory.mktemp("misread") / "archive"
    folder.mkdir()
    with Archive.open(f"sqlite:///{folder / 'archive.db'}", str(folder / "blobs")) as archive:
        writer = Writer(archive)
        run = writer.start_parse("1")
        for number, (year, figures) in enumerate(
            [
                (2013, [("2013-12-31", "4100000", False), ("2012-12-31", "3900000", True)]),
                (2014, [("2014-12-31", "4300000", False), ("2013-12-31", "4100", True)]),
            ],
            start=1,
        ):
            told = [made.figure("revenue", value, end, printed=value, comparative=comparative) for end, value, comparative in figures]
            period = FiscalPeriod(year, 4, dt.date(year, 12, 31))
            _publish(writer, archive, run, (number, SPLITTER, "ACME ANVILS INC"), dt.date(year + 1, 1, 30), told, period)
    return folder


def test_a_change_to_a_multiple_is_implausible_and_a_split_is_not(cli: Cli, misread: Path, past: Path) -> None:
    ran = cli("restatements", SPLITTER, "-a", misread)
    assert "implausible: ÷1,000" in ran.out
    assert f"implausible: {MARKS['implausible'][1]}" in " ".join(ran.err.split())
    split = cli("restatements", SPLITTER, "-a", past)
    assert "split 7:1" in split.out
    assert "implausible" not in split.out + split.err
    assert "split: share counts moved" in split.err
    (row,) = [json.loads(line) for line in cli("restatements", SPLITTER, "-a", misread, "--json").out.splitlines()]
    assert row["note"] == "implausible: ÷1,000"


@pytest.mark.parametrize(
    ("before", "after", "note"),
    [
        ("100", "299", None),
        ("100", "300", "implausible: ×3.0"),
        ("-18", "-246", "implausible: ×14"),
        ("4085000", "4085", "implausible: ÷1,000"),
        ("41", "-41", "implausible: sign turned"),
        ("41", "-42", None),
        ("0", "5", None),
        ("5", "0", None),
    ],
)
def test_multiples(before: str, after: str, note: str | None) -> None:
    assert find_multiple(Restatement(dt.date(2023, 12, 31), "quarter", vintage(before, "2024-02-01"), vintage(after, "2025-02-01"))) == note


def test_the_marks_of_a_series_are_explained(cli: Cli, misread: Path, past: Path) -> None:
    ran = cli("series", SPLITTER, "revenue", "-a", misread)
    told = {line[:10]: line for line in reversed(ran.out.splitlines())}
    assert " c " in told["2012-12-31"]
    assert " ! " in told["2013-12-31"]
    assert "announced it is not in the archive" in " ".join(ran.err.split())
    restated = cli("series", SPLITTER, "revenue", "-a", past)
    assert "r: restated since first reported" in restated.err
    assert "c: " not in restated.err
    with open_archive(misread, create=False) as archive:
        rows = archive.series(str(SPLITTER), "revenue")
        assert [(row.as_comparative, row.restated, row.note) for row in rows] == [
            (True, False, None),
            (False, True, "implausible: ÷1,000"),
            (False, False, None),
        ]


def test_a_panel_says_what_comes_from_a_comparative(cli: Cli, misread: Path) -> None:
    ran = cli("panel", "--metrics", "revenue", "-a", misread)
    told = {line.split()[3]: line for line in ran.out.splitlines()[2:]}
    assert "3,900,000 c" in told["2012-12-31"]
    assert "16:30:01 c" in told["2012-12-31"]
    assert " c" not in told["2014-12-31"]
    assert "4,100 !" in told["2013-12-31"]
    assert "c: from a later release's comparative" in ran.err


def test_no_column_is_dropped_without_a_word(cli: Cli, past: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    ran = cli("series", SPLITTER, "revenue", "-a", past)
    assert "0009999999-24-000005" in ran.out
    assert "left out to fit 80 columns: " in ran.err
    monkeypatch.setenv("COLUMNS", "60")
    assert "accession" in cli("series", SPLITTER, "revenue", "-a", past).err
    monkeypatch.delenv("COLUMNS")
    wide = cli("series", SPLITTER, "revenue", "-a", past)
    assert "words" in wide.out
    assert "left out" not in wide.err
