"""How companies name their periods: the fiscal calendars that their own releases tell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Connection, select

from ex99.filings.exhibits import RELEASE
from ex99.filings.fiscal import Calendar, FiscalCalendar, Quarter
from ex99.storage.models import Document, Filing, FilingFiler, Release

_MANY = 100
_AROUND = dt.timedelta(days=1200)
"""How far from a range releases still tell how a company names its periods: three years, twice as many votes as are counted."""


def read_calendars(
    connection: Connection, conditions: Sequence[ColumnElement[bool]], as_of: dt.date | None = None
) -> dict[int, list[Calendar]]:
    """By CIK what each current press release tells of its fiscal period; ``as_of`` leaves out what was filed later."""
    query = (
        select(FilingFiler.cik, Release.fiscal_end, Release.fiscal_year, Release.fiscal_quarter)
        .select_from(FilingFiler)
        .join(Document, Document.filing_id == FilingFiler.filing_id)
        .join(Release, Release.document_id == Document.id)
        .where(Release.current, Release.pipeline == RELEASE, Release.fiscal_end.is_not(None), Release.fiscal_year.is_not(None), *conditions)
    )
    if as_of is not None:
        query = query.join(Filing, Filing.id == FilingFiler.filing_id).where(Filing.filing_date <= as_of)
    told: dict[int, list[Calendar]] = {}
    for row in connection.execute(query):
        if row.fiscal_end is not None and row.fiscal_year is not None:
            told.setdefault(row.cik, []).append(Calendar(row.fiscal_year, row.fiscal_quarter or 4, row.fiscal_end))
    return told


def tell_of(first: dt.date, last: dt.date) -> list[ColumnElement[bool]]:
    """The conditions on calendars that label periods ended between two days: those that the years around them tell."""
    return [Release.fiscal_end >= first - _AROUND, Release.fiscal_end <= last + _AROUND]


class Calendars:
    """The calendars of many companies, each read once, when the first of its figures comes by; ``conditions`` are those of ``tell_of``."""

    def __init__(self, conditions: Sequence[ColumnElement[bool]] = ()) -> None:
        self._conditions = conditions
        self._known: dict[int, FiscalCalendar] = {}
        self._knows_all = False

    def learn(self, connection: Connection, ciks: Iterable[int]) -> None:
        """Read the calendars of those companies that are not known yet; of very many within conditions, those of all at once."""
        new = sorted({int(cik) for cik in ciks} - self._known.keys())
        if not new or self._knows_all:
            return
        self._knows_all = bool(self._conditions) and len(new) > _MANY
        whom = [] if self._knows_all else [FilingFiler.cik.in_(new)]
        told = read_calendars(connection, [*whom, *self._conditions])
        self._known |= {cik: FiscalCalendar(told.get(cik, ())) for cik in (told if self._knows_all else new)}

    def label(self, cik: int | None, end: dt.date | None, duration: str) -> Quarter | tuple[int | None, None]:
        """(fiscal year, quarter) in the company's own counting of a period's end, of a year without the quarter; Nones for the unknown."""
        calendar = None if cik is None or end is None else self._known.get(cik)
        if calendar is None or end is None:
            return None, None
        told = calendar.label(end)
        return (told[0], None) if duration == "year" else told
