"""The legal cautionary passages about forward-looking statements, from their heading or first sentence to their last."""

from __future__ import annotations

import re

from ex99.filings.release import Passage
from ex99.parsing.language.sentences import Span
from ex99.parsing.passages.legal_terms import ALIEN, CAUTION, CONTINUES, HEADING, POINTER, RISK, SEED, STOP_LINE
from ex99.parsing.passages.outline import Outline, Part

_LOOK_AHEAD = 4
_HEADING_CHARS = 200
_LIST_VERBS = ("include", "including", "following", "among others", "to")
_HEADING_WORDS = 22
_MOST_PLAIN = 1
"""So many sentences at the end of a short legal paragraph belong to it though no word of theirs says so."""
_FEW_SENTENCES = 5
_FEW_WORDS = 4
_FEWEST_WORDS = 10
_MENTIONED = (
    "forward-looking",
    "forward looking",
    "forward- looking",
    "look forward",
    "safe harbor",
    "safe-harbor",
    "reform act",
    "historical",
    "actual ",
    "risks and uncertainties",
    "differ ",
)


# `this press release contains`: a sentence that is the law's own even where it points elsewhere too
_CONTAINS = re.compile(r"this (?:press |news )?release (?:contains|includes)")
# `JUNE 2005 QUARTER OUTLOOK The following statements ...`: a heading of something else, run into the first sentence
_SHOUTED = re.compile(r"(?:[A-Z0-9][A-Z0-9'&,:-]*\s{1,20}){2,8}(?=(?:The|This|These|Certain|Statements|Except|In|All)\s)")


def find_safe_harbors(outline: Outline) -> list[Passage]:
    """Every cautionary passage, in the order of the text; passages do not overlap."""
    spans: list[Span] = []
    taken = -1
    for part in outline.parts:
        if part.index <= taken or not part.is_prose or not any(map(part.lower.__contains__, _MENTIONED)):
            continue
        found = _read_passage(outline, part, taken)
        if found is not None:
            span, taken = found
            spans.append(span)
    return [Passage("safe_harbor", outline.source(s.start, s.end)) for s in spans]


def _read_passage(outline: Outline, part: Part, taken: int) -> tuple[Span, int] | None:
    """The passage that begins in a part, and the index of the last part it holds."""
    sentences = outline.sentences(part)
    first = next((i for i, s in enumerate(sentences) if is_seed(outline.words(s).lower())), None)
    if first is None:
        return None
    if _heading_alone(part):
        return None
    start, first = _start(outline, part, sentences, first, taken)
    last_span = _last_of_paragraph(outline, sentences, first)
    end_part, end = part, last_span.end
    if last_span is sentences[-1]:
        end_part, end = _extend(outline, part, end)
    if len(outline.text[start:end].split()) < _FEWEST_WORDS:
        return None
    return Span(start, end), end_part.index


def is_seed(lower: str) -> bool:
    """Whether a sentence (in lower case) belongs to the law's words on forward-looking statements."""
    if SEED.search(lower):
        return bool(CAUTION.search(lower)) and (POINTER.search(lower) is None or _CONTAINS.search(lower) is not None)
    return len({m.group()[:12] for m in RISK.finditer(lower)}) >= 2 and not POINTER.search(lower)


def _heading_alone(part: Part) -> bool:
    return part.word_count <= _HEADING_WORDS and bool(HEADING.match(part.words)) and not part.words.rstrip('"”').endswith(".")


def _start(outline: Outline, part: Part, sentences: list[Span], first: int, taken: int) -> tuple[int, int]:
    """Where the passage begins: at a heading of its own, at a run-in heading, else at its first sentence."""
    heading = _heading_above(outline, part, taken)
    if heading is not None:
        return heading.start, 0
    run_in = next((i for i in range(first, -1, -1) if HEADING.match(outline.words(sentences[i]))), None)
    if run_in in {0, first} or all(_is_legal(outline.words(s).lower()) for s in sentences[:first]):
        first = run_in if run_in is not None and run_in == first else 0
    start = sentences[first].start
    shouted = _SHOUTED.match(outline.text, start, sentences[first].end)
    if shouted is not None and not HEADING.match(outline.text[start : start + _HEADING_CHARS]):
        return shouted.end(), first
    if first == 0 and not outline.text[part.start : start].strip(" \t\r\n•·*"):
        start = part.start
    return start, first


