"""Pictures of series, drawn by Altair: lines that break at gaps, first reports marked where a later release restates them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

from ex99.errors import UserError, writing_to
from ex99.extras import import_or_say
from ex99.filings.metrics.wording import say_metric
from ex99.plot import choose_scale
from ex99.series import CompanySeries
from ex99.storage.growth import find_split_days
from ex99.storage.series import Point, Restatement

ENDINGS: tuple[str, ...] = (".png", ".svg", ".html")
_COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000"]
"""The palette of Okabe and Ito, which colour-blind readers can tell apart."""
_WIDTH, _HEIGHT, _SMALL_HEIGHT = 760, 340, 220
_INSTEAD = "without a file name it is drawn in the terminal"
_FONT = "Helvetica, Arial, sans-serif"
_GAP = {"quarter": 130, "instant": 130, "half": 400, "nine_months": 400, "year": 400}


def make_chart(told: Sequence[CompanySeries]) -> Any:
    """A chart of one or several series: one panel a metric, one colour a company.

    A filled point is the series' value, a diamond a derived one; where a release restated it, a hollow point shows what was said before,
    with a line to what was said then, and the words "split 7:1" where that is why. Lines break where periods are missing, and at splits.
    Raises UserError where no series has points, or Altair is missing.
    """
    alt = import_or_say("altair", _INSTEAD)
    series = [one for one in told if one.series.points]
    if not series:
        raise UserError("none of these series has points", "`ex99 query figures` shows what there is")
    names = list(dict.fromkeys(_name(one) for one in series))
    panels: dict[tuple[str, str, str, str], list[CompanySeries]] = {}
    for one in series:
        panels.setdefault((one.series.metric, one.series.basis, one.series.duration, one.series.points[-1].unit), []).append(one)
    height = _HEIGHT if len(panels) == 1 else _SMALL_HEIGHT
    drawn = [_draw_panel(alt, key, members, names, height) for key, members in panels.items()]
    chart = drawn[0] if len(drawn) == 1 else alt.vconcat(*drawn, spacing=24).resolve_scale(x="shared", color="shared")
    return chart.properties(title=_title(alt, series, names), padding=16, background="white").configure(**_LOOK)


def save_chart(chart: Any, path: Path, *, scale: float = 2) -> None:
    """Write a chart; the ending tells the form. HTML holds all it needs and works offline."""
    ending = check_ending(path)
    import_or_say("vl_convert", _INSTEAD)
    with writing_to(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        if ending == ".html":
            path.write_text(_make_page(chart), encoding="utf-8")
        elif ending == ".svg":
            chart.save(str(path))
        else:
            chart.save(str(path), scale_factor=scale)


class _ScriptJson(json.JSONEncoder):
    """JSON that may stand inside a script of a page: no text of it ends the script or begins a comment."""

    def encode(self, o: Any) -> str:
        """The JSON text."""
        return super().encode(o).replace("<", "\\u003c")


def _make_page(chart: Any) -> str:
    """The chart as a page that holds the libraries it needs; company names and quoted words cannot leave its data."""
    alt = import_or_say("altair", _INSTEAD)
    page: str = import_module("altair.utils.html").spec_to_html(
        chart.to_dict(),
        mode="vega-lite",
        vega_version=alt.VEGA_VERSION,
        vegaembed_version=alt.VEGAEMBED_VERSION,
        vegalite_version=alt.VEGALITE_VERSION,
        embed_options={"actions": {"export": True, "source": False, "compiled": False, "editor": False}},
        json_kwds={"cls": _ScriptJson},
        template="inline",
    )
    return page


def check_ending(path: Path) -> str:
    """The picture's form by its ending; UserError for another."""
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise UserError(f"{path.name} has no ending that tells a kind of picture", f"endings: {', '.join(ENDINGS)}")
    return ending


_LOOK: dict[str, Any] = {
    "font": _FONT,
    "view": {"stroke": None},
    "axis": {
        "labelColor": "#444",
        "titleColor": "#444",
        "gridColor": "#e8e8e8",
        "domainColor": "#999",
        "tickColor": "#999",
        "labelFontSize": 11,
    },
    "legend": {"orient": "top", "title": None, "labelFontSize": 12, "symbolSize": 90, "labelLimit": 320},
    "title": {"anchor": "start", "fontSize": 17, "subtitleFontSize": 12, "subtitleColor": "#666", "offset": 14, "subtitlePadding": 6},
}


