"""The listings of data.sec.gov and www.sec.gov/files: submissions files with overflow pages, and company_tickers."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ex99.filings.identifiers import Cik
from ex99.replica.catalog import Catalog, StoredFiling
from ex99.replica.options import ReplicaOptions
from ex99.replica.sgml import Party

# CIK0000000042.json      CIK0000000042-submissions-001.json
_NAME = re.compile(r"CIK(\d{10})(?:-submissions-(\d{3}))?\.json")
_SUFFIX = re.compile(r"\b(?:INC|CORP|CO|LTD|LLC|PLC|COMPANY|HOLDINGS?|GROUP|THE)\b", re.IGNORECASE)
TickerRow = tuple[int, str, str, str]
"""CIK, name, symbol, exchange."""


class Listings:
    """Renders the listings of a catalog; bytes of JSON, or None where EDGAR would know no such file."""

    def __init__(self, catalog: Catalog, options: ReplicaOptions) -> None:
        self._catalog = catalog
        self._options = options
        self._given = _read_tickers(options)
        self._rows: tuple[int, list[TickerRow]] = (-1, [])
        self._by_cik: tuple[list[TickerRow], dict[int, list[TickerRow]]] = ([], {})

    def submissions(self, name: str) -> bytes | None:
        """A submissions file or an overflow page by its file name."""
        match = _NAME.fullmatch(name)
        filings = self._catalog.by_cik.get(Cik(match[1])) if match and int(match[1]) else None
        if match is None or filings is None:
            return None
        cik, pages = Cik(match[1]), self._pages(filings)
        if match[2] is None:
            return _dump(self._company(cik, filings, pages))
        index = int(match[2])
        return _dump(self._columns(cik, pages[index], filings)) if 0 < index < len(pages) else None

    def tickers(self, path: str) -> bytes | None:
        """One of the two company_tickers files, by its path."""
        files = {"/files/company_tickers.json": self.company_tickers, "/files/company_tickers_exchange.json": self.company_tickers_exchange}
        return files[path]() if path in files else None

    def company_tickers(self) -> bytes:
        """company_tickers.json: one object keyed "0", "1" and so on."""
        rows = [{"cik_str": int(cik), "ticker": ticker, "title": title} for cik, title, ticker, _ in self._tickers()]
        return _dump({str(n): row for n, row in enumerate(rows)})

    def company_tickers_exchange(self) -> bytes:
        """company_tickers_exchange.json: field names and rows."""
        return _dump({"fields": ["cik", "name", "ticker", "exchange"], "data": [list(row) for row in self._tickers()]})

    def find_ticker(self, symbol: str) -> Cik | None:
        """The CIK of a symbol, or None."""
        return next((Cik(cik) for cik, _, ticker, _ in self._tickers() if ticker == symbol.upper()), None)

    def _tickers(self) -> list[TickerRow]:
        if self._options.company_tickers is not None:
            return self._given
        if self._rows[0] != len(self._catalog.by_cik):
            self._rows = (len(self._catalog.by_cik), self._make_tickers())
        return self._rows[1]

    def _own_tickers(self, cik: Cik) -> list[TickerRow]:
        rows = self._tickers()
        if self._by_cik[0] is not rows:
            by_cik: dict[int, list[TickerRow]] = {}
            for row in rows:
                by_cik.setdefault(row[0], []).append(row)
            self._by_cik = (rows, by_cik)
        return self._by_cik[1].get(cik, [])

    def _make_tickers(self) -> list[TickerRow]:
        named = {cik for cik, *_ in self._given}
        taken = {ticker for _, _, ticker, _ in self._given}
        rows = list(self._given)
        for cik in sorted(self._catalog.by_cik):
            if cik in named:
                continue
            title = _current_name(cik, self._catalog.by_cik[cik])
            ticker = _make_symbol(title, taken)
            taken.add(ticker)
            rows.append((int(cik), title, ticker, ("Nasdaq", "NYSE", "")[cik % 3]))
        return rows

    def _pages(self, filings: Sequence[StoredFiling]) -> list[Sequence[StoredFiling]]:
        first, rest = self._options.page_size, 2 * self._options.page_size
        starts = [0, *range(first, len(filings), rest)]
        overlap = self._options.overlap
        return [filings[max(0, s - (overlap if s else 0)) : s + (rest if s else first)] for s in starts]

    def _company(self, cik: Cik, filings: Sequence[StoredFiling], pages: list[Sequence[StoredFiling]]) -> dict[str, Any]:
        party = filings[0].party(cik)
        company = dict(party.company)
        own = self._own_tickers(cik)
        sic = re.search(r"(.*?)\s*\[?(\d{4})", company.get("STANDARD INDUSTRIAL CLASSIFICATION", ""))
        state = company.get("STATE OF INCORPORATION", "")
        return {
            "cik": cik.padded,
            "entityType": "operating",
            "sic": sic[2] if sic else "",
            "sicDescription": sic[1].title() if sic else "",
            "ownerOrg": company.get("ORGANIZATION NAME"),
            "insiderTransactionForOwnerExists": 0,
            "insiderTransactionForIssuerExists": 0,
            "name": company.get("COMPANY CONFORMED NAME", ""),
            "tickers": [row[2] for row in own],
            "exchanges": [row[3] or None for row in own],
            "ein": company.get("IRS NUMBER") or company.get("EIN"),
            "lei": None,
            "description": "",
            "website": "",
            "investorWebsite": "",
            "category": "",
            "fiscalYearEnd": company.get("FISCAL YEAR END"),
            "stateOfIncorporation": state,
            "stateOfIncorporationDescription": state,
            "addresses": {"mailing": _address(party.mail), "business": _address(party.business)},
            "phone": dict(party.business).get("BUSINESS PHONE"),
            "flags": "",
            "formerNames": _former_names(party),
            "filings": {
                "recent": self._columns(cik, pages[0], filings),
                "files": [_file_row(cik, n, page) for n, page in enumerate(pages) if n],
            },
        }

    def _columns(self, cik: Cik, page: Sequence[StoredFiling], filings: Sequence[StoredFiling]) -> dict[str, list[Any]]:
        newest = filings[0].filed
        rows = [_row(filing, cik, self._clock_is_eastern(cik, filing, newest)) for filing in page]
        return {name: [row[n] for row in rows] for n, name in enumerate(COLUMNS)}

    def _clock_is_eastern(self, cik: Cik, filing: StoredFiling, newest: dt.date) -> bool:
        clock = self._options.clock
        if clock == "by-cik":
            clock = "eastern" if cik % 9 in (0, 4) else "mixed" if cik % 27 == 19 else "utc"
        return clock == "eastern" or (clock == "mixed" and (newest - filing.filed).days < 90)


COLUMNS: tuple[str, ...] = (
    "accessionNumber",
    "filingDate",
    "reportDate",
    "acceptanceDateTime",
    "act",
    "form",
    "fileNumber",
    "filmNumber",
    "items",
    "core_type",
    "size",
    "isXBRL",
    "isInlineXBRL",
    "isXBRLNumeric",
    "primaryDocument",
    "primaryDocDescription",
)


def _row(filing: StoredFiling, cik: Cik, eastern: bool) -> tuple[Any, ...]:
    values = dict(filing.party(cik).values)
    act = values.get("SEC ACT", "")
    moment = filing.acceptance if eastern else filing.acceptance and filing.acceptance.astimezone(dt.UTC)
    named = filing.filed.year > 2000
    return (
        str(filing.accession),
        filing.filed.isoformat(),
        filing.period.isoformat() if filing.period else "",
        moment.strftime("%Y-%m-%dT%H:%M:%S.000Z") if moment else f"{filing.filed}T00:00:00.000Z",
        act[2:4] if len(act) > 4 else act,
        filing.form,
        values.get("SEC FILE NUMBER", ""),
        values.get("FILM NUMBER", ""),
        ",".join(filing.listed_items),
        "XBRL" if filing.is_xbrl else filing.form,
        filing.size,
        int(filing.is_xbrl),
        int(filing.is_inline),
        0,
        (filing.primary_document or "") if named else "",
        (filing.primary_description or "") if named else "",
    )


def _file_row(cik: Cik, number: int, page: Sequence[StoredFiling]) -> dict[str, Any]:
    """An overflow page's row; filingTo is a few days off either way, as EDGAR's is."""
    slack = dt.timedelta(days=-1 if cik % 2 else 3)
    return {
        "name": f"CIK{cik.padded}-submissions-{number:03d}.json",
        "filingCount": len(page),
        "filingFrom": page[-1].filed.isoformat(),
        "filingTo": (page[0].filed + slack).isoformat(),
    }


def _address(part: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    values = dict(part)
    return {
        "street1": values.get("STREET 1"),
        "street2": values.get("STREET 2"),
        "city": values.get("CITY"),
        "stateOrCountry": values.get("STATE"),
        "zipCode": values.get("ZIP"),
        "stateOrCountryDescription": values.get("STATE"),
        "isForeignLocation": None,
        "foreignStateTerritory": None,
        "country": None,
        "countryCode": None,
    }


def _former_names(party: Party) -> list[dict[str, str]]:
    return [
        {"name": name, "from": "1993-01-01T00:00:00.000Z", "to": f"{date[:4]}-{date[4:6]}-{date[6:8]}T00:00:00.000Z"}
        for name, date in party.former
        if len(date) == 8
    ]


def _current_name(cik: Cik, filings: Sequence[StoredFiling]) -> str:
    return dict(filings[0].party(cik).company).get("COMPANY CONFORMED NAME", f"FILER {cik}")


def _make_symbol(title: str, taken: set[str]) -> str:
    letters = re.sub(r"[^A-Z]", "", _SUFFIX.sub("", title).upper()) or "FILER"
    stem = (letters + "XXXX")[:4]
    others = (f"{stem[:3]}{chr(65 + n // 26)}{chr(65 + n % 26)}" for n in range(26 * 26))
    return next(symbol for symbol in (stem, *others, f"{stem}{len(taken)}") if symbol not in taken)


def _read_tickers(options: ReplicaOptions) -> list[TickerRow]:
    path: Path = options.company_tickers or options.folder / "company_tickers.json"
    if options.company_tickers is None and not path.is_file():
        return []
    rows = ((int(row["cik_str"]), row) for row in json.loads(path.read_bytes()).values())
    return [(cik, row["title"], row["ticker"], row.get("exchange", ("Nasdaq", "NYSE", "OTC", "")[cik % 4])) for cik, row in rows]


def _dump(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()
