"""The grammar of a results sentence: which amount belongs to which metric, and which period to both."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise

from parsing.prose import lexicon
from parsing.prose.period_phrases import PeriodPhrase
from parsing.prose.tokens import Token, read_mark

# `$2.71 on a GAAP basis`
_BASIS_AFTER = re.compile(r"\s{1,9}on\s{1,9}(?:a|an)\s{1,9}(?P<basis>GAAP|non-?GAAP|adjusted|pro\s?forma|core)\s{1,9}basis", re.IGNORECASE)
# words that make a metric another one: `revenue growth`, `operating income margin`, `sales guidance`
_OTHER_AFTER = re.compile(
    r"\s{1,9}(?:growth|margins?|guidance|outlook|forecasts?|targets?|mix|backlog|estimates?|expectations?|recognition|run|base|multiple|before|per\b|tax"
    r"|from\s{1,9}(?:continuing|discontinued)|on\s{1,9}(?:sale|investment|extinguish)|excluding|ratio|release|call|performance|volumes?)",
    re.IGNORECASE,
)
# a segment, a source or a place narrows an amount: `$9.8 million in Europe`, `$5 million from product sales`
_NARROWS = re.compile(
    r",?\s{1,9}(?:in|from|of|by|at|attributable|related)\s{1,9}(?!the\s{1,9}(?:quarter|period|year|prior|same))[A-Za-z]", re.IGNORECASE
)
# the amount is a difference: `$29 million (2.9 percent) lower`
_DELTA_AFTER = re.compile(
    r"\s{1,3}(?:\([^()]{1,30}\)\s{1,3})?(?:higher|lower|more|less|above|below|better|worse|increase|decrease|decline|improvement|favorable|unfavorable)\b",
    re.IGNORECASE,
)
_NEAR_RELATION = 5
_MAX_PER_SHARE = 10_000


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


@dataclass(slots=True)
class Sentence:
    """A sentence read: its bound amounts, and the topics it leaves for a following "This compares to ..."."""

    groups: list[Group] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    opens_with_relation: bool = False


class _Reader:
    """Walks a sentence's tokens once, from left to right."""

    def __init__(self, text: str, tokens: list[Token], inherited: list[Topic]) -> None:
        self.text, self.tokens = text, tokens
        self.out = Sentence()
        self.inherited = inherited
        self.topic: Topic | None = None
        self.segment = 0
        self.rough: str | None = None
        self.clean = self.delta = self.spoiled = self.filled = self.percent = self.partial = False

    def read(self) -> Sentence:
        for index, token in enumerate(self.tokens):
            getattr(self, f"_{token.kind}")(index, token)
        _bind_periods(self.tokens, self.out.groups)
        _tell_basic(self.out.groups)
        self.out.topics = _distinct([g.topic for g in self.out.groups])
        return self.out

    def _break(self, index: int, token: Token) -> None:
        self.clean = self.spoiled = self.delta = False
        self.segment = 0
        self.topic = None

    def _word(self, index: int, token: Token) -> None:
        lower = token.text.lower()
        if lower in lexicon.ROUGH_WORDS:
            self.rough = lower
        elif self.clean and lower not in lexicon.PLAIN_MODIFIERS and lower not in lexicon.NONGAAP_WORDS:
            self.clean = False

    def _connector(self, index: int, token: Token) -> None:
        lower = token.text.lower()
        if lower in lexicon.ROUGH_WORDS:
            self.rough = lower
        if lower in ("to", "at", "was", "were") or (lower == "of" and self.percent):
            self.delta = False

    def _delta(self, index: int, token: Token) -> None:
        self.delta = True
        self.percent = False

    def _percent(self, index: int, token: Token) -> None:
        self.percent = True

    def _period(self, index: int, token: Token) -> None:
        return None

    def _spoiler(self, index: int, token: Token) -> None:
        self.spoiled = True

    def _relation(self, index: int, token: Token) -> None:
        ahead = self.tokens[index + 1 : index + _NEAR_RELATION]
        if token.text.lower() in ("from", "against") and not any(t.kind in ("amount", "metric") for t in ahead):
            self.clean = False
            return
        if not self.out.groups and (index <= 1 or token.text.lower().startswith(("this", "these", "which", "that"))):
            self.out.opens_with_relation = True
        self.segment += 1
        known = _distinct([g.topic for g in self.out.groups]) or (self.inherited if self.out.opens_with_relation else [])
        self.topic = known[-1] if len([t for t in known if lexicon.METRIC_PHRASES[t.phrase].money]) <= 1 and known else None
        self.clean, self.delta, self.rough, self.filled = True, False, None, False

    def _metric(self, index: int, token: Token) -> None:
        if lexicon.METRIC_PHRASES[token.phrase].generic and self._only_a_sign(token):
            assert self.topic is not None
            self.topic = replace(self.topic, sign=-1)
            return
        topic = None if _OTHER_AFTER.match(self.text, token.end) else _qualify(self.text, self.tokens, index)
        self.partial |= topic is None
        if topic is not None and self.segment > 0:
            topic = self._like_reported(topic)
        self.topic, self.clean, self.filled, self.delta, self.rough, self.percent = topic, topic is not None, False, False, None, False

    def _like_reported(self, topic: Topic) -> Topic:
        """A plain "net loss" that is compared with one attributable to the company is attributable too."""
        if lexicon.METRIC_PHRASES[topic.phrase].money != "net_income":
            return topic
        for group in self.out.groups:
            if lexicon.METRIC_PHRASES[group.topic.phrase].money == "net_income_to_common":
                return replace(topic, phrase=group.topic.phrase)
        return topic

    def _only_a_sign(self, token: Token) -> bool:
        """Whether "a loss of" tells the sign of the topic at hand: "Adjusted EBITDA was a loss of $6.1 million"."""
        if self.topic is None or not self.clean or self.filled:
            return False
        return lexicon.METRIC_PHRASES[token.phrase].sign < 0

    def _amount(self, index: int, token: Token) -> None:
        amount = token.amount
        assert amount is not None
        if self.spoiled or self.topic is None or not self.clean:
            self.clean = False
            return
        if self.delta or _DELTA_AFTER.match(self.text, token.end):
            self.delta = False
            return
        topic = self.topic
        basis_after = _BASIS_AFTER.match(self.text, token.end)
        if basis_after:
            topic = replace(topic, basis="gaap" if basis_after["basis"].lower() == "gaap" else "nongaap")
        if self.filled and not basis_after and not self._continues(token):
            self.clean = False
            return
        if metrics_of(topic, token):
            doubted = self.filled and bool(self.out.groups) and not self.out.groups[-1].sure
            sure = self._is_sure(token) and not doubted
            self.out.groups.append(Group(topic, token, index, self.segment, sure, self.rough is not None))
        self.filled, self.rough = True, None

    def _continues(self, token: Token) -> bool:
        """Whether a second amount after one topic is its per-share form: "$2.6 million, or $0.10 per diluted share"."""
        last = self.out.groups[-1].token if self.out.groups else None
        if token.amount is None or not token.amount.per_share or last is None or last.amount is None:
            return False
        if last.amount.per_share and token.amount.mark is None:
            return False
        between = self.text[last.end : token.start]
        return len(between) <= 40 and not re.search(r"[;:$]", between)

    def _is_sure(self, token: Token) -> bool:
        narrowed = _NARROWS.match(self.text, token.end) is not None and not _followed_by_period(self.tokens, token)
        return not (self.partial or narrowed or self.rough not in (None, *lexicon.ABOUT_WORDS))


