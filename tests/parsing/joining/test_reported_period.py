import datetime as dt

import pytest

from ex99.filings.fiscal import Calendar
from ex99.parsing.document import Block, Document
from ex99.parsing.joining.reported_period import default_period, find_calendar, gather_evidence
from ex99.parsing.tables.figures import ToldColumns

Columns = list[tuple[str, dt.date | None]]


def told(columns: Columns) -> ToldColumns:
    return ToldColumns(frozenset((duration, end) for duration, end in columns if end is not None))


def _calendar(headline: str, lead: str = "", issued: str | None = None, columns: Columns | None = None) -> tuple[Calendar | None, bool]:
    text = f"{headline}\n\n{lead}"
    blocks = (Block("heading", 0, len(headline)), Block("paragraph", len(headline) + 2, len(text)))
    date = dt.date.fromisoformat(issued) if issued else None
    return find_calendar(gather_evidence(Document("text/plain", text, blocks), (0, len(headline)), date, told(columns or [])))


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("headline", "lead", "issued", "expected"),
    [
        ("Marlow Reports Third Quarter 2017 Results", "", "2017-10-26", (2017, 3, "2017-09-30")),
        ("Results of the Fourth Quarter", "for the fourth quarter and fiscal year ending September 30, 2007",
         "2007-11-20", (2007, 4, "2007-09-30")),
        ("Record Quarter", "its third quarter of fiscal 2007, ended March 31, 2007.", "2007-04-26", (2007, 3, "2007-03-31")),
        ("Economic strength drives earnings", "fourth quarter earnings, against the fourth quarter of 2003",
         "2005-01-25", (2004, 4, "2004-12-31")),
        ("First Quarter Fiscal 2026 Results", "first quarter ended April 27, 2025", "2025-05-28", (2026, 1, "2025-04-27")),
        ("RESULTS FOR THE THREE MONTHS ENDED MARCH 31, 2020", "the first quarter, against the first quarter of 2019",
         None, (2020, 1, "2020-03-31")),
        ("Full-Year 2023 Results and Full-Year 2024 Guidance", "the fourth quarter", "2024-01-30", (2023, 4, "2023-12-31")),
    ],
)  # fmt: skip
def test_prose_alone(headline: str, lead: str, issued: str | None, expected: tuple[int, int, str]) -> None:
    calendar, year_only = _calendar(headline, lead, issued)
    assert calendar is not None
    assert not year_only
    assert (calendar.year, calendar.quarter, calendar.end.isoformat()) == expected


def test_columns_tell_the_end() -> None:
    columns: Columns = [("quarter", day("2019-12-28")), ("quarter", day("2018-12-29")), ("instant", day("2020-01-15"))]
    calendar, _ = _calendar("Third Quarter Fiscal 2020 Results", columns=columns)
    assert calendar is not None
    assert (calendar.year, calendar.quarter, calendar.end) == (2020, 3, day("2019-12-28"))


def test_a_year_to_date_column_tells_the_quarter() -> None:
    columns: Columns = [("quarter", day("2018-06-30")), ("nine_months", day("2018-06-30"))]
    calendar, _ = _calendar("Marlow Reports Results", columns=columns)
    assert calendar is not None
    assert (calendar.year, calendar.quarter) == (2018, 3)


def test_a_retailer_names_the_year_after_most_of_its_weeks() -> None:
    columns: Columns = [("quarter", day("1997-11-01")), ("nine_months", day("1997-11-01"))]
    weeks, _ = _calendar("Third Quarter Results", "the 13 weeks ended November 1, 1997", columns=columns)
    months, _ = _calendar("Third Quarter Results", "the three months ended November 1, 1997", columns=columns)
    assert (weeks and weeks.year, months and months.year) == (1997, 1998)


