"""Rows as programs want them: lazily read, and as JSON, CSV, pandas, polars, Arrow or DuckDB with the right types."""

from __future__ import annotations

import asyncio
import weakref
from collections.abc import AsyncIterator, Callable, Generator, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from ex99.filings.chunks import chunks
from ex99.flat import flatten_row

if TYPE_CHECKING:
    import duckdb
    import pandas
    import polars
    import pyarrow

T = TypeVar("T")


class _Walk(Iterator[T]):
    """One walk over the rows; they are read when the first one is asked for."""

    def __init__(self, read: Callable[[], Iterable[T]]) -> None:
        self._read = read
        self.rows: Iterator[T] | None = None

    def __next__(self) -> T:
        if self.rows is None:
            self.rows = iter(self._read())
        return next(self.rows)

    def fill(self) -> int:
        """Read all rows at once, for the walk that is still to begin; returns how many."""
        rows = list(self._read())
        self.rows = iter(rows)
        return len(rows)


class Rows(Generic[T]):
    """What a query answers: read from the database when it is iterated over, and anew each time.

    ``for row in rows`` streams, so do ``async for row in rows`` and ``rows.batches()``; ``list(rows)``, ``rows.first()``, ``len(rows)``,
    ``rows[3]`` and ``rows[:10]`` do what they say; ``rows.to_pandas()``, ``to_polars()``, ``to_arrow()`` and ``to_duckdb()`` give frames
    whose columns are dates, exact decimals, integers and strings.
    """

    def __init__(self, read: Callable[[], Iterable[T]], row_type: type[T]) -> None:
        self._read = read
        self._latest: weakref.ref[_Walk[T]] | None = None
        self.row_type = row_type

    def __iter__(self) -> Iterator[T]:
        walk = _Walk(self._read)
        self._latest = weakref.ref(walk)
        return walk

    def __len__(self) -> int:
        """How many rows there are. ``list(rows)`` asks for it when its walk is about to begin: then the rows are read for both, once."""
        latest = self._latest() if self._latest else None
        if latest is not None and latest.rows is None:
            return latest.fill()
        return sum(1 for _ in self._read())

    def __bool__(self) -> bool:
        return self.first() is not None

    def __getitem__(self, wanted: int | slice) -> Any:
        if isinstance(wanted, int) and wanted >= 0:
            for row in islice(self._read(), wanted, wanted + 1):
                return row
            raise IndexError(f"no row {wanted}")
        return list(self._read())[wanted]

    def __repr__(self) -> str:
        head = list(islice(self._read(), 4))
        lines = "".join(f"\n  {row!r}" for row in head[:3])
        return f"Rows[{self.row_type.__name__}]{lines}" + ("\n  ..." if len(head) > 3 else "" if head else " (none)")

    def first(self) -> T | None:
        """The first row, or None where there is none."""
        return next(iter(self._read()), None)

    def batches(self, size: int = 1000) -> Generator[list[T]]:
        """The rows in lists of so many, as they are read: for what goes on in bulk, in bounded memory."""
        yield from chunks(self._read(), size)

    async def __aiter__(self) -> AsyncIterator[T]:
        """``async for row in rows``: batch by batch, read in another thread, so that the event loop goes on meanwhile."""
        batches = self.batches()
        try:
            while batch := await asyncio.to_thread(next, batches, None):
                for row in batch:
                    yield row
        finally:
            await asyncio.to_thread(batches.close)

    def to_dicts(self) -> list[dict[str, Any]]:
        """Each row as a flat dict of plain Python values (dates, Decimals, strings, numbers)."""
        return [flatten_row(row) for row in self._read()]

    def to_pandas(self) -> pandas.DataFrame:
        """A pandas frame: dates as datetime64, times in New York's zone, decimals as exact Decimal objects. Needs ``ex99[pandas]``."""
        from ex99.frames import build_pandas

        return build_pandas(self.to_dicts(), self.row_type)

    def to_polars(self) -> polars.DataFrame:
        """A polars frame: dates as Date, times in New York's zone, decimals as Decimal. Needs ``ex99[polars]``."""
        from ex99.frames import build_polars

        return build_polars(self.to_dicts(), self.row_type)

    def to_arrow(self) -> pyarrow.Table:
        """A pyarrow table, chunk by chunk: date32, timestamps in New York's zone, decimal128(38, 10). Needs ``ex99[export]``."""
        from ex99.export.arrow import build_arrow

        return build_arrow(self._read(), self.row_type)

    def to_reader(self, size: int = 5000) -> pyarrow.RecordBatchReader:
        """A pyarrow stream with the types of to_arrow, read as it is consumed; DuckDB and polars take it. Needs ``ex99[export]``."""
        from ex99.export.arrow import build_reader

        return build_reader(self._read(), self.row_type, size)

    def to_duckdb(self, connection: duckdb.DuckDBPyConnection | None = None) -> duckdb.DuckDBPyRelation:
        """A DuckDB relation with the types of to_arrow, of ``connection`` or DuckDB's default one. Needs ``ex99[export]``."""
        from ex99.export.arrow import build_duckdb

        return build_duckdb(self._read(), self.row_type, connection)
