"""`ex99 series`: a company's history of one metric."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import typer
from rich.text import Text

from ex99.cli import output
from ex99.cli.app import command
from ex99.cli.marks import Legend, list_marks
from ex99.cli.options import LOOK, VALUES, Archive, AsOf, Csv, ExcelSafe, Json, MinGrade, Vintage, choose_format
from ex99.cli.plot import print_plot, say_nothing_found
from ex99.cli.query import Basis, Duration, reading
from ex99.cli.side_by_side import name_columns, print_side_by_side
from ex99.cli.tables import Column, make_cells, print_cells, print_table
from ex99.cli.words import clip, count_of, exact_number, odd_unit
from ex99.companies import split_companies
from ex99.errors import UserError
from ex99.series import CompanySeries, PointRow
from ex99.splits import list_unlinked
from ex99.storage.series import Conflict, Gap, Restatement, Series

_FEW = 8


@command(
    "series",
    [
        "ex99 series AAPL revenue --plot",
        "ex99 series AAPL eps_diluted --vintage first     as first reported",
        "ex99 series AAPL net_income --as-of 2010-01-01   as it was known then",
        "ex99 series AAPL revenue --growth --ttm          with growth on the quarter and sums of four quarters",
        "ex99 series AAPL COST MSFT revenue --calendar    side by side",
        "ex99 series NVDA eps_diluted --split-adjusted    in today's shares",
        "ex99 series 49728 revenue --duration year --csv > years.csv",
    ],
    panel="Read",
)
def series(
    *,
    words: Annotated[
        list[str], typer.Argument(metavar="COMPANY... METRIC", help="Companies by ticker, CIK or name; then revenue, eps_diluted ...")
    ],
    basis: Basis = None,
    duration: Duration = None,
    vintage: Vintage = "latest",
    as_of: AsOf = None,
    min_grade: MinGrade = None,
    growth: Annotated[
        bool, typer.Option("--growth", metavar=" ", help="Growth on the year and on the quarter before.", rich_help_panel=LOOK)
    ] = False,
    ttm: Annotated[
        bool, typer.Option("--ttm", metavar=" ", help="The sum of the last four quarters (trailing twelve months).", rich_help_panel=LOOK)
    ] = False,
    calendar: Annotated[
        bool,
        typer.Option(
            "--calendar", metavar=" ", help="By calendar quarter; several companies side by side always are.", rich_help_panel=LOOK
        ),
    ] = False,
    fiscal: Annotated[
        bool, typer.Option("--fiscal", metavar=" ", help="Several companies by their fiscal quarters instead.", rich_help_panel=LOOK)
    ] = False,
    split_adjusted: Annotated[
        bool,
        typer.Option("--split-adjusted", metavar=" ", help="Figures per share and share counts in today's shares.", rich_help_panel=VALUES),
    ] = False,
    plot: Annotated[bool, typer.Option("--plot", metavar=" ", help="Draw it below the table.", rich_help_panel=LOOK)] = False,
    restatements: Annotated[
        bool, typer.Option("--restatements", metavar=" ", help="List every restatement and conflict.", rich_help_panel=LOOK)
    ] = False,
    json: Json = False,
    csv: Csv = False,
    excel_safe: ExcelSafe = False,
    archive: Archive = None,
) -> None:
    """Show a company's history of one metric: a point a period, as first reported or as last restated, gaps shown as gaps.

    A fourth quarter that no release prints is the year less nine months, and marked derived. Several companies are laid side by side.
    """
    companies, metric = [str(word) for word in split_companies(words[:-1])], words[-1]
    if not companies:
        raise UserError("a series needs a company and a metric", "for example: ex99 series AAPL revenue")
    if calendar and fiscal:
        raise UserError("--calendar and --fiscal exclude each other", "give one of the two")
    form = choose_format(json, csv, excel_safe)
    with reading(archive) as opened:
        told = [
            opened.series(
                company,
                metric,
                basis=basis,
                duration=duration,
                vintage=vintage,
                as_of=as_of,
                min_grade=min_grade,
                split_adjusted=split_adjusted,
            )
            for company in dict.fromkeys(companies)
        ]
        for found in told:
            if not found.series.points:
                say_nothing_found(opened.storage, found)
            for one, other in list_unlinked(found.series) if found.splits is not None else ():
                output.note(f"no period is shown by both the release of {one} and that of {other}: a split between them is not seen")
    names = name_columns(list(dict.fromkeys(companies)), told)
    if not any(found.series.points for found in told):
        return
    if len(told) > 1:
        print_side_by_side(told, names, form, fiscal=fiscal, growth=growth, trailing=ttm)
        if plot and form is output.Format.PEOPLE:
            for found in told:
                output.stdout().print()
                print_plot(found)
    elif form is not output.Format.PEOPLE:
        output.print_rows(told[0], [], form, limit=0, nothing="")
    else:
        shown = Shown(growth=growth, trailing=ttm, calendar=calendar)
        print_series(told[0], restatements=restatements, plot=plot, shown=shown)


@dataclass(frozen=True, slots=True)
class Shown:
    """Which further columns the table has, and by which quarters its points are called."""

    growth: bool = False
    trailing: bool = False
    calendar: bool = False

    def columns(self, legend: Legend) -> list[Column[PointRow]]:
        """The table's columns."""
        left_out = {"fiscal" if self.calendar else "quarter"}
        left_out |= set() if self.growth else {"on quarter"}
        left_out |= set() if self.trailing else {"4 quarters"}
        return [column for column in list_columns(legend) if column.header not in left_out]


