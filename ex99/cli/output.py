"""What the commands print: tables for people, JSON lines and CSV for programs; data on stdout, everything else on stderr."""

from __future__ import annotations

import csv
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from itertools import islice
from typing import Any, TypeVar

from rich.console import Console
from rich.text import Text

from ex99.cli.screen import Screen, ShowingStream, dump_json
from ex99.cli.tables import Column, print_table
from ex99.filings.json_form import jsonable
from ex99.filings.secrecy import redact
from ex99.flat import csv_value, flatten_row, safe_csv_value
from ex99.frames import column_kinds
from ex99.rows import Rows

T = TypeVar("T")
_LISTED = 10
FIRST = 50
"""Rows that people are shown unless they ask for more."""
WIDE = 10_000
"""Columns of a "terminal" that is no terminal: a piped table is as wide as it needs to be and never cut."""


class Format(Enum):
    """Who reads the output."""

    PEOPLE = "people"
    JSON = "json"
    CSV = "csv"
    SAFE_CSV = "safe csv"
    """CSV whose texts no spreadsheet takes for formulas."""

    @property
    def is_csv(self) -> bool:
        """Whether it is CSV of either kind."""
        return self in (Format.CSV, Format.SAFE_CSV)


def stdout() -> Console:
    """The console for data; as wide as the terminal, or as wide as needed when piped."""
    return _console(stderr=False)


def stderr() -> Console:
    """The console for progress, notes and errors."""
    return _console(stderr=True)


def _console(*, stderr: bool) -> Console:
    stream = sys.stderr if stderr else sys.stdout
    terminal = stream.isatty()
    width = None if terminal or os.environ.get("COLUMNS") else (80 if stderr else WIDE)
    return Screen(stderr=stderr, width=width, highlight=False, emoji=False, markup=False, soft_wrap=stderr and not terminal)


def is_wide(console: Console) -> bool:
    """Whether the console is a pipe without a width of its own."""
    return console.width >= WIDE


def note(text: str, style: str = "dim") -> None:
    """Say something beside the data, on stderr."""
    stderr().print(Text(redact(text), style=style))


def print_rows(rows: Rows[T], columns: Sequence[Column[T]], form: Format, *, limit: int | None, nothing: str) -> None:
    """Print rows in the form asked for, streaming where programs read.

    ``limit`` None means all of them for programs and the first 50 for people; 0 means all of them for both.
    """
    if form is Format.PEOPLE:
        _print_table(iter(rows), columns, limit, nothing)
        return
    chosen = islice(rows, limit) if limit else rows
    if form is Format.JSON:
        print_json_lines(chosen)
    else:
        print_csv(chosen, list(column_kinds(rows.row_type)), form)


def print_json_lines(rows: Iterable[Any]) -> None:
    """One JSON object a line."""
    for row in rows:
        print_json(row)


def print_json(record: Any) -> None:
    """One JSON object on one line; non-ASCII letters as they are, decimals and dates as strings."""
    sys.stdout.write(dump_json(jsonable(record)) + "\n")


def print_csv(rows: Iterable[Any], header: Sequence[str], form: Format = Format.CSV) -> None:
    """A header and one line a row; nested parts flattened into columns."""
    flat = (flatten_row(row) for row in rows)
    print_cells(([row.get(name) for name in header] for row in flat), header, form)


def print_cells(rows: Iterable[Sequence[Any]], header: Sequence[str], form: Format) -> None:
    """A header and one line a row of flat values, as CSV."""
    say = safe_csv_value if form is Format.SAFE_CSV else csv_value
    writer = csv.writer(ShowingStream(sys.stdout), lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([say(value) for value in row])


def _print_table(rows: Iterator[T], columns: Sequence[Column[T]], limit: int | None, nothing: str) -> None:
    shown = list(islice(rows, FIRST if limit is None else limit or None))
    if not shown:
        note(nothing, style="yellow")
        return
    print_table(stdout(), columns, shown)
    if limit is None and next(rows, None) is not None:
        note(f"the first {FIRST}; --limit 0 shows all")


def print_losses(losses: Iterable[tuple[str, str]]) -> None:
    """Print (code, line) pairs on stderr, of each code the first ten, then how many more there are."""
    seen: Counter[str] = Counter()
    for code, line in losses:
        seen[code] += 1
        if seen[code] <= _LISTED:
            note(f"{line} ({code})", "red")
    for code, number in seen.items():
        if number > _LISTED:
            note(f"and {number - _LISTED:,} more ({code}); --json lists them", "red")
