"""From canonical text back to the page: for each of its characters where it stands among the page's own.

A parse keeps no places, and so pays nothing for them: the canonical text holds the words of the page in their order, white space aside,
so that both can be laid beside each other afterwards, line by line. What the reader left out of the page (hidden words, page numbers,
tags) is passed over; rows that it made of cells with a value a line are found column by column.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

_WORD = re.compile(r"\S+")
NOWHERE = -1
_PLAIN_ENOUGH = 8
"""Characters of a line that is not taken for another when it is looked for further on."""
_NEAR, _FAR = 80, 20_000
"""Characters within which a short line and a long one are looked for."""
_MOST_LINES = 60
"""Rows that may have been made of one row of the page."""
_LONGEST = 4_000
_MOST_WORK = 20_000_000
"""Pairs of characters that are compared one by one, over a whole document, before what differs is given up."""


@dataclass(slots=True)
class _Words:
    """A text without its white space: its characters, and where each of them stands in the text."""

    text: str
    places: array[int] = field(default_factory=lambda: array("l"))

    @classmethod
    def of(cls, text: str) -> _Words:
        words = cls("".join(_WORD.findall(text)))
        for match in _WORD.finditer(text):
            words.places.extend(range(match.start(), match.end()))
        return words


def find_places(canonical: str, page: str) -> array[int]:
    """For each character of ``canonical`` its place in ``page``, NOWHERE for white space and for what does not stand there."""
    finder = _Finder(canonical, _Words.of(page))
    lines = list(_lines(canonical))
    number = 0
    while number < len(lines):
        number += finder.place(lines, number)
    return finder.places


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of every line with words in it."""
    start = 0
    for line in text.split("\n"):
        if line and not line.isspace():
            yield start, start + len(line)
        start += len(line) + 1


class _Finder:
    """The state of one comparison: how far the page has been used up."""

    def __init__(self, canonical: str, page: _Words) -> None:
        self.canonical = canonical
        self.page = page
        self.places: array[int] = array("l", [NOWHERE]) * len(canonical)
        self._at = 0
        self._work = 0

    def place(self, lines: Sequence[tuple[int, int]], number: int) -> int:
        """Find the places of a line, or of several that were one row of the page; the number of lines that are done with."""
        start, end = lines[number]
        words = _Words.of(self.canonical[start:end])
        if self.page.text.startswith(words.text, self._at):
            self._settle(start, words, self._at)
            return 1
        rows = self._split_row(lines, number)
        if rows:
            return rows
        reach = _FAR if len(words.text) >= _PLAIN_ENOUGH else _NEAR
        found = self.page.text.find(words.text, self._at, self._at + reach + len(words.text))
        if found >= 0:
            self._settle(start, words, found)
        else:
            self._compare(start, words)
        return 1

    def _settle(self, start: int, words: _Words, at: int) -> None:
        for place, target in zip(words.places, self.page.places[at : at + len(words.text)], strict=True):
            self.places[start + place] = target
        self._at = at + len(words.text)

    def _split_row(self, lines: Sequence[tuple[int, int]], number: int) -> int:
        """Lines whose cells stand in the page column by column, as the lines of cells in one row; how many they are, 0 for none."""
        rows: list[list[tuple[int, _Words]]] = []
        for start, end in lines[number : number + _MOST_LINES]:
            cells, at = [], start
            for cell in self.canonical[start:end].split("\t"):
                cells.append((at, _Words.of(cell)))
                at += len(cell) + 1
            if len(cells) < 2 or (rows and len(cells) != len(rows[0])):
                break
            rows.append(cells)
            if len(rows) > 1 and self._stands_by_columns(rows):
                return len(rows)
        return 0

    def _stands_by_columns(self, rows: Sequence[Sequence[tuple[int, _Words]]]) -> bool:
        columns = [cell for column in zip(*rows, strict=True) for cell in column]
        if not self.page.text.startswith("".join(words.text for _, words in columns), self._at):
            return False
        for start, words in columns:
            self._settle(start, words, self._at)
        return True

    def _compare(self, start: int, words: _Words) -> None:
        """Find a line that differs from the page in some of its characters; where most of them differ it stays without places."""
        length = min(2 * len(words.text) + _NEAR, len(self.page.text) - self._at)
        self._work += len(words.text) * max(length, 0)
        if len(words.text) > _LONGEST or self._work > _MOST_WORK:
            return
        window = self.page.text[self._at : self._at + length]
        blocks = SequenceMatcher(None, words.text, window, autojunk=False).get_matching_blocks()
        if 2 * sum(block.size for block in blocks) < len(words.text):
            return
        for block in blocks:
            for offset in range(block.size):
                self.places[start + words.places[block.a + offset]] = self.page.places[self._at + block.b + offset]
        self._at += max(block.b + block.size for block in blocks)
