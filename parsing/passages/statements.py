"""The sentences in which the company itself looks ahead, outside its legal passages."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ex99.filings.release import Passage
from ex99.parsing.language.sentences import Span
from ex99.parsing.passages.forward_terms import FIRM_TERMS, TERMS
from ex99.parsing.passages.forward_vetoes import CONTRACT_WORDS, HARD_VETOES, WEAK_VETOES
from ex99.parsing.passages.horizon import find_horizon, names_quantity
from ex99.parsing.passages.outline import Outline, Part
from ex99.parsing.rules import fires, joined, mark, rule, since

_ALL_TERMS = (*TERMS, *FIRM_TERMS)
_IDS = tuple(term.id for term in _ALL_TERMS)
_PATTERNS = tuple(re.compile(term.pattern) for term in _ALL_TERMS)
_FIRM = _PATTERNS[len(TERMS) :]
_OPENINGS = ("", '"', "\u201c", "(", "\u2018", "\u2022")
_CLOSINGS = ("", ".", ",", ";", ":", ")", '"', ",\u201d", ".\u201d", '."', ',"')
# Every term's words, with the marks that may cling to them in running text.
_BY_WORD: dict[str, tuple[int, ...]] = {
    before + word + after: tuple(i for i, term in enumerate(_ALL_TERMS) if word in term.words)
    for word in dict.fromkeys(w for term in _ALL_TERMS for w in term.words)
    for before in _OPENINGS
    for after in _CLOSINGS
}
_HARD_PHRASES, _WEAK_PHRASES = ({p: veto.id for veto in vetoes for p in veto.phrases} for vetoes in (HARD_VETOES, WEAK_VETOES))
_HARD, _WEAK = (tuple((v.id, v.words, re.compile(v.pattern)) for v in vetoes if v.pattern) for vetoes in (HARD_VETOES, WEAK_VETOES))
LISTED = rule("passages.statements.listed", "an item of a list under words that look ahead")
LEADS_IN = rule("passages.statements.leads_in", "a sentence that only opens a list", leaves_out=True)
_CONTRACT_SHARE = 400
_CONTRACT_CHARS = 60_000
_CONTRACT_WORDS = 800
# `about the Company`: headings under which nothing is the company's outlook
IDLE_HEADING = re.compile(
    r"(?:about\b|conference call|web ?cast|contacts?\b|non-?gaap|use of non|reconciliation|definitions?|basis of presentation"
    r"|explanation of|key (?:metrics|performance)|supplemental|notes? to|footnotes?|end notes)",
    re.IGNORECASE,
)
# `Notes to Consolidated Financial Statements`: the heading under which the rest is the accounts' own text
_ACCOUNTS = re.compile(r"notes to (?:the )?(?:condensed |unaudited |consolidated |interim )*financial statements", re.IGNORECASE)
_MIN_WORDS = 5
_IDLE_WORDS = 200
_LIST_WORDS = 4
_INTRODUCTION_WORDS = 3
_MAX_WORDS = 140
# `recognized`, `was`: an item of a list that tells of the past
HISTORY = re.compile(
    r"\b(?:was|were|had|did|recognized|recorded|increased|decreased|declined|grew|announced|completed|achieved"
    r"|reported|launched|received|sold|invested|returned|returning|paid)\b"
)
# `Guidance and Outlook:`: a heading whose list is the outlook
_LIST_HEADING = re.compile(
    r"\b(?:outlook|guidance|targets?|expectations?|expects?|anticipates?|forecasts?|estimates?|assumptions?)\b", re.IGNORECASE
)


def looks_ahead(words: str) -> bool:
    """Whether a sentence, its white space collapsed, is a forward-looking statement by its words alone."""
    lower = words.lower()
    terms = sorted({i for word in lower.split() if word in _BY_WORD for i in _BY_WORD[word]})
    found = any(_PATTERNS[i].search(lower) and fires(_IDS[i]) for i in terms)
    if not found or is_vetoed(lower):
        return False
    return not _matches(_WEAK_PHRASES, _WEAK, lower) or any(pattern.search(lower) for pattern in _FIRM)


def is_vetoed(lower: str) -> bool:
    """Whether a sentence in lower case is the law's, a call's, an accountant's or a notice's and no statement."""
    return _matches(_HARD_PHRASES, _HARD, lower)


def _matches(phrases: dict[str, str], table: tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...], lower: str) -> bool:
    """Whether phrases (with the ids of their rules) or patterns of a table of vetoes are found."""
    if any(fires(phrases[phrase]) for phrase in filter(lower.__contains__, phrases)):
        return True
    return any(any(map(lower.__contains__, stems)) and pattern.search(lower) and fires(veto) for veto, stems, pattern in table)


def is_contract(outline: Outline) -> bool:
    """Whether a document is a contract, plan or prospectus: one such word in every few hundred."""
    if outline.is_contract is None:
        words = outline.text.count(" ", 0, _CONTRACT_CHARS) + 1
        legal = sum(outline.lower.count(word, 0, _CONTRACT_CHARS) for word in CONTRACT_WORDS) if words > _CONTRACT_WORDS else 0
        outline.is_contract = legal * _CONTRACT_SHARE > words
    return outline.is_contract


def find_statements(outline: Outline, excluded: Iterable[Span], lead: int = -1) -> list[Passage]:
    """The statements outside the excluded spans, in the order of the text; a list under a sentence that looks ahead goes with it.

    ``lead`` is the index of the part that the text begins with: no heading above it is the text's own.
    """
    if is_contract(outline):
        return []
    closed = sorted(excluded, key=lambda s: s.start)
    covered = outline.covered(closed)
    found: list[Passage] = []
    idle, listing, opened = False, False, False
    for part in outline.parts:
        if not part.is_prose:
            listing = False
            continue
        if part.index in covered:
            continue
        idle &= part.index != lead
        if is_heading(part) and not introduces(part):
            if _ACCOUNTS.match(part.words):
                break
            idle = bool(IDLE_HEADING.match(part.words))
            listing = bool(_LIST_HEADING.search(part.words)) and part.words.endswith(":")
            continue
        if idle and part.word_count < _IDLE_WORDS and not _is_quote(part):
            listing = False
            continue
        spans = [s for s in _of_part(outline, part, listing) if not _overlaps(s, closed)]
        if opened and spans and listing and outline.text[spans[0].start].islower():
            found[-1] = make_statement(outline, Span(found[-1].source.start, spans[-1].end))
            continue
        found.extend(make_statement(outline, s) for s in spans)
        listing = _keeps_listing(outline, part, listing)
        opened = listing and bool(spans) and part.words.endswith(":") and spans[-1].end == part.end
    return [statement for statement in found if not _leads_in(statement)]


def _leads_in(statement: Passage) -> bool:
    """Whether a statement only opens a list and says nothing itself: "Acme's outlook for the year is as follows:"."""
    return statement.source.text.endswith(":") and not names_quantity(statement.source.text) and LEADS_IN()


def _overlaps(span: Span, closed: list[Span]) -> bool:
    return any(c.start < span.end and span.start < c.end for c in closed)


def make_statement(outline: Outline, span: Span) -> Passage:
    """A statement's passage with its horizon, and whether it names both a number and a period."""
    words = outline.words(span)
    horizon = find_horizon(words)
    quantitative = horizon is not None and names_quantity(words)
    return Passage("statement", outline.source(span.start, span.end), quantitative, horizon, outline.terms.get(span, ()))


