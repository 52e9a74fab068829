"""A sentence as tokens: amounts, metrics, periods, relations and the words between them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal, NamedTuple

from ex99.parsing.language.amounts import SCALE_WORDS
from ex99.parsing.language.calendar_words import NUMBER_WORDS
from ex99.parsing.language.currencies import FIRST_LETTERS, MARK, SIGNS, parse_mark
from ex99.parsing.prose import lexicon
from ex99.parsing.prose.period_phrases import FIRST_WORDS, PERIOD, PeriodPhrase, read_phrase

Kind = Literal["amount", "metric", "period", "relation", "percent", "delta", "spoiler", "word", "connector", "break"]

_PER = (
    r"(?:(?:,?\s{0,3}(?:per|a)\s{1,9}|/)(?P<mark>(?:(?:fully[\s-]|diluted|basic|common|ordinary|outstanding|and|,)\s{0,9}){0,6})shares?(?:\b|(?=\d{1,2}\b))"
    r"(?P<after>,?\s{0,9}\(?(?:on\s{1,9}a\s{1,9})?(?:(?:fully[\s-]{1,9})?diluted|basic\s{1,9}and\s{1,9}(?:fully[\s-])?diluted|basic)(?:\s{1,9}basis)?\)?"
    r"|,?\s{1,9}assuming\s{1,9}dilution)?)"
)
# $4.1 million | ($828,000) | $(0.10) | 25 cents a share | $0.78 per diluted share | 2.03 per share | -$5 million
_AMOUNT = re.compile(
    rf"""
    (?P<open>[(\-\u2212\u2013]?\s?)
    (?:(?P<currency>{MARK})\s{{0,3}}(?P<inner>[(\-\u2212]?)\s?)?
    (?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)
    (?P<close>\s?\))?
    (?:\s{{0,9}}(?P<cents>cents?\b|¢)|(?:[\s-]{{0,9}})(?P<scale>thousand|million|billion|trillion|mil|mln|mm|bn|[MBK])\b\)?)?[*†]{{0,3}}
    (?:{_PER}|\s{{1,3}}(?P<eps>(?:(?:fully\s)?(?:diluted|basic)\s{{1,3}})?(?:net\s)?(?:earnings|income|loss)\s{{1,3}}per\s(?:\w+\s){{0,2}}share\b))?
    """,
    re.VERBOSE | re.IGNORECASE,
)
# RMB 4 | HK$1.2
_CODE = re.compile(rf"{MARK}\s{{0,3}}[(\d.\-\u2212]")
_OPENS_NUMBER = frozenset(f"{SIGNS}(.-\u2212\u2013")
# negative $4 million
_NEGATIVE = re.compile(r"negative\s{1,3}")
# one cent per share | five cents a share
_WORDED = re.compile(rf"(?P<count>{'|'.join(sorted(NUMBER_WORDS, key=len, reverse=True))})\s{{1,9}}cents?\b{_PER}?", re.IGNORECASE)
# 8.4 percent | 110 basis points
_PERCENT = re.compile(
    r"\(?[-+\u2212]?\d+(?:\.\d+)?\s{0,3}(?:%|per\s?cent\b|percentage\s+points?|basis\s+points?|bps\b|points?\b|x\b)\)?", re.IGNORECASE
)
# a clause of its own begins
_CLAUSE = re.compile(r"(?<![\w-])(?:while|whereas)\b")
# what tells which patterns are worth trying: "third" of "third-quarter", "2" of "2q"
_FIRST_WORD = re.compile(r"[a-z]+|\d")
# words, with their inner marks: company's, year-over-year, U.S.
_WORD = re.compile(r"[A-Za-z][\w.&’'-]*")
# per barrel, a ton: another unit than a share
_OTHER_UNIT = re.compile(
    r"\s{0,3}(?:per|a|an|/)\s{1,9}(?!year\s{1,9}(?:ago|earlier|before)|(?:in|de)crease|improvement|decline|gain|rise)[A-Za-z]|/\w",
    re.IGNORECASE,
)
# what stands between two tokens
_SPACE = re.compile(r"(?:[\s,:\"'“”’)]|\.(?!\d))*")
# (based on adjusted net income), (13 weeks): words in parentheses without a number but a count of weeks
_ASIDE = re.compile(r"\((?:(?!loss|non-?GAAP|GAAP)[^()\d$;]{3,90}|\d{1,2}[ -]weeks?|(?P<note>\d|[a-z]))\)", re.IGNORECASE)
# the bullet of a typewritten list: `o   Net income was`
_BULLET = re.compile(r"[o\u00a7]\s{1,20}(?=[A-Z\d$])")
_KINDS: dict[str, Kind] = {
    **dict.fromkeys(lexicon.CONNECTORS, "connector"), **dict.fromkeys(lexicon.SPOILERS, "spoiler"),
    **dict.fromkeys(lexicon.DELTA_WORDS, "delta"),
}  # fmt: skip
_CENT = Decimal("0.01")
_MINUS = {"-", "\u2212"}
_BREAKS = ";\u2022\u2014"


@dataclass(frozen=True, slots=True)
class SaidAmount:
    """A number with a unit: ``precision`` is what its last printed digit counts; ``mark`` is basic, diluted or both.

    Zeros at the end of a whole number are not counted as printed: "$300 million" may be 302.5.
    ``currency`` is an ISO code, or the plain sign where several currencies share it.
    """

    value: Decimal
    precision: Decimal
    currency: str
    per_share: bool
    mark: str | None = None
    negative: bool = False


class Token(NamedTuple):
    """A piece of a sentence; offsets are those of the canonical text."""

    kind: Kind
    start: int
    end: int
    text: str
    amount: SaidAmount | None = None
    period: PeriodPhrase | None = None
    phrase: int = -1


def tokenize(text: str, lower: str, start: int, end: int) -> list[Token]:
    """The tokens of text[start:end] from left to right; ``lower`` is the text in lower case."""
    tokens: list[Token] = []
    bullet = _BULLET.match(text, start, end)
    at = bullet.end() if bullet else start
    while True:
        space = _SPACE.match(text, at, end)
        at = space.end() if space else at
        if at >= end:
            break
        aside = _ASIDE.match(text, at, end) if text[at] == "(" else None
        if aside is not None and not (aside["note"] and _defined_elsewhere(tokens)):
            at = aside.end()
            continue
        token = _next(text, lower, at, end)
        if token is None:
            at += 1
            continue
        at = token.end
        if not _is_note(text, tokens, token):
            tokens.append(token)
        if token.kind == "period":
            _compare_in_brackets(text, tokens)
    return tokens


def _is_note(text: str, tokens: list[Token], token: Token) -> bool:
    """Whether a digit is the mark of a note on the measure before it: "Adjusted EBITDA 1 was", "Funds from Operations (FFO)2 for"."""
    if token.kind != "word" or len(token.text) != 1 or not token.text.isdigit() or not tokens or tokens[-1].kind != "metric":
        return False
    return not _defined_elsewhere(tokens) and text[tokens[-1].end : token.start].strip('()"”“ ') == ""


def _compare_in_brackets(text: str, tokens: list[Token]) -> None:
    """Brackets that hold another period's amount compare: "sales were $5 million ($4 million in 2016)", "(Q3 2016: $4 million)"."""
    last = tokens[-1]
    after = text[last.end : last.end + 1]
    before = next((i for i in range(len(tokens) - 2, 0, -1) if tokens[i].kind != "connector"), 0)
    if after == ")" and before and tokens[before].kind == tokens[before - 1].kind == "amount" and tokens[before].text.startswith("("):
        tokens.insert(before, Token("relation", tokens[before].start, tokens[before].start, ""))
    elif after == ":" and text[last.start - 1 : last.start] == "(":
        tokens.insert(-1, Token("relation", last.start, last.start, ""))


