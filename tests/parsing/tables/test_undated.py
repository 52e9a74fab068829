"""Columns whose dates stand elsewhere: in other statements, the headline, the caption, the distance between them."""

import datetime as dt

import pytest

from ex99.filings.release import PressRelease
from ex99.parsing import parse_release
from tests.parsing.pages import html_table, page

INCOME = ("WIDGET WORKS, INC.", "CONSOLIDATED STATEMENTS OF OPERATIONS", "(in thousands, except per share data)")
BALANCE = ("WIDGET WORKS, INC.", "CONSOLIDATED BALANCE SHEETS", "(in thousands)")
HEADLINE = "<h1>Widget Works Reports Its Results</h1>"
BREAK = "Widget Works, a maker of widgets of every size, today reported its results."
LINES = [
    ["Net sales", "400,000", "300,000", "200,000"],
    ["Cost of sales", "250,000", "190,000", "130,000"],
    ["Net income", "60,000", "40,000", "20,000"],
]
SHEET = [
    ["Total assets", "500,000", "480,000"],
    ["Total liabilities", "300,000", "290,000"],
    ["Total shareholders' equity", "200,000", "190,000"],
]


def figures(release: PressRelease, metric: str) -> dict[tuple[str, str], str]:
    return {(f.duration, str(f.period_end)): f"{f.value:f}" for f in release.figures if f.metric == metric and f.basis == "gaap"}


def codes(release: PressRelease) -> list[str]:
    return [w.code for w in release.warnings]


@pytest.mark.parametrize(
    "head",
    [
        [["", "Fiscal 2023", "Fiscal 2022", "Fiscal 2021"]],
        [["", "Fiscal Year", "", ""], ["", "2023", "2022", "2021"]],
        [["Fiscal", "2023", "2022", "2021"]],
        [["", "2023", "2022", "2021"]],
        [["", ("Fiscal Year Ended", 3)], ["", "2023", "2022", "2021"]],
    ],
)
def test_years_without_days_end_with_the_balances(head):
    """A year that ends in February may bear the number of the calendar year before; ends of 52 or 53 weeks are those printed."""
    sheet = html_table([["", "February 3, 2024", "January 28, 2023"], *SHEET])
    release = parse_release(page(HEADLINE, *INCOME, html_table([*head, *LINES]), *BALANCE, sheet))
    found = figures(release, "revenue")
    assert list(found.values()) == ["400000000", "300000000", "200000000"]
    assert {("year", "2024-02-03"), ("year", "2023-01-28")} < set(found)
    assert "columns_undated" not in codes(release)
    assert (release.fiscal_period.year, release.fiscal_period.end) == (2023, dt.date(2024, 2, 3))


def test_three_full_dates_a_year_apart_are_years():
    head = ["", "December 30, 2023", "December 31, 2022", "December 25, 2021"]
    release = parse_release(page(HEADLINE, *INCOME, html_table([head, *LINES])))
    assert figures(release, "revenue") == {
        ("year", "2023-12-30"): "400000000",
        ("year", "2022-12-31"): "300000000",
        ("year", "2021-12-25"): "200000000",
    }


def test_two_full_dates_a_year_apart_may_be_anything():
    rows = [["", "September 30, 2023", "September 30, 2022"], *[line[:3] for line in LINES]]
    release = parse_release(page("<h1>Widget Works Reports Third Quarter Results</h1>", BREAK, *INCOME, html_table(rows)))
    assert figures(release, "revenue") == {}
    assert "columns_undated" in codes(release)


def test_a_first_quarter_has_no_other_length():
    rows = [["", "March 31, 2023", "March 31, 2022"], *[line[:3] for line in LINES]]
    release = parse_release(page("<h1>Widget Works Reports First Quarter 2023 Results</h1>", *INCOME, html_table(rows)))
    assert figures(release, "revenue") == {("quarter", "2023-03-31"): "400000000", ("quarter", "2022-03-31"): "300000000"}


def test_the_headline_prints_the_end():
    head = ["", ("Fiscal Year Ended", 3)], ["", "2022", "2021", "2020"]
    headline = "<h1>Widget Works Reports Results for the Period Ended February 6, 2022</h1>"
    sheet = [["", "At the End of Fiscal 2022", "At the End of Fiscal 2021"], *SHEET]
    release = parse_release(page(headline, *INCOME, html_table([*head, *LINES]), *BALANCE, html_table(sheet)))
    assert ("year", "2022-02-06") in figures(release, "revenue")
    assert figures(release, "total_assets")[("instant", "2022-02-06")] == "500000000"


def test_a_caption_of_a_day_and_a_year_dates_columns_of_years():
    sheet = html_table([["", "2021", "2020"], *SHEET])
    release = parse_release(page(HEADLINE, *BALANCE[:2], "DECEMBER 31, 2021 AND 2020", BALANCE[2], sheet))
    assert figures(release, "total_assets") == {("instant", "2021-12-31"): "500000000", ("instant", "2020-12-31"): "480000000"}


def test_a_hyphen_before_ended():
    rows = [["", ("Year-Ended December 31,", 2)], ["", "2021", "2020"], *[line[:3] for line in LINES]]
    release = parse_release(page(HEADLINE, *INCOME, html_table(rows)))
    assert figures(release, "revenue") == {("year", "2021-12-31"): "400000000", ("year", "2020-12-31"): "300000000"}


def test_highlights_with_the_lines_of_a_statement_warn_too():
    table = html_table([["", "Calendar 2022", "Transition Period", "Fiscal 2021"], *LINES])
    release = parse_release(page(HEADLINE, "Selected Financial Data", "(in thousands, except per share data)", table))
    assert not release.figures
    assert "columns_undated" in codes(release)
