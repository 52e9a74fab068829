"""What a user asks for, checked and put into the filters of storage: the same words from the command line and from Python."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from ex99.companies import Companies, find_ciks
from ex99.crawler.filters import parse_day_or_span
from ex99.errors import UserError
from ex99.filings.identifiers import AccessionNumber
from ex99.metrics import check_basis, check_duration, check_kind, check_metrics, check_passage_kind, check_state
from ex99.storage.archive import Archive
from ex99.storage.filters import FigureFilter, FilingFilter, PassageFilter, ReleaseFilter

Day = dt.date | str | None
Words = str | Sequence[str] | None


def read_day(day: Day, name: str, *, last: bool = False) -> dt.date | None:
    """A day from a date or from 2015-06-30, 2015-06 or 2015; a month or a year means its first day, or its ``last``."""
    if day is None or isinstance(day, dt.date):
        return day.date() if isinstance(day, dt.datetime) else day
    try:
        return parse_day_or_span(day, last=last)
    except (ValueError, OverflowError):
        raise UserError(f"{name} {day!r} is no date", "write it as 2015-06-30, 2015-06 or 2015") from None


def read_range(since: Day, until: Day, names: tuple[str, str] = ("--since", "--until")) -> tuple[dt.date | None, dt.date | None]:
    """The days that a range names; refuses one that ends before it begins."""
    first, last = read_day(since, names[0]), read_day(until, names[1], last=True)
    if first and last and last < first:
        raise UserError(f"{names[1]} {last} lies before {names[0]} {first}", "exchange the two")
    return first, last


def as_words(words: Words) -> list[str]:
    """The single words of a value that may be one, several, or several separated by commas."""
    several = [words] if isinstance(words, str) else list(words or ())
    return [word.strip() for value in several for word in value.split(",") if word.strip()]


def ask_filings(archive: Archive, **asked: Any) -> FilingFilter:
    """A filter of filings."""
    return FilingFilter(**_filing_fields(archive, asked), states=[check_state(word) for word in as_words(asked.get("states"))])


def ask_releases(archive: Archive, **asked: Any) -> ReleaseFilter:
    """A filter of releases."""
    return ReleaseFilter(**_release_fields(archive, asked))


def ask_figures(archive: Archive, *, any_metric: bool = False, **asked: Any) -> FigureFilter:
    """A filter of figures or guidance; with ``any_metric`` a metric may be a row's own words."""
    words = as_words(asked.get("metric"))
    first, last = read_range(asked.get("period_from"), asked.get("period_until"), ("--period-from", "--period-until"))
    return FigureFilter(
        **_release_fields(archive, asked),
        metrics=words if any_metric else check_metrics(words),
        bases=[check_basis(word) for word in as_words(asked.get("basis"))],
        durations=[check_duration(word) for word in as_words(asked.get("duration"))],
        period_from=first,
        period_until=last,
        comparative=asked.get("comparative"),
    )


def ask_passages(archive: Archive, **asked: Any) -> PassageFilter:
    """A filter of passages."""
    return PassageFilter(
        **_release_fields(archive, asked),
        passage_kinds=[check_passage_kind(word) for word in as_words(asked.get("passage_kind"))],
        quantitative=asked.get("quantitative"),
    )


def _filing_fields(archive: Archive, asked: dict[str, Any]) -> dict[str, Any]:
    companies: Companies = asked.get("company")
    first, last = read_range(asked.get("since"), asked.get("until"))
    return {
        "ciks": find_ciks(archive, companies),
        "accessions": [AccessionNumber.parse(word) for word in as_words(asked.get("accession"))],
        "forms": [word.upper() for word in as_words(asked.get("forms"))],
        "items": as_words(asked.get("items")),
        "since": first,
        "until": last,
    }


def _release_fields(archive: Archive, asked: dict[str, Any]) -> dict[str, Any]:
    return _filing_fields(archive, asked) | {
        "kinds": [check_kind(word) for word in as_words(asked.get("kind"))],
        "contains": asked.get("contains") or None,
        "parser_version": asked.get("parser_version"),
        "errors": asked.get("errors"),
    }