def _defined_elsewhere(tokens: list[Token]) -> bool:
    """Whether a note hangs on a plain measure, "Total operating revenue(1)", that it makes another one."""
    if not tokens or tokens[-1].kind != "metric":
        return False
    named = [t.text.lower() for t in tokens[-4:-1]]
    adjusted = any(word in lexicon.NONGAAP_WORDS for word in named)
    return not adjusted and lexicon.METRIC_PHRASES[tokens[-1].phrase].measure not in lexicon.OWN_MEASURES


def _next(text: str, lower: str, at: int, end: int) -> Token | None:
    char = text[at]
    if char in _BREAKS:
        return Token("break", at, at + 1, char)
    clause = _CLAUSE.match(lower, at, end) if char in "wW" else None
    if clause is not None:
        return Token("break", at, clause.end(), text[at : clause.end()])
    before = text[at - 1] if at else " "
    if before.isalnum() and (char.isalnum() or char in "-("):
        return None
    found = _FIRST_WORD.match(lower, at, end)
    first = found.group() if found is not None else ""
    period = PERIOD.match(lower, at, end) if first in FIRST_WORDS else None
    if period is not None:
        phrase = read_phrase(period)
        if phrase is not None:
            return Token("period", at, period.end(), text[at : period.end()], period=phrase)
    if char.isdigit() or char in _OPENS_NUMBER:
        return _read_number(text, at, end)
    coded = _read_number(text, at, end) if char in FIRST_LETTERS and _CODE.match(text, at, end) else None
    return coded or _read_word(text, lower, at, end, first)


