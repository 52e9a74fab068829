"""One sentence or list item of guidance: its ranges, and the metric, basis, period and action of each."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ex99.filings.release import Guidance, Source
from ex99.parsing.language.sentences import Span
from ex99.parsing.passages.guidance.actions import read_action
from ex99.parsing.passages.guidance.metric_phrases import METRIC, name_metric, read_basis, read_metric
from ex99.parsing.passages.guidance.naming import PARTED, Named, find_counted, name_amount, read_growth, settle
from ex99.parsing.passages.guidance.ranges import Range, find_ranges
from ex99.parsing.passages.guidance.standing import OTHERS, PAST_VERB, REVISED, find_last, is_by_the_way, is_past
from ex99.parsing.passages.horizon import find_last_span, find_span
from ex99.parsing.passages.outline import Outline

# What begins an aside that holds amounts of parts: "which includes approximately $8 billion in revenues for"
_ASIDE = re.compile(
    r"\b(?:including|includes?|included|excluding|excludes?|excluded|due to|driven by|offset by|because of"
    r"|reflect(?:ing|s)(?! (?:[\w-]+ ){0,3}(?:growth|increase|decrease|decline)s?\b)"
    r"|(?:impact|effect)s? (?:of|to|on)|charges? of|benefit of|benefit from|headwind|tailwind|assum(?:es|ing)|attributable to"
    r"|related to|impl(?:y|ies)|"
    r"of which|consisting of|consists? (?:primarily )?of|comprised of|on top of|in addition to|based on|compared (?:to|with)|versus)\b"
)
# `outlook for fiscal 2014 includes a `, `this guidance assumes `: what guidance holds is no aside
_HOLDS = re.compile(
    r"\b(?:guidance|outlook|forecast|targets|estimates?|expectations?|ranges?)\b[^;]{0,40}\b(?:includes?|assum(?:es?|ing)"
    r"|(?:is|are) based on)$"
)
# ` a full-year `: what may stand before the metric it holds
_LEADS = re.compile(r" (?:(?:an?|the|our|total|full[- ]year|approximately|about|average|net|\d{4}|expected|estimated|anticipated) )*")
# `will record restructuring and one-time charges of`: a charge that is the guidance itself
_TAKES = re.compile(r"\b(?:record|take|incur|recogni[sz]e|result in) (?:[\w,'’-]+ ){0,10}charges? of$")
# What ends an aside: "..., to be between", "; we expect"
_RESUMES = re.compile(
    r"\bto be\b|\bexpects?\b|\banticipates?\b|\btargets?\b|\bshould\b|\bwill\b|;|\(non-gaap\)|\bis\b|\bare\b"
    r"|\bin the range\b|\bto (?:total|average|range)\b|\bwhile\b"
)
# `are expected to decline `: what makes a growth a decline
_FALLS = re.compile(
    r"\b(?:declin\w*|decreas\w*|fall|drop|contract|(?:be )?(?:down|lower)|reduction)(?: (?:by|of|in|an?|the|range|between"
    r"|approximately|about|roughly|sequentially|year-over-year|another|further)){0,5} ?$"
    r"|\breduc\w* (?:[\w’'-]+ ){1,8}by(?: (?:about|approximately|roughly|more than|at least|up to|over|nearly))? ?$"
)
# `versus 18.6% in 2024`: what follows is another period's
_COMPARED = re.compile(r"\b(?:versus|vs|compared|from|than|over (?:(?:19|20)\d\d|(?:the )?(?:prior|previous|last|same|year-ago)))\b|;")
# `long-term`: a horizon without an end
_NO_PERIOD = re.compile(r"\b(?:term|future)$", re.IGNORECASE)
# `GAAP and non-GAAP gross margins`
_BOTH_BASES = re.compile(r"(?<!non-)\bgaap and non-gaap\b")

# `a loss of `: an amount that begins with its own direction
_LOSS = re.compile(r"(?:a\s+)?loss\s+of\b", re.IGNORECASE)
_SIGNED = ("ebitda", "operating income", "free cash flow", "cash flow")
_PER_SHARE = frozenset({"eps_diluted", "loss per share", "ffo_per_share"})
_AFTER_CHARS = 90
_MOST = 12
"""More amounts than a sentence tells: the labels of a chart."""
# `(cash flow from operations less capital expenditures)`: a definition in brackets names nothing; footnotes' raised digits are no letters
_DEFINITION = re.compile(r"\((?:[a-z][\w/&’'-]*[ ,]+){3,}[\w/&’'-]+\)")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", " " * 10)


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of prose to read for guidance: its lower-case words, the period of its surroundings, and the part it stands in.

    ``listed`` where it is an item of an outlook's list and no sentence of its own; ``of`` is the part of the company that the list is of.
    """

    span: Span
    lower: str
    period: str | None
    part: int
    listed: bool = False
    of: str = ""


