"""Signs that arithmetic settles: a statement that prints its charges in parentheses prints a charge for taxes so, too."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from ex99.filings.metrics import METRICS
from ex99.filings.release import Figure

_SLACK = Decimal("0.02")
_TAX = next(metric.name for metric in METRICS.values() if metric.sign == "tax")


def settle_tax_signs(figures: Sequence[Figure]) -> list[Figure]:
    """The figures; taxes of the other sign where only so income before them less taxes is net income, within two percent."""
    statements: dict[tuple[str, dt.date | None], dict[str, Decimal]] = defaultdict(dict)
    for figure in figures:
        if figure.basis == "gaap":
            statements[figure.duration, figure.period_end].setdefault(figure.metric, figure.value)
    return [
        replace(f, value=-f.value) if f.metric == _TAX and _is_turned(f.value, statements[f.duration, f.period_end]) else f for f in figures
    ]


def _is_turned(tax: Decimal, statement: dict[str, Decimal]) -> bool:
    pretax, net = statement.get("pretax_income"), statement.get("net_income")
    if pretax is None or net is None:
        return False
    most = abs(pretax) * _SLACK
    return abs(pretax + tax - net) <= most < abs(pretax - tax - net)
