"""The parse step that follows a crawl or an import, with its progress and its losses."""

from __future__ import annotations

from collections.abc import Collection

from ex99.cli import output
from ex99.cli.progress import Watch
from ex99.cli.words import count_of, span_of
from ex99.reparse import ReparseReport, reparse
from settings import Settings
from storage.archive import Archive


def run_parse_step(
    archive: Archive, settings: Settings, *, ciks: Collection[int] = (), everything: bool = False, diff: bool = False, seconds: float = 60.0
) -> ReparseReport:
    """Parse what is outdated (or everything) and show how far it is."""
    with Watch("parsing") as watch:
        return reparse(
            archive,
            ciks=ciks,
            everything=everything,
            diff=diff,
            workers=settings.parse_workers,
            seconds=seconds,
            on_progress=watch.update,
        )


def print_losses(report: ReparseReport | None) -> None:
    """Print how many releases were parsed, and each that could not be."""
    if report is None or not (report.parsed or report.losses):
        return
    line = f"{count_of(report.parsed, 'release')} parsed, {count_of(report.figures, 'figure')} in {span_of(report.seconds)}"
    output.stdout().print(line, soft_wrap=True)
    output.print_losses((loss.code, f"not parsed  {loss.accession} {loss.filename or ''}: {loss.message}") for loss in report.losses)
