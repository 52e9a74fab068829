"""A filing's -index.htm page: the one page that has item numbers where the header leaves them blank, and the acceptance time."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag

from ex99.crawler.errors import PageError
from ex99.crawler.header import parse_acceptance, parse_day
from ex99.crawler.items import read_header_items
from ex99.filings.filing import Filer, Filing, FilingDocument
from ex99.filings.identifiers import AccessionNumber, Cik, IdentifierError

# Item 12: Results of Operations and Financial Condition
_ITEM = re.compile(r"Item\s+(\d{1,2}(?:\.\d{2})?)\s*:")
# Form 8-K - Current report:
_FORM = re.compile(r"Form (?P<form>.+?)(?: - |$)")
# EXAMPLE CORP (Filer) CIK: 0000000001 (see all company filings)
_COMPANY = re.compile(r"(?P<name>.*?) ?\((?P<role>[^()]*)\) ?CIK ?: ?(?P<cik>\d{1,10})", re.DOTALL)
# State of Incorp.: DE | Fiscal Year End: 1231 ... SIC: 7372
_STATE = re.compile(r"State of Incorp\.?\s*:\s*(\w{2})\b")
_YEAR_END = re.compile(r"Fiscal Year End\s*:\s*(\d{4})\b")
_SIC = re.compile(r"SIC\s*:\s*(\d{4})\b")
# <?xml version="1.0" encoding="ISO-8859-1" ?>: the pages are HTML all the same
_DECLARATION = re.compile(rb"\A\s*<\?xml[^>]{0,200}>")
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r"))
"""Characters that no page has; lxml refuses an encoding whose name holds one."""
_COMPLETE = "Complete submission text file"
_COLUMNS = ("seq", "description", "document", "type", "size")
_PEOPLE: frozenset[str] = frozenset({"reporting"})


@dataclass(frozen=True, slots=True)
class IndexPage:
    """What the page says. ``documents`` are those of both its tables, without the complete submission; before 2001 they have no names.

    ``paths`` gives each document's address on the host by sequence, where the page links one (iXBRL viewers taken off).
    """

    filing: Filing
    filers: tuple[Filer, ...]
    documents: tuple[FilingDocument, ...]
    paths: dict[int, str]


def read_index_page(data: bytes) -> IndexPage:
    """Read -index.htm; raises PageError."""
    if not data.strip():
        raise PageError("empty", "the page is empty")
    soup = BeautifulSoup(_DECLARATION.sub(b"", data.translate(None, _CONTROLS)), "lxml")
    accession = AccessionNumber.find_in(_words(soup.find(id="secNum")))
    form = _FORM.match(_words(soup.select_one("#formName strong")) or _words(soup.find(id="formName")))
    facts = _read_facts(soup)
    filed = parse_day(facts.get("Filing Date", ""))
    if accession is None or form is None or filed is None:
        raise PageError("bad_shape", "no filing's index page: the accession number, the form or the filing date is missing")
    filers = _read_filers(soup)
    documents, paths, size = _read_tables(soup)
    return IndexPage(
        filing=Filing(
            accession=accession,
            form=form["form"],
            filing_date=filed,
            filers=tuple(filer.cik for filer in filers),
            acceptance=parse_acceptance(facts.get("Accepted", "")),
            period_of_report=parse_day(facts.get("Period of Report", "")),
            items=read_header_items(_ITEM.findall(facts.get("Items", "")), filed),
            size=size,
            primary_document=documents[0].filename if documents else None,
        ),
        filers=filers,
        documents=documents,
        paths=paths,
    )


def _read_facts(soup: BeautifulSoup) -> dict[str, str]:
    facts: dict[str, str] = {}
    for head in soup.select("div.infoHead"):
        value = head.find_next_sibling("div")
        if value is not None:
            facts.setdefault(_words(head), _words(value))
    return facts


def _read_filers(soup: BeautifulSoup) -> tuple[Filer, ...]:
    """The companies of the page, each CIK once; people (reporting owners) only where no company is named."""
    companies: dict[Cik, Filer] = {}
    people: dict[Cik, Filer] = {}
    for title in soup.select(".companyName"):
        named = _COMPANY.match(_words(title))
        if named is None:
            continue
        try:
            cik = Cik.parse(named["cik"])
        except IdentifierError:
            continue
        details = _words(title.parent.select_one(".identInfo")) if title.parent is not None else ""
        state, year_end, sic = _STATE.search(details), _YEAR_END.search(details), _SIC.search(details)
        filer = Filer(
            cik=cik,
            name=named["name"].strip(),
            sic=sic[1] if sic else None,
            state=state[1] if state else None,
            fiscal_year_end=year_end[1] if year_end else None,
        )
        (people if named["role"].strip().lower() in _PEOPLE else companies).setdefault(cik, filer)
    return tuple((companies or people).values())


def _read_tables(soup: BeautifulSoup) -> tuple[tuple[FilingDocument, ...], dict[int, str], int | None]:
    documents: list[FilingDocument] = []
    paths: dict[int, str] = {}
    size: int | None = None
    for row in soup.select("table.tableFile tr"):
        cells = row.find_all("td")
        if len(cells) != len(_COLUMNS):
            continue
        cell = dict(zip(_COLUMNS, cells, strict=True))
        length = _words(cell["size"])
        if _words(cell["description"]) == _COMPLETE:
            size = int(length) if length.isdigit() else None
            continue
        sequence = _words(cell["seq"])
        name, path = _read_link(cell["document"])
        documents.append(
            FilingDocument(
                sequence=int(sequence) if sequence.isdigit() else 0,
                type=_words(cell["type"]),
                filename=name,
                description=_words(cell["description"]) or None,
                size=int(length) if length.isdigit() else 0,
            )
        )
        if path is not None:
            paths[documents[-1].sequence] = path
    return tuple(documents), paths, size


def _read_link(cell: Tag) -> tuple[str | None, str | None]:
    """(file name, path); both None where the link leads to the bare folder, as before 2001."""
    link = cell.find("a")
    name = _words(link) if link is not None else ""
    if link is None or not name:
        return None, None
    return name, str(link.get("href") or "").removeprefix("/ix?doc=") or None


def _words(tag: Tag | None) -> str:
    return "" if tag is None else " ".join(tag.get_text(" ").split())
