"""The header words above each column of a table."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ex99.parsing.document import Cell
from ex99.parsing.tables.cells import DURATION_WORD, HeadedRows
from ex99.parsing.tables.places import Column
from ex99.parsing.tolerances import TOLERANCES


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
    typed = [_typed_level(cells, columns) for cells in heads if cells]
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


def _typed_level(cells: Sequence[Cell], columns: Sequence[Column]) -> list[tuple[str, bool]]:
    """One level's words for each typewritten column, and whether they lie over it or were taken from the nearest cell."""
    share, rest = divmod(len(columns), len(cells))
    if len(cells) > 1 and share > 1 and not rest and _in_their_shares(cells, columns, share):
        return [(cells[index // share].text, True) for index in range(len(columns))]
    if len(cells) == len(columns):
        return [(cell.text, True) for cell in cells]
    parts = _centered_parts(cells, columns) if len(cells) < len(columns) else None
    if parts is not None:
        return [(cell.text, True) for cell, count in zip(cells, parts, strict=True) for _ in range(count)]
    texts = []
    for column in columns:
        text = _over(column, cells)
        if text:
            texts.append((text, True))
            continue
        middle = (column.left + column.right) / 2
        near = min(cells, key=lambda c, m=middle: abs(c.column + c.span / 2 - m))  # type: ignore[misc]
        distance = max(column.left - (near.column + near.span), near.column - column.right)
        texts.append((near.text if distance <= (TOLERANCES.beside if len(cells) >= len(columns) else TOLERANCES.borrowed) else "", False))
    return texts


def _in_their_shares(cells: Sequence[Cell], columns: Sequence[Column], share: int) -> bool:
    """Whether each cell's middle stands over its own of equal shares of the columns."""
    groups = [columns[start : start + share] for start in range(0, len(columns), share)]
    middles = [cell.column + cell.span / 2 for cell in cells]
    return all(
        group[0].left - TOLERANCES.beside <= middle <= group[-1].right + TOLERANCES.beside
        for group, middle in zip(groups, middles, strict=True)
    )


def _centered_parts(cells: Sequence[Cell], columns: Sequence[Column]) -> list[int] | None:
    """How many columns each cell stands over, where all of them stand in the middle of theirs; None where they do not."""
    places = [(column.left + column.right) / 2 for column in columns]
    near = TOLERANCES.off_center * min(b - a for a, b in pairwise(places))
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
