"""The front door on real filings (EX99_CORPUS)."""

from __future__ import annotations

import json
import os
import shutil
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ex99 import reparse as service
from ex99.api import open_archive
from ex99.reparse import ParserChoice
from ex99.replica.daily import write_daily_feeds
from ex99.storage.filters import FilingFilter
from ex99.storage.queries import list_documents, list_filings
from tests.ex99.conftest import Cli

pytestmark = pytest.mark.corpus


@pytest.fixture(scope="module")
def corpus() -> Path:
    if "EX99_CORPUS" not in os.environ:
        pytest.skip("EX99_CORPUS is not set")
    return Path(os.environ["EX99_CORPUS"]).resolve()


@pytest.fixture(scope="module")
def real(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of every submission of the corpus."""
    folder = tmp_path_factory.mktemp("real") / "archive"
    with open_archive(folder) as archive:
        report = archive.import_(corpus / "filings")
        assert report.archived == len(list((corpus / "filings").iterdir()))
        assert report.skips == []
    return folder


def read_lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_typewriter_release_from_import_to_query(cli: Cli, corpus: Path) -> None:
    (exhibit,) = (corpus / "exhibits").glob("*_2005Q4.txt")
    ran = cli("import", exhibit, "--cik", "49728", "--filed", "2005-11-23")
    assert ran.code == 0, ran.err
    figures = read_lines(cli("query", "figures", "--cik", "49728", "--json").out)
    found = {(row["metric"], row["duration"], row["period_end"]): (Decimal(row["value"]), row["source"]["text"]) for row in figures}
    for duration, end in (("quarter", "2005-09-30"), ("quarter", "2004-09-30"), ("year", "2005-09-30"), ("year", "2004-09-30")):
        for metric in ("revenue", "net_income", "eps_basic", "eps_diluted"):
            value, words = found[metric, duration, end]
            assert words, (metric, duration, end)
            assert value
    assert found["net_income", "year", "2004-09-30"][0] < 0
    assert found["eps_diluted", "year", "2004-09-30"][0] == Decimal("-0.10")
    (harbor,) = read_lines(cli("query", "passages", "--cik", "49728", "--kind", "safe_harbor", "--json").out)
    assert harbor["source"]["text"].startswith("The foregoing")
    assert harbor["source"]["text"].endswith("Commission.")


def rows_of(folder: Path, version: str | None = None) -> list[object]:
    with open_archive(folder) as archive:
        figures = [replace(row, release_id=0) for row in archive.figures(parser_version=version, mentions=True)]
        passages = [replace(row, release_id=0) for row in archive.passages()] if version is None else []
        releases = [replace(row, id=0) for row in archive.releases(parser_version=version)]
    return [*figures, *passages, *releases]


def unlabelled(rows: list[Any]) -> list[Any]:
    """Rows without their fiscal labels: those are of the company's calendar, which the newest results tell."""
    return [replace(row, fiscal_year=None, fiscal_quarter=None) if hasattr(row, "fiscal_year") else row for row in rows]


def test_everything_parsed_again_gives_the_same_rows_and_versions_stay_apart(
    cli: Cli, real: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path(shutil.copytree(real, tmp_path / "archive"))  # the results of a parser that makes things up are no other test's
    before = rows_of(real)
    assert len(before) > 500
    again = cli("reparse", "--all", "--diff", "-a", real)
    assert "no differences" in again.out
    assert rows_of(real) == before
    with open_archive(real) as archive:
        version = archive.releases()[0].parser_version
    old = [replace(row, current=False) if hasattr(row, "current") else row for row in rows_of(real, version)]
    monkeypatch.setattr(sys, "path", [*sys.path, str(Path(__file__).resolve().parents[2])])
    monkeypatch.setattr(service, "ParserChoice", lambda: ParserChoice("next", "tests.ex99.fake_parsers:parse_next"))
    changed = cli("reparse", "--diff", "-a", real)
    assert changed.code == 0
    assert "  - revenue quarter " in changed.out
    assert "  + revenue quarter 2001-03-31: 5 USD" in changed.out
    assert unlabelled(rows_of(real, version)) == unlabelled(old)
    assert {row.parser_version for row in rows_of(real, "next")} == {"next"}  # type: ignore[attr-defined]


def test_every_exhibit_parses_or_says_why(cli: Cli, corpus: Path) -> None:
    files = sorted((corpus / "exhibits").iterdir())
    told = read_lines(cli("parse", "--json", *files).out)
    assert [record["file"] for record in told] == [str(file) for file in files]
    for record in told:
        assert "error" in record or record["headline"] is None or record["headline"]


def test_daily_feeds_import_to_the_same_archive(real: Path, corpus: Path, tmp_path: Path) -> None:
    """Made by the replica of the corpus: every filing, document, choice and byte as from the folder; acceptance times are not in a feed."""
    list(write_daily_feeds(corpus / "filings", tmp_path / "feeds"))
    told = []
    with open_archive(real, create=False) as folder, open_archive(tmp_path / "archive") as fed:
        report = fed.import_(tmp_path / "feeds", parse=False)
        assert report.skips == []
        for archive in (folder, fed):
            filings = list_filings(archive.storage, FilingFilter())
            documents = list_documents(archive.storage, FilingFilter())
            told.append(
                (
                    {(f.accession, f.form, f.filing_date, f.ciks, f.items, f.period_of_report, f.state) for f in filings},
                    {(d.accession, d.sequence, d.type, d.filename, d.description, d.sha256, d.rank) for d in documents},
                )
            )
    assert told[0] == told[1]


def test_a_split_is_adjusted_to_what_later_releases_print_in_both_directions(real: Path) -> None:
    """What was announced before a split is, in today's shares, what the releases after it print of the same period."""
    ratios: dict[str, set[Decimal]] = {"eps_diluted": set(), "shares_diluted": set()}
    with open_archive(real, create=False) as archive:
        for company in archive.companies():
            for metric, seen in ratios.items():
                today = {row.period_end: row for row in archive.series(company.cik, metric)}
                for row in archive.series(company.cik, metric, vintage="first", split_adjusted=True):
                    later = today[row.period_end]
                    if row.split_factor == 1 or later.accession == row.accession or not (later.note or "").startswith("split"):
                        continue
                    assert abs(row.value - later.value) < max(row.precision, later.precision), (company.cik, metric, row.period_end)
                    seen.add(row.split_factor or Decimal(0))
        assert Decimal(10) in ratios["eps_diluted"] & ratios["shares_diluted"]
