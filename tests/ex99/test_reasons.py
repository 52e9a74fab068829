"""`ex99 why`: from a number to its words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ex99.api import Archive
from ex99.cli.reasons import mark_words
from ex99.showing import read_reasons
from tests.ex99.conftest import CIK, Cli


def test_a_figure_leads_to_its_line_and_its_page(archive: Archive) -> None:
    release = next(r for r in archive.releases(CIK, kind="results"))
    reasons = read_reasons(archive.storage, release.accession, "revenue")
    assert reasons
    for reason in reasons:
        assert reason.figure.accession == release.accession
        assert " ".join(reason.figure.source.text.split()) in reason.context
        assert reason.url.endswith(f"/{release.accession.compact}/{release.filename}")
        assert all(" ".join(words.text.split()) in words.context for words in reason.mentions)


def test_a_company_means_its_latest_release_or_the_first_of_a_period(archive: Archive) -> None:
    figures = list(archive.figures(CIK, metric="revenue", duration="quarter"))
    assert {r.figure.accession for r in read_reasons(archive.storage, str(CIK), "revenue")} == {figures[-1].accession}
    first = figures[0]
    asked = read_reasons(archive.storage, "wexcombe", "revenue", period_end=first.period_end, duration="quarter")
    assert {reason.figure.accession for reason in asked} == {first.accession}
    later = [figure for figure in figures[1:] if figure.period_end == first.period_end]
    assert [other.accession for other in asked[0].others] == [figure.accession for figure in later]


def test_the_command_tells_where_it_was_read(cli: Cli, filled: Path) -> None:
    ran = cli("why", "wexcombe", "revenue", "-a", filled)
    assert ran.code == 0
    assert "https://www.sec.gov/Archives/edgar/data/" in ran.out
    assert "read from" in ran.out
    told = [json.loads(line) for line in cli("why", "wexcombe", "revenue", "-a", filled, "--json").out.splitlines()]
    assert all(line["figure"]["source"]["text"] and line["url"] for line in told)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["wexcombe", "turnover"], "did you mean revenue"),
        (["nobody", "revenue"], "the archive holds no company 'nobody'"),
        (["wexcombe", "revenue", "--period", "1999-12-31"], "reports no revenue for a period that ended on 1999-12-31"),
        (["9999999999-24-000001", "revenue"], "reports no revenue"),
    ],
)
def test_mistakes_are_told(cli: Cli, filled: Path, arguments: list[str], words: str) -> None:
    ran = cli("why", *arguments, "-a", filled)
    assert ran.code == 2
    assert words in ran.err


def test_long_lines_are_cut_around_the_words() -> None:
    line = "word " * 100 + "$4.1 million" + " more" * 100
    text = mark_words(line, "$4.1\nmillion")
    assert len(text) < 200
    (span,) = text.spans
    assert text.plain[span.start : span.end] == "$4.1 million"
