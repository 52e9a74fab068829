"""Choose one figure among the table candidates that report the same thing, and keep the others as mentions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from filings.release import Figure, ParseWarning
from parsing.candidates import PLACE_ORDER, Candidate
from parsing.fiscal import NEAR

_CENT = Decimal("0.01")


@dataclass(slots=True)
class _Group:
    """Candidates for one (metric, basis, duration, end)."""

    candidates: list[Candidate] = field(default_factory=list)

    def takes(self, figure: Figure) -> bool:
        """Whether a figure is about the group's metric and period."""
        own = self.candidates[0].figure
        if (own.metric, own.basis, own.duration) != (figure.metric, figure.basis, figure.duration):
            return False
        if own.period_end is None or figure.period_end is None:
            return own.period_end == figure.period_end
        return abs(own.period_end - figure.period_end) <= NEAR


def choose_figures(candidates: Sequence[Candidate]) -> tuple[list[Figure], list[ParseWarning]]:
    """(one figure for each metric, basis and period; warnings where statements contradict each other)."""
    groups: dict[tuple[str, str, str], list[_Group]] = {}
    for candidate in candidates:
        f = candidate.figure
        siblings = groups.setdefault((f.metric, f.basis, f.duration), [])
        group = next((g for g in siblings if g.takes(f)), None)
        if group is None:
            group = _Group()
            siblings.append(group)
        group.candidates.append(candidate)
    figures: list[Figure] = []
    warnings: list[ParseWarning] = []
    for siblings in groups.values():
        for group in siblings:
            figure, warning = _choose(group.candidates)
            figures.append(figure)
            if warning is not None:
                warnings.append(warning)
    return figures, warnings


def _choose(candidates: list[Candidate]) -> tuple[Figure, ParseWarning | None]:
    """The candidate of the best place; among several values there, the one that most candidates agree with, then the first."""
    best_place = min(PLACE_ORDER.index(c.place) for c in candidates)
    eligible = [c for c in candidates if PLACE_ORDER.index(c.place) == best_place]
    best_rank = min(c.rank for c in eligible)
    eligible = [c for c in eligible if c.rank == best_rank]
    support = [sum(agree(c.figure, other.figure) for other in candidates) for c in eligible]
    chosen = max(range(len(eligible)), key=lambda i: (eligible[i].confidence, support[i], -i))
    figure = eligible[chosen].figure
    rivals = [c.figure for c in eligible if not agree(c.figure, figure)]
    mentions = tuple(c.figure.source for c in candidates if c.figure.source != figure.source and agree(c.figure, figure))
    warning = None
    if rivals:
        what = f"{figure.metric} {figure.basis} of the {figure.duration} to {figure.period_end}"
        warning = ParseWarning("tables_differ", f"{what}: {figure.value} kept, {rivals[0].value} passed over")
    return replace(figure, mentions=mentions), warning


def agree(one: Figure, other: Figure) -> bool:
    """Whether two printed values can be the same number, one of them rounded."""
    return abs(one.value - other.value) < max(_step(one), _step(other))


def _step(figure: Figure) -> Decimal:
    """What the last printed digit may count: the power of ten below the value's last digit that is not zero."""
    if figure.unit.endswith("/share"):
        return _CENT
    digits = figure.value.normalize().as_tuple()
    exponent = digits.exponent if isinstance(digits.exponent, int) else 0
    return Decimal(1).scaleb(exponent) if figure.value else Decimal(1)
