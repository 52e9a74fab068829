"""Rows: lazy, and as JSON, CSV, pandas and polars with right types."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest

from ex99.errors import UserError
from ex99.filings.filing import NEW_YORK
from ex99.filings.identifiers import AccessionNumber, Cik
from ex99.filings.json_form import jsonable
from ex99.flat import csv_value, flatten_row
from ex99.frames import column_kinds
from ex99.rows import Rows


@dataclass(frozen=True, slots=True)
class Place:
    start: int
    text: str | None


@dataclass(frozen=True, slots=True)
class Row:
    accession: AccessionNumber
    ciks: tuple[Cik, ...]
    day: dt.date | None
    accepted: dt.datetime | None
    value: Decimal | None
    count: int | None
    share: float | None
    current: bool | None
    source: Place


ROWS = [
    Row(AccessionNumber("0009990431-07-000001"), (Cik(9990431), Cik(9990432)), dt.date(2007, 4, 24),
        dt.datetime(2007, 4, 24, 16, 30, tzinfo=NEW_YORK), Decimal("4100000.25"), 3, 0.5, True, Place(10, "$4.1")),
    Row(AccessionNumber("0009990431-07-000002"), (), None, None, None, None, None, None, Place(0, None)),
    Row(AccessionNumber("0009990431-07-000003"), (Cik(9990431),), dt.date(1993, 1, 4), None,
        Decimal("-0.123456789012345678"), -7, None, False, Place(5, "x")),
]  # fmt: skip


def make_rows() -> tuple[Rows[Row], list[int]]:
    read: list[int] = []

    def stream() -> Iterator[Row]:
        for number, row in enumerate(ROWS):
            read.append(number)
            yield row

    return Rows(stream, Row), read


def test_rows_are_read_when_asked_for_and_no_further() -> None:
    rows, read = make_rows()
    assert read == []
    assert rows.first() == ROWS[0]
    assert read == [0]
    assert bool(rows)
    assert list(rows) == ROWS
    assert list(rows) == ROWS, "and anew each time"
    assert (len(rows), rows[1], rows[-1], rows[:2]) == (3, ROWS[1], ROWS[2], ROWS[:2])
    with pytest.raises(IndexError):
        rows[3]
    assert repr(rows).startswith("Rows[Row]\n  Row(")
    assert repr(Rows(lambda: (), Row)) == "Rows[Row] (none)"
    assert not Rows(lambda: (), Row)
    assert Rows(lambda: (), Row).first() is None


def test_json_keeps_decimals_exact_and_nesting() -> None:
    told = json.loads(json.dumps(jsonable(ROWS[0])))
    assert told["value"] == "4100000.25"
    assert told["ciks"] == [9990431, 9990432]
    assert told["accepted"] == "2007-04-24T16:30:00-04:00"
    assert told["source"] == {"start": 10, "text": "$4.1"}
    assert jsonable(ROWS[2])["value"] == "-0.123456789012345678"


def test_flat_rows() -> None:
    flat = flatten_row(ROWS[0])
    assert list(flat) == list(column_kinds(Row))
    assert flat["ciks"] == "9990431; 9990432"
    assert flat["source_start"] == 10
    assert [csv_value(value) for value in flatten_row(ROWS[1]).values()] == ["0009990431-07-000002", "", "", "", "", "", "", "", "0", ""]
    assert csv_value(True) == "true"


def test_column_kinds() -> None:
    assert column_kinds(Row) == {
        "accession": str, "ciks": str, "day": dt.date, "accepted": dt.datetime, "value": Decimal, "count": int, "share": float,
        "current": bool, "source_start": int, "source_text": str,
    }  # fmt: skip


def test_pandas() -> None:
    pandas = pytest.importorskip("pandas")
    frame = make_rows()[0].to_pandas()
    assert list(frame.columns) == list(column_kinds(Row))
    kinds = {name: str(kind) for name, kind in frame.dtypes.items()}
    assert kinds["day"] == "datetime64[s]"
    assert kinds["accepted"].endswith("America/New_York]")
    assert (kinds["count"], kinds["current"], kinds["value"]) == ("Int64", "boolean", "object")
    assert frame["value"].tolist()[0] == Decimal("4100000.25")
    assert frame["day"].tolist()[0] == pandas.Timestamp("2007-04-24")
    assert pandas.isna(frame["day"][1])
    assert frame["accepted"][0].isoformat() == "2007-04-24T16:30:00-04:00"
    empty = Rows(lambda: (), Row).to_pandas()
    assert (list(empty.columns), len(empty)) == (list(column_kinds(Row)), 0)


def test_polars() -> None:
    pl = pytest.importorskip("polars")
    frame = make_rows()[0].to_polars()
    assert frame.schema["day"] == pl.Date
    assert frame.schema["accepted"] == pl.Datetime("us", "America/New_York")
    assert frame.schema["value"] == pl.Decimal(38, 18)
    assert (frame.schema["count"], frame.schema["current"], frame.schema["share"]) == (pl.Int64, pl.Boolean, pl.Float64)
    assert frame["value"].to_list() == [Decimal("4100000.25"), None, Decimal("-0.123456789012345678")]
    assert frame["day"].to_list() == [dt.date(2007, 4, 24), None, dt.date(1993, 1, 4)]
    assert frame["accepted"][0].isoformat() == "2007-04-24T16:30:00-04:00"
    empty = Rows(lambda: (), Row).to_polars()
    assert (empty.columns, empty.height) == (list(column_kinds(Row)), 0)


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_missing_library_is_named(library: str, monkeypatch: pytest.MonkeyPatch) -> None:

    def refuse(name: str, *rest: Any) -> Any:
        raise ImportError(name)

    monkeypatch.setattr("ex99.extras.import_module", refuse)
    with pytest.raises(UserError) as caught:
        getattr(make_rows()[0], f"to_{library}")()
    assert caught.value.hint == f"pip install 'ex99[{library}]'"


def test_each_use_runs_its_query_once() -> None:
    reads = []

    def read() -> list[Row]:
        reads.append(1)
        return list(ROWS)

    rows = Rows(read, Row)
    uses: list[Callable[[], object]] = [
        lambda: list(rows), lambda: tuple(rows), lambda: sorted(rows, key=str), lambda: len(rows), rows.first, rows.to_dicts,
        lambda: bool(rows), lambda: rows[1], lambda: {str(row) for row in rows}, lambda: list(iter(rows)),
    ]  # fmt: skip
    for number, use in enumerate(uses, 1):
        use()
        assert len(reads) == number
    assert list(rows) == list(ROWS)
    walk = iter(rows)
    assert next(walk) == ROWS[0]
    assert len(rows) == len(ROWS)
    assert list(walk) == list(ROWS)[1:]
