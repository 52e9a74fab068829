import datetime as dt
from decimal import Decimal

import pytest

from ex99.filings.fiscal import Calendar
from ex99.parsing.reading import read_document
from ex99.parsing.tables.figures import find_table_figures
from ex99.parsing.tables.sections import read_tables
from ex99.parsing.tables.statements import Role
from tests.parsing.pages import figures_of, html_table, page

TITLE = ("WIDGET WORKS, INC.", "CONSOLIDATED STATEMENTS OF OPERATIONS", "(in thousands, except per share data)")
QUARTERS = ["", "Three Months Ended March 31, 2020", "Three Months Ended March 31, 2019"]
BODY = [
    ["Revenue", "100,000", "90,000"],
    ["Operating expenses", "110,000", "80,000"],
    ["Net income (loss)", "(10,000)", "9,000"],
    ["Net income (loss) per share, diluted", "(0.50)", "0.45"],
]


def find(rows, *above):
    return figures_of(page(*(above or TITLE), html_table(rows)))


def figure(found, metric, duration="quarter", end="2020-03-31", basis="gaap"):
    return found.get((metric, basis, duration, end))


def test_a_plain_statement():
    found = find([QUARTERS, *BODY])
    assert found == {
        ("revenue", "gaap", "quarter", "2020-03-31"): "100000000",
        ("revenue", "gaap", "quarter", "2019-03-31"): "90000000",
        ("net_income", "gaap", "quarter", "2020-03-31"): "-10000000",
        ("net_income", "gaap", "quarter", "2019-03-31"): "9000000",
        ("eps_diluted", "gaap", "quarter", "2020-03-31"): "-0.50",
        ("eps_diluted", "gaap", "quarter", "2019-03-31"): "0.45",
    }


@pytest.mark.parametrize(
    "head",
    [
        [["", ("Three Months Ended", 2)], ["", "March 31, 2020", "March 31, 2019"]],
        [["", ("Three Months Ended March 31,", 2)], ["", "2020", "2019"]],
        [["", ("Three Months Ended", 2)], ["", ("March 31,", 2)], ["", "2020", "2019"]],
        [["Three months ended March 31,", "2020", "2019"]],
        [["", "Quarter ended<br>3/31/20", "Quarter ended<br>3/31/19"]],
        [["", "13 Weeks Ended March 31, 2020", "13 Weeks Ended March 31, 2019"]],
        [["", ("March 31, 2020 and March 31, 2019", 2)], ["Three months", "2020", "2019"]],
        [["", "Three Months Ended", ""], ["", "March 31, 2020", "March 31, 2019"]],
        [["", "Quarter ended 31 March 2020", "Quarter ended 31 March 2019"]],
    ],
)
def test_headers_of_many_shapes(head):
    found = find([*head, *BODY])
    assert figure(found, "revenue") == "100000000"
    assert figure(found, "revenue", end="2019-03-31") == "90000000"
    assert figure(found, "eps_diluted", end="2019-03-31") == "0.45"


def test_the_caption_names_the_period():
    rows = [["", "2019", "2020"], *[[label, b, a] for label, a, b in BODY]]
    found = find(rows, *TITLE, "For the three months ended March 31, 2020 and 2019")
    assert figure(found, "revenue") == "100000000"
    assert figure(found, "net_income", end="2019-03-31") == "9000000"


@pytest.mark.parametrize(
    ("words", "duration"),
    [
        ("Six Months Ended", "half"),
        ("Thirty-nine weeks ended", "nine_months"),
        ("Year ended", "year"),
        ("53 weeks ended", "year"),
        ("12 weeks ended", "quarter"),
    ],
)
def test_durations(words, duration):
    found = find([["", (words, 2)], ["", "March 31, 2020", "March 31, 2019"], *BODY])
    assert figure(found, "revenue", duration) == "100000000"


def test_columns_without_a_duration_are_left_out():
    assert find([["", "March 31, 2020", "March 31, 2019"], *BODY]) == {}


def test_dates_a_quarter_apart_are_quarters():
    head = ["", "Mar 31, 2020", "Dec 31, 2019", "Sep 30, 2019"]
    found = find([head, *[[*row, "1.00"] for row in BODY]])
    assert figure(found, "revenue", end="2019-12-31") == "90000000"


def test_change_percent_and_margin_columns_are_left_out():
    head = ["", "Quarter ended March 31, 2020", "% of sales", "Quarter ended March 31, 2019", "% of sales", "$ Change", "% Change"]
    found = find([head, *[[label, a, "100.0%", b, "99.9", "1", "11%"] for label, a, b in BODY]])
    assert figure(found, "revenue") == "100000000"
    assert len(found) == 6


def test_trailing_pro_forma_and_constant_currency_columns_are_left_out():
    head = ["", "Three Months Ended March 31, 2020", "Trailing twelve months ended March 31, 2020", "Constant currency"]
    found = find([head, *[[label, a, "7.00", "8.00"] for label, a, _ in BODY]])
    assert set(found) == {(m, "gaap", "quarter", "2020-03-31") for m in ("revenue", "net_income", "eps_diluted")}


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("(in thousands, except per share data)", "100000000"),
        ("($ in millions)", "100000000000"),
        ("(000s omitted)", "100000000"),
        ("Dollars in Thousands", "100000000"),
        ("(In Billions)", "100000000000000"),
    ],
)
def test_scales(words, value):
    found = find([QUARTERS, *BODY], "WIDGET WORKS, INC.", "STATEMENTS OF OPERATIONS", words)
    assert figure(found, "revenue") == value
    assert figure(found, "eps_diluted") == "-0.50"


