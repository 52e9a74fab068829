"""A company's history of 8-Ks over years: results each quarter, other news between, and whatever traps are asked for."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ex99.filings.forms import NEW_ITEMS_SINCE
from ex99.replica.compose.books import BookPlan, Books
from ex99.replica.compose.company import Company, make_company
from ex99.replica.compose.filing import Order, compose_filing, results_items
from ex99.replica.compose.fiscal import FiscalCalendar
from ex99.replica.compose.notices import NOTICES, make_notice
from ex99.replica.compose.results import make_results
from ex99.replica.compose.truth import ComposedFiling

_OLDEST = 1993
"""EDGAR's first year."""


def compose_company(  # noqa: PLR0917 - the six say who and when
    name: str,
    cik: int,
    ticker: str,
    first_year: int,
    last_year: int,
    seed: int = 0,
    *,
    calendar: FiscalCalendar | None = None,
    books: BookPlan | None = None,
    others_a_year: int = 2,
) -> list[ComposedFiling]:
    """Every 8-K of a fictitious company from one fiscal year to another, oldest first.

    Results come about 25 days after each quarter's end; ``others_a_year`` filings a year tell other news. The same arguments
    give the same bytes.
    """
    company = make_company(name, cik, ticker, seed, calendar=calendar, books=books)
    return list(compose_history(company, first_year, last_year, others_a_year=others_a_year))


def compose_history(
    company: Company,
    first_year: int,
    last_year: int,
    *,
    others_a_year: int = 2,
    traps: Iterable[str] = (),
) -> Iterator[ComposedFiling]:
    """The 8-Ks of a company; one filing of results after another lays a trap of ``traps`` until they are used up."""
    books = Books(company.books, first_year, last_year)
    waiting = list(traps)
    orders = [*_results(company, books, first_year, last_year), *_others(company, first_year, last_year, others_a_year)]
    numbers: dict[int, int] = {}
    for order in sorted(orders, key=lambda order: order.day):
        numbers[order.day.year] = numbers.get(order.day.year, 0) + 1
        trap = waiting.pop(0) if waiting and order.fiscal else order.trap
        yield compose_filing(replace(order, number=numbers[order.day.year], trap=trap))


def _results(company: Company, books: Books, first_year: int, last_year: int) -> Iterator[Order]:
    dice = random.Random(f"days {company.cik}")  # noqa: S311 - repeatable, nothing secret
    for year in range(first_year, last_year + 1):
        for quarter in range(1, 5):
            end = company.calendar.end(year, quarter)
            day = working_day(end + dt.timedelta(days=dice.randint(21, 33)))
            if day.year < _OLDEST:
                continue
            release = make_results(company, books, year, quarter, day, modern=day.year >= 2012)
            yield Order(company, release, day, 0, results_items(day), (year, quarter, end))


def _others(company: Company, first_year: int, last_year: int, count: int) -> Iterator[Order]:
    dice = random.Random(f"news {company.cik}")  # noqa: S311 - repeatable, nothing secret
    for year in range(max(first_year, _OLDEST), last_year + 1):
        for _ in range(count):
            day = working_day(dt.date(year, dice.randint(1, 12), dice.randint(1, 28)))
            notice = dice.choice((*NOTICES, None))
            new = day >= NEW_ITEMS_SINCE
            if notice is None:
                yield Order(company, None, day, 0, ("8.01",) if new else ("5",))
            else:
                yield Order(company, make_notice(company, notice, day), day, 0, notice.items if new else notice.old_items)


def working_day(day: dt.date) -> dt.date:
    """A day, or the Monday after it where it falls on a weekend."""
    return day + dt.timedelta(days=7 - day.weekday()) if day.weekday() > 4 else day
