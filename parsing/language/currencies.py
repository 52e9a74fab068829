"""The currencies of releases, a record each: the marks that stand beside amounts, and the names that captions and column heads use."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from ex99.parsing.language.screened import Screened


class Currency(NamedTuple):
    """A currency by its ISO code.

    ``sign`` is the plain sign that amounts bear where the currency goes without saying, and which other currencies may share; each of
    ``marks`` means this one alone; ``names`` is a pattern over words in lower case.
    """

    code: str
    sign: str
    marks: tuple[str, ...]
    names: str


CURRENCIES: tuple[Currency, ...] = (
    Currency("USD", "$", ("US$", "U.S.$", "USD"), r"u\.?s\.? dollars?|united states dollars?"),
    Currency("EUR", "€", ("€", "EUR", "Euro", "euro"), r"euros?"),
    Currency("GBP", "£", ("£", "GBP", "UK£"), r"(?:british )?pounds?(?: sterling)?"),
    Currency("JPY", "¥", ("JPY", "JP¥"), r"(?:japanese )?yen"),
    Currency("CNY", "¥", ("RMB", "CNY", "CN¥"), r"renminbi|(?:chinese )?yuan"),
    Currency("CAD", "$", ("C$", "CA$", "CAD", "Cdn", "CDN"), r"canadian dollars?"),
    Currency("AUD", "$", ("A$", "AU$", "AUD"), r"australian dollars?"),
    Currency("NZD", "$", ("NZ$", "NZD"), r"new zealand dollars?"),
    Currency("HKD", "$", ("HK$", "HKD"), r"hong kong dollars?"),
    Currency("TWD", "$", ("NT$", "TWD", "NTD"), r"new taiwan dollars?"),
    Currency("SGD", "$", ("S$", "SGD"), r"singapore dollars?"),
    Currency("BRL", "$", ("R$", "BRL"), r"brazilian reais|reais"),
    Currency("MXN", "$", ("Ps.", "MX$", "MXN"), r"mexican pesos?"),
    Currency("CHF", "", ("CHF", "SFr."), r"swiss francs?"),
    Currency("INR", "₹", ("₹", "INR", "Rs."), r"(?:indian )?rupees?"),
    Currency("ILS", "₪", ("₪", "NIS", "ILS"), r"(?:new )?israeli (?:new )?shekels?"),
    Currency("KRW", "₩", ("₩", "KRW"), r"korean won"),
    Currency("SEK", "", ("SEK",), r"swedish kron(?:or|a)"),
    Currency("NOK", "", ("NOK",), r"norwegian kroner?"),
    Currency("DKK", "", ("DKK",), r"danish kroner?"),
    Currency("ZAR", "", ("ZAR",), r"south african rand"),
)
CODES = frozenset(currency.code for currency in CURRENCIES)
SIGNS = "".join(dict.fromkeys(currency.sign for currency in CURRENCIES))
"""Every plain sign, for a class of characters."""
GOES_WITHOUT_SAYING = "USD"

_CODE_OF = {mark: currency.code for currency in CURRENCIES for mark in currency.marks}
_SIGN_OF = {currency.code: currency.sign for currency in CURRENCIES}
_DEFAULT_OF = {currency.sign: currency.code for currency in reversed(CURRENCIES)}


def _spelled(mark: str) -> str:
    """A mark as a pattern: "HK$" and "HK $", "CAD" and "CAD $"."""
    if mark[-1] in SIGNS:
        return rf"{re.escape(mark[:-1])}\s?{re.escape(mark[-1])}" if len(mark) > 1 else re.escape(mark)
    return rf"{re.escape(mark)}(?:\s{{0,3}}[{SIGNS}]|(?![A-Za-z]))"


_ALONE = "|".join(_spelled(mark) for mark in sorted(_CODE_OF, key=len, reverse=True))
MARK = rf"(?-i:(?<![A-Za-z])(?:{_ALONE})|[{SIGNS}])"
"""A pattern of what may stand right before an amount: "$", "US$", "RMB", "C $"."""
# RMB | US$ | C $
LETTERED = re.compile("|".join(_spelled(mark) for mark in _CODE_OF if mark not in SIGNS))
"""A screen for MARK, which is much dearer to search for: any mark that is no plain sign, or letters that look like one."""
FIRST_LETTERS = frozenset(mark[0] for mark in _CODE_OF if mark[0].isalpha())
"""What marks that are no plain sign begin with."""
NAMES = "|".join(currency.names for currency in CURRENCIES)
"""A pattern of their names in lower case: "canadian dollars"."""
# RMB | US$ | Canadian dollars, in a caption or over a column
NAMED = re.compile(
    "|".join(
        rf"(?P<{c.code}>\b(?i:{c.names})\b|(?<![A-Za-z])(?:{'|'.join(map(_spelled, sorted(c.marks, key=len, reverse=True)))}))"
        for c in CURRENCIES
    )
)
# ¥ in a caption that names no currency
_SIGN = re.compile(f"[{SIGNS.replace('$', '')}]")
_NAMES = Screened(NAMES)


def find_currency(text: str) -> str | None:
    """The currency that a caption or column head names first, as ISO code; else a sign that several share ("¥"); else None."""
    sign = _SIGN.search(text)
    if sign is None and LETTERED.search(text) is None and not _NAMES.may_match(text.lower()):
        return None
    match = NAMED.search(text)
    if match is not None:
        return match.lastgroup
    return None if sign is None else sign.group()


@lru_cache(maxsize=256)
def parse_mark(printed: str) -> str:
    """What a match of MARK says: an ISO code, or the plain sign that several currencies share ("$", "¥")."""
    mark = printed.replace(" ", "").replace("\u00a0", "")
    return _CODE_OF.get(mark) or _CODE_OF.get(mark.rstrip(SIGNS)) or mark


def settle_currency(*told: str | None) -> str:
    """The ISO code of an amount, told by its own mark and then by its surroundings, nearest first.

    A shared sign means what the surroundings name where they name one of its currencies: "$" under "in Canadian dollars" is CAD.
    """
    sign = None
    for word in told:
        if word in _SIGN_OF and (sign is None or _SIGN_OF[word] == sign):
            return word
        if word in _DEFAULT_OF:
            sign = sign or word
    return _DEFAULT_OF[sign] if sign else GOES_WITHOUT_SAYING
