"""Metrics that are records and no code, each in a fictitious release with its truth."""

from __future__ import annotations

import pytest

from ex99.parsing import parse_release
from tests.parsing.pages import html_table, page

HEADLINE = "WIDGET WORKS REPORTS FIRST QUARTER 2021 RESULTS"
LEAD = "TRENTON, May 3, 2021 -- Widget Works said today:"
QUARTERS = ["", "Three Months Ended March 31, 2021", "Three Months Ended March 31, 2020"]
DAYS = ["", "March 31, 2021", "December 31, 2020"]
INCOME = ("CONSOLIDATED STATEMENTS OF OPERATIONS", "(in thousands, except per share data)")
BALANCE = ("CONSOLIDATED BALANCE SHEETS", "(in thousands)")
FLOWS = ("CONSOLIDATED STATEMENTS OF CASH FLOWS", "(in thousands)")


def _found(*parts: str) -> dict[tuple[str, str, str], tuple[str, str]]:
    """(metric, basis, duration) -> (value, unit), of the reported quarter or its last day."""
    release = parse_release(page(HEADLINE, LEAD, *parts))
    return {(f.metric, f.basis, f.duration): (f"{f.value:f}", f.unit) for f in release.figures if str(f.period_end) == "2021-03-31"}


def _statement(*rows: list[str]) -> str:
    top = [QUARTERS, ["Net sales", "1,000", "900"]]
    return html_table([*top, *rows, ["Diluted earnings per share", "0.16", "0.14"]])


def test_the_costs_of_an_income_statement() -> None:
    found = _found(
        *INCOME,
        _statement(
            ["Cost of sales:", "", ""],
            ["Cost of widgets", "400", "350"],
            ["Cost of services", "200", "190"],
            ["Total cost of sales", "600", "540"],
            ["Gross profit", "400", "360"],
            ["Research and development", "120", "110"],
            ["Selling, general and administrative", "70", "60"],
            ["Operating income", "210", "190"],
            ["Interest expense", "(15)", "(14)"],
            ["Interest income", "5", "4"],
            ["Income before income taxes", "200", "180"],
            ["Provision for income taxes", "40", "40"],
            ["Net income", "160", "140"],
            ["Stock-based compensation included in:", "", ""],
            ["Research and development", "9", "8"],
        ),
    )
    assert found["cost_of_revenue", "gaap", "quarter"] == ("600000", "USD")
    assert found["research_and_development", "gaap", "quarter"] == ("120000", "USD")
    assert found["interest_expense", "gaap", "quarter"] == ("15000", "USD")
    assert found["income_tax", "gaap", "quarter"] == ("40000", "USD")


def test_a_breakdown_of_another_cost_is_no_cost_of_revenue() -> None:
    found = _found(
        *INCOME,
        _statement(
            ["Cost of widgets", "400", "350"],
            ["Cost of services", "200", "190"],
            ["Income before income taxes", "200", "180"],
            ["Net income", "160", "140"],
            ["Stock-based compensation included in:", "", ""],
            ["Cost of sales", "9", "8"],
        ),
    )
    assert ("cost_of_revenue", "gaap", "quarter") not in found


@pytest.mark.parametrize(
    ("label", "printed", "tax"),
    [
        ("Provision for income taxes", "40", "40000"),
        ("Income tax expense (benefit)", "40", "40000"),
        ("Benefit from (provision for) income taxes", "(40)", "40000"),
        ("Income tax benefit (expense)", "(40)", "40000"),
        ("Provision (benefit) for income taxes", "(40)", "-40000"),
        ("Income tax benefit", "40", "-40000"),
        ("Taxes on income", "40", "40000"),
    ],
)
def test_a_charge_for_taxes_is_positive_and_a_benefit_negative(label: str, printed: str, tax: str) -> None:
    net = "160" if not tax.startswith("-") else "240"
    found = _found(*INCOME, _statement(["Income before income taxes", "200", "180"], [label, printed, "1"], ["Net income", net, "179"]))
    assert found["income_tax", "gaap", "quarter"] == (tax, "USD")


def test_taxes_whose_sign_contradicts_net_income_are_left_out() -> None:
    rows = (["Income before income taxes", "200", "180"], ["Income taxes", "(40)", "(40)"], ["Net income", "160", "140"])
    assert ("income_tax", "gaap", "quarter") not in _found(*INCOME, _statement(*rows))


