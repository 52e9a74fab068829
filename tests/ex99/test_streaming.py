"""Large answers in bounded memory: one row after the other, in batches, as an Arrow stream, and without keeping an event loop waiting."""

from __future__ import annotations

import asyncio
import shutil
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ex99.api import Archive, open_archive
from ex99.rows import Rows
from ex99.storage.models import Figure
from ex99.storage.rows import FigureRow


@pytest.fixture(scope="module")
def large(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """The filled archive with each of its figures 32 times."""
    folder = tmp_path_factory.mktemp("large") / "archive"
    shutil.copytree(filled, folder)
    with open_archive(folder, create=False) as archive:
        columns = [column.name for column in Figure.c]
        picked = ", ".join(f"{name} + (SELECT 1 + max(position) FROM figure)" if name == "position" else name for name in columns)
        with archive.storage.begin() as connection:
            for _ in range(5):
                connection.exec_driver_sql(f"INSERT INTO figure ({', '.join(columns)}) SELECT {picked} FROM figure")
        yield archive


async def walk(rows: Rows[FigureRow]) -> int:
    count = 0
    async for _ in rows:
        count += 1
    return count


def consume(rows: Rows[FigureRow]) -> int:
    return sum(batch.num_rows for batch in rows.to_reader(1000))


WAYS: dict[str, Callable[[Rows[FigureRow]], int]] = {
    "for": lambda rows: sum(1 for _ in rows),
    "batches": lambda rows: sum(len(batch) for batch in rows.batches()),
    "async": lambda rows: asyncio.run(walk(rows)),
    "arrow": consume,
}


@pytest.mark.parametrize("way", WAYS)
def test_memory_is_that_of_a_batch(large: Archive, way: str) -> None:
    if way == "arrow":
        pytest.importorskip("pyarrow")

    def peak(limit: int) -> int:
        tracemalloc.start()
        try:
            assert WAYS[way](large.figures(limit=limit)) == limit
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    most = len(large.figures())
    assert most > 8_000
    peak(2_000)
    assert peak(most) < peak(2_500) * 1.2 + 500_000


def test_batches_hold_every_row_once_in_order(large: Archive) -> None:
    rows = large.figures(limit=2_500)
    batches = list(rows.batches(1_000))
    assert [len(batch) for batch in batches] == [1_000, 1_000, 500]
    assert [row for batch in batches for row in batch] == list(rows)
    assert list(large.figures(metric="revenue", since="2999").batches()) == []


def test_an_arrow_stream_goes_into_duckdb_and_polars(large: Archive) -> None:
    pa = pytest.importorskip("pyarrow")
    duckdb = pytest.importorskip("duckdb")
    polars = pytest.importorskip("polars")
    rows = large.figures(metric="revenue")
    expected = sum(row.value for row in rows)
    with duckdb.connect() as connection:
        stream = rows.to_reader()
        assert isinstance(stream, pa.RecordBatchReader)
        assert connection.execute("SELECT sum(value) FROM stream").fetchone() == (expected,)
    assert polars.from_arrow(rows.to_reader())["value"].sum() == expected
    assert rows.to_reader().read_all().equals(rows.to_arrow())


def test_the_event_loop_goes_on_meanwhile_and_a_loop_can_be_left(large: Archive) -> None:
    async def work() -> tuple[list[Any], int]:
        turns = 0

        async def turn() -> None:
            nonlocal turns
            while True:
                turns += 1
                await asyncio.sleep(0)

        other = asyncio.create_task(turn())
        taken = []
        async for row in large.figures():
            taken.append(row)
            if len(taken) == 1_500:
                break
        other.cancel()
        return taken, turns

    taken, turns = asyncio.run(work())
    assert taken == list(large.figures(limit=1_500))
    assert turns > 2


def test_surprises_from_python(filled: Path, tmp_path: Path) -> None:
    pytest.importorskip("holidays")
    with open_archive(filled, create=False) as archive:
        point = next(p for p in archive.series(9_990_431, "revenue", vintage="first") if not p.as_comparative)
        file = tmp_path / "mine.csv"
        file.write_text(f"company,period,metric,value\n9990431,{point.period_end},revenue,{point.value - 1000}\nNOPE,2008Q1,revenue,1\n")
        report = archive.surprises(file)
        (row,) = (row for row in report.rows if row.model == "estimate")
        assert (row.period_end, row.surprise, row.accession) == (point.period_end, 1000, point.accession)
        assert [(loss.line, loss.reason.split(" ")[0]) for loss in report.losses] == [(3, "the")]
        seasonal = archive.surprises(company=9_990_431, metric="revenue")
        assert {row.model for row in seasonal.rows} <= {"seasonal", None}
        assert seasonal.rows
