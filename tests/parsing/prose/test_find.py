import datetime as dt
from decimal import Decimal

import pytest

from ex99.filings.fiscal import Calendar
from ex99.filings.json_form import plain_decimal
from ex99.parsing.document import Block, BlockKind, Document
from ex99.parsing.prose.find import find_prose_figures

CALENDAR = Calendar(2017, 3, dt.date(2017, 9, 30))
QUARTER = ("quarter", CALENDAR.end)
NOW, AGO = dt.date(2017, 9, 30), dt.date(2016, 9, 30)


def _document(*paragraphs: str) -> Document:
    blocks, parts, at = [], [], 0
    for words in paragraphs:
        blocks.append(Block("paragraph", at, at + len(words)))
        parts.append(words)
        at += len(words) + 2
    return Document("text/plain", "\n\n".join(parts), tuple(blocks))


def _read(*paragraphs: str, calendar: Calendar = CALENDAR, default: tuple[str, dt.date] | None = QUARTER):
    return find_prose_figures(_document(*paragraphs), calendar, default)


def _facts(*paragraphs: str, calendar: Calendar = CALENDAR, sure: bool = True):
    claims = _read(*paragraphs, calendar=calendar)
    return [(c.metric, c.duration, c.period_end, plain_decimal(c.value)) for c in claims if c.sure or not sure]


def test_metric_value_period_and_comparative_come_together() -> None:
    found = _facts(
        "Hadley reported net income of $52,000 or $0.01 per share on revenue of $4.1 million for the quarter. "
        "This compares to a net loss of ($828,000) or ($0.10) per share on revenue of $7.7 million for the same quarter a year ago."
    )
    assert found == [
        ("net_income", "quarter", NOW, "52000"), ("eps_basic", "quarter", NOW, "0.01"), ("eps_diluted", "quarter", NOW, "0.01"),
        ("revenue", "quarter", NOW, "4100000"), ("net_income", "quarter", AGO, "-828000"), ("eps_basic", "quarter", AGO, "-0.1"),
        ("eps_diluted", "quarter", AGO, "-0.1"), ("revenue", "quarter", AGO, "7700000"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "facts"),
    [
        (
            "Net sales for the third quarter of 2017 were $30.2 million, down $600,000 from the $30.8 million reported in the second"
            " quarter and up 8.4 percent from the $27.8 million reported in the comparable period last year.",
            [
                ("revenue", "quarter", NOW, "30200000"),
                ("revenue", "quarter", dt.date(2017, 6, 30), "30800000"),
                ("revenue", "quarter", AGO, "27800000"),
            ],
        ),
        (
            "Net income was $2.6 million, or $0.10 per diluted share, compared with net income of $2.3 million, or $0.08 per diluted share,"
            " in the second quarter and net income of $1.8 million, or $0.07 per diluted share, in the same period a year ago.",
            [
                ("net_income", "quarter", NOW, "2600000"), ("eps_diluted", "quarter", NOW, "0.1"),
                ("net_income", "quarter", dt.date(2017, 6, 30), "2300000"), ("eps_diluted", "quarter", dt.date(2017, 6, 30), "0.08"),
                ("net_income", "quarter", AGO, "1800000"), ("eps_diluted", "quarter", AGO, "0.07"),
            ],
        ),
        (
            "Revenues for the nine months ended September 30, 2017 increased 12% to $91.8 million versus $82.0 million a year ago.",
            [("revenue", "nine_months", NOW, "91800000"), ("revenue", "nine_months", AGO, "82000000")],
        ),
        ("Loss from operations improved to $15.5 million.", [("operating_income", "quarter", NOW, "-15500000")]),
        (
            "Gross profit was $1.1 million, or 34% of revenues, up from $900,000, or 24% of revenues, in last year's third quarter.",
            [("gross_profit", "quarter", NOW, "1100000"), ("gross_profit", "quarter", AGO, "900000")],
        ),
        (
            "Net income was $1.2 million for the quarter compared to $2.4 million a year ago while diluted earnings per share were $0.18"
            " versus $0.37 for the same period in 2016.",
            [
                ("net_income", "quarter", NOW, "1200000"), ("net_income", "quarter", AGO, "2400000"),
                ("eps_diluted", "quarter", NOW, "0.18"), ("eps_diluted", "quarter", AGO, "0.37"),
            ],
        ),
        (
            "Basic and diluted earnings per share were $1.19 and $1.18 for the quarter.",
            [("eps_basic", "quarter", NOW, "1.19"), ("eps_diluted", "quarter", NOW, "1.18")],
        ),
        (
            "Net income was $219 million ($0.75/share), against $2.0 million or $0.30 diluted earnings per share a year ago.",
            [
                ("net_income", "quarter", NOW, "219000000"), ("eps_basic", "quarter", NOW, "0.75"), ("eps_diluted", "quarter", NOW, "0.75"),
                ("net_income", "quarter", AGO, "2000000"), ("eps_diluted", "quarter", AGO, "0.3"),
            ],
        ),
        (
            "Adjusted EBITDA was a loss of $6.1 million compared to a loss of $0.5 million for the third quarter of 2016.",
            [("adjusted_ebitda", "quarter", NOW, "-6100000"), ("adjusted_ebitda", "quarter", AGO, "-500000")],
        ),
        (
            "The company posted third quarter earnings of $204.5 million, or 27 cents a share.",
            [("net_income", "quarter", NOW, "204500000"), ("eps_basic", "quarter", NOW, "0.27"), ("eps_diluted", "quarter", NOW, "0.27")],
        ),
        (
            "Net income for the quarter was $44.2 million, or $0.89 per share ($0.88 per share on a diluted basis).",
            [("net_income", "quarter", NOW, "44200000"), ("eps_basic", "quarter", NOW, "0.89"), ("eps_diluted", "quarter", NOW, "0.88")],
        ),
        ("Stockholders’ equity was $26.4 million at September 30, 2017.", [("equity", "instant", NOW, "26400000")]),
        (
            "EPS was $0.66, up 13% compared to the same period in fiscal 2016, and revenue was $734 million.",
            [("eps_basic", "quarter", NOW, "0.66"), ("eps_diluted", "quarter", NOW, "0.66"), ("revenue", "quarter", NOW, "734000000")]),
        ("Net income attributable to W-3 Holdings was $16 million.", [("net_income_to_common", "quarter", NOW, "16000000")]),
        ("Net loss attributable to Wow! Brands was $16 million.", [("net_income_to_common", "quarter", NOW, "-16000000")]),
        ("Net income attributable to 4X was $16 million.", [("net_income_to_common", "quarter", NOW, "16000000")]),
        ("Net income rose 23% to $16 million (Q3 2016: $13 million).",
         [("net_income", "quarter", NOW, "16000000"), ("net_income", "quarter", AGO, "13000000")]),
    ],
)  # fmt: skip
def test_sentences(sentence: str, facts: list[tuple[str, str, dt.date, str]]) -> None:
    assert _facts(sentence) == facts