def _plain(words: str) -> str:
    """Words in lower case, one space apart, without definitions in brackets."""
    return " ".join(_DEFINITION.sub(" ", " ".join(words.translate(_RAISED).lower().split())).split())


def _is_bracketed(amount: str) -> bool:
    """Whether an amount stands in brackets behind another: "(US$310 million)", "(40% liquids)"; a loss is "(0.05)" or "$(5) million"."""
    inside, closing, _ = amount.partition(")")
    return amount.startswith("(") and (not closing or any(c.isalpha() for c in inside))


@dataclass(slots=True)
class _Talk:
    """What stands before an amount: the words since the last one that was named, and whether an aside holds it."""

    context: str = ""
    aside: bool = False

    def add(self, gap: str) -> str | None:
        """Take in the words between two amounts; what of them counts, or None where the second stands in an aside."""
        if self.aside:
            resumed = _RESUMES.search(gap)
            if resumed is None:
                return None
            gap = gap[resumed.start() :]
        self.context = f"{self.context} {gap}".strip()
        opening = find_last(_ASIDE, gap)
        self.aside = opening is not None and not _RESUMES.search(gap, opening.end()) and not _holds_metric(gap, opening)
        if opening is None or not self.aside:
            return gap
        self.context = self.context[: len(self.context) - len(gap) + opening.start()].strip()
        return None


def read_clause(outline: Outline, clause: Clause) -> list[Guidance]:
    """The guidance in one sentence or list item, in the order of its words."""
    text = outline.text
    every = list(find_ranges(text, clause.span.start, clause.span.end))
    ranges = [a for i, a in enumerate(every) if not (i and _is_bracketed(text[a.start : a.end]))] if len(every) <= _MOST else []
    action = read_action(clause.lower)
    found: list[Guidance] = []
    last: Named | None = None
    contexts: list[str] = []
    talk = _Talk()
    at = told = clause.span.start
    for i, amount in enumerate(ranges):
        gap = talk.add(_plain(text[at : amount.start]))
        at = amount.end
        following = ranges[i + 1].start if i + 1 < len(ranges) else clause.span.end
        after = _plain(text[amount.end : min(following, amount.end + _AFTER_CHARS)])
        if gap is None or is_past(talk.context) or OTHERS.search(gap) or _is_aside(gap, amount, after, last):
            continue
        context, sized = _with_loss(text, amount, talk.context)
        named = name_amount(sized, context, after, last, listed=clause.listed)
        if named is None or (named.phrase is None and not amount.unit and amount.low == amount.high):
            continue
        last = named
        period, behind = _period(outline, clause, amount, Span(told, amount.start), following)
        told = _period_end(text, amount.end, following) if behind else amount.end
        found.append(_make(outline, _with_unit(sized, named, after), _of_part(named, clause.of), period, action))
        contexts.append(context)
        talk.context = ""
    return _in_order(clause.lower, _respectively(clause.lower, found, contexts))


def _with_loss(text: str, amount: Range, context: str) -> tuple[str, Range]:
    """The context and size of an amount that begins with "a loss of": the word belongs to the metric, not to the number.

    After a measure that may fall below zero itself ("an adjusted EBITDA loss of") it is the number's sign.
    """
    if not _LOSS.match(text, amount.start) or context.endswith(_SIGNED):
        return context, amount
    if "(" in text[amount.start : amount.end] or any(bound is not None and bound > 0 for bound in (amount.low, amount.high)):
        return f"{context} loss of", amount
    low, high = (None if bound is None else -bound for bound in (amount.high, amount.low))
    return f"{context} loss of", replace(amount, low=low, high=high)


def _is_aside(gap: str, amount: Range, after: str, last: Named | None) -> bool:
    """Whether an amount is told by the way, and not as the growth of the one before, which ``last`` names."""
    return read_growth(amount, gap, after, last) is None and is_by_the_way(gap, amount, following=last is not None)


def _of_part(named: Named, part: str) -> Named:
    """What an amount measures, of the part of the company whose list it stands in."""
    return replace(named, metric=f"{part} {named.metric}") if part and named.metric in PARTED else named


def _with_unit(amount: Range, named: Named, after: str) -> Range:
    """An amount with its unit: money where it is per share, else what it counts."""
    if named.metric in _PER_SHARE:
        return amount if amount.unit.endswith("/share") else replace(amount, unit=f"{amount.unit or 'USD'}/share")
    counted = "shares" if named.metric == "shares" else find_counted(after)
    return amount if amount.unit else replace(amount, unit=counted or "units")