def _heading_above(outline: Outline, part: Part, taken: int) -> Part | None:
    """The heading of its own that a passage has: above its first part, or above legal paragraphs that lead in to it."""
    found = None
    for above in range(part.index - 1, max(taken, part.index - _LOOK_AHEAD), -1):
        previous = outline.parts[above]
        if not previous.is_prose:
            break
        if _heading_alone(previous):
            found = previous
        elif found is not None or not (_is_lead_in(previous) or _is_heading_end(previous)):
            break
    return found


def _is_heading_end(part: Part) -> bool:
    """The short second line of a heading: "of 1995:"."""
    return part.word_count <= 5 and (part.words.endswith(":") or part.words[:1].islower())


def _is_lead_in(part: Part) -> bool:
    """A paragraph between the heading and the first seed that is legal all the same."""
    return part.word_count > 12 and _is_legal(part.lower)


def _is_legal(lower: str) -> bool:
    return len({m.group() for m in CONTINUES.finditer(lower)}) >= 2 and not ALIEN.search(lower)


def _last_of_paragraph(outline: Outline, sentences: list[Span], first: int) -> Span:
    """The last sentence from the first one on that still belongs to the passage."""
    last = sentences[first]
    rest = 0
    for sentence in sentences[first + 1 :]:
        lower = outline.words(sentence).lower()
        carries = CONTINUES.search(lower) or (sentence is sentences[-1] and lower.endswith(":"))
        alien = ALIEN.search(lower) is not None and not SEED.search(lower)
        rest = _MOST_PLAIN + 1 if alien or len(lower.split()) < _FEW_WORDS else 0 if carries else rest + 1
        if carries and not alien:
            last = sentence
    return sentences[-1] if first == 0 and 0 < rest <= _MOST_PLAIN and len(sentences) <= _FEW_SENTENCES else last


def _extend(outline: Outline, part: Part, end: int) -> tuple[Part, int]:
    """Carry the passage over the following parts: risk factors, lists, the sentence on updates."""
    last, pending = part, 0
    at = part.index + 1
    listing = _opens_list(part)
    while at < len(outline.parts) and pending <= _LOOK_AHEAD:
        following = outline.parts[at]
        if not following.is_prose or _stops(following):
            break
        verdict = _verdict(outline, following, listing)
        if verdict is None:
            break
        if verdict:
            tail = outline.sentences(following)
            closing = _last_of_paragraph(outline, tail, 0) if following.kind != "list_item" else tail[-1]
            last, end, pending = following, closing.end, 0
            if closing is not tail[-1]:
                break
            listing = _opens_list(following) or (listing and (following.kind == "list_item" or _is_item(following)))
        else:
            pending += 1
        at += 1
    return last, end


def _verdict(outline: Outline, part: Part, listing: bool) -> bool | None:
    """True where a part belongs to the passage, False where a later one must decide, None where it ends it."""
    sentences = outline.sentences(part)
    if not sentences or _heading_alone(part):
        return False
    first = outline.words(sentences[0]).lower()
    if ALIEN.search(first) and not SEED.search(first):
        return None
    if listing and (part.kind == "list_item" or _is_item(part)):
        return True
    hits = len({m.group()[:10] for m in CONTINUES.finditer(part.lower)})
    if part.word_count <= 8 and not (hits and part.words.endswith(".")):
        return None if part.bold or part.kind == "heading" or part.words.isupper() else False
    if part.kind == "list_item":
        return hits > 0 or None
    return hits >= (2 if part.word_count > 25 else 1)


def _opens_list(part: Part) -> bool:
    return part.words.endswith((":", ";", "—", "–", "-")) or part.lower.endswith(_LIST_VERBS)


def _is_item(part: Part) -> bool:
    """A paragraph that reads as an item of a list of factors: begins small or with a mark, or ends in ";" or ", and"."""
    words = part.words
    if words[:1].islower() or words[:1] in "•·▪■●◦‣*-–—(" or words.endswith((";", "; and", ", and", ";and", "; or", ",")):
        return True
    return part.word_count <= 40 and not words.endswith((".", ":"))


def _stops(part: Part) -> bool:
    if part.word_count > 16 or HEADING.match(part.words):
        return False
    if not STOP_LINE.match(part.words):
        return False
    if part.kind == "heading" or part.bold or part.centered:
        return True
    return part.kind != "list_item" and not part.words[:1].islower() and not part.words.endswith((";", ",", "and"))
