import datetime as dt

import pytest

from ex99.parsing.language.periods import name_quarters, read_head


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("Three Months Ended", "quarter"),
        ("13 Weeks Ended", "quarter"),
        ("Twelve Weeks Ended", "quarter"),
        ("16-week period", "quarter"),
        ("Quarter Ended", "quarter"),
        ("Six months ended", "half"),
        ("Twenty-Six Weeks Ended", "half"),
        ("24 Weeks Ended", "half"),
        ("Nine Months Ended", "nine_months"),
        ("Thirty-nine weeks", "nine_months"),
        ("36 Weeks Ended", "nine_months"),
        ("Twelve Months Ended", "year"),
        ("Fifty-three weeks ended", "year"),
        ("Fiscal Year Ended", "year"),
        ("For the Years Ended", "year"),
        ("Full Year", "year"),
        ("Year-to-date", "to_date"),
        ("QTD", "quarter"),
        ("Two Quarters Ended", "half"),
        ("First three quarters", "nine_months"),
        ("Half-year ended", "half"),
        ("Trailing Twelve Months", "trailing"),
        ("Four quarters ended", "trailing"),
        ("Last twelve months", "trailing"),
    ],
)
def test_durations(text, duration):
    assert read_head(text).duration == duration


@pytest.mark.parametrize(
    ("text", "quarter", "year"),
    [
        ("Q1 2020", 1, 2020),
        ("1Q20", 1, 2020),
        ("Q3 FY25", 3, 2025),
        ("Q2'19", 2, 2019),
        ("First Quarter 2020", 1, 2020),
        ("Fiscal 2026 First Quarter", 1, 2026),
        ("2019 Qtr 4", 4, 2019),
        ("4th Qtr 2001", 4, 2001),
        ("Fourth-Quarter 2023", 4, 2023),
        ("second quarter of fiscal 2007", 2, 2007),
        ("IIIQ 2007", 3, 2007),
        ("2007 Quarter Third", 3, 2007),
    ],
)
def test_fiscal_quarters(text, quarter, year):
    head = read_head(text)
    assert (head.quarter, head.years, head.duration) == (quarter, (year,), "quarter")


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("March 31, 2020", [dt.date(2020, 3, 31)]),
        ("Sept. 28, 2019", [dt.date(2019, 9, 28)]),
        ("9/30/05", [dt.date(2005, 9, 30)]),
        ("30 June 2010", [dt.date(2010, 6, 30)]),
        ("31-Mar-20", [dt.date(2020, 3, 31)]),
        ("June 2020", [dt.date(2020, 6, 30)]),
        ("July 3, 2004 and June 28, 2003", [dt.date(2004, 7, 3), dt.date(2003, 6, 28)]),
    ],
)
def test_dates(text, dates):
    assert list(read_head(text).dates) == dates


def test_days_without_a_year_and_years_beside_them():
    head = read_head("Three Months Ended March 31, | 2020")
    assert (head.month_day, head.years, head.duration) == ((3, 31), (2020,), "quarter")


def test_several_durations_are_no_duration():
    head = read_head("For the Three Months and Year Ended December 31, 2019")
    assert head.durations == ("quarter", "year")
    assert head.duration is None


@pytest.mark.parametrize("text", ["", "Total", "% Change", "Net sales", "GAAP"])
def test_words_that_name_no_period(text):
    assert read_head(text).empty


def test_instants():
    assert read_head("As of March 31, 2020").instant
    assert not read_head("Quarter ended March 31, 2020").instant


def test_several_durations_and_short_dates():
    assert read_head("Three and six months ended June 30,").durations == ("quarter", "half")
    assert read_head("6-30-99").dates == (dt.date(1999, 6, 30),)
    assert read_head("YTD 99").years == (1999,)
    assert name_quarters("First Quarter Second Quarter") == {1, 2}
