"""One filing for each trap, for tests of readers and of the choice among exhibits."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from ex99.replica.compose.books import BookPlan, Books
from ex99.replica.compose.company import Company, make_company
from ex99.replica.compose.filing import Order, compose_filing, results_items
from ex99.replica.compose.fiscal import FiscalCalendar
from ex99.replica.compose.history import working_day
from ex99.replica.compose.notices import NOTICES, make_notice
from ex99.replica.compose.results import make_results
from ex99.replica.compose.truth import TRAPS, ComposedFiling

_YEARS = {"no_filenames": 1997, "header_only": 1996, "inside_8k": 2006, "contract": 1997, "blank_items": 2004, "amendment": 2009}
"""The year in which a trap is laid, where it belongs to an era; the others lie in 2016."""


def compose_trap(trap: str, seed: int = 0, *, year: int | None = None) -> ComposedFiling:
    """The filing that lays one of TRAPS, by default in a year in which it was common."""
    number = list(TRAPS).index(trap)
    year = year or _YEARS.get(trap, 2016)
    cik = 9_100_000 + 50 * seed + number
    calendar = FiscalCalendar(12, weeks=trap == "weeks_53")
    plan = BookPlan(
        seed + number,
        dividend=Decimal("0.05"),
        restated_in=year if trap == "restated" else None,
        loss_quarters=frozenset({(year, 2)}) if trap == "net_loss" else frozenset(),
    )
    name = f"Trapdoor {trap.replace('_', ' ').title()} Inc"
    company = make_company(name, cik, f"TRP{chr(65 + number)}", seed, calendar=calendar, books=plan)
    return compose_filing(_order(company, trap, year))


def compose_traps(seed: int = 0) -> list[ComposedFiling]:
    """One filing for each of TRAPS."""
    return [compose_trap(trap, seed) for trap in TRAPS]


def _order(company: Company, trap: str, year: int) -> Order:
    year, quarter = (_year_of_53_weeks(company.calendar, year), 4) if trap == "weeks_53" else (year, 2)
    end = company.calendar.end(year, quarter)
    day = working_day(end + dt.timedelta(days=25))
    if trap == "management_change":
        return Order(company, make_notice(company, NOTICES[0], day), day, 1, NOTICES[0].items, trap=trap)
    if trap in ("no_exhibit", "contract"):
        return Order(company, None, day, 1, ("5",) if day.year < 2004 else ("8.01",), trap=trap)
    release = make_results(company, Books(company.books, year - 1, year), year, quarter, day, modern=day.year >= 2012)
    order = Order(company, release, day, 1, results_items(day), (year, quarter, end), trap)
    if trap == "co_registrants":
        others = tuple(
            replace(company, name=f"{company.short} {part} Co", cik=company.cik - shift, ticker="")
            for part, shift in (("Northern", 40_000), ("Coastal", 70_000))
        )
        return replace(order, others=others)
    return order


def _year_of_53_weeks(calendar: FiscalCalendar, year: int) -> int:
    return next(y for y in range(year, year + 8) if calendar.count_weeks(y, 4, "year") == 53)
