"""`ex99 demo`: the whole way through, without the network."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from ex99.cli import output
from ex99.cli.app import command
from ex99.cli.crawl import print_crawl_report
from ex99.cli.parsing_step import print_losses
from ex99.cli.progress import CrawlWatch
from ex99.cli.series import print_series
from ex99.cli.words import count_of, span_of
from ex99.errors import Losses, UserError


@command(
    "demo",
    [
        "ex99 demo",
        "ex99 demo   again: fetches nothing, as everything is there",
        "ex99 query figures --archive demo-archive --metric eps_diluted",
    ],
    panel="Look after",
)
def demo(
    archive: Annotated[
        Path, typer.Option("--archive", "-a", metavar="FOLDER", help="Folder of the demo's archive; it is made where it is missing.")
    ] = Path("demo-archive"),
) -> None:
    """Crawl a fictitious company's ten years of 8-Ks from a local replica of EDGAR, archive and parse them, and show its revenue.

    Needs no network. Run again, it fetches nothing.
    """
    from ex99.demo import FIRST_YEAR, LAST_YEAR, NAME, TICKER, run_demo

    started = time.monotonic()
    out = output.stdout()
    output.note(f"{NAME} ({TICKER}, fictitious), 8-Ks of {FIRST_YEAR} to {LAST_YEAR}, from a replica of EDGAR on this machine")
    try:
        with CrawlWatch() as watch:
            report = run_demo(archive, on_event=watch.on_event, on_parse=lambda done, total: watch.update(done, total, doing="parsing"))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UserError(f"the demo cannot use {archive}: {reason}", "name another folder with --archive") from None
    print_crawl_report(report.crawl)
    print_losses(report.parse)
    if not report.parse.parsed:
        out.print(Text(f"nothing to parse: {count_of(len(report.series), 'quarter')} of revenue are known already"), soft_wrap=True)
    out.print()
    print_series(report.series, plot=True)
    output.note(f"\n{span_of(time.monotonic() - started)} in all. Next, with --archive {archive}:")
    output.note(f"  ex99 status; ex99 series {TICKER} eps_diluted --plot; ex99 query releases")
    output.note(f"\nAnd in a browser: ex99 serve --archive {archive}")
    if report.crawl.exit_code or report.parse.losses:
        raise Losses
