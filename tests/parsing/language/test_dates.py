import datetime as dt

import pytest

from ex99.parsing.language.dates import find_dates, parse_date


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("September 30, 2005", "2005-09-30"), ("Sept. 30, 2005", "2005-09-30"), ("30 June 2010", "2010-06-30"),
        ("12/31/2019", "2019-12-31"), ("9/30/05", "2005-09-30"), ("June 26,\n2004", "2004-06-26"), ("March 31st, 2020", "2020-03-31"),
    ],
)  # fmt: skip
def test_days(text: str, day: str) -> None:
    found = parse_date(text.lower())
    assert found is not None
    assert found.date == dt.date.fromisoformat(day)
    assert text[found.start : found.end] == text


def test_a_day_without_its_year() -> None:
    found = parse_date("payable on july 4 to holders")
    assert found is not None
    assert (found.month, found.day, found.year, found.date) == (7, 4, None, None)


@pytest.mark.parametrize("text", ["February 30, 2010", "13/45/2010", "may 2010", "Dismay 5", "1/2 of it"])
def test_no_days(text: str) -> None:
    assert [d for d in find_dates(text) if d.year] == []
