"""What another value explains, and what contradicts a figure."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from ex99.filings.release import Figure, Source
from ex99.parsing.candidates import Candidate
from ex99.parsing.joining.reconcile import UNMARKED
from ex99.parsing.proof.contradictions import find_contradicted
from ex99.parsing.prose.candidate import ProseCandidate

END = dt.date(2021, 3, 31)
SAID = Source(5, 9, "said")
TOLD = Source(50, 54, "told")


def _figure(metric: str, value: str, *, start: int = 100, row: str = "Net sales", column: str = "March 31, 2021", **facts: Any) -> Figure:
    duration = "instant" if metric == "cash" else "quarter"
    source = Source(start, start + 4, "1234", 0, row, column)
    return Figure(metric, "gaap", duration, END, Decimal(value), "USD", False, source, precision=Decimal("0.01"), **facts)


def _claim(metric: str, value: str, **facts: Any) -> ProseCandidate:
    return ProseCandidate(metric, "gaap", "quarter", END, Decimal(value), Decimal("0.01"), "USD", False, SAID, True, **facts)


def _contradicted(figures: list[Figure], other: Figure | ProseCandidate) -> list[str]:
    tables = [Candidate(other, "statement")] if isinstance(other, Figure) else []
    return [f.metric for f in find_contradicted(figures, tables, [other] if isinstance(other, ProseCandidate) else [])]


@pytest.mark.parametrize(
    ("figure", "other"),
    [
        (_figure("income_tax", "300"), _figure("income_tax", "-300")),
        (_figure("cost_of_revenue", "300"), _figure("cost_of_revenue", "310", start=900, column="March 31, 2021 As Previously Reported")),
        (_figure("cash", "300", row="Cash"), _figure("cash", "310", start=900, row="Cash and cash equivalents at end of period")),
        (_figure("revenue", "300", mentions=(TOLD,)), _claim("revenue", "70")),
    ],
    ids=["the same cell with its sign turned", "a column that was replaced", "restricted cash", "a part, where a sentence gives the whole"],
)
def test_what_explains_another_value(figure: Figure, other: Figure | ProseCandidate) -> None:
    assert _contradicted([figure], other) == []


@pytest.mark.parametrize(
    ("figure", "other"),
    [
        (_figure("income_tax", "300"), _figure("income_tax", "-300", start=900)),
        (_figure("cost_of_revenue", "300"), _figure("cost_of_revenue", "310", start=900)),
        (_figure("cash", "300", row="Cash"), _figure("cash", "290", start=900, row="Cash and cash equivalents at end of period")),
        (_figure("cash", "300", row="Cash"), _figure("cash", "310", start=900, row="Cash")),
        (_figure("revenue", "300"), _claim("revenue", "70")),
        (_figure("revenue", "300", mentions=(TOLD,)), _claim("revenue", "330")),
    ],
    ids=["another cell", "another column", "less cash", "more cash on the same line", "a part alone", "more than the whole"],
)
def test_what_does_not(figure: Figure, other: Figure | ProseCandidate) -> None:
    assert _contradicted([figure], other) == [figure.metric]


def test_a_word_that_means_the_line_beside() -> None:
    both = [_figure("net_income", "300"), _figure("net_income_to_common", "280", start=300)]
    assert _contradicted(both, _claim("net_income", "280")) == []
    assert _contradicted(both, _claim("net_income", "270")) == ["net_income"]
    shares = [_figure("eps_basic", "0.25"), _figure("eps_diluted", "0.24", start=300)]
    assert _contradicted(shares, _claim("eps_basic", "0.24", qualifier=UNMARKED)) == []
    assert _contradicted(shares, _claim("eps_basic", "0.24")) == ["eps_basic"]
