"""`ex99 panel`: many companies' periods side by side, for statistics and event studies."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

from ex99.asking import as_words
from ex99.cli import output
from ex99.cli.app import command
from ex99.cli.companies_file import read_list
from ex99.cli.marks import Legend, choose_letters
from ex99.cli.options import (
    FILTER,
    OUTPUT,
    Archive,
    AsOf,
    CompaniesFile,
    Company,
    Csv,
    ExcelSafe,
    Json,
    Limit,
    Overwrite,
    choose_format,
)
from ex99.cli.query import Duration, reading
from ex99.cli.tables import Column
from ex99.cli.words import count_of, exact_number, in_millions
from ex99.errors import Losses, UserError
from ex99.export import write_rows
from ex99.panel import check_keys, column_of, read_company_list


@command(
    "panel",
    [
        "ex99 panel --metrics revenue,net_income,eps_diluted --since 2010 --csv > panel.csv",
        "ex99 panel --metrics revenue,eps_diluted:nongaap --companies companies.txt -o panel.parquet",
        "ex99 panel --metrics eps_diluted --since 2024-06-30 --until 2024-06-30   one quarter, all companies",
        "ex99 panel --metrics net_income --duration year --as-of 2012-12-31       as it was known then",
    ],
    panel="Read",
)
def panel(
    *,
    metrics: Annotated[
        list[str],
        typer.Option(
            "--metrics", "--metric", "-m", metavar="WORDS", help="revenue,net_income ...; eps_diluted:nongaap.", rich_help_panel=FILTER
        ),
    ],
    companies_file: CompaniesFile = None,
    company: Company = None,
    duration: Duration = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help="Periods that end on or after this day.", rich_help_panel=FILTER)
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DATE", help="Periods that end on or before this day.", rich_help_panel=FILTER)
    ] = None,
    as_of: AsOf = None,
    file: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Write .parquet, .csv, .jsonl or .duckdb.", rich_help_panel=OUTPUT, show_default=False
        ),
    ] = None,
    overwrite: Overwrite = False,
    json: Json = False,
    csv: Csv = False,
    excel_safe: ExcelSafe = False,
    limit: Limit = None,
    archive: Archive = None,
) -> None:
    """One row a company and period, metrics side by side: the latest value and the first, filing times to the second, accession numbers.

    All companies of the archive, unless some are named. Balance sheet figures join the quarters whose end they are of.
    """
    form = choose_format(json, csv, excel_safe)
    if file is not None and (json or csv):
        raise UserError("--output tells the format by the file's ending", "leave out --json and --csv")
    words = as_words(metrics)
    with reading(archive) as opened:
        chosen: list[str | int] = list(company or ())
        wrong: list[str] = []
        if companies_file is not None:
            ciks, wrong = read_company_list(opened.storage, read_list(companies_file))
            chosen += ciks
            if not ciks and not company:
                raise UserError(f"{companies_file} names no company of the archive", wrong[0] if wrong else "it is empty")
        rows = opened.panel(words, chosen or None, duration=duration or "quarter", since=since, until=until, as_of=as_of)
        if file is not None:
            report = write_rows(rows, rows.row_type, "panel", file, archive=opened.storage, overwrite=overwrite)
            beside = " and ".join(path.name for path in report.dictionary)
            output.note(f"{count_of(report.tables[0].rows, 'row')} in {file}; {beside} explain the columns")
            wrong += [f"{count_of(table.misfits, 'number')} of too many digits left out" for table in report.tables if table.misfits]
        else:
            legend = Legend()
            columns, in_full = _columns(words, legend), form is not output.Format.PEOPLE
            if not in_full and _FIXED_WIDTH + _NUMBER_WIDTH * (len(columns) - _FIXED) > output.stdout().width:
                columns = _columns(words, legend, in_millions)
                output.note("amounts in millions, to fit; --csv has them exactly")
            output.print_rows(rows, columns, form, limit=limit, nothing="no rows: nothing fits these filters")
            legend.explain()
    for line in wrong:
        output.note(line, style="yellow")
    if wrong:
        raise Losses


_FIXED, _FIXED_WIDTH, _NUMBER_WIDTH = 5, 45, 17
"""Columns that every panel has, the least width of those that always fit, and that of an amount in full."""


def _columns(words: list[str], legend: Legend, say: Callable[[Decimal | None, str], str] = exact_number) -> list[Column[Any]]:
    columns: list[Column[Any]] = [
        Column("company", lambda r: (r.tickers[0] if r.tickers else None) or r.company or str(r.cik), least=12),
        Column("ended", lambda r: str(r.period_end)),
        Column("fiscal", _fiscal, rank=2),
        Column("accepted", lambda r: legend.beside(_accepted(r), "c" if r.as_comparative else ""), style="dim", rank=1),
        Column("accession", lambda r: r.accession, style="dim", rank=3),
    ]
    return columns + [_metric_column(column_of(key), legend, say) for key in check_keys(words)]


def _metric_column(name: str, legend: Legend, say: Callable[[Decimal | None, str], str]) -> Column[Any]:
    def get(row: Any) -> Text:
        told = {ending: getattr(row, f"{name}_{ending}") for ending in ("status", "restated", "note", "as_comparative")}
        return legend.beside(say(getattr(row, name), getattr(row, f"{name}_unit") or ""), choose_letters(**told))

    return Column(name, get, justify="right")


def _accepted(row: Any) -> str:
    return row.acceptance.strftime("%Y-%m-%d %H:%M:%S") if row.acceptance else str(row.filing_date)


def _fiscal(row: Any) -> str:
    if row.fiscal_year is None:
        return ""
    return f"Q{row.fiscal_quarter} {row.fiscal_year}" if row.fiscal_quarter else f"FY {row.fiscal_year}"
