"""A few mutants for every reader, those that were found before, and the fuzzer's own parts."""

from __future__ import annotations

import os
from collections.abc import Callable
from random import Random

import pytest

from tests.fuzzing.__main__ import find_fault
from tests.fuzzing.mutating import mutate, pick, reduce
from tests.fuzzing.targets import TARGETS, Target, seeds

_MUTANTS = 5_000 if os.environ.get("EX99_FULL") == "1" else 60
"""Mutants of chance for each reader."""


@pytest.fixture(scope="module")
def documents() -> dict[str, list[bytes]]:
    return seeds()


@pytest.mark.parametrize("name", TARGETS)
def test_mutants_are_read_or_refused(name: str, documents: dict[str, list[bytes]], record_property: Callable[[str, object], None]) -> None:
    chance = Random(f"{name} 1")
    assert documents[name]
    for data in documents[name][-60:]:
        assert find_fault(TARGETS[name], data) is None
    for _ in range(_MUTANTS):
        data = mutate(pick(documents[name], chance), pick(documents[name], chance), chance)
        assert find_fault(TARGETS[name], data) is None, data
    record_property("measured", f"{_MUTANTS:,} mutants for each of {len(TARGETS)} readers, no fault")


def test_seeds_are_read_and_not_refused(documents: dict[str, list[bytes]]) -> None:
    for name, target in TARGETS.items():
        target.read(documents[name][0])


def test_faults_are_found_and_reduced() -> None:
    target = Target(lambda data: data.index(b"net sales") if b"BUG" in data else 0, (KeyError,))
    fault = find_fault(target, b"a" * 300 + b"BUG" + b"b" * 300)
    assert fault is not None
    assert fault.startswith("ValueError in test_fuzzing.py line ")
    assert reduce(b"a" * 300 + b"BUG" + b"b" * 300, lambda data: find_fault(target, data) == fault) == b"BUG"
