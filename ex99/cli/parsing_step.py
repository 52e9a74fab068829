"""The parse step that follows a crawl or an import, with its progress and its losses."""

from __future__ import annotations

from typing import Any

from ex99.cli import output
from ex99.cli.progress import Watch
from ex99.cli.words import count_of, span_of
from ex99.reparse import ReparseReport, read_exhibits, reparse
from ex99.settings import Settings
from ex99.storage.archive import Archive
from ex99.storage.queries import count_documents_to_parse


def run_parse_step(archive: Archive, settings: Settings, **wanted: Any) -> ReparseReport:
    """Run the parser with progress; ``wanted`` are the keywords of ex99.reparse.reparse."""
    with Watch("parsing") as watch:
        return reparse(archive, workers=settings.parse_workers, exhibits=settings.exhibits, on_progress=watch.update, **wanted)


def parse_new(archive: Archive, settings: Settings) -> ReparseReport:
    """Parse what no parser version has seen: the step after a crawl or an import. Says so where other releases wait for `ex99 reparse`."""
    report = run_parse_step(archive, settings, only_new=True)
    wanted = read_exhibits(settings.exhibits)
    unseen, never = (count_documents_to_parse(archive, version, exhibits=wanted) for version in (report.version, None))
    if stale := unseen - never:  # what no version has parsed is in another process's hands, or lost
        output.note(f"{count_of(stale, 'release')} parsed by another parser version; `ex99 reparse --diff` renews them")
    return report


def print_losses(report: ReparseReport | None) -> None:
    """Print how many releases were parsed, how many another process took, and each that could not be."""
    if report is not None and report.elsewhere:
        output.note(f"{count_of(report.elsewhere, 'release')} left to another process that parses this archive")
    if report is None or not (report.parsed or report.losses):
        return
    line = f"{count_of(report.parsed, 'release')} parsed, {count_of(report.figures, 'figure')} in {span_of(report.seconds)}"
    output.stdout().print(line, soft_wrap=True)
    output.print_losses((loss.code, f"not parsed  {loss.accession} {loss.filename or ''}: {loss.message}") for loss in report.losses)
