"""A filing's press release as it is shown: its text, and every marked stretch of it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ex99.companies import find_company
from ex99.errors import UserError
from ex99.filings.exhibits import PIPELINES, kind_of_document, read_document_type
from ex99.filings.fiscal import same_end
from ex99.filings.identifiers import EDGAR, AccessionNumber
from ex99.filings.release import ParseError, Source
from ex99.metrics import check_basis, check_duration, check_metrics
from ex99.storage.archive import Archive
from ex99.storage.filters import FigureFilter, FilingFilter, PassageFilter, ReleaseFilter
from ex99.storage.queries import (
    list_documents,
    list_figures,
    list_filings,
    list_guidance,
    list_passages,
    list_releases,
    read_document_bytes,
)
from ex99.storage.rows import DocumentRow, FigureRow, FilingRow, GuidanceRow, PassageRow, ReleaseRow

if TYPE_CHECKING:
    from ex99.parsing.document import Table

# 0000320193-24-5: meant as an accession number
_LIKE_A_NUMBER = re.compile(r"[\d-]{11,}")
_STATES: dict[str, str] = {
    "archived": "has not been parsed yet",
    "no_release": "holds no press release",
    "failed": "could not be fetched",
    "listed": "is still to fetch",
    "outside": "is outside the filter of the last crawl",
    "paper": "was made on paper: EDGAR has no bytes of it",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text and what it is: ``role`` is figure, mention, guidance, safe_harbor or statement; ``label`` says it in words."""

    start: int
    end: int
    role: str
    label: str


@dataclass(frozen=True, slots=True)
class ShownRelease:
    """One press release of the archive, or another document of a filing, with its text and what was read from it."""

    filing: FilingRow
    document: DocumentRow
    release: ReleaseRow | None
    """What was read from it; None for a document that was not parsed."""
    text: str
    tables: tuple[Table, ...]
    figures: tuple[FigureRow, ...]
    guidance: tuple[GuidanceRow, ...]
    passages: tuple[PassageRow, ...]
    others: int
    """Further press releases of the same filing."""

    def marks(self) -> Iterator[Mark]:
        """The marked stretches, passages before the figures inside them; such as do not fit the text any more are left out."""
        for passage in self.passages:
            if passage.kind in ("safe_harbor", "statement"):
                yield from self._mark([passage.source], passage.kind, passage.kind.replace("_", " "))
        for line in self.guidance:
            yield from self._mark([line.source], "guidance", f"outlook {line.metric} {line.period or ''}".strip())
        for figure in self.figures:
            label = f"{figure.metric} {figure.duration} {figure.period_end or '?'}"
            label += f", grade {figure.grade}: {', '.join(figure.support)}" if figure.grade else ""
            yield from self._mark(figure.mentions, "mention", label)
            yield from self._mark([figure.source], "figure", label)

    def _mark(self, sources: Iterable[Source], role: str, label: str) -> Iterator[Mark]:
        for source in sources:
            if self.text[source.start : source.end] == source.text:
                yield Mark(source.start, source.end, role, label)


def find_accession(archive: Archive, word: str) -> AccessionNumber:
    """The filing that a word means: an accession number, any address of a filing at EDGAR, or a company, of which the latest release.

    Raises UserError where the archive knows no such company, or holds no release of it; IdentifierError for digits that are neither.
    """
    if (number := AccessionNumber.find_in(word)) is not None:
        return number
    if _LIKE_A_NUMBER.fullmatch(word.strip()) or "/" in word:
        return AccessionNumber.parse(word)
    company = find_company(archive, word)
    latest = next(list_releases(archive, ReleaseFilter(ciks=[company.cik]), newest_first=True, limit=1), None)
    if latest is None:
        raise UserError(f"the archive holds no press release of {company.name or company.cik}", f"`ex99 crawl {company.cik}` fetches them")
    return latest.accession


def read_shown_release(archive: Archive, word: str, exhibit: str | int = 1) -> ShownRelease:
    """Read the press release of a filing that find_accession understands, of several the ``exhibit``-th, or any document of it.

    A document is named as find_document reads it. Raises UserError that says why where there is none.
    """
    number = find_accession(archive, word)
    filing = next(list_filings(archive, FilingFilter(accessions=[number])), None)
    if filing is None:
        raise UserError(f"the archive holds no filing {number}", "`ex99 query filings` lists what it holds")
    documents = list(list_documents(archive, FilingFilter(accessions=[number])))
    releases = list(list_releases(archive, ReleaseFilter(accessions=[number])))
    named = str(exhibit)
    if not named.isdecimal():
        document = find_document(documents, named, number)
    elif not releases:
        raise UserError(f"{number} {_STATES[filing.state]}", _next_step(filing))
    elif not 1 <= int(named) <= len(releases):
        raise UserError(f"{number} has no press release number {named}", f"it has {len(releases)}; {_list_kept(documents)}")
    else:
        document = next(row for row in documents if row.id == releases[int(named) - 1].document_id)
    return _read_shown(archive, filing, document, sum(row.document_id != document.id for row in releases))


