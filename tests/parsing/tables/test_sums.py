"""Readings told by what lines add up to, and the scale of a table told by figures that it repeats."""

import pytest

from tests.parsing.pages import figures_of, html_table, page

TITLE = ("WIDGET WORKS, INC.", "CONSOLIDATED STATEMENTS OF OPERATIONS", "(in thousands, except per share data)")
SHEETS = ("WIDGET WORKS, INC.", "CONSOLIDATED BALANCE SHEETS", "(in thousands)")
QUARTERS = ["", "Three Months Ended March 31, 2020", "Three Months Ended March 31, 2019"]
DAYS = ["", "March 31, 2020", "December 31, 2019"]
TOP = [["Revenue", "100,000", "90,000"], ["Operating expenses", "80,000", "72,000"]]


def income(*rows):
    return {(m, e[:4]): v for (m, b, _, e), v in figures_of(page(*TITLE, html_table([QUARTERS, *TOP, *rows]))).items() if b == "gaap"}


def equity(*rows):
    lines = [DAYS, ["Total assets", "500,000", "480,000"], ["Total liabilities", "290,000", "280,000"], *rows]
    return figures_of(page(*SHEETS, html_table(lines))).get(("equity", "gaap", "instant", "2020-03-31"))


@pytest.mark.parametrize(
    "rows",
    [
        [["Widget Works' stockholders' equity", "200,000"], ["Noncontrolling interests", "10,000"], ["Total equity", "210,000"]],
        [["Noncontrolling interests", "10,000"], ["Widget Works shareholders' equity", "200,000"], ["Total equity", "210,000"]],
        [["Equity of the parent at end of period", "200,000"], ["Minority interest", "10,000"], ["Total shareholders' equity", "210,000"]],
        [
            ["Widget Works stockholders' equity", "200,000"],
            ["Noncontrolling interest", "10,000"],
            ["Total liabilities and equity", "500,000"],
        ],
    ],
)
def test_equity_is_the_companys_own_where_others_hold_a_part(rows):
    assert equity(*[[label, value, value] for label, value in rows]) == "200000000"


def test_equity_without_others_is_the_total():
    assert equity(["Common stock", "50,000", "50,000"], ["Total equity", "210,000", "200,000"]) == "210000000"


def test_of_two_lines_of_equity_with_one_name_the_last_is_meant():
    assert equity(
        ["Total Equity", "250,000", "250,000"], ["Less: treasury stock", "40,000", "40,000"], ["Total Equity", "210,000", "210,000"]
    ) == ("210000000")


@pytest.mark.parametrize(
    ("before", "others", "after"),
    [
        ("Net income including noncontrolling interests", "Less: Net income attributable to noncontrolling interests", "Net income"),
        (
            "Net earnings (Widget and noncontrolling interests)",
            "Net earnings attributable to noncontrolling interests",
            "Net earnings of Widget",
        ),
        ("Net income", "Noncontrolling interests", "Net income - Widget Works Inc"),
    ],
)
def test_net_income_before_and_after_what_belongs_to_others(before, others, after):
    found = income([before, "20,000", "18,000"], [others, "1,000", "2,000"], [after, "19,000", "16,000"])
    assert found[("net_income", "2020")] == "20000000"
    assert found[("net_income_to_common", "2020")] == "19000000"


def test_net_income_after_minority_interest_in_older_statements_is_net_income():
    found = income(
        ["Income before minority interest", "20,000", "18,000"],
        ["Minority interest", "(1,000)", "(2,000)"],
        ["Net income", "19,000", "16,000"],
    )
    assert found[("net_income", "2020")] == "19000000"


def test_earnings_per_share_of_all_operations_are_the_sum():
    rows = [
        ["Net income", "20,000", "18,000"],
        ["Diluted earnings per share:"],
        ["Continuing operations", "0.66", "0.64"],
        ["Discontinued operations", "(0.02)", "0.01"],
        ["Net earnings per share of Widget", "0.64", "0.65"],
    ]
    found = income(*rows)
    assert found[("eps_diluted", "2020")] == "0.64"
    assert found[("eps_diluted", "2019")] == "0.65"


def test_earnings_per_share_of_continuing_operations_do_not_stand_for_all():
    rows = [
        ["Net income", "20,000", "18,000"],
        ["Diluted earnings per share:"],
        ["Continuing operations", "0.66", "0.64"],
        ["Discontinued operations", "(0.02)", "0.01"],
    ]
    assert ("eps_diluted", "2020") not in income(*rows)


def test_under_a_diluted_heading_the_count_without_dilution_is_basic():
    rows = [
        ["Net income", "20,000", "18,000"],
        ["Diluted net earnings per share", "0.50", "0.45"],
        ["Diluted:"],
        ["Average shares outstanding (thousands)", "39,000", "39,500"],
        ["Average shares outstanding, assuming dilution (thousands)", "40,000", "40,500"],
    ]
    found = income(*rows)
    assert found[("shares_diluted", "2020")] == "40000000"
    assert found[("shares_basic", "2020")] == "39000000"