@pytest.mark.parametrize(
    "sentence",
    [
        "International revenue was $9.8 million.",
        "Revenue increased by $1.2 million for the quarter.",
        "Revenue was $29 million (2.9 percent) lower for the quarter.",
        "We expect revenue of $54 million to $56 million in the fourth quarter.",
        "Revenue growth was $3 million.",
        "The average selling price was $1.57 per barrel.",
        "Net income, including charges of $41 million, grew.",
        "Revenue per employee was $410,000.",
        "Sales and net income for the third quarter were $45.6 million and $3.4 million, or $.34 per share.",
        "Net loss attributable to noncontrolling interests was $2 million.",
        "We repurchased 5 million shares for $310 million.",
        "Services revenue was $24 million, and revenue of the whole was about $90 million.",
    ],
)
def test_parts_changes_and_outlook_are_no_figures(sentence: str) -> None:
    assert _facts(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "basis", "value"),
    [
        ("Adjusted net income was $12.0 million.", "nongaap", "12000000"),
        ("Non-GAAP net income was $12.0 million.", "nongaap", "12000000"),
        ("GAAP net income was $12.0 million.", "gaap", "12000000"),
        ("Excluding the impact of a fire in Leeds, net income was $12.0 million.", "nongaap", "12000000"),
        ("Pro forma net income was $12.0 million.", "nongaap", "12000000"),
    ],
)
def test_basis(sentence: str, basis: str, value: str) -> None:
    (claim,) = _read(sentence)
    assert (claim.basis, plain_decimal(claim.value)) == (basis, value)


def test_both_bases_of_one_metric() -> None:
    found = _read("Diluted earnings per share was $2.71 on a GAAP basis and $3.80 on a non-GAAP basis.")
    assert [(c.basis, plain_decimal(c.value)) for c in found] == [("gaap", "2.71"), ("nongaap", "3.8")]


def test_an_approximate_amount_says_so() -> None:
    (claim,) = _read("Revenue was approximately $90 million for the quarter.")
    assert claim.sure
    assert claim.qualifier == "approximately"


def test_a_bound_is_no_sure_claim() -> None:
    (claim,) = _read("Revenue was more than $90 million for the quarter.")
    assert not claim.sure


def test_a_period_that_opens_a_sentence_holds_for_the_paragraph() -> None:
    found = _facts("In the nine months ended September 30, 2017, orders were $10.5 million. Net income was $6.4 million.")
    assert found == [("net_income", "nine_months", NOW, "6400000")]


