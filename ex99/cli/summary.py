"""A parsed release in the terminal: what it is, its figures by period, outlook, cautionary words and doubts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Protocol

from rich.text import Text

from ex99.cli import output
from ex99.cli.tables import Column, print_cells, print_table
from ex99.cli.words import clip, count_of, exact_number, odd_unit
from ex99.filings.metrics import DURATIONS, METRICS
from ex99.filings.release import FiscalPeriod, Guidance, PressRelease

_ENDED: dict[str, str] = {
    "quarter": "Quarter ended",
    "half": "Half-year ended",
    "nine_months": "Nine months ended",
    "year": "Year ended",
    "instant": "At",
}
_ORDER = {name: number for number, name in enumerate(METRICS)}
_MOST_PERIODS = 4


class FigureLike(Protocol):
    """What a figure needs to be laid out: parsed figures and stored ones both have it."""

    @property
    def metric(self) -> str: ...  # noqa: D102
    @property
    def basis(self) -> str: ...  # noqa: D102
    @property
    def duration(self) -> str: ...  # noqa: D102
    @property
    def period_end(self) -> dt.date | None: ...  # noqa: D102
    @property
    def value(self) -> Decimal: ...  # noqa: D102
    @property
    def unit(self) -> str: ...  # noqa: D102


def print_release(release: PressRelease, file: str, choice: str | None, *, first: bool = True) -> None:
    """Print one parsed release for a person."""
    out = output.stdout()
    if not first:
        out.print()
    out.print(Text(clip(release.headline or file, 200), style="bold"))
    for label, value in _facts(release, file, choice):
        if value:
            out.print(Text.assemble((f"{label:<10}", "dim"), value), soft_wrap=True)
    print_figures(release.figures)
    _print_guidance(release.guidance)
    _print_passages(release)
    for warning in release.warnings:
        out.print(Text.assemble((f"{warning.code}: ", "yellow"), clip(warning.message, 200)), soft_wrap=True)


def print_figures(figures: Sequence[FigureLike]) -> None:
    """Print figures as one table a duration: a row a metric, a column a period, newest first."""
    out = output.stdout()
    for duration in DURATIONS:
        chosen = [figure for figure in figures if figure.duration == duration]
        ends = sorted({figure.period_end for figure in chosen}, key=lambda end: end or dt.date.min, reverse=True)
        for start in range(0, len(ends), _MOST_PERIODS):
            out.print()
            _print_period(chosen, duration, ends[start : start + _MOST_PERIODS])


def describe_period(period: FiscalPeriod) -> str:
    """A fiscal period in words: fourth quarter 2005, ended 2005-09-30."""
    names = {1: "first quarter", 2: "second quarter", 3: "third quarter", 4: "fourth quarter"}
    parts = [names.get(period.quarter or 0, "year" if period.year else ""), str(period.year or "")]
    words = " ".join(part for part in parts if part)
    return ", ".join(part for part in (words, f"ended {period.end}" if period.end else "") if part)


def _facts(release: PressRelease, file: str, choice: str | None) -> Iterable[tuple[str, str]]:
    tickers = ", ".join(f"{t.exchange}: {t.symbol}" if t.exchange else t.symbol for t in release.tickers)
    place = ", ".join(part for part in (release.dateline.place, str(release.dateline.date or "")) if part)
    yield "file", file
    yield "chosen", choice or ""
    yield "company", " ".join(part for part in (release.company_name, f"({tickers})" if tickers else "") if part)
    yield "issued", place
    yield "kind", release.kind
    yield "period", describe_period(release.fiscal_period)


def _print_period(figures: Sequence[FigureLike], duration: str, ends: Sequence[dt.date | None]) -> None:
    columns: list[Column[object]] = [Column(_ENDED[duration], lambda _: None)]
    columns += [Column(str(end) if end else "(unknown)", lambda _: None, justify="right") for end in ends]
    columns.append(Column("unit", lambda _: None, style="dim", hide="empty"))
    cells: dict[tuple[str, str, str], dict[dt.date | None, str]] = {}
    for figure in figures:
        if figure.period_end in ends:
            row = cells.setdefault((figure.metric, figure.basis, figure.unit), {})
            row[figure.period_end] = " / ".join(filter(None, (row.get(figure.period_end), exact_number(figure.value, figure.unit))))
    lines = []
    for (metric, basis, unit), row in sorted(cells.items(), key=lambda item: (_ORDER.get(item[0][0], 99), item[0][1])):
        name = metric if basis == "gaap" else f"{metric} ({basis})"
        lines.append([Text(name), *(Text(row.get(end, "")) for end in ends), Text(odd_unit(unit))])
    print_cells(output.stdout(), columns, lines)


def _print_guidance(guidance: Sequence[Guidance]) -> None:
    if guidance:
        out = output.stdout()
        out.print()
        print_table(out, OUTLOOK, guidance)


OUTLOOK: list[Column[Guidance]] = [
    Column("Outlook", lambda g: clip(g.metric if g.basis == "gaap" else f"{g.metric} ({g.basis})", 48), least=20),
    Column("for", lambda g: g.period, least=12),
    Column("low", lambda g: exact_number(g.low, g.unit), justify="right"),
    Column("high", lambda g: exact_number(g.high, g.unit), justify="right"),
    Column("unit", lambda g: g.unit, style="dim"),
    Column("action", lambda g: g.action, hide="empty"),
]


def _print_passages(release: PressRelease) -> None:
    out = output.stdout()
    harbors = [passage for passage in release.passages if passage.kind == "safe_harbor"]
    statements = [passage for passage in release.passages if passage.kind == "statement"]
    if not harbors and not statements:
        return
    out.print()
    for harbor in harbors:
        source = harbor.source
        out.print(Text.assemble(("safe harbor", "bold"), (f" {source.start}-{source.end} ", "dim"), clip(source.text, 100)), soft_wrap=True)
    if statements:
        numbers = sum(bool(passage.quantitative) for passage in statements)
        out.print(Text(f"{count_of(len(statements), 'forward-looking statement')}, {numbers} with numbers"))