def test_numbers_without_a_scale_are_left_out_unless_they_are_whole():
    assert (
        figure(find([QUARTERS, ["Revenue", "123.4", "100.0"], ["Costs", "110.0", "80.0"]], "STATEMENTS OF OPERATIONS"), "revenue") is None
    )
    assert figure(find([QUARTERS, ["Revenue", "$1,234,567", "$1,111,111"]], "STATEMENTS OF OPERATIONS"), "revenue") == "1234567"


@pytest.mark.parametrize(("shares", "value"), [("20,000", "20000000"), ("20,000,000", "20000000"), ("20.0", "20000000.0")])
def test_share_counts_are_scaled_as_income_and_eps_imply(shares, value):
    found = find([QUARTERS, *BODY, ["Weighted average diluted shares", shares, shares]])
    assert float(figure(found, "shares_diluted")) == float(value)


def test_other_currencies():
    document = read_document(page(*TITLE[:2], "(in thousands of euros)", html_table([QUARTERS, *BODY])))
    assert {c.figure.unit for c in find_table_figures(document)[0]} == {"EUR", "EUR/share"}


def test_cents():
    found = find([QUARTERS, *BODY[:3], ["Diluted earnings per share", "(50¢)", "45¢"]])
    assert float(figure(found, "eps_diluted", end="2019-03-31")) == 0.45


def test_a_row_named_a_loss_is_negative_where_no_value_has_a_sign():
    assert figure(find([QUARTERS, ["Revenue", "1", "2"], ["Net loss", "10,000", "9,000"]]), "net_income") == "-10000000"
    mixed = find([QUARTERS, ["Revenue", "1", "2"], ["Net loss", "(10,000)", "9,000"]])
    assert figure(mixed, "net_income", end="2019-03-31") == "9000000"


def test_totals_win_over_components():
    rows = [["Net sales", "60", "50"], ["Membership fees", "40", "40"], ["Total revenues", "100", "90"], *BODY[1:]]
    assert figure(find([QUARTERS, *rows]), "revenue") == "100000"


@pytest.mark.parametrize("label", ["", "Total", "Total:"])
def test_totals_named_by_their_heading(label):
    rows = [["Revenues:"], ["&nbsp;&nbsp;Product", "60", "50"], ["&nbsp;&nbsp;Service", "40", "40"], [label, "100", "90"], *BODY[1:]]
    assert figure(find([QUARTERS, *rows]), "revenue") == "100000"


def test_revenue_of_a_part_is_not_the_company_s():
    rows = [["Financial services:"], ["&nbsp;&nbsp;Revenues", "60", "50"], *BODY[1:]]
    assert figure(find([QUARTERS, *rows]), "revenue") is None


def test_eps_by_heading_and_not_of_continuing_operations_alone():
    rows = [
        *BODY[:3],
        ["Basic earnings per share:"],
        ["&nbsp;&nbsp;Continuing operations", "0.24", "0.22"],
        ["&nbsp;&nbsp;Discontinued operations", "(0.04)", "—"],
        ["&nbsp;&nbsp;Net income", "0.20", "0.22"],
        ["Shares used in per share calculation:"],
        ["&nbsp;&nbsp;Basic", "50,000", "50,000"],
    ]
    found = find([QUARTERS, *rows])
    assert figure(found, "eps_basic") == "0.20"
    assert figure(found, "eps_diluted") is None
    assert figure(found, "shares_basic") == "50000000"


def test_combined_and_unmarked_eps_count_for_both():
    for label in ("Basic and diluted loss per share", "Net loss per share"):
        found = find([QUARTERS, *BODY[:3], [label, "(0.50)", "(0.45)"]])
        assert figure(found, "eps_basic") == figure(found, "eps_diluted") == "-0.50"


def test_consolidated_income_and_income_to_common():
    rows = [
        *BODY[:2],
        ["Net income", "9,000", "8,000"],
        ["Less: net income attributable to noncontrolling interests", "500", "400"],
        ["Net income attributable to Widget Works, Inc.", "8,500", "7,600"],
    ]
    found = find([QUARTERS, *rows])
    assert (figure(found, "net_income"), figure(found, "net_income_to_common")) == ("9000000", "8500000")


def test_balance_sheet_and_cash_flow():
    balance = html_table(
        [
            ["", "March 31, 2020", "December 31, 2019"],
            ["Cash and cash equivalents", "5", "6"],
            ["Total assets", "200", "210"],
            ["Total liabilities", "80", "85"],
            ["Total stockholders' equity", "120", "125"],
            ["Total liabilities and stockholders' equity", "200", "210"],
        ]
    )
    cash = html_table(
        [
            QUARTERS,
            ["Net income", "9", "8"],
            ["Net cash provided by operating activities", "30", "25"],
            ["Net cash used in investing activities", "(10)", "(9)"],
            ["Net cash used in financing activities", "(5)", "(4)"],
        ]
    )
    found = figures_of(page("BALANCE SHEETS", "(in millions)", balance, "STATEMENTS OF CASH FLOWS", "(in millions)", cash))
    assert figure(found, "equity", "instant", "2019-12-31") == "125000000"
    assert figure(found, "cash", "instant") == "5000000"
    assert figure(found, "total_assets", "instant") == "200000000"
    assert figure(found, "operating_cash_flow") == "30000000"


def test_gaap_adjustments_and_adjusted_columns():
    head = [["", ("Three Months Ended March 31, 2020", 3)], ["", "GAAP", "Adjustments", "Non-GAAP"]]
    rows = [
        ["Operating income", "10", "5", "15"],
        ["Net income", "7", "4", "11"],
        ["Diluted net income per share", "$0.14", "$0.08", "$0.22"],
    ]
    found = find([*head, *rows], "Reconciliation of GAAP to Non-GAAP Results", "(in millions, except per share amounts)")
    assert [figure(found, "net_income", basis=b) for b in ("gaap", "nongaap")] == ["7000000", "11000000"]
    assert [figure(found, "eps_diluted", basis=b) for b in ("gaap", "nongaap")] == ["0.14", "0.22"]


