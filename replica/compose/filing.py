"""One filing of a company: its 8-K, its exhibits, the traps it may hold, and its truth."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from ex99.filings.filing import NEW_YORK
from ex99.filings.forms import NEW_ITEMS_SINCE
from ex99.filings.identifiers import AccessionNumber, Cik
from ex99.replica.compose.company import Company
from ex99.replica.compose.content import Cover, Release
from ex99.replica.compose.fiscal import spell
from ex99.replica.compose.notices import make_contract, make_pdf, make_picture
from ex99.replica.compose.styles import Style, style_of
from ex99.replica.compose.submission import Envelope, Part, encode_picture, make_submission, title_of
from ex99.replica.compose.truth import ComposedFiling, Truth


@dataclass(frozen=True, slots=True)
class Order:
    """What to compose: who files what on which day, and the trap to lay, if any (see replica.compose.truth.TRAPS).

    ``fiscal`` is the fiscal year, quarter and end of a results release; ``others`` are co-registrants.
    """

    company: Company
    release: Release | None
    day: dt.date
    number: int
    items: tuple[str, ...]
    fiscal: tuple[int, int, dt.date] | None = None
    trap: str | None = None
    others: tuple[Company, ...] = ()
    pictures: bool = True
    agent: int | None = None
    """The submitter's number in the accession number; default: the company's own CIK."""


def _form(order: Order) -> str:
    return {"amendment": "8-K/A", "successor_form": "8-K12B"}.get(order.trap or "", "8-K")


def results_items(day: dt.date) -> tuple[str, ...]:
    """The items under which results are furnished on a day."""
    if day >= NEW_ITEMS_SINCE:
        return ("2.02", "9.01")
    return ("7", "12") if day >= dt.date(2003, 3, 28) else ("5", "7")


def compose_filing(order: Order) -> ComposedFiling:
    """The full submission of an order, with its truth."""
    style = style_of(order.day)
    parts, sequences, reason = _parts(order, style)
    envelope = _envelope(order)
    data = make_submission(envelope, parts)
    if order.trap == "header_only":
        data, sequences, reason = data[: data.index(b"<DOCUMENT>")] + data[data.index(b"</SEC-DOCUMENT>") :], (), "header_only"
    if order.trap == "truncated":
        data = data[: data.index(b"<TYPE>EX-99") + 2000]
    release = order.release if sequences else None
    headline = release.headline.upper() if release and style.name == "typewriter" else release.headline if release else None
    truth = Truth(
        envelope.accession,
        tuple(Cik(c.cik) for c in envelope.filers),
        envelope.form,
        envelope.filed,
        tuple(sorted(order.items)),
        order.release.kind if order.release and sequences else "other",
        style.name,
        sequences,
        reason,
        headline,
        (release.place, release.day) if release else None,
        order.fiscal if release else None,
        release.figures() if release else (),
        release.guidance if release else (),
        order.trap,
    )
    tickers = tuple((c.cik, c.ticker, c.name) for c in envelope.filers if c.ticker)
    return ComposedFiling(truth, data, tickers)


def _envelope(order: Order) -> Envelope:
    company, filed = order.company, order.day
    minute = (order.number * 7) % 55
    accepted = dt.datetime.combine(filed, dt.time(16, 5 + minute // 2, minute), NEW_YORK)
    if order.number % 9 == 4:
        accepted = dt.datetime.combine(filed, dt.time(7, minute, 12), NEW_YORK)
    names = tuple(title_of(item, filed) for item in order.items)
    blank = order.trap == "blank_items" or (1998 <= filed.year <= 2000)
    accession = AccessionNumber.parse(f"{order.agent or company.cik:010d}-{filed.year % 100:02d}-{order.number:06d}")
    return Envelope(accession, _form(order), filed, accepted, filed, ("",) if blank else names, (company, *order.others))


def _parts(order: Order, style: Style) -> tuple[list[Part], tuple[int, ...], str]:
    """The documents, the sequence numbers of the releases among them, and the reason a choice should give."""
    named = order.day.year > 2000 and order.trap != "no_filenames"
    stem = f"{order.company.ticker.lower() or 'filer'}-{order.day:%Y%m%d}"

    def part(kind: str, text: str, ending: str, description: str | None = None, *, xbrl: bool = False) -> Part:
        return Part(kind, text, f"{stem}{ending}" if named else None, description or kind, xbrl)

    release = style.set_release(order.release) if order.release else ""
    cover = part(_form(order), _cover(order, style), style.suffix, xbrl=style.inline)
    picture = part("GRAPHIC", encode_picture(f"{stem}_g1.jpg", make_picture(stem)), "_g1.jpg", "GRAPHIC")
    contract = part("EX-99.1", make_contract(order.company, order.day), "-ex991.txt", "AGREEMENT AND PLAN OF MERGER")
    spelled = "EX-99.01" if order.trap == "spelled_01" else "EX-99.1" if order.day.year > 1999 else "EX-99"
    first = part(spelled, release, f"-ex991{style.suffix}")
    pdf = part("EX-99.1", f"<PDF>\n{encode_picture(f'{stem}-ex991.pdf', make_pdf())}</PDF>\n", "-ex991.pdf")
    layouts: dict[str | None, tuple[list[Part], tuple[int, ...], str]] = {
        "contract": ([cover, contract], (), "exhibit_not_release"),
        "second_exhibit": ([cover, contract, replace(first, type="EX-99.2")], (3,), "exhibit_99"),
        "inside_8k": ([replace(cover, text=cover.text + release)], (1,), "inside_8k"),
        "after_graphic": ([cover, picture, first], (3,), "exhibit_99"),
        "pdf_exhibit": ([cover, pdf], (), "not_text"),
        "no_exhibit": ([cover], (), "no_exhibit_99"),
    }
    whole = [cover, first, *([picture] if order.pictures and order.day.year > 2001 else [])]
    layout = layouts["no_exhibit"] if order.release is None and order.trap != "contract" else (whole, (2,), "exhibit_99")
    parts, sequences, reason = layouts.get(order.trap, layout)
    return parts + (_taxonomy(stem) if style.inline else []), sequences, reason


def _taxonomy(stem: str) -> list[Part]:
    schema = f'<?xml version="1.0" encoding="US-ASCII"?>\n<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" id="{stem}"/>\n'
    return [Part("EX-101.SCH", schema, f"{stem}.xsd", "XBRL TAXONOMY EXTENSION SCHEMA DOCUMENT", xbrl=True)]


def _cover(order: Order, style: Style) -> str:
    company, day = order.company, order.day
    words = {
        True: f"On {spell(day)}, {company.name} issued a press release, a copy of which is attached as Exhibit 99.1.",
        False: f"On {spell(day)}, the board of directors of {company.name} amended its rules of order in matters of form.",
    }[order.release is not None and order.trap != "no_exhibit"]
    if order.trap == "inside_8k":
        words = f"On {spell(day)}, {company.name} issued the press release that follows as Exhibit 99.1."
    items = tuple((item, title_of(item, day), words if item not in ("7", "9.01") else "(c) Exhibits.") for item in order.items)
    exhibits = (("99.1", f"Press release dated {spell(day)}"),) if "attached" in words else ()
    signer, form = f"{company.treasurer}, Treasurer", _form(order)
    return style.set_cover(
        Cover(company.name, company.cik, "Delaware", company.place, day, items, exhibits, signer, company.ticker, company.exchange, form),
    )