def _draw_panel(alt: Any, key: tuple[str, str, str, str], members: Sequence[CompanySeries], names: Sequence[str], height: int) -> Any:
    metric, basis, _, unit = key
    largest = max(abs(point.value) for one in members for point in one.series.points)
    divisor, scale = choose_scale(largest)
    label = f"{say_metric(metric)}{'' if basis == 'gaap' else f' ({basis})'}, {scale + ' ' if scale else ''}{unit}"
    points, before = _point_records(members, divisor), _restated_records(members, divisor)
    x = alt.X(
        "ended:T",
        title=None,
        scale=alt.Scale(padding=10),
        axis=alt.Axis(format="%Y", tickCount="year", grid=False, labelOverlap="greedy", labelSeparation=4, labelFlush=False),
    )
    y = alt.Y("value:Q", title=label, axis=alt.Axis(tickCount=6, format=",~f"))
    colour = alt.Color(
        "company:N",
        scale=alt.Scale(domain=list(names), range=[_COLOURS[n % len(_COLOURS)] for n in range(len(names))]),
        legend=alt.Legend() if len(names) > 1 else None,
    )
    tip = [alt.Tooltip(f"{name}:N") for name in ("company", "period", "amount", "filed", "accession", "words")]
    base = alt.Chart(alt.Data(values=points)).encode(x=x, y=y, color=colour)
    layers = [
        base.mark_line(strokeWidth=1.8, strokeJoin="round").encode(detail="stretch:N"),
        base.mark_point(filled=True, opacity=1).encode(
            tooltip=tip,
            shape=alt.Shape("status:N", scale=alt.Scale(domain=["reported", "derived"], range=["circle", "diamond"]), legend=None),
            size=alt.Size("status:N", scale=alt.Scale(domain=["reported", "derived"], range=[22, 46]), legend=None),
        ),
    ]
    if before:
        restated = alt.Chart(alt.Data(values=before)).encode(x=x, color=colour)
        layers += [
            restated.mark_rule(strokeDash=[3, 2], opacity=0.8).encode(y=alt.Y("before:Q"), y2="after:Q"),
            restated.mark_point(filled=False, size=44, strokeWidth=1.5, fill="white", opacity=1).encode(y=alt.Y("before:Q"), tooltip=tip),
            restated.mark_text(align="left", dx=7, fontSize=10).encode(y=alt.Y("before:Q"), text="note:N"),
        ]
    return alt.layer(*layers).properties(width=_WIDTH, height=height)


def _point_records(members: Sequence[CompanySeries], divisor: float) -> list[dict[str, Any]]:
    records = []
    for one in members:
        splits, stretch = find_split_days(one.series), 0
        for number, point in enumerate(one.series.points):
            if number and _breaks(one.series.points[number - 1], point, one.series.duration, splits):
                stretch += 1
            records.append(_record(one, point, divisor) | {"stretch": f"{one.series.cik} {stretch}"})
    return records


def _breaks(before: Point, point: Point, duration: str, splits: Sequence[dt.date]) -> bool:
    """Whether no line joins two points: periods are missing between them, or one counts in shares from before a split."""
    if (point.period_end - before.period_end).days > _GAP[duration]:
        return True
    early, late = sorted((before.vintage.filing_date, point.vintage.filing_date))
    return any(early < split <= late for split in splits)


def _record(one: CompanySeries, point: Point, divisor: float) -> dict[str, Any]:
    vintage = point.vintage
    return {
        "company": _name(one),
        "ended": _midnight(point.period_end),
        "value": float(point.value) / divisor,
        "status": point.status,
        "period": _period(point.period_end, point.fiscal_year, point.fiscal_quarter),
        "amount": f"{point.value:,f} {point.unit}",
        "filed": f"{vintage.filing_date}",
        "accession": str(vintage.accession),
        "words": point.formula or vintage.source.text,
    }


def _restated_records(members: Sequence[CompanySeries], divisor: float) -> list[dict[str, Any]]:
    """One record a restatement; a split is named once, at the last period that shows it."""
    records = []
    for one in members:
        shown = {point.period_end for point in one.series.points}
        named: set[str] = set()
        same_unit = (r for r in reversed(one.series.restatements) if r.period_end in shown and r.before.unit == r.after.unit)
        records += [_restated_record(one, restatement, divisor, named) for restatement in same_unit]
    return records


def _restated_record(one: CompanySeries, restatement: Restatement, divisor: float, named: set[str]) -> dict[str, Any]:
    before, after, note = restatement.before, restatement.after, restatement.note or ""
    text = "" if note in named else note
    named.add(note)
    return {
        "company": _name(one),
        "ended": _midnight(restatement.period_end),
        "before": float(before.value) / divisor,
        "after": float(after.value) / divisor,
        "note": text,
        "period": f"{restatement.period_end}, restated {after.filing_date}" + (f" ({note})" if note else ""),
        "amount": f"{_plain(before.value)} -> {_plain(after.value)} {after.unit}",
        "filed": f"{before.filing_date}",
        "accession": str(before.accession),
        "words": before.source.text,
    }


def _title(alt: Any, series: Sequence[CompanySeries], names: Sequence[str]) -> Any:
    first = series[0].series
    *others, last = dict.fromkeys(say_metric(one.series.metric) for one in series)
    metrics = f"{', '.join(others)} and {last}" if others else last
    who = names[0] if len(names) == 1 else ", ".join(names[:3]) + (" and others" if len(names) > 3 else "")
    period = {"instant": "at balance sheet dates", "nine_months": "by nine months", "half": "by half-year"}.get(
        first.duration, f"by {first.duration}"
    )
    said = "as first reported" if first.vintage == "first" else "as last restated"
    as_of = f" as known on {first.as_of}" if first.as_of else ""
    marks = []
    if any(one.series.restatements for one in series):
        marks.append("hollow: what a release said before another restated it")
    if any(point.status == "derived" for one in series for point in one.series.points):
        marks.append("diamond: derived from longer periods")
    subtitle = [f"From the press releases in 8-K filings, {said}{as_of}", "; ".join(marks)]
    return alt.TitleParams(text=f"{who}: {metrics} {period}", subtitle=[line for line in subtitle if line])


def _name(one: CompanySeries) -> str:
    return one.series.company or one.company.name or f"CIK {one.series.cik}"


def _period(end: dt.date, year: int | None, quarter: int | None) -> str:
    label = "" if year is None else f"FY {year}" if quarter is None else f"Q{quarter} {year}"
    return f"{label}, ended {end}".lstrip(", ")


def _midnight(day: dt.date) -> str:
    """A day that a browser does not move into the day before: without a zone it is read in the reader's own."""
    return f"{day}T00:00:00"


def _plain(value: Decimal) -> str:
    return f"{value:,f}"
