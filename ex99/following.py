"""Parsing what is being archived, filing by filing, while a crawl goes on; and a release in one line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from ex99.filings.metrics import DURATIONS
from ex99.filings.release import Figure, ParseError, PressRelease
from ex99.parsing import PARSER_VERSION
from ex99.pool import ParserPool
from ex99.storage.archive import Archive
from ex99.storage.errors import ArchiveError
from ex99.storage.filters import FilingFilter
from ex99.storage.queries import count_documents_to_parse, list_documents, list_documents_to_parse, list_filings
from ex99.storage.rows import DocumentRow, FilingRow
from ex99.storage.writer import Writer

MAIN_METRICS: tuple[tuple[str, ...], ...] = (("revenue", "net_interest_income"), ("net_income", "net_income_to_common"), ("eps_diluted",))
"""The figures of a line, each the first of its metrics that the release reports."""
_YEAR = (dt.timedelta(days=350), dt.timedelta(days=380))


@dataclass(frozen=True, slots=True)
class FollowedRelease:
    """A press release that has just been archived and parsed (or could not be)."""

    filing: FilingRow
    document: DocumentRow
    result: PressRelease | ParseError


class ReleaseParser:
    """Parses the releases of one filing after the other, in a process of its own; a context manager."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._writer = Writer(archive)
        self._pool = ParserPool[DocumentRow](1)
        self.parsed = self.errors = self.figures = 0

    def __enter__(self) -> Self:
        self._run = self._writer.start_parse(PARSER_VERSION)
        return self

    def __exit__(self, *exception: object) -> None:
        self._pool.close()
        self._writer.finish_parse(self._run, {"parsed": self.parsed, "errors": self.errors, "figures": self.figures})

    def list_waiting(self, since: dt.date) -> list[str]:
        """The filings since a day whose releases no parser has seen: a watch before this one was ended first."""
        if not count_documents_to_parse(self._archive, None):
            return []
        waiting = {row.accession for row in list_documents_to_parse(self._archive, None)}
        filings = list_filings(self._archive, FilingFilter(since=since, states=["archived"]))
        return [str(filing.accession) for filing in filings if filing.accession in waiting]

    def parse(self, accession: str) -> Iterator[FollowedRelease]:
        """Parse a filing's releases, best first; each is in the archive when it is given out, and not before."""
        where = FilingFilter(accessions=[accession])
        filing = next(list_filings(self._archive, where), None)
        chosen = sorted((row for row in list_documents(self._archive, where) if row.rank is not None), key=lambda row: row.rank or 0)
        if filing is None:
            return
        for document, result in self._pool.parse(self._read(chosen)):
            self._writer.save_release(document.id, result, self._run)
            if isinstance(result, ParseError):
                self.errors += 1
            else:
                self.parsed += 1
                self.figures += len(result.figures)
            yield FollowedRelease(filing, document, result)

    def _read(self, documents: list[DocumentRow]) -> Iterator[tuple[DocumentRow, bytes]]:
        for document in documents:
            if document.sha256 is not None:
                try:
                    yield document, self._archive.blobs.read(document.sha256)
                except ArchiveError:
                    self.errors += 1


@dataclass(frozen=True, slots=True)
class MainFigure:
    """A figure for a line: its growth on the year before as a share (0.08), None where the release does not let one tell."""

    figure: Figure
    growth: Decimal | None


def choose_main_figures(release: PressRelease) -> list[MainFigure]:
    """The GAAP figures that sum a release up: of its newest period, the quarter before longer ones."""
    chosen = []
    for metrics in MAIN_METRICS:
        own = [f for f in release.figures if f.metric in metrics and f.basis == "gaap" and not f.comparative and f.period_end is not None]
        if own:
            order = {duration: number for number, duration in enumerate(DURATIONS)}
            best = min(own, key=lambda f: (metrics.index(f.metric), order.get(f.duration, 99), -(f.period_end or dt.date.min).toordinal()))
            chosen.append(MainFigure(best, _growth(release, best)))
    return chosen


def _growth(release: PressRelease, figure: Figure) -> Decimal | None:
    assert figure.period_end is not None
    kind = (figure.metric, figure.basis, figure.duration, figure.unit)
    for other in release.figures:
        if (other.metric, other.basis, other.duration, other.unit) == kind and other.comparative and other.period_end is not None:
            year = _YEAR[0] <= figure.period_end - other.period_end <= _YEAR[1]
            if year and other.value > 0:
                return figure.value / other.value - 1
    return None
