"""The grammar of a results sentence: which amount belongs to which metric, and which period to both."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from ex99.parsing.prose import lexicon
from ex99.parsing.prose.binding import bind_periods, tell_basic
from ex99.parsing.prose.pairs import answer, find_pairs
from ex99.parsing.prose.tokens import SaidAmount, Token
from ex99.parsing.prose.topics import Group, Topic, metrics_of, read_topic
from ex99.parsing.rules import rule

# `$2.71 on a GAAP basis`
_BASIS_AFTER = re.compile(r"\s{1,9}on\s{1,9}(?:a|an)\s{1,9}(?P<basis>GAAP|non-?GAAP|adjusted|pro\s?forma|core)\s{1,9}basis", re.IGNORECASE)
# a segment, a source or a place narrows an amount: `$9.8 million in Europe`, `$5 million from product sales`
_NARROWS = re.compile(
    r",?\s{1,9}(?:in|from|of|by|at|attributable|related)\s{1,9}(?!the\s{1,9}(?:quarter|period|year|prior|same))[A-Za-z]", re.IGNORECASE
)
# the amount is a difference: `$29 million (2.9 percent) lower`
_DELTA_AFTER = re.compile(
    r"\s{1,3}(?:\([^()]{1,30}\)\s{1,3})?(?:higher|lower|more|less|above|below|better|worse|increase|decrease|decline|improvement|favorable|unfavorable)\b",
    re.IGNORECASE,
)
_HOLDING = (["had"], ["has"], ["with"], ["held"], ["holds"], ["and"], ["including"])
_NEAR_RELATION = 5
_NEAR_FORM = 6


BOUND = rule("prose.grammar.bound", "an amount that only plain words part from the metric before it is that metric's")
COMPARISON = rule("prose.grammar.comparison", "what follows a word of comparison is of the period compared with")
SIGN = rule("prose.grammar.sign", "a loss of, behind a metric, tells its sign")
ATTRIBUTABLE = rule("prose.grammar.attributable", "a net income compared with one attributable to the company is attributable, too")
NEW_CLAUSE = rule("prose.grammar.new_clause", "a metric with a verb of its own ends the comparison")
BASIS_AFTER = rule("prose.grammar.basis_after", "a basis named behind the amount is the amount's")
PER_SHARE_FORM = rule("prose.grammar.per_share_form", "a second amount is the first one's per-share form")
IN_TURN = rule("prose.grammar.in_turn", "amounts and periods take turns")
KINDS_IN_TURN = rule("prose.grammar.kinds_in_turn", "two amounts of basic and diluted earnings per share come in that order")
CHANGE = rule("prose.grammar.change", "an amount by which something rose or fell", leaves_out=True)
AMOUNT_FIRST = rule("prose.grammar.amount_first", "an amount that was generated of a metric named right behind it")
OPERATING_SHARE = rule("prose.grammar.operating_share", "operating income a share is the company's own measure")
NARROWED = rule(
    "prose.grammar.narrowed", "an amount that its words narrow to a place, source or part is no source of its own", leaves_out=True
)


@dataclass(slots=True)
class Sentence:
    """A sentence read: its bound amounts, and the topics it leaves for a following "This compares to ..."."""

    groups: list[Group] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    opens_with_relation: bool = False
    head: int | None = None
    """The phrase of the metric that it begins with."""


class _Reader:
    """Walks a sentence's tokens once, from left to right."""

    def __init__(self, text: str, tokens: list[Token], inherited: list[Topic]) -> None:
        self.text, self.tokens = text, tokens
        self.out = Sentence()
        self.inherited = inherited
        self.topic: Topic | None = None
        self.segment = 0
        self.rough: str | None = None
        self.last: Token | None = None
        self.taken: int | None = None
        self.paired: dict[int, Group] = {}
        self.since = 0
        self.clean = self.delta = self.spoiled = self.filled = self.percent = self.partial = False

    def read(self) -> Sentence:
        for index, token in enumerate(self.tokens):
            getattr(self, f"_{token.kind}")(index, token)
        first = next((t for t in self.tokens if t.kind != "break" and t.text.lower() not in lexicon.DETERMINERS), None)
        self.out.head = first.phrase if first is not None and first.kind == "metric" else None
        bind_periods(self.tokens, self.out.groups)
        tell_basic(self.out.groups)
        self.out.topics = _distinct([g.topic for g in self.out.groups])
        return self.out

    def _break(self, index: int, token: Token) -> None:
        self.clean = self.spoiled = self.delta = False
        self.segment = 0
        self.topic = None
        self.since = len(self.out.groups)

    def _word(self, index: int, token: Token) -> None:
        lower = token.text.lower()
        if lower in lexicon.ROUGH_WORDS:
            self.rough = lower
        elif lower in lexicon.RESULTING and self._text(index + 1) == "in":
            self.spoiled = self.clean = False
        elif self.clean and lower not in lexicon.PLAIN_MODIFIERS and lower not in lexicon.NONGAAP_WORDS:
            self.clean = False

    def _connector(self, index: int, token: Token) -> None:
        lower = token.text.lower()
        if lower in lexicon.ROUGH_WORDS:
            self.rough = lower
        if lower in ("to", "at", "was", "were") or (lower == "of" and self.percent):
            self.delta = False
        if lower == "to":
            self.rough = None

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
        self.segment += COMPARISON()
        self.topic = self._compared_topic()
        self.clean, self.delta, self.rough, self.filled = True, False, None, False
        pairs = find_pairs(self.tokens[index + 1 :], [g for g in self.out.groups[self.since :] if not g.segment])
        self.paired = {index + 1 + at: like for at, like in pairs.items()}

    def _compared_topic(self) -> Topic | None:
        """The topic of what follows a comparison: the clause's last, unless it tells of several sums of money."""
        clause = self.out.groups[self.since :] or self.out.groups
        known = _distinct([g.topic for g in clause]) or (self.inherited if self.out.opens_with_relation else [])
        return known[-1] if len([t for t in known if lexicon.METRIC_PHRASES[t.phrase].money]) <= 1 and known else None

    def _metric(self, index: int, token: Token) -> None:
        if lexicon.METRIC_PHRASES[token.phrase].said.generic and self._only_a_sign(token) and SIGN():
            assert self.topic is not None
            self.topic = replace(self.topic, sign=-1)
            return
        topic = read_topic(self.text, self.tokens, index)
        self.partial |= topic is None
        if topic is not None and self.segment > 0:
            topic = self._like_reported(topic)
            if self._is_subject(index) and NEW_CLAUSE():
                self.segment = 0
        if self.spoiled and self.text[: token.start].rstrip().endswith(",") and self._is_subject(index) and NEW_CLAUSE():
            self.spoiled = False
        filled = index == self.taken
        self.topic, self.clean, self.filled, self.delta, self.rough, self.percent = topic, topic is not None, filled, False, None, False

    def _is_subject(self, index: int) -> bool:
        """Whether a metric begins a new main clause after a comparison: "..., and earnings per share were"."""
        following = next((t for t in self.tokens[index + 1 :] if t.kind != "period" and t.text.lower() not in ("for", "in", "the")), None)
        when = index > 0 and self.tokens[index - 1].text.lower() in ("when", "where")
        return following is not None and following.text.lower() in lexicon.CLAUSE_VERBS and not when

    def _like_reported(self, topic: Topic) -> Topic:
        """A plain "net loss" that is compared with one attributable to the company is attributable too."""
        if lexicon.METRIC_PHRASES[topic.phrase].money != "net_income":
            return topic
        for group in self.out.groups:
            if lexicon.METRIC_PHRASES[group.topic.phrase].money == "net_income_to_common" and ATTRIBUTABLE():
                return replace(topic, phrase=group.topic.phrase)
        return topic

    def _only_a_sign(self, token: Token) -> bool:
        """Whether "a loss of" tells the sign of the topic at hand: "Adjusted EBITDA was a loss of $6.1 million"."""
        if self.topic is None or not self.clean or self.filled:
            return False
        return lexicon.METRIC_PHRASES[token.phrase].said.sign < 0

    def _amount(self, index: int, token: Token) -> None:
        amount = token.amount
        assert amount is not None
        if self._is_bound_elsewhere(index, token):
            return
        if self.spoiled or self.topic is None or not self.clean:
            self.clean = False
            return
        if (self.delta or _DELTA_AFTER.match(self.text, token.end)) and CHANGE():
            self.delta = False
            return
        basis_after = _BASIS_AFTER.match(self.text, token.end)
        topic = _based(self.topic, amount, basis_after)
        if self.filled and not basis_after and not self._goes_on(index, token):
            self.clean = False
            return
        pair = topic.mark == "both" and amount.mark is None and self._is_listed(index) and KINDS_IN_TURN()
        if pair:
            topic, self.topic = replace(topic, mark="basic"), replace(topic, mark="diluted")
        if metrics_of(topic, token) and BOUND():
            doubted = self.filled and bool(self.out.groups) and not self.out.groups[-1].sure
            sure = self._is_sure(token) and not doubted
            self.out.groups.append(Group(topic, token, index, self.segment, sure, self.rough is not None))
        self.filled, self.rough, self.last = not pair, None, token

    def _is_bound_elsewhere(self, index: int, token: Token) -> bool:
        """Whether an amount is bound by another word than the metric before it."""
        return self._is_paired(index, token) or self._is_first(index, token)

    def _is_paired(self, index: int, token: Token) -> bool:
        """Whether an amount answers one of those that it is compared with."""
        like = self.paired.get(index)
        if like is None:
            return False
        self.out.groups.append(answer(like, token, index, self.segment))
        self.filled, self.rough, self.last = True, None, token
        return True

    def _is_first(self, index: int, token: Token) -> bool:
        """Whether an amount is bound to a metric named behind it: "generated $24.3 million of cash flow from operations"."""
        rough = self._text(index - 1) in lexicon.ABOUT_WORDS
        before = self._text(index - 1 - rough)
        generated = before in lexicon.GENERATING or (before == "and" and self.taken == index - 2)
        metric = self._metric_of(index) if (generated or before.split()[-1:] in _HOLDING) and not self.spoiled else None
        if metric is not None and not generated and lexicon.METRIC_PHRASES[self.tokens[metric].phrase].money != "cash":
            return False
        topic = read_topic(self.text, self.tokens, metric) if metric is not None else None
        if topic is None or not metrics_of(topic, token) or not AMOUNT_FIRST():
            return False
        self.out.groups.append(Group(topic, token, index, self.segment, sure=True, rough=rough))
        self.taken, self.last, self.rough = metric, token, None
        return True

    def _metric_of(self, index: int) -> int | None:
        """The index of the metric that an amount is said to be "of" or "in", unless what follows narrows it."""
        if self._text(index + 1) not in ("of", "in"):
            return None
        at = index + 2
        while self._text(at) in lexicon.PLAIN_MODIFIERS:
            at += 1
        if at >= len(self.tokens) or self.tokens[at].kind != "metric" or self._text(at + 1) == "from":
            return None
        narrowed = _NARROWS.match(self.text, self.tokens[at].end) is not None and not _followed_by_period(self.tokens, self.tokens[at])
        return None if narrowed else at

    def _goes_on(self, index: int, token: Token) -> bool:
        """Whether a further amount after one topic is the topic's, too."""
        return (self._continues(token) and PER_SHARE_FORM()) or (self._in_turn(index) and IN_TURN())

    def _text(self, index: int) -> str:
        return self.tokens[index].text.lower() if 0 <= index < len(self.tokens) else ""

    def _in_turn(self, index: int) -> bool:
        """Whether periods take turns: "$171.2 million in the quarter and $166.0 million in the prior-year quarter"."""
        last, token = self.last, self.tokens[index]
        if self._text(index - 1) != "and" or last is None or last.amount is None or token.amount is None:
            return False
        between = [t for t in self.tokens[: index - 1] if t.start >= last.end and t.kind not in ("connector", "percent")]
        after = next((t for t in self.tokens[index + 1 :] if t.kind not in ("connector", "percent")), None)
        alike = last.amount.per_share == token.amount.per_share
        return alike and len(between) == 1 and between[0].kind == "period" and after is not None and after.kind == "period"

    def _is_listed(self, index: int) -> bool:
        """Whether a second amount follows: "Basic and diluted earnings per share were $1.19 and $1.18"."""
        after = self.tokens[index + 1 : index + 3]
        return len(after) == 2 and after[0].text.lower() == "and" and after[1].kind == "amount"

    def _continues(self, token: Token) -> bool:
        """Whether a second amount after one topic is its per-share form: "$2.6 million, or $0.10 per diluted share"."""
        last = self.last
        if token.amount is None or not token.amount.per_share or last is None or last.amount is None:
            return False
        if last.amount.per_share and token.amount.mark is None:
            return False
        between = [t.kind for t in self.tokens if last.end <= t.start < token.start and t.kind != "period"]
        return len(between) <= _NEAR_FORM and {"connector", "word", "percent"}.issuperset(between)

    def _is_sure(self, token: Token) -> bool:
        narrowed = _NARROWS.match(self.text, token.end) is not None and not _followed_by_period(self.tokens, token) and NARROWED()
        return not (self.partial or narrowed or self.rough not in (None, *lexicon.ABOUT_WORDS))


