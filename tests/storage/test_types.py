"""Column types on both databases: exact decimals that keep order and value, instants in New York's clock."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import insert, select

from ex99.filings.filing import Filing
from ex99.storage import models, queries
from ex99.storage.archive import Archive
from ex99.storage.filters import FigureFilter
from ex99.storage.types import as_number, plain_digits
from ex99.storage.writer import Writer
from tests.storage import made
from tests.storage.test_queries import _save

VALUES = [
    "-123456789012345678901234567890.123456789", "-1000000000000", "-99.5", "-0.000001", "0", "0.0000001", "0.47", "9", "10", "100.25",
    "4085000", "99999999999999999999", "123456789012345678901234567890.5",
]  # fmt: skip


def test_decimals_come_back_exactly_and_in_order(archive: Archive, writer: Writer) -> None:
    figures = [made.figure(value=value, printed="1", end=None) for value in reversed(VALUES)]
    _save(archive, writer, 1, "2024-02-01", "one", figures=tuple(figures))
    assert [f"{row.value:f}" for row in queries.list_figures(archive)] == [plain_digits(Decimal(v)) for v in reversed(VALUES)]
    with archive.connect() as connection:
        ordered = list(connection.scalars(select(models.Figure.c.value).order_by(as_number(models.Figure.c.value))))
        equal = list(connection.scalars(select(models.Figure.c.value).where(models.Figure.c.value == Decimal("0.4700"))))
    assert ordered == [Decimal(v) for v in VALUES]
    assert equal == [Decimal("0.47")]
    between = queries.list_figures(archive, FigureFilter(value_from=Decimal("-99.5"), value_until=Decimal(10)))
    assert sorted(row.value for row in between) == [Decimal(v) for v in VALUES[2:9]]


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1E+101", "1E-101", "1" * 101])
def test_what_is_no_figure_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match=r"no (number|figure)"):
        plain_digits(Decimal(value))


def test_equal_decimals_are_one_text() -> None:
    assert {plain_digits(Decimal(v)) for v in ("-0", "0.000", "0E+5")} == {"0"}
    assert {plain_digits(Decimal(v)) for v in ("4100000", "4.1E6", "4100000.00")} == {"4100000"}


@pytest.mark.parametrize(
    "moment", ["2024-11-03T01:30:00-04:00", "2024-11-03T01:30:00-05:00", "2024-03-10T03:00:00-04:00", "1996-01-02T00:00:00-05:00"]
)
def test_instants_survive_the_change_of_clocks(archive: Archive, writer: Writer, moment: str) -> None:
    instant = dt.datetime.fromisoformat(moment)
    writer.save_submission(made.submission(made.filing(acceptance=instant)))
    (row,) = queries.list_filings(archive)
    assert row.acceptance is not None
    assert row.acceptance.isoformat() == moment
    assert str(row.acceptance.tzinfo) == "America/New_York"


def test_naive_instants_are_refused(archive: Archive, writer: Writer) -> None:
    naive: Filing = made.filing(acceptance=dt.datetime(2024, 2, 1))  # noqa: DTZ001
    with pytest.raises(Exception, match="no time zone"):
        writer.save_submission(made.submission(naive))
    assert list(queries.list_filings(archive)) == []


def test_closed_vocabularies_are_checked_by_the_database(archive: Archive) -> None:
    row = {"accession": "x", "form": "8-K", "filing_date": dt.date(2024, 1, 1), "facts": "listing", "state": "lost", "failures": 0}
    with pytest.raises(Exception, match="ck_filing_state"), archive.begin() as connection:
        connection.execute(insert(models.Filing).values(row))
