"""Rows as Arrow tables, from which Parquet files, DuckDB tables and relations are made: one way for all, with one set of types."""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ex99.export.columns import ColumnDef, fits_decimal, list_batches, list_columns
from ex99.extras import import_or_say

if TYPE_CHECKING:
    import duckdb
    import pyarrow

PRECISION, SCALE = 38, 10
"""Decimal columns: 28 digits before the point, 10 after it."""
ZONE = "America/New_York"
SCHEMA = 1
"""The version of the tables' schema: one more where a column comes, goes, or means something else (a test holds it)."""
_BATCH = 5000

DUCKDB_TYPES: dict[type, str] = {
    dt.datetime: "TIMESTAMPTZ", dt.date: "DATE", Decimal: f"DECIMAL({PRECISION},{SCALE})", bool: "BOOLEAN", int: "BIGINT",
    float: "DOUBLE", str: "VARCHAR",
}  # fmt: skip


def arrow_schema(pa: Any, columns: Sequence[ColumnDef], notes: dict[str, str] | None = None) -> Any:
    """The columns as Arrow knows them, with the version of their schema; ``notes`` become each field's description."""
    types: dict[type, Any] = {
        dt.datetime: pa.timestamp("us", tz=ZONE), dt.date: pa.date32(), Decimal: pa.decimal128(PRECISION, SCALE), bool: pa.bool_(),
        int: pa.int64(), float: pa.float64(), str: pa.string(),
    }  # fmt: skip
    described = notes or {}
    fields = [
        pa.field(c.name, types[c.kind], metadata={"description": described[c.name]} if c.name in described else None) for c in columns
    ]
    return pa.schema(fields, metadata={"ex99_schema": str(SCHEMA)})


def arrow_table(pa: Any, schema: Any, columns: Sequence[ColumnDef], rows: Sequence[Sequence[Any]]) -> tuple[Any, int]:
    """Rows as an Arrow table, and how many decimals did not fit and are absent in it."""
    misfits = 0
    arrays = []
    for number, (column, field) in enumerate(zip(columns, schema, strict=True)):
        values = [row[number] for row in rows]
        if column.kind is Decimal:
            fitting = [value if value is None or fits_decimal(value, PRECISION, SCALE) else None for value in values]
            misfits += sum(1 for value, kept in zip(values, fitting, strict=True) if value is not None and kept is None)
            values = fitting
        arrays.append(pa.array(values, type=field.type))
    return pa.Table.from_arrays(arrays, schema=schema), misfits


def build_reader(rows: Iterable[Any], row_type: type, size: int = _BATCH) -> pyarrow.RecordBatchReader:
    """Rows as an Arrow stream, read batch by batch as it is consumed; decimals that do not fit are absent, and a warning counts them."""
    pa = import_or_say("pyarrow")
    columns = list_columns(row_type)
    schema = arrow_schema(pa, columns)

    def read() -> Iterator[Any]:
        misfits = 0
        for batch in list_batches(rows, columns, size):
            part, left_out = arrow_table(pa, schema, columns, batch)
            misfits += left_out
            yield from part.to_batches()
        if misfits:
            warnings.warn(f"{misfits} numbers of too many digits for decimal128({PRECISION}, {SCALE}) are absent", stacklevel=4)

    return pa.RecordBatchReader.from_batches(schema, read())


def build_arrow(rows: Iterable[Any], row_type: type) -> pyarrow.Table:
    """Rows as an Arrow table, in chunks as they come; decimals that do not fit are absent, with a warning that counts them."""
    return build_reader(rows, row_type).read_all()


def build_duckdb(rows: Iterable[Any], row_type: type, connection: duckdb.DuckDBPyConnection | None = None) -> duckdb.DuckDBPyRelation:
    """Rows as a DuckDB relation, of a connection or of DuckDB's own default one."""
    library = import_or_say("duckdb")
    relation: duckdb.DuckDBPyRelation = (connection or library.default_connection()).from_arrow(build_arrow(rows, row_type))
    return relation
