"""Guidance in sentences and list items: which of them guide, and their surroundings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ex99.filings.release import Guidance
from ex99.parsing.language.screened import Screened
from ex99.parsing.language.sentences import Span
from ex99.parsing.passages.guidance.clauses import Clause, read_clause, withdrawn
from ex99.parsing.passages.guidance.naming import find_part
from ex99.parsing.passages.guidance.vetoes import speaks_of_other
from ex99.parsing.passages.horizon import find_beside, find_span
from ex99.parsing.passages.outline import Outline, Part
from ex99.parsing.passages.statements import HISTORY, IDLE_HEADING, introduces, is_heading, looks_ahead, sentence_looks_ahead
from ex99.parsing.rules import mark, rule, since

# `we expect`, `guidance`, `is targeted at`: a sentence without such a word guides nothing
_CUE = Screened(
    r"expect|anticipat|project|forecast|guidance|outlook|target|estimate|\bshould\b|\bwill (?:be|total|approximate|range|increase"
    r"|decrease|decline|reduce|generate|deliver|incur|result|record|invest|spend|save)|on track|\bgoal\b|\bplan(?:s|ning)?\b"
    r"|\blook(?:s|ing)? for\b|\bnow sees?\b|intends? to|\bannual pace\b|\bbudget\b|aiming|\baims?\b|reiterat|reaffirm"
    r"|\bremain in (?:the|a)\b|potential to|narrow(?:s|ed|ing)",
)
# `reaffirms its guidance`: guidance by its own name
_GUIDES = re.compile(
    r"guidance|outlook|reaffirm|reiterat|narrow(?:s|ed|ing)|annual pace|budget|savings target|expectations? (?:for|of) "
    r"|targets? (?:increased|raised|lowered|reduced) to "
)
# `exceeded our guidance`: a sentence that tells how the past was against it
_MET = re.compile(
    r"\b(?:compar(?:es|ed) (?:to|with)|versus|exceed\w*|surpass\w*|beat\w*|outperform\w*|topp\w+|above|below|within"
    r"|in line with|consistent with"
    r"|met|meets"
    r"|meeting|ahead of|under|(?:high|low|upper|lower|top|bottom|mid)[- ]?\w*(?: end)? of) (?:[\w'’-]+ ){0,5}(?:guidance|outlook|forecast"
    r"|expectations|targets?|estimates?|range)\b"
)
# `$4 million`, `5 to 7 percent`, `25 cents`: an amount at all
_AMOUNT = ("$", "%", "percent", "million", "billion", "cents", "€", "£")
# `3,800 to 4,200`, `1,261 MMcfe/d`: a range of counts, a volume
_COUNTS = re.compile(r"\d (?:to|and) \d|\d\s?[-\u2013]\s?\d|\d (?:m{0,2}|b)(?:cf|bo|bbl)")
# `SEPTEMBER 2003 QUARTER OUTLOOK`
_OUTLOOK_HEADING = re.compile(
    r"\b(?:outlook|guidance|targets|looking ahead|business update|expectations for|estimates for|financial estimates)\b", re.IGNORECASE
)
# `Revenue: $96 - $99 million`: a line of an outlook without a verb
_LABELLED = re.compile(r"[^:$\d]{3,60}: ?\S")
# `Reports Results above Guidance`: headings of what has been
_REPORT = re.compile(r"\b(?:reports?|results|announces?|highlights|reconcil\w+|above|exceed\w*|drives?)\b", re.IGNORECASE)
# `Revenue          $40 to $50`: a line whose words stand apart
_COLUMNS = re.compile(r"^[^\n]*\S {4,}\S[^\n]*$", re.MULTILINE)
_APART_BY = "    "
_COLUMN_LINES = 3
_FEWEST_COLUMN_WORDS = 12
_FEWEST_LINES = 3
_MAX_WORDS = 160
_INTRODUCTION = 400
_APART = 3
"""Parts of text after which the period that guidance told no longer holds for guidance that names none."""


IN_PROSE = rule(
    "guidance.prose", "amounts, ranges and bounds in a sentence that looks ahead or names guidance, bound to the metric before them"
)
WITHDRAWN = rule("guidance.withdrawn", "a sentence that withdraws guidance")


def find_prose_guidance(outline: Outline, excluded: Iterable[Span], period: str | None = None, issuer: str = "") -> list[Guidance]:
    """The guidance of sentences and list items outside the excluded spans, in the order of the text; ``period`` where none is named.

    ``issuer`` holds the company's name, which is none of its parts.
    """
    found: list[Guidance] = []
    told: str | None = None
    part = -_APART
    for clause in _clauses(outline, outline.covered(excluded), issuer):
        near = clause.part == part or (clause.period is None and clause.part - part < _APART)
        placed = replace(clause, period=(told if near else None) or clause.period or period)
        start = mark()
        read = IN_PROSE.only(list(read_clause(outline, placed))) or WITHDRAWN.only(list(withdrawn(outline, placed)))
        read = [replace(guidance, rules=told) for told in [since(start)] for guidance in read]
        told, part = _go_on(outline, clause, read, told, part)
        found.extend(read)
    return found


@dataclass(slots=True)
class _Section:
    """Where in an outline a reading is: below an outlook's heading or in its list, for which period and part of the company.

    ``idle`` below a heading that has nothing to tell.
    """

    issuer: str
    period: str | None = None
    of: str = ""
    outlook: bool = False
    listing: bool = False
    idle: bool = False

    def enter(self, part: Part) -> None:
        """Go on below a heading; one that is a period alone belongs to the outlook that it stands in."""
        opens = _OUTLOOK_HEADING.search(part.words) is not None and not _REPORT.search(part.words)
        horizon = find_span(part.words) if opens or self.outlook else None
        self.idle = IDLE_HEADING.match(part.words) is not None
        self.outlook = self.listing = opens or (self.outlook and horizon is not None and horizon == part.words.strip(" :"))
        self.period = horizon if self.outlook else None

    def introduce(self, part: Part) -> None:
        """Go on with the list that a line introduces."""
        told = _OUTLOOK_HEADING.search(part.words)
        leads = find_beside(part.words, told.start(), told.end()) if told else find_span(part.words)
        self.of = find_part(part.words, self.issuer)
        self.listing = self.listing or told is not None or looks_ahead(part.words[-_INTRODUCTION:])
        self.period = (leads or self.period) if self.listing else self.period

    def leave(self, part: Part) -> None:
        """Go on after a paragraph, which ends a list."""
        self.of, self.listing = "", self.outlook
        self.period = _sharpened(self.period, part) if self.outlook else self.period


def _clauses(outline: Outline, covered: frozenset[int], issuer: str) -> Iterator[Clause]:
    section = _Section(issuer)
    for part in outline.parts:
        if not part.is_prose or part.index in covered:
            continue
        amounts = _has_amount(part.lower)
        labelled = section.listing and amounts and _LABELLED.match(part.lower) is not None
        heading = is_heading(part) and not introduces(part) and not labelled
        if heading:
            section.enter(part)
        if section.idle or (heading and not (part.bold and amounts)):
            continue
        item = labelled or part.kind in {"list_item", "cell"}
        if (amounts or "guidance" in part.lower or "outlook" in part.lower) and not _in_columns(outline, part):
            whole = Clause(Span(part.start, part.end), "", section.period, part.index, section.listing and item, section.of if item else "")
            yield from _of_part(outline, part, whole)
        if part.words.endswith(":"):
            section.introduce(part)
        elif not item:
            section.leave(part)


def _go_on(outline: Outline, clause: Clause, read: list[Guidance], told: str | None, part: int) -> tuple[str | None, int]:
    """The period that holds for what follows a clause, and the part that told it."""
    if read:
        return next((g.period for g in reversed(read) if g.period), told), clause.part
    again = _retold(outline, clause)
    return (again, clause.part) if again is not None else (told, part)


def _retold(outline: Outline, clause: Clause) -> str | None:
    """The period that a sentence tells of the guidance which follows it: "We are revising our guidance for the full year."."""
    guides = _GUIDES.search(clause.lower)
    if guides is None or _has_amount(clause.lower):
        return None
    return find_beside(" ".join(outline.text[clause.span.start : clause.span.end].split()), guides.start(), guides.end())


def _sharpened(period: str | None, part: Part) -> str | None:
    """The period of an outlook's heading as the paragraph below it tells it, where that says more: "Fourth Quarter", "... of 2007"."""
    told = None if _has_amount(part.lower) else find_span(part.words)
    return told if told is not None and (period or "").lower() in told.lower() else period


