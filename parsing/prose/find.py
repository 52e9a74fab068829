"""Walk a document's prose and read the figures its sentences report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from ex99.filings.fiscal import NEAR, Calendar
from ex99.filings.metrics import METRICS
from ex99.filings.metrics.record import NONGAAP
from ex99.filings.release import Source
from ex99.parsing.document import Document
from ex99.parsing.language.currencies import settle_currency
from ex99.parsing.language.sentences import Span
from ex99.parsing.prose import lexicon
from ex99.parsing.prose.candidate import ProseCandidate
from ex99.parsing.prose.grammar import Sentence, read_sentence
from ex99.parsing.prose.lists import read_lists
from ex99.parsing.prose.period_phrases import PERIOD, PeriodPhrase, read_phrase
from ex99.parsing.prose.period_resolving import Period, resolve
from ex99.parsing.prose.roles import settle_roles
from ex99.parsing.prose.screens import NO_FIGURES, find_aside, is_quoted, names_amount
from ex99.parsing.prose.sections import Section, is_anothers, is_narrowed
from ex99.parsing.prose.tokens import tokenize
from ex99.parsing.prose.topics import Group, Topic, metrics_of
from ex99.parsing.rules import mark, rule, since

# "For the nine months ended ...", "In the third quarter of 2003, ..."
_LEADING_PERIOD = re.compile(r"(?:(?:for|in|during|throughout)\s{1,3})?(?:" + PERIOD.pattern + ")")
# "expects to report a net loss of": of the quarter that has ended
_TO_REPORT = re.compile(r"\bexpects? to report\b")
_MAX_SENTENCE = 1500
_LAST_QUARTER = 4


AHEAD = rule("prose.find.ahead", "a sentence that looks ahead reports nothing", leaves_out=True)
ANOTHERS = rule("prose.find.anothers", "another company's figures, a month's, or a table run together", leaves_out=True)
NOT_YET = rule("prose.find.not_yet", "what is only expected of another period than the reported one", leaves_out=True)
UNSURE = rule("prose.find.unsure", "a quotation, or a sentence of a part of the company, is no source of its own", leaves_out=True)
ASIDE = rule("prose.find.aside", "an opening that says what is left out or included is no part of the report", leaves_out=True)
SENTENCE_BASIS = rule("prose.find.sentence_basis", "a sentence that speaks of adjusted measures gives none of GAAP where it says no basis")
RESPECTIVELY = rule("prose.find.respectively", "lists that respectively ties are read one to one, or not at all")
LEADING_PERIOD = rule("prose.find.leading_period", "a period that opens a sentence holds for the paragraph until another does")
OWN_PERIOD = rule("prose.find.own_period", "the period that an amount's words name")
BARE_YEAR = rule("prose.find.bare_year", "amounts that are compared with a year before and nothing else are the ended year's")
PARAGRAPH_PERIOD = rule("prose.find.paragraph_period", "an amount without a period is of the paragraph's, else of the reported one")
BALANCE_DAY = rule("prose.find.balance_day", "an amount on a day that opens its sentence and names none is the period's end")
COMPARED_PERIOD = rule(
    "prose.find.compared_period", "a comparison without a period is with the one period that the paragraph compares with"
)


@dataclass(slots=True)
class _Context:
    """What a sentence inherits: the period spoken of, and the topics that a "This compares to" takes up."""

    default: Period | None
    preliminary: bool = False
    company: str | None = None
    currency: str | None = None
    """What a sign that several currencies share ("$") stands for."""
    narrow: bool = False
    """Whether a part of the company is spoken of."""
    headed: bool = False
    """Whether a heading tells the period."""
    period: Period | None = None
    compared: dict[Period, set[Period]] = field(default_factory=dict)
    """The periods that each period was compared with by name."""
    topics: tuple[Topic, ...] = ()


def find_prose_figures(
    document: Document,
    calendar: Calendar,
    default: Period | None,
    skip: Iterable[tuple[int, int]] = (),
    *,
    preliminary: bool = False,
    company: str | None = None,
    currency: str | None = None,
) -> list[ProseCandidate]:
    """Figures that sentences report, in the order of the text; ``skip`` are stretches that are no report (legal passages).

    In a release of ``preliminary`` results a company "expects to report" what has already come to pass. ``company`` is its name,
    None where it is not known; ``currency`` that of its statements.
    """
    closed = sorted(skip)
    found: list[ProseCandidate] = []
    section = Section(default)
    for block in document.blocks:
        if block.kind in ("table", "page_break") or any(a <= block.start < b for a, b in closed):
            continue
        amounts = names_amount(document.text[block.start : block.end])
        if block.kind == "heading" or not amounts:
            section.read(document, block, calendar)
        if not amounts:
            continue
        section.begun = True
        headed = section.period != default
        context = _Context(section.period, preliminary, company, currency, section.narrow, headed, compared=section.comparisons(block))
        for sentence in document.sentences(block.start, block.end):
            found += (replace(claim, block=block.start) for claim in _read(document, sentence, calendar, context))
    return found


def _read(document: Document, span: Span, calendar: Calendar, context: _Context) -> Iterator[ProseCandidate]:
    began = mark()
    text, start, end = document.text, span.start, min(span.end, span.start + _MAX_SENTENCE)
    words, lower = text[start:end], document.lower[start:end]
    if not names_amount(words):
        _note_period(document, span, calendar, context)
        return
    coming, expected = _looks_ahead(words, lower)
    ahead = coming or (expected and not context.preliminary)
    if (ahead and AHEAD()) or (any(pattern.search(lower) for pattern in NO_FIGURES) and ANOTHERS()):
        _note_period(document, span, calendar, context)
        return
    aside, excluding = find_aside(lower)
    tokens = settle_roles(text, tokenize(text, document.lower, start, end))
    if aside is not None and ASIDE():
        tokens = [t for t in tokens if not start + aside.start() <= t.start < start + aside.end()]
    sentence = read_lists(text, tokens) if "respectively" in lower and RESPECTIVELY() else read_sentence(text, tokens, list(context.topics))
    _note_period(document, span, calendar, context)
    nongaap = lexicon.NONGAAP_PHRASE.search(lower) is not None and SENTENCE_BASIS()
    others = is_anothers(lower, context.company)
    doubtful = is_quoted(words) or context.narrow or is_narrowed(words) or others
    doubtful = doubtful and UNSURE()
    reported = not expected or _TO_REPORT.search(lower) is not None
    for group, period, certain in _place(sentence, calendar, context):
        if not reported and (group.period is None or period[1] is None or abs(period[1] - calendar.end) > NEAR) and NOT_YET():
            continue
        if nongaap and not excluding and _is_plain_beside(group, sentence):
            continue
        told = group.topic.basis is not None or not nongaap or excluding
        for candidate in _candidates(text, group, period, nongaap=nongaap, sure=certain and told and not doubtful):
            unit, named = _unit(group, candidate.metric, context.currency), group.period is not None
            yield replace(candidate, sentence=start, unit=unit, named=named, others=others, rules=since(began))
    if sentence.groups:
        context.topics = tuple(sentence.topics)


def _looks_ahead(words: str, lower: str) -> tuple[bool, bool]:
    """Whether a sentence speaks of what is to come, and whether of that or of what is expected."""
    unmeasured = lexicon.MET.sub(" ", lower)
    coming = lexicon.COMING.search(unmeasured) is not None or ("may" in words and lexicon.MAY.search(words) is not None)
    return coming, coming or lexicon.EXPECTED.search(unmeasured) is not None


def _is_plain_beside(group: Group, sentence: Sentence) -> bool:
    """Whether an adjusted measure is compared with one of the plain name: "adjusted EPS was $.23, compared to EPS of $.34"."""
    own = {g.topic for g in sentence.groups if not g.segment and g.topic.basis == "nongaap"}
    plain = group.segment > 0 and group.topic.basis is None
    return plain and any(replace(topic, basis=None) == group.topic for topic in own) and SENTENCE_BASIS()


def _note_period(document: Document, span: Span, calendar: Calendar, context: _Context) -> None:
    """A period that opens a sentence holds for the paragraph until another does: "For the nine months ended ..., "."""
    match = _LEADING_PERIOD.match(document.lower, span.start, span.end)
    phrase = read_phrase(match) if match else None
    period = resolve(phrase, calendar, None) if phrase else None
    if period is not None and period[1] is not None and period[1] >= calendar.end - NEAR and period[0] != "instant" and LEADING_PERIOD():
        context.period = period


def _place(sentence: Sentence, calendar: Calendar, context: _Context) -> Iterator[tuple[Group, Period, bool]]:
    """Each group with its period and whether that is certain; groups whose period cannot be told are left out."""
    anchor = context.period or context.default if sentence.opens_with_relation else None
    told: list[Period] = []
    for group in sentence.groups:
        comparative = group.segment > 0
        fitting = _fitting(group.period, told, anchor) if comparative else None
        period, certain = _period_of(sentence, group, calendar, context, fitting)
        if period is None or period[1] is None:
            continue
        if fitting is not None and group.period is not None:
            context.compared.setdefault(fitting, set()).add(period)
        if not comparative:
            anchor = period
            told.append(period)
            if group.period is not None and period[1] >= calendar.end - NEAR:
                context.period = period
        yield group, period, certain


def _period_of(
    sentence: Sentence, group: Group, calendar: Calendar, context: _Context, fitting: Period | None
) -> tuple[Period | None, bool]:
    """A group's period and whether it is certain; ``fitting`` is what it is compared with."""
    if group.period is not None:
        period, certain = _named(group.period, calendar, context, fitting)
        return OWN_PERIOD.take(period), certain
    if group.segment > 0:
        period = COMPARED_PERIOD.take(_compared(context, fitting))
    elif _is_of_year(sentence, calendar, context) and BARE_YEAR():
        period = "year", calendar.end
    else:
        period = PARAGRAPH_PERIOD.take(context.period or context.default)
        if period is not None and period[1] == calendar.end and _is_balance(sentence, group) and BALANCE_DAY():
            period = "instant", calendar.end
    return period, period is not None


