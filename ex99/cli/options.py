"""The options that several commands share, and how their words become values."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ex99.cli import output
from ex99.cli.output import Format
from ex99.errors import UserError
from ex99.reparse import read_exhibits
from ex99.settings import Settings

OUTPUT = "Output"
FILTER = "Which"
VALUES = "Which values of them"
LOOK = "How they are shown"
PARSING = "Parsing"

Archive = Annotated[
    Path | None,
    typer.Option(
        "--archive", "-a", metavar="FOLDER", help="The archive's folder (default: EX99_ARCHIVE, else ex99-archive).", show_default=False
    ),
]
Json = Annotated[bool, typer.Option("--json", metavar=" ", help="One JSON object a line.", rich_help_panel=OUTPUT)]
Csv = Annotated[bool, typer.Option("--csv", metavar=" ", help="CSV with a header.", rich_help_panel=OUTPUT)]
ExcelSafe = Annotated[
    bool,
    typer.Option("--excel-safe", metavar=" ", help="CSV in which no spreadsheet takes a text for a formula.", rich_help_panel=OUTPUT),
]
Limit = Annotated[
    int | None,
    typer.Option(
        "--limit",
        "-n",
        min=0,
        metavar="NUMBER",
        help="At most so many rows; 0 for all (default: 50 in a table, all in --json and --csv).",
        rich_help_panel=OUTPUT,
        show_default=False,
    ),
]
Company = Annotated[
    list[str] | None,
    typer.Option(
        "--company", "--cik", "-c", metavar="WORD", help="Ticker, CIK or name; may be given several times.", rich_help_panel=FILTER
    ),
]
Since = Annotated[
    str | None,
    typer.Option(
        "--since", metavar="DATE", help="Filed on or after this day: 2015-01-01; 2015 means its first day.", rich_help_panel=FILTER
    ),
]
Until = Annotated[
    str | None,
    typer.Option(
        "--until", metavar="DATE", help="Filed on or before this day: 2015-12-31; 2015 means its last day.", rich_help_panel=FILTER
    ),
]
Items = Annotated[
    list[str] | None,
    typer.Option("--items", "--item", metavar="ITEM", help="Filings under these items: 2.02,7.01.", rich_help_panel=FILTER),
]
Forms = Annotated[
    list[str] | None, typer.Option("--forms", "--form", metavar="FORM", help="Filings on these forms: 8-K,8-K/A.", rich_help_panel=FILTER)
]
CompaniesFile = Annotated[
    Path | None,
    typer.Option("--companies", metavar="FILE", help="A file of companies, one a line; - for stdin.", rich_help_panel=FILTER),
]
Sics = Annotated[
    list[str] | None,
    typer.Option("--sic", metavar="CODE", help="Companies of these industries: 3571,7372; by EDGAR's codes.", rich_help_panel=FILTER),
]
AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="DATE", help="Leave out what became known after this day.", rich_help_panel=VALUES)
]
Vintage = Annotated[
    str, typer.Option("--vintage", metavar="first|latest", help="As first reported, or as last restated.", rich_help_panel=VALUES)
]
MinGrade = Annotated[
    str | None,
    typer.Option("--min-grade", metavar="A|B|C", help="Of figures at least so sure: A 99.8 % right, B 98 %.", rich_help_panel=VALUES),
]
Overwrite = Annotated[bool, typer.Option("--overwrite", metavar=" ", help="Replace files that exist.", rich_help_panel=OUTPUT)]
Parse = Annotated[bool, typer.Option("--parse/--no-parse", metavar=" ", help="Parse what is new afterwards.", rich_help_panel=PARSING)]
Exhibits = Annotated[
    str | None,
    typer.Option(
        "--exhibits",
        metavar="LIST",
        help="Parse also the figures of 99.2 ..., of 99 (every exhibit 99), of 8-K (the form itself): 99.1,99.2.",
        rich_help_panel=PARSING,
        show_default=False,
    ),
]
LogJson = Annotated[
    Path | None,
    typer.Option("--log-json", metavar="FILE", help="Write the crawl's log there, a JSON object a line.", rich_help_panel=OUTPUT),
]


def load_settings(archive: Path | None = None, exhibits: str | None = None) -> Settings:
    """The settings of this run: options win over variables, variables over ex99.toml; an archive's address that loses is told."""
    settings = Settings()
    if archive is not None:
        lost = [f"EX99_{name.upper()}" for name in ("database_url", "blob_url") if getattr(settings, name) is not None]
        if lost:
            output.note(f"taken is --archive {archive}, not {' and '.join(lost)}; without --archive it is the other way round")
    settings = settings.in_folder(archive)
    if exhibits is not None:
        read_exhibits(exhibits)
        settings = settings.model_copy(update={"exhibits": exhibits})
    return settings


def choose_format(json: bool, csv: bool, excel_safe: bool = False) -> Format:
    """The output form that --json, --csv and --excel-safe (which means --csv, too) ask for."""
    if json and (csv or excel_safe):
        raise UserError(f"--json and {'--csv' if csv else '--excel-safe'} exclude each other", "give one of the two")
    if json:
        return Format.JSON
    return Format.SAFE_CSV if excel_safe else Format.CSV if csv else Format.PEOPLE
