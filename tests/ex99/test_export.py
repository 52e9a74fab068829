"""`ex99 export`: every format holds the rows of the archive exactly, whole or not at all, in bounded memory."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import json
import sys
import tracemalloc
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ex99.api import Archive, open_archive
from ex99.errors import UserError
from ex99.export import export_archive, sinks, write_rows
from ex99.export.columns import fits_decimal, list_columns
from ex99.export.dictionary import explain_columns
from ex99.export.meanings import TABLES as TABLE_MEANINGS
from ex99.export.tables import TABLES
from ex99.filings.metrics import METRICS
from ex99.flat import csv_value, flatten_row
from ex99.panel import check_keys, make_row_type
from tests.ex99.conftest import CIK, Cli
from tests.ex99.histories import GROCER


@pytest.fixture(scope="module")
def told(filled: Path) -> Archive:
    return open_archive(filled, create=False)


def rows_of(archive: Archive) -> list[dict[str, Any]]:
    return [{k: v for k, v in flatten_row(row).items() if k != "mentions"} for row in archive.figures()]


def test_csv_and_json_lines_hold_the_figures(told: Archive, tmp_path: Path) -> None:
    expected = rows_of(told)
    told.export(tmp_path / "c", form="csv", tables="figures")
    with (tmp_path / "c" / "figures.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.DictReader(file)) == [{k: csv_value(v) for k, v in row.items()} for row in expected]
    told.export(tmp_path / "figures.jsonl", form="jsonl", tables=["figures"], company=CIK)
    lines = [json.loads(line) for line in (tmp_path / "figures.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [Decimal(line["value"]) for line in lines] == [row["value"] for row in expected]
    assert {type(line["period_end"]) for line in lines} == {str}
    assert (tmp_path / "figures.jsonl.md").exists()
    assert (tmp_path / "figures.jsonl.datapackage.json").exists()


def test_parquet_has_dates_times_and_exact_decimals(told: Archive, tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    pa = pytest.importorskip("pyarrow")
    report = told.export(tmp_path / "tables")
    assert {written.table for written in report.tables} == set(TABLES) - {"texts"}
    table = pq.read_table(tmp_path / "tables" / "figures.parquet")
    expected = rows_of(told)
    assert table.num_rows == len(expected)
    assert table.schema.field("period_end").type == pa.date32()
    assert table.schema.field("acceptance").type == pa.timestamp("us", tz="America/New_York")
    assert table.schema.field("value").type == pa.decimal128(38, 10)
    assert table.schema.field("metric").metadata[b"description"].startswith(b"what is measured")
    found = table.to_pylist()
    for name in ("value", "period_end", "accession", "source_text", "ciks", "comparative", "source_table", "acceptance"):
        assert [row[name] for row in found] == [row[name] for row in expected], name
    points = pq.read_table(tmp_path / "tables" / "points.parquet").to_pylist()
    revenue = [p for p in points if (p["metric"], p["duration"]) == ("revenue", "quarter")]
    assert [p["value"] for p in revenue] == [row.value for row in told.series(CIK, "revenue")]


def test_a_duckdb_file_answers_queries(told: Archive, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    pytest.importorskip("pyarrow")
    told.export(tmp_path / "archive.duckdb", tables=["figures", "filings", "companies"])
    with duckdb.connect(str(tmp_path / "archive.duckdb"), read_only=True) as connection:
        ((count, total),) = connection.execute("SELECT count(*), sum(value) FROM figures WHERE metric = 'revenue'").fetchall()
        ((moment, day),) = connection.execute("SELECT max(acceptance), max(filing_date) FROM filings").fetchall()
        ((comment,),) = connection.execute(
            "SELECT comment FROM duckdb_columns() WHERE table_name = 'figures' AND column_name = 'basis'"
        ).fetchall()
    expected = list(told.figures(metric="revenue"))
    assert (count, total) == (len(expected), sum(row.value for row in expected))
    assert moment == max(row.acceptance for row in told.filings() if row.acceptance)
    assert isinstance(day, dt.date)
    assert comment == "gaap or nongaap"


def test_every_column_is_explained() -> None:
    for table in TABLES.values():
        assert TABLE_MEANINGS[table.name]
        explain_columns(table.name, list_columns(table.row_type, table.left_out))
    keys = check_keys([f"{metric.name}:{basis}" for metric in METRICS.values() for basis in metric.bases])
    meanings = explain_columns("panel", list_columns(make_row_type(tuple(keys))))
    assert meanings["eps_diluted_nongaap_first"] == "eps_diluted nongaap as first reported"
    assert meanings["acceptance"].startswith("when EDGAR accepted the filing that first reported the period")


def test_the_dictionary_stands_beside(told: Archive, tmp_path: Path) -> None:
    told.export(tmp_path / "c", form="csv", since="2008")
    package = json.loads((tmp_path / "c" / "datapackage.json").read_text(encoding="utf-8"))
    assert [resource["path"] for resource in package["resources"]] == [f"{name}.csv" for name in TABLES if name != "texts"]
    for resource in package["resources"]:
        with (tmp_path / "c" / resource["path"]).open(encoding="utf-8", newline="") as file:
            records = list(csv.reader(file))
        assert records[0] == [field["name"] for field in resource["schema"]["fields"]]
        assert len(records) == resource["rows"] + 1
    page = (tmp_path / "c" / "data-dictionary.md").read_text(encoding="utf-8")
    assert "* filed since: 2008-01-01" in page
    assert "| `period_end` | date | last day of the period" in page
    assert all(f"| `{metric}` |" in page for metric in METRICS)


def test_the_command(cli: Cli, past: Path, filled: Path) -> None:
    ran = cli("export", "out", "-a", filled, "--format", "csv", "--table", "figures,releases")
    assert (ran.code, ran.out) == (0, "")
    assert "figures" in ran.err
    again = cli("export", "out", "-a", filled, "--format", "csv", "--table", "figures")
    assert again.err.splitlines()[0].startswith("error: out/figures.csv exists")
    told = json.loads(cli("export", "out", "-a", filled, "-f", "csv", "-t", "figures", "--overwrite", "--json").out)
    assert told["tables"][0]["rows"] > 100
    for arguments, message in (
        (["out", "--format", "xlsx"], "'xlsx' is no format"),
        (["out.xlsx"], "out.xlsx: .xlsx is no format that ex99 writes"),
        (["out", "--table", "cells"], "'cells' is no table"),
        (["two.csv", "--format", "csv"], "two.csv can hold one table"),
        (["two.jsonl"], "two.jsonl can hold one table"),
    ):
        wrong = cli("export", *arguments, "-a", filled)
        assert (wrong.code, wrong.err.startswith(f"error: {message}")) == (2, True), wrong.err
    assert cli("export", "one.csv", "-t", "releases", "-a", filled).code == 0
    assert Path("one.csv").read_text(encoding="utf-8").startswith("id,document_id,")
    panel = cli("panel", "--metrics", "revenue", "-c", GROCER, "-a", past, "-o", "panel.csv")
    assert panel.code == 0
    assert Path("panel.csv").read_text().count("\n") == 9
    assert "panel.csv.md" in panel.err


def test_all_tables_are_of_one_moment(submissions: Path, tmp_path: Path) -> None:
    files = sorted(submissions.rglob("*.txt"))
    with open_archive(tmp_path / "archive") as archive:
        archive.import_(files[0])
        before = len(archive.filings())

        def fill(table: str, rows: int) -> None:
            if table == "companies":
                assert archive.import_(files[1], parse=False).archived

        export_archive(archive.storage, tmp_path / "out", form="csv", on_table=fill)
        assert len(archive.filings()) == before + 1
    with (tmp_path / "out" / "filings.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == before


def test_half_an_export_is_never_seen(told: Archive, tmp_path: Path) -> None:
    def broken() -> Iterator[Any]:
        yield told.companies()[0]
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError, match="went away"):
        write_rows(broken(), TABLES["companies"].row_type, "companies", tmp_path / "x.csv", archive=told.storage)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet", "duckdb"])
def test_memory_does_not_grow_with_the_rows(told: Archive, tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if ending in ("parquet", "duckdb"):
        pytest.importorskip("pyarrow")
        pytest.importorskip("duckdb")
    monkeypatch.setattr(sinks, "BATCH", 500)
    row = told.filings()[0]

    def peak(count: int) -> int:
        rows = (dataclasses.replace(row, id=number) for number in range(count))
        tracemalloc.start()
        try:
            write_rows(rows, type(row), "filings", tmp_path / f"{count}.{ending}", archive=told.storage)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(10)
    small, large = peak(600), peak(4_000)
    assert large < small * 1.5 + 500_000


def test_decimals_that_do_not_fit_are_counted_and_left_out(told: Archive, tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    rows = [
        dataclasses.replace(told.figures()[0], value=Decimal(text)) for text in ("1.00000000001", "9" * 29, "-0.0000000001", "9" * 28, "0")
    ]
    report = write_rows(rows, type(rows[0]), "figures", tmp_path / "x.parquet", archive=told.storage)
    assert report.tables[0].misfits == 2
    kept = [Decimal("-0.0000000001"), Decimal("9" * 28), Decimal(0)]
    assert pq.read_table(tmp_path / "x.parquet")["value"].to_pylist() == [None, None, *kept]
    assert fits_decimal(Decimal("1E+27"), 38, 10)
    assert not fits_decimal(Decimal("1E+28"), 38, 10)


def test_a_missing_library_is_said_in_one_line(told: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UserError, match="pyarrow is not installed") as caught:
        told.export(tmp_path / "p")
    assert "ex99[export]" in (caught.value.hint or "")
    assert not (tmp_path / "p").exists()
