"""No regular expression of the readers backtracks more than in proportion to its input."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import ex99
from tests.attacks import attacks, is_slow

_READERS = ("crawler", "filings", "parsing")
# STOP.search( | pattern.sub(
_SCANS = re.compile(r"\b(\w+)\.(?:search|finditer|findall|sub|subn|split)\(")

BOUNDED = {
    ("filings.secrecy", "_USER_PART"): "addresses with an @, where it matches at their first letter",
    ("crawler.items", "_ABSENT"): "a section's first 250 characters",
    ("parsing.language.amounts", "_AMOUNT"): "cells of at most 40 characters",
    ("parsing.language.labels", "_NOTES"): "labels of at most 400 characters",
    ("parsing.passages.company", "_NO_PART[]"): "names out of a window of fixed length",
    ("parsing.passages.guidance.standing", "_CHANGE"): "the last 160 characters",
    ("parsing.passages.guidance.naming", "_FREE"): "the last 120 characters",
    ("parsing.reading.decoding", "_WRAPPER_END"): "a document's last 2,000 characters",
    ("parsing.reading.typed_lines", "_HEADER_PART"): "lines of fewer than 200 characters",
    ("parsing.tables.loose_heads", "_PART"): "lines of at most 160 characters",
    ("parsing.tables.statements", "_INCOME_MARKS[]"): "labels of at most 400 characters",
    ("parsing.tables.statements", "_BALANCE_MARKS[]"): "labels of at most 400 characters",
    ("parsing.tables.statements", "_CASH_MARKS[]"): "labels of at most 400 characters",
    ("parsing.tables.statements", "_MARKS[]"): "labels of at most 400 characters",
}
"""Patterns that may labour, for what they are given is short: what that is."""


def _modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(ex99.__path__, "ex99."):
        if found.name.split(".")[1] in _READERS:
            yield importlib.import_module(found.name)


def _patterns_in(value: Any, name: str, depth: int = 0) -> Iterator[tuple[str, re.Pattern[Any]]]:
    if isinstance(value, re.Pattern):
        yield name, value
    elif isinstance(value, (tuple, list, set, frozenset, dict)) and depth < 4:
        for one in value.values() if isinstance(value, dict) else value:
            yield from _patterns_in(one, name.removesuffix("[]") + "[]", depth + 1)


def _patterns(module: ModuleType) -> Iterator[tuple[str, re.Pattern[Any], bool]]:
    """(name, pattern, whether the module looks for it everywhere in a text) for each pattern that a module holds."""
    scanned = set(_SCANS.findall(Path(module.__file__ or "").read_text()))
    by_variable = any(name.islower() and name != "re" for name in scanned)
    for name, value in vars(module).items():
        for place, pattern in _patterns_in(value, name):
            yield place, pattern, by_variable if place.endswith("[]") else name in scanned


def _reader(pattern: re.Pattern[Any], *, scans: bool) -> Callable[[str], object]:
    encode: Callable[[str], Any] = (lambda text: text.encode("latin-1", "replace")) if isinstance(pattern.pattern, bytes) else str
    if scans:
        return lambda text: sum(1 for _ in pattern.finditer(encode(text)))
    return lambda text: (pattern.match(encode(text)), pattern.fullmatch(encode(text)))


def slow_attack(pattern: re.Pattern[Any], *, scans: bool) -> str | None:
    """The start of a string that the pattern labours at, None where none was found."""
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    read = _reader(pattern, scans=scans)
    for make in attacks(source, pattern.flags):
        if is_slow(read, make):
            return make(60)
    return None


@pytest.mark.parametrize("module", list(_modules()), ids=lambda module: module.__name__)
def test_patterns_backtrack_in_proportion(module: ModuleType) -> None:
    place = module.__name__.removeprefix("ex99.")
    slow = {
        (name, attack)
        for name, pattern, scans in _patterns(module)
        if (place, name) not in BOUNDED and (attack := slow_attack(pattern, scans=scans)) is not None
    }
    assert not slow, "mend the pattern (a possessive repeat, an anchor), or say in BOUNDED why its input is short"


@pytest.mark.parametrize(
    ("pattern", "scans"),
    [
        (r"(?:a+)+$", True),
        (r"\s*(?:-{2,}|(?:[-=] ){2,})[\s\-=]*$", True),
        (r"[\s\-]*(?:-{2,}|(?:[-=] ){2,})[\s\-]*(?:x)$", False),
        (r"(?P<a>\d+),?(?P<b>\d+),?\d+x", True),
        (r"<b>.*?</b>", True),
    ],
)
def test_attacks_find_what_labours(pattern: str, scans: bool) -> None:
    assert slow_attack(re.compile(pattern), scans=scans) is not None


@pytest.mark.parametrize("pattern", [r"\d{1,9},\d+", r"(?<!\s)\s*x", r"(?:ab|c)*+d"])
def test_attacks_let_pass_what_does_not(pattern: str) -> None:
    assert slow_attack(re.compile(pattern), scans=pattern != r"(?:ab|c)*+d") is None


def test_bounded_patterns_are_there() -> None:
    names = {(m.__name__.removeprefix("ex99."), name) for m in _modules() for name, _, _ in _patterns(m)}
    assert not set(BOUNDED) - names
