"""Submissions files of data.sec.gov, their overflow pages, and the tables of tickers: JSON -> Listing parts and rows.

The shapes drift: columns come and go, the CIK is a number, a plain or a padded string. Columns are read by name,
unknown ones are passed over.
Acceptance times are left out: their "Z" is New York's clock for some companies, true UTC for others, and both within one file.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ex99.crawler.companies import ListedCompany
from ex99.crawler.errors import ListingError
from ex99.crawler.header import parse_day
from ex99.crawler.items import read_header_items
from ex99.filings.filing import Filer, Filing, FormerName
from ex99.filings.forms import is_8k_family
from ex99.filings.identifiers import AccessionNumber, Cik, IdentifierError

SLACK = dt.timedelta(days=10)
"""By how much the dates of an overflow page are widened: its bounds have been seen off by a day, and the boundary moves."""
_COLUMNS = ("accessionNumber", "filingDate", "form")
"""The columns without which nothing can be read."""


@dataclass(frozen=True, slots=True)
class OverflowPage:
    """A further file of a long history: its name, and the filing dates it says it spans (no exact bounds)."""

    name: str
    filing_from: dt.date | None
    filing_to: dt.date | None
    filing_count: int | None = None

    def may_hold(self, since: dt.date | None, until: dt.date | None) -> bool:
        """Whether filings between two days (inclusive, None is open) may be in it, its bounds widened by SLACK."""
        too_late = until is not None and self.filing_from is not None and self.filing_from - SLACK > until
        too_early = since is not None and self.filing_to is not None and self.filing_to + SLACK < since
        return not (too_late or too_early)


@dataclass(frozen=True, slots=True)
class SubmissionsFile:
    """A company's submissions file: the filer, its recent filings of the 8-K family newest first, and the pages that hold the rest.

    ``listed`` counts all rows of the file, other forms included.
    """

    filer: Filer
    filings: tuple[Filing, ...]
    overflow: tuple[OverflowPage, ...]
    listed: int


def read_submissions(data: bytes) -> SubmissionsFile:
    """Read CIK##########.json; raises ListingError."""
    page = _load(data)
    try:
        cik = Cik.parse(page["cik"])
        recent, files = page["filings"]["recent"], page["filings"].get("files") or []
    except (KeyError, TypeError, AttributeError, IdentifierError) as error:
        raise ListingError("bad_shape", f"no submissions file: {type(error).__name__} {error}") from error
    return SubmissionsFile(
        filer=_read_filer(page, cik),
        filings=_read_rows(recent, cik),
        overflow=tuple(_read_page(entry) for entry in files),
        listed=len(recent.get("accessionNumber", ())),
    )


def read_overflow(data: bytes, cik: Cik) -> tuple[Filing, ...]:
    """Read an overflow page (columns at the top level, no CIK inside): the filings of the 8-K family, newest first; raises ListingError."""
    return _read_rows(_load(data), cik)


def list_overflow(pages: Iterable[OverflowPage], since: dt.date | None, until: dt.date | None) -> tuple[OverflowPage, ...]:
    """The overflow pages that a span of filing dates (inclusive, None is open) needs."""
    return tuple(page for page in pages if page.may_hold(since, until))


def merge_filings(*parts: Iterable[Filing]) -> tuple[Filing, ...]:
    """Filings of several pages as one history, each accession once (while EDGAR re-slices, pages overlap), newest first."""
    found: dict[AccessionNumber, Filing] = {}
    for part in parts:
        for filing in part:
            found.setdefault(filing.accession, filing)
    return tuple(sorted(found.values(), key=lambda filing: (filing.filing_date, filing.accession), reverse=True))


def read_company_tickers(data: bytes) -> tuple[ListedCompany, ...]:
    """Rows of company_tickers.json (an object of objects) or company_tickers_exchange.json (fields and data); raises ListingError."""
    page = _load(data)
    try:
        if "fields" in page:
            at = {name: page["fields"].index(name) for name in ("cik", "ticker", "name")}
            rows = [(row[at["cik"]], row[at["ticker"]], row[at["name"]]) for row in page["data"]]
        else:
            rows = [(row["cik_str"], row["ticker"], row["title"]) for row in page.values()]
        return tuple(ListedCompany(Cik.parse(cik), str(ticker), str(name)) for cik, ticker, name in rows)
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise ListingError("bad_shape", f"no table of tickers: {type(error).__name__} {error}") from error


def _load(data: bytes) -> dict[str, Any]:
    if not data.strip():
        raise ListingError("empty", "the answer is empty")
    try:
        page = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise ListingError("not_json", f"expected JSON, found {data[:40]!r}") from error
    if not isinstance(page, dict):
        raise ListingError("bad_shape", f"expected a JSON object, found a {type(page).__name__}")
    return page


def _read_filer(page: dict[str, Any], cik: Cik) -> Filer:
    exchanges = list(page.get("exchanges") or ())
    tickers = [str(ticker) for ticker in page.get("tickers") or ()]
    exchanges += [None] * (len(tickers) - len(exchanges))
    return Filer(
        cik=cik,
        name=str(page.get("name") or ""),
        sic=page.get("sic") or None,
        state=page.get("stateOfIncorporation") or None,
        fiscal_year_end=page.get("fiscalYearEnd") or None,
        tickers=tuple((ticker, exchange or None) for ticker, exchange in zip(tickers, exchanges, strict=False)),
        former_names=tuple(
            FormerName(str(former["name"]), parse_day(str(former.get("to") or "")[:10]))
            for former in page.get("formerNames") or ()
            if former.get("name")
        ),
    )


def _read_rows(columns: Any, cik: Cik) -> tuple[Filing, ...]:
    if not isinstance(columns, dict) or any(not isinstance(columns.get(name), list) for name in _COLUMNS):
        raise ListingError("bad_shape", f"expected the columns {', '.join(_COLUMNS)}")
    length = len(columns["accessionNumber"])
    if any(isinstance(column, list) and len(column) != length for column in columns.values()):
        raise ListingError("bad_shape", "the columns differ in length")
    rows = (
        {name: column[index] for name, column in columns.items() if isinstance(column, list)}
        for index, form in enumerate(columns["form"])
        if is_8k_family(str(form))
    )
    return merge_filings([_read_filing(row, cik) for row in rows])


def _read_filing(row: dict[str, Any], cik: Cik) -> Filing:
    filed = parse_day(str(row["filingDate"]))
    if filed is None:
        raise ListingError("bad_shape", f"{row['accessionNumber']} has the filing date {row['filingDate']!r}")
    try:
        accession = AccessionNumber.parse(str(row["accessionNumber"]))
    except IdentifierError as error:
        raise ListingError("bad_shape", str(error)) from error
    size = row.get("size")
    return Filing(
        accession=accession,
        form=str(row["form"]).strip(),
        filing_date=filed,
        filers=(cik,),
        period_of_report=parse_day(str(row.get("reportDate") or "")),
        items=read_header_items(str(row.get("items") or "").split(","), filed),
        size=size if isinstance(size, int) and size > 0 else None,
        primary_document=row.get("primaryDocument") or None,
    )


def _read_page(entry: Any) -> OverflowPage:
    if not isinstance(entry, dict) or not entry.get("name"):
        raise ListingError("bad_shape", f"an overflow page without a name: {entry!r}")
    count = entry.get("filingCount")
    return OverflowPage(
        name=str(entry["name"]),
        filing_from=parse_day(str(entry.get("filingFrom") or "")),
        filing_to=parse_day(str(entry.get("filingTo") or "")),
        filing_count=count if isinstance(count, int) else None,
    )
