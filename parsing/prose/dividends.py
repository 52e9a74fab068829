"""The dividend that a board declares: an amount per common share, told in a sentence or headline, whose period is not the reported one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import cast

from ex99.filings.release import Figure, Source
from ex99.parsing.document import Document
from ex99.parsing.language.currencies import MARK, parse_mark, settle_currency
from ex99.parsing.language.screened import Screened
from ex99.parsing.prose.patterns import spaced
from ex99.parsing.rules import rule

_PRICE = (
    r"(?P<{name}>(?P<{name}_currency>@)\s?(?P<{name}_number>\d{{1,3}}\.\d{{1,5}}|\.\d{{1,5}}|\d{{1,2}})"
    r"|(?P<{name}_cents>\d{{1,3}}(?:\.\d{{1,3}})?) cents)(?![\d,]| (?:million|billion))"
).replace("@", MARK.replace("{", "{{").replace("}", "}}"))
# twenty-five cents ($0.25)
_WORDED = r"(?:[a-z-]{3,12} (?:and [a-z-]{3,12} )?cents \()?"
_SHARE = r"\)?(?: cents)? (?:per|a|on each|for each) (?:outstanding )?(?:common |ordinary )?(?:share|unit)"
# declared a quarterly cash dividend of $0.12 per share | declares dividend of 25 cents a share | a $0.17 per share dividend
# declared a distribution of $0.56 per common unit
_AMOUNT = re.compile(
    spaced(
        rf"dividends?(?: on [^.$]{{3,50}}| to (?:its |our |the )?(?:common )?(?:share|stock|unit)holders)?"
        rf"(?: of| in the amount of| to| at)? {_WORDED}{_PRICE.format(name='after')}(?:{_SHARE})?"
        rf"|{_PRICE.format(name='before')}{_SHARE} (?:quarterly |regular |cash ){{0,3}}(?:dividend|distribution)"
        rf"|distributions? (?:of|in the amount of|at) {_PRICE.format(name='unit')}{_SHARE}"
    ),
    re.IGNORECASE,
)
# what boards do, and companies are about to do
_DECLARED = re.compile(r"\b(?:declar(?:ed|es|ation)|approved|authorized|will\s+pay|announced)\b", re.IGNORECASE)
# dividends of another kind or of another time
_OTHER = re.compile(
    r"\b(?:special|preferred|preference|depositary|monthly|annual|stock\s+split|per\s+annum|previous(?:ly)?|last\s+year|a\s+year\s+ago)\b",
    re.IGNORECASE,
)
_SCREEN = Screened(_AMOUNT.pattern)


DECLARED = rule("prose.dividends.declared", "the first regular dividend a share that the board declares in a sentence or headline")
OTHER_DIVIDEND = rule("prose.dividends.other", "a dividend of another kind or time: special, preferred, last year's", leaves_out=True)


def find_dividend(document: Document) -> Figure | None:
    """The first regular dividend per common share that the release declares; its period_end is None."""
    return next(_find(document), None)


def _find(document: Document) -> Iterator[Figure]:
    text = document.text
    for block in document.blocks:
        if block.kind in ("table", "page_break") or not _SCREEN.may_match(document.lower, block.start, block.end):
            continue
        for sentence in document.sentences(block.start, block.end):
            match = _AMOUNT.search(text, sentence.start, sentence.end)
            if match is None or not _DECLARED.search(text, sentence.start, sentence.end):
                continue
            if _OTHER.search(text, sentence.start, match.end()) and OTHER_DIVIDEND():
                continue
            if not DECLARED():
                continue
            name = next(n for n in ("after", "before", "unit") if match[n])
            cents = match[f"{name}_cents"]
            value = Decimal(cents).scaleb(-2) if cents else Decimal(match[f"{name}_number"])
            precision = Decimal(1).scaleb(cast(int, value.as_tuple().exponent))
            currency = settle_currency(parse_mark(match[f"{name}_currency"] or "$"))
            source = Source(*match.span(name), match[name])
            unit = f"{currency}/share"
            yield Figure(
                "dividends_per_share",
                "gaap",
                "quarter",
                None,
                value,
                unit,
                False,
                source,
                precision=precision,
                qualifier="declared",
                rules=(DECLARED.id,),
            )
