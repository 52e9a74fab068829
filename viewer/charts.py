"""Charts of series as Vega-Lite, drawn in the browser by the runtime that is shipped: lines that break at gaps, restatements hollow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ex99.filings.metrics.wording import say_metric
from ex99.storage.series import Point, Restatement, Series
from ex99.viewer.showing import say_period

_COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8c6bb1", "#7f7f7f"]
"""Okabe and Ito's, which colour-blind readers can tell apart."""
_LONGEST_STEP = {"quarter": 130, "instant": 130, "half": 400, "nine_months": 400, "year": 400}
_SCALES = ((1e9, "billion "), (1e6, "million "), (1e3, "thousand "), (1.0, ""))


def draw_series(told: Sequence[tuple[str, Series]]) -> dict[str, Any]:
    """The Vega-Lite specification of one metric of one or several companies, (name, series) each."""
    first = told[0][1]
    points = [(name, series, point) for name, series in told for point in series.points]
    largest = max((abs(float(point.value)) for _, _, point in points), default=0.0)
    divisor, scale = next((size, word) for size, word in _SCALES if largest >= size * 1.5 or size == 1.0)
    unit = points[0][2].unit if points else ""
    names = [name for name, _ in told]
    x = {
        "field": "ended",
        "type": "temporal",
        "title": None,
        "axis": {"format": "%Y", "tickCount": "year", "grid": False, "labelOverlap": "greedy"},
    }
    y = {"field": "value", "type": "quantitative", "title": f"{scale}{unit}", "axis": {"tickCount": 5, "format": ",~f"}}
    colour = {
        "field": "company",
        "type": "nominal",
        "scale": {"domain": names, "range": _COLOURS[: len(names)]},
        "legend": {"orient": "top", "title": None} if len(names) > 1 else None,
    }
    tip = [{"field": name, "type": "nominal"} for name in ("company", "period", "amount", "filed", "words")]
    before = [_restated(name, one, divisor) for name, series in told for one in series.restatements]
    layers: list[dict[str, Any]] = [
        {"mark": {"type": "line", "strokeWidth": 1.8}, "encoding": {"detail": {"field": "stretch", "type": "nominal"}}},
        {"mark": {"type": "point", "filled": True, "opacity": 1, "size": 28}, "encoding": {"tooltip": tip}},
    ]
    if before:
        values = {"data": {"values": before}}
        layers += [
            {**values, "mark": {"type": "rule", "strokeDash": [3, 2]}, "encoding": {"y2": {"field": "after"}}},
            {**values, "mark": {"type": "point", "filled": False, "size": 46, "opacity": 1}, "encoding": {"tooltip": tip}},
        ]
    return {
        "description": f"{say_metric(first.metric, first.basis)} of {', '.join(names)}, {len(points)} points; the table below has them all",
        "data": {"values": _records(told, divisor)},
        "width": "container",
        "height": 240,
        "autosize": {"type": "fit", "contains": "padding"},
        "encoding": {"x": x, "y": y, "color": colour},
        "layer": layers,
    }


def _records(told: Sequence[tuple[str, Series]], divisor: float) -> list[dict[str, Any]]:
    records = []
    for name, series in told:
        stretch = 0
        last: Point | None = None
        for point in series.points:
            if last is not None and (point.period_end - last.period_end).days > _LONGEST_STEP[series.duration]:
                stretch += 1
            records.append(_record(name, point, divisor) | {"stretch": f"{name} {stretch}"})
            last = point
    return records


def _record(name: str, point: Point, divisor: float) -> dict[str, Any]:
    period = say_period(point.fiscal_year, point.fiscal_quarter)
    return {
        "company": name,
        "ended": f"{point.period_end}T00:00:00",
        "value": float(point.value) / divisor,
        "period": f"{period}, ended {point.period_end}".lstrip(", "),
        "amount": f"{point.value:,f} {point.unit}",
        "filed": f"{point.vintage.filing_date}",
        "words": point.formula or point.vintage.source.text,
    }


def _restated(name: str, one: Restatement, divisor: float) -> dict[str, Any]:
    return {
        "company": name,
        "ended": f"{one.period_end}T00:00:00",
        "value": float(one.before.value) / divisor,
        "after": float(one.after.value) / divisor,
        "period": f"{one.period_end}, restated {one.after.filing_date}" + (f" ({one.note})" if one.note else ""),
        "amount": f"{one.before.value:,f} then {one.after.value:,f} {one.after.unit}",
        "filed": f"{one.before.filing_date}",
        "words": one.before.source.text,
    }
