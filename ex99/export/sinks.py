"""Where exported rows go: one sink a format, each taking batches and keeping none."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Generator, Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from ex99.export.arrow import DUCKDB_TYPES, arrow_schema, arrow_table
from ex99.export.columns import ColumnDef, list_batches
from ex99.extras import import_or_say
from ex99.filings.json_form import jsonable
from ex99.flat import csv_value

_INSTEAD = "--format csv and jsonl need nothing"


BATCH = 5000
"""Rows in memory at once."""


class Sink(Protocol):
    """A file that takes rows."""

    misfits: int
    """Values that the format cannot hold exactly, and which are absent there."""

    def write(self, rows: Sequence[Sequence[Any]]) -> None:
        """Append rows, each a sequence of values in the order of the columns."""

    def close(self) -> None:
        """Finish the file."""


class CsvSink:
    """CSV with a header: absent is empty, dates are ISO, decimals exact, truth is true or false; ``say`` makes a value a cell."""

    def __init__(self, path: Path, columns: Sequence[ColumnDef], say: Callable[[Any], str] = csv_value) -> None:
        self.misfits = 0
        self._say = say
        self._file = path.open("w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._file, lineterminator="\n")
        self._writer.writerow([column.name for column in columns])

    def write(self, rows: Sequence[Sequence[Any]]) -> None:
        """Append rows."""
        self._writer.writerows([self._say(value) for value in row] for row in rows)

    def close(self) -> None:
        """Finish the file."""
        self._file.close()


class JsonLinesSink:
    """One JSON object a line: dates ISO texts, decimals texts, absent null."""

    def __init__(self, path: Path, columns: Sequence[ColumnDef]) -> None:
        self.misfits = 0
        self._file = path.open("w", encoding="utf-8")
        self._names = [column.name for column in columns]

    def write(self, rows: Sequence[Sequence[Any]]) -> None:
        """Append rows."""
        for row in rows:
            record = {name: jsonable(value) for name, value in zip(self._names, row, strict=True)}
            self._file.write(json.dumps(record, ensure_ascii=False) + "\n")

    def close(self) -> None:
        """Finish the file."""
        self._file.close()


class ParquetSink:
    """Parquet, zstd-compressed: dates are date32, times timestamps of New York's zone, decimals decimal128."""

    def __init__(self, path: Path, columns: Sequence[ColumnDef], notes: dict[str, str] | None = None) -> None:
        self.misfits = 0
        self._pa = import_or_say("pyarrow", _INSTEAD)
        self._columns = columns
        self._schema = arrow_schema(self._pa, columns, notes)
        self._writer = import_module("pyarrow.parquet").ParquetWriter(path, self._schema, compression="zstd")

    def write(self, rows: Sequence[Sequence[Any]]) -> None:
        """Append rows as one row group."""
        table, misfits = arrow_table(self._pa, self._schema, self._columns, rows)
        self.misfits += misfits
        self._writer.write_table(table)

    def close(self) -> None:
        """Write the footer."""
        self._writer.close()


class DuckdbSink:
    """One table of a DuckDB database, made where it is not there; the connection is the exporter's."""

    def __init__(self, connection: Any, table: str, columns: Sequence[ColumnDef], notes: dict[str, str] | None = None) -> None:
        self.misfits = 0
        self._pa = import_or_say("pyarrow", _INSTEAD)
        self._connection, self._table, self._columns = connection, table, columns
        self._schema = arrow_schema(self._pa, columns)
        typed = ", ".join(f'"{column.name}" {DUCKDB_TYPES[column.kind]}' for column in columns)
        connection.execute(f'CREATE TABLE IF NOT EXISTS "{table}" ({typed})')
        for name, note in (notes or {}).items():
            connection.execute(f'COMMENT ON COLUMN "{table}"."{name}" IS {_quote(note)}')

    def write(self, rows: Sequence[Sequence[Any]]) -> None:
        """Append rows."""
        table, misfits = arrow_table(self._pa, self._schema, self._columns, rows)
        self.misfits += misfits
        self._connection.register("incoming_rows", table)
        self._connection.execute(f'INSERT INTO "{self._table}" SELECT * FROM incoming_rows')  # noqa: S608 - the table's name is ours
        self._connection.unregister("incoming_rows")

    def close(self) -> None:
        """Nothing is left to do for a table."""


def pour(
    rows: Iterable[Any], columns: Sequence[ColumnDef], sink: Sink, most: int | None = None, on_rows: Callable[[int], None] | None = None
) -> int:
    """Write rows into a sink as they come; returns how many. ``on_rows`` hears after each batch how many they are so far."""
    count = 0
    try:
        for batch in list_batches(rows, columns, most or BATCH):
            sink.write(batch)
            count += len(batch)
            if on_rows is not None:
                on_rows(count)
    finally:
        if isinstance(rows, Generator):  # a query that is broken off ends here, and not when its connection has gone
            rows.close()
    return count


def _quote(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
