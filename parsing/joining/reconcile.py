"""Join all that reports one figure: the statement's exact value wins, further places become mentions, contradictions are left out."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ex99.filings.fiscal import NEAR, Calendar, same_end
from ex99.filings.release import Figure, ParseWarning, Source
from ex99.filings.values import same_value
from ex99.parsing.joining.choosing import TWO_LINES
from ex99.parsing.prose.candidate import ProseCandidate

UNMARKED = "unmarked EPS"
Key = tuple[str, str, str, dt.date | None]


@dataclass(frozen=True, slots=True)
class Reconciled:
    """The figures of a release, each once, in the order of the text, with the reasons for what was left out."""

    figures: tuple[Figure, ...]
    warnings: tuple[ParseWarning, ...]
    calendar: Calendar | None


def reconcile(
    figures: Sequence[Figure], prose: Sequence[ProseCandidate], calendar: Calendar | None, so_far: Sequence[ParseWarning] = ()
) -> Reconciled:
    """Attach prose to the statements' figures, and take from prose what no statement reports and every sentence agrees on."""
    known: dict[Key, list[Figure]] = defaultdict(list)
    for figure in figures:
        known[_key(figure)].append(figure)
    warnings = list(so_far)
    mentions: dict[int, list[Source]] = defaultdict(list)
    open_claims: dict[Key, list[ProseCandidate]] = defaultdict(list)
    doubted = _doubted(known, prose)
    for claim in prose:
        key = _find_key(known, claim)
        if key is None:
            partial = (claim.sentence, claim.metric) in doubted
            open_claims[_own_key(open_claims, claim)].append(replace(claim, sure=False) if partial else claim)
            continue
        agreeing = next((f for f in known[key] if same_value(claim, f)), None)
        if agreeing is not None:
            mentions[id(agreeing)].append(claim.source)
    for claims in open_claims.values():
        if calendar is not None and not _is_compared(claims[0], calendar):
            continue
        found, warning = _from_prose(claims)
        if found is not None:
            known[_key(found)].append(found)
        if warning is not None:
            warnings.append(warning)
    _drop_doubled_eps(known)
    single = _once(sorted((f for same in known.values() for f in same), key=_order))
    ends = _reported_ends(single, calendar)
    joined = [_placed(f, _places(f, mentions.get(id(f), ())), comparative=_is_comparative(f, ends)) for f in single]
    return Reconciled(tuple(joined), tuple(warnings), calendar)


def _once(figures: Sequence[Figure]) -> list[Figure]:
    """Each metric, basis and period once; net income to the company and to common shareholders, told apart by qualifier, are two."""
    seen: dict[tuple[object, ...], Figure] = {}
    for figure in figures:
        qualifier = figure.qualifier if figure.metric == TWO_LINES else None
        seen.setdefault((*_key(figure), qualifier), figure)
    return list(seen.values())


def _drop_doubled_eps(known: dict[Key, list[Figure]]) -> None:
    """A sentence's EPS not marked basic or diluted counts for both, unless the release prints one of them by name for the period."""
    for one, other in (("eps_basic", "eps_diluted"), ("eps_diluted", "eps_basic")):
        for key in [k for k, found in known.items() if k[0] == one and found[0].qualifier == UNMARKED and found[0].source.table is None]:
            named = known.get((other, *key[1:]))
            if named and named[0].qualifier != UNMARKED:
                del known[key]


def _doubted(known: Mapping[Key, Sequence[Figure]], prose: Sequence[ProseCandidate]) -> set[tuple[int, str]]:
    """(sentence, metric) where a sentence gives another value than is known: it speaks of a segment or of another measure."""
    first: dict[Key, ProseCandidate] = {}
    doubted: set[tuple[int, str]] = set()
    for claim in prose:
        key = _find_key(known, claim)
        if key is not None:
            if not any(same_value(claim, f) for f in known[key]):
                doubted.add((claim.sentence, claim.metric))
            continue
        if _is_far_from_other_kind(known, claim):
            doubted.add((claim.sentence, claim.metric))
        own = _own_key(first, claim)
        if claim.sure and not same_value(claim, first.setdefault(own, claim)):
            doubted.add((claim.sentence, claim.metric))
    return doubted


