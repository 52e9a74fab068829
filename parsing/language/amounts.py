"""Printed numbers: sign, currency, scale and unit, as exact decimals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from ex99.parsing.language.currencies import MARK, NAMES, SIGNS, find_currency, parse_mark

# "$(1,234.5)", "(0.47)", "- 12", "12.5%", "1,234 (1)", "€ 12", "HK$ 3", "CHF (12)", "(8.0)%"
_AMOUNT = re.compile(
    rf"""
    (?P<open1>[(\[])?\s*(?P<minus1>[-–—−])?\+?\s*
    (?P<currency>{MARK})?\s*
    (?P<open2>[(\[])?\s*(?P<minus2>[-–—−])?\s*\$?\s*
    (?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d*)?|\d+(?:\.\d*)?|\.\d+)\s*
    (?P<close1>[)\]])?(?P<minus3>[-–−](?=\s*$))?\s*(?P<percent>%|pts?\.?|bps?|x|¢|pp|ppts?)?\s*(?P<close2>[)\]])?\s*
    (?P<note>[*†‡§]{{1,3}}|\(?[*†‡§]\)|\((?:\d|[a-z])\))?
    """,
    re.VERBOSE,
)
# "—", "$ -", "--", "- %"
_NIL = re.compile(rf"(?:{MARK}\s*)?(?:[-–—−]{{1,5}}\s*(?:%|pts?|bps?)?|nil)", re.IGNORECASE)
# "1,234" or "1234", with a dollar sign or without
_GROUPED = re.compile(r"\$?\s{0,14}(?:\d{1,3}(?:,\d{3})*|\d+)")
_MAX_DIGITS = 24


class Amount(NamedTuple):
    """A printed number. ``value`` carries its sign and no scale; ``decimals`` counts digits after the point.

    ``negative`` is told by parentheses or a minus; ``currency`` is an ISO code, or the plain sign where several currencies share it;
    ``mark`` is "%", "pts", "x" ... or None; ``nil`` a dash.
    """

    value: Decimal
    decimals: int = 0
    negative: bool = False
    currency: str | None = None
    mark: str | None = None
    nil: bool = False

    @property
    def plain(self) -> bool:
        """Whether it can be money, shares or a per-share figure: no percentage, no multiple."""
        return self.mark is None


@lru_cache(maxsize=8192)
def parse_amount(text: str) -> Amount | None:
    """Read a cell's number; None where the text is anything else ("n/m", "June 30")."""
    if len(text) > 40:
        return None
    plain = text.removeprefix("$").replace(",", "").strip()
    if plain.isdigit() and plain.isascii() and len(plain) <= _MAX_DIGITS and _GROUPED.fullmatch(text):
        return Amount(Decimal(plain), currency="$" if text[0] == "$" else None)
    match = _AMOUNT.fullmatch(text)
    if match is None:
        return Amount(Decimal(0), nil=True, mark="%" if "%" in text else None) if _NIL.fullmatch(text) else None
    digits = match["digits"].replace(",", "")
    if len(digits) > _MAX_DIGITS:
        return None
    negative = bool(match["open1"] or match["open2"] or match["minus1"] or match["minus2"] or match["minus3"])
    if negative and not (match["minus1"] or match["minus2"] or match["minus3"]) and not (match["close1"] or match["close2"]):
        return None
    value = Decimal(digits)
    decimals = len(digits.partition(".")[2])
    currency = match["currency"]
    return Amount(-value if negative and value else value, decimals, negative, currency and parse_mark(currency), match["percent"])


_THOUSAND, _MILLION, _BILLION, _TRILLION = Decimal(1000), Decimal(10**6), Decimal(10**9), Decimal(10**12)
SCALE_WORDS: dict[str, Decimal] = {
    "hundreds": Decimal(100),
    **dict.fromkeys(("thousands", "thousand", "000s", "000's", "000", "k"), _THOUSAND),
    **dict.fromkeys(("millions", "million", "mil", "mln", "mm", "m"), _MILLION),
    **dict.fromkeys(("billions", "billion", "bn", "b"), _BILLION),
    **dict.fromkeys(("trillions", "trillion", "t"), _TRILLION),
}


