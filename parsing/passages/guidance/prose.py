"""Guidance in sentences and list items: a range or point, the metric that it belongs to, its period and what the company does with it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from filings.release import Guidance, Source
from parsing.passages.guidance.metric_phrases import METRIC, METRIC_PHRASES, MetricPhrase, name_metric, read_basis
from parsing.passages.guidance.ranges import Range, find_ranges
from parsing.passages.outline import Outline, Part
from parsing.passages.statements import find_horizon, looks_ahead
from parsing.sentences import Span

# `we expect`, `guidance`, `is targeted at`: a sentence without such a word guides nothing
_CUE = re.compile(
    r"expect|anticipat|project|forecast|guidance|outlook|target|estimate|\bshould\b|\bwill (?:be|total|approximate|range|increase|decrease|decline|reduce|generate|deliver|incur|result|record|invest|spend|save)|on track|\bplans? to\b|\bgoal\b|"
    r"intends? to|\bannual pace\b|\bbudget\b|aiming|\baims?\b|reiterat|reaffirm|assumption is|\bremain in the\b|forecasting|potential to"
)
# `the dividend`, `offering of notes`: sentences whose amounts are none of the company's outlook
_OTHER_AMOUNTS = re.compile(
    r"\bdividends?\b.{0,80}\b(?:payable|pay|paid|declar|per share|increase)|\b(?:payable|pay|paid|declar\w*) .{0,60}\bdividends?\b|(?:aggregate )?principal amount|\bnotes due\b|purchase price|consideration|\bper diluted share in 20\d\d\b.{0,5}$|record date|"
    r"conversion price|settlement|warrants?\b|line of credit|credit facility|contract (?:valued|worth)"
)
# What right before an amount makes it no guidance: "compared to $4 million", "including $.03 per share", "plus or minus 2%"
_BY_THE_WAY = re.compile(
    r"(?:compared (?:to|with)|versus|\bvs\.?|than|including|includes?|included|excluding|excludes?|plus or minus|or|\+/-|±|due to|driven by|offset by|because of|reflecting|reflects|impact of|effect of|charges? of|benefit of|headwind of|tailwind of|against|"
    r"previous(?:ly)?|prior|initial|original|earlier|last year'?s?|midpoint of|implying|implies|represent(?:s|ing)|from|up|down|increased?|decreased?|grew|rose|declined|was|were|reported|assum(?:es|ing)|attributable to|related to|of which|consisting of|comprised of|exceeded)"
    r"(?: (?:an?|the|its|our|expected|anticipated|estimated|additional|approximately|about|roughly|nearly|approx\.?|initial|guidance|range|of|\d{4}|previous|earlier|net|pre-?tax|after-?tax|non-gaap|gaap)){0,5} ?\(?$"
)
_RANGE_AFTER_FROM = re.compile(r"\b(?:from|up|down|increased?|decreased?)(?: (?:approximately|about|between))? ?\(?$")
_CLAUSE = re.compile(r"[;•]|,? (?:while|whereas|compared (?:to|with)|versus|which (?:includes?|reflects?|excludes?|represents?|compares?))\b|\.\s")
_RESPECTIVELY = re.compile(r"\brespectively\b")
_FOLLOWS = re.compile(r"^\)?,? ?(?:in|of|for|to|toward)? ?(?:(?:our|its|the|additional|annual|total|net|gross|positive|full[- ]year|share|stock|of|in|cash|structural|cumulative|run-rate|maintenance|\d{4}) ?){0,4}")

_ACTIONS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("withdrawn", re.compile(r"\b(?:withdr(?:aw|ew)\w*|suspend\w*|discontinu\w*|rescind\w*|no longer (?:providing|valid))\b")),
    ("reaffirmed", re.compile(r"\b(?:re-?affirm\w*|reiterat\w*|re-?confirm\w*|maintain(?:s|ed|ing)?|unchanged|confirm(?:s|ed|ing))\b")),
    ("raised", re.compile(r"\b(?:rais(?:e|es|ed|ing)|increas(?:es|ed|ing) (?:its|our|the|full|guidance|fiscal|\d{4})|lift(?:s|ed|ing)|upward|boost(?:s|ed|ing) (?:its|our))\b")),
    ("lowered", re.compile(r"\b(?:lower(?:s|ed|ing) (?:its|our|the|full|fiscal|guidance|\d{4})|reduc(?:es|ed|ing) (?:its|our|the|full|fiscal|\d{4})|cut(?:s|ting)? (?:its|our)|downward)\b")),
    ("initiated", re.compile(r"\b(?:initiat(?:es|ed|ing)|introduc(?:es|ed|ing)|issu(?:es|ed|ing) (?:its |our )?(?:initial|first)|establish(?:es|ed|ing) (?:its|our)?)\b")),
)
_ACTION_NOUN = re.compile(r"guidance|outlook|forecast|targets?|estimates?|expectations?|range|budget|goal")


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of prose to read for guidance, with the period of its surroundings; ``listed`` marks an item under an outlook's heading."""

    span: Span
    period: str | None
    listed: bool = False


