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
    | (?:fiscal[ ]|calendar[ ]|\w{3,8}[ ](?=months|weeks))?(?:year|quarter|months|weeks)[ ]end(?:ing|ed)[ ][a-z]{3,9}\.?[ ]\d{1,2},?[ ]
          (?:19|20)\d\d
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


# ` for fiscal 2013`: what leads from a word for an outlook to its period
_FOR = re.compile(r"\s(?:ranges? )?(?:for|in|of)\s")
# `relative to fiscal 2025`: a period that another one is compared with
_RELATIVE = re.compile(r"\b(?:relative to|compared (?:to|with)|versus|than)\b[^,;]*", re.IGNORECASE)
_BESIDE = 45
"""Characters between a word for an outlook and the period that it is for."""


def find_horizon(words: str, *, days: bool = True) -> str | None:
    """The period that a statement names, as printed: fiscal and relative ones before days, where ``days`` count, these before years."""
    day = year = None
    lower = lower_case(words)
    for match in _HORIZON.finditer(lower):
        preposition = _PREPOSITION.match(match.group())
        printed = words[match.start() + (preposition.end() if preposition else 0) : match.end()].strip()
        if match["day"]:
            day = day or (printed if days else None)
        elif match["bare"]:
            year = printed
        else:
            return printed
    return day or year


def find_beside(words: str, start: int, end: int) -> str | None:
    """The period that stands beside words[start:end], else the one that the words name; a day is none."""
    after = words[start : end + _BESIDE]
    told = find_span(after) if _FOR.match(words, end) else None
    return told or find_span(words[max(0, start - _BESIDE) : end]) or find_span(after) or find_span(words)


def find_last_span(words: str) -> str | None:
    """The last period that words name beside those they compare with; a bare year only where they name no other."""
    words = _RELATIVE.sub(" ", words)
    last = span = find_span(words)
    while span is not None:
        words = words.partition(span)[2]
        span = find_span(words)
        last = last if span is None or span.isdigit() else span
    return last


def find_span(words: str) -> str | None:
    """The period that an outlook names: a quarter, a year or a part of one, never a day alone."""
    return find_horizon(words, days=False)


def names_quantity(words: str) -> bool:
    """Whether words name a number that is no year, no quarter, no day and no footnote."""
    return _QUANTITY.search(_LONE_DAY.sub(" ", words)) is not None
