"""Columns that are left out because of their neighbours: percentages of revenue, parts beside a total, doubles."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ex99.parsing.rules import rule
from ex99.parsing.tables.columns import ColumnHead
from ex99.parsing.tables.dating import ColumnPeriod
from ex99.parsing.tables.rows import BodyRow
from ex99.parsing.tolerances import TOLERANCES

_TOTAL = re.compile(r"\b(?:total|consolidated)\b", re.IGNORECASE)
_CONSOLIDATED = re.compile(r"\bconsolidated\b", re.IGNORECASE)
# As Restated | (revised)
_RESTATED = re.compile(r"\b(?:restated|revised|recast)\b", re.IGNORECASE)
# As previously reported
_REPORTED = re.compile(r"\breported\b", re.IGNORECASE)


SHARES_OF_TOTAL = rule("tables.columns.shares_of_total", "percentages of revenue beside the amounts of a period", leaves_out=True)
DOUBLES = rule("tables.columns.doubles", "columns of one period and basis of which none, or another, is the total", leaves_out=True)
BEFORE_RESTATING = rule("tables.columns.before_restating", "what was reported of a period, beside the same restated", leaves_out=True)
OF_A_PART = rule("tables.columns.of_a_part", "a column whose header names a part and no period", leaves_out=True)


def drop_shares_of_total(periods: Sequence[ColumnPeriod | None], rows: Sequence[BodyRow]) -> list[ColumnPeriod | None]:
    """Columns of percentages of revenue beside the amounts leave the period to these: small numbers, some marked "%", no money sign."""
    kept = list(periods)
    for index, period in enumerate(periods):
        if period is None or periods.count(period) < 2:
            continue
        amounts = [row.grid.values[index][1] for row in rows if index in row.grid.values]
        marked = [a for a in amounts if a.mark == "%"]
        if marked and all(abs(a.value) <= TOLERANCES.most_percent and a.currency is None for a in amounts) and SHARES_OF_TOTAL():
            kept[index] = None
    return kept


def drop_doubles(heads: Sequence[ColumnHead], periods: Sequence[ColumnPeriod | None]) -> list[ColumnPeriod | None]:
    """Columns that claim one period and basis are kept only where one of them is the total of the others."""
    restated = {period for head, period in zip(heads, periods, strict=True) if _RESTATED.search(head.text)}
    kept = [
        None if period in restated and _REPORTED.search(head.text) and BEFORE_RESTATING() else period
        for head, period in zip(heads, periods, strict=True)
    ]
    seen: dict[tuple[object, ...], list[int]] = {}
    for index, period in enumerate(kept):
        if period is not None:
            seen.setdefault((period, heads[index].basis, heads[index].per_share), []).append(index)
    for indices in seen.values():
        if len(indices) > 1 and DOUBLES():
            chosen = _chosen_of_doubles(heads, indices)
            for i in indices:
                if i != chosen:
                    kept[i] = None
        elif heads[indices[0]].other and heads[indices[0]].period.empty and OF_A_PART():
            kept[indices[0]] = None
    return kept


def keeps_the_whole(heads: Sequence[ColumnHead], periods: Sequence[ColumnPeriod | None], kept: Sequence[ColumnPeriod | None]) -> bool:
    """Whether of columns of parts ("Americas | Europe | Consolidated") those of the whole company alone are kept."""
    left = [i for i, period in enumerate(kept) if period is not None]
    return 0 < len(left) < len(periods) - periods.count(None) and all(_CONSOLIDATED.search(heads[i].text) for i in left)


def _chosen_of_doubles(heads: Sequence[ColumnHead], indices: Sequence[int]) -> int | None:
    """The one column of several that is the total, that names the period and nothing else, or that alone names its year."""
    totals = [i for i in indices if _TOTAL.search(heads[i].text)]
    plain = [i for i in indices if not heads[i].other]
    dated = [i for i in indices if heads[i].period.years or heads[i].period.dates]
    return next((found[0] for found in (totals, plain, dated) if len(found) == 1), None)