def _followed_by_period(tokens: list[Token], token: Token) -> bool:
    """Whether the next token that is no small word is a period, a relation or another amount."""
    position = tokens.index(token)
    for following in tokens[position + 1 : position + 5]:
        if following.kind in ("period", "relation", "amount", "break", "percent"):
            return True
        if following.kind != "connector" and following.text.lower() not in ("in", "for", "during", "the"):
            return False
    return False


def _qualify(text: str, tokens: list[Token], index: int) -> Topic | None:
    """The topic of a metric token with the words before it; None where they make it a part or another measure ("International revenue")."""
    token = tokens[index]
    phrase = lexicon.METRIC_PHRASES[token.phrase]
    basis: str | None = None
    words = [token.text]
    right = token.start
    for previous in reversed(tokens[max(0, index - 6) : index] if not phrase.verb else []):
        if not _touches(text, previous.end, right):
            break
        lower = previous.text.lower().strip(".,'’")
        if lower in lexicon.NONGAAP_WORDS or lower == "forma":
            basis = "nongaap"
        elif lower == "gaap":
            basis = basis or "gaap"
        elif previous.kind in ("period", "percent", "relation") or lower in lexicon.FUNCTION_WORDS:
            if previous.kind != "period":
                break
        elif lower in lexicon.PLAIN_MODIFIERS or lower.endswith(("'s", "’s", "s'", "s’")):
            pass
        elif previous.kind in ("connector", "delta", "spoiler", "amount", "metric", "break"):
            break
        else:
            return None
        words.append(previous.text)
        right = previous.start
    return Topic(token.phrase, basis, phrase.sign, read_mark(" ".join(words)))