def test_a_comparison_holds_for_the_paragraph() -> None:
    found = _facts(
        "Revenue for the third quarter of 2017 was $22.4 million compared to $19.8 million for the third quarter of 2016. "
        "Net income rose to $1.3 million from $1.1 million."
    )
    assert found[2:] == [("net_income", "quarter", NOW, "1300000"), ("net_income", "quarter", AGO, "1100000")]


def test_two_comparisons_leave_a_third_open() -> None:
    found = _facts(
        "Revenue for the third quarter of 2017 was $22.4 million compared to revenue of $19.8 million a year ago and revenue of"
        " $21.0 million in the second quarter. Net income rose to $1.3 million from $1.1 million."
    )
    assert found[-1] == ("net_income", "quarter", NOW, "1300000")


def test_an_amount_in_between_keeps_a_period_from_the_one_before() -> None:
    found = _facts("Net earnings were $11.5 million, an increase of $.9 million over the $10.6 million for the third quarter of 2016.")
    assert found == [("net_income", "quarter", NOW, "11500000"), ("net_income", "quarter", AGO, "10600000")]


def test_words_in_parentheses_are_passed_over() -> None:
    found = _facts("Diluted earnings per share (after the stock split) were $0.25 for the quarter ended September 30, 2017.")
    assert found == [("eps_diluted", "quarter", NOW, "0.25")]


@pytest.mark.parametrize("aside", [", which excludes restructuring charges,", " that does not include the gain on the sale"])
def test_what_a_measure_leaves_out_may_stand_in_a_clause(aside: str) -> None:
    (claim,) = _read(f"Net income{aside} was $6.4 million for the quarter ended September 30, 2017.")
    assert (claim.metric, claim.basis, claim.value) == ("net_income", "nongaap", Decimal("6400000"))


def test_the_quarter_ended_is_that_quarter() -> None:
    found = _facts("Sales for the quarter ended June 30, 2017 were $48.2 million.")
    assert found == [("revenue", "quarter", dt.date(2017, 6, 30), "48200000")]


def test_step_is_what_the_last_digit_counts() -> None:
    (claim,) = _read("Revenue was $4.10 million for the quarter.")
    assert (claim.value, claim.precision) == (Decimal("4100000"), Decimal("10000"))


def test_a_full_year_beside_the_quarter() -> None:
    calendar = Calendar(2017, 4, dt.date(2017, 12, 31))
    found = _facts(
        "Net income for fiscal 2017 was $285,000. This compares to a net loss of ($828,000) for fiscal year 2016.", calendar=calendar
    )
    assert found == [("net_income", "year", dt.date(2017, 12, 31), "285000"), ("net_income", "year", dt.date(2016, 12, 31), "-828000")]


@pytest.mark.parametrize(
    "text",
    [
        "The acquired business had revenue of $31 million for the quarter.",
        "Marlow bought Tarn Pumps, which had annual sales of $12 million in 2017.",
        "$ in millions, except per share data 3Q17 2Q17 Net interest income $9,124 8,977 Revenue $20,410 18,330",
    ],
)
def test_others_figures_and_tables_run_together_are_left_out(text: str) -> None:
    assert find_prose_figures(_document(text), CALENDAR, QUARTER) == []


def _blocks(*parts: tuple[BlockKind, str]) -> Document:
    blocks, at = [], 0
    for kind, words in parts:
        blocks.append(Block(kind, at, at + len(words)))
        at += len(words) + 2
    return Document("text/plain", "\n\n".join(words for _, words in parts), tuple(blocks))


@pytest.mark.parametrize(
    ("heading", "told"),
    [("Third Quarter Results", True), ("Funds From Operations", True), ("Coatings", False), ("Energy Segment Results", False)],
)
def test_a_heading_that_names_a_part_holds_no_figures_of_the_whole(heading: str, told: bool) -> None:
    parts: list[tuple[BlockKind, str]] = [
        ("paragraph", "Net income was $2 million."), ("heading", heading), ("paragraph", "Operating income was $5 million."),
    ]  # fmt: skip
    claims = find_prose_figures(_blocks(*parts), CALENDAR, QUARTER)
    assert [(c.metric, c.sure) for c in claims] == [("net_income", True), ("operating_income", told)]


@pytest.mark.parametrize(
    ("heading", "ago"),
    [
        ("Third Quarter 2017 Results Compared to Third Quarter 2016", True),
        ("Third Quarter 2017 Highlights (comparisons are to the prior-year quarter)", True),
        ("Third Quarter 2017 Summary vs. Same Year-Ago Quarter", True),
        ("Third Quarter 2017 Highlights", False),
        ("Comparable Stores", False),
    ],
)
def test_a_heading_says_what_is_compared(heading: str, ago: bool) -> None:
    document = _blocks(("heading", heading), ("paragraph", "Sales were $41 million compared to $39 million."))
    claims = find_prose_figures(document, CALENDAR, QUARTER)
    assert [(c.period_end, plain_decimal(c.value)) for c in claims] == [(NOW, "41000000"), (AGO, "39000000")][: 1 + ago]


