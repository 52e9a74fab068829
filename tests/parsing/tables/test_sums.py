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


@pytest.mark.parametrize("day", ["March 31, ", "first quarter "])
def test_statements_that_state_no_scale_have_one_not_that_of_the_highlights(day):
    heads = ["", f"Three Months Ended {day}2020", f"Three Months Ended {day}2019"]
    highlights = html_table([heads, ["Revenue", "10.1", "9.5"], ["Net income", "2.1", "1.0"]])
    income = html_table(
        [QUARTERS, ["Revenue", "10,123,000", "9,456,000"], ["Expenses", "8,000,000", "7,500,000"], ["Net income", "2,123,000", "956,000"]]
    )
    balance = html_table(
        [["", "March 31, 2020", "December 31, 2019"], ["Cash", "780,000", "690,000"], ["Total assets", "4,480,000", "4,390,000"],
         ["Total liabilities", "1,480,000", "1,390,000"], ["Shareholders' equity", "3,000,000", "3,000,000"]]
    )  # fmt: skip
    parts = ("FINANCIAL HIGHLIGHTS", "(in millions)", highlights, "CONSOLIDATED STATEMENTS OF OPERATIONS", income)
    found = figures_of(page(*parts, "CONSOLIDATED BALANCE SHEETS", balance))
    assert found["total_assets", "gaap", "instant", "2020-03-31"] == "4480000"


def test_a_label_may_begin_several_rows_above_its_values():
    rows = [["Revenue", "100", "90"], ["Earnings from Continuing", "", ""], ["Operations Before", "", ""], ["Income Taxes", "12", "11"],
            ["Net income", "8", "7"]]  # fmt: skip
    found = figures_of(page("CONSOLIDATED STATEMENTS OF INCOME", "(in thousands)", html_table([QUARTERS, *rows])))
    assert found["pretax_income", "gaap", "quarter", "2020-03-31"] == "12000"


def test_a_row_that_begins_with_total_heads_nothing():
    rows = [["Cash", "20", "20"], ["Total assets", "300", "300"], ["Total liabilities", "90", "90"],
            ["Total Common", "", ""], ["&nbsp;&nbsp;Shareholders' Equity", "200", "200"], ["Preferred stock", "10", "10"],
            ["Total shareholders' equity", "210", "210"]]  # fmt: skip
    head = ["", "March 31, 2020", "December 31, 2019"]
    found = figures_of(page("CONSOLIDATED BALANCE SHEETS", "(in thousands)", html_table([head, *rows])))
    assert found["equity", "gaap", "instant", "2020-03-31"] == "210000"


def test_an_insurers_operating_income_below_its_net_income_is_adjusted():
    rows = [["Net income", "90", "80"], ["Less: net realized investment gains, after tax", "10", "9"], ["Operating income", "80", "71"],
            ["Net income per diluted share", "0.90", "0.80"], ["Operating income per diluted share", "0.80", "0.71"]]  # fmt: skip
    found = figures_of(page("RECONCILIATION OF NET INCOME TO OPERATING INCOME", "(in thousands)", html_table([QUARTERS, *rows])))
    assert found["net_income", "nongaap", "quarter", "2020-03-31"] == "80000"
    assert found["eps_diluted", "nongaap", "quarter", "2020-03-31"] == "0.80"
    assert ("operating_income", "gaap", "quarter", "2020-03-31") not in found


@pytest.mark.parametrize(
    "rows",
    [
        [["Average shares used for computation:", "", ""], ["&nbsp;&nbsp;Basic", "118.847", "118.700"],
         ["&nbsp;&nbsp;Diluted", "120.114", "120.001"]],
        [["Weighted average shares", "118.847", "118.700"], ["Dilutive effect of options", "1.267", "1.301"],
         ["Total equivalent shares", "120.114", "120.001"]],
        [["Average number of common shares", "118.847", "118.700"],
         ["Average number of common shares plus dilutive", "120.114", "120.001"]],
        [["Basic shares", "118.847", "118.700"],
         ["Weighted average common shares and share equivalents outstanding", "120.114", "120.001"]],
    ],
)  # fmt: skip
def test_shares_by_the_words_that_statements_have_for_them(rows):
    income = [["Revenue", "1,000.0", "900.0"], ["Net income", "118.8", "95.0"], ["Earnings per share - basic", "$1.00", "$0.80"],
              ["Earnings per share - diluted", "$0.99", "$0.79"]]  # fmt: skip
    found = figures_of(
        page("CONSOLIDATED STATEMENTS OF INCOME", "(In millions, except per share data)", html_table([QUARTERS, *income, *rows]))
    )
    assert found["shares_basic", "gaap", "quarter", "2020-03-31"] == "118847000.000"
    assert found["shares_diluted", "gaap", "quarter", "2020-03-31"] == "120114000.000"


