"""Phrases found by their first words: what a pattern can begin with is read from the pattern, so that no list of words is kept by hand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

_MOST = 4000
# the first word of a text, or its first digit: `net` of "net income", `2` of "2nd quarter"
_FIRST = re.compile(r"[^\W\d_]+|\d")
# where a phrase may begin
_START = re.compile(r"(?<![^\W\d_])[^\W\d_]+|\d")


class Match(NamedTuple):
    """Which of the phrases matched, and where its match ends."""

    phrase: int
    start: int
    end: int


def first_words(pattern: str) -> frozenset[str] | None:
    """Every first word (a run of letters, or a single digit) of what a pattern over lower case matches; None where it may be any word."""
    heads, _ = _read(parser.parse(pattern), frozenset(("",)))
    return None if heads is None else frozenset(_whole(head) for head in heads)


def list_starts(lower: str) -> list[str]:
    """The words and digits of a text in lower case that phrases may begin with."""
    return _START.findall(lower)


def _whole(head: str) -> str:
    found = _FIRST.match(head)
    return found.group() if found else ""


def _is_done(head: str) -> bool:
    """Whether a beginning holds its first word and what parts it from the next."""
    return bool(head) and (head[0].isdigit() or not head[-1].isalpha())


def _read(items: Iterable[Any], heads: frozenset[str] | None) -> tuple[frozenset[str] | None, bool]:
    """(the beginnings that a sequence can give to those before it, None for any; whether all are done)."""
    for op, value in items:
        if heads is None or len(heads) > _MOST:
            return None, True
        done = frozenset(head for head in heads if _is_done(head))
        if len(done) == len(heads):
            return heads, True
        grown = _step(op, value, heads - done)
        heads = None if grown is None else done | grown
    return heads, heads is None


def _step(op: Any, value: Any, heads: frozenset[str]) -> frozenset[str] | None:
    """The beginnings after one item of a parsed pattern."""
    if op is sre.LITERAL:
        return frozenset(head + chr(value) for head in heads)
    if op is sre.IN:
        letters = _letters(value)
        return None if letters is None else frozenset(head + letter for head in heads for letter in letters)
    if op in (sre.SUBPATTERN, sre.BRANCH):
        branches = value[1] if op is sre.BRANCH else [value[-1]]
        return _joined([_read(branch, heads)[0] for branch in branches])
    if op in (sre.MAX_REPEAT, sre.MIN_REPEAT):
        least, most, items = value
        return _repeat(least, most, items, heads)
    return heads if op in (sre.AT, sre.ASSERT, sre.ASSERT_NOT) else None


def _repeat(least: int, most: int, items: Any, heads: frozenset[str]) -> frozenset[str] | None:
    turns: list[frozenset[str] | None] = [heads] if least == 0 else []
    once, count = _read(items, heads)[0], 1
    while once is not None and count < min(most, 3) and any(not _is_done(head) for head in once):
        turns += [once] if count >= least else []
        once, count = _read(items, once)[0], count + 1
    return _joined([*turns, once])


def _joined(parts: Sequence[frozenset[str] | None]) -> frozenset[str] | None:
    whole: frozenset[str] = frozenset()
    for part in parts:
        if part is None:
            return None
        whole |= part
    return whole


def _letters(items: Sequence[Any]) -> str | None:
    """The characters of a class, white space as one blank; None for an open class."""
    found = ""
    for op, value in items:
        if op is sre.LITERAL:
            found += chr(value)
        elif op is sre.RANGE and value[1] - value[0] < 30:
            found += "".join(map(chr, range(value[0], value[1] + 1)))
        elif op is sre.CATEGORY and value is sre.CATEGORY_SPACE:
            found += " "
        elif op is sre.CATEGORY and value is sre.CATEGORY_DIGIT:
            found += "0123456789"
        else:
            return None
    return found


class PhraseMatcher:
    """Patterns over lower case, each tried only where a word stands that it can begin with; of several the longest match wins."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self.patterns = tuple(re.compile(pattern) for pattern in patterns)
        by_word: dict[str, list[int]] = {}
        anywhere: list[int] = []
        for index, pattern in enumerate(patterns):
            starts = first_words(pattern)
            for word in starts or ():
                by_word.setdefault(word, []).append(index)
            if starts is None:
                anywhere.append(index)
        self._anywhere = tuple(anywhere)
        self._by_word = {word: tuple(sorted((*found, *anywhere))) for word, found in by_word.items()}

    @property
    def first_words(self) -> frozenset[str]:
        """The words that phrases begin with."""
        return frozenset(self._by_word)

    def candidates(self, word: str) -> tuple[int, ...]:
        """The phrases that can begin with a word."""
        return self._by_word.get(word, self._anywhere)

    def match(self, lower: str, at: int = 0, end: int | None = None, word: str | None = None) -> Match | None:
        """The longest phrase that begins at a place, the first of equals; ``word`` is the one that stands there, if it is known."""
        if word is None:
            first = _START.match(lower, at)
            word = first.group() if first is not None else ""
        best: Match | None = None
        end = len(lower) if end is None else end
        for index in self._by_word.get(word, self._anywhere):
            found = self.patterns[index].match(lower, at, end)
            if found is not None and (best is None or found.end() > best.end):
                best = Match(index, at, found.end())
        return best

    def fullmatches(self, text: str) -> Iterator[int]:
        """Every phrase that a text as a whole is."""
        for index in self.candidates(_whole(text)):
            if self.patterns[index].fullmatch(text) is not None:
                yield index

    def finditer(self, lower: str, start: int = 0, end: int | None = None) -> Iterator[Match]:
        """The phrases of lower[start:end] from left to right, none inside another."""
        stop = len(lower) if end is None else end
        at = start
        for first in _START.finditer(lower, start, stop):
            if first.start() < at or (not self._anywhere and first.group() not in self._by_word):
                continue
            found = self.match(lower, first.start(), stop, first.group())
            if found is not None and found.end > found.start:
                at = found.end
                yield found
