"""Fiscal calendars: years that end with a month, and years that end on its last Saturday, of 52 or 53 weeks."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

_MONTHS = {"quarter": "Three Months Ended", "half": "Six Months Ended", "nine_months": "Nine Months Ended", "year": "Twelve Months Ended"}
_QUARTERS = {"quarter": 1, "half": 2, "nine_months": 3, "year": 4}
TO_DATE = {1: "quarter", 2: "half", 3: "nine_months", 4: "year"}
"""The duration that a year-to-date figure has in each quarter's release."""
ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth"}


@dataclass(frozen=True, slots=True)
class FiscalCalendar:
    """``end_month`` is the month a fiscal year ends in, which names the year; with ``weeks`` it ends on that month's last Saturday."""

    end_month: int = 12
    weeks: bool = False

    def end(self, year: int, quarter: int) -> dt.date:
        """The last day of a fiscal quarter."""
        if not self.weeks:
            month = self.end_month - 3 * (4 - quarter)
            when = (year - 1, month + 12) if month < 1 else (year, month)
            return dt.date(*when, calendar.monthrange(*when)[1])
        if quarter == 4:
            last = dt.date(year, self.end_month, calendar.monthrange(year, self.end_month)[1])
            return last - dt.timedelta(days=(last.weekday() - 5) % 7)
        return self.end(year - 1, 4) + dt.timedelta(weeks=13 * quarter)

    def count_weeks(self, year: int, quarter: int, duration: str) -> int:
        """How many weeks a period that ends with a quarter lasts."""
        first = quarter - _QUARTERS[duration]
        start = self.end(year, first) if first else self.end(year - 1, 4)
        return (self.end(year, quarter) - start).days // 7

    def words(self, year: int, quarter: int, duration: str) -> str:
        """A period as a column's header calls it: "Three Months Ended", "14 Weeks Ended"."""
        return f"{self.count_weeks(year, quarter, duration)} Weeks Ended" if self.weeks else _MONTHS[duration]


def spell(day: dt.date) -> str:
    """A day as prose writes it: March 31, 2004."""
    return f"{day:%B} {day.day}, {day.year}"
