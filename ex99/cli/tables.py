"""Tables for people: one line a row at any width; what does not fit is shortened, then left out in the order of its rank."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

T = TypeVar("T")
_GAP = 2


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """One column: its header and how a row gives its text.

    ``least`` is the width down to which it may be shortened (None: never); ``rank`` says which columns go first where the width is
    too small even so (0: never, else the highest first); ``hide`` leaves it out where it says nothing: no value at all, or one for all.
    """

    header: str
    get: Callable[[T], str | Text | None]
    justify: Literal["left", "right"] = "left"
    style: str | None = None
    least: int | None = None
    rank: int = 0
    hide: Literal["never", "empty", "same"] = "never"


@dataclass(frozen=True, slots=True)
class _Laid:
    """A column with its cells and widths."""

    column: Column[Any]
    cells: list[Text]
    natural: int

    @property
    def least(self) -> int:
        return self.natural if self.column.least is None else min(self.column.least, self.natural)


def print_table(console: Console, columns: Sequence[Column[T]], rows: Sequence[T], *, title: str | None = None) -> None:
    """Print rows as a table no wider than the console."""
    print_cells(console, columns, [make_cells(columns, row) for row in rows], title=title)


def make_cells(columns: Sequence[Column[T]], row: T) -> list[Text]:
    """A row's cells; what a filer wrote is text and never markup."""
    values = [column.get(row) for column in columns]
    return [value if isinstance(value, Text) else Text(value or "") for value in values]


def print_cells(console: Console, columns: Sequence[Column[Any]], lines: Sequence[Sequence[Text]], *, title: str | None = None) -> None:
    """Print lines of cells that were made already; they may hold lines that no row gave. What is left out to fit is said."""
    laid = [_lay(column, [line[number] for line in lines]) for number, column in enumerate(columns)]
    headings = [title] if title else []
    headings += [_only_value(entry) for entry in laid if entry.column.hide == "same" and len(lines) > 1 and _is_same(entry)]
    telling = [entry for entry in laid if not _says_nothing(entry, len(lines))]
    kept = _fit(telling, console.width)
    table = _make_table(kept, len(lines), console.width)
    for heading in headings:
        console.print(Text(heading, style="bold"), soft_wrap=True)
    with console.capture() as captured:
        console.print(table)
    console.file.write("\n".join(line.rstrip() for line in captured.get().splitlines()) + "\n")
    _say_left_out([entry.column.header or "marks" for entry in telling if entry not in kept], console.width)


def _make_table(kept: Sequence[_Laid], count: int, width: int) -> Table:
    """The columns that are shown, side by side in so many characters."""
    table = Table(box=box.SIMPLE_HEAD, padding=(0, _GAP - 1, 0, 0), pad_edge=False, show_edge=False)
    for entry, share in zip(kept, _share(kept, width), strict=True):
        column = entry.column
        table.add_column(column.header, justify=column.justify, style=column.style, width=share, no_wrap=True, overflow="ellipsis")
    for number in range(count):
        table.add_row(*(entry.cells[number] for entry in kept))
    return table


def measure_cells(columns: Sequence[Column[Any]], lines: Sequence[Sequence[Text]]) -> int:
    """How wide these lines are where nothing is shortened or left out."""
    laid = [_lay(column, [line[number] for line in lines]) for number, column in enumerate(columns)]
    kept = [entry.natural for entry in laid if not _says_nothing(entry, len(lines))]
    return sum(kept) + _GAP * max(len(kept) - 1, 0)


def _lay(column: Column[Any], cells: list[Text]) -> _Laid:
    return _Laid(column, cells, max([len(column.header), *(cell.cell_len for cell in cells)]))


def _is_same(entry: _Laid) -> bool:
    return len({cell.plain for cell in entry.cells}) == 1


def _only_value(entry: _Laid) -> str:
    return entry.cells[0].plain


def _says_nothing(entry: _Laid, lines: int) -> bool:
    if entry.column.hide == "never":
        return False
    empty = not any(cell.plain for cell in entry.cells)
    return empty or (entry.column.hide == "same" and lines > 1 and _is_same(entry))


def _fit(entries: list[_Laid], width: int) -> list[_Laid]:
    kept = list(entries)
    while sum(entry.least + _GAP for entry in kept) - _GAP > width:
        ranked = max(kept, key=lambda entry: entry.column.rank)
        if not ranked.column.rank:
            break
        kept.remove(ranked)
    return kept


def _say_left_out(headers: Sequence[str], width: int) -> None:
    from ex99.cli.output import note

    if headers:
        note(f"left out to fit {width} columns: {', '.join(headers)}; piped (| less -S) the table has them")


def _share(entries: Sequence[_Laid], width: int) -> list[int]:
    widths = [entry.natural for entry in entries]
    over = sum(widths) + _GAP * (len(widths) - 1) - width
    while over > 0:
        room = [(widths[n] - entry.least, n) for n, entry in enumerate(entries) if widths[n] > entry.least]
        if not room:
            break
        _, widest = max(room)
        widths[widest] -= 1
        over -= 1
    return widths
