from __future__ import annotations

from decimal import Decimal

import pytest

from ex99.parsing.passages.guidance import find_guidance
from ex99.parsing.passages.guidance.actions import ACTIONS, read_action
from ex99.parsing.passages.guidance.ranges import find_ranges
from ex99.parsing.passages.guidance.vetoes import AMOUNT_VETOES, speaks_of_other
from ex99.parsing.passages.outline import Outline
from ex99.parsing.passages.rules import WordRule
from tests.parsing.passages.compose import compose


@pytest.mark.parametrize(
    ("words", "low", "high", "unit"),
    [
        ("about $2.1 billion", "2100000000", "2100000000", "USD"),
        ("$.16 to $.17", "0.16", "0.17", "USD"),
        ("$6.0 to $6.2 billion", "6000000000", "6200000000", "USD"),
        ("between $45.5 billion and $47.5 billion", "45500000000", "47500000000", "USD"),
        ("$10.0\n     million to $11.0 million", "10000000", "11000000", "USD"),
        ("35 to 36 percent", "35", "36", "percent"),
        ("in the range of $0.33 and $0.35", "0.33", "0.35", "USD"),
        ("$75-plus million", "75000000", None, "USD"),
        ("$40+ million", "40000000", None, "USD"),
        ("~18.5%", "18.5", "18.5", "percent"),
        ("8%-10%", "8", "10", "percent"),
        ("down 1% to up 3%", "-1", "3", "percent"),
        ("(50)%", "-50", "-50", "percent"),
        ("$(0.24)", "-0.24", "-0.24", "USD"),
        ("$0.56 to $0.65 per diluted share", "0.56", "0.65", "USD/share"),
        ("27 cents a share", "0.27", "0.27", "USD/share"),
        ("$2.25 to $2.35 per Mcfe", "2.25", "2.35", "USD/Mcfe"),
        ("$9.00/Bbl to $11.00/Bbl", "9", "11", "USD/Bbl"),
        ("at least $4.0 billion", "4000000000", None, "USD"),
        ("up to 5 percent", None, "5", "percent"),
        ("less than the $250 million", None, "250000000", "USD"),
        ("~$90B", "90000000000", "90000000000", "USD"),
        ("€5 million to €6 million", "5000000", "6000000", "EUR"),
        ("down 3 to 5 percent", "-5", "-3", "percent"),
        ("flat to up 2%", "0", "2", "percent"),
        ("($5)-($3) million", "-5000000", "-3000000", "USD"),
        ("down 4% to flat", "-4", "0", "percent"),
        ("flat to down approximately 10%", "-10", "0", "percent"),
        ("1,261 MMcfe/d to 1,295 MMcfe/d", "1261", "1295", "MMcfe/d"),
        ("3,500 MMcfe/d", "3500", "3500", "MMcfe/d"),
        ("in excess of $6 billion", "6000000000", None, "USD"),
        ("not to exceed $15 million", None, "15000000", "USD"),
        ("$1.10 or better", "1.1", None, "USD"),
        ("a loss of $4 million to $7 million", "-7000000", "-4000000", "USD"),
        ("between RMB2.1 billion (US$310 million) and RMB2.2 billion", "2100000000", "2200000000", "CNY"),
    ],
)
def test_ranges(words: str, low: str | None, high: str | None, unit: str) -> None:
    (found,) = find_ranges(words)
    assert (found.low, found.high, found.unit) == (low and Decimal(low), high and Decimal(high), unit)


@pytest.mark.parametrize("words", ["in 2004 to 2006", "December 31, 2004", "form 10-K", "the 12 stores", "50 basis points"])
def test_no_ranges(words: str) -> None:
    assert list(find_ranges(words)) == []


Row = tuple[str, str, str | None, str | None, str | None, str]


def guidance(script: str) -> list[Row]:
    outline = Outline(compose(script))
    found = find_guidance(outline, ())
    assert all(outline.text[g.source.start : g.source.end] == g.source.text for g in found)
    return [(g.metric, g.basis, g.period, g.low and f"{g.low.normalize():f}", g.high and f"{g.high.normalize():f}", g.unit) for g in found]