def _of_part(outline: Outline, part: Part, listing: bool) -> list[Span]:
    if (
        listing
        and part.kind == "list_item"
        and _LIST_WORDS <= part.word_count <= 80
        and not (is_vetoed(part.lower) or HISTORY.search(part.lower))
        and LISTED()
    ):
        sentences = outline.sentences(part)
        spans = sentences if len(sentences) > 1 else [Span(sentences[0].start, part.end)]
        outline.terms.update((span, joined(outline.terms.get(span, ()), (LISTED.id,))) for span in spans)
        return spans
    if _BY_WORD.keys().isdisjoint(part.lower.split()):
        return []
    return [s for s in outline.sentences(part) if sentence_looks_ahead(outline, s)]


def sentence_looks_ahead(outline: Outline, span: Span) -> bool:
    """Whether a sentence of the outline is a statement by its words and its length; judged once."""
    verdict = outline.verdicts.get(span)
    if verdict is None:
        words, start = outline.words(span), mark()
        verdict = _MIN_WORDS <= words.count(" ") + 1 <= _MAX_WORDS and not words.isupper() and looks_ahead(words)
        outline.verdicts[span], outline.terms[span] = verdict, since(start)
    return verdict


def _keeps_listing(outline: Outline, part: Part, listing: bool) -> bool:
    """Whether list items after this part belong to a sentence that looks ahead."""
    if part.kind in {"list_item", "cell"} and listing:
        return True
    if not part.words.endswith(":"):
        return False
    return looks_ahead(outline.words(outline.sentences(part)[-1])) or bool(_LIST_HEADING.search(part.words))


def introduces(part: Part) -> bool:
    """Whether a short line is a sentence that looks ahead and opens a list: "Acme provides the following guidance for fiscal 2016:"."""
    return (
        part.kind in {"paragraph", "heading"}
        and part.words.endswith(":")
        and part.word_count >= _INTRODUCTION_WORDS
        and looks_ahead(part.words)
    )


def is_heading(part: Part) -> bool:
    """Whether a part is a heading or a line set like one."""
    return part.kind == "heading" or (
        part.word_count <= 12 and not part.words.endswith((".", ";", ",", '"', "”")) and part.kind == "paragraph"
    )


def _is_quote(part: Part) -> bool:
    return part.words[:1] in '"“'