def test_debt_and_capital_expenditures() -> None:
    balance = html_table([
        DAYS, ["Cash and cash equivalents", "50", "40"], ["Total assets", "900", "880"], ["Current portion of long-term debt", "20", "20"],
        ["Long-term debt, less current portion", "180", "190"], ["Total liabilities", "400", "410"],
        ["Total stockholders' equity", "500", "470"], ["Total liabilities and stockholders' equity", "900", "880"],
    ])  # fmt: skip
    flows = html_table([
        QUARTERS, ["Net income", "160", "140"], ["Net cash provided by operating activities", "210", "190"],
        ["Purchases of property and equipment", "(60)", "(55)"], ["Proceeds from sale of property and equipment", "5", "4"],
        ["Net cash used in investing activities", "(55)", "(51)"], ["Repayments of long-term debt", "(10)", "(10)"],
        ["Net cash used in financing activities", "(10)", "(10)"],
    ])  # fmt: skip
    free = html_table([
        QUARTERS, ["Net cash provided by operating activities", "210", "190"], ["Less: capital expenditures", "(60)", "(55)"],
        ["Free cash flow", "150", "135"],
    ])  # fmt: skip
    found = _found(*BALANCE, balance, *FLOWS, flows, "RECONCILIATION OF FREE CASH FLOW (NON-GAAP)", "(in thousands)", free)
    assert found["long_term_debt", "gaap", "instant"] == ("180000", "USD")
    assert found["capital_expenditures", "gaap", "quarter"] == ("60000", "USD")
    assert found["free_cash_flow", "nongaap", "quarter"] == ("150000", "USD")


def test_free_cash_flow_in_a_sentence_and_in_an_outlook() -> None:
    release = parse_release(page(
        HEADLINE, LEAD, "Free cash flow for the first quarter of 2021 was $15.5 million.",
        "For 2021 the company expects free cash flow of $60 million to $70 million and capital expenditures of about $20 million.",
    ))  # fmt: skip
    assert [(f.metric, f.basis, f.value) for f in release.figures] == [("free_cash_flow", "nongaap", 15_500_000)]
    assert [(g.metric, g.basis, g.low) for g in release.guidance] == [
        ("free_cash_flow", "nongaap", 60_000_000), ("capital_expenditures", "gaap", 20_000_000),
    ]  # fmt: skip


def test_what_banks_print_beside_their_statements() -> None:
    rows = [
        ["", "March 31, 2021", "December 31, 2020", "March 31, 2020"],
        ["Net income", "$1,600", "$1,500", "$1,400"],
        ["Net interest income", "5,200", "5,100", "5,000"],
        ["Diluted earnings per share", "0.16", "0.15", "0.14"],
        ["Book value per common share", "$20.15", "$19.90", "$19.00"],
        ["Tangible book value per common share", "15.05", "14.80", "14.00"],
        ["Total borrowings", "9,100", "9,000", "8,000"],
        ["Return on average assets", "1.12%", "1.10%", "1.05%"],
        ["Return on average common equity", "9.85%", "9.60", "9.20%"],
        ["Return on average tangible common equity", "12.40%", "12.10%", "11.80%"],
        ["Net interest margin", "3.42%", "3.40%", "3.35%"],
        ["Net interest margin (tax-equivalent)", "3.50%", "3.48%", "3.43%"],
    ]
    found = _found("SELECTED FINANCIAL HIGHLIGHTS", "(in thousands, except per share data)", "Three Months Ended", html_table(rows))
    assert found["book_value_per_share", "gaap", "instant"] == ("20.15", "USD/share")
    assert found["tangible_book_value_per_share", "nongaap", "instant"] == ("15.05", "USD/share")
    assert found["total_debt", "gaap", "instant"] == ("9100000", "USD")
    assert found["return_on_assets", "gaap", "quarter"] == ("1.12", "percent")
    assert found["return_on_equity", "gaap", "quarter"] == ("9.85", "percent")
    assert found["return_on_tangible_equity", "nongaap", "quarter"] == ("12.40", "percent")
    assert found["net_interest_margin", "gaap", "quarter"] == ("3.42", "percent")


def test_operating_data() -> None:
    rows = [
        QUARTERS,
        ["Net sales", "$1,000", "$900"],
        ["Comparable store sales", "3.2%", "(1.5)%"],
        ["Backlog", "$4,400", "$4,000"],
        ["Funded backlog", "4,100", "3,900"],
        ["Headcount", "2,678", "2,744"],
        ["Diluted earnings per share", "0.16", "0.14"],
    ]
    release = parse_release(
        page(HEADLINE, LEAD, "FINANCIAL HIGHLIGHTS", "(in thousands, except headcount and per share data)", html_table(rows))
    )
    found = {(f.metric, f.duration, str(f.period_end)): (f"{f.value:f}", f.unit) for f in release.figures}
    assert found["same_store_sales", "quarter", "2021-03-31"] == ("3.2", "percent")
    assert found["same_store_sales", "quarter", "2020-03-31"] == ("-1.5", "percent")
    assert found["backlog", "instant", "2021-03-31"] == ("4400000", "USD")
    assert found["headcount", "instant", "2021-03-31"] == ("2678", "count")
