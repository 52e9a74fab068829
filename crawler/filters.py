"""Which of the listed filings a crawl wants."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from ex99.crawler.plan import is_paper
from ex99.filings.filing import Filing
from ex99.filings.forms import FORM_8K_FAMILY, NEW_ITEMS, OLD_ITEMS, RESULTS_ITEMS
from ex99.filings.identifiers import AccessionNumber

# 2015, 2015-06, 2015-06-30
_DAY = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?")

ITEM_ALIASES: dict[str, frozenset[str]] = {"results": RESULTS_ITEMS}


class FilterError(ValueError):
    """A filter that cannot be meant; the text is one line for the user."""


@dataclass(frozen=True, slots=True)
class WantedFilings:
    """A filter over filings; empty parts let everything pass. ``accessions`` narrows to just these filings."""

    since: dt.date | None = None
    until: dt.date | None = None
    items: frozenset[str] = frozenset()
    forms: frozenset[str] = frozenset()
    accessions: frozenset[AccessionNumber] = frozenset()

    @classmethod
    def parse(cls, *, since: str = "", until: str = "", items: str = "", forms: str = "", accessions: str = "") -> Self:
        """Read a filter from a spider's arguments: dates (or months, or years) and comma-separated lists; raises FilterError."""
        first, last = _parse_day(since, "since"), _parse_day(until, "until", last=True)
        if first and last and first > last:
            raise FilterError(f"since {first} is later than until {last}")
        return cls(
            since=first,
            until=last,
            items=_parse_items(split_list(items)),
            forms=_parse_forms(split_list(forms)),
            accessions=frozenset(AccessionNumber.parse(text) for text in split_list(accessions)),
        )

    def accepts(self, filing: Filing) -> bool:
        """Whether a listed filing is wanted.

        A listing's items are blank for many filings up to 2004 and for some of 2008 and 2011 that do have items, so blank ones pass
        the item filter: such a filing is fetched, and what its header says then goes into the archive.
        """
        return (
            (not self.accessions or filing.accession in self.accessions)
            and (self.since is None or filing.filing_date >= self.since)
            and (self.until is None or filing.filing_date <= self.until)
            and (not self.forms or filing.form in self.forms)
            and (not self.items or not filing.items or any(item.number in self.items for item in filing.items))
        )

    def state_of(self, filing: Filing) -> str | None:
        """Where a listed filing that is not archived stands for this crawl: to be fetched ("listed"), "outside" or on "paper".

        None for the others of a crawl that asks for single filings (``accessions``), which says nothing about them.
        """
        if is_paper(filing):
            return "paper"
        if self.accepts(filing):
            return "listed"
        return None if self.accessions else "outside"


def parse_filter(arguments: Mapping[str, str]) -> WantedFilings:
    """The filter that a spider's arguments describe; raises FilterError for an argument that no spider takes."""
    known = {"since", "until", "items", "forms", "accessions"}
    if unknown := sorted(arguments.keys() - known):
        raise FilterError(f"unknown argument {unknown[0]!r}: the filter takes {', '.join(sorted(known))}")
    return WantedFilings.parse(**arguments)


def split_list(text: str) -> list[str]:
    """The parts of a comma-separated list, blanks left out."""
    return [part.strip() for part in text.split(",") if part.strip()]


def parse_day_or_span(text: str, *, last: bool = False) -> dt.date:
    """A day from 2015-06-30, 2015-06 or 2015: of a month or a year its first day, or its ``last``; raises ValueError."""
    match = _DAY.fullmatch(text.strip())
    if match is None:
        raise ValueError(text)
    year, month = int(match["year"]), match["month"]
    if match["day"] is not None:
        return dt.date(year, int(month), int(match["day"]))
    first = dt.date(year, int(month or 1), 1)
    if not last:
        return first
    following = dt.date(year + 1, 1, 1) if month in (None, "12") else dt.date(year, int(month) + 1, 1)
    return following - dt.timedelta(days=1)


def _parse_day(text: str, name: str, *, last: bool = False) -> dt.date | None:
    if not text:
        return None
    try:
        return parse_day_or_span(text, last=last)
    except (ValueError, OverflowError) as error:
        raise FilterError(f"{name}: expected a date such as 2020-01-31, 2020-01 or 2020, not {text!r}") from error


def _parse_items(texts: Iterable[str]) -> frozenset[str]:
    numbers: set[str] = set()
    for text in texts:
        if text.lower() in ITEM_ALIASES:
            numbers |= ITEM_ALIASES[text.lower()]
        elif text in NEW_ITEMS or text in OLD_ITEMS:
            numbers.add(text)
        else:
            raise FilterError(f"{text!r} is no item of Form 8-K: expected numbers such as 2.02 or 12, or results for both of these")
    return frozenset(numbers)


def _parse_forms(texts: Iterable[str]) -> frozenset[str]:
    forms = {text.upper() for text in texts}
    if unknown := sorted(forms.difference(FORM_8K_FAMILY)):
        raise FilterError(f"{unknown[0]!r} is not of the 8-K family: {', '.join(FORM_8K_FAMILY)}")
    return frozenset(forms)
