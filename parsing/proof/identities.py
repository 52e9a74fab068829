"""Identities of accounting between the figures of one period, and between periods: what they confirm and what they contradict."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from ex99.filings.metrics import METRICS
from ex99.filings.release import Figure
from ex99.parsing.tolerances import TOLERANCES

Statement = Mapping[str, Figure]
"""The figures of one basis and period by metric."""

_CENT = Decimal("0.01")
_QUARTERS = {"quarter": 1, "half": 2, "nine_months": 3, "year": 4}
_DAYS_A_QUARTER = 91


class Finding(NamedTuple):
    """A figure and what an identity says of it: a code of filings.proof."""

    figure: Figure
    code: str


class Sum(NamedTuple):
    """A metric as the signed sum of others."""

    code: str
    total: str
    parts: tuple[tuple[str, int], ...]


SUMS: tuple[Sum, ...] = (
    Sum("balance", "total_assets", (("total_liabilities", 1), ("equity", 1))),
    Sum("gross", "gross_profit", (("revenue", 1), ("cost_of_revenue", -1))),
    Sum("tax", "net_income", (("pretax_income", 1), ("income_tax", -1))),
)


def judge_figures(figures: Sequence[Figure]) -> Iterator[Finding]:
    """What every identity that the figures allow says of them."""
    periods: dict[tuple[str, str, dt.date | None], dict[str, Figure]] = defaultdict(dict)
    for figure in figures:
        periods[figure.basis, figure.duration, figure.period_end].setdefault(figure.metric, figure)
    for (basis, _, _), statement in periods.items():
        if basis == "gaap":
            yield from _judge_sums(statement)
            yield from _judge_eps(statement)
            yield from _judge_dilution(statement)
    yield from _judge_spans(figures)


def _step(figure: Figure) -> Decimal:
    """The unit of the last printed digit; where it is not told, one of the value's own last digit."""
    return figure.precision or Decimal(1).scaleb(int(figure.value.as_tuple().exponent))


def _judge_sums(statement: Statement) -> Iterator[Finding]:
    for code, total, parts in SUMS:
        members = [statement[name] for name, _ in parts if name in statement]
        if total not in statement or len(members) < len(parts):
            continue
        whole = statement[total]
        gap = whole.value - sum(sign * part.value for part, (_, sign) in zip(members, parts, strict=True))
        slack = max(_step(f) for f in (whole, *members)) * len(members)
        if abs(gap) <= slack:
            yield from (Finding(f, code) for f in (whole, *members))
        elif code == "balance" and gap < -slack:
            yield from (Finding(f, "against_balance") for f in (whole, *members))


def _judge_eps(statement: Statement) -> Iterator[Finding]:
    """Net income (to common, where it is told) over shares, against earnings per share."""
    incomes = [statement[m] for m in ("net_income_to_common", "net_income") if m in statement]
    for kind in ("basic", "diluted"):
        eps, shares = statement.get(f"eps_{kind}"), statement.get(f"shares_{kind}")
        if eps is None or shares is None or not shares.value or not incomes:
            continue
        gaps = [abs(income.value / shares.value - eps.value) for income in incomes]
        nearest = incomes[gaps.index(min(gaps))]
        if min(gaps) <= _CENT + TOLERANCES.eps_proves * abs(eps.value):
            yield from (Finding(f, "eps_shares") for f in (nearest, eps, shares))
        elif min(gaps) > _CENT + TOLERANCES.eps_contradicts * abs(eps.value):
            yield from (Finding(f, "against_eps") for f in (nearest, eps, shares))


def _judge_dilution(statement: Statement) -> Iterator[Finding]:
    for basic, diluted, sign in (("shares_basic", "shares_diluted", 1), ("eps_basic", "eps_diluted", -1)):
        one, other = statement.get(basic), statement.get(diluted)
        if one and other and sign * (one.value - other.value) > 2 * _step(one):
            yield from (Finding(f, "against_dilution") for f in (one, other))


def _judge_spans(figures: Sequence[Figure]) -> Iterator[Finding]:
    """A longer period is a shorter one before it and the last quarter, or all of its quarters."""
    lines: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.duration in _QUARTERS and figure.period_end is not None and METRICS[figure.metric].unit == "money":
            lines[figure.metric, figure.basis].append(figure)
    for line in lines.values():
        for whole in line:
            for parts in _find_parts(whole, line):
                slack = max(_step(f) for f in (whole, *parts)) * len(parts)
                if abs(whole.value - sum(p.value for p in parts)) <= slack:
                    yield from (Finding(f, "year_to_date") for f in (whole, *parts))


def _find_parts(whole: Figure, line: Sequence[Figure]) -> Iterator[tuple[Figure, ...]]:
    """The ways in which figures of one metric make up a longer one: last quarter and what came before, or every quarter."""
    count = _QUARTERS[whole.duration]
    if count == 1 or whole.period_end is None:
        return
    quarters = [_find_at(line, "quarter", whole.period_end, back) for back in range(count)]
    before = next((d for d, n in _QUARTERS.items() if n == count - 1))
    earlier = _find_at(line, before, whole.period_end, 1)
    if quarters[0] is not None and earlier is not None:
        yield quarters[0], earlier
    known = tuple(q for q in quarters if q is not None)
    if len(known) == count and count > 2:
        yield known


def _find_at(line: Sequence[Figure], duration: str, end: dt.date, back: int) -> Figure | None:
    """The figure of a duration that ended so many quarters before a day."""
    day = end - dt.timedelta(days=_DAYS_A_QUARTER * back)
    return next(
        (f for f in line if f.duration == duration and f.period_end and abs((f.period_end - day).days) <= TOLERANCES.days_of_quarters), None
    )
