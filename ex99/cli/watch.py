"""`ex99 watch`: new press releases, as they are filed."""

from __future__ import annotations

import datetime as dt
import sys
from contextlib import closing, suppress
from decimal import Decimal
from typing import Annotated, Any

import typer
from rich.text import Text

from ex99.asking import as_words, read_day
from ex99.cli import output
from ex99.cli.app import command
from ex99.cli.companies_file import read_companies
from ex99.cli.options import Archive, CompaniesFile, Forms, Items, Json, LogJson, Sics, load_settings
from ex99.cli.words import clip, count_of, exact_number
from ex99.crawler.events import CrawlEvent, CrawlReport
from ex99.errors import Losses, UserError
from ex99.filings.json_form import plain_decimal
from ex99.filings.release import FiscalPeriod, ParseError, PressRelease
from ex99.following import FollowedRelease, MainFigure, choose_main_figures
from ex99.opening import open_storage
from ex99.settings import Settings

_TOLD_AT_ONCE = frozenset({"notice", "paused", "resumed", "failed"})
_SCALES: tuple[tuple[int, str], ...] = ((10**9, "B"), (10**6, "M"), (10**3, "k"))


@command(
    "watch",
    [
        "ex99 watch                              the whole market, from now on",
        "ex99 watch AAPL COST --json             two companies, for a program",
        "ex99 watch --companies mine.txt         the companies listed in a file",
        "ex99 watch --sic 7372 --items 2.02      results of an industry",
        "ex99 watch --since 2024-03-01 --hours 8",
    ],
    panel="Fill",
)
def watch(
    *,
    companies: Annotated[list[str] | None, typer.Argument(metavar="COMPANY", help="Tickers, CIKs or names; all by default.")] = None,
    companies_file: CompaniesFile = None,
    sics: Sics = None,
    items: Items = None,
    forms: Forms = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help="Begin with this day (default: where the last watch ended, else today).")
    ] = None,
    every: Annotated[float, typer.Option("--every", metavar="SECONDS", min=5, help="How often to look.")] = 60.0,
    hours: Annotated[float | None, typer.Option("--hours", metavar="NUMBER", min=0, help="End by itself after so long.")] = None,
    json: Json = False,
    log_json: LogJson = None,
    archive: Archive = None,
) -> None:
    """Archive and parse press releases as they are filed, and print each as one line with its main figures.

    Follows EDGAR's feed of latest filings, and in the evening the day's index, until Ctrl-C. Started again it goes on where it was: what
    was filed meanwhile (up to two weeks back) comes first. `ex99 crawl --market` takes whole years.
    """
    settings = load_settings(archive)
    wanted: dict[str, Any] = {
        "companies": read_companies(companies, companies_file),
        "sics": as_words(sics),
        "items": as_words(items),
        "forms": as_words(forms),
        "since": read_day(since, "--since"),
        "every": every,
        "hours": hours,
        "log_file": log_json,
    }
    report, unparsed = _follow(settings, wanted, json=json)
    if report.outcome == "refused":
        raise UserError(report.message)
    counts = report.counts
    output.note(f"{count_of(counts.archived, 'filing')} archived, {counts.failed:,} failed, {count_of(counts.requests, 'request')}")
    output.print_losses((loss.code, f"lost  {loss.subject}: {loss.message}") for loss in report.losses)
    if report.outcome not in ("finished", "interrupted"):
        raise UserError(f"{report.outcome}: {report.message}")
    if report.losses or unparsed:
        raise Losses


def _follow(settings: Settings, wanted: dict[str, Any], *, json: bool) -> tuple[CrawlReport, int]:
    from ex99.crawler.config import find_refusal
    from ex99.watching import Watch

    if refusal := find_refusal(settings):
        raise UserError(refusal)

    def on_event(event: CrawlEvent) -> None:
        if event.kind == "started":
            output.note(f"watching EDGAR, a look every {wanted['every']:g} s; Ctrl-C ends it")
        elif event.kind in _TOLD_AT_ONCE and (event.kind != "paused" or (event.pause or 0) > settings.block_pause - 1):
            output.note(event.message, "yellow" if event.kind == "paused" else "dim")

    with open_storage(settings, create=True) as storage:
        watch = Watch(storage, settings, on_event=on_event, **wanted)
        with suppress(KeyboardInterrupt), closing(iter(watch)) as releases:
            for followed in releases:
                (_print_json if json else _print_line)(followed)
    if watch.report is None:
        raise KeyboardInterrupt  # one Ctrl-C more than an orderly end takes
    return watch.report, watch.unparsed


