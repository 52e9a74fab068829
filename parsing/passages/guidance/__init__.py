"""The company's numeric outlook: ranges and points with their metric, basis, period and action, from prose and tables."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ex99.filings.release import Guidance
from ex99.parsing.language.periods import name_quarters
from ex99.parsing.language.sentences import Span
from ex99.parsing.passages.guidance.prose import find_prose_guidance
from ex99.parsing.passages.guidance.tables import find_table_guidance
from ex99.parsing.passages.horizon import find_span
from ex99.parsing.passages.outline import Outline
from ex99.parsing.rules import rule

# `Acme Updates 2023 Guidance`: a headline whose period is that of the guidance below it
_OUTLOOK = re.compile(r"\b[\w -]{0,25}\b(?:outlook|guidance|targets|forecast)\b(?: for [\w -]{1,30})?", re.IGNORECASE)

# `2026`
_YEAR = re.compile(r"(?:19|20)\d\d")

SAID_TWICE = rule("guidance.said_twice", "an outlook that was told before", leaves_out=True)


def find_guidance(outline: Outline, excluded: Iterable[Span], headline: str | None = None) -> list[Guidance]:
    """All guidance outside the excluded spans, each once.

    Equal metric, basis, bounds and unit told twice for what may be one period are one, at its first place.
    """
    outlook = _OUTLOOK.search(headline) if headline else None
    period = find_span(outlook.group()) if outlook else None
    found = sorted(
        [*find_prose_guidance(outline, excluded, period, headline or ""), *find_table_guidance(outline, period)],
        key=lambda g: (g.source.start, g.basis),
    )
    told: dict[tuple[object, ...], list[str | None]] = {}
    kept: list[Guidance] = []
    for guidance in found:
        periods = told.setdefault((guidance.metric, guidance.basis, guidance.low, guidance.high, guidance.unit), [])
        if not [p for p in periods if _may_be_same(p, guidance.period)] or not SAID_TWICE():
            kept.append(guidance)
        periods.append(guidance.period)
    return kept


def _may_be_same(one: str | None, other: str | None) -> bool:
    """Whether two periods as printed may be one: neither names another quarter or another year than the other."""
    if one is None or other is None:
        return True
    years, others = set(_YEAR.findall(one)), set(_YEAR.findall(other))
    return name_quarters(one) == name_quarters(other) and (not years or not others or not years.isdisjoint(others))
