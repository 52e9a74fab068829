"""Ranges and points as guidance prints them: "$10.0 million to $11.0 million", "35 to 36 percent", "~$1.70 billion", "down 1% to up 3%"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from ex99.parsing.language.currencies import MARK, parse_mark, settle_currency

SCALES: dict[str, Decimal] = {
    "thousand": Decimal(1000),
    "thousands": Decimal(1000),
    "k": Decimal(1000),
    "million": Decimal(10**6),
    "millions": Decimal(10**6),
    "mm": Decimal(10**6),
    "m": Decimal(10**6),
    "mil": Decimal(10**6),
    "billion": Decimal(10**9),
    "billions": Decimal(10**9),
    "bn": Decimal(10**9),
    "b": Decimal(10**9),
    "trillion": Decimal(10**12),
    "t": Decimal(10**12),
}
_NUMBER = r"\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,4})?|\d{1,9}(?:\.\d{1,4})?|\.\d{1,4}"
_SIDE = (
    r"(?P<@approx>~\s?|approximately\s+|about\s+|roughly\s+|around\s+)?(?P<@way>(?:up|down|flat|negative|minus|positive|a\s+loss\s+of"
    r"|loss\s+of)\s+|[-+\u2212](?=[\d$.]))?"
    r"(?:approximately\s+|about\s+|roughly\s+)?(?P<@open>\(\s?)?(?P<@currency>"
    + MARK
    + r")?\s?(?P<@inner>\(\s?)?(?P<@number>"
    + _NUMBER
    + r")(?P<@plus>\+(?=\s?[MBmb])|-plus\b)?(?:\s?\)(?=[\s%]|$|[.,;\u2010-\u2015-]))?"
    r"(?:\s{0,40}(?P<@percent>%|percent\b(?!age\s+point)|per\s?cent\b)|\s{0,40}(?P<@points>percentage\s+points?|basis\s+points|bps\b"
    r"|points?\b)|\s{0,40}(?P<@cents>cents?\b|¢)|"
    r"(?:[\s-]{0,40}(?P<@scale>thousands?|millions?|billions?|trillion|mm|bn|mil\.?)(?!\w)|\s?(?P<@letter>[MBKT])(?![\w'&]))"
    r"|\s?(?P<@volume>(?:m{0,2}|b)(?:cfe?|boe|bbls?|bo|btu)(?:/d(?:ay)?|pd)?\b)|(?P<@slash>/[A-Za-z]{1,8}))?(?:\s?\))?"
)
_JOIN = (
    r"(?:\s?\((?:approximately\s)?(?:US|U\.S\.)\$[^()]{1,30}\))?"
    r"\s*(?:to|and|[-\u2010-\u2015\u2212]{1,2}|or)\s*(?:a\s+(?:profit|gain|loss)\s+of\s+)?"
)
# `between $10.0 million and $11.0 million`, `$.16 to $.17`, `8%-10%`, `at least $4.0 billion`
_RANGE = re.compile(
    r"(?<![\w.$,/(-])(?P<between>between\s+(?:a\s+)?)?"
    + _SIDE.replace("@", "a")
    + r"(?:(?P<join>"
    + _JOIN
    + r")"
    + _SIDE.replace("@", "b")
    + r")?"
    r"(?:\s*+(?:,\s*+)?(?P<share>(?:per|a)\s+(?:(?:fully[\s-]|diluted|basic|common|ordinary|and|GAAP|non-GAAP|unit"
    r"|class\s+\w)\s*){0,4}(?:share|unit|ads)\b))?(?:\s?(?P<per>/[A-Za-z]+|per\s+[A-Za-z]+))?",
    re.IGNORECASE,
)
# `at least `, `to exceed `, `more than `: what opens a range on one side, right before it
_LOW_ONLY = re.compile(
    r"(?:(?:at least|no less than|not less than|minimum of|at or above|or better than|exceed(?:s|ing)?|in excess of"
    r"|more than|greater than|north of|upwards of)\s+(?:an?\s+)?|[>\u2265]\s?)$",
    re.IGNORECASE,
)
# `no more than `, `less than the `
_HIGH_ONLY = re.compile(
    r"(?:(?:up to|no more than|not more than|not (?:to )?exceed(?:ing)?|less than|below|under|at most|maximum of"
    r"|not greater than|fewer than)\s+(?:a\s+|the\s+)?|[<\u2264]\s?)$",
    re.IGNORECASE,
)
# `in the range of `: before two bounds that "and" joins
_RANGE_OF = re.compile(r"\brang(?:e|ing)\s+(?:of|from)\s+$", re.IGNORECASE)
# ` or more`, `+`: what opens it behind
_OR_MORE = re.compile(r"\+|,?\s+or\s+(?:more|better|higher|greater|above)\b", re.IGNORECASE)
# `flat to ` before "up 2%", ` to flat` behind "down 2%"
_FLAT_TO = re.compile(r"\bflat\s+to\s+$", re.IGNORECASE)
_TO_FLAT = re.compile(r"\s+to\s+(?:\w+\s+)?flat\b", re.IGNORECASE)
_OPENING_CHARS = 24
_FIRST = ("anumber", "apercent", "apoints", "acents", "ascale", "aletter", "aslash", "avolume")
"""The groups that a range's first side ends with."""
_TIMES = frozenset({"year", "annum", "quarter", "month", "day"})
# `per ton`, `/Bbl`: what stands before a unit
_PER = re.compile(r"^(?:per\b|/)\s*", re.IGNORECASE)
# `2004`: a number that is a year
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Range:
    """A range or point at text[start:end], in units; ``low`` or ``high`` is None where it is open.

    ``unit`` is USD, USD/share, percent, another currency, USD/Bbl ..., or "" where none is printed.
    """

    start: int
    end: int
    low: Decimal | None
    high: Decimal | None
    unit: str


