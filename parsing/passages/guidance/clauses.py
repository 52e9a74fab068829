"""One sentence or list item of guidance: its ranges, and the metric, basis, period and action of each."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from filings.release import Guidance, Source
from parsing.language.sentences import Span
from parsing.passages.guidance.metric_phrases import METRIC, read_basis, read_metric
from parsing.passages.guidance.naming import Named, name_amount
from parsing.passages.guidance.ranges import Range, find_ranges
from parsing.passages.horizon import find_horizon
from parsing.passages.outline import Outline

# What right before an amount makes it no guidance: "compared to $4 million", "including $.03 per share", "plus or minus 2%"
_BY_THE_WAY = re.compile(
    r"(?:compared (?:to|with)|versus|\bvs\.?|than|plus or minus|or|\+/-|±|against|previous(?:ly)?|prior|initial|original|earlier"
        r"|last year'?s?|midpoint of|implying|implies|represent(?:s|ing)|from|up|down|increased?|decreased?|grew|rose|declined|reported"
            r"|exceeded"
        r"|(?:guidance|outlook|target|range|forecast)s?(?:\(\d\))? by)"
    r"(?: (?:an?|the|its|our|expected|anticipated|estimated|additional|approximately|about|roughly|nearly|initial|guidance|range|of"
        r"|\d{4}|previous|earlier|net|full-year|constant-currency|decline|growth)){0,6} ?\(?$",
)
# What begins an aside that holds amounts of parts: "which includes approximately $8 billion in revenues for"
_ASIDE = re.compile(
    r"\b(?:including|includes?|included|excluding|excludes?|excluded|due to|driven by|offset by|because of|reflecting|reflects"
        r"|impact of|effect of|charges? of|benefit of|benefit from|headwind|tailwind|assum(?:es|ing)|attributable to|related to|"
    r"of which|consisting of|consists? (?:primarily )?of|comprised of|on top of|in addition to|based on|compared (?:to|with)|versus)\b"
)
# What ends an aside: "..., to be between", "; we expect"
_RESUMES = re.compile(r"\bto be\b|\bexpects?\b|\banticipates?\b|\btargets?\b|\bshould\b|\bwill\b|;|\(non-gaap\)|\bis\b|\bare\b"
    r"|\bin the range\b|\bto (?:total|average|range)\b|\bwhile\b")
# `are expected to decrease `: a change that is the guidance itself
_CHANGE = re.compile(r"(?:expect\w*|anticipat\w*|will|should|project\w*|forecast\w*)(?: \w+){0,4} (?:increase|decrease|decline|grow"
    r"|rise|improve|be up|be down)(?: by)?(?: approximately| about| roughly| between)? ?$")
# `versus 18.6% in 2024`: what follows is another period's
_COMPARED = re.compile(r"\b(?:versus|vs|compared|from|than)\b|;")
# `increased from`: a change told, not a range
_MOVES = re.compile(r"increas|decreas|rais|reduc|improv|grow")
# `was`, `repurchased`: verbs of the past
_PAST_VERB = re.compile(r"\b(?:was|were|had|contributed|announced|recorded|recognized|reported|totaled|achieved|generated|grew"
    r"|repurchased|retired|completed|incurred|received|paid|spent)\b")
# `expects`, `guidance`: words of the future
_CUE = re.compile(r"expect|anticipat|project|forecast|guidance|outlook|target|estimat|should|will|track|plans? to|goal|intend|budget"
    r"|aim|reiterat|reaffirm|pace")
# `GAAP and non-GAAP gross margins`
_BOTH_BASES = re.compile(r"(?<!non-)\bgaap and non-gaap\b")

_ACTIONS: tuple[tuple[str, re.Pattern[str]], ...] = (
    # `is withdrawing the full year guidance`
    ("withdrawn", re.compile(r"\b(?:withdr(?:aw|ew)\w*|suspend\w*|discontinu\w*|rescind\w*|no longer (?:providing|valid))\b")),
    # `reaffirms its outlook`
    ("reaffirmed", re.compile(r"\b(?:re-?affirm\w*|reiterat\w*|re-?confirm\w*|maintain(?:s|ed|ing)?|unchanged|confirm(?:s|ed|ing))\b")),
    # `raises its guidance`
    ("raised", re.compile(r"\b(?:rais(?:e|es|ed|ing)|increas(?:es|ed|ing) (?:its|our|the|full|guidance|fiscal|\d{4})|lift(?:s|ed|ing)"
        r"|upward|boost(?:s|ed|ing) (?:its|our))\b")),
    # `lowers its outlook`
    ("lowered", re.compile(r"\b(?:lower(?:s|ed|ing) (?:its|our|the|full|fiscal|guidance|\d{4})|reduc(?:es|ed|ing) (?:its|our|the|full"
        r"|fiscal|\d{4})|cut(?:s|ting)? (?:its|our)|downward)\b")),
    # `introduces guidance for`
    ("initiated", re.compile(r"\b(?:initiat(?:es|ed|ing)|introduc(?:es|ed|ing)|issu(?:es|ed|ing) (?:its |our )?(?:initial|first)"
        r"|establish(?:es|ed|ing) (?:its|our)?)\b")),
)
# `outlook`, `range`: what the verbs of _ACTIONS must be about
_ACTION_NOUN = re.compile(r"guidance|outlook|forecast|targets?|estimates?|expectations?|range|budget|goal")
_NEAR = 60
_AFTER_CHARS = 90


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of prose to read for guidance: its lower-case words, the period of its surroundings, and whether it is a bare list item."""

    span: Span
    lower: str
    period: str | None
    listed: bool = False