def _in_columns(outline: Outline, part: Part) -> bool:
    """Whether a part is lines of columns, as a typewritten table that was not read as one: its numbers belong to no sentence."""
    if part.word_count < _FEWEST_COLUMN_WORDS or outline.text.find(_APART_BY, part.start, part.end) < 0:
        return False
    return len(_COLUMNS.findall(outline.text, part.start, part.end)) >= _COLUMN_LINES


def _guides(lower: str) -> bool:
    """Whether a sentence speaks of guidance by its own name, and not of how the past compares with it."""
    return _GUIDES.search(lower) is not None and _MET.search(lower) is None


def _has_amount(lower: str) -> bool:
    return bool([mark for mark in _AMOUNT if mark in lower]) or _COUNTS.search(lower) is not None


def _pieces(outline: Outline, part: Part) -> list[Span]:
    """The sentences of a part; those of a heading end at a semicolon too: "Sales Climb 3 Percent; Acme Reaffirms Guidance", those of
    highlights that stand line below line in one paragraph at the line's end.
    """
    sentences = outline.sentences(part)
    mark = ";" if is_heading(part) else "\n" if _is_of_lines(outline.text[part.start : part.end]) else None
    if mark is None:
        return sentences
    cuts = [(s, [i for i in range(s.start, s.end) if outline.text[i] == mark]) for s in sentences]
    return [Span(a, b) for s, at in cuts for a, b in zip((s.start, *(i + 1 for i in at)), (*at, s.end), strict=True) if b > a]


def _is_of_lines(words: str) -> bool:
    """Whether a part is three lines or more of which each begins anew and none ends a sentence."""
    lines = words.strip().split("\n")
    return (
        len(lines) >= _FEWEST_LINES and all(line[:1].isupper() or line[:1].isdigit() for line in lines) and not words.rstrip().endswith(".")
    )


def _of_part(outline: Outline, part: Part, setting: Clause) -> Iterator[Clause]:
    """The clauses of a part that guide, in the setting of the whole."""
    lower_part = part.lower
    if not setting.listed and not _CUE.may_match(lower_part):
        return
    for sentence in _pieces(outline, part):
        lower = outline.lower[sentence.start : sentence.end]
        if not _has_amount(lower) and not ("guidance" in lower or "outlook" in lower):
            continue
        lower = " ".join(lower.split())
        guides = (sentence_looks_ahead(outline, sentence) or _guides(lower)) and _CUE.search(lower) is not None
        if (guides or (setting.listed and not HISTORY.search(lower))) and lower.count(" ") < _MAX_WORDS and not speaks_of_other(lower):
            yield replace(setting, span=sentence, lower=lower, listed=setting.listed and not guides)