def _is_balance(sentence: Sentence, group: Group) -> bool:
    """Whether an amount is of what is measured on a day and opens its sentence, so that it speaks of the company itself."""
    return group.topic.phrase == sentence.head and all(METRICS[metric].instant for metric in metrics_of(group.topic, group.token))


def _fitting(phrase: PeriodPhrase | None, told: list[Period], anchor: Period | None) -> Period | None:
    """Which of the periods that a sentence reported a comparison is with: "the prior-year quarter" with the quarter, "the prior year" with
    the year.
    """
    duration = None if phrase is None else phrase.duration or ("year" if phrase.relation == "year_ago" and phrase.bare else None)
    return next((p for p in reversed(told) if p[0] == duration), anchor)


def _is_of_year(sentence: Sentence, calendar: Calendar, context: _Context) -> bool:
    """Whether amounts without a period are of the fiscal year that has ended, since a year and nothing else is what they are compared
    with: "net income increased to $3.46 per share, compared to $3.30 per share in 2004".
    """
    compared = [g.period for g in sentence.groups if g.segment > 0 and g.period is not None]
    if calendar.quarter < _LAST_QUARTER or context.period is not None or context.headed or not compared:
        return False
    return all(p.bare and p.year == calendar.year - 1 for p in compared) and all(g.period is None for g in sentence.groups if not g.segment)