def _read_shown(archive: Archive, filing: FilingRow, document: DocumentRow, others: int) -> ShownRelease:
    from ex99.parsing.reading import read_document

    wanted = [document.id]
    release = next(list_releases(archive, ReleaseFilter(document_ids=wanted)), None)
    advice = f"`ex99 served {filing.accession} --document {document.sequence}` gives its bytes"
    if release is not None and release.error_code is not None:
        raise UserError(f"{filing.accession} could not be parsed: {release.error_message}", advice)
    try:
        read = read_document(read_document_bytes(archive, document.id))
    except ParseError as error:
        raise UserError(f"{filing.accession} {document.type} is nothing to read: {error.message}", advice) from None
    return ShownRelease(
        filing,
        document,
        release,
        read.text,
        read.tables,
        tuple(list_figures(archive, FigureFilter(document_ids=wanted), mentions=True)),
        tuple(list_guidance(archive, FigureFilter(document_ids=wanted))),
        tuple(list_passages(archive, PassageFilter(document_ids=wanted))),
        others,
    )


def find_document(documents: Iterable[DocumentRow], word: str, number: AccessionNumber) -> DocumentRow:
    """A document of a filing: by type ("99.2", "8-K"), number in the filing ("#3"), file name, or a key of PIPELINES; of several the first.

    Raises UserError that lists what the archive keeps of the filing.
    """
    everything, wanted = list(documents), read_document_type(word)
    found = [row for row in everything if word in (row.filename, f"#{row.sequence}") or read_document_type(row.type) == wanted]
    if word.lower() in PIPELINES:
        found = [row for row in everything if kind_of_document(row.type, chosen=row.rank is not None) == word.lower()]
    kept = [row for row in found if row.sha256 is not None]
    if not kept:
        what = f"keeps no bytes of {found[0].type} ({found[0].filename})" if found else f"holds no document {word} of {number}"
        raise UserError(f"the archive {what}", _list_kept(everything))
    return kept[0]


def _list_kept(documents: Iterable[DocumentRow]) -> str:
    there = ", ".join(f"{row.type} ({row.filename or f'#{row.sequence}'})" for row in documents if row.sha256 is not None)
    return f"it keeps {there}" if there else "`ex99 query filings` lists what it holds"


def _next_step(filing: FilingRow) -> str | None:
    if filing.state == "archived":
        return "`ex99 reparse` parses what is archived"
    if filing.state == "no_release":
        return filing.note or "the filing holds no press release"
    if filing.state == "failed":
        return f"{filing.note or filing.reason or 'it could not be fetched'}; `ex99 crawl {filing.ciks[0]} --retry-failed` tries again"
    return None if filing.state == "paper" else f"`ex99 crawl {filing.ciks[0]}` fetches it"


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a release with the line that they stand in."""

    text: str
    context: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Where a figure comes from: its line, its document at EDGAR, further mentions, and the figures of other releases of the period."""

    figure: FigureRow
    context: str
    url: str
    mentions: tuple[Words, ...]
    others: tuple[FigureRow, ...]


def read_reasons(
    archive: Archive,
    word: str,
    metric: str,
    *,
    period_end: dt.date | None = None,
    basis: str | None = None,
    duration: str | None = None,
) -> list[Reason]:
    """Where the figures of a metric come from that a filing reports, or a company's latest release of that metric.

    With a company and a period it is the release that reported the period first. Raises UserError where there is none.
    """
    (name,) = check_metrics([metric])
    asked = FigureFilter(
        metrics=[name], bases=[check_basis(basis)] if basis else (), durations=[check_duration(duration)] if duration else ()
    )
    number = AccessionNumber.find_in(word)
    company = None if number else find_company(archive, word)
    where = replace(asked, accessions=[number]) if number else replace(asked, ciks=[company.cik] if company else ())
    figures = [f for f in list_figures(archive, where, mentions=True) if _is_period(f, period_end)]
    if not figures:
        told = f" for a period that ended on {period_end}" if period_end else ""
        raise UserError(
            f"{number or (company and company.name) or word} reports no {name}{told}", "`ex99 query figures` lists what there is"
        )
    if number is None:
        chosen = figures[0].accession if period_end else figures[-1].accession
        figures = [figure for figure in figures if figure.accession == chosen]
    filing = next(list_filings(archive, FilingFilter(accessions=[figures[0].accession])))
    everything = list(list_figures(archive, replace(asked, ciks=filing.ciks)))
    return [_reason(archive, figure, filing, everything) for figure in figures]


def _reason(archive: Archive, figure: FigureRow, filing: FilingRow, everything: Iterable[FigureRow]) -> Reason:
    from ex99.parsing import read_text

    text = read_text(read_document_bytes(archive, figure.document_id))
    release = next(list_releases(archive, ReleaseFilter(document_ids=[figure.document_id])))
    folder = f"{EDGAR}{figure.accession.folder_path(filing.ciks[0])}"
    others = [
        other
        for other in everything
        if other.accession != figure.accession
        and (other.basis, other.duration) == (figure.basis, figure.duration)
        and _is_period(other, figure.period_end)
    ]
    mentions = tuple(Words(mention.text, _line(text, mention)) for mention in figure.mentions)
    return Reason(figure, _line(text, figure.source), folder + (release.filename or ""), mentions, tuple(others))


def _line(text: str, source: Source) -> str:
    """The line of the text that a source stands in, white space collapsed."""
    start = text.rfind("\n", 0, source.start) + 1
    end = text.find("\n", source.end)
    return " ".join(text[start : end if end >= 0 else len(text)].split())


def _is_period(figure: FigureRow, end: dt.date | None) -> bool:
    return end is None or same_end(figure.period_end, end)
