"""The metrics whose phrases a plain label matches; remembered, for statements share their wordings."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from ex99.parsing.language import phrases
from ex99.parsing.language.phrases import Phrase


@lru_cache(maxsize=8192)
def money_metrics(text: str) -> tuple[tuple[str, int], ...]:
    """(metric, rank) of the money rows of income statements that a plain label matches."""
    return _matches(phrases.MONEY, text)


@lru_cache(maxsize=8192)
def instant_metrics(text: str) -> tuple[tuple[str, int], ...]:
    """(metric, rank) of balance-sheet rows."""
    return _matches(phrases.INSTANT, text)


@lru_cache(maxsize=8192)
def cash_flow_metrics(text: str) -> tuple[tuple[str, int], ...]:
    """(metric, rank) of cash-flow rows."""
    return _matches(phrases.CASH_FLOW, text)


@lru_cache(maxsize=8192)
def per_share_metrics(text: str) -> tuple[tuple[str, int], ...]:
    """(metric, rank) of per-share rows other than earnings per share."""
    return _matches(phrases.PER_SHARE, text)


def _matches(table: Sequence[Phrase], text: str) -> tuple[tuple[str, int], ...]:
    found: dict[str, int] = {}
    for phrase in table:
        if phrase.metric not in found and phrase.pattern.fullmatch(text) is not None:
            found[phrase.metric] = phrase.rank
    return tuple(found.items())