def test_the_latest_column_is_reported_where_a_year_is_named_before_its_end() -> None:
    columns: Columns = [("quarter", day("2007-02-03")), ("quarter", day("2006-01-28")), ("year", day("2007-02-03"))]
    before, _ = _calendar("Fiscal 2006 Results", columns=columns)
    after, _ = _calendar("Fiscal 2007 Results", columns=columns)
    assert [(c.year, c.end) for c in (before, after) if c] == [(2006, day("2007-02-03")), (2007, day("2007-02-03"))]


def test_a_mistaken_dateline_does_not_move_the_period() -> None:
    columns: Columns = [("quarter", day("2020-03-29")), ("quarter", day("2019-03-31"))]
    calendar, _ = _calendar("Second Quarter 2020 Results", issued="2019-04-29", columns=columns)
    assert calendar is not None
    assert (calendar.year, calendar.end) == (2020, day("2020-03-29"))


def test_a_year_alone() -> None:
    calendar, year_only = _calendar("Marlow Reports 2016 Results", "year ended June 30, 2016", "2016-08-20", [("year", day("2016-06-30"))])
    assert calendar is not None
    assert year_only


def test_a_quarter_named_beside_columns_of_years_is_not_reported() -> None:
    columns: Columns = [("year", day("2023-12-30")), ("year", day("2022-12-31"))]
    calendar, year_only = _calendar("Segments Recast", "In the first quarter of 2024 we changed our segments.", "2024-04-02", columns)
    assert (calendar, year_only) == (Calendar(2023, 4, day("2023-12-30"), (day("2022-12-31"), day("2023-12-30"))), True)


@pytest.mark.parametrize(
    ("lead", "quarter", "end"),
    [
        ("net loss for the quarter ended December 31, 2002. It expects $3 million for the first quarter of 2003.", 4, "2002-12-31"),
        ("for the year ended September 30, 2003, which included a gain of the second quarter of 2003.", None, "2003-09-30"),
        ("for the year ended September 30, 2003. The first quarter ended December 31, 2003 was better.", 1, "2003-12-31"),
    ],
)
def test_quarters_to_come_and_quarters_of_a_year_that_ended_are_not_reported(lead: str, quarter: int | None, end: str) -> None:
    calendar, year_only = _calendar("Marlow Announces Results", lead, "2004-01-20" if quarter == 1 else None)
    assert calendar is not None
    assert (None if year_only else calendar.quarter, calendar.end) == (quarter, day(end))


def test_a_year_that_is_named_alone_is_not_taken_for_the_calendar_year_before() -> None:
    lead = "Marlow's chief resigned. He led it to revenues of $1 billion during fiscal year 2007."
    assert _calendar("Marlow's Chief Resigns", lead, "2007-05-22") == (None, False)
    told_of = lead.replace("fiscal year 2007", "fiscal year 2006")
    assert _calendar("Marlow's Chief Resigns", told_of, "2007-05-22") == (Calendar(2006, 4, day("2006-12-31")), True)


def test_a_quarter_named_beside_its_year_in_the_headline_is_the_last_one() -> None:
    calendar, year_only = _calendar("Preliminary Results for the Three Months and Year Ended December 31, 2024")
    assert (calendar, year_only) == (Calendar(2024, 4, day("2024-12-31")), False)


def test_nothing_told_is_nothing() -> None:
    assert _calendar("Marlow Names a New Director", "Ada Marsh joins the board.", "2017-10-26") == (None, False)


def test_a_sentence_without_a_period_speaks_of_the_headline() -> None:
    text = "Marlow Reports Results for Fiscal Year 2020"
    columns: Columns = [("quarter", day("2020-02-29")), ("year", day("2020-02-29"))]
    evidence = gather_evidence(Document("text/plain", text, (Block("heading", 0, len(text)),)), (0, len(text)), None, told(columns))
    calendar, year_only = find_calendar(evidence)
    assert calendar is not None
    assert default_period(evidence, calendar, year_only=year_only) == ("year", day("2020-02-29"))