def find_ranges(text: str, start: int = 0, end: int | None = None) -> Iterator[Range]:
    """The ranges and points of text[start:end]: amounts with a currency, percent sign or scale, and numbers joined by "to"."""
    stop = len(text) if end is None else end
    at = start
    while (match := _RANGE.search(text, at, stop)) is not None:
        two = match["bnumber"] is not None and _joins(match)
        at = match.end() if two else _end_of_first(match)
        found = _read(text, match, start, two=two)
        if found is not None:
            yield found
            at = max(at, found.end)


def _read(text: str, match: re.Match[str], begin: int, *, two: bool) -> Range | None:
    unit = _unit(match, two)
    if unit is None:
        return None
    first = _side(match, "a")
    second = _side(match, "b") if two else first
    if first is None or second is None:
        return None
    if two:
        first = _same_scale(match, first)
    end = match.end() if two or match["bnumber"] is None else _end_of_first(match)
    low, high = (first, second) if first <= second else (second, first)
    if two:
        return Range(match.start(), end, low, high, unit)
    if match["aplus"] is not None:
        return Range(match.start(), end, low, None, unit)
    before = text[max(begin, match.start() - _OPENING_CHARS) : match.start()]
    return _opened(text, Range(match.start(), end, low, high, unit), re.sub(r"\s+", " ", before))


def _opened(text: str, point: Range, before: str) -> Range:
    """A point as the range that the words beside it make of it: open on one side, or from or to "flat"."""
    if _HIGH_ONLY.search(before):
        return replace(point, low=None)
    if _LOW_ONLY.search(before) or _OR_MORE.match(text, point.end):
        return replace(point, high=None)
    if point.unit == "percent" and point.low is not None and (_FLAT_TO.search(before) or _TO_FLAT.match(text, point.end)):
        return replace(point, low=min(point.low, Decimal(0)), high=max(point.low, Decimal(0)))
    return point


def _joins(match: re.Match[str]) -> bool:
    """Whether the two numbers make one range: "and" only after "between", "or" never."""
    join = match["join"].strip().lower().split()
    word = join[0] if join else ""
    if word == "or":
        return False
    if word == "and":
        return (
            match["between"] is not None
            or _RANGE_OF.search(match.string, max(0, match.start() - _OPENING_CHARS), match.start()) is not None
        )
    if match["apercent"] and match["bcurrency"]:
        return False
    return not (match["acurrency"] and match["bpercent"])


def _end_of_first(match: re.Match[str]) -> int:
    return max(match.end(group) for group in _FIRST if match[group] is not None)


def _unit(match: re.Match[str], two: bool) -> str | None:
    sides = ("a", "b") if two else ("a",)

    def printed(part: str) -> str | None:
        return next((found for side in sides if (found := match[side + part])), None)

    currency = printed("currency")
    code = None if currency is None else settle_currency(parse_mark(currency))
    if printed("percent") or printed("points"):
        return "percent" if printed("percent") else None
    if match["share"] is not None or printed("cents"):
        return f"{code or 'USD'}/share"
    if code:
        return f"{code}/{per}" if (per := _per(match)) and per not in _TIMES else code
    if printed("volume") or printed("scale") or printed("letter"):
        return printed("volume") or ""
    return "" if two and not all(_YEAR.fullmatch(match[side + "number"]) for side in sides) else None


def _side(match: re.Match[str], side: str) -> Decimal | None:
    try:
        value = Decimal(match[side + "number"].replace(",", ""))
    except InvalidOperation:
        return None
    if match[side + "cents"] or (match["bcents"] and match["bnumber"] and side == "a" and not match["acurrency"]):
        value /= 100
    value *= SCALES.get((match[side + "scale"] or match[side + "letter"] or "").lower().rstrip("."), Decimal(1))
    way = (match[side + "way"] or "").strip().lower()
    if side == "b" and not way and not _is_gain(match["join"]):
        way = _lasting(match["away"])
    closed = match[side + "open"] or match[side + "inner"]
    aside = (
        match[side + "open"] and match[side + "scale"] and ")" not in match.string[match.end(side + "number") : match.start(side + "scale")]
    )
    bracketed = closed is not None and ")" in match.group() and not aside
    return -value if way.startswith(("down", "negative", "minus", "-", "\u2212", "a loss", "loss")) or bracketed else value


def _is_gain(join: str) -> bool:
    return "profit" in join or "gain" in join


def _lasting(way: str | None) -> str:
    """The direction of a first bound that holds for the second as well: "down 3 to 5 percent", "a loss of $4 million to $7 million"."""
    way = (way or "").strip().lower()
    return way if way.startswith(("down", "loss", "a loss")) else ""


def _same_scale(match: re.Match[str], first: Decimal) -> Decimal:
    """The first bound of "$6.0 to $6.2 billion" in the second one's scale."""
    scale = match["bscale"] or match["bletter"]
    if scale is None or match["ascale"] or match["aletter"]:
        return first
    return first * SCALES.get(scale.lower().rstrip("."), Decimal(1))


def _per(match: re.Match[str]) -> str:
    """What the amounts are per, other than a share: "Bbl" of "/Bbl", "ton" of "per ton"; "" where nothing is printed."""
    found: str = match["bslash"] or match["aslash"] or match["per"] or ""
    return _PER.sub("", found.strip())
