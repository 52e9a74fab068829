"""Series drawn in the terminal by plotext."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

_SCALES: tuple[tuple[float, str], ...] = ((1e9, "billion"), (1e6, "million"), (1e3, "thousand"))
_PLAIN_FRAME = str.maketrans("─│┌┐└┘├┤┬┴┼", "-|+++++++++")
_LONGEST_STEP = 1.6
"""Points further apart than so many usual steps are not joined by a line: a gap is shown as a gap."""


def draw_series(
    points: Sequence[tuple[dt.date, Decimal]], *, title: str, unit: str, width: int, height: int = 16, ascii_only: bool = False
) -> str:
    """A line plot of (day, value) points as text without colours, ``width`` columns wide; gaps stay open."""
    import plotext  # takes its time, and most commands draw nothing

    divisor, scale = choose_scale(max((abs(value) for _, value in points), default=Decimal(0)))
    figure = plotext.figure
    figure.clear()
    figure.plot_size(width, height)
    figure.theme("colorless")
    figure.title(f"{title}, {scale} {unit}".replace("  ", " ") if scale else f"{title}, {unit}")
    marker = "*" if ascii_only else "braille"
    for stretch in split_at_gaps(points):
        days = [day.toordinal() for day, _ in stretch]
        signal = figure.signal(days, [float(value) / divisor for _, value in stretch], marker=marker)
        signal.lines(len(stretch) > 1)
        figure.draw(signal)
    ticks = _choose_ticks([day for day, _ in points], width)
    figure.ruler("x").ticks([day.toordinal() for day, _ in ticks], [label for _, label in ticks])
    drawn = str(figure.build().string(colorless=True))
    if ascii_only:
        drawn = drawn.translate(_PLAIN_FRAME)
    return "\n".join(line.rstrip() for line in drawn.splitlines())


def split_at_gaps(points: Sequence[tuple[dt.date, Decimal]]) -> list[list[tuple[dt.date, Decimal]]]:
    """The stretches of points that follow each other at the usual step."""
    steps = sorted((later[0] - day).days for (day, _), later in pairwise(points))
    usual = steps[len(steps) // 2] if steps else 0
    stretches: list[list[tuple[dt.date, Decimal]]] = []
    for point in points:
        if stretches and (point[0] - stretches[-1][-1][0]).days <= usual * _LONGEST_STEP:
            stretches[-1].append(point)
        else:
            stretches.append([point])
    return stretches


def choose_scale(largest: Decimal) -> tuple[float, str]:
    """The divisor and its word for amounts up to this size: (1e6, "million")."""
    return next(((divisor, name) for divisor, name in _SCALES if largest >= divisor), (1.0, ""))


def _choose_ticks(days: Sequence[dt.date], width: int) -> list[tuple[dt.date, str]]:
    if not days:
        return []
    years = range(days[0].year, days[-1].year + 2)
    step = max(1, -(-len(years) * 7 // max(width - 8, 7)))
    january = [(dt.date(year, 1, 1), str(year)) for year in years if (year - years[0]) % step == 0]
    inside = [(day, label) for day, label in january if days[0] <= day <= days[-1]]
    return (
        inside if len(inside) > 1 else [(days[0], str(days[0])), (days[-1], str(days[-1]))] if len(days) > 1 else [(days[0], str(days[0]))]
    )