def _read_number(text: str, at: int, end: int) -> Token | None:
    percent = _PERCENT.match(text, at, end)
    if percent is not None:
        return Token("percent", at, percent.end(), percent.group())
    match = _AMOUNT.match(text, at, end)
    if match is None:
        return None
    amount = _amount(text, match, end)
    if amount is None:
        return Token("word", at, match.end("number"), match["number"])
    return Token("amount", at, match.end(), match.group(), amount=amount)


def _amount(text: str, match: re.Match[str], end: int) -> SaidAmount | None:
    """The amount of a match; None for a bare number ("ISO 9001", "12 stores") and for other units ("$1.57 per barrel")."""
    per_share = match["mark"] is not None or match["eps"] is not None
    if not (match["currency"] or match["cents"] or per_share):
        return None
    if not per_share and _OTHER_UNIT.match(text, match.end(), end):
        return None
    digits = match["number"].replace(",", "")
    number = Decimal(digits)
    exponent = (SCALE_WORDS[match["scale"].lower()].adjusted() if match["scale"] else 0) - (2 if match["cents"] else 0)
    decimals = len(digits.partition(".")[2])
    precision = Decimal(1).scaleb(exponent - decimals if decimals else exponent + _zeros(digits))
    currency = parse_mark(match["currency"] or "$")
    negative = _is_negative(text, match, per_share)
    per_share = per_share or bool(match["cents"])
    return SaidAmount(number.scaleb(exponent), precision, currency, per_share, _mark(match), negative)


def _is_negative(text: str, match: re.Match[str], per_share: bool) -> bool:
    """Whether an amount is below nothing: in parentheses, behind a minus, or with a loss a share ("$1.05 diluted loss per share")."""
    opened, inner = match["open"].strip(), match["inner"] or ""
    closed = match["close"] is not None or (opened == "(" and not per_share and text[match.end() - 1] == ")")
    if closed and "(" in (opened, inner):
        return True
    return not {match["open"], inner}.isdisjoint(_MINUS) or "loss" in (match["eps"] or "").lower()


def _worded(match: re.Match[str]) -> SaidAmount:
    """ "One cent per share" as an amount."""
    cents = Decimal(NUMBER_WORDS[match["count"].lower()])
    return SaidAmount(cents.scaleb(-2), _CENT, "$", True, read_mark(f"{match['mark'] or ''} {match['after'] or ''}"))


def _zeros(digits: str) -> int:
    return len(digits) - len(digits.rstrip("0")) if digits.strip("0") else 0


def _mark(match: re.Match[str]) -> str | None:
    words = f"{match['mark'] or ''} {match['after'] or ''} {match['eps'] or ''}".lower()
    return read_mark(words)


def read_mark(words: str) -> str | None:
    """basic, diluted or both, as words around a per-share amount say; None where they do not."""
    diluted = "dilut" in words.lower()
    basic = "basic" in words.lower()
    return "both" if diluted and basic else "diluted" if diluted else "basic" if basic else None


def _read_word(text: str, lower: str, at: int, end: int, first: str) -> Token | None:
    if first in NUMBER_WORDS and (worded := _WORDED.match(text, at, end)) is not None:
        return Token("amount", at, worded.end(), worded.group(), amount=_worded(worded))
    below = _NEGATIVE.match(lower, at, end) if first == "negative" else None
    number = _read_number(text, below.end(), end) if below else None
    if number is not None and number.amount is not None:
        return number._replace(start=at, text=text[at : number.end], amount=replace(number.amount, negative=True))
    relation = lexicon.RELATIONS.match(lower, at, end) if first in lexicon.RELATION_WORDS else None
    if relation is not None:
        return Token("relation", at, relation.end(), text[at : relation.end()])
    metric = lexicon.METRIC.match(lower, at, end, first)
    if metric is not None and not text[metric.end : metric.end + 1].isalpha():
        behind = next((m for p in lexicon.BEHIND if (m := p.match(lower, metric.end, end))), None)
        stop = behind.end() if behind else metric.end
        return Token("metric", at, stop, text[at:stop], phrase=metric.phrase)
    word = _WORD.match(text, at, end)
    if word is None:
        return None
    plain = lower[at : word.end()].rstrip(".")
    return Token(_KINDS.get(plain, "word"), at, word.end(), word.group())
