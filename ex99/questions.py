"""What can be asked of an archive: each filter once, from which come the keywords of the Python API and the options of the command line.

A filter's hint says its type in Python; ``Ask`` beside it says the field of storage.filters that it fills, how its words are checked, and
the option's names and help.
"""

from __future__ import annotations

import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any, TypedDict, TypeVar

from ex99.asking import Day, Words, as_words, read_day, read_range
from ex99.companies import Companies, find_ciks
from ex99.filings.exhibits import read_document_type
from ex99.filings.identifiers import AccessionNumber
from ex99.metrics import check_basis, check_duration, check_grade, check_kind, check_metric, check_passage_kind, check_pipeline, check_state
from ex99.storage.archive import Archive
from ex99.storage.filters import FilingFilter

F = TypeVar("F", bound=FilingFilter)


@dataclass(frozen=True, slots=True)
class Ask:
    """One filter: the field that it fills, its help; further names of its option; how each of its words is checked.

    ``names`` are the option's where it is not called as the keyword; a yes-or-no with two sides has "--this/--that". ``after`` names the
    day that must not lie behind this one, a month or year then meaning its last day.
    """

    field: str
    help: str
    metavar: str = "WORD"
    names: tuple[str, ...] = ()
    check: Callable[[str], str] | None = None
    after: str | None = None


class OfFilings(TypedDict, total=False):
    """Filters that every question about filings and what is in them knows."""

    since: Annotated[Day, Ask("since", "Filed on or after this day: 2015-01-01; 2015 means its first day.", "DATE")]
    until: Annotated[Day, Ask("until", "Filed on or before this day: 2015-12-31; 2015 means its last day.", "DATE", after="since")]
    items: Annotated[Words, Ask("items", "Filings under these items: 2.02,7.01.", "ITEM", ("--items", "--item"))]
    forms: Annotated[Words, Ask("forms", "Filings on these forms: 8-K,8-K/A.", "FORM", ("--forms", "--form"), str.upper)]
    accession: Annotated[Words, Ask("accessions", "Of this filing.", check=AccessionNumber.parse)]


class FilingQuestion(OfFilings, total=False):
    """Filters of filings."""

    states: Annotated[
        Words,
        Ask(
            "states",
            "archived, no_release, failed, listed (still to fetch), outside (the crawl's filter) or paper.",
            names=("--state",),
            check=check_state,
        ),
    ]


class DocumentQuestion(OfFilings, total=False):
    """Filters of documents."""

    type: Annotated[Words, Ask("types", "99.2, 99 (every exhibit 99), 8-K ...; may be repeated.", check=read_document_type)]
    kept: Annotated[bool | None, Ask("kept", "Those whose bytes are kept, or those that are only listed.", names=("--kept/--listed",))]


class OfReleases(OfFilings, total=False):
    """Filters of releases and of what was read from them."""

    kind: Annotated[Words, Ask("kinds", "Kind of release: results, guidance, acquisition ...", check=check_kind)]
    contains: Annotated[str | None, Ask("contains", "Whose text contains this (any case).", "TEXT")]
    exhibit: Annotated[
        Words, Ask("pipelines", "release, supplement (another exhibit 99) or body (the 8-K itself), as parsed.", check=check_pipeline)
    ]
    type: Annotated[Words, Ask("types", "Of documents of this type, as parsed: 99.2, 99 ...", check=read_document_type)]
    parser_version: Annotated[str | None, Ask("parser_version", "As this parser version read it, instead of the latest.", "VERSION")]


class ReleaseQuestion(OfReleases, total=False):
    """Filters of releases."""

    errors: Annotated[bool | None, Ask("errors", "Those alone that could not be parsed.")]


class GuidanceQuestion(OfReleases, total=False):
    """Filters of outlooks; a metric may also be a release's own words."""

    metric: Annotated[
        Words, Ask("metrics", "revenue, eps_diluted ..., or the release's own words; may be repeated.", names=("--metric", "-m"))
    ]
    basis: Annotated[Words, Ask("bases", "gaap or nongaap.", check=check_basis)]


class FigureQuestion(OfReleases, total=False):
    """Filters of figures."""

    metric: Annotated[
        Words, Ask("metrics", "revenue, net_income, eps_diluted ...; may be repeated.", names=("--metric", "-m"), check=check_metric)
    ]
    basis: Annotated[Words, Ask("bases", "gaap or nongaap.", check=check_basis)]
    duration: Annotated[
        Words, Ask("durations", "quarter, half, nine_months, year or instant.", names=("--duration", "-d"), check=check_duration)
    ]
    period_from: Annotated[Day, Ask("period_from", "Period ends on or after this day.", "DATE")]
    period_until: Annotated[Day, Ask("period_until", "Period ends on or before this day.", "DATE", after="period_from")]
    comparative: Annotated[
        bool | None,
        Ask("comparative", "Earlier periods shown beside, or the release's own period.", names=("--comparative/--current",)),
    ]
    min_grade: Annotated[str | None, Ask("min_grade", "At least so sure: A, B or C.", "GRADE", check=check_grade)]


class PassageQuestion(OfFilings, total=False):
    """Filters of passages."""

    kind: Annotated[Words, Ask("passage_kinds", "safe_harbor, statement, headline, contact, about ...", check=check_passage_kind)]
    quantitative: Annotated[
        bool | None, Ask("quantitative", "Statements that name a number, or that name none.", names=("--quantitative/--qualitative",))
    ]
    contains: Annotated[str | None, Ask("contains", "Whose text contains this (any case).", "TEXT")]


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter as it is declared: its keyword, its type in Python, and what it asks."""

    name: str
    hint: Any
    ask: Ask

    @property
    def option(self) -> tuple[str, ...]:
        """The names of its option."""
        return self.ask.names or (f"--{self.name.replace('_', '-')}",)


COMPANY = Filter("company", Companies, Ask("ciks", "Ticker, CIK or name; may be given several times.", names=("--company", "--cik", "-c")))
"""The filter that every question has; in Python it needs no keyword."""


@lru_cache
def list_filters(question: Any) -> tuple[Filter, ...]:
    """The filters of a question, that of companies first, the others in the order of their declaration."""
    hints = typing.get_type_hints(question, include_extras=True)
    return (COMPANY, *(Filter(name, *typing.get_args(hint)[:2]) for name, hint in hints.items()))


def ask(filter_type: type[F], question: type, archive: Archive, asked: Mapping[str, Any]) -> F:
    """A filter of storage from the keywords of a question; UserError for words that mean nothing, TypeError for unknown keywords."""
    filters = {known.name: known for known in list_filters(question)}
    if unknown := [name for name in asked if name not in filters]:
        raise TypeError(f"unknown filter {unknown[0]!r}; known: {', '.join(filters)}")
    told = {name: value for name, value in asked.items() if value is not None}
    return filter_type(**{filters[name].ask.field: _read(filters[name], told, archive) for name in told})


def _read(known: Filter, asked: Mapping[str, Any], archive: Archive) -> Any:
    """The value of one filter, by its type: companies, days, words, a word, yes or no."""
    value, about = asked[known.name], known.ask
    if about.field == "ciks":
        return find_ciks(archive, value)
    if known.hint == Day:
        if about.after is None:
            return read_day(value, known.option[0])
        return read_range(asked.get(about.after), value, (f"--{about.after.replace('_', '-')}", known.option[0]))[1]
    if known.hint == Words:
        return [about.check(word) if about.check else word for word in as_words(value)]
    if isinstance(value, bool):
        return value
    return about.check(value) if about.check else value or None
