"""One file for a colleague without ex99: a company's charts, its table of quarters, and the words that each figure was read from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ex99.filings.metrics import METRICS
from ex99.storage.archive import Archive
from ex99.storage.rows import CompanyRow
from ex99.storage.series import list_series, read_series
from ex99.viewer.app import TEMPLATES
from ex99.viewer.charts import draw_series
from ex99.viewer.pages.company import choose_metrics, list_rows

_STATIC = Path(__file__).parent / "static"
_SCRIPTS = ("vega.min.js", "vega-lite.min.js", "vega-interpreter.min.js", "charts.js")


def make_report(archive: Archive, company: CompanyRow, metrics: Sequence[str] = (), duration: str = "quarter") -> str:
    """A page of HTML that holds all it needs; ``metrics`` as on the company's page, the first that there are where none is named."""
    chosen = choose_metrics(metrics, list_series(archive, company.cik), duration)
    tables = []
    for metric, basis in chosen:
        series = read_series(archive, company.cik, metric, basis, "instant" if METRICS[metric].instant else duration)
        if series.points:
            tables.append((series, list_rows(series), draw_series([(company.name or str(company.cik), series)])))
    return TEMPLATES.get_template("report.html").render(
        company=company,
        tables=tables,
        duration=duration,
        style=(_STATIC / "viewer.css").read_text(encoding="utf-8"),
        scripts=[(_STATIC / name).read_text(encoding="utf-8") for name in _SCRIPTS] if tables else [],
    )