def read_clause(outline: Outline, clause: Clause) -> list[Guidance]:
    """The guidance in one sentence or list item, in the order of its words."""
    ranges = [r for r in find_ranges(outline.text, clause.span.start, clause.span.end) if r.unit or r.low != r.high]
    action = read_action(clause.lower)
    found: list[Guidance] = []
    last: Named | None = None
    context, aside = "", False
    at = told = clause.span.start
    for i, amount in enumerate(ranges):
        gap = " ".join(outline.text[at : amount.start].lower().split())
        at = amount.end
        resumed = _RESUMES.search(gap) if aside else None
        if aside and resumed is None:
            continue
        if resumed is not None:
            gap = gap[resumed.start() :]
        context = f"{context} {gap}" if context else gap
        opening = _last(_ASIDE, gap)
        if opening is not None and not _RESUMES.search(gap, opening.end()):
            context, aside = context[: len(context) - len(gap) + opening.start()], True
            continue
        aside = False
        if _is_by_the_way(gap, amount) or _is_past(context):
            continue
        following = ranges[i + 1].start if i + 1 < len(ranges) else clause.span.end
        after = " ".join(outline.text[amount.end : min(following, amount.end + _AFTER_CHARS)].lower().split())
        named = name_amount(amount, context.strip(), after, last, listed=clause.listed)
        if named is None:
            continue
        last = named
        period, behind = _period(outline, clause, amount, Span(told, amount.start), following)
        told = following if behind else amount.end
        found.append(_make(outline, amount, named, period, action))
        context = ""
    return _in_order(clause.lower, found)


def _make(outline: Outline, amount: Range, named: Named, period: str | None, action: str | None) -> Guidance:
    unit = amount.unit or "units"
    if named.metric in {"eps_diluted", "loss per share", "ffo_per_share"} and not unit.endswith("/share"):
        unit = f"{amount.unit or 'USD'}/share"
    source = Source(amount.start, amount.end, outline.text[amount.start : amount.end])
    return Guidance(named.metric, read_basis(named.context, named.metric), period, amount.low, amount.high, unit, source, action)


def read_action(lower: str) -> str | None:
    """What a sentence, in lower case, does with guidance; None where it does not say."""
    for action, pattern in _ACTIONS:
        match = pattern.search(lower)
        if match and _ACTION_NOUN.search(lower, max(0, match.start() - _NEAR), match.end() + _NEAR):
            return action
    return None


# `is withdrawing its full year guidance`, `guidance is suspended`
_WITHDRAWS = re.compile(
    r"(?:withdr(?:aw|ew)\w*|suspend\w*|discontinu\w*|rescind\w*)(?: [\w,’'()-]+){0,10}? (?:guidance|outlook|forecast)|(?:guidance"
        r"|outlook|forecast)(?: [\w,’'()-]+){0,10}? (?:withdrawn|suspended|discontinued|rescinded)"
)


def withdrawn(outline: Outline, clause: Clause) -> list[Guidance]:
    """The withdrawal of guidance that a sentence tells without amounts: one record with no bounds, its source the whole sentence."""
    match = _WITHDRAWS.search(clause.lower)
    if match is None:
        return []
    named = METRIC.search(match.group())
    metric = read_metric(named).money or read_metric(named).per_share if named else "guidance"
    start, end = clause.span.start, clause.span.end
    source = Source(start, end, outline.text[start:end])
    period = find_horizon(" ".join(source.text.split())) or clause.period
    return [Guidance(metric or "guidance", read_basis(match.group(), metric), period, None, None, "units", source, "withdrawn")]


def _last(pattern: re.Pattern[str], words: str) -> re.Match[str] | None:
    last = None
    for match in pattern.finditer(words):
        last = match
    return last


def _is_by_the_way(gap: str, amount: Range) -> bool:
    match = _BY_THE_WAY.search(gap[-110:])
    if match is None:
        return False
    word = "by" if match.group().endswith(" by") else match.group().split()[0]
    open_ended = amount.low is None or amount.high is None
    if open_ended and word == "than":
        return False
    if word == "by":
        return True
    if word == "or":
        return not amount.unit.endswith("/share")
    if amount.unit == "percent" and _CHANGE.search(gap[-80:]):
        return False
    two = not open_ended and amount.low != amount.high
    return not (two and word in {"from", "up", "down", "increase", "decrease"} and _MOVES.search(gap[-60:]) is None)


def _is_past(context: str) -> bool:
    """Whether the last verb before an amount tells of the past."""
    past, cue = _last(_PAST_VERB, context), _last(_CUE, context)
    return past is not None and (cue is None or cue.start() < past.start())


def _period(outline: Outline, clause: Clause, amount: Range, gap: Span, following: int) -> tuple[str | None, bool]:
    """The period beside an amount: between the amount before and it, else between it and the one that follows, else in its sentence.

    True goes with it where it was found behind the amount, so that it is not read again before the one that follows.
    """
    text = outline.text
    near = find_horizon(" ".join(text[gap.start : gap.end].split()))
    if near is not None:
        return near, False
    after = " ".join(text[amount.end : following].split())
    cut = _COMPARED.search(after)
    behind = find_horizon(after[: cut.start()] if cut else after)
    if behind is not None:
        return behind, True
    whole = " ".join(text[clause.span.start : amount.start].split())
    return find_horizon(whole) or clause.period, False


def _in_order(lower: str, found: list[Guidance]) -> list[Guidance]:
    """Where "GAAP and non-GAAP" margins are "76.3% and 77.0%, respectively", the first amount is GAAP's; one amount alone is both's."""
    if not found or _BOTH_BASES.search(lower) is None:
        return found
    if len(found) == 1:
        return [replace(found[0], basis="gaap"), replace(found[0], basis="nongaap")]
    if len(found) == 2 and "respectively" in lower:
        return [replace(found[0], basis="gaap"), replace(found[1], basis="nongaap")]
    return found