def test_a_reconciliation_starts_from_gaap():
    rows = [
        ["Net income", "7", "6"],
        ["Restructuring", "4", "3"],
        ["Adjusted net income", "11", "9"],
        ["EBITDA", "20", "18"],
        ["Adjusted EBITDA", "25", "22"],
    ]
    found = find([QUARTERS, *rows], "Reconciliation of Net Income to Adjusted Measures", "(in millions)")
    assert figure(found, "net_income") == "7000000"
    assert figure(found, "net_income", basis="nongaap") == "11000000"
    assert figure(found, "ebitda", basis="nongaap") == "20000000"
    assert figure(found, "adjusted_ebitda", basis="nongaap") == "25000000"


def test_a_table_on_its_side():
    rows = [
        ["", "Operating income", "Net income", "Diluted EPS"],
        ["Reported (GAAP)", "10", "7", "$0.14"],
        ["Special items", "5", "4", "0.08"],
        ["Adjusted (Non-GAAP)", "15", "11", "$0.22"],
    ]
    found = find(rows, "Reconciliation", "Three Months Ended March 31, 2020", "(in millions, except per share data)")
    assert figure(found, "net_income") == "7000000"
    assert figure(found, "operating_income", basis="nongaap") == "15000000"
    assert figure(found, "eps_diluted", basis="nongaap") == "0.22"


def test_losses_of_a_table_on_its_side_are_negative():
    rows = [
        ["", "Revenue", "Operating loss", "Net loss", "Loss per share"],
        ["Three months ended March 31, 2020", "40", "10", "12", "$0.24"],
        ["Three months ended March 31, 2019", "30", "11", "13", "$0.26"],
    ]
    found = find(rows, "WIDGET WORKS, INC.", "Selected financial data", "(in millions, except per share data)")
    assert figure(found, "net_income") == "-12000000"
    assert figure(found, "operating_income", end="2019-03-31") == "-11000000"
    assert figure(found, "eps_diluted") == "-0.24"
    signed = [rows[0], [*rows[1][:3], "(12)", "$(0.24)"], [*rows[2][:3], "13", "$0.26"]]
    found = find(signed, "WIDGET WORKS, INC.", "Selected financial data", "(in millions, except per share data)")
    assert (figure(found, "net_income"), figure(found, "net_income", end="2019-03-31")) == ("-12000000", "13000000")


def test_letters_by_which_notes_call_the_rows_are_no_part_of_labels():
    lettered = [[label, letter, *values] for letter, (label, *values) in zip("ABCA", BODY, strict=True)]
    found = find([[QUARTERS[0], "", *QUARTERS[1:]], *lettered])
    assert figure(found, "revenue") == "100000000"
    assert figure(found, "net_income") == "-10000000"


def test_a_label_that_goes_on_below_is_no_row_of_its_own():
    rows = [*BODY[:2], ["Income From Continuing Operations Before", "", ""], ["Income Taxes", "(10,500)", "9,900"], *BODY[2:]]
    assert figure(find([QUARTERS, *rows]), "pretax_income") == "-10500000"


def test_beside_income_before_noncontrolling_interests_the_plain_one_is_the_companys():
    income = [
        QUARTERS, *BODY[:2], ["Net income including noncontrolling interests", "9,500", "8,500"],
        ["Less: noncontrolling interests", "500", "400"], ["Net income", "9,000", "8,100"], ["Diluted earnings per share", "0.45", "0.40"],
    ]  # fmt: skip
    flows = [
        QUARTERS, ["Net income", "9,000", "8,100"], ["Net cash provided by operating activities", "12,000", "11,000"],
        ["Net cash used in investing activities", "(3,000)", "(2,000)"], ["Net cash used in financing activities", "(1,000)", "(900)"],
    ]  # fmt: skip
    found = figures_of(page(*TITLE, html_table(income), "STATEMENTS OF CASH FLOWS (in thousands)", html_table(flows)))
    assert (figure(found, "net_income"), figure(found, "net_income_to_common")) == ("9500000", "9000000")
    assert figure(found, "operating_cash_flow") == "12000000"


@pytest.mark.parametrize(
    ("heading", "line"),
    [
        ("Discontinued operations:", "Net cash provided by operating activities"),
        ("Cash (paid) received for discontinued operations:", "Operating cash flows"),
    ],
)
def test_operating_cash_flow_of_discontinued_operations_is_a_part(heading, line):
    flows = [
        QUARTERS, ["Net cash provided by operating activities of continuing operations", "12,000", "11,000"],
        ["Net cash used in investing activities", "(3,000)", "(2,000)"], ["Net cash used in financing activities", "(1,000)", "(900)"],
        [heading, "", ""], [line, "700", "600"],
    ]  # fmt: skip
    assert figure(find(flows, "STATEMENTS OF CASH FLOWS", "(in thousands)"), "operating_cash_flow") == "12000000"


def test_income_under_the_words_of_its_shares_is_no_count_of_them():
    rows = [
        QUARTERS, *BODY[:2], ["Net income", "9,000", "8,000"], ["Income for the holders of common stock", "", ""],
        ["Basic", "$8,700", "$7,800"], ["Diluted", "8,700", "7,800"], ["Weighted average number of common shares", "", ""],
        ["Basic", "20,000", "19,000"], ["Diluted", "21,000", "20,000"],
    ]  # fmt: skip
    assert figure(find(rows), "shares_basic") == "20000000"


def test_a_loss_in_parentheses_is_a_row_of_its_own_words():
    rows = [QUARTERS, *BODY[:2], ["Operating (loss)", "(12,000)", "(9,000)"], ["Net (loss)", "(13,000)", "(9,500)"]]
    found = find([*rows, ["Net (loss) per share, basic and diluted", "$(0.50)", "$(0.45)"]])
    assert figure(found, "operating_income") == "-12000000"
    assert figure(found, "net_income") == "-13000000"
    assert figure(found, "eps_basic") == "-0.50"