def test_equivalents_that_dilution_adds_are_no_diluted_count():
    rows = [
        ["Net income", "20,000", "18,000"],
        ["Weighted average shares outstanding:"],
        ["Basic", "39,000,000", "39,500,000"],
        ["Common stock equivalents", "1,000,000", "1,000,000"],
        ["Diluted", "40,000,000", "40,500,000"],
    ]
    assert income(*rows)[("shares_diluted", "2020")] == "40000000"


def test_per_share_lines_under_basic_and_diluted():
    rows = [["Net income", "20,000", "18,000"], ["Basic:"], ["Per share", "0.51", "0.46"], ["Diluted:"], ["Per share", "0.50", "0.45"]]
    found = income(*rows)
    assert (found[("eps_basic", "2020")], found[("eps_diluted", "2020")]) == ("0.51", "0.50")


def test_a_statement_without_a_scale_takes_that_at_which_it_repeats_other_figures():
    highlights = html_table([QUARTERS, ["Revenue", "10", "9"], ["Net income", "2", "1"]])
    statement = html_table(
        [QUARTERS, ["Revenue", "10,123,000", "9,456,000"], ["Expenses", "8,000,000", "7,500,000"], ["Net income", "2,123,000", "956,000"]]
    )
    above = ("FINANCIAL HIGHLIGHTS", "(in millions)", highlights, "CONSOLIDATED STATEMENTS OF OPERATIONS", statement)
    found = figures_of(page(*above, "A note that parts what follows from what stands above it, as the statements of the company do."))
    assert "10123000" in {found[("revenue", "gaap", "quarter", "2020-03-31")]}


def test_labels_that_go_on_in_the_next_line_are_no_headers():
    text = """
                        WIDGET WORKS, INC.
                   CONSOLIDATED BALANCE SHEETS
                          (in thousands)

                                              March 31,     December 31,
                                                2020            2019
                                            ------------    ------------
  Cash                                      $     20,000    $     21,000
  Receivables                                     80,000          79,000
  Inventories                                    100,000          99,000
  Plant                                          200,000         198,000
  Other assets                                   100,000          83,000
  Total assets                              $    500,000    $    480,000
  Payables                                       190,000         180,000
  Debt                                           100,000         100,000
  Total liabilities                              290,000         280,000
  Common stock                                   250,000         240,000
  Treasury stock, at cost; 52,221,907
    shares at March 31, 2020 and
    2019                                         (40,000)        (40,000)
  Total shareholders' equity                     210,000         200,000
"""
    found = figures_of(text.encode())
    assert found[("equity", "gaap", "instant", "2020-03-31")] == "210000000"
    assert found[("equity", "gaap", "instant", "2019-12-31")] == "200000000"


def test_what_a_reconciliation_adjusts_is_no_adjusted_figure():
    rows = [
        QUARTERS,
        ["Reconciliation of GAAP earnings per diluted share to non-GAAP earnings per diluted share"],
        ["Reported net income on a GAAP basis", "0.33", "0.20"],
        ["Stock-based compensation expense", "0.07", "0.06"],
        ["Amortization", "0.05", "0.04"],
        ["Non-GAAP net earnings", "0.45", "0.30"],
    ]
    found = figures_of(page("RECONCILIATION OF GAAP TO NON-GAAP MEASURES", "(in thousands, except per share data)", html_table(rows)))
    assert found.get(("eps_diluted", "nongaap", "quarter", "2020-03-31")) != "0.07"


def test_lines_under_headings_of_parts_are_none_of_the_company():
    rows = [
        QUARTERS,
        ["Homebuilding:"],
        ["&nbsp;&nbsp;Revenues", "90,000", "80,000"],
        ["&nbsp;&nbsp;Costs and expenses", "(70,000)", "(65,000)"],
        ["&nbsp;&nbsp;Operating income", "20,000", "15,000"],
        ["Financial services:"],
        ["&nbsp;&nbsp;Revenues", "10,000", "9,000"],
        ["&nbsp;&nbsp;Expenses", "(6,000)", "(5,000)"],
        ["&nbsp;&nbsp;Operating income", "4,000", "4,000"],
        ["Total pretax income", "24,000", "19,000"],
        ["Net income", "18,000", "14,000"],
    ]
    found = figures_of(page(*TITLE, html_table(rows)))
    assert {metric for metric, _, _, _ in found} == {"pretax_income", "net_income"}


def test_total_cash_goes_before_cash_of_a_part():
    rows = [DAYS, ["Cash and cash equivalents", "70,000", "60,000"], ["Cash in joint ventures", "30,000", "20,000"]]
    rows += [["Total cash and cash equivalents", "100,000", "80,000"], ["Total assets", "500,000", "480,000"]]
    rows += [["Total liabilities", "300,000", "290,000"], ["Total equity", "200,000", "190,000"]]
    assert figures_of(page(*SHEETS, html_table(rows)))[("cash", "gaap", "instant", "2020-03-31")] == "100000000"


def test_a_whole_income_statement_under_a_title_of_parts_is_read():
    rows = [QUARTERS, *TOP, ["Net income", "20,000", "18,000"], ["Diluted earnings per share", "0.50", "0.45"]]
    found = figures_of(page("REVENUE BY SEGMENT", "(in thousands, except per share data)", html_table(rows)))
    assert found[("revenue", "gaap", "quarter", "2020-03-31")] == "100000000"
    assert found[("eps_diluted", "gaap", "quarter", "2020-03-31")] == "0.50"
