"""`ex99 audit` and `--min-grade` on an archive with a past."""

import json
from pathlib import Path

import pytest

from ex99.api import Archive, open_archive
from tests.ex99.conftest import NAME, Cli
from tests.ex99.histories import SPLITTER


def test_what_to_look_at_is_listed_with_counts_and_exit_code_1(cli: Cli, past: Path) -> None:
    ran = cli("audit", SPLITTER, "-a", past, "--limit", 0)
    assert ran.code == 1
    assert "has no net_income or net_income_to_common, eps_basic" in ran.out
    assert "20 core_missing: a results release whose reported quarter" in ran.err
    assert "4 differs" in ran.err


def test_programs_read_entries_as_lines(cli: Cli, past: Path) -> None:
    ran = cli("audit", "-a", past, "--kind", "differs", "--json")
    entries = [json.loads(line) for line in ran.out.splitlines()]
    assert ran.code == 1
    assert {(e["kind"], e["metric"]) for e in entries} >= {("differs", "revenue")}
    assert all(e["accession"] != e["other_accession"] for e in entries)
    header = cli("audit", "-a", past, "--kind", "differs", "--csv").out.splitlines()[0]
    assert header.startswith("kind,cik,company,accession")


def test_nothing_to_look_at_is_exit_code_0(cli: Cli, past: Path) -> None:
    ran = cli("audit", "-a", past, "--kind", "parse_failed")
    assert (ran.code, ran.out) == (0, "")
    assert "nothing to look at" in ran.err


def test_an_unknown_kind_is_told(cli: Cli, past: Path) -> None:
    ran = cli("audit", "-a", past, "--kind", "holes")
    assert ran.code == 2
    assert "hole" in ran.err


@pytest.fixture(scope="module")
def graded(submissions: Path, tmp_path_factory: pytest.TempPathFactory) -> Archive:
    archive = open_archive(tmp_path_factory.mktemp("graded") / "archive")
    archive.import_(submissions)
    return archive


def test_figures_and_series_at_least_so_sure(graded: Archive) -> None:
    counts = [len(graded.figures(min_grade=grade)) for grade in ("a", "B", "C", None)]
    assert 0 < counts[0] < counts[1] <= counts[2] == counts[3]
    assert {row.grade for row in graded.figures(min_grade="B")} == {"A", "B"}
    points = list(graded.series(NAME, "revenue", min_grade="A"))
    assert points
    assert {point.grade for point in points} == {"A"}


def test_an_unknown_grade_is_told(cli: Cli, past: Path) -> None:
    ran = cli("query", "figures", "--min-grade", "D", "-a", past)
    assert ran.code == 2
    assert "known: A, B, C" in ran.err
