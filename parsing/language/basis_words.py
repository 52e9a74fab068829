"""The words for a basis, one table: what makes a measure the company's own (non-GAAP), where it says so, and what makes it GAAP's."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Place = Literal["label", "head", "title", "prose", "outlook"]
"""A row's label, a column's head, a table's title, before a metric in a sentence, beside an amount of an outlook."""


class BasisWord(NamedTuple):
    """A pattern over lower-case words, whose blanks stand for one blank of any kind, and the places where it tells the basis.

    ``apart`` says that a label without it names the same measure on another basis: "adjusted net income".
    """

    pattern: str
    places: frozenset[Place]
    apart: bool = False


def _in(*places: Place) -> frozenset[Place]:
    return frozenset(places)


_EVERYWHERE = _in("label", "head", "title", "outlook")
NONGAAP_WORDS: tuple[BasisWord, ...] = (
    BasisWord(r"non[ -]?gaap", _EVERYWHERE, apart=True),
    BasisWord(r"adjusted", _EVERYWHERE, apart=True),
    BasisWord(r"pro[ -]?forma", _EVERYWHERE, apart=True),
    BasisWord(r"core|underlying", _in("label", "head", "outlook"), apart=True),
    BasisWord(r"comparable", _in("label", "head"), apart=True),
    BasisWord(r"ongoing (?:earnings|eps|operating|net)", _in("outlook")),
    BasisWord(r"comparable (?:eps|net|currency|operating)|organic|currency[- ]neutral|ffo|ebitda[xr]?|free cash flow", _in("outlook")),
    BasisWord(r"ex[ -]items", _in("label", "head")),
    BasisWord(r"normali[sz]ed", _in("label", "outlook"), apart=True),
    BasisWord(r"excluding", _in("label", "outlook")),
    BasisWord(r"exclud(?:es|ed)|before (?:special|restructuring|one-time)", _in("outlook")),
    BasisWord(r"excl\.?(?= )|exclusive of|without|adjusting|ongoing|identified items|spread|economic net|adj\.?|ead", _in("label")),
    BasisWord(r"before (?:special|charges|unusual|non-?recurring|one-?time|amortization)", _in("label")),
    BasisWord(r"distributable|available for distribution|cash (?:earnings|eps|net income)", _in("label")),
    BasisWord(r"operating (?:eps|(?:earnings|income|profit)(?: \(loss\))? per|net income)|net operating earnings", _in("label")),
)
NONGAAP_MODIFIERS = frozenset(
    ("adjusted", "non-gaap", "nongaap", "core", "normalized", "underlying", "operating", "ongoing", "comparable", "cash")
)
"""What stands right before a metric in a sentence and makes it the company's own."""
_GAAP = r"(?<!non-)(?<!non )(?<!non)\b(?:u\.?s\.? )?gaap\b"


def nongaap_words(place: Place) -> re.Pattern[str]:
    """Every word that makes a measure the company's own at a place."""
    patterns = (word.pattern for word in NONGAAP_WORDS if place in word.places)
    return re.compile(rf"\b(?:{'|'.join(patterns)})(?![a-z])".replace(" ", r"\s"), re.IGNORECASE)


# u.s. gaap
LAW = re.compile(_GAAP, re.IGNORECASE)
# as reported | gaap
REPORTED = re.compile(rf"{_GAAP}|\breported\b", re.IGNORECASE)
# non gaap basis | as reported | in accordance with us gaap
BASIS = re.compile(
    r"\b(?:(?:u s |us )?(?:non gaap|nongaap|gaap)(?: basis)?|(?:as )?reported|as adjusted|basis|on a|measure|unaudited|in accordance with"
    rf"|{'|'.join(word.pattern for word in NONGAAP_WORDS if word.apart)})\b"
)
"""The words of a plain label that name its basis and nothing else."""