def _named(phrase: PeriodPhrase, calendar: Calendar, context: _Context, anchor: Period | None) -> tuple[Period | None, bool]:
    """A named period and whether it is certain: "last year" without a comparison may be the year or its quarter."""
    if anchor is not None or phrase.relation != "year_ago":
        return resolve(phrase, calendar, anchor), True
    spoken_of = context.period or context.default
    certain = not phrase.bare or (spoken_of is not None and spoken_of[0] == "year")
    return resolve(phrase, calendar, spoken_of), certain


def _compared(context: _Context, anchor: Period | None) -> Period | None:
    """The one period that the paragraph compares with, where a sentence goes on without naming it: "Net income rose from $1.1 million"."""
    named = context.compared.get(anchor, set()) if anchor is not None else set()
    return next(iter(named)) if len(named) == 1 else None


def _unit(group: Group, metric: str, reported: str | None) -> str:
    """The unit of an amount; ``reported`` is the statements' currency."""
    amount = group.token.amount
    assert amount is not None
    currency = settle_currency(amount.currency, reported)
    return f"{currency}/share" if METRICS[metric].unit == "per_share" else currency


def _candidates(text: str, group: Group, period: Period, *, nongaap: bool, sure: bool) -> Iterator[ProseCandidate]:
    amount = group.token.amount
    assert amount is not None
    value = amount.value * group.topic.sign
    if amount.negative:
        value = -abs(value)
    value = value or abs(value)
    metrics = metrics_of(group.topic, group.token)
    source = Source(group.token.start, group.token.end, text[group.token.start : group.token.end])
    for metric in metrics:
        record = METRICS[metric]
        basis = "nongaap" if record.bases == NONGAAP else group.topic.basis or ("nongaap" if nongaap else "gaap")
        if record.instant != (period[0] == "instant") or basis not in record.bases:
            continue
        candidate = ProseCandidate(
            metric=metric, basis=basis, duration=period[0], period_end=period[1], value=value, precision=amount.precision,
            unit=amount.currency, comparative=group.segment > 0, source=source, sure=sure and group.sure,
        )  # fmt: skip
        if len(metrics) > 1:
            mark = amount.mark or group.topic.mark
            candidate = replace(candidate, qualifier="basic and diluted" if mark == "both" else "unmarked EPS")
        elif group.rough:
            candidate = replace(candidate, qualifier="approximately")
        yield candidate
