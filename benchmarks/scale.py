"""Measures an archive at scale: a synthetic one of many companies, and the common questions against a bare SQL floor of the same run.

python -m benchmarks.scale [--companies 2000] [--quarters 60] [--figures 42] [--database URL]
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import tempfile
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import insert, text

from filings.identifiers import Cik
from filings.metrics import METRICS
from storage import models, queries, series
from storage.archive import Archive
from storage.filters import FigureFilter, FilingFilter
from storage.writer import Writer

_BATCH = 20_000
_FIRST_CIK = 5_000_000
_NAMES = [name for name, metric in METRICS.items() if "gaap" in metric.bases]


def main() -> None:
    """Build the archive, ask, print a table of medians and their ratios to the floor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--companies", type=int, default=2000)
    parser.add_argument("--quarters", type=int, default=60)
    parser.add_argument("--figures", type=int, default=42)
    parser.add_argument("--database", help="URL of an empty database; default: a temporary SQLite file")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = options.database or f"sqlite:///{Path(folder) / 'archive.db'}"
        with Archive.open(url, str(Path(folder) / "blobs")) as archive:
            began = time.perf_counter()
            count = build(archive, options.companies, options.quarters, options.figures)
            print(f"{archive.engine.dialect.name}: {count:,} figures built in {time.perf_counter() - began:.0f} s")
            measure(archive, options.companies)


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


def measure(archive: Archive, companies: int) -> None:
    """Ask the common questions, print what each takes."""
    middle = Cik(_FIRST_CIK + companies // 2)
    quarter = _period_end(30)
    on = quarter.isoformat() if archive.engine.dialect.name == "sqlite" else quarter
    floor_series = text(
        "SELECT f.period_end, f.value FROM filing_filer x JOIN document d ON d.filing_id = x.filing_id "
        "JOIN release r ON r.document_id = d.id "
        "JOIN figure f ON f.release_id = r.id WHERE x.cik = :cik AND r.current AND f.metric = 'revenue' AND f.duration = 'quarter'"
    )
    floor_panel = text(
        "SELECT f.release_id, f.metric, f.value FROM figure f WHERE f.basis = 'gaap' AND f.duration = 'quarter' AND f.period_end = :day "
        "AND f.metric IN ('revenue', 'net_income')"
    )
    panel = FigureFilter(metrics=["revenue", "net_income"], durations=["quarter"], period_from=quarter, period_until=quarter)
    questions: list[tuple[str, Callable[[], object], str, dict[str, Any]]] = [
        ("one company's series", lambda: series.read_series(archive, middle, "revenue"), str(floor_series), {"cik": int(middle)}),
        ("one quarter's panel", lambda: list(queries.list_figures(archive, panel)), str(floor_panel), {"day": on}),
        (
            "one company's filings",
            lambda: list(queries.list_filings(archive, FilingFilter(ciks=[middle]))),
            "SELECT f.* FROM filing f JOIN filing_filer x ON x.filing_id = f.id WHERE x.cik = :cik",
            {"cik": int(middle)},
        ),
        ("first 10,000 figures", lambda: list(queries.list_figures(archive, limit=10_000)), "SELECT * FROM figure LIMIT 10000", {}),
        ("status", lambda: queries.read_status(archive), "SELECT count(*) FROM figure", {}),
    ]
    print(f"{'question':<24}{'ms':>10}{'floor ms':>10}{'ratio':>8}{'rows':>8}")
    for name, ask, statement, parameters in questions:
        taken, answer = _median(ask)
        with archive.connect() as connection:
            floor, _ = _median(lambda s=statement, p=parameters, c=connection: c.execute(text(s), p).all())  # type: ignore[misc]
        rows = len(answer.points) if isinstance(answer, series.Series) else len(answer) if isinstance(answer, list) else 1
        print(f"{name:<24}{taken * 1000:>10.1f}{floor * 1000:>10.1f}{taken / floor:>8.1f}{rows:>8}")


def _median(work: Callable[[], object], times: int = 5) -> tuple[float, object]:
    taken = []
    answer: object = None
    for _ in range(times):
        began = time.perf_counter()
        answer = work()
        taken.append(time.perf_counter() - began)
    return sorted(taken)[times // 2], answer


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
