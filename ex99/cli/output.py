"""What the commands print: tables for people, JSON lines and CSV for programs; data on stdout, everything else on stderr."""

from __future__ import annotations

import csv
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import islice
from typing import Any, Generic, Literal, TypeVar

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ex99.frames import column_kinds
from ex99.rows import Rows, csv_value, flatten_row, jsonable

T = TypeVar("T")
WIDE = 10_000
"""Columns of a "terminal" that is no terminal: a piped table is as wide as it needs to be and never cut."""


class Format(Enum):
    """Who reads the output."""

    PEOPLE = "people"
    JSON = "json"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """One column of a table for people: its header and how a row gives its text. ``flexible`` columns shrink first."""

    header: str
    get: Callable[[T], str | Text | None]
    justify: Literal["left", "right"] = "left"
    style: str | None = None
    flexible: bool = False


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
    return Console(stderr=stderr, width=width, highlight=False, emoji=False, markup=False, soft_wrap=stderr and not terminal)


def is_wide(console: Console) -> bool:
    """Whether the console is a pipe without a width of its own."""
    return console.width >= WIDE


def note(text: str, style: str = "dim") -> None:
    """Say something beside the data, on stderr."""
    stderr().print(Text(text, style=style))


def print_rows(rows: Rows[T], columns: Sequence[Column[T]], form: Format, *, limit: int | None, nothing: str) -> None:
    """Print rows in the form asked for, streaming where programs read.

    ``limit`` None means all of them for programs and the first 50 for people; 0 means all of them for both.
    """
    if form is Format.PEOPLE:
        _print_table(iter(rows), columns, 50 if limit is None else limit, nothing)
        return
    chosen = islice(rows, limit) if limit else rows
    if form is Format.JSON:
        print_json_lines(chosen)
    else:
        print_csv(chosen, list(column_kinds(rows.row_type)))


def print_json_lines(rows: Iterable[Any]) -> None:
    """One JSON object a line."""
    for row in rows:
        print_json(row)


def print_json(record: Any) -> None:
    """One JSON object on one line; non-ASCII letters as they are, decimals and dates as strings."""
    sys.stdout.write(json.dumps(jsonable(record), ensure_ascii=False) + "\n")


def print_csv(rows: Iterable[Any], header: Sequence[str]) -> None:
    """A header and one line a row; nested parts flattened into columns."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        flat = flatten_row(row)
        writer.writerow([csv_value(flat.get(name)) for name in header])


def make_table(columns: Sequence[Column[Any]], title: str | None = None) -> Table:
    """An empty table in the house's plain style: no frame, a rule under the header."""
    from rich import box

    table = Table(box=box.SIMPLE_HEAD, title=title, title_justify="left", title_style="bold", pad_edge=False, show_edge=False)
    for column in columns:
        table.add_column(
            column.header,
            justify=column.justify,
            style=column.style,
            no_wrap=not column.flexible,
            overflow="fold" if column.flexible else "ellipsis",
            ratio=None,
        )
    return table


def _print_table(rows: Iterator[T], columns: Sequence[Column[T]], limit: int, nothing: str) -> None:
    shown = list(islice(rows, limit)) if limit else list(rows)
    if not shown:
        note(nothing, style="yellow")
        return
    table = make_table(columns)
    for row in shown:
        table.add_row(*make_cells(columns, row))
    stdout().print(table)
    if limit and next(rows, None) is not None:
        note(f"the first {limit} rows; --limit 0 shows all")


def make_cells(columns: Sequence[Column[T]], row: T) -> list[Text]:
    """A row's cells as rich wants them; what the filer wrote is text and never markup."""
    values = [column.get(row) for column in columns]
    return [value if isinstance(value, Text) else Text(value or "") for value in values]