def test_two_metrics_of_one_sentence_and_what_one_includes() -> None:
    sentence = (
        "Looking ahead to the fourth quarter of fiscal 2004, we expect revenue of about $2.1 billion and earnings per diluted "
        "share of $.16 to $.17, including $.01 per diluted share in restructuring charges."
    )
    period = "fourth quarter of fiscal 2004"
    assert guidance(sentence) == [
        ("revenue", "gaap", period, "2100000000", "2100000000", "USD"),
        ("eps_diluted", "gaap", period, "0.16", "0.17", "USD/share"),
    ]


def test_gaap_and_nongaap_respectively() -> None:
    found = guidance("GAAP and non-GAAP gross margins are expected to be 76.3% and 77.0%, respectively, plus or minus 50 basis points.")
    assert found == [("gross margin", "gaap", None, "76.3", "76.3", "percent"), ("gross margin", "nongaap", None, "77", "77", "percent")]


def test_losses_and_their_amount_per_share() -> None:
    found = guidance("Non-GAAP net loss is targeted to be in a range of $16 million to $25 million, or $0.15 to $0.23 per diluted share.")
    assert found == [
        ("net loss", "nongaap", None, "16000000", "25000000", "USD"),
        ("loss per share", "nongaap", None, "0.15", "0.23", "USD/share"),
    ]


def test_an_aside_within_the_sentence() -> None:
    sentence = (
        "For the year, the company now expects earnings per share, but including $0.24 per share related to the charges and "
        "depreciation, to be between $2.66 and $2.86."
    )
    assert [row[:1] + row[3:] for row in guidance(sentence)] == [("eps_diluted", "2.66", "2.86", "USD/share")]


def test_growth_and_open_ranges() -> None:
    assert guidance("Acme expects to deliver organic revenue growth of 5 to 7 percent in 2025.") == [
        ("revenue growth", "nongaap", "2025", "5", "7", "percent")
    ]
    assert guidance("We are on track to deliver at least $4.0 billion in annual net cost savings by the end of 2024.")[0][3:] == (
        "4000000000",
        None,
        "USD",
    )
    assert guidance("In 2020, we anticipate net capital expenditures will be less than the $250 million previously planned.")[0][3:] == (
        None,
        "250000000",
        "USD",
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "Net sales were $4.1 million, compared with $3.0 million a year ago.",
        "Acme will pay its next quarterly cash dividend of $0.04 per share on March 27, 2024.",
        "The purchase price of $4 million is expected to be paid in May.",
        "The company's earnings target for 2004 was in a range of $1.94 to $1.99 per share.",
        "Net sales rose 8% to $412 million, above the high end of our guidance of $395 million to $405 million.",
        "Revenue of $512 million exceeded our outlook of $490 to $500 million.",
        "Analysts expect Acme to earn 35 cents per share for the year.",
        "Acme's full-year earnings should be in line with the current consensus of $1.12 per share.",
        "The Board raised the repurchase authorization by $200 million and expects to complete the program by the end of 2015.",
        "The guidance implies earnings growth of approximately 42% to 48% for the first quarter of 2011.",
        "The contract is expected to generate revenue of approximately $40 million over five years.",
        "Acme estimates that the storm reduced third quarter sales by $4 million to $5 million and earnings by $.03 per share.",
        "Industry sales are expected to be between 16.8 million and 17.2 million vehicles in 2019.",
    ],
)
def test_no_guidance(sentence: str) -> None:
    assert guidance(sentence) == []


