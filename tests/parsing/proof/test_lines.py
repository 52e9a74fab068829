"""Rows that are sums or differences of the rows above them."""

from ex99.parsing.proof.lines import Formula, Ledger
from ex99.parsing.tables.grid import read_grid
from tests.parsing.pages import html_table, read_page

INCOME = [
    ["", "2017", "2016"],
    ["Net revenue", "412,318", "388,004"],
    ["Cost of revenue", "221,040", "209,112"],
    ["Gross profit", "191,278", "178,892"],
    ["Selling", "80,100", "75,000"],
    ["Research", "20,178", "19,892"],
    ["Total expenses", "100,278", "94,892"],
    ["Operating income", "91,000", "84,000"],
    ["Other income", "1,200", "900"],
    ["Income before taxes", "92,200", "84,900"],
]


def _prove(rows: list[list[str]], label: str) -> tuple[set[Formula], list[str]]:
    """The formulas of a row, and the columns' years in which they fail."""
    document = read_page(html_table(rows))
    grid = read_grid(document.tables[0])
    assert grid is not None
    ledger = Ledger([grid])
    row = next(r for s in grid.sections for r in s.rows if r.label == label)
    places = [ledger.find(cell.start) for cell, _ in row.values.values()]
    proofs = [ledger.prove_row(p) for p in places if p is not None]
    formulas, failing = proofs[0]
    years = rows[0][1:]
    return set(formulas), [year for year, p in zip(years, places, strict=True) if p is not None and p.column in failing]


def test_gross_profit_is_revenue_less_its_cost() -> None:
    assert _prove(INCOME, "Gross profit")[0] == {Formula("less", 0)}


def test_a_total_is_the_sum_of_the_lines_above() -> None:
    assert _prove(INCOME, "Total expenses")[0] == {Formula("sum", 3)}


def test_operating_income_is_gross_profit_less_the_last_total() -> None:
    assert _prove(INCOME, "Operating income")[0] == {Formula("last", 2)}


def test_pretax_income_is_operating_income_and_what_lies_between() -> None:
    assert Formula("sum", 6) in _prove(INCOME, "Income before taxes")[0]


def test_a_line_that_nothing_makes_has_no_formula() -> None:
    assert _prove(INCOME, "Other income") == (set(), [])


def test_a_formula_must_hold_in_more_than_one_column() -> None:
    rows = [r if r[0] != "Gross profit" else ["Gross profit", "191,278", "178,000"] for r in INCOME]
    assert _prove(rows, "Gross profit") == (set(), [])


def test_the_one_column_in_which_a_sum_fails_is_told() -> None:
    rows = [
        ["", "2017", "2016", "2015"],
        ["Sales", "4,100", "3,900", "3,700"],
        ["Cost", "2,100", "2,000", "1,900"],
        ["Gross profit", "2,000", "1,900", "1,650"],
    ]
    formulas, failing = _prove(rows, "Gross profit")
    assert formulas == {Formula("less", 0)}
    assert failing == ["2015"]


def test_one_column_of_few_digits_proves_nothing() -> None:
    rows = [["", "2017"], ["Sales", "41"], ["Cost", "21"], ["Gross profit", "20"]]
    assert _prove(rows, "Gross profit") == (set(), [])
