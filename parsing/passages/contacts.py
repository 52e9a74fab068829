"""Contacts, the conference call and the "About" passage of a release."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ex99.filings.release import Passage
from ex99.parsing.language.sentences import Span
from ex99.parsing.passages.outline import Outline, Part

# `Contact:`, `Investor Relations Contact`, `For more information, contact:`
_CONTACT = re.compile(
    r"(?:company |press |media |investors?(?:'s|s')? |analyst |news |financial |corporate |public relations |investor relations "
    r"|institutional |shareholder |agency )*(?:(?:and|&|/|or) ?(?:media|press|investor) ?(?:relations )?)?"
    r"(?:contacts?\b|inquiries\b|enquiries\b)|(?:media|investors?|press|analysts?|investor relations|financial media"
    r"|corporate communications|media relations)(?:\s?(?:&|and|/)\s?\w{3,12})?:|"
    r"for (?:more|further|additional) information,?\s?(?:please )?(?:contact|call)|(?:source|at the company|company contact)s?:",
    re.IGNORECASE,
)
# `(315) 332-4262`, `408.435.0800`, `ir@acme.example`
_PHONE = re.compile(r"\b\d{3}\)?[\s./\u2013-]{1,3}\d{3}[\s./\u2013-]{1,2}\d{4}\b|\b\d{3}/\d{3}-\d{4}")
_ADDRESS = re.compile(r"[\w.+-]{1,40}@[\w-]{1,40}\.[a-z]{2,}", re.IGNORECASE)
# `SOURCE Acme Corp. -0- 02/23/2005 /CONTACT: Jane Doe, ...`: the foot of a newswire
_WIRE_FOOT = re.compile(r"(?:-0-|SOURCE)[^/]{0,120}(?:\d{1,2}/\d{1,2}/\d{2,4}\s{0,5})?/?(?P<contact>CONTACT:)")
# `332-`, `(315)`: three digits and a mark, as numbers of telephones have
_DIGITS = re.compile(r"\d{3}[\s)./\u2013-]")
# `conference call`, `webcast`
_CALL = re.compile(r"\b(?:conference call|webcast|web cast|earnings call|teleconference)\b", re.IGNORECASE)
# `will host`, `replay`, `dial`: what one does with a call
_CALL_DETAIL = re.compile(
    r"\b(?:host|hold|held|conduct|discuss|dial|listen|replay|access|live|scheduled|broadcast|archived|participate"
    r"|available|begin|call-in|passcode)",
    re.IGNORECASE,
)
# `Conference Call and Webcast Information`
_CALL_HEADING = re.compile(r"(?:\w+ ){0,6}(?:conference call|web ?cast|earnings call|teleconference)", re.IGNORECASE)
# `A replay ... passcode 1234`: sentences on how to hear it
_CALL_FOLLOWS = re.compile(
    r"\b(?:replay|dial|passcode|access code|conference id|listen|webcast|call|toll[- ]free|archived?"
    r"|\d{3}-\d{4})\b",
    re.IGNORECASE,
)
# `About Acme Electronics Corp.`
_ABOUT = re.compile(r"(?:-\s?)?about (?:the )?[A-Z“\"&]", re.IGNORECASE)
# `About Acme: Acme makes ...`
_ABOUT_RUN_IN = re.compile(r"(?:-\s?)?about (?:the )?[A-Z][\w&.,'’® -]{1,60}?(?:[:—–-]|\.\s|[A-Z]\w+ (?:is|provides|designs))")

_RUN_PARTS = 16
_LINE_WORDS = 16


def find_conference_calls(outline: Outline, excluded: Iterable[Span]) -> list[Passage]:
    """The paragraphs on the conference call, with their heading, joined where they follow each other."""
    covered = outline.covered(excluded)
    runs: list[tuple[int, Span]] = []
    for part in outline.parts:
        if not part.is_prose or part.index in covered:
            continue
        joined = bool(runs) and runs[-1][0] == part.index - 1
        is_call = (
            ("call" in part.lower or "cast" in part.lower or "teleconf" in part.lower)
            and bool(_CALL.search(part.lower))
            and (bool(_CALL_DETAIL.search(part.lower)) or (part.word_count <= 12 and bool(_CALL_HEADING.match(part.words))))
        )
        follows = joined and bool(_CALL_FOLLOWS.search(part.lower)) and part.word_count <= 120 and not _ABOUT.match(part.words)
        if is_call or follows:
            span = _call_span(outline, part)
            if joined:
                runs[-1] = (part.index, Span(runs[-1][1].start, span.end))
            else:
                runs.append((part.index, span))
    return [Passage("conference_call", outline.source(s.start, s.end)) for _, s in runs if len(outline.text[s.start : s.end].split()) >= 8]


def _call_span(outline: Outline, part: Part) -> Span:
    """From the first to the last sentence of a part that speaks of the call."""
    sentences = [s for s in outline.sentences(part) if _CALL_FOLLOWS.search(outline.words(s)) or _CALL.search(outline.words(s))]
    if not sentences:
        return Span(part.start, part.end)
    return Span(sentences[0].start, sentences[-1].end)


def find_about(outline: Outline, excluded: Iterable[Span]) -> list[Passage]:
    """The passages headed "About", each with its heading, to the next heading."""
    covered = outline.covered(excluded)
    passages: list[Passage] = []
    at = 0
    parts = outline.parts
    while at < len(parts):
        part = parts[at]
        at += 1
        if not part.is_prose or not _ABOUT.match(part.words) or part.index in covered:
            continue
        end = part.end
        if part.word_count <= 14 and not part.words.endswith("."):
            while at < len(parts) and _goes_on(parts[at], covered):
                end = parts[at].end
                at += 1
            if end == part.end:
                continue
        elif not _ABOUT_RUN_IN.match(part.words):
            continue
        passages.append(Passage("about", outline.source(part.start, end)))
    return passages


def _goes_on(part: Part, covered: frozenset[int]) -> bool:
    if not part.is_prose or part.word_count < 12 or part.kind == "heading" or part.index in covered:
        return False
    return not _ABOUT.match(part.words) and not _CONTACT.match(part.words)


def find_contacts(outline: Outline, excluded: Iterable[Span]) -> list[Passage]:
    """The blocks of names, telephone numbers and addresses of those to ask."""
    covered = outline.covered(excluded)
    passages: list[Passage] = []
    run: list[Part] = []
    for part in outline.parts:
        short = part.is_prose and part.word_count <= 45 and part.index not in covered
        opens = short and bool(_CONTACT.match(part.words))
        reach = short and _reaches(part.words) and not _CALL_FOLLOWS.search(part.lower)
        follows = bool(run) and short and part.word_count <= 8 and part.index - run[-1].index == 1 and len(run) < _RUN_PARTS
        if opens or follows or (reach and (bool(run) or part.word_count <= _LINE_WORDS)):
            run.append(part)
            continue
        passages.extend(_contact(outline, run))
        run = []
        if "CONTACT" in part.words and part.is_prose and part.index not in covered:
            passages.extend(_wire_foot(outline, part))
    passages.extend(_contact(outline, run))
    return passages


def _wire_foot(outline: Outline, part: Part) -> list[Passage]:
    foot = _WIRE_FOOT.search(outline.text, part.start, part.end)
    return [] if foot is None else [Passage("contact", outline.source(foot.start("contact"), part.end))]


def _reaches(words: str) -> bool:
    """Whether words hold a telephone number or an address of electronic mail."""
    if "@" in words and _ADDRESS.search(words) is not None:
        return True
    return _DIGITS.search(words) is not None and _PHONE.search(words) is not None


def _contact(outline: Outline, run: list[Part]) -> list[Passage]:
    last = max((i for i, p in enumerate(run) if _reaches(p.words)), default=None)
    if last is None:
        return []
    return [Passage("contact", outline.source(run[0].start, run[last].end))]
