"""Every table that an archive answers with, as pandas, polars, Arrow and DuckDB; and the columns that research needs in each."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ex99.api import Archive, open_archive
from ex99.errors import UserError
from ex99.export.tables import TABLES
from ex99.rows import Rows
from tests.ex99.conftest import CIK, Cli
from tests.ex99.histories import SPLITTER

QUERIES: dict[str, Callable[[Archive], Rows[Any]]] = {
    **{name: lambda archive, name=name: archive.table(name) for name in TABLES},  # type: ignore[misc]
    "panel": lambda archive: archive.panel("revenue,eps_diluted"),
    "series": lambda archive: archive.series(CIK, "revenue"),
    "search": lambda archive: archive.search("revenue"),
    "restatements": lambda archive: archive.restatements(conflicts=True),
    "audit": lambda archive: archive.audit(),
    "verify": lambda archive: archive.verify(),
    "versions": lambda archive: archive.versions(),
}


@pytest.mark.parametrize("name", QUERIES)
def test_every_table_in_every_library(archive: Archive, name: str) -> None:
    pa = pytest.importorskip("pyarrow")
    pytest.importorskip("duckdb")
    rows = QUERIES[name](archive)
    count = len(rows)
    arrow, pandas, polars, relation = rows.to_arrow(), rows.to_pandas(), rows.to_polars(), rows.to_duckdb()
    assert isinstance(arrow, pa.Table)
    assert (arrow.num_rows, len(pandas), polars.height, len(relation.fetchall())) == (count, count, count, count)
    assert arrow.column_names == list(pandas.columns) == polars.columns == relation.columns


def test_types_and_values_of_arrow_and_duckdb(archive: Archive) -> None:
    pa = pytest.importorskip("pyarrow")
    duckdb = pytest.importorskip("duckdb")
    rows = archive.figures(metric="revenue", comparative=False)
    table = rows.to_arrow()
    assert table.schema.field("value").type == pa.decimal128(38, 10)
    assert table.schema.field("acceptance").type == pa.timestamp("us", tz="America/New_York")
    assert (table.schema.field("cik").type, table.schema.field("filing_date").type) == (pa.int64(), pa.date32())
    assert table["value"].to_pylist() == [row.value for row in rows]
    with duckdb.connect() as connection:
        rows.to_duckdb(connection).create_view("figures")
        (total, cik) = connection.sql("SELECT sum(value), any_value(cik) FROM figures WHERE duration = 'quarter'").fetchall()[0]
    assert (total, cik) == (sum(row.value for row in rows if row.duration == "quarter"), CIK)


def test_a_number_of_too_many_digits_is_told(archive: Archive) -> None:
    pytest.importorskip("pyarrow")
    row = archive.figures().first()
    assert row is not None
    from dataclasses import replace

    rows = Rows(lambda: [replace(row, value=Decimal("1E+40"))], type(row))
    with pytest.warns(UserWarning, match="1 number"):
        assert rows.to_arrow()["value"].to_pylist() == [None]


@pytest.mark.parametrize(("library", "method", "extra"), [("pyarrow", "to_arrow", "export"), ("duckdb", "to_duckdb", "export")])
def test_a_missing_library_is_one_line(archive: Archive, library: str, method: str, extra: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(UserError, match=f"{library} is not installed") as caught:
        getattr(archive.figures(), method)()
    assert caught.value.hint == f"pip install 'ex99[{extra}]'"


@pytest.mark.parametrize("name", ["figures", "guidance", "passages", "texts", "releases", "filings"])
def test_rows_say_who_and_when_as_numbers_and_dates(archive: Archive, name: str) -> None:
    frame = archive.table(name).to_pandas()
    assert {"cik", "filing_date", "acceptance"} <= set(frame.columns)
    assert set(frame["cik"]) == {CIK}
    assert str(frame["cik"].dtype) == "Int64"
    if name != "filings":
        assert {"fiscal_year", "fiscal_quarter"} <= set(frame.columns)
        assert frame["fiscal_year"].dropna().between(2005, 2010).all()
        assert frame["fiscal_year"].notna().any()


def test_a_figure_has_the_fiscal_period_that_it_is_of(past: Path) -> None:
    with open_archive(past, create=False) as archive:
        told = archive.figures(company=int(SPLITTER), metric="revenue", mentions=True, accession="0009999999-24-000005")
        periods = {(row.comparative, row.period_end, row.fiscal_year, row.fiscal_quarter) for row in told}
    assert periods == {(False, dt.date(2011, 3, 31), 2011, 1), (True, dt.date(2010, 3, 31), 2010, 1)}


def test_texts_are_what_sources_point_into(cli: Cli, archive: Archive, filled: Path, surroundings: Path) -> None:
    texts = {row.document_id: row.text for row in archive.texts()}
    figures = list(archive.figures())
    assert figures
    for figure in figures:
        source = figure.source
        assert texts[figure.document_id][source.start : source.end] == source.text
    assert cli("export", "all", "-a", filled, "--format", "csv").code == 0
    assert not (surroundings / "all" / "texts.csv").exists()
    ran = cli("export", "texts.jsonl", "--table", "texts", "-a", filled)
    assert ran.code == 0, ran.err
    assert len((surroundings / "texts.jsonl").read_text().splitlines()) == len(texts)
    assert "canonical text of the release" in (surroundings / "texts.jsonl.md").read_text()


def test_an_unknown_table(archive: Archive) -> None:
    with pytest.raises(UserError, match="'figure' is no table"):
        archive.table("figure")