@dataclass(frozen=True, slots=True)
class Scale:
    """What a table's caption says of its numbers.

    ``money`` multiplies money; ``shares`` multiplies share counts, None where the caption leaves it open.
    ``currency`` is set where the caption names one.
    """

    money: Decimal
    shares: Decimal | None = None
    currency: str | None = None


# (in thousands, except per share data) | USD million | Dollars in Thousands | (000s omitted) | (millions of dollars) | $000 | RMB millions
# ($1000s)
_SCALE = re.compile(
    rf"""
    (?:\b(?:in|amounts?|dollars?)|{MARK}|\b(?:{NAMES.replace(" ", chr(92) + "s")}))\s+(?:u\.?s\.?\s+)?
        (?:{MARK}\s?|(?:u\.?s\.?\s+)?dollars\ in\s+)?(?P<in>thousands|millions|billions|000['’]?s)\b
    |(?:[{SIGNS}]\s?(?:in\s|and\ shares\ in\s)?|^\(?|[(;,:]\s?)(?P<bare>thousands|millions|billions)\b
    |[{SIGNS}]\s?1,?(?P<ones>000['’]?s)\b
    |(?<![\d,.])\(?[{SIGNS}]?\s?(?P<zeros>(?<![\d,.])000(?:['’]?s)?)(?:\s+omitted)?\)?
    |(?P<of>thousands|millions|billions)\s+of\s+(?:u\.?s\.?\s+)?(?:dollars|{MARK}|{NAMES.replace(" ", chr(92) + "s")})
    |[{SIGNS}]\s?(?P<mm>mm|m|bn|b|k)\b
    |{MARK}\s?(?P<one>thousand|million|billion)\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SCALED = re.compile(rf"thousand|million|billion|000|[{SIGNS}]\s?(?:m|b|k)", re.IGNORECASE)
# share amounts in thousands | shares in thousands | number of shares, which are reflected in thousands
_SHARES_IN = re.compile(
    r"\b(?:shares?|share\s(?:amounts?|data|counts?|numbers?)|number\sof\sshares)\b[^;)]{0,40}?\b(?:in|reflected\sin"
    r"|are\sin)\s(?P<scale>thousands|millions)",
    re.IGNORECASE,
)
# except share and per share data | except for number of shares
_SHARES_NOT = re.compile(
    r"(?:except|excluding)[^;)]{0,60}?\b(?:shares?(?!\s(?:or|and)?\s?per)\b(?!-)|number\sof\sshares|share\s(?:and|or|amounts|data"
    r"|counts))",
    re.IGNORECASE,
)
# dollars and shares in millions | amounts, except ..., and shares in thousands
_MONEY_TOO = re.compile(rf"dollars|amounts|[{SIGNS}]|data|money|\bin\s(?:thousands|millions)", re.IGNORECASE)
_PER_SHARE = re.compile(
    r"per[\s-](?:common\s|ordinary\s|diluted\s)?(?:share|unit)(?:\s(?:data|amounts?|information|figures?))?", re.IGNORECASE
)


@lru_cache(maxsize=4096)
def parse_scale(text: str) -> Scale | None:
    """The scale that a caption states: the first that is not said of shares alone; None where it states none."""
    if not _SCALED.search(text):
        return None
    shares = _SHARES_IN.search(text)
    share_scale = SCALE_WORDS[shares["scale"].lower()] if shares else None
    for match in _SCALE.finditer(text):
        word = _word_of(match)
        if shares is not None and shares.start() <= match.start() < shares.end() and not _MONEY_TOO.search(text, 0, shares.start()):
            continue
        if share_scale is None and _SHARES_NOT.search(_PER_SHARE.sub("", text)):
            share_scale = Decimal(1)
        return Scale(SCALE_WORDS[word], share_scale, find_currency(text))
    return None


def _word_of(match: re.Match[str]) -> str:
    """The scale's word, as SCALE_WORDS has it."""
    return str(next(filter(None, match.groupdict().values()))).lower().replace("’", "'")


def parse_count_scale(label: str) -> Decimal | None:
    """The scale that a row of share counts states of itself: "Average shares (in thousands)"."""
    match = _SCALE.search(label) if _SCALED.search(label) else None
    if match is None:
        return None
    return SCALE_WORDS[_word_of(match)]
