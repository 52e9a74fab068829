"""What a sentence is read for, and what of it is passed over: asides, other companies, quotations."""

from __future__ import annotations

import re

from ex99.parsing.language.currencies import LETTERED, MARK, SIGNS
from ex99.parsing.prose.patterns import spaced

# a sentence is worth reading if it names an amount of money: "$4.1 million", "RMB4.2 million", or else "25 cents", "1.20 per diluted share"
_SIGNED = re.compile(rf"[{SIGNS}]\s?\(?[\d.]")
_MONEY = re.compile(rf"{MARK}\s?\(?[\d.]")
_UNIT = re.compile(r"\b(?:cents?|per (?:diluted )?share)\b")
# "Excluding the impact of fuel costs, ..." and "On a non-GAAP basis, excluding ..., " tell the basis of the sentence's amounts
_INCLUDING = re.compile(
    r"including\s[^,$]{3,120}(?:(?:,\s[^,$]{3,80}){0,3},(?=\s(?:the\s\w+|we|it|[\w.]+)\s(?:had|reported|posted|recorded|earned|was|were)\b)|,)"
)
# "net loss for the quarter, which was reduced by a $3 million gain, was"
_BETWEEN = re.compile(
    r"\s\(includ(?:es|ed|ing)\s[^()]{3,160}\)"
    r"|,\s(?:which\s(?:includ|reflect|was|were)\w*|including(?!\sdiscontinued))\s[^;]{3,160}?,(?=\s(?:was|were|totaled)\b)"
)
_LESS = (
    r"(?:excluding|exclusive\s+of|adjusted\s+for|adjusting\s+for)\s[^,$]{0,200}"
    r"(?:\$\s?[\d.]{1,8}(?:\s(?:thousand|million|billion))?\b[^,$]{0,100})?,"
)
_EXCLUDING = re.compile(
    rf"(?:^\W{{0,4}}|[,;]\s{{1,3}})(?:{_LESS}"
    rf"|on\s+an?\s+(?:non-?gaap|adjusted|pro\s?forma|core|normalized)\s+basis\b[^,$]{{0,200}},(?:\s{{1,3}}{_LESS})?)"
)
# "The acquired business had revenue of ...": another company's year
_ANOTHERS = re.compile(
    spaced(
        r"\b(?:acquired|purchased|divested|discontinued|target) (?:business(?:es)?|compan(?:y|ies)|operations?)(?: \w+)?"
        r" (?:had|generated|reported|recorded|contributed|posted)\b"
    )
    + "|"
    + spaced(r"\bwhich (?:had|generated|reported|posted) (?:annual |total |net |unaudited )?(?:revenues?|sales)\b")
)
# "$ in millions, except per share data 4Q17 3Q17 Net interest income $9,124 8,977": a table run together, whose numbers lack their scale
_RUN_TOGETHER = re.compile(spaced(r"\bin (?:thousands|millions|billions)\b|\bexcept (?:for )?per share\b"))
# "for the month of March, the five weeks ended April 7": a span that reports do not use
_MONTH = re.compile(
    spaced(r"\bmonth of\b|(?<![\w-])(?<!ty\s)(?:two|four|five|eight|nine|[24589])[ -]weeks?(?:[ -]period)? end(?:ed|ing)\b")
)
NO_FIGURES = (_ANOTHERS, _RUN_TOGETHER, _MONTH)
"""Sentences whose amounts are no figures of the company's reported periods."""
_QUOTE = "“"
# `Funds from Operations (“FFO”)`: quotation marks that only name
_BRACKETS = re.compile(r"\([^()]{0,120}\)")


def names_amount(words: str) -> bool:
    """Whether words name an amount of money, or one a share."""
    if _SIGNED.search(words) is not None or (LETTERED.search(words) is not None and _MONEY.search(words) is not None):
        return True
    return ("cent" in words or "share" in words) and _UNIT.search(words) is not None


def is_quoted(words: str) -> bool:
    """Whether a sentence is, or holds, what somebody says."""
    return words.startswith('"') or _QUOTE in _BRACKETS.sub("", words)


def find_aside(lower: str) -> tuple[re.Match[str] | None, bool]:
    """The words of a sentence, in lower case, that say what its amounts leave out or take in, and whether they leave out."""
    excluding = _EXCLUDING.search(lower)
    return excluding or _INCLUDING.match(lower) or _BETWEEN.search(lower), excluding is not None
