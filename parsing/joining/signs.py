"""Signs that arithmetic settles: a statement that prints its charges in parentheses prints a charge for taxes so, too."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from ex99.filings.metrics import METRICS
from ex99.filings.release import Figure
from ex99.parsing.rules import rule
from ex99.parsing.tolerances import TOLERANCES

_TAX = next(metric.name for metric in METRICS.values() if metric.sign == "tax")


TAX_SIGN = rule("joining.signs.tax", "taxes have the sign with which income before them less taxes is net income")


def settle_tax_signs(figures: Sequence[Figure]) -> list[Figure]:
    """The figures; taxes of the other sign where only so income before them less taxes is net income, within two percent."""
    statements: dict[tuple[str, dt.date | None], dict[str, Decimal]] = defaultdict(dict)
    for figure in figures:
        if figure.basis == "gaap":
            statements[figure.duration, figure.period_end].setdefault(figure.metric, figure.value)
    return [
        replace(f, value=-f.value, rules=(*f.rules, TAX_SIGN.id))
        if f.metric == _TAX and _is_turned(f.value, statements[f.duration, f.period_end]) and TAX_SIGN()
        else f
        for f in figures
    ]


def _is_turned(tax: Decimal, statement: dict[str, Decimal]) -> bool:
    pretax, net = statement.get("pretax_income"), statement.get("net_income")
    if pretax is None or net is None:
        return False
    most = abs(pretax) * TOLERANCES.tax_slack
    return abs(pretax + tax - net) <= most < abs(pretax - tax - net)
