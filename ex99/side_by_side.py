"""Several companies' series laid side by side, by calendar quarter or by fiscal label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from ex99.series import CompanySeries, PointRow


@dataclass(frozen=True, slots=True)
class Line:
    """One quarter: the points of each company in their order, None where it has none."""

    quarter: str
    points: tuple[PointRow | None, ...]


def lay_side_by_side(told: Sequence[CompanySeries], *, fiscal: bool = False) -> list[Line]:
    """Lines by quarter, the earliest first; with ``fiscal`` by what each company calls it, which may lie months apart.

    Two points of a company in one quarter make two lines; a point without a fiscal label is left out of the fiscal order alone.
    """
    columns: list[dict[str, list[PointRow]]] = []
    for series in told:
        column: dict[str, list[PointRow]] = {}
        for row in series:
            label = label_fiscal(row) if fiscal else row.calendar_quarter
            if label:
                column.setdefault(label, []).append(row)
        columns.append(column)
    lines: list[Line] = []
    for label in sorted({label for column in columns for label in column}):
        lines += [Line(label, points) for points in zip_longest(*(column.get(label, ()) for column in columns))]
    return lines


def label_fiscal(row: PointRow) -> str:
    """A point's fiscal label so that labels sort by time: 2024Q1, or 2024 for a year; "" where no release tells."""
    if row.fiscal_year is None:
        return ""
    return f"{row.fiscal_year}Q{row.fiscal_quarter}" if row.fiscal_quarter else str(row.fiscal_year)


def count_missing(before: str, after: str) -> int:
    """How many quarters lie between two labels, or years between two labels of years."""
    (early, quarter), (late, other) = ((int(label[:4]), int(label[5:] or 0)) for label in (before, after))
    step = 4 if "Q" in after else 1
    return max((late * step + other) - (early * step + quarter) - 1, 0)
