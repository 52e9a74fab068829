import datetime as dt
import pickle
import re
from pathlib import Path

import pytest

import ex99.parsing as parsing
from ex99.filings.json_form import release_to_json
from ex99.filings.release import PARSE_WARNINGS, ParseError, PressRelease, Source
from ex99.parsing import PARSER_VERSION, parse_release, read_text
from tests.parsing.exhibits import PROSE_ONLY, STATEMENT

NOW, AGO = dt.date(2007, 9, 30), dt.date(2006, 9, 30)


def sources(release: PressRelease) -> list[Source]:
    """Every place that a release refers to."""
    found = [f.source for f in release.figures] + [m for f in release.figures for m in f.mentions]
    return found + [g.source for g in release.guidance] + [p.source for p in release.passages]


@pytest.fixture(scope="module")
def prose() -> PressRelease:
    return parse_release(PROSE_ONLY)


@pytest.fixture(scope="module")
def statement() -> PressRelease:
    return parse_release(STATEMENT)


def test_a_release_without_statements(prose: PressRelease) -> None:
    found = {(f.metric, f.duration, f.period_end): str(int(f.value)) for f in prose.figures if f.unit == "USD"}
    assert found == {
        ("net_income", "quarter", NOW): "73000", ("revenue", "quarter", NOW): "5200000",
        ("net_income", "quarter", AGO): "81000", ("revenue", "quarter", AGO): "6900000",
        ("net_income", "year", NOW): "412000", ("revenue", "year", NOW): "21300000",
        ("net_income", "year", AGO): "-1204000", ("revenue", "year", AGO): "24800000",
    }  # fmt: skip
    assert len(prose.figures) == 16
    assert {f.qualifier for f in prose.figures if f.unit == "USD/share"} == {"unmarked EPS"}


def test_its_fiscal_period_and_comparatives(prose: PressRelease) -> None:
    assert (prose.fiscal_period.year, prose.fiscal_period.quarter, prose.fiscal_period.end) == (2007, 4, NOW)
    assert {f.period_end for f in prose.figures if f.comparative} == {AGO}


def test_what_else_a_parse_tells(prose: PressRelease) -> None:
    assert prose.kind == "results"
    assert prose.parser_version == PARSER_VERSION
    assert len(prose.sha256) == 64
    assert prose.text == read_text(PROSE_ONLY)
    assert prose.dateline.date == dt.date(2007, 11, 20)


def test_a_statement_wins_over_rounded_prose(statement: PressRelease) -> None:
    (revenue,) = [f for f in statement.figures if f.metric == "revenue" and f.duration == "quarter" and not f.comparative]
    assert revenue.value == 412_318_000
    assert revenue.source.table is not None
    assert [m.text for m in revenue.mentions] == ["$412.3 million"]


def test_a_region_is_not_the_whole(statement: PressRelease) -> None:
    assert all(f.value != 101_000_000 for f in statement.figures)


@pytest.mark.parametrize("data", [PROSE_ONLY, STATEMENT])
def test_every_source_is_true(data: bytes) -> None:
    release = parse_release(data)
    assert sources(release)
    for source in sources(release):
        assert source.text == release.text[source.start : source.end]


@pytest.mark.parametrize("data", [PROSE_ONLY, STATEMENT])
def test_a_parse_depends_on_the_bytes_alone(data: bytes) -> None:
    assert parse_release(data) == parse_release(data)


def test_a_release_travels_between_processes(statement: PressRelease) -> None:
    assert pickle.loads(pickle.dumps(statement)) == statement


def test_each_figure_stands_once(statement: PressRelease) -> None:
    keys = [(f.metric, f.basis, f.duration, f.period_end) for f in statement.figures]
    assert len(keys) == len(set(keys))


def test_the_json_form(statement: PressRelease) -> None:
    answer = release_to_json(statement, "a.htm")
    assert answer["fiscal_period"] == {"year": 2017, "quarter": 3, "end": "2017-09-30"}
    assert all(isinstance(f["value"], str) for f in answer["figures"])


@pytest.mark.parametrize(("data", "code"), [(b"", "empty"), (b"  \n", "empty"), (b"%PDF-1.4 and more", "pdf")])
def test_bytes_that_are_no_release(data: bytes, code: str) -> None:
    with pytest.raises(ParseError) as caught:
        parse_release(data)
    assert caught.value.code == code


def test_every_warning_has_its_words() -> None:
    root = Path(parsing.__file__).parent
    used = {code for path in root.rglob("*.py") for code in re.findall(r'ParseWarning\(\s*"(\w+)"', path.read_text(encoding="utf-8"))}
    assert used == set(PARSE_WARNINGS)
