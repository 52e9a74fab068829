"""Sentence boundaries in a release's prose, as offsets into its canonical text.

The rules follow the practice of rule-based splitters (Pragmatic Segmenter; Mikheev 2002, "Periods, capitalized words, etc."):
a stop ends a sentence unless it belongs to an abbreviation, an initial or a number, and an abbreviation's stop ends one only
where a word follows that begins sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ex99.parsing.language.abbreviations import MONTH_ABBREVIATIONS, NEVER_LAST, SENTENCE_STARTERS, SOMETIMES_LAST


class Span(NamedTuple):
    """A stretch ``canonical[start:end]``."""

    start: int
    end: int


# `... of $4.1 million." The`, `... fiscal year.(1) We`: a stop, its closing marks, a footnote mark, then white space or the end
_STOP = re.compile(
    r"""
    (?P<stop>[.!?\u2026](?:(?<=\.)\.{0,5}|(?<!\.)[!?\u2026]{0,5}))
    (?P<close>[\"'\u201d\u2019)\]]{0,3})
    (?P<note>\(\w{1,2}\)|\d{1,2})?
    (?=\s|$)
    """,
    re.VERBOSE,
)
# `\n\n  "The` : what stands before the next sentence's first letter
_NEXT = re.compile(
    r"""
    \s{1,200}
    (?P<orphan>[\"\u201d](?=\s|$)\s{0,80})?
    (?P<open>[\"'\u201c\u2018(\[]{0,3})
    (?P<word>[\w$&][\w'\u2019&-]{0,40})?
    """,
    re.VERBOSE,
)
# `Inc`, `U.S`, `W`: the token that a stop closes, read backwards from it
_TOKEN = re.compile(r"[\w.&'\u2019-]{1,30}$")
# `U.S`, `p.m`, `N.Y.C`, `non-U.S`: letters parted by stops
_LETTERS = re.compile(r"(?:non-)?(?:[A-Za-z]\.){1,4}[A-Za-z]")
# `iPhone`, `eBay`: a brand that begins with a small letter
_BRAND = re.compile(r"[a-z]{1,2}[A-Z]\w")
# ` 3`, ` 10-K`: a number follows
_DIGIT = re.compile(r"\d")
# `Wow` of "Wow! Brands": a name that ends in a mark
_NAME = re.compile(r"(?<!\w)[A-Z]\w*$")
_LOOK_BACK = 30
_DASHES = ("-", "\u2013", "\u2014")


def split_sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The sentences of text[start:end], without the white space around them; the stretch is one paragraph, list item or heading."""
    stop = len(text) if end is None else end
    spans: list[Span] = []
    begin = start
    for boundary in _boundaries(text, start, stop):
        _append(spans, text, begin, boundary)
        begin = boundary
    _append(spans, text, begin, stop)
    return spans


def _append(spans: list[Span], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    stripped = piece.strip()
    if stripped:
        lead = len(piece) - len(piece.lstrip())
        spans.append(Span(start + lead, start + lead + len(stripped)))


def _boundaries(text: str, start: int, end: int) -> Iterator[int]:
    for match in _STOP.finditer(text, start, end):
        following = _NEXT.match(text, match.end(), end)
        if following is None:
            continue
        if match["note"] and not _note_fits(text, match):
            continue
        if not _ends_sentence(text, start, match, following):
            continue
        orphan = following["orphan"]
        yield following.start("orphan") + 1 if orphan else match.end()


def _note_fits(text: str, match: re.Match[str]) -> bool:
    """Whether what follows the stop is a footnote's mark and not the decimals of a number: `year.1`, not `$4.1`."""
    before = text[match.start() - 1 : match.start()]
    return bool(match["close"]) or before.isalpha() or before in {")", "%", '"', "\u201d"}


def _ends_sentence(text: str, start: int, match: re.Match[str], following: re.Match[str]) -> bool:
    word = following["word"]
    opened = following["open"]
    if word is None and match["stop"] == "." and text[following.end() : following.end() + 1] in _DASHES:
        return _stop_after_token(text, start, match, "", opened)
    if word is None:
        return opened == "" or following["orphan"] is not None
    if word[0].islower() and not _BRAND.match(word):
        return False
    if match["stop"][0] != ".":
        named = match["stop"] == "!" and _NAME.search(text, max(start, match.start() - _LOOK_BACK), match.start()) is not None
        return not named or word in SENTENCE_STARTERS
    if len(match["stop"]) > 1:
        return not word[0].isdigit() and "(" not in opened
    return _stop_after_token(text, start, match, word, opened)


def _stop_after_token(text: str, start: int, match: re.Match[str], word: str, opened: str) -> bool:
    """Whether a single stop ends its sentence, told by the token before and the word after it."""
    found = _TOKEN.search(text, max(start, match.start() - _LOOK_BACK), match.start())
    if found is None:
        return True
    token = found.group().lstrip("'\u2019-.")
    lower = token.lower()
    if match["close"] and ")" not in match["close"]:
        return True
    if lower in MONTH_ABBREVIATIONS:
        return not _DIGIT.match(word)
    if lower in NEVER_LAST:
        return lower in {"no", "nos"} and not _DIGIT.match(word)
    if lower in SOMETIMES_LAST or _LETTERS.fullmatch(token):
        return word in SENTENCE_STARTERS or ("(" not in opened and ('"' in opened or "\u201c" in opened))
    return not (len(token) == 1 and token.isalpha() and token.isupper() and not _plain_letter(text, start, found.start()))


# `Vitamin C.`, `Plan B.`, `Class A.`: words after which a single letter is no initial
_LETTERED = re.compile(
    r"(?:class|series|plan|phase|part|schedule|schedules|exhibit|vitamin|tranche|type|appendix|annex|tier|hepatitis)\s{1,3}$",
    re.IGNORECASE,
)


def _plain_letter(text: str, start: int, at: int) -> bool:
    return _LETTERED.search(text, max(start, at - 16), at) is not None