def test_segments_and_tables_that_contradict_the_statements_are_left_out():
    segment = html_table(
        [QUARTERS, ["Revenue", "$40,000", "$30,000"], ["Operating expenses", "10,000", "8,000"], ["Net income", "9,000", "8,000"]]
    )
    document = read_document(page(*TITLE, html_table([QUARTERS, *BODY]), "Widget Leasing", "(in thousands)", segment))
    candidates, warnings = find_table_figures(document)
    assert {c.figure.source.table for c in candidates} == {0}
    assert [w.code for w in warnings] == ["other_entity"]


def test_sections_of_one_table_have_their_own_headers():
    rows = [QUARTERS, *BODY, ["Balance sheet data:", "March 31, 2020", "December 31, 2019"], ["Total assets", "200", "210"]]
    assert figure(find(rows), "total_assets", "instant", "2019-12-31") == "210000"


def test_a_statement_split_over_two_tables():
    second = html_table([["Net income", "9,000", "8,000"], ["Diluted earnings per share", "0.45", "0.40"]])
    found = figures_of(page(*TITLE, html_table([QUARTERS, *BODY[:2]]), '<p style="page-break-before:always"></p>', second))
    assert figure(found, "eps_diluted", end="2019-03-31") == "0.40"


def test_fiscal_labels_need_the_calendar():
    document = read_document(page(*TITLE, html_table([["", "Q1 FY20", "Q1 FY19"], *BODY])))
    sections = read_tables(document)[0]
    assert sections[0].role is Role.INCOME
    assert [(p.duration, p.end) for p in sections[0].periods if p is not None] == [("quarter", None), ("quarter", None)]
    assert find_table_figures(document, sections)[0] == []


def test_sources_name_row_and_column():
    document = read_document(
        page(*TITLE, html_table([QUARTERS, ["Earnings per share:"], ["&nbsp;&nbsp;Diluted", "(0.50)", "0.45"], *BODY[:3]]))
    )
    source = next(c.figure.source for c in find_table_figures(document)[0] if c.figure.metric == "eps_diluted")
    assert (source.text, source.table, source.row, source.column) == (
        "(0.50)",
        0,
        "Earnings per share: > Diluted",
        "Three Months Ended March 31, 2020",
    )


def test_a_scale_taken_over_from_other_tables_needs_a_figure_that_agrees():
    highlights = html_table([QUARTERS, ["Adjusted EBITDA", "25.0", "22.0"]])
    found = figures_of(page(*TITLE, html_table([QUARTERS, *BODY]), "Other highlights", highlights))
    assert figure(found, "adjusted_ebitda", basis="nongaap") is None


def test_rows_with_a_scale_of_their_own():
    rows = [
        ["Operating revenues (000's)", "$181,460", "$166,902"],
        ["Net income (000's)", "24,108", "22,014"],
        ["Average common shares outstanding (000's)", "32,560", "32,340"],
        ["Earnings per share, basic and diluted", "$.74", "$.68"],
    ]
    found = find([QUARTERS, *rows], "WIDGET WORKS, INC.", "Summary of Earnings")
    assert figure(found, "revenue") == "181460000"
    assert figure(found, "shares_diluted") == "32560000"


def test_to_date_columns_take_their_length_from_the_calendar():
    head = ["", "Quarter ended June 30, 2020", "Quarter ended June 30, 2019", "Year-to-date June 30, 2020"]
    document = read_document(page(*TITLE, html_table([head, *([*row, row[1]] for row in BODY)])))
    found = find_table_figures(document, calendar=Calendar(2020, 2, dt.date(2020, 6, 30)))[0]
    assert {c.figure.duration for c in found if c.figure.period_end == dt.date(2020, 6, 30)} == {"quarter", "half"}


def test_counts_under_a_heading_of_shares_are_no_earnings():
    rows = [*BODY[:3], ["Diluted earnings per share", "(0.50)", "0.45"], ["Shares used for:"]]
    rows.append(["&nbsp;&nbsp;Diluted earnings per share", "20,000", "20,050"])
    found = find([QUARTERS, *rows])
    assert figure(found, "eps_diluted") == "-0.50"
    assert figure(found, "shares_diluted") == "20000000"


def test_the_total_of_one_kind_of_revenue():
    rows = [["License fees", "60,000", "50,000"], ["Royalties", "40,000", "40,000"], ["Total licensing revenue", "100,000", "90,000"]]
    assert figure(find([QUARTERS, *rows, *BODY[1:]]), "revenue") == "100000000"
    more = ["Service revenue", "5,000", "4,000"]
    assert figure(find([QUARTERS, *rows, more, *BODY[1:]]), "revenue") is None


def test_a_day_in_a_caption_ends_no_period_unless_the_caption_says_so():
    head = ["", "2020", "2019"]
    assert find([head, *BODY], "Widget Works reported its first quarter of 2020 on April 25, 2020", TITLE[2]) == {}
    assert figure(find([head, *BODY], "Quarter ended March 31, 2020", TITLE[2]), "revenue") == "100000000"


def test_a_continued_statement_keeps_its_scale():
    first, second = html_table([QUARTERS, *BODY[:2]]), html_table([QUARTERS, *BODY[2:], ["Diluted shares", "200,100,100", "200,000,000"]])
    found = figures_of(page(*TITLE, first, "STATEMENTS (continued)", second))
    assert figure(found, "net_income") == "-10000000"


