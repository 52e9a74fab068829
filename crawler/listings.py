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
from itertools import zip_longest
from typing import Any

from ex99.crawler.columns import Rows, read_rows, read_word
from ex99.crawler.companies import ListedCompany
from ex99.crawler.errors import ListingError
from ex99.crawler.header import parse_day
from ex99.filings.filing import Filer, Filing, FormerName
from ex99.filings.identifiers import Cik, IdentifierError

SLACK = dt.timedelta(days=10)
"""By how much the dates of an overflow page are widened: its bounds have been seen off by a day, and the boundary moves."""


@dataclass(frozen=True, slots=True)
class OverflowPage:
    """A further file of a long history: its name, and the filing dates it says it spans (no exact bounds)."""

    name: str
    filing_from: dt.date | None
    filing_to: dt.date | None
    filing_count: int | None = None

    def may_hold(self, since: dt.date | None, until: dt.date | None) -> bool:
        """Whether filings between two days (inclusive, None is open) may be in it, its bounds widened by SLACK."""
        too_late = until is not None and self.filing_from is not None and self.filing_from - until > SLACK
        too_early = since is not None and self.filing_to is not None and since - self.filing_to > SLACK
        return not (too_late or too_early)


@dataclass(frozen=True, slots=True)
class SubmissionsFile:
    """A company's submissions file: the filer, its recent filings of the 8-K family newest first, and the pages that hold the rest.

    ``listed`` counts all rows of the file, other forms included; ``odd`` says of each part that could not be read what it was.
    """

    filer: Filer
    filings: tuple[Filing, ...]
    overflow: tuple[OverflowPage, ...]
    listed: int
    odd: tuple[str, ...] = ()


def read_submissions(data: bytes) -> SubmissionsFile:
    """Read CIK##########.json; raises ListingError."""
    page = _load(data)
    try:
        cik = Cik.parse(page["cik"])
        recent, files = page["filings"]["recent"], page["filings"].get("files") or []
        if not isinstance(files, list):
            raise TypeError(f"files: expected a list, found a {type(files).__name__}")
    except (KeyError, TypeError, AttributeError, IdentifierError) as error:
        raise ListingError("bad_shape", f"no submissions file: {type(error).__name__} {error}") from error
    rows = read_rows(recent, cik)
    pages = [_read_page(entry) for entry in files]
    odd = [f"an overflow page without a name: {str(entry)[:80]}" for entry, page in zip(files, pages, strict=True) if page is None]
    return SubmissionsFile(
        filer=_read_filer(page, cik),
        filings=rows.filings,
        overflow=tuple(page for page in pages if page is not None),
        listed=rows.listed,
        odd=(*rows.odd, *odd),
    )


def read_overflow(data: bytes, cik: Cik) -> Rows:
    """Read an overflow page (columns at the top level, no CIK inside); raises ListingError."""
    return read_rows(_load(data), cik)


def list_overflow(pages: Iterable[OverflowPage], since: dt.date | None, until: dt.date | None) -> tuple[OverflowPage, ...]:
    """The overflow pages that a span of filing dates (inclusive, None is open) needs."""
    return tuple(page for page in pages if page.may_hold(since, until))


def read_company_tickers(data: bytes) -> tuple[ListedCompany, ...]:
    """Rows of company_tickers.json (an object of objects) or company_tickers_exchange.json (fields and data); raises ListingError."""
    page = _load(data)
    try:
        if isinstance(page.get("fields"), list):
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
    listings = zip_longest(_list(page.get("tickers")), _list(page.get("exchanges")))
    former = [entry for entry in _list(page.get("formerNames")) if isinstance(entry, dict)]
    return Filer(
        cik=cik,
        name=read_word(page.get("name")) or "",
        sic=read_word(page.get("sic")),
        state=read_word(page.get("stateOfIncorporation")),
        fiscal_year_end=read_word(page.get("fiscalYearEnd")),
        tickers=tuple((symbol, read_word(exchange)) for ticker, exchange in listings if (symbol := read_word(ticker))),
        former_names=tuple(
            FormerName(name, parse_day(str(entry.get("to") or "")[:10])) for entry in former if (name := read_word(entry.get("name")))
        ),
    )


def _list(value: Any) -> list[Any]:
    """A list, or an empty one in the place of another type: what a company is called besides is no reason to lose it."""
    return value if isinstance(value, list) else []


def _read_page(entry: Any) -> OverflowPage | None:
    if not isinstance(entry, dict) or not isinstance(entry.get("name"), str):
        return None
    count = entry.get("filingCount")
    return OverflowPage(
        name=entry["name"],
        filing_from=parse_day(str(entry.get("filingFrom") or "")),
        filing_to=parse_day(str(entry.get("filingTo") or "")),
        filing_count=count if isinstance(count, int) else None,
    )