def find_prose_guidance(outline: Outline, excluded: Iterable[Span]) -> list[Guidance]:
    """The guidance of sentences and list items outside the excluded spans, in the order of the text."""
    found: list[Guidance] = []
    for clause in _clauses(outline, sorted(excluded, key=lambda s: s.start)):
        found.extend(read_clause(outline, clause))
    return found


_HEADING = re.compile(r"\b(?:outlook|guidance|targets?|expectations?|forecast|estimates?|looking ahead|business update|objectives)\b", re.IGNORECASE)
_HEADING_WORDS = 14


def _clauses(outline: Outline, closed: list[Span]) -> Iterable[Clause]:
    period: str | None = None
    listing = False
    outlook = False
    for part in outline.parts:
        if part.kind == "table":
            continue
        if any(c.start <= part.start and part.end <= c.end for c in closed):
            continue
        horizon = find_horizon(part.words) if part.word_count <= 60 else None
        heading = part.kind == "heading" or (part.word_count <= _HEADING_WORDS and not part.words.endswith((".", ",", ";")) and part.kind == "paragraph")
        if heading:
            outlook = bool(_HEADING.search(part.words))
            period = horizon if outlook and horizon else None
            listing = outlook
        has_amount = any(c.isdigit() for c in part.words)
        item = part.kind in {"list_item", "cell"}
        if has_amount and (not heading or part.bold):
            for sentence in outline.sentences(part):
                yield Clause(sentence, period, listed=listing and (item or outlook))
        if part.words.endswith(":") and not heading:
            cue = looks_ahead(part.words) or bool(_HEADING.search(part.words))
            listing = cue or (listing and item)
            period = horizon or period if listing else period
        elif not item and not heading:
            listing = outlook


def read_clause(outline: Outline, clause: Clause) -> list[Guidance]:
    """The guidance in one sentence or list item."""
    words = outline.text[clause.span.start : clause.span.end]
    lower = words.lower().replace("\n", " ")
    if not clause.listed and not (_CUE.search(lower) and _guides(lower)):
        return []
    if _OTHER_AMOUNTS.search(lower):
        return []
    ranges = list(find_ranges(outline.text, clause.span.start, clause.span.end))
    out: list[Guidance] = []
    last: tuple[MetricPhrase | None, str, str] | None = None
    action = read_action(lower)
    at = clause.span.start
    for found in ranges:
        if found.unit == "" and found.low == found.high:
            continue
        before = " ".join(outline.text[at : found.start].lower().split())
        before = before + " " if before else ""
        if _skip(before, found):
            at = max(at, found.start) if out else at
            continue
        named = _name(outline, clause, found, before, ranges, last)
        if named is None:
            continue
        phrase, metric, context = named
        last = (phrase, metric, context)
        period = find_horizon(_around(outline, clause, found)) or find_horizon(" ".join(words.split())) or clause.period
        source = Source(found.start, found.end, outline.text[found.start : found.end])
        out.append(Guidance(metric, read_basis(context, metric), period, found.low, found.high, found.unit or "units", source, action))
        at = found.end
    return _in_order(lower, out)


def read_action(lower: str) -> str | None:
    """What a sentence, in lower case, does with guidance; None where it does not say."""
    if not _ACTION_NOUN.search(lower):
        return None
    return next((action for action, pattern in _ACTIONS if pattern.search(lower)), None)


def _guides(lower: str) -> bool:
    return looks_ahead(lower) or bool(re.search(r"guidance|outlook|reaffirm|reiterat|annual pace|budget", lower))


def _skip(before: str, found: Range) -> bool:
    tail = before[-90:].rstrip() + (" " if before else "")
    match = _BY_THE_WAY.search(tail.rstrip())
    if match is None:
        return False
    two = found.low is not None and found.high is not None and found.low != found.high
    if two and _RANGE_AFTER_FROM.search(tail.rstrip()):
        return False
    word = match.group().split()[0]
    return not (word == "or" and found.unit.endswith("/share"))