def test_the_items_of_a_list_share_what_they_compare_with() -> None:
    items = ("Sales grew to $284 million from $270 million in the 2016 quarter;", "Gross profit grew to $98 million from $94 million.")
    listed = find_prose_figures(_blocks(*(("list_item", item) for item in items)), CALENDAR, QUARTER)
    told = find_prose_figures(_blocks(*(("paragraph", item) for item in items)), CALENDAR, QUARTER)
    assert [plain_decimal(c.value) for c in listed if c.period_end == AGO] == ["270000000", "94000000"]
    assert [plain_decimal(c.value) for c in told if c.period_end == AGO] == ["270000000"]


@pytest.mark.parametrize(("company", "sure"), [("Tarn Pumps Inc.", True), ("Marlow Corporation", False), (None, False)])
def test_sales_that_another_company_had_are_doubted(company: str | None, sure: bool) -> None:
    (claim,) = find_prose_figures(_document("Tarn had sales of $12 million for the quarter."), CALENDAR, QUARTER, company=company)
    assert claim.sure is sure


PRELIMINARY = "For the third quarter of 2017, Marlow expects to report a net loss of approximately $61 million, or $0.74 per share."


def test_preliminary_results_are_expected_to_be_reported() -> None:
    found = find_prose_figures(_document(PRELIMINARY), CALENDAR, QUARTER, preliminary=True)
    amounts = [("net_income", "-61000000"), ("eps_basic", "-0.74"), ("eps_diluted", "-0.74")]
    assert [(c.metric, plain_decimal(c.value)) for c in found] == amounts
    assert find_prose_figures(_document(PRELIMINARY), CALENDAR, QUARTER) == []


def test_a_company_expects_to_report_the_quarter_that_ended() -> None:
    said = "Marlow expects to report revenue of approximately $88 million."
    assert [c.period_end for c in find_prose_figures(_document(said), CALENDAR, QUARTER, preliminary=True)] == [NOW]


def test_preliminary_results_hold_no_outlook() -> None:
    outlook = "Marlow expects revenue of $75 million in the first quarter, and will report on May 1."
    assert find_prose_figures(_document(outlook), CALENDAR, QUARTER, preliminary=True) == []


def test_sources_are_true() -> None:
    document = _document("Marlow posted revenue of $4.84 million and net quarterly profit of $546,000, or $.62 per diluted share.")
    for claim in find_prose_figures(document, CALENDAR, QUARTER):
        assert claim.source.text == document.text[claim.source.start : claim.source.end]


def test_legal_passages_are_skipped() -> None:
    document = _document("Revenue was $4 million.")
    assert find_prose_figures(document, CALENDAR, QUARTER, skip=[(0, 10)]) == []


@pytest.mark.parametrize(
    ("words", "precision"),
    [
        ("revenue of $4.1 million", "100000"), ("revenue of $300 million", "100000000"), ("revenue of $4,085,000", "1000"),
        ("revenue of $1.20 billion", "10000000"), ("net income of 25 cents per diluted share", "0.01"),
        ("net income of $0.255 per diluted share", "0.001"),
    ],
)  # fmt: skip
def test_each_claim_says_how_exact_it_is_printed(words: str, precision: str) -> None:
    (claim,) = _read(f"Hadley reported {words} for the third quarter of 2017.")
    assert claim.precision == Decimal(precision)


def test_a_heading_of_the_year_to_come_dates_nothing() -> None:
    heading = "and Updates Full Year Guidance"
    text = f"{heading}\n\nNet income was $4.1 million."
    blocks = (Block("heading", 0, len(heading)), Block("paragraph", len(heading) + 2, len(text)))
    (claim,) = find_prose_figures(Document("text/plain", text, blocks), CALENDAR, QUARTER)
    assert (claim.duration, claim.period_end, claim.named) == ("quarter", NOW, False)


@pytest.mark.parametrize(
    ("holder", "own"),
    [("Hadley", True), ("the Company", True), ("common stockholders", True), ("HW", True), ("our owners", True), ("Marlow Bank", False)],
)
def test_income_attributable_to_another_company_is_not_sure(holder: str, own: bool) -> None:
    claims = find_prose_figures(
        _document(f"Net income attributable to {holder} was $4.1 million for the quarter."), CALENDAR, QUARTER, company="Hadley Works, Inc."
    )
    assert [(c.metric, c.sure) for c in claims] == [("net_income_to_common", own)]
