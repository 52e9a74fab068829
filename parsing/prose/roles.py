"""What a token is among its neighbours: a year before a metric is a period, a comparison without an amount only a word."""

from __future__ import annotations

from itertools import takewhile

from ex99.parsing.prose import lexicon
from ex99.parsing.prose.period_phrases import PeriodPhrase
from ex99.parsing.prose.tokens import Token
from ex99.parsing.rules import rule

YEAR_OF_METRIC = rule("prose.roles.year", "a year before a metric is its period")
SHARE_OF = rule("prose.roles.share_of", "a metric that only says what a percentage is of, or what was done", leaves_out=True)
MEASURED = rule("prose.roles.measured", "a period that only says what an amount is more or less than", leaves_out=True)
NO_COMPARISON = rule("prose.roles.no_comparison", "a comparison with a period that no amount follows", leaves_out=True)


_PASSIVE = frozenset(("was", "were", "on", "in", "by", "from"))
"""What follows a verb that only tells of what was done: "premiums earned were", "interest earned on"."""


def settle_roles(text: str, tokens: list[Token]) -> list[Token]:
    """Tell years, and make plain words of what carries no figure: "compared to last year, while ...", "34% of revenues"."""
    out = list(tokens)
    for index, token in enumerate(tokens):
        if token.kind == "word" and _is_year_of(tokens, index) and YEAR_OF_METRIC():
            year = PeriodPhrase(token.start, token.end, "year", year=int(token.text), bare=True)
            out[index] = token._replace(kind="period", period=year)
        elif token.kind == "metric" and _is_aside(tokens, index) and SHARE_OF():
            out[index] = token._replace(kind="connector", phrase=-1)
        elif token.kind == "period" and index and _is_measured_against(tokens, index) and MEASURED():
            out[index] = token._replace(kind="connector", period=None)
        if token.kind != "relation":
            continue
        period = next((i for i in range(index + 1, min(index + 4, len(tokens))) if tokens[i].kind in ("period", "amount", "metric")), None)
        if period is None or tokens[period].kind != "period":
            continue
        following = next((t for t in tokens[period + 1 :] if t.kind in ("amount", "metric", "relation", "break")), None)
        if (following is not None and _is_compared(text, tokens[period], following)) or not NO_COMPARISON():
            continue
        out[index] = token._replace(kind="connector")
        _dissolve(out, period)
    return out


def _dissolve(tokens: list[Token], first: int) -> None:
    """Make plain words of the periods that stand together from ``first`` on: "Q2 prior year"."""
    for index, token in enumerate(takewhile(lambda t: t.kind == "period", tokens[first:]), first):
        tokens[index] = token._replace(kind="connector", period=None)


def _is_compared(text: str, period: Token, following: Token) -> bool:
    """Whether a period of comparison has an amount, or a metric as its own: "last year's net income"."""
    return following.kind == "amount" or text[period.end : following.start].strip("’s' \n") == ""


def _is_year_of(tokens: list[Token], index: int) -> bool:
    """Whether a year stands before a metric: "2016 revenues", "2016 annual net income"."""
    if len(tokens[index].text) != 4 or tokens[index].text[:2] not in ("19", "20") or not tokens[index].text.isdigit():
        return False
    return _is_before_metric(tokens, index)


def _is_before_metric(tokens: list[Token], index: int) -> bool:
    following = next((t for t in tokens[index + 1 : index + 4] if t.text.lower() not in lexicon.PLAIN_MODIFIERS), None)
    return following is not None and following.kind == "metric"


def _is_measured_against(tokens: list[Token], index: int) -> bool:
    """Whether a period only says what an amount is more or less than: "a 3% increase over the prior quarter"."""
    return tokens[index - 1].text.lower() in lexicon.MEASURED_AGAINST and not _is_before_metric(tokens, index)


def _is_aside(tokens: list[Token], index: int) -> bool:
    """Whether a metric only says what a share is of, or by a verb what was done: "34% of revenues", "premiums earned increased"."""
    before = tokens[index - 1] if index else None
    verb = lexicon.METRIC_PHRASES[tokens[index].phrase].said.verb
    if verb and index + 1 < len(tokens) and (tokens[index + 1].kind == "delta" or tokens[index + 1].text.lower() in _PASSIVE):
        return True
    if before is not None and before.kind == "amount":
        return verb
    return before is not None and before.text == "of" and index > 1 and tokens[index - 2].kind == "percent"
