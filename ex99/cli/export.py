"""`ex99 export`: the archive's tables as files for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.status import Status

from ex99.asking import as_words, read_range
from ex99.cli import output
from ex99.cli.app import command
from ex99.cli.options import FILTER, OUTPUT, Archive, Company, ExcelSafe, Json, Overwrite, Since, Until
from ex99.cli.query import reading
from ex99.cli.words import count_of
from ex99.companies import find_ciks
from ex99.errors import Losses, UserError
from ex99.export import ExportReport, export_archive
from ex99.export.service import check_tables
from ex99.export.tables import TABLES, Selection
from ex99.storage.filters import FilingFilter
from ex99.warc.writing import ENDINGS, WarcReport, export_warc


@command(
    "export",
    [
        "ex99 export tables                              Parquet files in the folder tables",
        "ex99 export archive.duckdb                      one database",
        "ex99 export tables --format csv --table figures,releases --since 2020",
        "ex99 export tables --append                     Parquet files by year, kept up to date: run it again after a crawl",
        "ex99 export archive.duckdb --append             one database, kept up to date",
        "ex99 export --schema                            every table and column as JSON Schema",
        "ex99 export --warc archive.warc.gz              the filings as they were archived, for libraries",
        "ex99 export texts.parquet --table texts         the full text of every release",
        "ex99 export apple.jsonl --table points --company AAPL",
    ],
    panel="Read",
)
def export(
    *,
    destination: Annotated[
        Path | None, typer.Argument(metavar="DESTINATION", help="A folder, a .duckdb file, or a file for one table.", show_default=False)
    ] = None,
    table: Annotated[
        list[str] | None,
        typer.Option(
            "--table", "-t", metavar="WORDS", help=f"{', '.join(TABLES)}; all but texts where none is named.", rich_help_panel=FILTER
        ),
    ] = None,
    company: Company = None,
    since: Since = None,
    until: Until = None,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            metavar="WORD",
            help="parquet, csv, jsonl or duckdb (default: by the ending, else parquet).",
            show_default=False,
            rich_help_panel=OUTPUT,
        ),
    ] = None,
    overwrite: Overwrite = False,
    append: Annotated[
        bool,
        typer.Option(
            "--append",
            metavar=" ",
            help="Keep it up to date: a folder of Parquet files by year (below DESTINATION/current), or a .duckdb file.",
            rich_help_panel=OUTPUT,
        ),
    ] = False,
    schema: Annotated[
        bool,
        typer.Option(
            "--schema",
            metavar=" ",
            help="Print the tables' JSON Schema: columns with type, unit, absence and meaning. Needs no archive.",
            rich_help_panel=OUTPUT,
        ),
    ] = False,
    warc: Annotated[
        bool,
        typer.Option(
            "--warc",
            metavar=" ",
            help="A WARC 1.1 file for libraries: .warc.gz or .warc; `ex99 import` reads it back.",
            rich_help_panel=OUTPUT,
        ),
    ] = False,
    excel_safe: ExcelSafe = False,
    json: Json = False,
    archive: Archive = None,
) -> None:
    """Write the archive's tables as Parquet, CSV, JSON lines or a DuckDB file, with a data dictionary beside them.

    Rows stream, so memory stays small whatever the archive holds. A file stands in its place only when it is whole. With --append an
    export is kept: the same command reads the companies that changed since, puts their rows in the place of the old ones, and shows
    the old state or the new one and nothing between, however it ends.
    """
    if schema:
        from ex99.export.schema import describe_schema

        output.print_json(describe_schema(check_tables(as_words(table)) if table else ()))
        return
    if destination is None:
        raise UserError("an export needs a destination", "such as `ex99 export tables`; `ex99 export --schema` needs none")
    first, last = read_range(since, until)
    with reading(archive) as opened:
        if warc or destination.name.lower().endswith(ENDINGS):
            where = FilingFilter(ciks=find_ciks(opened.storage, company), since=first, until=last)
            with output.stderr().status("exporting ...") as status:
                _finish_warc(
                    export_warc(
                        opened.storage, destination, where, overwrite=overwrite, on_filing=lambda done: _show(status, "filings", done)
                    ),
                    json=json,
                )
            return
        chosen = Selection(find_ciks(opened.storage, company), first, last)
        with output.stderr().status("exporting ...") as status:
            report = export_archive(
                opened.storage,
                destination,
                form=form,
                tables=as_words(table),
                chosen=chosen,
                overwrite=overwrite,
                append=append,
                excel_safe=excel_safe,
                on_table=lambda name, rows: _show(status, name, rows),
            )
    if json:
        output.print_json(report)
    else:
        _print_report(report)
    if any(written.misfits for written in report.tables):
        raise Losses


def _finish_warc(report: WarcReport, *, json: bool) -> None:
    if json:
        output.print_json(report)
    else:
        output.note(f"{count_of(report.filings, 'filing')} in {count_of(report.records, 'record')}: {report.path}", style="default")
        output.print_losses(("damaged", f"left out  {accession}: {why}") for accession, why in report.lost)
    if report.lost:
        raise Losses


def _show(status: Status, name: str, rows: int) -> None:
    status.update(f"{name}: {rows:,}")


def _print_report(report: ExportReport) -> None:
    if report.changed == 0:
        output.note("up to date: nothing has changed since", style="default")
        return
    for written in report.tables:
        read = "" if report.changed is None else f"{written.read:>12,} read  "
        output.note(f"{written.rows:>12,}  {read}{written.table:<10} {written.path}", style="default")
        if written.misfits:
            output.note(f"{count_of(written.misfits, 'number')} of too many digits left out of {written.table}", style="yellow")
    if report.changed is not None:
        output.note(f"of {count_of(report.changed, 'company')} that changed")
    if report.dictionary:
        output.note(f"explained in {' and '.join(str(path) for path in report.dictionary)}")
