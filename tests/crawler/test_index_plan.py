"""Which index files are read."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from ex99.crawler.index_plan import FIRST_DAY, plan_indexes

TODAY = dt.date(2026, 11, 24)


def paths(since: str, until: str) -> list[str]:
    return [file.path for file in plan_indexes(dt.date.fromisoformat(since), dt.date.fromisoformat(until), TODAY)]


def test_past_quarters_are_one_request_each() -> None:
    assert paths("2024-02-03", "2024-07-01") == [f"full-index/2024/QTR{quarter}/master.gz" for quarter in (1, 2, 3)]


def test_the_last_two_weeks_are_read_day_by_day_without_weekends() -> None:
    files = paths("2026-11-06", "2027-01-01")
    assert files[0] == "full-index/2026/QTR4/master.gz"
    assert files[1] == "daily-index/2026/QTR4/master.20261110.idx"
    assert files[-1] == "daily-index/2026/QTR4/master.20261124.idx"
    assert len(files) == 1 + 11


def test_nothing_before_edgar_and_nothing_to_come() -> None:
    assert paths("1980-01-01", "1992-12-31") == []
    assert paths("2026-11-25", "2027-12-31") == []
    assert paths("1990-01-01", "1993-02-01") == ["full-index/1993/QTR1/master.gz"]


@given(st.dates(dt.date(1990, 1, 1), dt.date(2027, 12, 31)), st.integers(0, 900))
def test_every_weekday_is_in_exactly_one_file(since: dt.date, length: int) -> None:
    until = since + dt.timedelta(days=length)
    days = [
        file.since + dt.timedelta(days=offset)
        for file in plan_indexes(since, until, TODAY)
        for offset in range((file.until - file.since).days + 1)
    ]
    assert days == sorted(set(days))
    expected = {since + dt.timedelta(days=offset) for offset in range(length + 1)}
    expected = {day for day in expected if day.weekday() < 5 and FIRST_DAY <= day <= TODAY}
    assert expected <= set(days)
