"""The company's fiscal calendar, as far as one release tells it: which quarter it reports, when that ended, when its year ends."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass, field

from ex99.filings.release import FiscalPeriod
from ex99.parsing.tolerances import TOLERANCES

NEAR = TOLERANCES.same_end
"""Two ends this close are the same period's: companies on a week calendar end their quarters up to a week off the month's end."""
_QUARTER_DAYS = 91
_YEAR_DAYS = 364


@dataclass(frozen=True, slots=True)
class Calendar:
    """The most recent quarter a release reports: fiscal ``year``, ``quarter`` (4 where only a year is reported) and its ``end``.

    ``known`` are ends printed in the document; computed ends are snapped to them.
    """

    year: int
    quarter: int
    end: dt.date
    known: tuple[dt.date, ...] = field(default=())

    def quarter_end(self, year: int, quarter: int) -> dt.date:
        """The end of another fiscal quarter."""
        return self._moved((year - self.year) * 4 + quarter - self.quarter)

    def year_end(self, year: int) -> dt.date:
        """The end of a fiscal year."""
        return self.quarter_end(year, 4)

    def year_before(self, end: dt.date) -> dt.date:
        """The end of the same period a year earlier."""
        return self.snap(shift_end(end, -4))

    def quarter_before(self, end: dt.date) -> dt.date:
        """The end of the preceding quarter."""
        return self.snap(shift_end(end, -1))

    def fiscal_quarter(self, end: dt.date) -> tuple[int, int]:
        """(fiscal year, quarter) of a quarter that ends near a day."""
        months = (end.year - self.end.year) * 12 + end.month - self.end.month
        quarters = round((months + (end.day - self.end.day) / 31) / 3)
        index = self.year * 4 + self.quarter - 1 + quarters
        return index // 4, index % 4 + 1

    def snap(self, end: dt.date) -> dt.date:
        """The printed end nearest to a computed one, or the computed one."""
        near = [known for known in self.known if abs(known - end) <= NEAR]
        return min(near, key=lambda known: abs(known - end)) if near else end

    def _moved(self, quarters: int) -> dt.date:
        return self.snap(shift_end(self.end, quarters)) if quarters else self.end


def shift_end(end: dt.date, quarters: int) -> dt.date:
    """A period's end moved by whole quarters: to the month's end where it was one, else by 13 weeks to the same weekday."""
    if is_month_end(end):
        month = end.year * 12 + end.month - 1 + 3 * quarters
        year, month = month // 12, month % 12 + 1
        return dt.date(year, month, monthrange(year, month)[1])
    years, rest = divmod(abs(quarters), 4)
    days = years * _YEAR_DAYS + rest * _QUARTER_DAYS
    moved = end + dt.timedelta(days=days if quarters > 0 else -days)
    drift = round((years * 1.25) / 7) * 7
    return moved + dt.timedelta(days=drift if quarters > 0 else -drift)


def is_month_end(day: dt.date) -> bool:
    """Whether a day is its month's last."""
    return day.day == monthrange(day.year, day.month)[1]


def to_fiscal_period(calendar: Calendar | None, *, year_only: bool = False) -> FiscalPeriod:
    """The calendar's current quarter as a release's fiscal period; without a quarter where only a year is reported."""
    if calendar is None:
        return FiscalPeriod()
    return FiscalPeriod(calendar.year, None if year_only else calendar.quarter, calendar.end)
