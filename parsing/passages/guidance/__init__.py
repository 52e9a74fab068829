"""The company's numeric outlook: ranges and points with their metric, basis, period and action, from prose and tables."""

from __future__ import annotations

from collections.abc import Iterable

from filings.release import Guidance
from parsing.passages.guidance.prose import find_prose_guidance
from parsing.passages.guidance.tables import find_table_guidance
from parsing.passages.outline import Outline
from parsing.sentences import Span


def find_guidance(outline: Outline, excluded: Iterable[Span]) -> list[Guidance]:
    """All guidance outside the excluded spans, each once: equal metric, basis, bounds and unit told twice are one, at its first place."""
    found = sorted([*find_prose_guidance(outline, excluded), *find_table_guidance(outline)], key=lambda g: (g.source.start, g.basis))
    seen: set[tuple[object, ...]] = set()
    kept: list[Guidance] = []
    for guidance in found:
        key = (guidance.metric, guidance.basis, guidance.low, guidance.high, guidance.unit)
        if key not in seen:
            seen.add(key)
            kept.append(guidance)
    return kept
