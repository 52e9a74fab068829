"""Panels: the same points as the series, on both databases, by either way of reading; the same for any order of arrival."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ex99.filings.fiscal import Calendar, FiscalCalendar
from ex99.filings.identifiers import Cik
from ex99.filings.release import Figure, FiscalPeriod
from ex99.storage import queries, series
from ex99.storage.archive import Archive
from ex99.storage.filters import FilingFilter
from ex99.storage.histories import list_all_series
from ex99.storage.panel import CompanyHistory, MetricKey, PanelFilter, build_panel, list_panel
from ex99.storage.vintages import Vintage
from ex99.storage.writer import Writer
from tests.storage import made
from tests.storage.test_series import day, histories, vintage

REVENUE, CASH, EPS = MetricKey("revenue"), MetricKey("cash"), MetricKey("eps_diluted")
BOTH = PanelFilter(metrics=[REVENUE, CASH])


def publish(
    writer: Writer, archive: Archive, number: int, filed: str, figures: Sequence[Figure], period: FiscalPeriod, cik: Cik = made.ACME
) -> None:
    content = f"release {number}".encode()
    filing = made.filing(number, filed, ciks=[cik], acceptance=made.at(f"{filed}T16:30:{number:02d}"))
    filers = [made.filer(cik, "ACME ANVILS INC" if cik == made.ACME else "BOLT BOLTS CORP")]
    writer.save_submission(made.submission(filing, content, filers=filers))
    document = next(d for d in queries.list_documents(archive, FilingFilter(accessions=[filing.accession])) if d.rank == 0)
    writer.save_release(document.id, made.release(content, figures=tuple(figures), fiscal_period=period), writer.start_parse("1"))


def flow(end: str, thousands: int, **facts: object) -> Figure:
    return made.figure(value=str(thousands * 1000), end=end, printed=f"{thousands:,}", **facts)


def cash(end: str, thousands: int, **facts: object) -> Figure:
    return made.figure("cash", str(thousands * 1000), end, duration="instant", printed=f"{thousands:,}", **facts)


@pytest.fixture
def filled(archive: Archive, writer: Writer) -> Archive:
    """Two companies, one of which prints no fourth quarter, and restates its nine months later."""
    q1, q2, q3, q4 = "2023-03-31", "2023-06-30", "2023-09-30", "2023-12-31"
    told = [
        (1, "2023-05-02", [flow(q1, 100), cash(q1, 10)], FiscalPeriod(2023, 1, day(q1))),
        (2, "2023-08-02", [flow(q2, 110), flow(q2, 210, duration="half"), cash(q2, 11)], FiscalPeriod(2023, 2, day(q2))),
        (3, "2023-11-02", [flow(q3, 120), flow(q3, 330, duration="nine_months"), cash(q3, 12)], FiscalPeriod(2023, 3, day(q3))),
        (4, "2024-02-02", [flow(q4, 460, duration="year"), cash(q4, 13)], FiscalPeriod(2023, 4, day(q4))),
        (5, "2024-11-02", [flow(q3, 340, duration="nine_months", comparative=True)], FiscalPeriod(2024, 3, day("2024-09-30"))),
        (6, "2025-02-02", [cash(q4, 14, comparative=True)], FiscalPeriod(2024, 4, day("2024-12-31"))),
    ]
    for number, filed, figures, period in told:
        publish(writer, archive, number, filed, figures, period)
    publish(writer, archive, 7, "2024-02-20", [flow(q4, 900)], FiscalPeriod(2024, 1, day(q4)), made.BOLT)
    return archive


def test_rows_are_companies_and_periods(filled: Archive) -> None:
    rows = list(list_panel(filled, BOTH))
    assert [(r.cik, r.period_end.isoformat(), r.fiscal_year, r.fiscal_quarter, r.calendar_quarter) for r in rows] == [
        (made.ACME, "2023-03-31", 2023, 1, "2023Q1"),
        (made.ACME, "2023-06-30", 2023, 2, "2023Q2"),
        (made.ACME, "2023-09-30", 2023, 3, "2023Q3"),
        (made.ACME, "2023-12-31", 2023, 4, "2023Q4"),
        (made.BOLT, "2023-12-31", 2024, 1, "2023Q4"),
    ]
    assert [r.announced.acceptance for r in rows[:2]] == [made.at("2023-05-02T16:30:01"), made.at("2023-08-02T16:30:02")]
    fourth = rows[3]
    assert fourth.company == "ACME ANVILS INC"
    revenue, balance = fourth.cells
    assert revenue is not None
    assert balance is not None
    assert (revenue.first.value, revenue.latest.value) == (Decimal(130_000), Decimal(120_000))
    assert revenue.latest.status == "derived"
    assert (balance.first.value, balance.latest.value, balance.restated) == (Decimal(13_000), Decimal(14_000), True)
    assert rows[4].cells[1] is None


def test_what_was_known_then(filled: Archive) -> None:
    rows = list(list_panel(filled, dataclasses.replace(BOTH, as_of=day("2023-12-01"))))
    assert [r.period_end.isoformat() for r in rows] == ["2023-03-31", "2023-06-30", "2023-09-30"]
    later = list(list_panel(filled, dataclasses.replace(BOTH, as_of=day("2024-03-01"))))
    cell = later[3].cells[0]
    assert cell is not None
    assert cell.latest.value == Decimal(130_000)


@pytest.mark.parametrize("duration", ["quarter", "year", "nine_months"])
def test_a_narrow_range_reads_what_the_whole_has(filled: Archive, duration: str) -> None:
    everything = list(list_panel(filled, dataclasses.replace(BOTH, duration=duration)))
    for first, last in (("2023-06-30", "2023-09-30"), ("2023-12-31", "2023-12-31"), ("2022-01-01", "2022-12-31")):
        chosen = dataclasses.replace(BOTH, duration=duration, period_from=day(first), period_until=day(last))
        expected = [row for row in everything if day(first) <= row.period_end <= day(last)]
        assert list(list_panel(filled, chosen)) == expected
        assert list(list_panel(filled, dataclasses.replace(chosen, ciks=[made.ACME, made.BOLT]))) == expected
    assert all(row.cells[0] for row in everything) or duration == "quarter"


def test_companies_can_be_chosen_and_instants_stand_alone(filled: Archive) -> None:
    chosen = PanelFilter(metrics=[CASH], duration="instant", ciks=[made.ACME, made.BOLT])
    assert [(row.cik, row.fiscal_quarter) for row in list_panel(filled, chosen)] == [(made.ACME, n) for n in (1, 2, 3, 4)]
    assert [row.cik for row in list_panel(filled, PanelFilter(metrics=[REVENUE], ciks=[made.BOLT]))] == [made.BOLT]
    assert list(list_panel(filled, PanelFilter(metrics=[EPS]))) == []


def test_the_panel_shows_the_points_of_the_series(filled: Archive) -> None:
    for cik in (made.ACME, made.BOLT):
        for choice in ("first", "latest"):
            told = series.read_series(filled, cik, "revenue", vintage=choice)  # type: ignore[arg-type]
            rows = [r for r in list_panel(filled, PanelFilter(metrics=[REVENUE], ciks=[cik])) if r.cells[0]]
            assert [getattr(row.cells[0], choice).value for row in rows] == [point.value for point in told.points]


def test_all_series_of_all_companies(filled: Archive) -> None:
    pairs = list(list_all_series(filled))
    assert [(p.latest.cik, p.latest.metric, p.latest.duration) for p in pairs] == [
        (made.ACME, "cash", "instant"),
        (made.ACME, "revenue", "quarter"),
        (made.ACME, "revenue", "half"),
        (made.ACME, "revenue", "nine_months"),
        (made.ACME, "revenue", "year"),
        (made.BOLT, "revenue", "quarter"),
    ]
    for pair in pairs:
        assert pair.latest == series.read_series(filled, pair.latest.cik, pair.latest.metric, pair.latest.basis, pair.latest.duration)
    only = list(list_all_series(filled, [made.ACME], metrics=["revenue"], durations=["year"]))
    assert [(p.latest.metric, p.latest.duration) for p in only] == [("revenue", "year")]


def history_of(told: Sequence[Vintage]) -> CompanyHistory:
    calendar = FiscalCalendar([Calendar(2022, 4, day("2022-12-31"))])
    return CompanyHistory(made.ACME, "ACME", (), tuple(told), calendar)


@given(histories(), st.randoms(use_true_random=False))
@settings(max_examples=80, deadline=None)
def test_any_order_of_arrival_gives_the_same_rows(told: list[Vintage], chance: random.Random) -> None:
    shuffled = list(told)
    chance.shuffle(shuffled)
    where = PanelFilter(metrics=[REVENUE])
    assert list(build_panel(history_of(shuffled), where)) == list(build_panel(history_of(told), where))


@given(histories(), st.integers(0, 7))
@settings(max_examples=80, deadline=None)
def test_as_of_never_shows_what_was_filed_later(told: list[Vintage], days: int) -> None:
    as_of = dt.date(2024, 1, 1) + dt.timedelta(days=days)
    where = PanelFilter(metrics=[REVENUE], as_of=as_of)
    rows = list(build_panel(history_of(told), where))
    shown = [
        v for row in rows for cell in row.cells if cell for point in (cell.first, cell.latest) for v in (point.vintage, *point.vintages)
    ]
    assert all(v.filing_date <= as_of for v in shown)
    assert list(build_panel(history_of([v for v in told if v.filing_date <= as_of]), where)) == rows


def test_quarters_of_twelve_and_sixteen_weeks_are_four_calendar_quarters() -> None:
    ends = ["2022-11-20", "2023-02-12", "2023-05-07", "2023-09-03", "2023-11-26", "2024-02-18", "2024-05-12", "2024-09-01"]
    anchors = [Calendar(2023 + number // 4, number % 4 + 1, day(end)) for number, end in enumerate(ends)]
    calendar = FiscalCalendar(anchors)
    expected = ["2022Q4", "2023Q1", "2023Q2", "2023Q3", "2023Q4", "2024Q1", "2024Q2", "2024Q3"]
    assert [calendar.quarter_of(day(end)) for end in ends] == expected
    assert FiscalCalendar([]).quarter_of(day("2023-05-07")) == "2023Q1"
    moved = [*anchors, *(Calendar(2030, number + 1, day(end)) for number, end in enumerate(("2030-03-31", "2030-06-30")))]
    assert FiscalCalendar(moved).quarter_of(day("2030-06-30")) == "2030Q2"


def test_a_quarter_told_as_one_of_a_year_later_is_the_latest_word() -> None:
    told = [vintage("1000000", "2023-01-20", "2022-12-31"), vintage("1010000", "2024-01-20", "2022-12-31", comparative=True)]
    (row,) = build_panel(history_of(told), PanelFilter(metrics=[REVENUE]))
    (cell,) = row.cells
    assert cell is not None
    assert (cell.first.value, cell.latest.value, cell.restated) == (Decimal(1_000_000), Decimal(1_010_000), True)
    assert row.announced.filing_date == day("2023-01-20")