def named(script: str) -> list[tuple[str, str | None, str | None, str]]:
    return [(row[0], row[3], row[4], row[5]) for row in guidance(script)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Acme now projects net earnings of $5.76 to $5.80 per share, up from the prior outlook range of $5.60 to $5.70 per share.",
            [("eps_diluted", "5.76", "5.8", "USD/share")],
        ),
        (
            "We lowered our sales forecast to a range of $330 to $340 million from a range of $350 to $365 million.",
            [("revenue", "330000000", "340000000", "USD")],
        ),
        ("We are narrowing our full year EPS range to $2.05 to $2.10.", [("eps_diluted", "2.05", "2.1", "USD/share")]),
        ("Acme expects sales for 2007 of between $63 and $65 million.", [("revenue", "63000000", "65000000", "USD")]),
        ("Fourth-quarter sales are expected to decline approximately 2% to 4%.", [("revenue decline", "2", "4", "percent")]),
        (
            "Acme forecasts a loss of $4 million to $7 million, or 6 cents to 12 cents a share.",
            [("net loss", "4000000", "7000000", "USD"), ("loss per share", "0.06", "0.12", "USD/share")],
        ),
        ("On a GAAP basis, Acme expects a net loss per share of $(0.14) to $(0.11).", [("eps_diluted", "-0.14", "-0.11", "USD/share")]),
        (
            "Lease operating expense is expected to range from $7.50 to $8.25 per BOE.",
            [("lease operating expenses", "7.5", "8.25", "USD/BOE")],
        ),
        (
            "The sale is expected to be dilutive to earnings by $0.05 to $0.07 per share.",
            [("accretion per share", "0.05", "0.07", "USD/share")],
        ),
        ("For net revenues, the company expects a 4% to 5% currency headwind.", [("currency headwind", "4", "5", "percent")]),
        (
            "We are on track to our goal of 30,000-35,000 new gas customers by the end of 2013.",
            [("gas customers", "30000", "35000", "gas customers")],
        ),
        ("The company now sees revenue of $13 million to $14 million in the quarter.", [("revenue", "13000000", "14000000", "USD")]),
        ("Acme plans to deliver between 3,800 and 4,200 homes in 2007.", [("homes", "3800", "4200", "homes")]),
        ("Diluted shares for the year are expected to be approximately 54 million.", [("shares", "54000000", "54000000", "shares")]),
        (
            "Acme is forecasting production of 1,261 MMcfe/d to 1,295 MMcfe/d (40% liquids) for 2013.",
            [("production", "1261", "1295", "MMcfe/d")],
        ),
        (
            "Acme expects to cut quarterly operating expenses to $180 million, a reduction from third-quarter expenses of $242 million.",
            [("operating expenses", "180000000", "180000000", "USD")],
        ),
        (
            "Acme expects to take a one-time second quarter charge of 40 to 45 cents per share.",
            [("charges per share", "0.4", "0.45", "USD/share")],
        ),
        ("Acme expects revenue to be flat to slightly down with first quarter revenue of $6.0 billion.", []),
        ("The company is planning capital spending of about $60 million.", [("capital_expenditures", "60000000", "60000000", "USD")]),
        ("Our outlook for 2014 includes revenue of $2.1 billion, up from $1.9 billion.", [("revenue", "2100000000", "2100000000", "USD")]),
    ],
)
def test_what_an_amount_measures(sentence: str, expected: list[tuple[str, str | None, str | None, str]]) -> None:
    assert named(sentence) == expected


def test_the_period_is_not_that_of_a_decision_nor_the_long_term() -> None:
    (found,) = guidance(
        "In February 2024 the Board approved a new program and we expect $3 billion of share repurchases in fiscal "
        "2025, in line with our long-term model."
    )
    assert found[2] == "fiscal 2025"


def test_list_items_take_the_period_of_their_heading() -> None:
    found = guidance(
        "# SEPTEMBER 2003 QUARTER OUTLOOK\n\n* Gross margin should remain in the 30% range.\n\n* Other income will be "
        "approximately $1.0 million."
    )
    assert found == [
        ("gross margin", "gaap", "SEPTEMBER 2003 QUARTER", "30", "30", "percent"),
        ("other income", "gaap", "SEPTEMBER 2003 QUARTER", "1000000", "1000000", "USD"),
    ]


