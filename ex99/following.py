"""Parsing what is being archived, filing by filing, while a crawl goes on; and a release in one line."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from queue import SimpleQueue
from types import TracebackType
from typing import Self

from ex99.pool import ParserPool
from ex99.reparse import read_parser_version
from filings.metrics import DURATIONS
from filings.release import Figure, ParseError, PressRelease
from storage.archive import Archive
from storage.errors import ArchiveError
from storage.filters import FilingFilter
from storage.queries import count_documents_to_parse, list_documents, list_documents_to_parse, list_filings
from storage.rows import DocumentRow, FilingRow
from storage.writer import Writer

MAIN_METRICS: tuple[tuple[str, ...], ...] = (("revenue", "net_interest_income"), ("net_income", "net_income_to_common"), ("eps_diluted",))
"""The figures of a line, each the first of its metrics that the release reports."""
_YEAR = (dt.timedelta(days=350), dt.timedelta(days=380))


@dataclass(frozen=True, slots=True)
class FollowedRelease:
    """A press release that has just been archived and parsed (or could not be)."""

    filing: FilingRow
    document: DocumentRow
    result: PressRelease | ParseError


OnRelease = Callable[[FollowedRelease], None]


class ReleaseFollower:
    """Parses the releases of filings as they are named to it, in a thread and a parser process of its own; a context manager.

    ``on_release`` is called in that thread for each release. Leaving waits for what was named already, unless an exception is on its way.
    """

    def __init__(self, archive: Archive, on_release: OnRelease) -> None:
        self._archive = archive
        self._writer = Writer(archive)
        self._on_release = on_release
        self._queue: SimpleQueue[str | None] = SimpleQueue()
        self._pool = ParserPool[DocumentRow](1)
        self._thread = threading.Thread(target=self._work, name="follower", daemon=True)
        self._error: Exception | None = None
        self.parsed = self.errors = self.figures = 0

    def __enter__(self) -> Self:
        self.version = read_parser_version()
        self._run = self._writer.start_parse(self.version)
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._queue.put(None)
        if error is not None:
            self._pool.close()
        self._thread.join()
        self._pool.close()
        self._writer.finish_parse(self._run, {"parsed": self.parsed, "errors": self.errors, "figures": self.figures})
        if self._error is not None and error is None:
            raise self._error

    def take(self, accession: str) -> None:
        """Name a filing that is in the archive; raises what went wrong with an earlier one, such as a broken pipe of the output."""
        if self._error is not None:
            raise self._error
        self._queue.put(accession)

    def take_waiting(self, since: dt.date) -> int:
        """Name the filings since a day whose releases no parser has seen (a run before this one was ended first); returns how many."""
        if not count_documents_to_parse(self._archive, None):
            return 0
        waiting = {row.accession for row in list_documents_to_parse(self._archive, None)}
        filings = list_filings(self._archive, FilingFilter(since=since, states=["archived"]))
        chosen = [str(filing.accession) for filing in filings if filing.accession in waiting]
        for accession in chosen:
            self.take(accession)
        return len(chosen)

    def _work(self) -> None:
        while (accession := self._queue.get()) is not None:
            try:
                self._parse(accession)
            except Exception as error:  # noqa: BLE001 - handed on to the thread that names filings
                self._error = error
                return

    def _parse(self, accession: str) -> None:
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
            self._on_release(FollowedRelease(filing, document, result))

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