def print_series(found: CompanySeries, *, restatements: bool = False, plot: bool = False, shown: Shown | None = None) -> None:
    """Print a series as a table with its gaps, then what was restated, and with ``plot`` a picture."""
    out, told = output.stdout(), found.series
    basis = "" if told.basis == "gaap" else f" ({told.basis})"
    as_of = f", as of {told.as_of}" if told.as_of else ""
    name = told.company or found.company.name or f"CIK {told.cik}"
    splits = "" if found.splits is None else ", in today's shares"
    out.print(Text(f"{name}: {told.metric}{basis} by {told.duration}, {told.vintage} vintage{as_of}{splits}", style="bold"), soft_wrap=True)
    legend = Legend()
    columns = (shown or Shown()).columns(legend)
    lines: list[list[Text]] = []
    gaps = {gap.before: gap for gap in told.gaps}
    for point in found:
        gap = gaps.get(point.period_end)
        if gap is not None:
            lines.append([Text("..."), Text(""), Text(_missing(gap, told), style="yellow"), *[Text("")] * (len(columns) - 3)])
        lines.append(make_cells(columns, point))
    print_cells(out, columns, lines)
    _print_changes(told.restatements, told.conflicts, legend, everything=restatements)
    legend.explain()
    if plot:
        out.print()
        print_plot(found)


def _missing(gap: Gap, told: Series) -> str:
    noun = {"nine_months": "nine-month period", "instant": "balance sheet", "half": "half-year"}.get(told.duration, told.duration)
    return f"{count_of(gap.missing, noun)} missing"


def _print_changes(restatements: Sequence[Restatement], conflicts: Sequence[Conflict], legend: Legend, *, everything: bool) -> None:
    out = output.stdout()
    if restatements and (everything or len(restatements) <= _FEW):
        out.print()
        print_table(out, _restatement_columns(legend), restatements)
    elif restatements:
        output.note(f"{count_of(len(restatements), 'restatement')}; --restatements lists them")
    if everything:
        for conflict in conflicts:
            taken, other = conflict.taken, conflict.other
            words = [f"{exact_number(side.value)} ({side.accession})" for side in (taken, other)]
            line = f"conflict {conflict.period_end}: {' taken over '.join(words)}: {conflict.rule}"
            out.print(Text(line, style="yellow"), soft_wrap=True)
    elif conflicts:
        output.note(f"{count_of(len(conflicts), 'conflict')} resolved by rule; --restatements lists them")


def _label(row: PointRow) -> str:
    if row.fiscal_year is None:
        return row.calendar_quarter
    return f"Q{row.fiscal_quarter} {row.fiscal_year}" if row.fiscal_quarter else f"FY {row.fiscal_year}"


def _factor(row: PointRow) -> str:
    return "" if row.split_factor in (None, 1) else f"\u00d7{row.split_factor:f}"


def list_columns(legend: Legend) -> list[Column[PointRow]]:
    """Every column that a table of points may have."""
    return [
        Column("ended", lambda r: str(r.period_end)),
        Column("fiscal", _label),
        Column("quarter", lambda r: r.calendar_quarter),
        Column("value", lambda r: exact_number(r.value, r.unit), justify="right"),
        Column("unit", lambda r: odd_unit(r.unit), style="dim", hide="empty"),
        Column("on year", lambda r: "" if r.change is None else f"{r.change:+.1%}", justify="right", hide="empty"),
        Column("on quarter", lambda r: "" if r.sequential is None else f"{r.sequential:+.1%}", justify="right", hide="empty"),
        Column("4 quarters", lambda r: exact_number(r.trailing), justify="right", hide="empty"),
        Column("split", _factor, justify="right", style="dim", hide="empty"),
        Column("", lambda r: legend.mark(list_marks(r)), hide="empty"),
        Column("filed", lambda r: str(r.filing_date), style="dim", rank=2),
        Column("accession", lambda r: r.accession, style="dim", rank=1),
        Column("grade", lambda r: r.grade, style="dim", hide="empty", rank=3),
        Column("words", lambda r: clip(r.formula or r.source_text, 50), style="dim", least=10, rank=4),
    ]


def _restatement_columns(legend: Legend) -> list[Column[Restatement]]:
    return [
        Column("restated", lambda r: str(r.period_end)),
        Column("from", lambda r: exact_number(r.before.value, r.before.unit), justify="right"),
        Column("filed", lambda r: str(r.before.filing_date), style="dim"),
        Column("to", lambda r: exact_number(r.after.value, r.after.unit), justify="right"),
        Column("filed", lambda r: str(r.after.filing_date), style="dim"),
        Column("note", lambda r: legend.word(r.note), least=10, hide="empty"),
    ]
