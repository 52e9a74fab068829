"""Join all that reports one figure: the statement's exact value wins, further places become mentions, contradictions are left out."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ex99.filings.fiscal import NEAR, Calendar, same_end
from ex99.filings.release import Figure, ParseWarning, Source
from ex99.filings.values import same_value
from ex99.parsing.joining.choosing import TWO_LINES
from ex99.parsing.prose.candidate import ProseCandidate
from ex99.parsing.rules import joined, rule

UNMARKED = "unmarked EPS"
Key = tuple[str, str, str, dt.date | None]


SOMEONE_ELSES = rule("joining.prose.someone_elses", "a table that repeats what sentences say of someone else", leaves_out=True)
ELSEWHERE = rule("joining.prose.elsewhere", "a paragraph that contradicts what is known speaks of a segment", leaves_out=True)
TO_DATE = rule("joining.prose.to_date", "an amount without a period that is the year to date's is a mention of it", leaves_out=True)
FROM_PROSE = rule("joining.prose.figure", "what no table reports and sentences agree on, in its most exact printing")
OTHER_PERIOD = rule("joining.prose.other_period", "a sentence's period that releases do not compare theirs with", leaves_out=True)
DOUBTED = rule("joining.prose.doubted", "a sentence that gives another value than is known speaks of something else", leaves_out=True)
UNMARKED_EPS = rule("joining.prose.unmarked_eps", "an unmarked amount a share where one kind is printed by name", leaves_out=True)


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
    warnings = list(so_far)
    prose = sorted(prose, key=lambda claim: not claim.named)
    foreign = _tables_of_others(figures, prose)
    what = "repeats what sentences say of someone else: left out"
    warnings += [ParseWarning("other_entity", f"table {table} {what}") for table in sorted(foreign)]
    for figure in figures:
        if figure.source.table not in foreign:
            known[_key(figure)].append(figure)
    elsewhere = _of_others(known, prose) | {claim.block for claim in prose if claim.others and foreign}
    mentions, open_claims = _place_claims(known, prose, elsewhere)
    for claims in open_claims.values():
        if calendar is not None and not _is_compared(claims[0], calendar) and OTHER_PERIOD():
            continue
        found, warning = _from_prose(claims)
        if found is not None:
            known[_key(found)].append(found)
        if warning is not None:
            warnings.append(warning)
    _drop_doubled_eps(known)
    single = _once(sorted((f for same in known.values() for f in same), key=lambda f: (f.source.start, f.metric)))
    ends = _reported_ends(single, calendar)
    joined = [_placed(f, _places(f, mentions.get(id(f), ())), comparative=_is_comparative(f, ends)) for f in single]
    return Reconciled(tuple(joined), tuple(warnings), calendar)


def _place_claims(
    known: Mapping[Key, Sequence[Figure]], prose: Sequence[ProseCandidate], elsewhere: set[int]
) -> tuple[dict[int, list[Source]], dict[Key, list[ProseCandidate]]]:
    """(the places in which sentences repeat a known figure, by its identity; the claims of what is not known, by what they claim)."""
    mentions: dict[int, list[Source]] = defaultdict(list)
    open_claims: dict[Key, list[ProseCandidate]] = defaultdict(list)
    doubted = _doubted(known, prose)
    for claim in prose:
        key = _find_key(known, claim) or _longer_key(known, claim)
        if key is None:
            partial = ((claim.sentence, claim.metric) in doubted and DOUBTED()) or (claim.block in elsewhere and ELSEWHERE())
            open_claims[_own_key(open_claims, claim)].append(replace(claim, sure=False) if partial else claim)
            continue
        agreeing = next((f for f in known[key] if same_value(claim, f)), None)
        if agreeing is not None:
            mentions[id(agreeing)].append(claim.source)
    return mentions, open_claims


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
            if named and named[0].qualifier != UNMARKED and UNMARKED_EPS():
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


def _tables_of_others(figures: Sequence[Figure], prose: Sequence[ProseCandidate]) -> set[int]:
    """Tables that repeat what sentences say of someone else ("Sold Unit had sales of"), in a release whose tables print no revenue."""
    if any(f.metric == "revenue" and f.basis == "gaap" and f.source.table is not None for f in figures):
        return set()
    said = [claim for claim in prose if claim.others]
    repeated = (f for f in figures for claim in said if _find_key([_key(f)], claim) and same_value(claim, f))
    tables = {f.source.table for f in repeated if f.source.table is not None}
    return tables if tables and SOMEONE_ELSES() else set()


def _of_others(known: Mapping[Key, Sequence[Figure]], prose: Sequence[ProseCandidate]) -> set[int]:
    """The paragraphs whose amounts contradict what is known oftener than they agree with it: they speak of a segment."""
    balance: Counter[int] = Counter()
    for claim in prose:
        key = _find_key(known, claim) if claim.basis == "gaap" and claim.sure else None
        if key is not None:
            balance[claim.block] += 1 if any(same_value(claim, f) for f in known[key]) else -1
    return {block for block, agreements in balance.items() if agreements < 0}


def _longer_key(known: Mapping[Key, Sequence[Figure]], claim: ProseCandidate) -> Key | None:
    """The figure of the year to date that a claim repeats without naming a period: "Cash flow from operations was $4.1 billion"."""
    if claim.named or claim.duration != "quarter":
        return None
    to_date = [replace(claim, duration=duration) for duration in ("half", "nine_months", "year")]
    keys = [key for key in (_find_key(known, longer) for longer in to_date) if key is not None]
    return TO_DATE.take(next((key for key in keys if any(same_value(claim, f) for f in known[key])), None))


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
    if not sure or not FROM_PROSE():
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
        rules=joined(best.rules, (FROM_PROSE.id,)),
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