def test_earnings_a_share_beside_balances_are_no_balance_sheet():
    rows = [["Diluted earnings per share", "0.50", "0.45"], ["Total assets", "900,000", "890,000"], ["Deposits", "700,000", "690,000"]]
    rows.append(["Total shareholders' equity", "90,000", "89,000"])
    found = find([QUARTERS, *rows], "WIDGET BANK", "(in thousands, except per share data)")
    assert figure(found, "eps_diluted") == "0.50"
    assert figure(found, "equity", "instant") == "90000000"


def test_typed_spanners_stand_in_the_middle_of_unequal_shares():
    lines = [
        "                                      2007                    2006",
        "                         IVQ      IIIQ      IIQ       IQ       IVQ",
        "Revenue              104,000   103,000  102,000  101,000   100,000",
        "Operating expenses   110,000   100,000  100,000   99,000    98,000",
        "Net income (loss)     (6,000)    3,000    2,000    2,000     2,000",
    ]
    text = "\n".join(["WIDGET WORKS, INC.", "STATEMENTS OF OPERATIONS", "(in thousands)", "", *lines])
    found = find_table_figures(read_document(text.encode()), calendar=Calendar(2007, 4, dt.date(2007, 12, 31)))[0]
    revenue = {c.figure.period_end.isoformat(): c.figure.value for c in found if c.figure.metric == "revenue"}
    assert revenue["2007-03-31"] == 101_000_000
    assert revenue["2006-12-31"] == 100_000_000


def test_the_total_beside_four_quarters_is_a_year():
    head = [["", ("2020 Quarter Ended", 2), "2020"], ["", "March 31,", "June 30,", "Total"]]
    rows = [["Revenue", "100,000", "110,000", "210,000"], ["Net income", "9,000", "8,000", "17,000"], ["EPS", "0.45", "0.40", "0.85"]]
    document = read_document(page(*TITLE, html_table([*head, *rows])))
    found = find_table_figures(document, calendar=Calendar(2020, 4, dt.date(2020, 12, 31)))[0]
    revenue = {(c.figure.duration, str(c.figure.period_end)): c.figure.value for c in found if c.figure.metric == "revenue"}
    assert revenue == {
        ("quarter", "2020-03-31"): 100_000_000, ("quarter", "2020-06-30"): 110_000_000, ("year", "2020-12-31"): 210_000_000,
    }  # fmt: skip


def test_a_column_without_a_period_beside_dated_ones_has_none():
    found = find([[*QUARTERS, "Total"], *([*row, row[1]] for row in BODY)], *TITLE, "Quarter ended March 31, 2020")
    assert figure(found, "revenue") == "100000000"
    assert len([key for key in found if key[0] == "revenue"]) == 2


def test_headers_that_name_two_quarters_are_left_out():
    assert find([["", "First Quarter Second Quarter 2020", "2019"], *BODY], *TITLE) == {}


def test_of_two_columns_of_one_period_that_which_names_its_year():
    head = [["", ("Three Months Ended March 31,", 3)], ["", "2020", "2019", "Amount"]]
    rows = [[*row, "1,000"] for row in BODY]
    found = find([*head, *rows], *TITLE, "for the first quarter of 2020 ended")
    assert figure(found, "revenue") == "100000000"


def test_columns_of_income_and_of_income_a_share():
    head = [["", ("Three Months Ended March 31, 2020", 2)], ["", "Amount", "Per Diluted Share"]]
    rows = [["GAAP net loss and GAAP diluted loss per share", "$(10,000)", "$(0.50)"], ["Closing of a plant", "14,000", "0.70"]]
    rows.append(["Non-GAAP net income and diluted earnings per share", "$4,000", "$0.20"])
    found = find([*head, *rows], "Reconciliation of GAAP to non-GAAP results", TITLE[2])
    assert figure(found, "net_income", basis="nongaap") == "4000000"
    assert figure(found, "eps_diluted", basis="nongaap") == "0.20"
    assert figure(found, "eps_diluted") == "-0.50"


def test_angle_brackets_are_parentheses():
    lines = [
        "                                Three Months Ended",
        "                              3/31/96       3/31/95",
        "Net sales                  $3,110,220    $2,990,110",
        "Operating income <loss>     <410,110>        19,780",
        "Net loss                    <282,440>          <230>",
        "Net loss per share              <.11>           .00",
    ]
    found = figures_of("\n".join(["ACME BOATS, INC.", "STATEMENTS OF OPERATIONS", "", *lines]).encode())
    assert figure(found, "operating_income", end="1996-03-31") == "-410110"
    assert figure(found, "net_income", end="1995-03-31") == "-230"


def test_typed_headers_without_gaps_are_told_apart():
    lines = [
        "                                               2020",
        "                 First Quarter Second Quarter Third Quarter Fourth Quarter  Total",
        "Revenue               101,000       102,000        103,000        104,000   410,000",
        "Net income              1,000         2,000          3,000          4,000    10,000",
    ]
    text = "\n".join(["WIDGET WORKS, INC.", "STATEMENTS OF OPERATIONS", "(in thousands)", "", *lines])
    found = find_table_figures(read_document(text.encode()), calendar=Calendar(2020, 4, dt.date(2020, 12, 31)))[0]
    revenue = {(c.figure.duration, c.figure.period_end.month): c.figure.value for c in found if c.figure.metric == "revenue"}
    assert revenue["quarter", 6] == 102_000_000
    assert revenue["quarter", 12] == 104_000_000
    assert revenue["year", 12] == 410_000_000


def test_durations_named_beside_years_that_repeat():
    head = ["Three and six months ended June 30,", "2020", "2019", "2020", "2019"]
    found = find([head, *([*row, *row[1:]] for row in BODY)])
    assert {key[2] for key in found if key[0] == "revenue"} == {"quarter", "half"}
    assert figure(found, "revenue", "half", "2019-06-30") == "90000000"


