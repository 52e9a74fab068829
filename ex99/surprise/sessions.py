"""Trading sessions of the New York Stock Exchange: which one saw a release, and the first day on which prices could answer it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

from ex99.extras import import_or_say
from ex99.filings.filing import NEW_YORK

OPENS, CLOSES, CLOSES_EARLY = dt.time(9, 30), dt.time(16, 0), dt.time(13, 0)
SESSIONS: dict[str, str] = {
    "before_open": "on a trading day, before 9:30 in New York",
    "during": "while the exchange was open",
    "after_close": "on a trading day, after 16:00 (13:00 on half days)",
    "no_session": "on a weekend or an exchange holiday",
}


@dataclass(frozen=True, slots=True)
class Sight:
    """When the market saw a release: ``session`` is a key of SESSIONS, ``trading_day`` the first session at or after it."""

    session: str
    trading_day: dt.date


def find_session(moment: dt.datetime) -> Sight:
    """The session that an acceptance time (aware) fell into. Needs ``ex99[surprise]``; UserError says so."""
    local = moment.astimezone(NEW_YORK)
    day, clock = local.date(), local.time()
    if not _trades(day):
        return Sight("no_session", _next_trading_day(day))
    if clock < OPENS:
        return Sight("before_open", day)
    if clock < (CLOSES_EARLY if day in _days(day.year, "half_day") else CLOSES):
        return Sight("during", day)
    return Sight("after_close", _next_trading_day(day))


def _next_trading_day(day: dt.date) -> dt.date:
    following = day + dt.timedelta(1)
    return following if _trades(following) else _next_trading_day(following)


def _trades(day: dt.date) -> bool:
    return day.weekday() < 5 and day not in _days(day.year, "public")


@lru_cache(maxsize=256)
def _days(year: int, category: str) -> frozenset[dt.date]:
    """The exchange's holidays, or its half days, of a year, by the library holidays."""
    return frozenset(import_or_say("holidays").financial_holidays("XNYS", years=[year], categories=(category,)))
