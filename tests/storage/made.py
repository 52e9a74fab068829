"""Fictitious filings and releases for the tests of the archive."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from ex99.filings.filing import NEW_YORK, FetchedDocument, Filer, Filing, FilingDocument, Listing, ReleaseChoice, Submission
from ex99.filings.forms import NEW_ITEMS, Item
from ex99.filings.identifiers import AccessionNumber, Cik
from ex99.filings.release import Dateline, Figure, FiscalPeriod, Passage, PressRelease, Source, Ticker

ACME = Cik(9000001)
BOLT = Cik(9000002)
HEADER = b"<SEC-HEADER>fictitious header</SEC-HEADER>\n"


def accession(number: int, year: int = 24) -> AccessionNumber:
    return AccessionNumber(f"0009999999-{year:02d}-{number:06d}")


def filer(cik: Cik = ACME, name: str = "ACME ANVILS INC", **facts: Any) -> Filer:
    return Filer(cik, name, **facts)


def filing(
    number: int = 1, day: str = "2024-02-01", *, ciks: Sequence[Cik] = (ACME,), items: Sequence[str] = ("2.02",), **facts: Any
) -> Filing:
    given = {"form": "8-K", **facts}
    return Filing(
        accession=accession(number),
        filing_date=dt.date.fromisoformat(day),
        filers=tuple(ciks),
        items=tuple(Item(i, NEW_ITEMS[i]) for i in items),
        **given,
    )


def listing(filings: Sequence[Filing], of: Filer | None = None) -> Listing:
    return Listing(of or filer(tickers=(("ACME", "NYSE"),)), tuple(filings))


def submission(
    of: Filing,
    text: bytes | None = b"Acme Anvils reports results",
    *,
    filers: Sequence[Filer] | None = None,
    choice: ReleaseChoice | None = None,
) -> Submission:
    documents = (
        FetchedDocument(FilingDocument(1, "8-K", "body.htm", "FORM 8-K", 12), b"<html>8-K</html>"),
        FetchedDocument(FilingDocument(2, "EX-99.1", "release.htm", "PRESS RELEASE", len(text or b"")), text),
        FetchedDocument(FilingDocument(3, "GRAPHIC", "logo.jpg", None, 4000), None),
    )
    chosen = choice or ReleaseChoice((2,), "exhibit_99", "EX-99.1 reads as a press release")
    return Submission(of, tuple(filers or (filer(),)), documents, HEADER, chosen)


def at(text: str) -> dt.datetime:
    """An acceptance time in New York's clock."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=NEW_YORK)


def figure(metric: str = "revenue", value: str = "4085000", end: str | None = "2023-12-31", **facts: Any) -> Figure:
    printed = facts.pop("printed", "4,085")
    given: dict[str, Any] = {
        "basis": "gaap",
        "duration": "quarter",
        "unit": "USD",
        "comparative": False,
        "precision": Decimal("0.01") if str(facts.get("unit")).endswith("/share") else Decimal(1000),
        "source": Source(0, len(printed), printed, 0, "Net sales", "Three months ended"),
        **facts,
    }
    return Figure(metric=metric, value=Decimal(value), period_end=None if end is None else dt.date.fromisoformat(end), **given)


def release(content: bytes = b"Acme Anvils reports results", *, version: str = "1", **facts: Any) -> PressRelease:
    given: dict[str, Any] = {
        "media_type": "text/plain",
        "kind": "results",
        "text": content.decode("utf-8", "replace"),
        "headline": "Acme Anvils Reports Results",
        "dateline": Dateline("Springfield", dt.date(2024, 2, 1), "Wire"),
        "company_name": "Acme Anvils Inc.",
        "tickers": (Ticker("ACME", "NYSE"),),
        "fiscal_period": FiscalPeriod(2023, 4, dt.date(2023, 12, 31)),
        "figures": (figure(),),
        "passages": (Passage("statement", Source(0, 4, "Acme"), True, "2024"),),
        **facts,
    }
    return _print_sources(PressRelease(parser_version=version, sha256=hashlib.sha256(content).hexdigest(), **given))


def _print_sources(of: PressRelease) -> PressRelease:
    """The same release whose text goes on with the words of each source that it does not hold at its place, and these moved there."""
    text = of.text

    def printed(source: Source) -> Source:
        nonlocal text
        if text[source.start : source.end] == source.text:
            return source
        text += "\n"
        moved = replace(source, start=len(text), end=len(text) + len(source.text))
        text += source.text
        return moved

    figures = tuple(replace(f, source=printed(f.source), mentions=tuple(printed(m) for m in f.mentions)) for f in of.figures)
    guidance = tuple(replace(g, source=printed(g.source)) for g in of.guidance)
    passages = tuple(replace(p, source=printed(p.source)) for p in of.passages)
    return replace(of, figures=figures, guidance=guidance, passages=passages, text=text)