def test_earnings_per_share_are_those_of_the_common_stock_not_of_class_b():
    rows = [["Net income", "100", "90"], ["Earnings per share - basic - Class B common stock", "0.29", "0.25"],
            ["Earnings per share - basic - common stock", "0.32", "0.27"]]  # fmt: skip
    found = figures_of(
        page("CONSOLIDATED STATEMENTS OF INCOME", "(in thousands)", html_table([QUARTERS, ["Revenue", "900", "800"], *rows]))
    )
    assert found["eps_basic", "gaap", "quarter", "2020-03-31"] == "0.32"


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


def statement(rows):
    """Figures of a whole statement by (metric, basis, duration, end)."""
    return figures_of(page(*TITLE, html_table(rows)))


def test_a_bare_total_less_another_is_the_income():
    rows = [
        QUARTERS, ["Premiums", "700", "650"], ["Drilling", "300", "250"], ["Total", "1,000", "900"], ["Claims", "500", "450"],
        ["Interest", "200", "250"], ["Total", "700", "700"], ["Income before income taxes", "300", "200"], ["Net income", "210", "140"],
    ]  # fmt: skip
    assert statement(rows)["revenue", "gaap", "quarter", "2020-03-31"] == "1000000"
    other = [[*row[:1], "999", "1"] if row[0] == "Income before income taxes" else row for row in rows]
    assert ("revenue", "gaap", "quarter", "2020-03-31") not in statement(other)


def test_net_revenue_that_sums_net_sales_and_others_is_the_revenue():
    rows = [
        QUARTERS, ["Net sales", "950", "850"], ["Other income from customers", "50", "50"], ["Net revenues", "1,000", "900"],
        ["Cost of sales", "(600)", "(500)"], ["Income before income taxes", "400", "400"], ["Net income", "300", "300"],
    ]  # fmt: skip
    assert statement(rows)["revenue", "gaap", "quarter", "2020-03-31"] == "1000000"


def test_a_line_of_rounding_is_no_earnings_per_share():
    rows = [
        QUARTERS, ["Revenue", "1,000", "900"], ["Net income", "647", "470"], ["Basic net income per common share:"],
        ["Continuing operations", "$0.64", "$0.48"], ["Rounding", "$0.01", "$(0.01)"], ["Total", "$0.65", "$0.47"],
    ]  # fmt: skip
    assert statement(rows)["eps_basic", "gaap", "quarter", "2020-03-31"] == "0.65"


def test_income_in_cents_under_basic_and_diluted_alone_is_a_share():
    rows = [
        QUARTERS, ["Revenue", "1,000", "900"], ["Expenses", "500", "500"], ["Net income available to Common Shares", "500", "400"],
        ["Basic:"], ["Income from continuing operations available to Common Shares", "$0.12", "$0.06"],
        ["Net income available to Common Shares", "$0.47", "$0.35"], ["Weighted average Common Shares outstanding", "1,064", "1,143"],
        ["Diluted:"], ["Net income available to Common Shares", "$0.46", "$0.35"],
    ]  # fmt: skip
    found = statement(rows)
    assert found["eps_basic", "gaap", "quarter", "2020-03-31"] == "0.47"
    assert found["eps_diluted", "gaap", "quarter", "2020-03-31"] == "0.46"
    assert found["net_income_to_common", "gaap", "quarter", "2020-03-31"] == "500000"


