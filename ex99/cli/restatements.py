"""`ex99 restatements`: where later releases give other values, with both figures and both releases."""

from __future__ import annotations

from typing import Annotated

import typer

from ex99.cli import output
from ex99.cli.app import command
from ex99.cli.marks import Legend
from ex99.cli.options import FILTER, Archive, AsOf, Csv, ExcelSafe, Json, Limit, choose_format
from ex99.cli.query import Basis, Duration, Metric, reading
from ex99.cli.tables import Column
from ex99.cli.words import duration_word, exact_number
from ex99.export.rows import Change


@command(
    "restatements",
    [
        "ex99 restatements AAPL",
        "ex99 restatements AAPL --metric revenue,net_income,eps_diluted",
        "ex99 restatements --metric revenue --csv > restated.csv   of all companies",
        "ex99 restatements AAPL --conflicts                        also what one day's filings disagree on",
    ],
    panel="Read",
)
def restatements(
    *,
    companies: Annotated[
        list[str] | None,
        typer.Argument(metavar="[COMPANY]...", help="Tickers, CIKs or names; all companies where none.", show_default=False),
    ] = None,
    metric: Metric = None,
    basis: Basis = None,
    duration: Duration = None,
    conflicts: Annotated[
        bool,
        typer.Option(
            "--conflicts",
            metavar=" ",
            help="Also conflicts within a filing or a day, and the rule that resolved each.",
            rich_help_panel=FILTER,
        ),
    ] = False,
    as_of: AsOf = None,
    json: Json = False,
    csv: Csv = False,
    excel_safe: ExcelSafe = False,
    limit: Limit = None,
    archive: Archive = None,
) -> None:
    """List where a later release gives another value, by more than rounding, with both figures and both releases.

    Where the share counts moved by the same ratio, the note says "split 7:1", and of any other value that became three times as much
    or as little "implausible". Nothing is adjusted.
    """
    form = choose_format(json, csv, excel_safe)
    with reading(archive) as opened:
        rows = opened.restatements(companies or None, metric=metric, basis=basis, duration=duration, conflicts=conflicts, as_of=as_of)
        legend = Legend()
        output.print_rows(rows, _list_columns(legend), form, limit=limit, nothing="no restatements")
        legend.explain()


def _list_columns(legend: Legend) -> list[Column[Change]]:
    return [
        Column("company", lambda r: r.company or str(r.cik), hide="same", least=12),
        Column("metric", lambda r: r.metric if r.basis == "gaap" else f"{r.metric} ({r.basis})"),
        Column("period", lambda r: duration_word(r.duration)),
        Column("ended", lambda r: str(r.period_end)),
        Column("", lambda r: legend.word("conflict" if r.kind == "conflict" else ""), hide="empty"),
        Column("from", lambda r: exact_number(r.before, r.before_unit), justify="right"),
        Column("filed", lambda r: str(r.before_filing_date), style="dim", rank=1),
        Column("to", lambda r: exact_number(r.after, r.after_unit), justify="right"),
        Column("filed", lambda r: str(r.after_filing_date), style="dim", rank=1),
        Column("accession", lambda r: r.after_accession, style="dim", rank=2),
        Column("note", lambda r: legend.word(r.note), least=10, hide="empty"),
    ]
