"""Writing companies: the latest source's word wins, and what it leaves out is kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, delete, select, update

from ex99.filings.filing import Filer
from ex99.storage.inserts import insert_new
from ex99.storage.models import Company, FormerName, Ticker

LONGEST_NAME = 500
_FACTS = ("name", "sic", "state", "fiscal_year_end")


def save_companies(connection: Connection, filers: Sequence[Filer], as_of: dt.date) -> None:
    """Insert or update companies by what one source, of the day ``as_of``, says of them."""
    told = {int(filer.cik): filer for filer in filers}
    query = select(Company.cik, Company.name, Company.sic, Company.state, Company.fiscal_year_end, Company.as_of)
    known = {row.cik: row._mapping for row in connection.execute(query.where(Company.cik.in_(told)))}
    rows = [{"cik": cik, "as_of": as_of, **_facts(filer)} for cik, filer in sorted(told.items()) if cik not in known]
    insert_new(connection, Company, rows)
    for cik in sorted(known):
        changed = _changes(known[cik], _facts(told[cik]), as_of)
        if changed:
            connection.execute(update(Company).where(Company.cik == cik).values(changed))
    for cik, filer in sorted(told.items()):
        _save_former_names(connection, cik, filer)


def replace_tickers(connection: Connection, filer: Filer) -> None:
    """Make the tickers of a company those that its submissions file names now; none named leaves what is known."""
    wanted = {symbol.strip().upper()[:LONGEST_NAME]: exchange for symbol, exchange in filer.tickers if symbol.strip()}
    query = select(Ticker.symbol, Ticker.exchange).where(Ticker.cik == int(filer.cik))
    known = {row.symbol: row.exchange for row in connection.execute(query)}
    if not wanted or wanted == known:
        return
    connection.execute(delete(Ticker).where(Ticker.cik == int(filer.cik)))
    rows = [{"cik": int(filer.cik), "symbol": symbol, "exchange": exchange} for symbol, exchange in sorted(wanted.items())]
    insert_new(connection, Ticker, rows)


def _facts(filer: Filer) -> dict[str, str | None]:
    return {
        "name": filer.name[:LONGEST_NAME] or None,
        "sic": filer.sic or None,
        "state": filer.state or None,
        "fiscal_year_end": filer.fiscal_year_end or None,
    }


def _changes(known: Any, told: dict[str, str | None], as_of: dt.date) -> dict[str, Any]:
    """The columns to set: a source as new or newer overrides what it names, an older one only fills what is missing."""
    newer = as_of >= known["as_of"]
    changed: dict[str, Any] = {
        name: told[name] for name in _FACTS if told[name] is not None and told[name] != known[name] and (newer or known[name] is None)
    }
    if as_of > known["as_of"]:
        changed["as_of"] = as_of
    return changed


def _save_former_names(connection: Connection, cik: int, filer: Filer) -> None:
    for former in filer.former_names:
        name = former.name[:LONGEST_NAME]
        insert_new(connection, FormerName, [{"cik": cik, "name": name, "until": former.until}])
        if former.until is not None:
            later = (FormerName.until.is_(None)) | (FormerName.until < former.until)
            connection.execute(update(FormerName).where(FormerName.cik == cik, FormerName.name == name, later).values(until=former.until))
