"""Topics: which metric a phrase names together with the words around it, and what an amount means under it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ex99.parsing.prose import lexicon
from ex99.parsing.prose.period_phrases import PeriodPhrase
from ex99.parsing.prose.tokens import Token, read_mark
from ex99.parsing.rules import rule

# words that make a metric another one: `revenue growth`, `operating income margin`, `sales guidance`
_OTHER_AFTER = re.compile(
    r"\s{1,9}(?:growth|margins?|guidance|outlook|forecasts?|targets?|mix|backlog|estimates?|expectations?|recognition|run|base|multiple|before|per\b|tax"
    r"|from\s{1,9}discontinued|on\s{1,9}(?:sale|investment|extinguish)|excluding|ratio|release|call|performance|volumes?)",
    re.IGNORECASE,
)
_PAIRING = lexicon.PLAIN_MODIFIERS | lexicon.NONGAAP_WORDS | {"and"}
_BASES = lexicon.NONGAAP_WORDS | {"forma", "gaap"}
_MAX_PER_SHARE = 10_000


OTHER_MEASURE = rule("prose.topics.other_measure", "words behind a metric make it another measure: growth, margin", leaves_out=True)
COORDINATED = rule("prose.topics.coordinated", "the second metric of a pair whose amounts come in a list", leaves_out=True)
A_PART = rule("prose.topics.part", "a word before a metric makes it a part or another measure", leaves_out=True)


@dataclass(frozen=True, slots=True)
class Topic:
    """What a stretch of a sentence speaks of: a row of METRIC_PHRASES, its basis (None where unsaid), sign and EPS mark."""

    phrase: int
    basis: str | None
    sign: int
    mark: str | None


@dataclass(slots=True)
class Group:
    """An amount bound to a topic; ``segment`` 0 is what is reported, later ones are what it is compared with."""

    topic: Topic
    token: Token
    index: int
    segment: int
    sure: bool
    rough: bool
    period: PeriodPhrase | None = None


_TOUCHING = " \t\n\r\u00a0-“\"'"


def read_topic(text: str, tokens: list[Token], index: int, *, listed: bool = False) -> Topic | None:
    """The topic of a metric token with the words before it; None where they make it a part or another measure ("International revenue").

    Only a ``listed`` metric may be the second of a pair.
    """
    token = tokens[index]
    if _is_other(text, tokens, index, listed=listed):
        return None
    phrase = lexicon.METRIC_PHRASES[token.phrase]
    lower = token.text.lower()
    basis = _told_basis(lower) or phrase.said.basis
    words = [token.text]
    # "Diluted (loss) earnings per share": its bracket belongs to it
    right = token.start - lower.startswith("loss)")
    before = [] if phrase.said.verb else list(_before(tokens, index))
    for position, previous in enumerate(before):
        if text[previous.end : right].strip(_TOUCHING):
            break
        word = previous.text.lower().strip(".,'’")
        if word in _BASES:
            basis = (basis or "gaap") if word == "gaap" else "nongaap"
        elif word == "and" and position + 1 < len(before) and read_mark(before[position + 1].text):
            pass
        elif previous.kind in ("period", "percent", "relation") or word in lexicon.FUNCTION_WORDS:
            if previous.period is None or previous.period.duration == "instant":
                break
        elif word in lexicon.PLAIN_MODIFIERS or word.endswith(("'s", "’s", "s'", "s’")):
            pass
        elif previous.kind in ("connector", "delta", "spoiler", "amount", "metric", "break"):
            break
        elif A_PART():
            return None
        words.append(previous.text)
        right = previous.start
    if _is_less(token, phrase.per_share, basis):
        return None
    return Topic(token.phrase, basis, phrase.said.sign, read_mark(" ".join(words)))


def _told_basis(name: str) -> str | None:
    """The basis that words behind a measure, in lower case, tell."""
    return "nongaap" if lexicon.LEFT_OUT.search(name) else "gaap" if lexicon.AS_GAAP.search(name) else None


def _is_less(token: Token, per_share: str | None, basis: str | None) -> bool:
    """Whether a measure is another one than its name says: FFO as adjusted, net income from continuing operations."""
    if per_share == "ffo_per_share":
        return basis is not None
    whole = per_share != "eps" or basis == "nongaap" or lexicon.METRIC_PHRASES[token.phrase].money == "operating_income"
    return not whole and lexicon.CONTINUING.search(token.text.lower()) is not None and OTHER_MEASURE()


def _is_other(text: str, tokens: list[Token], index: int, *, listed: bool) -> bool:
    """Whether what follows a metric makes it another measure, or what precedes it the second of a pair."""
    if _OTHER_AFTER.match(text, tokens[index].end) and OTHER_MEASURE():
        return True
    return not listed and is_coordinated(tokens, index) and COORDINATED()


def _before(tokens: list[Token], index: int) -> Iterator[Token]:
    """The tokens before a metric that may belong to its name, nearest first: a few, no further than "its" or "the"."""
    for token in reversed(tokens[max(0, index - 6) : index]):
        yield token
        if token.text.lower() in lexicon.DETERMINERS:
            return


def is_coordinated(tokens: list[Token], index: int) -> bool:
    """Whether a metric is the second of a pair, "sales and net income were ...", whose amounts come in a list that is not untied."""
    position = index - 1
    while position >= 0 and tokens[position].kind in ("connector", "word") and tokens[position].text.lower() in _PAIRING:
        position -= 1
    return 0 <= position < index - 1 and tokens[position].kind == "metric" and tokens[position + 1].text.lower() == "and"


def metrics_of(topic: Topic, token: Token) -> tuple[str, ...]:
    """The metrics an amount gives under a topic: none, one, or both kinds of EPS where neither is named."""
    amount, phrase = token.amount, lexicon.METRIC_PHRASES[topic.phrase]
    if amount is None:
        return ()
    per_share = amount.per_share or (phrase.money is None and phrase.per_share is not None and abs(amount.value) < _MAX_PER_SHARE)
    if not per_share:
        # adjusted net income attributable to the company is its adjusted net income
        money = "net_income" if topic.basis == "nongaap" and phrase.money == "net_income_to_common" else phrase.money
        return () if money is None or amount.value < 1000 else (money,)
    if phrase.per_share is None:
        return ()
    if phrase.per_share != "eps":
        return (phrase.per_share,)
    mark = amount.mark or topic.mark
    return ("eps_basic", "eps_diluted") if mark in (None, "both") else (f"eps_{mark}",)