def _name(
    outline: Outline, clause: Clause, found: Range, before: str, ranges: list[Range], last: tuple[MetricPhrase | None, str, str] | None
) -> tuple[MetricPhrase | None, str, str] | None:
    """The phrase, the metric and the words around it that an amount belongs to; None where they do not tell."""
    segment = before
    cut = list(_CLAUSE.finditer(segment))
    if cut and METRIC.search(segment, cut[-1].end()):
        segment = segment[cut[-1].end() :]
    for match in reversed(list(METRIC.finditer(segment))):
        phrase = _phrase(match)
        metric = name_metric(phrase, found.unit)
        if metric:
            return phrase, _qualified(metric, segment, match), segment
    following = next((r.start for r in ranges if r.start > found.start), clause.span.end)
    after = " ".join(outline.text[found.end : min(following, found.end + 90)].lower().split())
    lead = _FOLLOWS.match(after)
    match_after = METRIC.match(after, lead.end() if lead else 0) or METRIC.search(after[:60])
    if match_after is not None:
        phrase = _phrase(match_after)
        metric = name_metric(phrase, found.unit)
        if metric:
            return phrase, metric, before + after[: match_after.end()]
    if last is not None and re.match(r"^,? ?(?:and|or|,|to|non-gaap|gaap|;|respectively|\(|on an? \w+ basis|of|:|-|for the|\s)*[\w\s-]{0,30}$", before) and len(before) < 45:
        metric = name_metric(last[0], found.unit) if last[0] else last[1]
        if metric:
            return last[0], metric, (before if re.search("gaap", before) else last[2] + before)
    free = _free_words(segment, after)
    return (None, free, segment) if free else None


def _phrase(match: re.Match[str]) -> MetricPhrase:
    return METRIC_PHRASES[int((match.lastgroup or "m0")[1:])]


_QUALIFIER = re.compile(r"(?:organic|digital media|net new|domestic|international|segment|services|cloud|subscription|product|maintenance|gross|total oracle cloud|free)\s$")


def _qualified(metric: str, segment: str, match: re.Match[str]) -> str:
    """A metric's name with a word that narrows it, so that a part is not taken for the whole."""
    words = segment[: match.start()]
    qualifier = _QUALIFIER.search(words)
    if qualifier and metric in {"revenue", "revenue growth"} and qualifier.group().strip() not in {"total"}:
        return f"{qualifier.group().strip()} {metric.replace('_', ' ')}"
    return metric


# `net new ARR of`, `all-in cash expense to average`: the noun before the verb that leads to an amount
_FREE = re.compile(
    r"(?P<noun>(?:[a-z&/'’()-]+ ){1,5}?)(?:(?:is|are|was|were|to|will|should|would|of|at|in|be|a|an|the|range|between|from|average|approximately|about|roughly|around|expected|anticipated|projected|estimated|targeted|currently|now|still|total|"
    r"remain|reach|exceed|top|over|more|than|up|reduce|increase|decrease|by|decline|grow|growth|rate|budget|guidance|for|\d{4}|fiscal|year|full|quarter|positive|capital|:|~|\() ?){1,12}$"
)
_STOP_NOUNS = re.compile(r"^(?:(?:we|it|that|this|which|and|or|the|our|its|company|management|to|be|in|of|for|is|are|as|by|with|approximately|expects?|anticipates?|now|also|currently) ?)+$")


def _free_words(before: str, after: str) -> str | None:
    """The words that name an amount where no known phrase does: up to five before it, else the noun right after it."""
    match = _FREE.search(before[-120:])
    if match is not None:
        noun = re.sub(r"^(?:(?:expects?|anticipates?|that|its|our|the|and|we|to|in|of|for|a|company|full|year|average|now|also|currently|it|is|will|be) )+", "", match["noun"]).strip(" ,()-")
        if noun and not _STOP_NOUNS.match(noun + " ") and len(noun) > 3:
            return noun
    lead = re.match(r"(?:in|of|per) ((?:[a-z&/-]+ ?){1,4})", after)
    if lead is not None:
        noun = re.sub(r" (?:in|for|by|from|to|over|during|through|and|with|at|on|as|of) ?.*$", "", lead.group(1)).strip()
        if len(noun) > 3 and not _STOP_NOUNS.match(noun + " "):
            return noun
    return None


def _around(outline: Outline, clause: Clause, found: Range) -> str:
    start = max(clause.span.start, found.start - 90)
    return " ".join(outline.text[start : min(clause.span.end, found.end + 60)].split())


def _in_order(lower: str, found: list[Guidance]) -> list[Guidance]:
    """Where "GAAP and non-GAAP ... 76.3% and 77.0%, respectively" names two bases, the first amount is the first one's; one amount alone is both's."""
    both = re.search(r"(?<!non-)\bgaap and non-gaap\b", lower)
    if both is None or not found:
        return found
    if len(found) == 1:
        return [_with_basis(found[0], "gaap"), _with_basis(found[0], "nongaap")]
    if _RESPECTIVELY.search(lower) and len(found) == 2:
        return [_with_basis(found[0], "gaap"), _with_basis(found[1], "nongaap")]
    return found


def _with_basis(guidance: Guidance, basis: str) -> Guidance:
    g = guidance
    return Guidance(g.metric, basis, g.period, g.low, g.high, g.unit, g.source, g.action)


def part_period(part: Part) -> str | None:
    """The period that a heading or an introduction names."""
    return find_horizon(part.words)
