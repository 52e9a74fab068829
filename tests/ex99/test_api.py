"""The Python API: `from ex99 import open_archive`."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

import ex99
from ex99 import ExhibitFacts, Rows, UserError, open_archive
from ex99.api import Archive
from ex99.filings.identifiers import Cik
from tests.ex99.conftest import CIK
from tests.ex99.test_import import RELEASE


def test_an_archive_is_made_at_first_use(surroundings: Path) -> None:
    with open_archive("deep/archive") as archive:
        assert len(archive.filings()) == 0
        assert archive.status().filings == 0
    assert Path("deep/archive/archive.db").exists()
    with pytest.raises(UserError, match="there is no archive in nowhere"):
        open_archive("nowhere", create=False)
    assert not Path("nowhere").exists()


def test_the_default_is_the_settings_archive(surroundings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EX99_ARCHIVE", "mine")
    with open_archive() as archive:
        assert "mine" in repr(archive)
    assert Path("mine/archive.db").exists()


def test_rows_of_every_kind(archive: Archive) -> None:
    filings = archive.filings(CIK)
    assert isinstance(filings, Rows)
    assert {row.ciks for row in filings} == {(Cik(CIK),)}
    assert [row.accession for row in archive.filings(limit=2)] == [row.accession for row in filings[:2]]
    assert archive.companies().first().cik == CIK
    releases = archive.releases("wexcombe", kind="results", since=dt.date(2008, 1, 1))
    assert releases
    assert all(row.filing_date.year >= 2008 for row in releases)
    figures = archive.figures(metric=["revenue", "net_income"], duration="quarter", comparative=False)
    assert {row.metric for row in figures} == {"revenue", "net_income"}
    assert isinstance(figures.first().value, Decimal)
    assert archive.passages(kind="safe_harbor").first().source.text
    assert isinstance(archive.guidance(), Rows)
    assert archive.search("quarter", limit=2)[0].snippet
    assert list(archive.verify()) == []
    assert archive.reparse().parsed == 0


def test_the_text_holds_every_source(archive: Archive) -> None:
    release = archive.releases(kind="results").first()
    text = archive.text(release.accession)
    sources = [row.source for row in archive.figures(accession=release.accession)]
    sources += [row.source for row in archive.passages(accession=release.accession)]
    assert sources
    assert all(text[source.start : source.end] == source.text for source in sources)


def test_a_series_is_rows_and_more(archive: Archive) -> None:
    series = archive.series(CIK, "revenue")
    assert isinstance(series, Rows)
    assert series.company.cik == CIK
    assert series.series.metric == "revenue"
    assert len(series) == len(series.series.points)
    assert archive.series(CIK, "eps_diluted", duration="quarter")


def test_frames(archive: Archive) -> None:
    pandas = pytest.importorskip("pandas")
    polars = pytest.importorskip("polars")
    figures = archive.figures(metric="revenue")
    frame = figures.to_pandas()
    assert len(frame) == len(figures)
    assert str(frame["period_end"].dtype) == "datetime64[s]"
    assert isinstance(frame["value"][0], Decimal)
    assert frame["acceptance"].dt.tz is not None
    other = figures.to_polars()
    assert other.height == len(frame)
    assert other.schema["period_end"] == polars.Date
    assert isinstance(other.schema["value"], polars.Decimal)
    assert other["value"].sum() == sum(row.value for row in figures)
    points = archive.series(CIK, "revenue")
    assert points.to_polars()["value"].to_list() == [row.value for row in points]
    assert isinstance(points.to_pandas().set_index("period_end").index, pandas.DatetimeIndex)


def test_import_from_python(surroundings: Path) -> None:
    Path("release.txt").write_text(RELEASE)
    with open_archive("archive") as archive:
        report = archive.import_("release.txt", facts=ExhibitFacts(cik=Cik(9990777), filed=dt.date(2006, 7, 24)))
        assert (report.archived, report.skips) == (1, [])
        assert archive.import_(["release.txt"]).skips[0].code == "no_facts"
        assert archive.figures(9990777, metric="revenue", comparative=False)[0].value == Decimal("3600000")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"company": "NOPE"}, "the archive holds no company 'NOPE'"),
        ({"metric": "revenu"}, "'revenu' is no metric"),
        ({"since": "2008-13"}, "'2008-13' is no date"),
        ({"since": "2009", "until": "2008"}, "lies before"),
    ],
)
def test_wrong_use_raises(archive: Archive, arguments: dict[str, str], words: str) -> None:
    with pytest.raises(UserError, match=words):
        archive.figures(**arguments)  # type: ignore[arg-type]


PAGE = b"<p>WIDGET WORKS, INC.</p><p>NEWARK, April 23, 2020 - Revenue for the quarter ended March 31, 2020 was $12.3 million.</p>"


def test_bytes_are_parsed_without_an_archive() -> None:
    (figure,) = ex99.parse(PAGE).figures
    assert (figure.metric, figure.value, figure.source.text) == ("revenue", 12_300_000, "$12.3 million")
    with pytest.raises(ex99.ParseError) as raised:
        ex99.parse(b"%PDF-1.4 ...")
    assert raised.value.code == "pdf"
    with pytest.raises(UserError, match="'page' is no kind of document"):
        ex99.parse(PAGE, kind="page")
    with pytest.raises(UserError, match="not str"):
        ex99.parse(PAGE.decode())  # type: ignore[arg-type]


def test_as_many_documents_as_come_are_parsed_side_by_side() -> None:
    told = dict(ex99.parse_many(iter([PAGE, b"", PAGE]), jobs=2))
    assert [type(told[number]).__name__ for number in range(3)] == ["PressRelease", "ParseError", "PressRelease"]
    assert told[0] == told[2] == ex99.parse(PAGE)


def test_names_of_the_package() -> None:
    assert set(ex99.__all__) <= set(dir(ex99)) | {name for name in ex99.__all__ if getattr(ex99, name)}
    with pytest.raises(AttributeError):
        _ = ex99.nothing


def test_a_worker_loads_neither_database_nor_crawler() -> None:
    code = "import ex99.worker, parsing, sys; print(sorted(m for m in ('sqlalchemy', 'scrapy', 'typer') if m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
    assert done.stdout.strip() == "[]"


def test_a_script_without_a_guard_may_parse(filled: Path, surroundings: Path) -> None:
    script = surroundings / "script.py"
    script.write_text(f"from ex99 import open_archive\nwith open_archive({str(filled)!r}) as a:\n    print(a.reparse(workers=2).parsed)\n")
    environment = {"PYTHONPATH": str(Path(__file__).parents[2]), "PATH": "/usr/bin:/bin"}
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout == "0\n"


def test_companies_by_ticker_name_or_part(surroundings: Path) -> None:
    for number, name in enumerate(("Tarnwell Glass Corp", "Tarnwell Tools Inc", "Tarnwell")):
        Path(f"{number}.txt").write_text(RELEASE + f"{number}\n")
        with open_archive("archive") as archive:
            facts = ExhibitFacts(cik=Cik(9990777 + number), filed=dt.date(2006, 7, 24), company=name)
            archive.import_(f"{number}.txt", facts=facts)
    with open_archive("archive") as archive:
        assert archive.company("glass").cik == 9990777
        assert archive.company("tarnwell").cik == 9990779, "the exact name wins"
        with pytest.raises(UserError, match="'Tarnwel' fits 3 companies: ") as caught:
            archive.company("Tarnwel")
        assert caught.value.hint == "name one by its ticker or CIK"
        assert {row.ciks[0] for row in archive.filings(["glass", 9990778])} == {9990777, 9990778}
