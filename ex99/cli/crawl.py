"""`ex99 crawl`: companies' filing histories from EDGAR into the archive."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Annotated, Any

import typer
from rich.text import Text

from ex99.asking import as_words, read_range
from ex99.cli import output
from ex99.cli.app import WRONG_USE, command
from ex99.cli.companies_file import read_companies
from ex99.cli.options import FILTER, Archive, CompaniesFile, Exhibits, Forms, Items, Json, LogJson, Parse, Sics, Since, Until, load_settings
from ex99.cli.parsing_step import parse_new, print_losses
from ex99.cli.progress import CrawlWatch
from ex99.cli.words import count_of, span_of
from ex99.crawler.events import CrawlReport
from ex99.errors import Losses, UserError
from ex99.filings.filing import CHOICE_REASONS
from ex99.opening import open_storage
from ex99.settings import Settings


@command(
    "crawl",
    [
        "ex99 crawl AAPL COST                          everything these two ever filed on 8-K",
        "ex99 crawl 1001426 --since 2005 --until 2010  a delisted company, by its CIK",
        "ex99 crawl AAPL --items 2.02                  results alone",
        "ex99 crawl --companies mine.txt               the companies listed in a file",
        "ex99 crawl --market --since 2024 --sic 7372   all that an industry filed, by EDGAR's indexes",
        "ex99 crawl --retry-failed                     take again what failed before",
        "ex99 crawl --check-changed --since 2024       ask whether EDGAR has changed what is archived",
    ],
    panel="Fill",
)
def crawl(
    *,
    companies: Annotated[
        list[str] | None, typer.Argument(metavar="COMPANY", help="Tickers, CIKs or names; may be left out with --market or --retry-failed.")
    ] = None,
    companies_file: CompaniesFile = None,
    market: Annotated[
        bool,
        typer.Option(
            "--market", metavar=" ", help="All companies (or those named), by EDGAR's indexes from --since on.", rich_help_panel=FILTER
        ),
    ] = False,
    sics: Sics = None,
    since: Since = None,
    until: Until = None,
    items: Items = None,
    forms: Forms = None,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", metavar=" ", help="Take those filings alone that failed before.", rich_help_panel=FILTER)
    ] = False,
    check_changed: Annotated[
        bool,
        typer.Option(
            "--check-changed",
            metavar=" ",
            help="Ask whether archived filings have changed at EDGAR; what has is kept beside.",
            rich_help_panel=FILTER,
        ),
    ] = False,
    parse: Parse = True,
    exhibits: Exhibits = None,
    json: Json = False,
    log_json: LogJson = None,
    archive: Archive = None,
) -> None:
    """Fetch companies' 8-K filings from EDGAR, archive them, and parse their press releases.

    Filings that are archived already are passed over, so the same command continues what was interrupted and fetches what is new.
    EDGAR wants to know who asks: set EX99_USER_AGENT="Your Name you@example.com". Ctrl-C stops cleanly; nothing is lost.
    """
    settings = load_settings(archive, exhibits)
    first, last = read_range(since, until)
    names = read_companies(companies, companies_file)
    wanted: dict[str, Any] = {"since": first, "until": last, "forms": as_words(forms), "companies": names, "log_file": log_json}
    if check_changed:
        _refuse_besides(**{"--market": market, "--retry-failed": retry_failed, "--items": items, "--forms": forms, "--sic": sics})
        del wanted["forms"]
    elif market:
        _check_market(first, items=bool(items), retry_failed=retry_failed)
        wanted["sics"] = as_words(sics)
    elif sics:
        raise UserError("--sic narrows the whole market", "add --market and --since, or name the companies")
    else:
        wanted |= {"items": as_words(items), "retry_failed": retry_failed}
    report = _fetch(settings, wanted, "check" if check_changed else "market" if market else "companies")
    parsed = None
    if parse and report.outcome != "interrupted":
        with open_storage(settings, create=False) as storage:
            parsed = parse_new(storage, settings)
    if json:
        output.print_json(report.to_json() | {"parse": parsed})
    else:
        print_crawl_report(report)
        print_losses(parsed)
    if report.outcome == "interrupted":
        raise KeyboardInterrupt
    if report.exit_code or (parsed is not None and parsed.losses):
        raise Losses


def _refuse_besides(**options: Any) -> None:
    if given := [name for name, value in options.items() if value]:
        raise UserError(f"--check-changed and {given[0]} exclude each other", "it takes companies, --since and --until")


def _check_market(since: dt.date | None, *, items: bool, retry_failed: bool) -> None:
    if since is None:
        raise UserError("--market needs a first day", "add --since, such as --since 2024-01-01")
    if items:
        raise UserError("EDGAR's indexes list no items", "leave --items out and filter the archive: `ex99 query filings --items 2.02`")
    if retry_failed:
        raise UserError("--market and --retry-failed exclude each other", "a crawl of the market tries again what failed in its days")


def _fetch(settings: Settings, wanted: dict[str, Any], way: str) -> CrawlReport:
    """Run the crawl with its progress; raises UserError where it may not start, before anything is made."""
    from ex99.crawl import check_changed, crawl_market
    from ex99.crawl import crawl as run_crawl
    from ex99.crawler.config import find_refusal

    if refusal := find_refusal(settings):
        raise UserError(refusal)
    open_storage(settings, create=True).close()
    ways: dict[str, Callable[..., CrawlReport]] = {"companies": run_crawl, "market": crawl_market, "check": check_changed}
    with CrawlWatch() as watch:
        report = ways[way](settings, on_event=watch.on_event, **wanted)
    if report.exit_code == WRONG_USE:
        if report.outcome == "refused":
            raise UserError(report.message)
        raise UserError(f"{report.outcome}: {report.message}", "`ex99 doctor` lists the hosts; once they answer, the same command goes on")
    return report


def print_crawl_report(report: CrawlReport) -> None:
    """Print how a crawl went: what came, from what, what is lost and why."""
    out, counts = output.stdout(), report.counts
    if report.outcome != "finished":
        output.note(f"{report.outcome}: {report.message}", "bold yellow")
    if counts.unchanged or counts.changed:
        words = f"{count_of(counts.unchanged + counts.changed, 'filing')} asked for again, {counts.changed:,} changed at EDGAR"
        out.print(Text(words, style="bold"), soft_wrap=True)
    elif report.outcome == "finished" and not counts.wanted and not report.losses:
        why = f"{count_of(counts.known, 'filing')} archived already" if counts.requests else report.message
        out.print(Text(f"nothing to fetch: {why}"), soft_wrap=True)
    else:
        words = f"{count_of(counts.archived, 'filing')} archived" + (f", {counts.known:,} already there" if counts.known else "")
        out.print(Text(words, style="bold"), soft_wrap=True)
    for reason, number in sorted(report.choices.items(), key=lambda line: -line[1]):
        out.print(Text(f"  {number:>6,}  {CHOICE_REASONS.get(reason, reason)}"), soft_wrap=True)
    passed = [
        (counts.outside, "outside the filter"),
        (counts.elsewhere, "left to another crawl into this archive"),
        (counts.nothing_to_fetch, "on paper: EDGAR has no bytes of them"),
    ]
    for number, words in passed:
        if number:
            out.print(Text(f"  {number:>6,}  {words}", style="dim"), soft_wrap=True)
    kinds = ", ".join(f"{number:,} {kind}" for kind, number in sorted(report.requests.items(), key=lambda line: -line[1]))
    line = f"{count_of(counts.requests, 'request')} ({kinds or 'none'}), {counts.bytes / 1e6:,.1f} MB in {span_of(report.seconds)}"
    if report.paused_seconds:
        line += f", of which {span_of(report.paused_seconds)} at rest"
    out.print(Text(line, style="dim"), soft_wrap=True)
    output.print_losses((loss.code, f"lost  {loss.subject}: {loss.message}") for loss in report.losses)
