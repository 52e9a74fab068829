"""Which index files list the filings between two days, in as few requests as can be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

FIRST_DAY = dt.date(1993, 1, 1)
"""EDGAR's first quarter with an index."""

DAILY_WITHIN = dt.timedelta(days=14)
"""So many days back the daily indexes are read: the quarterly one is rewritten overnight and at weekends, and may lack the last days.

Further back a quarter is one request and a day is one too; and only the recent days' files have names that never changed.
"""


@dataclass(frozen=True, slots=True)
class IndexFile:
    """An index file: its path below /Archives/edgar/, and the days (both included) that are taken from it."""

    path: str
    since: dt.date
    until: dt.date

    @property
    def daily(self) -> bool:
        """Whether it is one day's; then its absence means a day without filings."""
        return self.path.startswith("daily-index/")


def plan_indexes(since: dt.date, until: dt.date, today: dt.date) -> Iterator[IndexFile]:
    """The index files for the days from ``since`` to ``until``, oldest first; nothing for days to come."""
    day, last = max(since, FIRST_DAY), min(until, today)
    recent = today - DAILY_WITHIN
    while day <= last and day < recent:
        end = min(_quarter_end(day), last, recent - dt.timedelta(days=1))
        yield IndexFile(f"full-index/{day.year}/QTR{_quarter(day)}/master.gz", day, end)
        day = end + dt.timedelta(days=1)
    while day <= last:
        if day.weekday() < 5:
            yield IndexFile(f"daily-index/{day.year}/QTR{_quarter(day)}/master.{day:%Y%m%d}.idx", day, day)
        day += dt.timedelta(days=1)


def _quarter(day: dt.date) -> int:
    return (day.month + 2) // 3


def _quarter_end(day: dt.date) -> dt.date:
    first_of_next = dt.date(day.year + (day.month > 9), (_quarter(day) * 3) % 12 + 1, 1)
    return first_of_next - dt.timedelta(days=1)