@pytest.mark.parametrize(
    ("sentence", "action"),
    [
        ("Acme raises its full-year 2024 revenue guidance to $5.0 to $5.5 billion.", "raised"),
        ("The company reaffirmed its outlook for 2024 revenue of $5 billion.", "reaffirmed"),
        ("Acme is lowering its 2024 revenue guidance to $4 billion.", "lowered"),
        ("Acme introduces 2025 guidance, with revenue of $5 billion expected.", "initiated"),
        ("The company discontinues its EPS guidance range of $2.65 to $3.15 for fiscal 2021.", "withdrawn"),
        ("The company is withdrawing the full year 2020 guidance provided in February.", "withdrawn"),
    ],
)
def test_actions(sentence: str, action: str) -> None:
    (found,) = find_guidance(Outline(compose(sentence)), ())
    assert found.action == action


def test_a_table_with_two_bases() -> None:
    found = guidance(
        "# Business Outlook\n\nAcme's guidance for the fourth quarter of 2024 is as follows:\n\n|Q4 "
        "2024|GAAP|Non-GAAP|\n|Gross Margin|36.5%|39.5%|\n|Tax Rate|(50)%|13%|"
    )
    assert found == [
        ("gross margin", "gaap", "Q4 2024", "36.5", "36.5", "percent"),
        ("gross margin", "nongaap", "Q4 2024", "39.5", "39.5", "percent"),
        ("tax rate", "gaap", "Q4 2024", "-50", "-50", "percent"),
        ("tax rate", "nongaap", "Q4 2024", "13", "13", "percent"),
    ]


def test_a_table_of_low_and_high_with_its_scale() -> None:
    found = guidance("# Fiscal 2020 Outlook\n\n|(in millions)|Low|High|\n|Revenue|$2,350|$2,450|\n|Diluted earnings per share|$2.95|$3.07|")
    assert found == [
        ("revenue", "gaap", "Fiscal 2020", "2350000000", "2450000000", "USD"),
        ("eps_diluted", "gaap", "Fiscal 2020", "2.95", "3.07", "USD/share"),
    ]


def test_the_column_of_the_past_is_passed_over() -> None:
    found = guidance(
        "# Outlook\n\n| |2023 Results|2024 Guidance|\n|Revenues ($ in billions)|$58.5|$58.5 to $61.5|\n|Adjusted Diluted "
        "EPS|$1.84|$2.05 to $2.25|"
    )
    assert found == [
        ("revenue", "gaap", "2024", "58500000000", "61500000000", "USD"),
        ("eps_diluted", "nongaap", "2024", "2.05", "2.25", "USD/share"),
    ]


def test_each_amount_has_the_period_beside_it() -> None:
    found = guidance("Acme expects the acquisition to add $.05 to $.07 per share to 2003 earnings and about $.15 per share in 2004.")
    assert [(row[2], row[3]) for row in found] == [("2003", "0.05"), ("2004", "0.15")]


def test_a_list_under_a_short_sentence() -> None:
    found = guidance(
        "The Company now expects:\n\n* Revenue of $410 million to $430 million\n\n* Capital expenditures of no more than $15 million"
    )
    assert [(row[0], row[3], row[4]) for row in found] == [
        ("revenue", "410000000", "430000000"),
        ("capital_expenditures", None, "15000000"),
    ]


def test_a_table_of_two_periods_each_with_low_and_high() -> None:
    found = guidance("# Outlook\n\n| |Q3 2019 Low|Q3 2019 High|2019 Low|2019 High|\n|Revenue (in millions)|$105|$110|$420|$430|")
    assert [row[2:5] for row in found] == [("Q3 2019", "105000000", "110000000"), ("2019", "420000000", "430000000")]


def test_two_columns_under_one_range_are_its_ends() -> None:
    found = guidance(
        "# 2006 Guidance (in millions)\n\n| |Range|Range|\n|Revenue|$129.0|$138.0|\n|Net income (loss)|$(2.9)|$0.4|\n"
        "|Net income (loss) per common share:|\n|Diluted|$(0.06)|$0.01|"
    )
    assert [row[0] for row in found] == ["revenue", "net_income", "eps_diluted"]
    assert [row[3:] for row in found] == [
        ("129000000", "138000000", "USD"),
        ("-2900000", "400000", "USD"),
        ("-0.06", "0.01", "USD/share"),
    ]


