"""From support to grade: a table, first fit wins. `make accuracy` says how often each row is right on companies that it was not judged by.

A row's grade is what its figures reach on labelled sets: A at least 99.8 % right, B at least 98 %, C the rest. No row with a contradiction
is graded A, whatever its label says.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from ex99.filings.proof import AGAINST
from ex99.filings.release import Figure


class GradeRow(NamedTuple):
    """Which figures a grade is for: metrics (none: any), basis (None: either), and alternatives of codes that must all stand."""

    grade: str
    metrics: frozenset[str]
    basis: str | None
    needs: tuple[frozenset[str], ...]
    words: str
    unless: frozenset[str] = frozenset()


def _row(grade: str, words: str, needs: str, metrics: str = "", *, basis: str | None = "gaap", unless: str = "") -> GradeRow:
    """A row from words: ``needs`` are codes, alternatives divided by "|"."""
    alternatives = tuple(frozenset(codes.split()) for codes in needs.split("|"))
    return GradeRow(grade, frozenset(metrics.split()), basis, alternatives, words, frozenset(unless.split()))


PART = "continuing"
"""Stands among a figure's codes where it is earnings per share of continuing operations alone."""
_PROFITS = "gross_profit operating_income pretax_income"
_FLOWS = "operating_cash_flow net_interest_income"
_TOTALS = "total_assets total_liabilities"
_SHARES = "shares_basic shares_diluted"
_ADDS_UP = "statement sum_of_lines|statement balance|statement part_of_sum"
_CONFIRMED = "mention_exact|eps_shares|sum_of_lines|part_of_sum|balance|gross|tax|year_to_date"
_ELSEWHERE = "against_mention"
_CONFIRMED_THOUGH = "|".join(f"{_ELSEWHERE} statement {code}" for code in ("eps_shares", "sum_of_lines", "part_of_sum"))
_TABLES = "statement|highlights|reconciliation"

TABLE: tuple[GradeRow, ...] = (
    _row("C", "contradicted by arithmetic, or by their own words", "|".join(AGAINST.keys() - {_ELSEWHERE}), basis=None),
    _row("B", "contradicted elsewhere, confirmed by the statement's arithmetic", _CONFIRMED_THOUGH),
    _row("C", "contradicted elsewhere", _ELSEWHERE, basis=None),
    _row("B", "lines of tables that state no scale", "scale_taken statement|scale_taken mention_exact", basis=None),
    _row("C", "what else has no scale of its own", "scale_taken", basis=None),
    _row("A", "revenue from which the statement goes on by its own lines", "statement part_of_sum", "revenue"),
    _row("A", "profits made of the lines above, from which those below are made", "statement sum_of_lines part_of_sum", _PROFITS),
    _row("A", "bottom lines that are shares times earnings per share", "statement eps_shares", "net_income net_income_to_common"),
    _row("A", "earnings per share that are income over shares", "statement eps_shares", "eps_basic eps_diluted", unless=PART),
    _row("A", "shares over which income is earnings per share", "statement eps_shares", _SHARES),
    _row("A", "totals of the balance sheet that add up", _ADDS_UP, _TOTALS),
    _row("A", "cash that the cash flow statement ends with", "statement mention_exact", "cash"),
    _row("A", "cash flows and net interest that are the sum of their lines", "statement sum_of_lines", _FLOWS),
    _row("B", "equity, which may hold what is not the company's own", _TABLES, "equity"),
    _row("B", "bottom lines of no share count, said nowhere else", "sum_of_lines|part_of_sum", "net_income", unless="mention_exact"),
    _row("C", "gross profits on which nothing is built", "sum_of_lines", "gross_profit", unless="part_of_sum"),
    _row("B", "share counts in statements that no earnings per share confirm", "statement", _SHARES, unless="eps_shares"),
    _row("C", "cash flows that are no sum of lines", "statement", "operating_cash_flow"),
    _row("B", "adjusted measures said twice, or reached by their reconciliation", "mention_exact|sum_of_lines", basis="nongaap"),
    _row("C", "adjusted measures said once", f"{_TABLES}|prose", basis="nongaap"),
    _row("B", "lines of statements", "statement"),
    _row("B", "other tables' lines that arithmetic or another place confirms", _CONFIRMED),
    _row("C", "the rest", "", basis=None),
)
"""The grades, from the most telling row to the rest."""


def grade_figure(figure: Figure, support: frozenset[str]) -> str:
    """The grade of a figure with those codes of support."""
    codes = support | {PART} if figure.qualifier == "continuing operations" else support
    return TABLE[find_row(figure.metric, figure.basis, codes)].grade


@lru_cache(maxsize=4096)
def find_row(metric: str, basis: str, codes: frozenset[str]) -> int:
    """The place in TABLE of the first row that fits."""
    return next(i for i, row in enumerate(TABLE) if _fits(row, metric, basis, codes))


def _fits(row: GradeRow, metric: str, basis: str, codes: frozenset[str]) -> bool:
    if (row.metrics and metric not in row.metrics) or (row.basis is not None and basis != row.basis) or row.unless & codes:
        return False
    return any(need <= codes for need in row.needs)
