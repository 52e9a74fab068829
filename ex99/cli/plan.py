"""`ex99 plan`: what a crawl of the market or of some companies will take."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from ex99.asking import as_words, read_range
from ex99.cli import output
from ex99.cli.app import command
from ex99.cli.companies_file import read_companies
from ex99.cli.options import FILTER, Archive, CompaniesFile, Json, Sics, load_settings
from ex99.cli.tables import Column, print_table
from ex99.cli.words import count_of
from ex99.errors import UserError
from ex99.filings.filing import NEW_YORK
from ex99.opening import open_storage
from ex99.plan import Plan, Year, make_plan

_FEW = 5
"""Companies that a note names before it counts the others."""
_COLUMNS: tuple[Column[Year], ...] = (
    Column("year", lambda year: str(year.year) if year.year else "all"),
    Column("filings", lambda year: f"{year.filings:,}", "right"),
    Column("archived", lambda year: f"{year.archived:,}", "right"),
    Column("on paper", lambda year: f"{year.paper:,}", "right", hide="empty"),
    Column("to fetch", lambda year: f"{year.to_fetch:,}", "right"),
    Column("indexes", lambda year: f"{year.at_hand:,} of {year.indexes:,}" if year.indexes else "", "right", hide="empty"),
)


@command(
    "plan",
    [
        "ex99 plan --companies mine.txt --since 2015            what the companies of a file will take",
        "ex99 plan --since 1996 --indexes ~/edgar               the whole market, by index files on disk, in EDGAR's own tree",
        "ex99 plan --since 2015 --until 2019 --sic 7372 --json  some years of an industry, for a program",
    ],
    panel="Fill",
)
def plan(
    *,
    companies: Annotated[
        list[str] | None, typer.Argument(metavar="COMPANY", help="Tickers, CIKs or names; without any the whole market is planned.")
    ] = None,
    companies_file: CompaniesFile = None,
    since: Annotated[
        str,
        typer.Option(
            "--since", metavar="DATE", help="Filed on or after this day: 1996-01-01; 1996 means its first day.", rich_help_panel=FILTER
        ),
    ],
    until: Annotated[
        str | None,
        typer.Option(
            "--until", metavar="DATE", help="Filed on or before this day (default: today).", show_default=False, rich_help_panel=FILTER
        ),
    ] = None,
    sics: Sics = None,
    indexes: Annotated[
        Path | None,
        typer.Option(
            "--indexes",
            metavar="FOLDER",
            help="Index files that are on disk: full-index/2024/QTR1/master.gz ...",
            rich_help_panel="What is known",
        ),
    ] = None,
    json: Json = False,
    archive: Archive = None,
) -> None:
    """Tell what a crawl will take, of the market or of some companies: filings, requests, hours at the allowed pace, room on the disk.

    Nothing is fetched. What is to come is counted by EDGAR's index files that you have on disk and by what the archive lists already; files
    that are not at hand are told, and cost the crawl one request each. The room is by this archive's own mean, or else by a measured one.
    """
    first, last = read_range(since, until)
    if first is None:
        raise UserError("a plan needs a first day", "such as --since 1996")
    if indexes is not None and not indexes.is_dir():
        raise UserError(f"--indexes {indexes} is no folder", "EDGAR's tree of index files: FOLDER/full-index/2024/QTR1/master.gz")
    settings, today = load_settings(archive), dt.datetime.now(NEW_YORK).date()
    names = read_companies(companies, companies_file)
    options = {"today": today, "rate": settings.requests_per_second, "companies": names, "sics": as_words(sics), "indexes": indexes}
    if archive is None and settings.database_url is None and not (settings.archive / "archive.db").exists():
        made = make_plan(None, first, last or today, **options)  # type: ignore[arg-type]
    else:
        with open_storage(settings, create=False, read_only=True) as storage:
            made = make_plan(storage, first, last or today, **options)  # type: ignore[arg-type]
    if json:
        output.print_json({**asdict(made), "missing": made.missing})
    else:
        print_plan(made)


def _say_time(made: Plan) -> str:
    days, hours = divmod(made.hours, 24)
    if days:
        return f"{days:,.0f} days {hours:.0f} hours"
    return f"{made.hours:,.1f} hours" if made.hours >= 1 else f"{made.requests / made.rate / 60:,.1f} minutes"


def _say_size(size: int) -> str:
    return f"{size / 1e9:,.1f} GB" if size >= 1e9 else f"{size / 1e6:,.1f} MB"


def print_plan(made: Plan) -> None:
    """Print a plan: a line a year, what it comes to, and what it does not know."""
    counts = ("filings", "archived", "paper", "to_fetch", "indexes", "at_hand")
    total = Year(0, **{name: sum(getattr(year, name) for year in made.years) for name in counts})
    out = output.stdout()
    print_table(out, _COLUMNS, [*made.years, total])
    out.print(f"\n{count_of(made.requests, 'request')}, {_say_time(made)} at {made.rate:g} a second", soft_wrap=True, highlight=False)
    means = "this archive's own mean" if made.measured else "a mean measured elsewhere"
    room = f"{_say_size(made.blob_bytes)} of blobs, {_say_size(made.database_bytes)} of database, by {means}"
    out.print(room, soft_wrap=True, highlight=False)
    if made.missing:
        output.note(
            f"{count_of(made.missing, 'index file')} not at hand: of their days only what the archive lists is counted\n"
            "  put them into a folder as EDGAR has them (full-index/2024/QTR1/master.gz) and name it: --indexes FOLDER",
            style="yellow",
        )
    if made.unlisted:
        more = len(made.unlisted) - _FEW
        named = ", ".join(made.unlisted[:_FEW]) + (f" and {more:,} more" if more > 0 else "")
        output.note(
            f"{count_of(len(made.unlisted), 'company', 'companies')} not listed yet, their filings not counted: {named}\n"
            "  a crawl of the last weeks lists the whole history, at one request a company: "
            f"`ex99 crawl ... --since {dt.datetime.now(NEW_YORK).date() - dt.timedelta(days=30)}`",
            style="yellow",
        )
    if made.unknown_companies:
        output.note(
            f"{count_of(made.unknown_companies, 'company', 'companies')} of unknown industry: a request each, their filings not counted"
        )
    for fault in made.faults:
        output.note(f"cannot be read: {fault}", style="yellow")
