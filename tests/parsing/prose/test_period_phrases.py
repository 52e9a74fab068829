import datetime as dt

import pytest

from ex99.filings.fiscal import Calendar
from ex99.parsing.prose.period_phrases import find_phrases
from ex99.parsing.prose.period_resolving import Period, resolve

CALENDAR = Calendar(2018, 3, dt.date(2018, 6, 30))
ANCHOR: Period = ("nine_months", dt.date(2018, 6, 30))


def _resolve(text: str, anchor: Period | None = None) -> Period | None:
    (phrase,) = find_phrases(text.lower(), 0, len(text))
    assert (phrase.start, phrase.end) == (0, len(text))
    return resolve(phrase, CALENDAR, anchor)


@pytest.mark.parametrize(
    ("text", "duration", "end"),
    [
        ("third quarter of fiscal 2018, ended June 30, 2018", "quarter", "2018-06-30"),
        ("fiscal 2018 first quarter", "quarter", "2017-12-31"),
        ("2017 second quarter", "quarter", "2017-03-31"),
        ("third quarter of last year", None, None),
        ("second quarter", "quarter", "2018-03-31"),
        ("fourth quarter", "quarter", "2017-09-30"),
        ("Q3 FY18", "quarter", "2018-06-30"),
        ("2Q17", "quarter", "2017-03-31"),
        ("three months ended June 30, 2017", "quarter", "2017-06-30"),
        ("thirteen weeks ended July 1, 2018", "quarter", "2018-07-01"),
        ("quarter ended June 30", "quarter", "2018-06-30"),
        ("first nine months of fiscal 2018", "nine_months", "2018-06-30"),
        ("nine-month period", "nine_months", "2018-06-30"),
        ("9\nmonths ended March 31, 2018", "nine_months", "2018-03-31"),
        ("first half of fiscal 2018", "half", "2018-03-31"),
        ("fiscal year 2017", "year", "2017-09-30"),
        ("full-year 2017", "year", "2017-09-30"),
        ("the quarter", "quarter", "2018-06-30"),
        ("YTD", "nine_months", "2018-06-30"),
        ("first half 2018", "half", "2018-03-31"),
        ("at year-end 2017", "instant", "2017-09-30"),
        ("year-to-date period", "nine_months", "2018-06-30"),
        ("the preceding quarter", "quarter", "2018-03-31"),
        ("as of September 30, 2017", "instant", "2017-09-30"),
        ("fourth quarter of fiscal 2018", None, None),
        ("the first three quarters of fiscal 2018", "nine_months", "2018-06-30"),
        ("the first two quarters of fiscal 2017", "half", "2017-03-31"),
        ("the December 2017 quarter", "quarter", "2017-12-31"),
        ("the March quarter", "quarter", "2018-03-31"),
        ("the 2018 quarter", "quarter", "2018-06-30"),
        ("its third quarter", "quarter", "2018-06-30"),
        ("the quarter ended March 31, 2018", "quarter", "2018-03-31"),
    ],
)
def test_phrases(text: str, duration: str | None, end: str | None) -> None:
    expected = None if duration is None or end is None else (duration, dt.date.fromisoformat(end))
    assert _resolve(text) == expected or (text.endswith("last year") and _resolve(text) == ("quarter", dt.date(2017, 6, 30)))


@pytest.mark.parametrize(
    "text",
    [
        "the same period a year ago", "a year ago", "last year", "the prior-year period", "the comparable nine-month period",
        "last year's period", "a year-ago period", "the 2017 period", "the 2017 nine-month period",
        "the same period of the prior fiscal year",
    ],
)  # fmt: skip
def test_a_year_before_the_anchor(text: str) -> None:
    assert _resolve(text, ANCHOR) == ("nine_months", dt.date(2017, 6, 30))


def test_last_years_quarter_by_its_number() -> None:
    assert _resolve("the prior year's second quarter", ("quarter", dt.date(2018, 6, 30))) == ("quarter", dt.date(2017, 3, 31))


def test_a_year_ago_of_nothing_is_nothing() -> None:
    assert _resolve("a year ago") is None


def test_a_bare_year_beside_a_quarter_is_that_years_quarter() -> None:
    assert _resolve("in 2017", ("quarter", dt.date(2018, 6, 30))) == ("quarter", dt.date(2017, 6, 30))
    assert _resolve("in 2015", ("quarter", dt.date(2018, 6, 30))) is None