def _based(topic: Topic, amount: SaidAmount, named: re.Match[str] | None) -> Topic:
    """A topic with the basis that its amount tells: one ``named`` behind it, or that of operating income a share."""
    if named and BASIS_AFTER():
        return replace(topic, basis="gaap" if named["basis"].lower() == "gaap" else "nongaap")
    operating = amount.per_share and lexicon.METRIC_PHRASES[topic.phrase].money == "operating_income"
    return replace(topic, basis="nongaap") if operating and OPERATING_SHARE() else topic


def _followed_by_period(tokens: list[Token], token: Token) -> bool:
    """Whether the next token that is no small word is a period, a relation or another amount."""
    position = tokens.index(token)
    for following in tokens[position + 1 : position + 5]:
        if following.kind in ("period", "relation", "amount", "break", "percent"):
            return True
        if following.kind != "connector" and following.text.lower() not in ("in", "for", "during", "the"):
            return False
    return False


def _distinct(topics: list[Topic]) -> list[Topic]:
    return list({t.phrase: t for t in topics}.values())


def read_sentence(text: str, tokens: list[Token], inherited: list[Topic]) -> Sentence:
    """The bound amounts of a sentence; ``inherited`` are the topics of the sentence before it."""
    return _Reader(text, tokens, inherited).read()