def _make(outline: Outline, amount: Range, named: Named, period: str | None, action: str | None) -> Guidance:
    metric = settle(named.metric, amount, falls=_FALLS.search(named.context) is not None)
    source = Source(amount.start, amount.end, outline.text[amount.start : amount.end])
    return Guidance(metric, read_basis(named.context, named.metric), period, amount.low, amount.high, amount.unit, source, action=action)


# `is withdrawing its full year guidance`, `guidance is suspended`
_WITHDRAWS = re.compile(
    r"(?:withdr(?:aw|ew)\w{0,6}|suspend\w{0,6}|discontinu\w{0,6}|rescind\w{0,6})(?: [\w,’'()-]+){0,10}? (?:guidance|outlook|forecast)"
    r"|(?:guidance|outlook|forecast)(?: [\w,’'()-]+){0,10}? (?:withdrawn|suspended|discontinued|rescinded)"
)


def withdrawn(outline: Outline, clause: Clause) -> list[Guidance]:
    """The withdrawal of guidance that a sentence tells without amounts: one record with no bounds, its source the whole sentence."""
    match = _WITHDRAWS.search(clause.lower)
    if match is None:
        return []
    named = next(METRIC.finditer(match.group()), None)
    metric = read_metric(named).money or read_metric(named).per_share if named else "guidance"
    start, end = clause.span.start, clause.span.end
    source = Source(start, end, outline.text[start:end])
    period = find_span(" ".join(source.text.split())) or clause.period
    return [Guidance(metric or "guidance", read_basis(match.group(), metric), period, None, None, "units", source, action="withdrawn")]


def _holds_metric(gap: str, opening: re.Match[str]) -> bool:
    """Whether words that open an aside do not: an outlook that includes revenue, a charge that will be taken."""
    if _TAKES.search(gap, 0, opening.end()):
        return True
    lead = _LEADS.match(gap, opening.end())
    return _HOLDS.search(gap, 0, opening.end()) is not None and lead is not None and METRIC.match(gap, lead.end()) is not None


def _period(outline: Outline, clause: Clause, amount: Range, gap: Span, following: int) -> tuple[str | None, bool]:
    """The period beside an amount: between the amount before and it, else between it and the one that follows, else in its sentence.

    True goes with it where it was found behind the amount, so that it is not read again before the one that follows.
    """
    text = outline.text
    near = _find_period(" ".join(text[gap.start : gap.end].rpartition(";")[2].split()), last=True)
    if near is not None:
        return near, False
    after = " ".join(text[amount.end : _period_end(text, amount.end, following)].split())
    cut = _COMPARED.search(after)
    behind = _find_period(after[: cut.start()] if cut else after)
    if behind is not None:
        return behind, True
    whole = " ".join(text[clause.span.start : amount.start].split())
    return _find_period(whole) or clause.period, False


def _find_period(words: str, *, last: bool = False) -> str | None:
    """The period that words name behind their last verb of the past; "long-term" is none."""
    past = None if REVISED.search(words) else find_last(PAST_VERB, words)
    period = (find_last_span if last else find_span)(words[past.end() :] if past else words)
    return None if period is None or _NO_PERIOD.search(period) else period


def _period_end(text: str, start: int, following: int) -> int:
    """Where what belongs to an amount ends: at the semicolon before the amount that follows, else there."""
    mark = text.find(";", start, following)
    return following if mark < 0 else mark


def _respectively(lower: str, found: list[Guidance], contexts: list[str]) -> list[Guidance]:
    """Where "revenue and EBITDA of $10 million and $2 million, respectively" name their metrics first, each amount takes its own."""
    if len(found) < 2 or "respectively" not in lower:
        return found
    named = {m.phrase: m for m in METRIC.finditer(contexts[0]) if name_metric(read_metric(m), found[0].unit)}
    first = list(named.values())[-len(found) :]
    if len(first) < len(found) or any(METRIC.finditer(" ".join(contexts[1:]))):
        return found
    starts = [0, *(m.end for m in first)]
    words = [contexts[0][a : m.end] for a, m in zip(starts, first, strict=False)]
    metrics = [name_metric(read_metric(m), g.unit) or g.metric for m, g in zip(first, found, strict=True)]
    return [replace(g, metric=m, basis=read_basis(w, m)) for g, m, w in zip(found, metrics, words, strict=True)]


def _in_order(lower: str, found: list[Guidance]) -> list[Guidance]:
    """Where "GAAP and non-GAAP" margins are "76.3% and 77.0%, respectively", the first amount is GAAP's; one amount alone is both's."""
    if not found or _BOTH_BASES.search(lower) is None:
        return found
    if len(found) == 1:
        return [replace(found[0], basis="gaap"), replace(found[0], basis="nongaap")]
    if len(found) == 2 and "respectively" in lower:
        return [replace(found[0], basis="gaap"), replace(found[1], basis="nongaap")]
    return found