def _touches(text: str, left: int, right: int) -> bool:
    return text[left:right].strip(" \t\n\r\u00a0-“\"'") == ""


def _distinct(topics: list[Topic]) -> list[Topic]:
    return list({t.phrase: t for t in topics}.values())


def metrics_of(topic: Topic, token: Token) -> tuple[str, ...]:
    """The metrics an amount gives under a topic: none, one, or both kinds of EPS where neither is named."""
    amount, phrase = token.amount, lexicon.METRIC_PHRASES[topic.phrase]
    if amount is None:
        return ()
    per_share = amount.per_share or (phrase.money is None and phrase.per_share is not None and abs(amount.value) < _MAX_PER_SHARE)
    if not per_share:
        return () if phrase.money is None or amount.value < 1000 else (phrase.money,)
    if phrase.per_share is None:
        return ()
    if phrase.per_share != "eps":
        return (phrase.per_share,)
    mark = amount.mark or topic.mark
    return ("eps_basic", "eps_diluted") if mark in (None, "both") else (f"eps_{mark}",)


def _bind_periods(tokens: list[Token], groups: list[Group]) -> None:
    """Give each group its period phrase: one that follows it directly, else one that stands before it in its segment."""
    by_index = {group.index: group for group in groups}
    last: Group | None = None
    waiting: PeriodPhrase | None = None
    for index, token in enumerate(tokens):
        if index in by_index:
            group = by_index[index]
            group.period, waiting, last = waiting, None, group
        elif token.kind == "period":
            if last is not None and last.period is None:
                last.period = token.period
            else:
                waiting = token.period
        elif token.kind in ("metric", "amount"):
            last = None
        elif token.kind in ("relation", "break"):
            last, waiting = None, None
    _share_periods(groups)


def _tell_basic(groups: list[Group]) -> None:
    """An unmarked per-share amount beside a diluted one is the basic one: "$2.83 per share ($2.81 per share on a diluted basis)"."""
    for one, other in pairwise(groups):
        first, second = one.token.amount, other.token.amount
        if first is None or second is None or not (first.per_share and second.per_share) or one.segment != other.segment:
            continue
        if first.mark is None and one.topic.mark is None and second.mark == "diluted" and other.index - one.index <= 4:
            one.topic = replace(one.topic, mark="basic")


def _share_periods(groups: list[Group]) -> None:
    """Groups of a segment without a period of their own take the next one's, else the one before's."""
    for later, group in zip(reversed(groups[1:]), reversed(groups[:-1]), strict=True):
        if group.period is None and later.segment == group.segment:
            group.period = later.period
    for earlier, group in pairwise(groups):
        if group.period is None and earlier.segment == group.segment:
            group.period = earlier.period


def read_sentence(text: str, tokens: list[Token], inherited: list[Topic]) -> Sentence:
    """The bound amounts of a sentence; ``inherited`` are the topics of the sentence before it."""
    return _Reader(text, tokens, inherited).read()
