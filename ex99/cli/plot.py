"""`ex99 plot`: series as a picture, in the terminal or in a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from ex99.cli import output
from ex99.cli.app import command
from ex99.cli.options import OUTPUT, Archive, AsOf, Vintage
from ex99.cli.query import Basis, Duration, reading
from ex99.cli.words import clip, count_of
from ex99.companies import split_companies
from ex99.errors import UserError
from ex99.filings.metrics import METRICS
from ex99.filings.metrics.wording import say_metric
from ex99.plot import draw_series
from ex99.plotting import check_ending
from ex99.series import CompanySeries, describe_available
from ex99.storage.archive import Archive as StoredArchive
from ex99.storage.queries import count_documents_to_parse

_WIDEST = 120


@command(
    "plot",
    [
        "ex99 plot AAPL revenue                                  in the terminal",
        "ex99 plot AAPL eps_diluted -o eps.png                   a picture, restatements marked",
        "ex99 plot AAPL COST MSFT revenue net_income -o big.html  a page that works offline, with every figure's words",
    ],
    panel="Read",
)
def plot(
    *,
    words: Annotated[list[str], typer.Argument(metavar="COMPANY... METRIC...", help="Companies by ticker, CIK or name, and metrics.")],
    file: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write .png, .svg or .html.", show_default=False, rich_help_panel=OUTPUT),
    ] = None,
    basis: Basis = None,
    duration: Duration = None,
    vintage: Vintage = "latest",
    as_of: AsOf = None,
    archive: Archive = None,
) -> None:
    """Draw one or several series: a panel a metric, a colour a company, gaps left open, first reports marked where they were restated.

    Without a file name it is drawn in the terminal.
    """
    companies, metrics = split_words(words)
    if file is not None:
        check_ending(file)
    with reading(archive) as opened:
        told = [
            opened.series(company, metric, basis=basis, duration=duration, vintage=vintage, as_of=as_of)
            for metric in metrics
            for company in companies
        ]
        for one in told:
            if not one.series.points:
                say_nothing_found(opened.storage, one)
    drawn = [one for one in told if one.series.points]
    if not drawn:
        return
    if file is None:
        for number, one in enumerate(drawn):
            if number:
                output.stdout().print()
            print_plot(one)
        return
    from ex99.plotting import make_chart, save_chart

    save_chart(make_chart(drawn), file)
    output.note(f"drawn in {file}")


def split_words(words: list[str]) -> tuple[list[str], list[str]]:
    """Companies and metrics: the last word is a metric, and so is any other that names one; raises UserError where one of them lacks."""
    words = [str(word) for word in split_companies(words[:-1])] + words[-1:]
    metrics = [word for word in words[:-1] if word.lower().replace("-", "_") in METRICS] + words[-1:]
    companies = [word for word in words[:-1] if word not in metrics]
    if not companies:
        raise UserError("a plot needs a company and a metric", "for example: ex99 plot AAPL revenue")
    return list(dict.fromkeys(companies)), list(dict.fromkeys(metrics))


def say_nothing_found(archive: StoredArchive, found: CompanySeries) -> None:
    """Say that there is no such series, what there is, and what waits for the parser."""
    told, company = found.series, found.company
    available, waiting = describe_available(archive, company), count_documents_to_parse(archive, None, ciks=[company.cik])
    output.note(f"{company.name or told.cik} reports no {told.metric} ({told.basis}) by {told.duration}", "yellow")
    if waiting:
        output.note(f"{count_of(waiting, 'release')} not parsed yet; `ex99 reparse` does", "yellow")
    if available or not waiting:
        output.note(f"there is: {available}" if available else "it has no figures")


def print_plot(one: CompanySeries) -> None:
    """Draw a series in the terminal; nothing where it has no points."""
    out, told = output.stdout(), one.series
    if not told.points:
        return
    width = plot_width(out)
    basis = "" if told.basis == "gaap" else f" ({told.basis})"
    name = told.company or one.company.name or f"CIK {told.cik}"
    drawn = draw_series(
        [(point.period_end, point.value) for point in told.points],
        title=clip(f"{name}: {say_metric(told.metric)}{basis} by {told.duration}", width - 24),
        unit=told.points[-1].unit,
        width=width,
        ascii_only=out.encoding != "utf-8",
    )
    out.print(Text(drawn), soft_wrap=True)


def plot_width(console: Console) -> int:
    """How wide a plot is drawn: the terminal's width, 120 at most; 80 in a pipe."""
    return 80 if output.is_wide(console) else min(console.width, _WIDEST)