def test_what_a_sentence_says_of_its_guidance_is_the_period_of_what_follows() -> None:
    found = guidance(
        "Acme expects a loss per share of $0.07 to $0.09 for the third quarter.\n\n"
        "Acme is revising its guidance for fiscal 2010. Net sales are expected to be $619 million to $624 million."
    )
    assert [row[2] for row in found] == ["third quarter", "fiscal 2010"]


def test_highlights_line_below_line_are_told_apart() -> None:
    found = guidance("Sales of $322 million, up 20%\nOperating margin of 14.1%\n2014 EPS guidance increased to $2.03 to $2.13")
    assert [row[:5] for row in found] == [("eps_diluted", "gaap", "2014", "2.03", "2.13")]


def test_bounds_with_a_cell_between_them() -> None:
    found = named("# Fiscal 2020 Outlook (in millions)\n\n| |2020| | |\n|Revenue|$2,350|to|$2,450|\n|Effective tax rate|24%|-|25%|")
    assert found == [("revenue", "2350000000", "2450000000", "USD"), ("tax rate", "24", "25", "percent")]


def test_two_numbers_without_heads_are_no_bounds_unless_the_line_above_says_so() -> None:
    table = "|Gross margin|52.0%|53.0%|"
    assert named(f"# 2003 Outlook\n\n{table}") == []
    assert named(f"# 2003 Outlook\n\n# Low High\n\n{table}") == [("gross margin", "52", "53", "percent")]


def test_a_table_of_what_was_under_a_sentence_that_names_the_outlook() -> None:
    assert named("Results exceeded our outlook:\n\n| |Months ended June 30, 2010|June 30, 2009|\n|Revenue|$105.2|$98.1|") == []


def test_a_reconciliation_gives_its_ends_alone() -> None:
    found = named(
        "This reconciles the 2016 guidance of net income to FFO:\n\n| |Low|High|\n|Net income per diluted share|$0.52|$0.60|\n"
        "|Real estate depreciation|1.60|1.60|\n|FFO per diluted share|$2.12|$2.20|"
    )
    assert found == [("eps_diluted", "0.52", "0.6", "USD/share"), ("ffo_per_share", "2.12", "2.2", "USD/share")]


def test_a_heading_is_read_by_its_clauses() -> None:
    script = "# Power Sales Climb 3.4 percent; Acme Reaffirms Guidance\n\n# Orders Up 8 percent; Acme Raises EPS Guidance to $2.10"
    assert named(script) == [("eps_diluted", "2.1", "2.1", "USD/share")]


def test_lines_with_a_unit_of_their_own_are_not_scaled() -> None:
    found = named(
        "# 2012 Guidance (in thousands)\n\n|Crude oil (Mbo)|260 - 300|\n|Severance tax|$500 - $1,000|\n|DD&A per BOE|$31 - $33|\n"
        "|Diluted shares|37,950|\n|General and administrative:|\n|Total|$4,600 - $5,100|"
    )
    assert found == [
        ("crude oil", "260", "300", "Mbo"),
        ("severance tax", "500000", "1000000", "USD"),
        ("dd&a per boe", "31", "33", "USD/BOE"),
        ("shares", "37950000", "37950000", "shares"),
        ("g&a expenses", "4600000", "5100000", "USD"),
    ]


@pytest.mark.parametrize("rule", ACTIONS, ids=lambda rule: rule.id)
def test_each_action_is_read_from_its_example_and_not_from_its_counter_example(rule: WordRule) -> None:
    assert read_action(rule.example) == rule.note
    assert read_action(rule.counter) != rule.note


@pytest.mark.parametrize("veto", AMOUNT_VETOES, ids=lambda veto: veto.id)
def test_each_veto_drops_its_example_and_leaves_its_counter_example(veto: WordRule) -> None:
    assert speaks_of_other(veto.example)
    assert not speaks_of_other(veto.counter)
