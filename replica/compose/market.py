"""Many small filings of many companies, for tests of faults and of scale."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from ex99.filings.forms import NEW_ITEMS_SINCE
from ex99.replica.compose.books import BookPlan, Books
from ex99.replica.compose.company import Company, invent_name, invent_ticker, make_company
from ex99.replica.compose.content import Statement
from ex99.replica.compose.filing import Order, compose_filing, results_items
from ex99.replica.compose.history import working_day
from ex99.replica.compose.notices import NOTICES, make_notice
from ex99.replica.compose.results import make_results
from ex99.replica.compose.truth import ComposedFiling

_FIRST_CIK = 9_500_000
_AGENT = 9_900_001
_TRAPS = (None,) * 11 + ("amendment", "no_exhibit", "pdf_exhibit", "inside_8k", "after_graphic")


def compose_market(
    n_filings: int,
    seed: int = 0,
    *,
    n_companies: int | None = None,
    first_day: dt.date = dt.date(2014, 1, 2),
    last_day: dt.date = dt.date(2023, 12, 29),
) -> Iterator[ComposedFiling]:
    """``n_filings`` small 8-Ks, day after day, of ``n_companies`` (default: one for each ten filings), a few with traps.

    A results release keeps of its statements the main rows of the income statement, for the quarter and the year before.
    The same arguments give the same bytes, about 20 kB a filing.
    """
    companies = n_companies or max(1, n_filings // 10)
    dice = random.Random(f"market {seed}")  # noqa: S311 - repeatable, nothing secret
    days = (last_day - first_day).days
    for number in range(n_filings):
        day = working_day(first_day + dt.timedelta(days=number * days // max(1, n_filings - 1)))
        company = _company(number % companies if number < companies else dice.randrange(companies), seed)
        yield compose_filing(_order(company, day, number + 1, dice, _AGENT + seed))


def _order(company: Company, day: dt.date, number: int, dice: random.Random, agent: int) -> Order:
    trap = dice.choice(_TRAPS)
    if trap == "no_exhibit" or dice.random() < 0.15:
        new = day >= NEW_ITEMS_SINCE
        notice = dice.choice(NOTICES)
        if trap in (None, "amendment"):
            release = make_notice(company, notice, day)
            return Order(company, release, day, number, notice.items if new else notice.old_items, trap=trap, pictures=False, agent=agent)
        return Order(company, None, day, number, ("8.01",) if new else ("5",), trap="no_exhibit", agent=agent)
    year, quarter = (day.year, (day.month - 1) // 3) if day.month > 3 else (day.year - 1, 4)
    release = make_results(company, _books(company, year), year, quarter, day, modern=False)
    release = replace(release, statements=(_slim(release.statements[0]),))
    end = company.calendar.end(year, quarter)
    return Order(company, release, day, number, results_items(day), (year, quarter, end), trap, pictures=False, agent=agent)


def _slim(statement: Statement) -> Statement:
    """An income statement's rows that report a metric (and their headings), for the first two columns."""
    kept = tuple(replace(row, values=row.values[:2]) for row in statement.rows if row.metric or row.kind == "heading")
    return replace(statement, columns=statement.columns[:2], rows=kept)


@lru_cache(maxsize=4096)
def _company(number: int, seed: int) -> Company:
    plan = BookPlan(seed * 100_003 + number, revenue=8_000 + 37 * (number % 900), shares=6_000 + 11 * (number % 1000))
    return make_company(invent_name(number), _FIRST_CIK + number, invent_ticker(number), seed, books=plan)


@lru_cache(maxsize=4096)
def _books(company: Company, year: int) -> Books:
    return Books(company.books, year, year)
