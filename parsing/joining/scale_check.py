"""Prose as a check of scale: where sentences give a table's figures a thousand times smaller or larger, the table's scale was misread."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from ex99.filings.fiscal import same_end
from ex99.filings.metrics import METRICS
from ex99.filings.release import Figure, ParseWarning
from ex99.filings.values import is_within
from ex99.parsing.prose.candidate import ProseCandidate
from ex99.parsing.rules import joined, rule

_FACTORS = (Decimal(1), Decimal("0.001"), Decimal(1000), Decimal("0.000001"), Decimal(1_000_000))
_PLAIN = Decimal(1)


SCALE = rule("joining.scale.corrected", "a table whose figures sentences give a thousand times as large or small is put right")


def correct_scale(figures: Sequence[Figure], prose: Sequence[ProseCandidate]) -> tuple[list[Figure], list[ParseWarning]]:
    """(the figures, those of tables whose scale sentences contradict multiplied to fit; a warning for each such table)."""
    factors, warnings = {}, []
    for table, votes in _count_votes(figures, prose).items():
        factor, count = votes.most_common(1)[0]
        if factor != _PLAIN and votes[_PLAIN] == 0 and count == sum(votes.values()) and SCALE():
            factors[table] = factor
            words = f"table {table}: sentences give its figures {factor.normalize():f} times as large"
            warnings.append(ParseWarning("scale_corrected", words))
    if not factors:
        return list(figures), []
    return [_scaled(f, factors) for f in figures], warnings


def _count_votes(figures: Sequence[Figure], prose: Sequence[ProseCandidate]) -> dict[int, Counter[Decimal]]:
    """By table, how many sentences' amounts fit its figures at each factor."""
    votes: dict[int, Counter[Decimal]] = {}
    told: dict[tuple[str, str, str], list[Figure]] = defaultdict(list)
    for figure in figures:
        told[figure.metric, figure.basis, figure.duration].append(figure)
    for claim in prose:
        if claim.unit.endswith("/share") or claim.period_end is None or claim.value == 0:
            continue
        for figure in told[claim.metric, claim.basis, claim.duration]:
            if figure.source.table is None or not same_end(claim.period_end, figure.period_end):
                continue
            factor = next((f for f in _FACTORS if is_within(figure.value * f - claim.value, claim.precision)), None)
            if factor is not None:
                votes.setdefault(figure.source.table, Counter())[factor] += 1
    return votes


def _scaled(figure: Figure, factors: dict[int, Decimal]) -> Figure:
    """A figure of a table that is put right; its share counts were read with the same wrong scale."""
    factor = factors.get(figure.source.table) if figure.source.table is not None else None
    if factor is None or figure.unit.endswith("/share") or METRICS[figure.metric].unit not in ("money", "shares"):
        return figure
    precision = None if figure.precision is None else figure.precision * factor
    return replace(figure, value=figure.value * factor, precision=precision, rules=joined(figure.rules, (SCALE.id,)))