def test_as_many_typed_headers_as_columns_stand_in_their_order():
    lines = [
        "                    Three months ended            Six months ended",
        "              September 30, 2020 September 30, 2019 September 30, 2020 September 30, 2019",
        "Revenue           50,000      45,000     100,000      90,000",
        "Net income         5,000       4,500      10,000       9,000",
    ]
    found = figures_of("\n".join(["WIDGET WORKS, INC.", "STATEMENTS OF OPERATIONS", "(in thousands)", "", *lines]).encode())
    assert figure(found, "revenue", "half", "2019-09-30") == "90000000"
    assert figure(found, "revenue", "half", "2020-09-30") == "100000000"


def test_labels_over_two_rows_that_end_open():
    rows = [*BODY[:3], ["Basic and diluted loss per share", "(0.50)", "0.45"], ["Shares used in computing basic and"]]
    rows.append(["diluted net income per share", "20,000", "20,050"])
    found = find([QUARTERS, *rows])
    assert figure(found, "shares_basic") == figure(found, "shares_diluted") == "20000000"


def test_a_fund_reports_its_investment_income():
    rows = [["Interest", "80,000", "70,000"], ["Total investment income", "100,000", "90,000"], ["Total expenses", "20,000", "15,000"]]
    rows.append(["Net increase in net assets resulting from operations", "60,000", "50,000"])
    found = find([QUARTERS, *rows])
    assert figure(found, "revenue") == "100000000"
    assert figure(found, "net_income") == "60000000"


def test_adjusted_cash_flows_are_none():
    rows = [["Net income", "9,000", "8,000"], ["Adjusted operating cash flow", "12,000", "11,000"]]
    assert figure(find([QUARTERS, *rows], "Reconciliation", TITLE[2]), "operating_cash_flow") is None


@pytest.mark.parametrize(
    "head",
    [
        [["(in thousands, except per share data)", "March 31, 2020", "March 31, 2019"]],
        [["(in thousands, except per share data)", ("Three Months Ended March 31,", 2)], ["", "2020", "2019"]],
        [["(in thousands)", ("2020 Quarter Ended", 2)], ["", "March 31,", "June 30,"]],
    ],
)
def test_a_table_of_headers_above_the_statement(head):
    found = figures_of(page(*TITLE[:2], "Quarter ended March 31, 2020", html_table(head), html_table(BODY)))
    assert figure(found, "revenue") == "100000000"
    assert len([key for key in found if key[0] == "revenue"]) == 2


def test_counts_of_shares_whose_heading_stands_further_in():
    rows = [["Earnings per share - diluted:"], ["&nbsp;&nbsp;Net income", "(0.50)", "0.45"]]
    rows += [["&nbsp;&nbsp;&nbsp;&nbsp;Weighted average shares:"], ["&nbsp;&nbsp;Basic", "20,000", "20,050"]]
    found = find([QUARTERS, *BODY[:3], *rows])
    assert figure(found, "shares_basic") == "20000000"
    assert figure(found, "eps_diluted") == "-0.50"


def test_the_first_part_of_a_cash_flow_statement():
    rows = [["Net income", "9,000", "8,000"], ["Depreciation", "1,000", "900"]]
    rows.append(["Net cash provided by operating activities", "10,000", "8,900"])
    found = find([QUARTERS, *rows], "CONDENSED STATEMENTS OF CASH FLOWS", TITLE[2])
    assert figure(found, "operating_cash_flow") == "10000000"


def test_cash_that_ties_a_cash_flow_statement_to_the_balance_sheet():
    rows = [["Net cash provided by operating activities", "30", "25"], ["Net cash used in financing activities", "(5)", "(4)"]]
    rows += [["Cash and cash equivalents, beginning of period", "40", "19"], ["Cash and cash equivalents, end of period", "65", "40"]]
    rows += [["Reconciliation of cash and restricted cash to the balance sheets:"], ["&nbsp;&nbsp;Cash and cash equivalents", "61", "38"]]
    rows.append(["&nbsp;&nbsp;Restricted cash", "4", "2"])
    found = find([QUARTERS, *rows], "STATEMENTS OF CASH FLOWS", "(in millions)")
    assert figure(found, "cash", "instant") == "61000000"
    assert figure(found, "cash", "instant", "2019-03-31") == "38000000"


def test_quarters_under_the_day_their_year_ended():
    head = [["", ("Fiscal Year Ended December 26, 2020", 2)], ["", "First Quarter", "Fourth Quarter"]]
    document = read_document(page(*TITLE, html_table([*head, *BODY])))
    found = find_table_figures(document, calendar=Calendar(2020, 4, dt.date(2020, 12, 26)))[0]
    ends = {c.figure.period_end: c.figure.value for c in found if c.figure.metric == "revenue"}
    assert ends == {dt.date(2020, 3, 28): 100_000_000, dt.date(2020, 12, 26): 90_000_000}


def test_a_continued_statement_whose_title_named_the_day():
    head = ["", "Three Months 2020", "Three Months 2019"]
    first, second = html_table([head, *BODY[:2]]), html_table([head, *BODY[2:]])
    found = figures_of(page(*TITLE, "For the periods ended March 31", first, "STATEMENTS (continued)", second))
    assert figure(found, "net_income") == "-10000000"


@pytest.mark.parametrize("total", ["", "Gross revenues", "Total revenues"])
def test_revenue_is_net_of_allowances(total):
    rows = [["Revenues:"], ["&nbsp;&nbsp;Casino", "60,000", "50,000"], ["&nbsp;&nbsp;Rooms", "45,000", "44,000"]]
    rows += [["&nbsp;&nbsp;" + total, "105,000", "94,000"], ["&nbsp;&nbsp;Less promotional allowances", "(5,000)", "(4,000)"]]
    rows.append(["&nbsp;&nbsp;Net revenues", "100,000", "90,000"])
    assert figure(find([QUARTERS, *rows, *BODY[1:]]), "revenue") == "100000000"


