"""The period that a statement or a guidance names, and whether it names a number: "fiscal 2006", "the end of 2025", "next year"."""

from __future__ import annotations

import re

from ex99.parsing.language.letters import lower_case

# `in `, `for the `: what stands before a period
_PREPOSITION = re.compile(r"(?:(?:in|during|for|over|throughout) )?(?:the )?")
# `fiscal 2006`, `the fourth quarter of fiscal 2020`, `by the end of 2025`, `next year`, `Q1`, `1H24`, `full fiscal year 2024`
_HORIZON = re.compile(
    r"""
    \b(?:by\s|through\s|until\s|in\s|during\s|for\s|over\s|throughout\s|before\s)?(?:the\s|early\s|late\s|mid-?\s?)?
    (?:
      (?:end|remainder|balance|rest|beginning|start|middle|(?:first|second|last|latter)[ ]half|back[ ]half)[ ]
          (?:of|in)[ ](?:the[ ]|this[ ]|calendar[ ])?(?:(?:fiscal|calendar)[ ])?(?:year[ ])?(?:(?:19|20)\d\d|year|quarter|decade)
    | (?:fiscal[ ]|calendar[ ])?(?:(?:19|20)\d\d[ ])?(?:first|second|third|fourth|1st|2nd|3rd|4th)[ -](?:fiscal[ ]|calendar[ ])?quarters?
          (?:[ ](?:of[ ]|in[ ])?(?:the[ ])?(?:fiscal[ ])?(?:year[ ])?(?:(?:19|20)\d\d))?
    | (?:fiscal[ ])?(?:[1-4]q|q[1-4]|[12]h|h[12])(?:[ ]?(?:of[ ])?(?:fy[ ]?|fiscal[ ](?:year[ ])?)?['’]?\d{2,4})?
    | (?:first|second)[ ]half
    | (?:full[ -](?:year[ -])?)?(?:(?:fiscal|calendar|full)[ -]?(?:year[ ])?(?:(?:19|20)\d\d|['’]\d\d)|fy[ ]?['’]?\d{2,4})
          (?:[ ]fiscal[ ]year)?
    | (?:19|20)\d\d[ ](?:fiscal|calendar|full)[ ]year
    | (?:fiscal[ ]|calendar[ ])?(?:year|quarter)[ ]ending[ ][a-z]{3,9}\.?[ ]\d{1,2},?[ ](?:19|20)\d\d
    | (?:current|full|this|next|coming|upcoming|following)[ -](?:fiscal[ ]|calendar[ ])?
          (?:few[ ]|several[ ]|two[ ]|three[ ]|four[ ]|five[ ]|twelve[ ]|\d+[ ])?(?:year|quarter|month|week|season|half|decade)s?
    | (?:years?|quarters?|months)[ ](?:ahead|to[ ]come)
    | (?<=for[ ]the[ ])year\b(?![ ]end)
    | (?:near|medium|long|longer)[ -]term | (?:foreseeable|near)[ ]future
    | (?P<day>(?:january|february|march|april|may|june|july|august|september|october|november|december)[ ]\d{1,2},?[ ](?:19|20)\d\d)
    | (?:january|february|march|april|june|july|august|september|october|november|december)[ ]
          (?:quarter[ ]|of[ ])?(?:19|20)\d\d(?:[ ]quarter)?
    | (?:march|june|september|december)[ ]quarter
    | (?P<bare>(?:19|20)\d\d)
    )\b
    """,
    re.VERBOSE,
)
# `$4.1 million`, `8 percent`, `10 to 12 stores`: a number that is no year, no quarter and no day
_QUANTITY = re.compile(r"\$\s?[\d.]*\d|\d[\d,.]*\s?(?:%|percent|basis points|million|billion|cents|bps)|\b(?!(?:19|20)\d\d\b)\d[\d,.]*\b")
# `May 3`, `Q1`, `(1)`: digits that are no quantity
_LONE_DAY = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\s\d{1,2}\b|[1-4]q"
    r"|q[1-4]|covid-19|\b10-[kq]\b|\(\d{1,2}\)|(?<=[a-z])\d{1,2}\b",
    re.IGNORECASE,
)


_BESIDE = 45
"""Characters between a word for an outlook and the period that it is for."""


def find_horizon(words: str) -> str | None:
    """The period that a statement names, as printed: fiscal and relative periods go before days, days before bare years."""
    day = year = None
    lower = lower_case(words)
    for match in _HORIZON.finditer(lower):
        preposition = _PREPOSITION.match(match.group())
        printed = words[match.start() + (preposition.end() if preposition else 0) : match.end()].strip()
        if match["day"]:
            day = day or printed
        elif match["bare"]:
            year = printed
        else:
            return printed
    return day or year


def find_beside(words: str, start: int, end: int) -> str | None:
    """The period that stands beside words[start:end], else the one that the words name."""
    return find_horizon(words[max(0, start - _BESIDE) : end + _BESIDE]) or find_horizon(words)


def names_quantity(words: str) -> bool:
    """Whether words name a number that is no year, no quarter, no day and no footnote."""
    return _QUANTITY.search(_LONE_DAY.sub(" ", words)) is not None
