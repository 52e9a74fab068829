"""EDGAR's Atom feeds: the latest filings (getcurrent) and one company's filings (getcompany)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace

from lxml import etree

from ex99.crawler.errors import PageError
from ex99.crawler.header import parse_day
from ex99.crawler.items import read_header_items
from ex99.filings.filing import NEW_YORK, Filer, Filing
from ex99.filings.identifiers import AccessionNumber, Cik, IdentifierError

_ATOM = "{http://www.w3.org/2005/Atom}"
# 8-K - Example Corp. (0000000001) (Filer)
_TITLE = re.compile(r"(?P<form>(?:(?! - ).)*+) - (?P<name>.*) \((?P<cik>\d{10})\) \((?P<role>[^)]*)\)", re.DOTALL)
# <b>Filed:</b> 2026-01-12
_FILED = re.compile(r"Filed:(?:</b>)?\s*(\d{4}-\d{2}-\d{2})")
# <br>Item 2.02: Results of Operations
_ITEM = re.compile(r"Item\s+(\d{1,2}(?:\.\d{2})?):")
# "items 2.02 and 9.01", "items 2.01, 8.01and9.01"
_NUMBERS = re.compile(r"\d{1,2}(?:\.\d{2})?")


@dataclass(frozen=True, slots=True)
class CompanyFeed:
    """One company's filings, newest first, as getcompany lists them; ``next_url`` leads to the older ones and is None on the last page."""

    filer: Filer
    filings: tuple[Filing, ...]
    next_url: str | None


def read_current(data: bytes, odd: list[str] | None = None) -> tuple[Filing, ...]:
    """The latest filings of a getcurrent feed, in its order, each accession once with all filers that it lists; raises PageError.

    Rows are of every form that the request's prefix let through: filter on ``form``. Acceptance is the entry's time, which has an offset.
    With ``odd`` entries that cannot be read are told of there instead of raising.
    """
    found: dict[AccessionNumber, Filing] = {}
    for entry in _parse(data).iterfind(f"{_ATOM}entry"):
        try:
            filing = _read_current(entry)
        except PageError as error:
            if odd is None:
                raise
            odd.append(error.message)
            continue
        known = found.get(filing.accession)
        if known is not None:
            filing = replace(known, filers=tuple(dict.fromkeys((*known.filers, *filing.filers))))
        found[filing.accession] = filing
    return tuple(found.values())


def read_company_feed(data: bytes) -> CompanyFeed:
    """One page of a getcompany feed; raises PageError ("unknown_company" or "several_companies" where the request named no single one)."""
    feed = _parse(data)
    info = feed.find(f"{_ATOM}company-info")
    if info is None:
        several = feed.find(f"{_ATOM}entry/{_ATOM}content/{_ATOM}company-info") is not None
        raise PageError("several_companies" if several else "bad_shape", "the feed lists companies, not one company's filings")
    cik = _cik(_text(info, "cik"))
    filer = Filer(
        cik=cik,
        name=_text(info, "conformed-name"),
        sic=_text(info, "assigned-sic") or None,
        state=_text(info, "state-of-incorporation") or None,
        fiscal_year_end=_text(info, "fiscal-year-end") or None,
    )
    filings = tuple(_read_company_entry(entry, cik) for entry in feed.iterfind(f"{_ATOM}entry"))
    following = next((link.get("href") for link in feed.iterfind(f"{_ATOM}link") if link.get("rel") == "next"), None)
    return CompanyFeed(filer, filings, following)


def _parse(data: bytes) -> etree._Element:
    if not data.strip():
        raise PageError("empty", "the feed is empty")
    if b"No matching Ticker Symbol" in data or b"No matching CIK" in data:
        raise PageError("unknown_company", "EDGAR knows no such ticker or CIK")
    try:
        root = etree.fromstring(data.lstrip(), etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise PageError("bad_shape", f"no feed, or one cut short: {error}") from error
    if root.tag != f"{_ATOM}feed":
        raise PageError("bad_shape", f"expected an Atom feed, found <{root.tag}>")
    return root


def _read_current(entry: etree._Element) -> Filing:
    title = _TITLE.fullmatch(_text(entry, "title"))
    accession = AccessionNumber.find_in(_text(entry, "id"))
    summary = _text(entry, "summary")
    filed = _FILED.search(summary)
    day = parse_day(filed[1]) if filed else None
    if title is None or accession is None or day is None:
        raise PageError("bad_shape", f"an entry of the feed lacks a filer, an accession number or a date: {_text(entry, 'title')!r}")
    category = entry.find(f"{_ATOM}category")
    form = category.get("term") if category is not None else None
    return Filing(
        accession=accession,
        form=form or title["form"],
        filing_date=day,
        filers=(_cik(title["cik"]),),
        acceptance=_moment(_text(entry, "updated")),
        items=read_header_items(_ITEM.findall(summary), day),
    )


def _read_company_entry(entry: etree._Element, cik: Cik) -> Filing:
    content = entry.find(f"{_ATOM}content")
    if content is None:
        raise PageError("bad_shape", "an entry of the feed has no content")
    # EDGAR spelled it accession-nunber until July 2020
    number = _text(content, "accession-number") or _text(content, "accession-nunber")
    accession, day = AccessionNumber.find_in(number), parse_day(_text(content, "filing-date"))
    if accession is None or day is None:
        raise PageError("bad_shape", f"an entry of the feed lacks its accession number or filing date: {number!r}")
    return Filing(
        accession=accession,
        form=_text(content, "filing-type"),
        filing_date=day,
        filers=(cik,),
        acceptance=_moment(_text(entry, "updated")),
        items=read_header_items(_NUMBERS.findall(_text(content, "items-desc")), day),
    )


def _text(element: etree._Element, name: str) -> str:
    return (element.findtext(f"{_ATOM}{name}") or "").strip()


def _cik(text: str) -> Cik:
    try:
        return Cik.parse(text)
    except IdentifierError as error:
        raise PageError("bad_shape", str(error)) from error


def _moment(text: str) -> dt.datetime | None:
    """An instant with its offset as New York time; None for midnight (no time known) and for what has no offset."""
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        return None
    local = moment.astimezone(NEW_YORK)
    return None if (local.hour, local.minute, local.second) == (0, 0, 0) else local