def test_a_heading_of_continuing_operations_does_not_hold_for_a_line_that_names_itself():
    rows = [
        QUARTERS, ["Revenue", "1,000", "900"], ["Expenses", "500", "500"], ["Net income", "500", "400"],
        ["Earnings Per Common Share From Continuing"], ["Operations, Basic", "3.25", "3.23"],
        ["Net Earnings Per Common Share, Basic", "3.35", "3.64"],
    ]  # fmt: skip
    assert statement(rows)["eps_basic", "gaap", "quarter", "2020-03-31"] == "3.35"


def test_a_label_wrapped_before_share():
    rows = [
        QUARTERS, ["Revenue", "1,000", "900"], ["Expenses", "500", "500"], ["Net income", "500", "400"],
        ["Diluted Earnings Per Average Common"], ["Share", "$.76", "$.93"], ["Basic Earnings Per Average Common Share", "$.77", "$.94"],
    ]  # fmt: skip
    found = statement(rows)
    assert (found["eps_diluted", "gaap", "quarter", "2020-03-31"], found["eps_basic", "gaap", "quarter", "2020-03-31"]) == ("0.76", "0.77")


@pytest.mark.parametrize("lone", ["Operating income", "Gross margin", "Home sale revenues"])
def test_a_lone_line_under_one_of_two_businesses_is_of_a_part(lone):
    rows = [
        QUARTERS, ["Homebuilding:"], ["&nbsp;&nbsp;Construction costs", "(700)", "(650)"], [f"&nbsp;&nbsp;{lone}", "300", "250"],
        ["&nbsp;&nbsp;Homebuilding pretax income", "300", "250"], ["Financial services:"], ["&nbsp;&nbsp;Revenues", "50", "40"],
        ["&nbsp;&nbsp;Expenses", "(20)", "(20)"], ["Income before income taxes", "330", "270"], ["Net income", "230", "190"],
    ]  # fmt: skip
    found = statement(rows)
    assert not [key for key in found if key[0] in ("operating_income", "gross_profit", "revenue")]
    assert found["pretax_income", "gaap", "quarter", "2020-03-31"] == "330000"


def test_two_bare_totals_of_one_value_are_all_assets():
    rows = [
        DAYS, ["Current assets", "200", "190"], ["Plant", "300", "290"], ["TOTAL", "500", "480"], ["Current liabilities", "100", "90"],
        ["Long-term debt", "200", "200"], ["Total stockholders' equity", "200", "190"], ["TOTAL", "500", "480"],
    ]  # fmt: skip
    found = figures_of(page(*SHEETS, html_table(rows)))
    assert found["total_assets", "gaap", "instant", "2020-03-31"] == "500000"


def test_of_two_lines_of_total_assets_the_larger_is_of_all():
    rows = [
        DAYS, ["Cash", "10", "9"], ["Total assets", "30", "20"], ["Receivables", "470", "460"], ["Total assets", "500", "480"],
        ["Total liabilities", "300", "290"], ["Total stockholders' equity", "200", "190"],
        ["Total liabilities and stockholders' equity", "500", "480"],
    ]  # fmt: skip
    found = figures_of(page(*SHEETS, html_table(rows)))
    assert found["total_assets", "gaap", "instant", "2020-03-31"] == "500000"


def test_total_equity_of_others_is_no_total():
    rows = [["Total equity - controlling interests", "200", "190"], ["Total equity - noncontrolling interests", "10", "9"]]
    assert equity(*rows, ["Total equity", "210", "199"]) == "200000"


def test_dilutive_and_adjusted_weighted_shares_are_diluted():
    rows = [
        QUARTERS, ["Revenue", "1,000", "900"], ["Expenses", "500", "500"], ["Net income", "500", "400"],
        ["Average common shares outstanding:"], ["Basic", "10,000", "10,000"], ["Dilutive", "10,400", "10,500"],
    ]  # fmt: skip
    assert statement(rows)["shares_diluted", "gaap", "quarter", "2020-03-31"] == "10400000"
    rows[4:] = [["Effect of dilutive stock equivalents", "400", "500"]]
    rows.append(["Adjusted weighted average shares for diluted earnings per share", "10,400", "10,500"])
    assert statement(rows)["shares_diluted", "gaap", "quarter", "2020-03-31"] == "10400000"
