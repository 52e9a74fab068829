"""A pattern that is tried only where one of the words stands without which it cannot match; the words are read from the pattern."""

from __future__ import annotations

import re
from collections.abc import Iterable
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

_SHORTEST = 3


def needed_words(pattern: str) -> frozenset[str] | None:
    """Pieces of text one of which every match holds, as long as can be; None where the pattern tells none of three letters and more."""
    found = _needed(parser.parse(pattern))
    return found if found and _worth(found) >= _SHORTEST else None


def _worth(words: frozenset[str]) -> int:
    return min(map(len, words))


def _needed(items: Iterable[Any]) -> frozenset[str] | None:
    best: frozenset[str] | None = None
    run = ""
    for op, value in items:
        if op is sre.LITERAL:
            run += chr(value)
            continue
        best, run = _better(best, frozenset((run,)) if run else None), ""
        if op is sre.SUBPATTERN:
            best = _better(best, _needed(value[-1]))
        elif op is sre.BRANCH:
            best = _better(best, _any_of([_needed(branch) for branch in value[1]]))
        elif op in (sre.MAX_REPEAT, sre.MIN_REPEAT) and value[0] > 0:
            best = _better(best, _needed(value[2]))
    return _better(best, frozenset((run,)) if run else None)


def _any_of(parts: list[frozenset[str] | None]) -> frozenset[str] | None:
    known = [part for part in parts if part]
    return frozenset().union(*known) if len(known) == len(parts) else None


def _better(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    if one is None or other is None:
        return one or other
    return other if _worth(other) > _worth(one) else one


class Screened:
    """A pattern over lower case with its screen."""

    def __init__(self, pattern: str) -> None:
        self.pattern = re.compile(pattern)
        words = needed_words(pattern) or frozenset()
        self._words = tuple(word for word in sorted(words) if not any(other in word for other in words if other != word))

    def may_match(self, lower: str, start: int = 0, end: int | None = None) -> bool:
        """Whether lower[start:end] holds one of the words that a match needs."""
        return not self._words or any(map(lower[start:end].__contains__, self._words))

    def search(self, lower: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The first match in lower[start:end]."""
        stop = len(lower) if end is None else end
        return self.pattern.search(lower, start, stop) if self.may_match(lower, start, stop) else None
