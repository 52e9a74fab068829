"""The header words above each column of a table."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ex99.parsing.document import Cell
from ex99.parsing.language.periods import read_head
from ex99.parsing.rules import rule
from ex99.parsing.tables.cells import DURATION_WORD, HeadedRows
from ex99.parsing.tables.places import Column
from ex99.parsing.tolerances import TOLERANCES

WHOLE_PERIOD = rule("tables.heads.whole_period", "a whole period typed over columns that name none is that of all of them")


def covers_all(cell: Cell, columns: Sequence[Column]) -> bool:
    """Whether a cell lies over all columns of values: a title or a header that all of them share."""
    several = len(columns) > 1 or cell.column < columns[0].left
    return several and cell.column < columns[0].right and cell.column + cell.span > columns[-1].left


def _is_title(cell: Cell, columns: Sequence[Column], *, typewritten: bool) -> bool:
    """Whether a cell lies over the label column and all columns of values."""
    return not typewritten and cell.column == 0 < columns[0].left and cell.column + cell.span > columns[-1].left


def header_texts(section: HeadedRows, columns: Sequence[Column], *, typewritten: bool) -> list[list[str]]:
    """For each column the header words above it, a level an entry, from the top down ("" where a level says nothing of it)."""
    heads = [[cell for cell in cells if not _is_title(cell, columns, typewritten=typewritten)] for cells in section.heads]
    if not typewritten:
        short = any(len(cells) == len(columns) and _falls_short(cells, columns) for cells in heads)
        levels = [_level(cells, columns, short=short) for cells in heads if cells]
        return [[level[i] for level in levels] for i in range(len(columns))]
    typed = [_typed_level(cells, columns, heads) for cells in heads if cells]
    return [_own_texts([level[i] for level in typed]) for i in range(len(columns))]


def _level(cells: Sequence[Cell], columns: Sequence[Column], *, short: bool) -> list[str]:
    """One level's words for each column: those that lie over it, or cell by cell where there are as many as columns.

    Where the headers' spans fall ``short`` of the columns, each cell of a level stands for as many of them as every other.
    """
    share, rest = divmod(len(columns), len(cells))
    if _falls_short(cells, columns) and not rest and (share == 1 or (short and len(cells) > 1)):
        return [cells[index // share].text for index in range(len(columns))]
    return [_over(column, cells) for column in columns]


def _falls_short(cells: Sequence[Cell], columns: Sequence[Column]) -> bool:
    """Whether there are columns that no cell of a level lies over."""
    return any(not _over(column, cells) for column in columns)


def _over(column: Column, cells: Sequence[Cell]) -> str:
    return " ".join(cell.text for cell in cells if cell.column < column.right and column.left < cell.column + cell.span)


def _typed_level(cells: Sequence[Cell], columns: Sequence[Column], heads: Sequence[Sequence[Cell]]) -> list[tuple[str, bool]]:
    """One level's words for each typewritten column, and whether they lie over it or were taken from the nearest cell."""
    share, rest = divmod(len(columns), len(cells))
    if _is_shared(cells, columns, heads):
        return [(cells[0].text, True)] * len(columns)
    if len(cells) == len(columns):
        return [(cell.text, True) for cell in cells]
    parts = _centered_parts(cells, columns) if len(cells) < len(columns) else None
    if not rest and _in_their_shares(cells, columns, share) and (parts is None or _stand_alike(cells, columns, share)):
        return [(cells[index // share].text, True) for index in range(len(columns))]
    if parts is not None:
        return [(cell.text, True) for cell, count in zip(cells, parts, strict=True) for _ in range(count)]
    limit = TOLERANCES.beside if len(cells) >= len(columns) else TOLERANCES.borrowed
    return [(text, True) if (text := _over(column, cells)) else (_nearest(column, cells, limit), False) for column in columns]


def _nearest(column: Column, cells: Sequence[Cell], limit: int) -> str:
    """The words of the cell nearest to a column that none lies over; "" where that stands farther away than a limit."""
    middle = (column.left + column.right) / 2
    near = min(cells, key=lambda c: abs(c.column + c.span / 2 - middle))
    distance = max(column.left - (near.column + near.span), near.column - column.right)
    return near.text if distance <= limit else ""


def _is_shared(cells: Sequence[Cell], columns: Sequence[Column], heads: Sequence[Sequence[Cell]]) -> bool:
    """Whether a level is a whole period, centred on the page and not on the columns, over columns that name none of their own."""
    period = read_head(cells[0].text)
    if len(cells) != 1 or len(columns) < 2 or period.duration is None or len(period.dates) != 1:
        return False
    others = [cell for level in heads if level is not cells for cell in level]
    return all(read_head(cell.text).empty for cell in others) and WHOLE_PERIOD()


def _in_their_shares(cells: Sequence[Cell], columns: Sequence[Column], share: int) -> bool:
    """Whether each of several cells stands with its middle over its own of equal shares of several columns."""
    if len(cells) < 2 or share < 2:
        return False
    groups = [columns[start : start + share] for start in range(0, len(columns), share)]
    middles = [cell.column + cell.span / 2 for cell in cells]
    return all(
        group[0].left - TOLERANCES.beside <= middle <= group[-1].right + TOLERANCES.beside
        for group, middle in zip(groups, middles, strict=True)
    )


def _middles(columns: Sequence[Column]) -> tuple[list[float], float]:
    """(the middle of each column, the least distance between two)."""
    places = [(column.left + column.right) / 2 for column in columns]
    return places, min(b - a for a, b in pairwise(places))


def _stand_alike(cells: Sequence[Cell], columns: Sequence[Column], share: int) -> bool:
    """Whether cells stand in their equal shares of the columns alike: in the middle, or all as far off it."""
    places, width = _middles(columns)
    groups = zip(places[::share], places[share - 1 :: share], cells, strict=True)
    off = [(first + last) / 2 - cell.column - cell.span / 2 for first, last, cell in groups]
    return max(off) - min(off) <= TOLERANCES.off_share * width


def _centered_parts(cells: Sequence[Cell], columns: Sequence[Column]) -> list[int] | None:
    """How many columns each cell stands over, where all of them stand in the middle of theirs; None where they do not."""
    places, width = _middles(columns)
    near = TOLERANCES.off_center * width
    best: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}
    for number, cell in enumerate(cells):
        middle = cell.column + cell.span / 2
        last = len(columns) - (len(cells) - number - 1)
        found: dict[int, tuple[float, list[int]]] = {}
        for start, (cost, counts) in best.items():
            for end in range(start + 1, last + 1):
                off = abs((places[start] + places[end - 1]) / 2 - middle)
                if off <= near and (end not in found or cost + off < found[end][0]):
                    found[end] = cost + off, [*counts, end - start]
        best = found
    return best[len(columns)][1] if len(columns) in best else None


def _own_texts(levels: Sequence[tuple[str, bool]]) -> list[str]:
    """A column's header words; borrowed ones go where words over the column itself name a duration."""
    named = any(direct and DURATION_WORD.search(text) for text, direct in levels)
    return [text if direct or not named else "" for text, direct in levels]
