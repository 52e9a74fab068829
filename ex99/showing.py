"""A filing's press release as it is shown: its text, and every marked stretch of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ex99.errors import UserError
from ex99.filings.identifiers import AccessionNumber
from ex99.filings.release import Source
from ex99.storage.archive import Archive
from ex99.storage.filters import FigureFilter, FilingFilter, PassageFilter, ReleaseFilter
from ex99.storage.queries import list_figures, list_filings, list_guidance, list_passages, list_releases, read_document_bytes
from ex99.storage.rows import FigureRow, FilingRow, GuidanceRow, PassageRow, ReleaseRow

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
    """One press release of the archive with its text and what was read from it."""

    filing: FilingRow
    release: ReleaseRow
    text: str
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


def read_shown_release(archive: Archive, accession: str, exhibit: int = 1) -> ShownRelease:
    """Read a filing's press release, the ``exhibit``-th where it has several; raises UserError that says why where there is none."""
    from ex99.parsing import read_text

    number = AccessionNumber.parse(accession)
    filing = next(list_filings(archive, FilingFilter(accessions=[number])), None)
    if filing is None:
        raise UserError(f"the archive holds no filing {number}", "`ex99 query filings` lists what it holds")
    releases = list(list_releases(archive, ReleaseFilter(accessions=[number])))
    if not releases:
        raise UserError(f"{number} {_STATES[filing.state]}", _next_step(filing))
    if not 1 <= exhibit <= len(releases):
        raise UserError(f"{number} has no press release number {exhibit}", f"it has {len(releases)}")
    release = releases[exhibit - 1]
    if release.error_code is not None:
        raise UserError(f"{number} could not be parsed: {release.error_message}")
    wanted = [release.document_id]
    return ShownRelease(
        filing,
        release,
        read_text(read_document_bytes(archive, release.document_id)),
        tuple(list_figures(archive, FigureFilter(document_ids=wanted), mentions=True)),
        tuple(list_guidance(archive, FigureFilter(document_ids=wanted))),
        tuple(list_passages(archive, PassageFilter(document_ids=wanted))),
        len(releases) - 1,
    )


def _next_step(filing: FilingRow) -> str | None:
    if filing.state == "archived":
        return "`ex99 reparse` parses what is archived"
    if filing.state == "no_release":
        return filing.note or "the filing holds no press release"
    if filing.state == "failed":
        return f"{filing.note or filing.reason or 'it could not be fetched'}; `ex99 crawl {filing.ciks[0]} --retry-failed` tries again"
    return None if filing.state == "paper" else f"`ex99 crawl {filing.ciks[0]}` fetches it"