def test_each_figure_says_how_exact_it_is_printed():
    rows = [
        *BODY[:3],
        ["Net income (loss) per share, diluted", "(50.5)¢", "45.0¢"],
        ["Weighted average shares, diluted", "20,000", "20,000"],
    ]
    title = ("WIDGET WORKS, INC.", "CONSOLIDATED STATEMENTS OF OPERATIONS", "(in thousands, except per share data)")
    document = read_document(page(*title, html_table([QUARTERS, *rows])))
    told = {c.figure.metric: c.figure.precision for c in find_table_figures(document)[0] if c.figure.period_end == dt.date(2020, 3, 31)}
    assert told == {
        "revenue": Decimal(1000), "net_income": Decimal(1000), "eps_diluted": Decimal("0.001"), "shares_diluted": Decimal(1000),
    }  # fmt: skip
    millions = (*title[:2], "(in millions)")
    document = read_document(page(*millions, html_table([QUARTERS, ["Revenue", "4,009.5", "3,000.0"], *BODY[1:3]])))
    (revenue,) = (c.figure for c in find_table_figures(document)[0] if c.figure.value == Decimal("4009500000"))
    assert revenue.precision == Decimal(100_000)


def test_of_columns_of_parts_the_consolidated_one_is_the_companys():
    parts = ["", "Americas", "Europe", "Corporate", "Consolidated"]
    rows = [
        parts, ["Three Months Ended March 31, 2020"],
        ["Sales to external customers", "60,000", "40,000", "-", "100,000"],
        ["Adjusted operating income", "9,000", "5,000", "(2,000)", "12,000"],
    ]  # fmt: skip
    above = ("Segment Information (Unaudited)", "(in thousands)")
    assert figure(find(rows, *above), "operating_income", basis="nongaap") == "12000000"
    without = [[cell for cell in row if len(row) == 1 or cell != row[-1]] for row in rows]
    assert not any(metric == "operating_income" for metric, *_ in find(without, *above))


def test_counts_in_millions_with_decimals_under_a_heading_of_shares():
    rows = [
        ["", "Three months ended March 31, 2020"], ["Revenues", "2,400.5"], ["Costs and expenses", "2,000.0"], ["Net earnings", "260.0"],
        ["Net earnings per share"], ["Basic", "2.19"], ["Average shares used for computation:"], ["Basic", "118.847"],
    ]  # fmt: skip
    found = find(rows, "Consolidated Statements of Income", "(in millions, except per share data)")
    assert float(figure(found, "shares_basic")) == 118_847_000
    assert figure(found, "eps_basic") == "2.19"


def test_a_bare_per_share_row_of_both_kinds_is_of_earnings():
    rows = [QUARTERS, *BODY[:3], ["Per share - basic and diluted", "(0.52)", "0.46"]]
    found = find(rows)
    assert (figure(found, "eps_basic"), figure(found, "eps_diluted")) == ("-0.52", "-0.52")
    assert figure(find([QUARTERS, *BODY[:3], ["Dividends"], ["Per share - basic", "0.10", "0.10"]]), "eps_basic") is None


def test_misspelt_operating_activities():
    rows = [
        QUARTERS, ["Net (loss) income", "(10,000)", "9,000"], ["Net cash (used in)/provided by operating activites", "(3,400)", "2,100"],
        ["Net cash derived from investing activities", "1", "2"], ["Net cash (utilized in) financing activities", "(5)", "(6)"],
    ]  # fmt: skip
    assert figure(find(rows, "Statements of Cash Flows", "(in thousands)"), "operating_cash_flow") == "-3400000"


def test_rows_that_state_their_own_scale_need_no_other():
    heads = ["", "Q1 2020", "Q1 2019"]
    rows = [heads, ["Revenue ($B)", "$12.9", "$12.8"], ["Gross margin", "27.5%", "35.4%"], ["Net income ($B)", "$2.9", "$1.6"]]
    calendar = Calendar(2020, 1, dt.date(2020, 3, 31))
    candidates, warnings = find_table_figures(read_document(page("Q1 2020 Financial Results", html_table(rows))), None, calendar)
    assert [int(c.figure.value) for c in candidates if c.figure.metric == "revenue"] == [12_900_000_000, 12_800_000_000]
    assert warnings == []


@pytest.mark.parametrize(
    ("lead", "costs"),
    [
        ("(1) Stock-based compensation expense was allocated as follows:", set()),
        ("Costs of the quarter were as follows:", {"900000", "700000"}),
    ],
)
def test_a_table_that_allocates_a_charge_has_no_costs_of_the_company(lead: str, costs: set[str]) -> None:
    statement = [QUARTERS, ["Net sales", "100,000", "90,000"], ["Cost of sales", "60,000", "50,000"], *BODY[1:]]
    part = [QUARTERS, ["Cost of sales", "900", "700"], ["Net income", "40", "30"]]
    alone = figures_of(page(*TITLE, lead, html_table(part)))
    assert {value for (metric, *_), value in alone.items() if metric == "cost_of_revenue"} == costs
    both = figures_of(page(*TITLE, html_table(statement), lead, html_table(part)))
    assert figure(both, "cost_of_revenue") == "60000000"


def test_lines_under_earnings_per_share_that_name_what_they_count_are_none():
    per_share = [
        ["Earnings per share - diluted"],
        ["- Excluding bulk sales", "1.17", "1.03"],
        ["- Bulk sales", "0.40", "-"],
        ["- Total", "1.57", "1.03"],
    ]
    found = find([QUARTERS, *BODY[:3], *per_share])
    assert figure(found, "eps_diluted") == "1.57"
    assert figure(found, "eps_diluted", end="2019-03-31") == "1.03"


