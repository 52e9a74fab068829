"""Several companies' series as one table, for people and for programs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from rich.text import Text

from ex99.cli import output
from ex99.cli.marks import Legend, list_marks
from ex99.cli.tables import Column, make_cells, measure_cells, print_cells
from ex99.cli.words import clip, count_of, exact_number, in_millions
from ex99.series import CompanySeries, PointRow
from ex99.side_by_side import Line, count_missing, lay_side_by_side


def print_side_by_side(
    told: Sequence[CompanySeries], names: Sequence[str], form: output.Format, *, fiscal: bool, growth: bool, trailing: bool
) -> None:
    """Print series of one metric side by side; ``names`` head the columns."""
    lines = lay_side_by_side(told, fiscal=fiscal)
    label = "fiscal_quarter" if fiscal else "calendar_quarter"
    if form is output.Format.JSON:
        for line in lines:
            output.print_json({label: line.quarter, "points": dict(zip(names, line.points, strict=True))})
    elif form.is_csv:
        rows = ([line.quarter, *(point.value if point else None for point in line.points)] for line in lines)
        output.print_cells(rows, [label, *names], form)
    else:
        _print_table(told, names, lines, label.replace("_", " "), growth=growth, trailing=trailing)


def _print_table(
    told: Sequence[CompanySeries], names: Sequence[str], lines: Sequence[Line], label: str, *, growth: bool, trailing: bool
) -> None:
    out, first = output.stdout(), told[0].series
    basis = "" if first.basis == "gaap" else f" ({first.basis})"
    as_of = f", as of {first.as_of}" if first.as_of else ""
    out.print(Text(f"{first.metric}{basis} by {first.duration}, {first.vintage} vintage{as_of}", style="bold"), soft_wrap=True)
    for series, name in zip(told, names, strict=True):
        if name == series.company.name:
            continue
        out.print(Text(f"  {name}: {series.company.name or series.company.cik}", style="dim"), soft_wrap=True)
    units = {point.unit for line in lines for point in line.points if point}
    legend = Legend() if any(list_marks(point) for line in lines for point in line.points if point) else None
    for say, growing in ((exact_number, growth), (in_millions, growth), (in_millions, False)):
        columns = _make_columns(names, label, say, legend, with_unit=len(units) > 1, growth=growing, trailing=trailing)
        if measure_cells(columns, [make_cells(columns, line) for line in lines]) <= out.width:
            break
    if say is in_millions:
        left_out = " and without growth" if growth and not growing else ""
        output.note(f"in millions{left_out}, to fit; --csv and --json have all")
    cells: list[list[Text]] = []
    for before, line in zip([None, *lines], lines, strict=False):
        missing = count_missing(before.quarter, line.quarter) if before else 0
        if missing:
            cells.append([Text("..."), Text(count_of(missing, "quarter") + " missing", style="yellow"), *[Text("")] * (len(columns) - 2)])
        cells.append(make_cells(columns, line))
    print_cells(out, columns, cells)
    if legend is not None:
        legend.explain()


def _make_columns(
    names: Sequence[str],
    label: str,
    say: Callable[[Decimal | None, str], str],
    legend: Legend | None,
    *,
    with_unit: bool,
    growth: bool,
    trailing: bool,
) -> list[Column[Line]]:
    columns: list[Column[Line]] = [Column(label, lambda line: line.quarter)]
    for number, name in enumerate(names):
        columns.append(_value_column(number, name, say, legend, with_unit=with_unit))
        if growth:
            columns += [_share_column(number, "on year", "change"), _share_column(number, "on quarter", "sequential")]
        if trailing:
            columns.append(_trailing_column(number, say))
    return columns


def _value_column(
    number: int, name: str, say: Callable[[Decimal | None, str], str], legend: Legend | None, *, with_unit: bool
) -> Column[Line]:
    """A company's values; with a legend each has room for a mark behind it."""

    def get(line: Line) -> Text:
        point = line.points[number]
        if point is None:
            return Text("")
        unit = f" {point.unit}" if with_unit else ""
        if legend is None:
            return Text(say(point.value, point.unit) + unit)
        mark = legend.mark(list_marks(point)[:1])
        return Text.assemble(say(point.value, point.unit), unit, " ", mark, " " * (1 - len(mark)))

    return Column(clip(name, 20) + ("" if legend is None else "  "), get, justify="right")


def _share_column(number: int, header: str, name: str) -> Column[Line]:
    def get(line: Line) -> str:
        share: float | None = getattr(line.points[number], name, None)
        return "" if share is None else f"{share:+.1%}"

    return Column(header, get, justify="right", hide="empty")


def _trailing_column(number: int, say: Callable[[Decimal | None, str], str]) -> Column[Line]:
    def get(line: Line) -> str:
        point: PointRow | None = line.points[number]
        return "" if point is None or point.trailing is None else say(point.trailing, point.unit)

    return Column("4 quarters", get, justify="right", hide="empty")


def name_columns(words: Sequence[str], told: Sequence[CompanySeries]) -> list[str]:
    """What heads each company's column: the word that the user typed, where that is a CIK the ticker or the name."""
    names = []
    for word, series in zip(words, told, strict=True):
        tickers = [symbol for symbol, _ in series.company.tickers]
        names.append(word if not word.isdigit() else tickers[0] if tickers else series.company.name or word)
    return names