def _is_far_from_other_kind(known: Mapping[Key, Sequence[Figure]], claim: ProseCandidate) -> bool:
    """Whether a basic EPS is no neighbour of the diluted one that is known, or the other way round."""
    other = {"eps_basic": "eps_diluted", "eps_diluted": "eps_basic"}.get(claim.metric)
    key = _find_key(known, replace(claim, metric=other)) if other else None
    return key is not None and all(abs(claim.value - f.value) > max(abs(f.value) / 2, 2 * claim.precision) for f in known[key])


def _key(figure: Figure) -> Key:
    return figure.metric, figure.basis, figure.duration, figure.period_end


def _find_key(keys: Iterable[Key], claim: ProseCandidate) -> Key | None:
    """The figure that a claim is about: same metric, basis and duration, ends within days of each other."""
    for key in keys:
        if key[:3] == (claim.metric, claim.basis, claim.duration) and same_end(key[3], claim.period_end):
            return key
    return None


def _own_key(keys: Iterable[Key], claim: ProseCandidate) -> Key:
    return _find_key(keys, claim) or (claim.metric, claim.basis, claim.duration, claim.period_end)


def _from_prose(claims: list[ProseCandidate]) -> tuple[Figure | None, ParseWarning | None]:
    """The figure that sentences report: the first sure claim, in its most exact printing; None where none is sure."""
    sure = [c for c in claims if c.sure]
    if not sure:
        return None, None
    first = sure[0]
    same = [c for c in claims if same_value(c, first)]
    best = min((c for c in same if c.sure), key=lambda c: (c.precision, c.qualifier == UNMARKED))
    warning = None
    if any(c.sure and not same_value(c, first) for c in claims):
        message = f"{first.metric} of the {first.duration} to {first.period_end}: sentences differ, the first one is kept"
        warning = ParseWarning("prose_differs", message)
    figure = Figure(
        best.metric, best.basis, best.duration, best.period_end, best.value, best.unit, best.comparative, best.source,
        precision=best.precision, qualifier=best.qualifier, mentions=tuple(c.source for c in same if c is not best),
    )  # fmt: skip
    return figure, warning


def _placed(figure: Figure, mentions: tuple[Source, ...], *, comparative: bool) -> Figure:
    if mentions == figure.mentions and comparative == figure.comparative:
        return figure
    return replace(figure, mentions=mentions, comparative=comparative)


def _places(figure: Figure, more: Sequence[Source]) -> tuple[Source, ...]:
    """The figure's mentions and further ones, each place once, the figure's own source left out."""
    if not (figure.mentions or more):
        return ()
    places = {(s.start, s.end): s for s in (*figure.mentions, *more)}
    places.pop((figure.source.start, figure.source.end), None)
    return tuple(places[span] for span in sorted(places))


def _is_compared(claim: ProseCandidate, calendar: Calendar) -> bool:
    """Whether a period is the reported one or one that releases compare it with: up to two years before, the quarter or year before."""
    if claim.period_end is None:
        return True
    ends = [calendar.end, calendar.quarter_before(calendar.end), calendar.year_end(calendar.year - 1)]
    ends += [calendar.year_before(calendar.end), calendar.year_before(ends[2]), calendar.year_before(calendar.year_before(calendar.end))]
    return any(same_end(claim.period_end, end) for end in ends)


def _reported_ends(figures: Iterable[Figure], calendar: Calendar | None) -> dict[bool, dt.date]:
    """The end of what is reported, of durations (False) and of instants (True): the calendar's, without one the latest that is printed."""
    if calendar is not None:
        return {False: calendar.end, True: calendar.end}
    return dict(sorted((f.duration == "instant", f.period_end) for f in figures if f.period_end is not None))


def _is_comparative(figure: Figure, ends: Mapping[bool, dt.date]) -> bool:
    return figure.period_end is not None and figure.period_end < ends[figure.duration == "instant"] - NEAR


def _order(figure: Figure) -> tuple[int, str]:
    return figure.source.start, figure.metric
