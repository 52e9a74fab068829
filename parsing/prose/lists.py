"""Lists that "respectively" ties together: "Revenues and net income were $14.2 million and $1.1 million, respectively"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ex99.parsing.language.calendar_words import count_duration
from ex99.parsing.prose import lexicon
from ex99.parsing.prose.grammar import Sentence, read_sentence
from ex99.parsing.prose.period_phrases import PeriodPhrase
from ex99.parsing.prose.tokens import Token
from ex99.parsing.prose.topics import Group, Topic, metrics_of, read_topic

# for the same periods in 2016 | in the corresponding quarters of last year
_SAME_EACH = re.compile(
    r"\b(?:same|comparable|corresponding|respective|prior[\s-]year|year[\s-]ago)\s+(?:(?:prior|last)[\s-]year\s+)?(?:periods|quarters)\b"
    r"(?:\s+(?:in|of|for)\s+(?:fiscal\s+)?(?P<year>(?:19|20)\d\d))?",
    re.IGNORECASE,
)
Row = tuple[Topic, PeriodPhrase | None]


def read_lists(text: str, tokens: list[Token]) -> Sentence:
    """The amounts of a sentence's first list, and of the lists it is compared with, each with its own metric or period.

    Nothing where the lists do not match one to one: a list that cannot be untied is left alone.
    """
    groups: list[Group] = []
    runs = list(_runs(tokens))
    if _is_of_percents(tokens, runs):
        return read_sentence(text, tokens, [])
    rows = _rows(text, tokens, *runs[0]) if runs and not any(t.kind == "spoiler" for t in tokens) else []
    if not rows:
        return Sentence()
    compared = _compared_runs(tokens, runs[1:], len(rows))
    for position, (topic, period) in enumerate(rows):
        groups += _group(topic, tokens, _amounts(tokens, runs[0])[position], 0, period)
        for segment, run in enumerate(compared, 1):
            ago = _compared_period(text, tokens, run, same=len({p for _, p in rows}) == 1)
            groups += _group(topic, tokens, _amounts(tokens, run)[position], segment, ago) if ago else []
    if not compared:
        groups += _compared_apart(text, tokens, runs[0][1], [topic for topic, _ in rows])
    return Sentence(groups, list({g.topic.phrase: g.topic for g in groups}.values()))


def _is_of_percents(tokens: list[Token], runs: list[tuple[int, int]]) -> bool:
    """Whether all that "respectively" ties are percentages: "increases of 14% and 25%, respectively"."""
    tied = [i for i, t in enumerate(tokens) if t.text.lower() == "respectively"]
    return not runs and all([t.kind for t in tokens[max(0, i - 3) : i]] == ["percent", "connector", "percent"] for i in tied)


def _runs(tokens: list[Token]) -> Iterator[tuple[int, int]]:
    """(first, last) index of each run of two or more amounts with nothing but "and" between them."""
    index = 0
    while index < len(tokens):
        last = index
        while tokens[last].kind == "amount":
            after = last + 2 if last + 1 < len(tokens) and tokens[last + 1].text.lower() == "and" else last + 1
            if after >= len(tokens) or tokens[after].kind != "amount":
                break
            last = after
        if last > index:
            yield index, last
        index = last + 1


def _compared_runs(tokens: list[Token], runs: list[tuple[int, int]], count: int) -> list[tuple[int, int]]:
    """The runs of as many amounts that follow a comparison."""
    return [run for run in runs if tokens[run[0] - 1].kind == "relation" and len(_amounts(tokens, run)) == count]


def _amounts(tokens: list[Token], run: tuple[int, int]) -> list[int]:
    return [i for i in range(run[0], run[1] + 1) if tokens[i].kind == "amount"]


def _rows(text: str, tokens: list[Token], first: int, last: int) -> list[Row]:
    """The metric and period of each amount of the first list; none where they are not as many as the amounts."""
    count = len(_amounts(tokens, (first, last)))
    named = [i for i in range(first) if tokens[i].kind == "metric"]
    if not named or any(t.kind == "amount" for t in tokens[:first]) or not _is_plain(tokens[named[0] + 1 : first]):
        return []
    topics = [t for t in (read_topic(text, tokens, i, listed=True) for i in named) if t is not None]
    before, after = _periods(tokens[:first]), _periods(tokens[last + 1 : _end(tokens, last)])
    periods = before or after
    if len(topics) != len(named) or (before and after):
        return []
    if len(topics) == count and len(periods) <= 1:
        return [(topic, periods[0] if periods else None) for topic in topics]
    if len(topics) == 1 and len(periods) == count:
        return [(topics[0], period) for period in periods]
    if len(topics) == 1 and topics[0].mark == "both" and count == len(("basic", "diluted")) and len(periods) <= 1:
        return [(replace(topics[0], mark=mark), periods[0] if periods else None) for mark in ("basic", "diluted")]
    return []


def _is_plain(tokens: list[Token]) -> bool:
    """Whether nothing but metrics, periods and connecting words stand between the first metric and its amounts."""
    changed = any(t.kind == "delta" for t in tokens) and tokens[-1].text.lower() != "to"
    return not changed and all(
        t.kind in ("metric", "period", "connector", "delta", "percent")
        or t.text.lower() in lexicon.PLAIN_MODIFIERS | lexicon.NONGAAP_WORDS
        or t.text.isdigit()
        or count_duration(t.text, "months") is not None
        for t in tokens
    )


def _end(tokens: list[Token], last: int) -> int:
    """Where the words that follow a list end: at the next amount, metric, comparison or clause."""
    kinds = ("amount", "metric", "relation", "break")
    return next((i for i in range(last + 1, len(tokens)) if tokens[i].kind in kinds), len(tokens))


def _periods(tokens: list[Token]) -> list[PeriodPhrase]:
    """The periods named, those told by a year or a count alone included: "the third quarter of 2017 and 2016", "three and nine months"."""
    found: list[PeriodPhrase] = []
    for index, token in enumerate(tokens):
        following = tokens[index + 2].period if index + 2 < len(tokens) and tokens[index + 1].text.lower() == "and" else None
        length = count_duration(token.text, "weeks" if following and "week" in tokens[index + 2].text.lower() else "months")
        if token.period is not None:
            found.append(token.period)
        elif found and token.text.isdigit() and len(token.text) == 4:
            found.append(_in_year(found[-1], int(token.text)))
        elif following is not None and length is not None:
            found.append(replace(following, duration=length))
    return found


def _in_year(phrase: PeriodPhrase, year: int) -> PeriodPhrase:
    if phrase.date is None:
        return replace(phrase, year=year)
    leap_day = (phrase.date.month, phrase.date.day) == (2, 29)
    return replace(phrase, date=phrase.date.replace(year=year, day=28 if leap_day else phrase.date.day))


def _compared_apart(text: str, tokens: list[Token], last: int, topics: list[Topic]) -> list[Group]:
    """What a list is compared with where each amount names its own metric: "compared to net income of $9 million and EPS of $.34"."""
    relation = next((i for i in range(last + 1, len(tokens)) if tokens[i].kind in ("relation", "break")), None)
    if relation is None or tokens[relation].kind == "break":
        return []
    if not any(t.kind == "metric" for t in tokens[relation : relation + 4]):
        return []
    tail = read_sentence(text, tokens[relation:], topics)
    return [replace(g, index=g.index + relation) for g in tail.groups if g.segment > 0]


def _compared_period(text: str, tokens: list[Token], run: tuple[int, int], *, same: bool) -> PeriodPhrase | None:
    """The period of a list that is compared with; where the first list runs over periods, only one told against each of them."""
    end = _end(tokens, run[1])
    each = _SAME_EACH.search(text, tokens[run[1]].end, tokens[end - 1].end)
    if each is not None:
        return PeriodPhrase(*each.span(), relation="year_ago", year=int(each["year"]) if each["year"] else None)
    named = _periods(tokens[run[1] + 1 : end])
    if len(named) != 1:
        return None
    return named[0] if same or named[0].relation == "year_ago" or named[0].bare else None


def _group(topic: Topic, tokens: list[Token], index: int, segment: int, period: PeriodPhrase | None) -> list[Group]:
    token = tokens[index]
    rough = tokens[index - 1].text.lower() if index else ""
    bounded = rough in lexicon.ROUGH_WORDS and rough not in lexicon.ABOUT_WORDS
    if bounded or not metrics_of(topic, token):
        return []
    return [Group(topic, token, index, segment, sure=True, rough=rough in lexicon.ABOUT_WORDS, period=period)]
