"""What a document's head shows of its kind: the signs found and their weight."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from ex99.crawler.plain_text import read_plain_text
from ex99.crawler.signs import DESCRIPTION_SIGNS, HEAD, OTHER_SIGNS, RELEASE_SIGNS, RESULTS

RELEASE_SCORE = 3
"""From this weight on a paper reads as a press release."""
OTHER_PAPER_SCORE = -3
"""From this weight down a paper is certainly another one."""
MINIMUM_LETTERS = 80
"""Letters below which a document has no words to speak of (a page that only shows an image)."""
_RESULTS_WITHIN = 1500

_LINE_END = re.compile(r"(?<!\n)\n(?!\n)")


@dataclass(frozen=True, slots=True)
class Reading:
    """What the signs say of one document: the sum of their weights, their names, and whether it has words at all."""

    score: int
    names: tuple[str, ...]
    has_words: bool
    tells_results: bool

    @property
    def is_release(self) -> bool:
        """Whether the paper reads as a press release."""
        return self.has_words and self.score >= RELEASE_SCORE

    @property
    def is_other_paper(self) -> bool:
        """Whether the paper is certainly something else."""
        return self.score <= OTHER_PAPER_SCORE


def read_evidence(content: bytes, description: str | None = None) -> Reading:
    """Weigh the signs of a document's head and of its SGML description."""
    return weigh(read_plain_text(content, HEAD), description)


def weigh(text: str, description: str | None = None) -> Reading:
    """Weigh the signs of a text (its first HEAD characters) and of a description."""
    paragraphs = _LINE_END.sub(" ", text[:HEAD])
    lowered = " ".join(paragraphs.lower().split())
    found = [sign for sign in (*RELEASE_SIGNS, *OTHER_SIGNS) if sign.stands_in(paragraphs, lowered)]
    if description:
        found += [sign for sign in DESCRIPTION_SIGNS if sign.stands_in(description, description.lower())]
    return Reading(
        score=sum(sign.weight for sign in found),
        names=tuple(sign.name for sign in found),
        has_words=has_letters(text, MINIMUM_LETTERS),
        tells_results=RESULTS.search(paragraphs[:_RESULTS_WITHIN]) is not None,
    )


def has_letters(text: str, least: int) -> bool:
    """Whether a text has so many letters; looks no further than it must."""
    return next(islice(filter(str.isalpha, text), least - 1, None), None) is not None