def _print_json(followed: FollowedRelease) -> None:
    output.print_json(describe_release(followed))
    sys.stdout.flush()


def describe_release(followed: FollowedRelease) -> dict[str, Any]:
    """A followed release as the record that --json prints; the whole of it is in the archive."""
    filing, result = followed.filing, followed.result
    record: dict[str, Any] = {
        "accession": filing.accession,
        "ciks": filing.ciks,
        "company": filing.company,
        "form": filing.form,
        "items": filing.items,
        "filing_date": filing.filing_date,
        "acceptance": filing.acceptance,
        "document": {"sequence": followed.document.sequence, "type": followed.document.type, "filename": followed.document.filename},
    }
    if isinstance(result, ParseError):
        return record | {"error": {"code": result.code, "message": result.message}}
    period = result.fiscal_period
    return record | {
        "kind": result.kind,
        "headline": result.headline,
        "tickers": [ticker.symbol for ticker in result.tickers],
        "fiscal_period": {"year": period.year, "quarter": period.quarter, "end": period.end},
        "figures": [_figure_record(main) for main in choose_main_figures(result)],
    }


def _figure_record(main: MainFigure) -> dict[str, Any]:
    figure = main.figure
    return {
        "metric": figure.metric,
        "duration": figure.duration,
        "period_end": figure.period_end,
        "value": plain_decimal(figure.value),
        "unit": figure.unit,
        "growth": None if main.growth is None else plain_decimal(round(main.growth, 4)),
    }


def _print_line(followed: FollowedRelease) -> None:
    output.stdout().print(describe_line(followed), soft_wrap=True)


def describe_line(followed: FollowedRelease) -> Text:
    """A followed release on one line: when, who, what kind, the main figures, the headline."""
    filing, result = followed.filing, followed.result
    clock = (filing.acceptance or dt.datetime.combine(filing.filing_date, dt.time())).strftime("%m-%d %H:%M")
    line = Text.assemble((clock, "dim"), "  ", (clip(filing.company or str(filing.ciks[0]), 40), "bold"))
    if isinstance(result, ParseError):
        return line.append(f"  {filing.accession} not parsed: {result.message}", style="red")
    symbols = ", ".join(ticker.symbol for ticker in result.tickers[:2])
    line.append(f" ({symbols})" if symbols else "").append(f"  {_kind(result)}", style="cyan")
    parts = [_figure_words(main) for main in choose_main_figures(result)]
    line.append(f"  {', '.join(parts)}" if parts else "")
    return line.append(f"  {clip(result.headline or '', 100)}", style="dim")


def _kind(release: PressRelease) -> str:
    words = release.kind.replace("_", " ")
    return f"{words} {_period(release.fiscal_period)}".strip() if release.kind in ("results", "preliminary_results") else words


def _period(period: FiscalPeriod) -> str:
    return f"Q{period.quarter} {period.year}" if period.quarter and period.year else str(period.year or "")


def _figure_words(main: MainFigure) -> str:
    figure = main.figure
    name = {"eps_diluted": "EPS"}.get(figure.metric, figure.metric.replace("_", " "))
    growth = "" if main.growth is None else f" ({main.growth * 100:+.0f}%)"
    span = "" if figure.duration == "quarter" else f" {figure.duration.replace('_', ' ')}"
    return f"{name} {_short(figure.value, figure.unit)}{growth}{span}"


def _short(value: Decimal, unit: str) -> str:
    if unit.endswith("/share"):
        return exact_number(value, unit)
    for scale, letter in _SCALES:
        if abs(value) >= scale:
            return f"{value / scale:,.1f}{letter}"
    return exact_number(value, unit)
