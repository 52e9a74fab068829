"""The columns in which submissions files and their overflow pages list filings: parallel arrays -> the filings of the 8-K family.

A row that cannot be read costs itself alone, and is told of in a line of its own (``Rows.odd``); so is a column of another length.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ex99.crawler.errors import ListingError
from ex99.crawler.header import parse_day
from ex99.crawler.items import read_header_items
from ex99.filings.filing import Filing
from ex99.filings.forms import is_8k_family
from ex99.filings.identifiers import AccessionNumber, Cik, IdentifierError

COLUMNS = ("accessionNumber", "filingDate", "form")
"""The columns without which nothing can be read."""


@dataclass(frozen=True, slots=True)
class Rows:
    """What columns list: filings of the 8-K family newest first, how many accession numbers of all forms, and what could not be read."""

    filings: tuple[Filing, ...]
    listed: int
    odd: tuple[str, ...]


def read_rows(columns: Any, cik: Cik) -> Rows:
    """Read columns; raises ListingError where those that must be there are not, or not one row of the 8-K family can be read."""
    if not isinstance(columns, dict) or any(not isinstance(columns.get(name), list) for name in COLUMNS):
        raise ListingError("bad_shape", f"expected the columns {', '.join(COLUMNS)}")
    lengths = {name: len(columns[name]) for name in COLUMNS}
    length, longest = min(lengths.values()), max(lengths.values())
    odd = [f"{longest - length} of {longest} rows cannot be told: the columns differ in length ({lengths})"] if longest > length else []
    # Of an optional column with a gap nobody knows where the gap is: it tells nothing, rather than something of another filing.
    told = {name: column for name, column in columns.items() if isinstance(column, list) and (name in COLUMNS or len(column) == longest)}
    filings, wanted = [], 0
    for index in range(length):
        if is_8k_family(str(columns["form"][index]).strip()):
            wanted += 1
            try:
                filings.append(_read_filing({name: column[index] for name, column in told.items()}, cik))
            except ListingError as error:
                odd.append(f"row {index + 1} of {length}: {error.message}")
    if wanted and not filings:
        raise ListingError("bad_shape", odd[-1])
    return Rows(merge_filings(filings), len(set(map(str, columns["accessionNumber"]))), tuple(odd))


def merge_filings(*parts: Iterable[Filing]) -> tuple[Filing, ...]:
    """Filings of several pages as one history, each accession once (while EDGAR re-slices, pages overlap), newest first."""
    found: dict[AccessionNumber, Filing] = {}
    for part in parts:
        for filing in part:
            found.setdefault(filing.accession, filing)
    return tuple(sorted(found.values(), key=lambda filing: (filing.filing_date, filing.accession), reverse=True))


def read_word(value: Any) -> str | None:
    """A word of EDGAR's JSON, which may be a number; None for what is empty or of another type."""
    return str(value).strip() or None if isinstance(value, str | int) and not isinstance(value, bool) else None


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
        items=read_header_items((read_word(row.get("items")) or "").split(","), filed),
        size=size if isinstance(size, int) and size > 0 else None,
        primary_document=read_word(row.get("primaryDocument")),
    )
