"""Rules of words as rows that can be read at a glance: an id, what it finds, what it must leave.

A row begins with its id and, after colons, a note (its source, its kind) and the words or stems without which its pattern is not tried:

    fls.going_to : releases : going
      + we're going to weather this storm
      - he was going to the office
      \\b(?:is|are|['’]re|['’]m|not|really) going to (?!the\\b)

"+" is an example, "-" a counter-example, ":" more of the words, "=" plain phrases parted by bars (an underscore at an end is the blank
that must stand there); every other line is a piece of the pattern. <who> stands for a fragment of that name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ex99.parsing.rules import rule


@dataclass(frozen=True, slots=True)
class WordRule:
    """A row: over lower-case words with single spaces, one of its phrases or its pattern is what it finds."""

    id: str
    note: str
    words: tuple[str, ...]
    example: str
    counter: str
    phrases: tuple[str, ...] = ()
    pattern: str = ""

    def finds(self, lower: str) -> bool:
        """Whether the rule finds something; slow, for tests and explanations: the readers compile what they need."""
        if any(phrase in lower for phrase in self.phrases):
            return True
        return bool(self.pattern) and any(word in lower for word in self.words or ("",)) and re.search(self.pattern, lower) is not None


def read_rules(listing: str, **fragments: str) -> tuple[WordRule, ...]:
    """The rules of a listing, declared with all others; raises ValueError where a row has no example or nothing to find."""
    return _read(listing, fragments, leaves_out=False)


def read_vetoes(listing: str, **fragments: str) -> tuple[WordRule, ...]:
    """The rules of a listing that speak against a result."""
    return _read(listing, fragments, leaves_out=True)


def _read(listing: str, fragments: Mapping[str, str], *, leaves_out: bool) -> tuple[WordRule, ...]:
    found = tuple(_read_row(row, fragments) for row in re.split(r"\n(?=\S)", listing.strip()))
    for one in found:
        rule(one.id, f"words as in: {one.example}", leaves_out=leaves_out)
    return found


def _read_row(row: str, fragments: Mapping[str, str]) -> WordRule:
    head, *lines = row.splitlines()
    rule_id, note, words = (*(field.strip() for field in head.split(" : ")), "", "")[:3]
    body = [line.strip() for line in lines if line.strip()]
    words = " ".join((words, *_marked(body, ": "))).strip()
    pattern = "".join(line for line in body if line[:2] not in {"+ ", "- ", ": ", "= "})
    for name, fragment in fragments.items():
        pattern = pattern.replace(f"<{name}>", fragment)
    phrases = tuple(p.strip().replace("_", " ") for line in _marked(body, "= ") for p in line.split(" | ") if p.strip())
    example, counter = (next(iter(_marked(body, mark)), "") for mark in ("+ ", "- "))
    if not example or not (pattern or phrases):
        raise ValueError(f"rule {rule_id}: expected an example and a pattern or phrases")
    return WordRule(rule_id, note, _split(words), example, counter, phrases, pattern)


def _marked(body: list[str], mark: str) -> list[str]:
    """The lines of a row that begin with a mark, without it."""
    return [line[2:] for line in body if line.startswith(mark)]


def _split(words: str) -> tuple[str, ...]:
    """Words parted by blanks, or by bars where they hold blanks."""
    parts = words.split(" | ") if " | " in words else words.split()
    return tuple(part.strip().replace("_", " ") for part in parts)
