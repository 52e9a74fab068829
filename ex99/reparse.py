"""The parse step: stored exhibits that a parser version has not seen go through the pool, and their results into the archive."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace

from ex99.changes import Snapshot, compare_snapshots, take_snapshot
from ex99.errors import UserError
from ex99.executors import open_executor
from ex99.executors.terms import MISSING, Executor, Job, Result, Terms
from ex99.filings.exhibits import WantedExhibits
from ex99.filings.release import ParseError
from ex99.parsing import PARSER_VERSION
from ex99.pool import PARSER, SECONDS
from ex99.storage.archive import Archive
from ex99.storage.claims import Claims
from ex99.storage.queries import count_documents_to_parse, is_still_to_parse, list_documents_to_parse
from ex99.storage.rows import ReleaseDiff, WorkRow
from ex99.storage.writer import Writer

FAILED = ("crashed", "timeout")
"""Errors that another try may not meet again: what the machine did then, and not the exhibit's fault alone."""
_BATCH = 32


@dataclass(frozen=True, slots=True)
class ParserChoice:
    """Which parser runs: the version its results are kept under, and the function that the workers call, as "module:function"."""

    version: str = PARSER_VERSION
    function: str = PARSER


@dataclass(frozen=True, slots=True)
class ParseLoss:
    """An exhibit that could not be parsed, and why.

    ``code`` is one of filings.release.PARSE_ERRORS, or crashed, timeout, internal (a fault of the parser) or missing (the bytes are gone).
    """

    accession: str
    filename: str | None
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class ReparseReport:
    """How a parser run went: counts, losses in the order of their happening, and with ``diff`` the changes by document."""

    version: str
    parsed: int = 0
    figures: int = 0
    losses: tuple[ParseLoss, ...] = ()
    diffs: tuple[ReleaseDiff, ...] = ()
    seconds: float = 0.0
    outcome: str = "finished"
    elsewhere: int = 0
    """Exhibits that another process had in hand, or had parsed since this run began."""


@dataclass(slots=True)
class _Run:
    """The state of one run: what waits to be written, and what was counted."""

    archive: Archive
    run: int
    diff: bool
    claims: Claims
    still: Callable[[int], bool]
    """Whether a document is still to be parsed."""
    elsewhere: int = 0
    waiting: list[tuple[WorkRow, Result]] = field(default_factory=list)
    parsed: int = 0
    figures: int = 0
    losses: list[ParseLoss] = field(default_factory=list)
    diffs: list[ReleaseDiff] = field(default_factory=list)

    def take(self, work: WorkRow, result: Result) -> None:
        """Count a result and keep it for the next batch."""
        if isinstance(result, ParseError):
            self.losses.append(ParseLoss(work.accession, work.filename, result.code, result.message))
            if result.code == MISSING:
                return
        else:
            self.parsed += 1
            self.figures += len(result.figures)
        self.waiting.append((work, result))
        if len(self.waiting) >= _BATCH:
            self.write()

    def claim(self, rows: Iterator[WorkRow]) -> Iterator[tuple[WorkRow, Job]]:
        """The documents that are this process's to parse; those of which another process takes care are counted."""
        for row in rows:
            if self.claims.take(row.document_id):
                if self.still(row.document_id):
                    yield row, Job(row.sha256, row.pipeline)
                    continue
                self.claims.give_back([row.document_id])
            self.elsewhere += 1

    def write(self) -> None:
        """Write what waits, in one transaction."""
        batch, self.waiting = self.waiting, []
        if not batch:
            return
        documents = [work.document_id for work, _ in batch]
        before = take_snapshot(self.archive, documents) if self.diff else Snapshot()
        Writer(self.archive).save_releases([(work.document_id, result) for work, result in batch], self.run)
        self.claims.give_back(documents)
        if self.diff:
            self.diffs += compare_snapshots(before, take_snapshot(self.archive, documents))


def reparse(
    archive: Archive,
    *,
    ciks: Collection[int] = (),
    everything: bool = False,
    only_new: bool = False,
    failed: bool = False,
    diff: bool = False,
    workers: int = 0,
    seconds: float = SECONDS,
    parser: ParserChoice | None = None,
    exhibits: str = "",
    executor: str = "",
    scheduler: str = "",
    on_progress: Callable[[int, int], None] | None = None,
) -> ReparseReport:
    """Parse what the parser version has not seen; with ``only_new`` what no version has, with ``everything`` all.

    ``exhibits`` names documents beside the press releases whose figures are wanted: "99.2", "99,8-K".
    With ``failed`` also those whose result is one of FAILED.

    ``executor`` is "processes" (``workers`` of this machine) or "dask": the cluster of a ``scheduler``, or ``workers`` made on the spot.
    Where another process parses the same archive, each exhibit is taken by one of them.
    ``on_progress`` hears (done, of how many). Each exhibit has ``seconds`` and a process of its own; one that crashes or hangs is a
    loss and no more. Interrupted, what was parsed is kept.
    """
    chosen = parser or ParserChoice()
    started = time.monotonic()
    seen_by = None if only_new else chosen.version
    wanted = read_exhibits(exhibits)
    again = FAILED if failed else ()
    total = count_documents_to_parse(archive, seen_by, all=everything, ciks=ciks, exhibits=wanted, again=again)
    if not total:
        return ReparseReport(chosen.version)
    writer = Writer(archive)
    terms = Terms(archive.blobs.address, chosen.function, seconds)
    opened: Executor[WorkRow] = open_executor(archive.blobs, terms, name=executor, scheduler=scheduler, workers=min(workers, total))

    def still(document_id: int) -> bool:
        return everything or is_still_to_parse(archive, document_id, seen_by, wanted, again)

    with closing(opened), Claims(archive) as claims:
        run = _Run(archive, writer.start_parse(chosen.version), diff, claims, still)
        outcome = "interrupted"
        try:
            rows = list_documents_to_parse(archive, seen_by, all=everything, ciks=ciks, exhibits=wanted, again=again)
            for work, result in opened.run(run.claim(rows)):
                run.take(work, result)
                if on_progress is not None:
                    on_progress(run.parsed + len(run.losses) + run.elsewhere, total)
            outcome = "finished"
        finally:
            run.write()
            writer.finish_parse(run.run, {"outcome": outcome, "parsed": run.parsed, "errors": len(run.losses), "figures": run.figures})
    report = ReparseReport(chosen.version, run.parsed, run.figures, tuple(run.losses), tuple(run.diffs), time.monotonic() - started)
    return replace(report, outcome=outcome, elsewhere=run.elsewhere)


def read_exhibits(words: str) -> WantedExhibits:
    """The documents that words name; UserError for words that name none."""
    try:
        return WantedExhibits.parse([word for word in words.split(",") if word.strip()])
    except ValueError as error:
        raise UserError(str(error)) from None