@pytest.mark.parametrize("years", [(["2020"], ["2019"]), (["Selected 2020 data:", "", ""], ["Selected 2019 data:", "", ""])])
def test_years_between_rows_are_those_of_days_above_them(years):
    days = ["(in thousands)", "March 31", "June 30"]
    rows = [["Revenue", "100,000", "110,000"], ["Expenses", "80,000", "85,000"], ["Net income", "20,000", "25,000"]]
    first, second = years
    again = [days] if len(second) > 1 else []
    head = [first, days] if len(second) > 1 else [days, first]
    found = find([["", ("Quarter Ended", 2)], *head, *rows, second, *again, *[[r[0], r[2], r[1]] for r in rows]], "QUARTERLY DATA")
    assert figure(found, "net_income", end="2020-06-30") == "25000000"
    assert figure(found, "net_income", end="2019-06-30") == "20000000"


def test_a_statement_as_adjusted_by_a_note_is_no_other_basis():
    found = find(
        [QUARTERS, *BODY], "CONSOLIDATED STATEMENTS OF OPERATIONS (As adjusted--See Note)", "(in thousands, except per share data)"
    )
    assert figure(found, "net_income") == "-10000000"


def test_balances_under_a_heading_of_averages_are_none():
    averages = [["AVERAGE BALANCES"], ["Total assets", "900", "800"], ["AT PERIOD END"], ["Total assets", "950", "850"]]
    found = find([QUARTERS, *BODY, *averages], "SELECTED FINANCIAL DATA", "(in thousands, except per share data)")
    assert figure(found, "total_assets", "instant") == "950000"


def test_a_heading_that_ends_openly_is_the_first_line_of_a_label_that_names_a_metric_with_it():
    flows = [["Net cash provided by (used in):"], ["Operating activities", "120", "110"], ["Investing activities", "(90)", "(80)"]]
    found = find([QUARTERS, *BODY, *flows], "SELECTED FINANCIAL DATA", "(in thousands, except per share data)")
    assert figure(found, "operating_cash_flow") == "120000"


def test_a_count_of_shares_over_three_lines_ends_in_lower_case():
    counts = [
        ["Weighted average number of shares"],
        ["outstanding used to compute basic"],
        ["earnings per share - in millions", "116.1", "110.1"],
    ]
    found = find([QUARTERS, *BODY, *counts])
    assert figure(found, "shares_basic") == "116100000.0"


def test_days_of_numbers_head_typed_columns():
    text = """
BALANCE SHEET DATA:                          12/31/08      12/31/07
(Unaudited, in thousands)
ASSETS
                                         ------------  ------------
Cash and cash equivalents                    $ 22,027      $ 23,688
Total current assets                          144,301       139,203
Total assets                                 $633,402      $617,904
Total liabilities                             151,202       140,701
Shareholders' equity                          482,200       477,203
"""
    found = figures_of(text.encode())
    assert figure(found, "total_assets", "instant", "2008-12-31") == "633402000"


def test_what_a_fund_earns_a_share_is_its_increase_in_net_assets():
    rows = [
        ["Net increase in net assets from operations", "7,322", "4,926"],
        ["Net increase in net assets per share - basic and diluted", "0.40", "0.30"],
    ]
    assert figure(find([QUARTERS, *rows]), "eps_diluted") == "0.40"


def test_typed_years_over_unequal_groups_of_columns():
    text = """
WIDGET WORKS, INC.
Consolidated Statements of Operations
(in thousands)
                           FY2019                          FY2020                     FY2021
                             YR        Q1        Q2        Q3        Q4        YR        Q1
                          --------  --------  --------  --------  --------  --------  --------
Net revenue                618,178   168,295   176,074   179,787   175,547   699,703   171,836
Total operating expenses   587,511   154,807   160,975   164,572   165,859   646,213   164,655
Income from operations      30,667    13,488    15,099    15,215     9,688    53,490     7,181
Net income                   1,410     2,501     3,402     3,310       810    10,023       150
"""
    sections, _ = read_tables(read_document(text.encode()))
    assert [period.year for period in sections[0].periods if period is not None] == [2019, 2020, 2020, 2020, 2020, 2020, 2021]


def test_words_right_above_headers_between_rows_are_headers():
    head = [["", "First", "Second"], ["", "Quarter", "Quarter"]]
    rows = [["Revenue", "100,000", "110,000"], ["Expenses", "80,000", "85,000"], ["Net income", "20,000", "25,000"]]
    sections, _ = read_tables(
        read_document(page("QUARTERLY DATA (in thousands)", html_table([*head, ["2020"], *rows, *head, ["2019"], *rows])))
    )
    assert [head.text for head in sections[1].heads] == ["First Quarter", "Second Quarter"]


def test_words_over_the_labels_say_that_rows_are_amounts_a_share():
    rows = [["Earnings Per Diluted Share", "2020", "2019"], ["Operating earnings", "0.68", "0.70"], ["Net earnings", "0.76", "0.86"]]
    found = find([["", ("Three Months Ended March 31,", 2)], *rows], "Widget Works")
    assert figure(found, "eps_diluted") == "0.76"


def test_gains_after_tax_are_no_line_of_taxes():
    rows = [
        ["Premiums earned", "2,992", "2,989"],
        ["Losses and expenses", "2,651", "2,463"],
        ["Income tax", "179", "224"],
        ["CONSOLIDATED OPERATING INCOME", "518", "648"],
        ["REALIZED INVESTMENT GAINS (LOSSES) AFTER INCOME TAX", "(49)", "61"],
        ["CONSOLIDATED NET INCOME", "469", "709"],
    ]
    found = find([QUARTERS, *rows], "SUPPLEMENTARY FINANCIAL DATA", "(in millions)")
    assert figure(found, "operating_income") is None
    assert figure(found, "net_income") == "469000000"
