"""The options that several commands share, and how their words become values."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Annotated

import typer

from ex99.cli.output import Format
from ex99.errors import UserError
from settings import Settings

OUTPUT = "Output"
FILTER = "Which"

# 2015, 2015-06, 2015-06-30
_DAY = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?")

Archive = Annotated[Path | None, typer.Option("--archive", "-a", help="The archive's folder (default: EX99_ARCHIVE, else ex99-archive).", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="One JSON object a line.", rich_help_panel=OUTPUT)]
Csv = Annotated[bool, typer.Option("--csv", help="CSV with a header.", rich_help_panel=OUTPUT)]
Limit = Annotated[
    int | None,
    typer.Option("--limit", "-n", min=0, help="At most so many rows; 0 for all (default: 50 in a table, all in --json and --csv).", rich_help_panel=OUTPUT, show_default=False),
]
Company = Annotated[list[str] | None, typer.Option("--company", "--cik", "-c", help="Ticker, CIK or name; may be given several times.", rich_help_panel=FILTER)]
Since = Annotated[str | None, typer.Option("--since", metavar="DATE", help="Filed on or after this day: 2015-01-01; 2015 means its first day.", rich_help_panel=FILTER)]
Until = Annotated[str | None, typer.Option("--until", metavar="DATE", help="Filed on or before this day: 2015-12-31; 2015 means its last day.", rich_help_panel=FILTER)]
Items = Annotated[list[str] | None, typer.Option("--items", "--item", metavar="ITEM", help="Filings under these items: 2.02,7.01.", rich_help_panel=FILTER)]
Forms = Annotated[list[str] | None, typer.Option("--forms", "--form", metavar="FORM", help="Filings on these forms: 8-K,8-K/A.", rich_help_panel=FILTER)]
Contains = Annotated[str | None, typer.Option("--contains", metavar="TEXT", help="Whose text contains this (any case).", rich_help_panel=FILTER)]


def load_settings(archive: Path | None = None) -> Settings:
    """The settings of this run: --archive wins over variables, variables over ex99.toml."""
    return Settings() if archive is None else Settings(archive=archive, database_url=None, blob_url=None)


def choose_format(json: bool, csv: bool) -> Format:
    """The output form that --json and --csv ask for."""
    if json and csv:
        raise UserError("--json and --csv exclude each other", "give one of the two")
    return Format.JSON if json else Format.CSV if csv else Format.PEOPLE


def parse_day(text: str | None, option: str, *, last: bool = False) -> dt.date | None:
    """A day from 2015-06-30, 2015-06 or 2015; a month or a year means its first day, or its ``last``."""
    if text is None:
        return None
    match = _DAY.fullmatch(text.strip())
    try:
        if match is None:
            raise ValueError(text)
        year, month, day = int(match["year"]), match["month"], match["day"]
        if day is not None:
            return dt.date(year, int(month), int(day))
        if not last:
            return dt.date(year, int(month or 1), 1)
        following = dt.date(year + 1, 1, 1) if month in (None, "12") else dt.date(year, int(month) + 1, 1)
        return following - dt.timedelta(days=1)
    except ValueError:
        raise UserError(f"{option} {text!r} is no date", "write it as 2015-06-30, 2015-06 or 2015") from None


def parse_range(since: str | None, until: str | None) -> tuple[dt.date | None, dt.date | None]:
    """The days that --since and --until name; refuses a range that ends before it begins."""
    first, last = parse_day(since, "--since"), parse_day(until, "--until", last=True)
    if first and last and last < first:
        raise UserError(f"--until {last} lies before --since {first}", "exchange the two")
    return first, last


def split_words(values: list[str] | None) -> list[str]:
    """The single words of an option that may be repeated or hold several separated by commas."""
    return [word.strip() for value in values or () for word in value.split(",") if word.strip()]
