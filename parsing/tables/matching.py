"""The metrics whose rows a plain label names; remembered, for statements share their wordings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from ex99.filings.metrics import METRICS, Metric
from ex99.parsing.language.matcher import PhraseMatcher


class RowMatcher:
    """The rows of some metrics, as their records word them; a lower rank is the better row."""

    def __init__(self, rows: Iterable[tuple[Metric, tuple[str, ...]]]) -> None:
        known = [(metric, rank, pattern) for metric, patterns in rows for rank, pattern in enumerate(patterns)]
        self._known = [(metric.name, rank) for metric, rank, _ in known]
        self._never = {metric.name: re.compile("|".join(metric.never)) for metric, _, _ in known if metric.never}
        self._matcher = PhraseMatcher([pattern for _, _, pattern in known])

    def find(self, text: str) -> tuple[tuple[str, int], ...]:
        """(metric, rank) of each metric that a label names."""
        found: dict[str, int] = {}
        for index in self._matcher.fullmatches(text):
            metric, rank = self._known[index]
            if metric not in found and (metric not in self._never or self._never[metric].search(text) is None):
                found[metric] = rank
        return tuple(found.items())


_PER_SHARE = RowMatcher((m, m.rows) for m in METRICS.values() if m.unit == "per_share")
_INCOME = RowMatcher((m, m.rows) for m in METRICS.values() if m.statement == "income" and m.unit != "per_share")
_BALANCE = RowMatcher((m, m.rows) for m in METRICS.values() if m.statement == "balance" and m.unit != "per_share")
_CASH_FLOW = RowMatcher((m, m.rows if m.statement == "cash_flow" else m.flow_rows) for m in METRICS.values())


@lru_cache(maxsize=8192)
def money_metrics(text: str) -> tuple[tuple[str, int], ...]:
    """(metric, rank) of the rows of income statements that a plain label names, those of earnings per share left out."""
    return _INCOME.find(text)


@lru_cache(maxsize=8192)
def instant_metrics(text: str) -> tuple[tuple[str, int], ...]:
    """(metric, rank) of balance-sheet rows."""
    return _BALANCE.find(text)


@lru_cache(maxsize=8192)
def cash_flow_metrics(text: str) -> tuple[tuple[str, int], ...]:
    """(metric, rank) of cash-flow rows."""
    return _CASH_FLOW.find(text)


@lru_cache(maxsize=8192)
def per_share_metrics(text: str) -> tuple[tuple[str, int], ...]:
    """(metric, rank) of per-share rows other than earnings per share."""
    return _PER_SHARE.find(text)
