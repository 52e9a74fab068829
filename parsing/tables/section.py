"""A part of a table under one set of headers, as the stages of reading leave it."""

from __future__ import annotations

from dataclasses import dataclass

from ex99.parsing.language.amounts import Scale
from ex99.parsing.tables.captions import Caption
from ex99.parsing.tables.columns import ColumnHead
from ex99.parsing.tables.dating import ColumnPeriod
from ex99.parsing.tables.grid import Grid
from ex99.parsing.tables.readings import CrossReading, Reading
from ex99.parsing.tables.rows import BodyRow
from ex99.parsing.tables.statements import Role


@dataclass(frozen=True, slots=True)
class TableSection:
    """A part of a table under one set of headers. ``periods`` has an entry a column, None where the column holds no period's figures.

    ``raw_periods`` are those before neighbours decided; ``reasons`` say how role, columns and scale were told.
    """

    grid: Grid
    caption: Caption
    role: Role
    scale: Scale | None
    heads: tuple[ColumnHead, ...]
    periods: tuple[ColumnPeriod | None, ...]
    rows: tuple[BodyRow, ...]
    raw_periods: tuple[ColumnPeriod | None, ...] = ()
    basis: str | None = None
    doubtful: str | None = None
    goes_on: bool = False
    """Whether the table goes on with the statement of the section before, as after a page's end."""
    reasons: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    """Ids of the rules that told it."""
    readings: tuple[tuple[BodyRow, Reading], ...] = ()
    """The rows that name metrics, in order; one row may name several."""
    crossed: tuple[CrossReading, ...] = ()
    """Values under columns that name metrics."""

    @property
    def period_columns(self) -> frozenset[int]:
        """The columns that hold a period's figures."""
        return frozenset(index for index, period in enumerate(self.periods) if period is not None)
