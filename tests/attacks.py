"""Attack strings for a regular expression, made from its own parse: runs of whatever one of its repeats takes, behind what leads there."""

from __future__ import annotations

import re
import signal
import time
from collections.abc import Callable, Iterator
from itertools import product
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

_ALPHABET = " \n\taA1.,-($)<>&;=_%/'\"*:\xa0"
_LONG = 32
"""Repeats of at most so many are bounded."""
_MOST_PUMPS = 40
_CATEGORIES = {
    codes.CATEGORY_DIGIT: "1",
    codes.CATEGORY_NOT_DIGIT: "a",
    codes.CATEGORY_SPACE: " ",
    codes.CATEGORY_NOT_SPACE: "a",
    codes.CATEGORY_WORD: "a",
    codes.CATEGORY_NOT_WORD: " ",
}
LENGTH = 1_500
"""Characters of an attack; the same is tried with half of them."""
MOST = 3.0
"""How many times as long a pattern may take for twice the characters."""
PATIENCE = 5.0
"""Seconds after which an attack has succeeded."""
_QUICK = 0.002


def attacks(pattern: str, flags: int) -> Iterator[Callable[[int], str]]:
    """Makers of strings of about so many characters that a backtracking engine may labour at."""
    tree = parser.parse(pattern, flags & ~re.DEBUG)
    repeats = list(_repeats(tree.data, ""))[:_MOST_PUMPS]
    leads = list(dict.fromkeys(["", *(lead for lead, _ in repeats)]))[:_MOST_PUMPS]
    pumps = list(dict.fromkeys([*(pump for _, pump in repeats if pump), *(lead for lead in leads if 1 < len(lead) <= _LONG), *_ALPHABET]))
    for lead, pump, end in product(leads, pumps, ("", "\x02", "\n\x02")):
        yield lambda size, lead=lead, pump=pump, end=end: lead + pump * (size // len(pump)) + end  # type: ignore[misc]


def _repeats(nodes: Any, lead: str) -> Iterator[tuple[str, str]]:
    """(what leads there, one turn) for each long repeat of a parse tree."""
    for code, value in nodes:
        if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            _, most, inner = value
            if most == codes.MAXREPEAT or most > _LONG:
                for turn in _samples(inner.data):
                    yield lead, turn
            yield from _repeats(inner.data, lead)
        else:
            for branch in _branches(code, value):
                yield from _repeats(branch, lead)
        lead += next(iter(_samples([(code, value)])), "")


def _branches(code: Any, value: Any) -> list[Any]:
    if code is codes.BRANCH:
        return [branch.data for branch in value[1]]
    if code is codes.SUBPATTERN:
        return [value[3].data]
    if code is codes.ATOMIC_GROUP:
        return [value.data]
    if code in (codes.ASSERT, codes.ASSERT_NOT):
        return [value[1].data]
    return []


def _samples(nodes: Any) -> list[str]:
    """A few strings that a sequence takes: its first branches, each repeat as rarely as may be, but once."""
    texts = [""]
    for code, value in nodes:
        if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            least, _, inner = value
            ends = [text * max(1, least) for text in _samples(inner.data)[:2]]
        elif code is codes.BRANCH:
            ends = [text for branch in value[1] for text in _samples(branch.data)[:1]][:4]
        elif code in (codes.SUBPATTERN, codes.ATOMIC_GROUP):
            ends = _samples(_branches(code, value)[0])
        else:
            ends = [_character(code, value)]
        texts = [text + end for text in texts for end in ends][:4]
    return texts


def _character(code: Any, value: Any) -> str:
    """One character that a set or a literal takes, "" for what takes none."""
    if code is codes.LITERAL:
        return chr(value)
    if code is codes.NOT_LITERAL:
        return next(c for c in "a b" if ord(c) != value)
    if code is codes.ANY:
        return "a"
    if code is codes.CATEGORY:
        return _CATEGORIES[value]
    if code is codes.RANGE:
        return chr(value[0])
    if code is codes.IN:
        negated = value[0][0] is codes.NEGATE
        taken = [_character(*one) for one in value if one[0] is not codes.NEGATE]
        return next(c for c in "a 1x-\x03" if c not in taken) if negated else taken[0]
    return ""


def is_slow(search: Callable[[str], object], make: Callable[[int], str]) -> bool:
    """Whether twice the characters take more than MOST times as long, three times in a row, or any of it more than PATIENCE."""
    before = signal.signal(signal.SIGALRM, _give_up)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE)
    try:
        whole = make(LENGTH)
        if _seconds(search, make(LENGTH // 2)) < _QUICK / MOST and _seconds(search, whole) < _QUICK:
            return False
        half = make(LENGTH // 2)
        return all(_seconds(search, whole) > MOST * _seconds(search, half) for _ in range(3))
    except TimeoutError:
        return True
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _give_up(*_: object) -> None:
    raise TimeoutError


def _seconds(search: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    search(text)
    return time.process_time() - start
