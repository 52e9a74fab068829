"""Every currency of the table through a cell, a caption, a column head, a sentence and guidance."""

from __future__ import annotations

import pytest

from ex99.parsing import parse_release
from ex99.parsing.language.currencies import CURRENCIES, find_currency, parse_mark, settle_currency
from tests.parsing.pages import html_table, page

HEADLINE = "WIDGET WORKS REPORTS FIRST QUARTER 2021 RESULTS"
TITLE = "CONSOLIDATED STATEMENTS OF OPERATIONS"
MARKS = [(c.code, mark) for c in CURRENCIES for mark in c.marks]
NAMES = {
    "USD": "U.S. dollars", "EUR": "euros", "GBP": "British pounds sterling", "JPY": "Japanese yen", "CNY": "Renminbi",
    "CAD": "Canadian dollars", "AUD": "Australian dollars", "NZD": "New Zealand dollars", "HKD": "Hong Kong dollars",
    "TWD": "New Taiwan dollars", "SGD": "Singapore dollars", "BRL": "Brazilian reais", "MXN": "Mexican pesos", "CHF": "Swiss francs",
    "INR": "Indian rupees", "ILS": "New Israeli Shekels", "KRW": "Korean won", "SEK": "Swedish kronor", "NOK": "Norwegian kroner",
    "DKK": "Danish kroner", "ZAR": "South African rand",
}  # fmt: skip


def _rows(mark: str) -> list[list[str]]:
    """A statement whose first row and per-share row bear a mark, as statements do."""
    return [
        ["", "Three Months Ended March 31, 2021", "Three Months Ended March 31, 2020"],
        ["Revenues", f"{mark}1,200", f"{mark}1,100"],
        ["Cost of sales", "700", "650"],
        ["Gross profit", "500", "450"],
        ["Income taxes", "40", "35"],
        ["Net income", f"{mark}160", f"{mark}140"],
        ["Diluted earnings per share", f"{mark}0.16", f"{mark}0.14"],
    ]


def _units(caption: str, rows: list[list[str]]) -> dict[str, str]:
    parsed = parse_release(page(HEADLINE, TITLE, caption, html_table(rows)))
    return {f.metric: f.unit for f in parsed.figures if str(f.period_end) == "2021-03-31" and f.metric in _all_in("")}


def _all_in(code: str) -> dict[str, str]:
    return {"revenue": code, "gross_profit": code, "net_income": code, "eps_diluted": f"{code}/share"}


@pytest.mark.parametrize(("code", "mark"), MARKS)
@pytest.mark.parametrize("gap", ["", " "])
def test_a_mark_in_the_cells_is_the_currency_of_all_rows(code: str, mark: str, gap: str) -> None:
    assert _units("(in thousands, except per share data)", _rows(mark + gap)) == _all_in(code)


@pytest.mark.parametrize(("code", "mark"), MARKS)
def test_a_mark_in_a_cell_of_its_own_belongs_to_the_amount_behind_it(code: str, mark: str) -> None:
    split = [[cell for text in row for cell in _split(text, mark)] for row in _rows(mark)[1:]]
    head = [["", ("Three Months Ended March 31, 2021", 2), ("Three Months Ended March 31, 2020", 2)]]
    assert _units("(in thousands, except per share data)", [*head, *split]) == _all_in(code)  # type: ignore[list-item]


def _split(text: str, mark: str) -> list[str]:
    if text.startswith(mark) and text[len(mark) :][:1].isdigit():
        return [mark, text[len(mark) :]]
    return ["", text] if text[:1].isdigit() else [text]


@pytest.mark.parametrize("currency", CURRENCIES, ids=lambda c: c.code)
def test_the_caption_names_the_currency_of_plain_signs_and_of_bare_rows(currency) -> None:  # type: ignore[no-untyped-def]
    for named in (NAMES[currency.code], currency.code, *currency.marks):
        caption = f"(in thousands of {named}, except per share data)"
        assert _units(caption, _rows(currency.sign)) == _all_in(currency.code), caption


@pytest.mark.parametrize(("code", "mark"), MARKS)
def test_a_column_head_names_the_currency(code: str, mark: str) -> None:
    rows = [["", f"Three Months Ended March 31, 2021 {mark}"], *(row[:2] for row in _rows("")[1:])]
    assert _units("(in thousands, except per share data)", rows) == _all_in(code)


@pytest.mark.parametrize(("code", "mark"), MARKS)
def test_prose_and_guidance_are_in_the_currency_of_their_mark(code: str, mark: str) -> None:
    sentence = f"Revenue for the first quarter of 2021 was {mark}4.1 million, or {mark}0.12 per diluted share."
    outlook = f"For the second quarter of 2021 the company expects revenue of {mark}4.0 million to {mark}4.4 million."
    parsed = parse_release(page(HEADLINE, "TRENTON, May 3, 2021 -- Widget Works said:", sentence, outlook))
    assert [(f.metric, f.unit, f"{f.value:f}") for f in parsed.figures if f.metric == "revenue"] == [("revenue", code, "4100000")]
    assert [(g.metric, g.unit, g.low, g.high) for g in parsed.guidance] == [("revenue", code, 4000000, 4400000)]


def test_an_exact_mark_goes_before_the_caption() -> None:
    assert _units("(in thousands of Canadian dollars)", _rows("US$"))["revenue"] == "USD"


def test_a_sentence_with_a_plain_sign_is_in_the_currency_of_the_statements() -> None:
    sentence = "Revenue for the first quarter of 2021 was $1.2 million; operating income was $0.3 million."
    caption = "(in thousands of Canadian dollars, except per share data)"
    parsed = parse_release(page(HEADLINE, sentence, TITLE, caption, html_table(_rows("$"))))
    assert {f.unit.partition("/")[0] for f in parsed.figures} == {"CAD"}
    assert any(f.metric == "operating_income" for f in parsed.figures)


def test_marks_names_and_codes_are_each_one_currencys() -> None:
    assert set(NAMES) == {c.code for c in CURRENCIES}
    marks = [mark for c in CURRENCIES for mark in c.marks]
    assert len(marks) == len(set(marks))
    for currency in CURRENCIES:
        assert find_currency(f"(in millions of {NAMES[currency.code]})") == currency.code
        assert all(settle_currency(parse_mark(mark)) == currency.code for mark in currency.marks)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        (("$",), "USD"),
        (("$", "CAD"), "CAD"),
        (("¥",), "JPY"),
        (("¥", "CNY"), "CNY"),
        (("$", "EUR"), "USD"),
        ((None, "CHF"), "CHF"),
        ((), "USD"),
    ],
)
def test_a_shared_sign_means_what_its_surroundings_name(told: tuple[str | None, ...], code: str) -> None:
    assert settle_currency(*told) == code
