"""Copying an archive's rows into another database, SQLite or PostgreSQL: all of them and compared, or none."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, Table, func, select, text
from sqlalchemy.exc import DBAPIError

from ex99.storage.archive import Archive, check_revision, make_folder
from ex99.storage.blobs import BlobStore
from ex99.storage.engine import describe, explain, make_engine, writing
from ex99.storage.errors import ArchiveError
from ex99.storage.models import Base, Company
from ex99.storage.schema import make_tables

BATCH = 2_000
"""Rows in memory at once."""
_MODULUS = 2**256

Progress = Callable[[str, int], None]
"""What is told of the work: a table's name, or "blobs", and how many of them are done."""


@dataclass(frozen=True, slots=True)
class Copied:
    """How many rows each table of a copy has, and how many blobs were copied for it."""

    rows: dict[str, int]
    blobs: int


def copy_archive(
    source: Archive, database_url: str, blobs: BlobStore | None = None, on_progress: Progress = lambda what, number: None
) -> Copied:
    """Copy every row into an empty database, in its one transaction, and into ``blobs`` those blobs that it lacks.

    The source is read as it stands at the beginning; blobs come before the rows that name them. Before the commit each table is read
    back and its digest compared: a copy that is broken off, or that differs, leaves no row behind. Raises ArchiveError for a target
    that holds rows already.
    """
    engine = make_engine(database_url)
    try:
        make_folder(engine)
        with source.snapshot() as steady, steady.connect() as reader, _filling(engine) as target:
            check_revision(engine, make_tables(target))
            _claim_empty(target, describe(engine))
            reader.execute(select(Company.cik).limit(1))  # from here on the snapshot stands
            copied = 0 if blobs is None else _copy_blobs(source.blobs, blobs, on_progress)
            return Copied({table.name: _copy_table(reader, target, table, on_progress) for table in Base.metadata.sorted_tables}, copied)
    finally:
        engine.dispose()


@contextmanager
def _filling(engine: Engine) -> Iterator[Connection]:
    """The target's one transaction; what goes wrong in it is told of the target, before the source's own reading hears of it."""
    try:
        with writing(engine).begin() as target:
            yield target
    except DBAPIError as error:
        raise ArchiveError(f"cannot copy into the database {describe(engine)}: {explain(error)}; no row was kept") from error


def digest_table(connection: Connection, table: Table) -> tuple[int, int]:
    """(rows, digest) of a table: the sum of the rows' SHA-256, so that the order of rows does not count, nor which database it is."""
    rows = digest = 0
    for batch in _read_batches(connection, select(table)):
        rows += len(batch)
        digest += _digest(batch)
    return rows, digest % _MODULUS


def _copy_blobs(source: BlobStore, target: BlobStore, on_progress: Progress) -> int:
    copied = 0
    try:
        for number, taken in enumerate(target.take_all(source.list_names(), source), 1):
            copied += taken
            on_progress("blobs", number)
    finally:
        target.close()
    return copied


def _copy_table(reader: Connection, target: Connection, table: Table, on_progress: Progress) -> int:
    rows = digest = 0
    for batch in _read_batches(reader, select(table).order_by(*table.primary_key)):
        target.execute(table.insert(), [row._asdict() for row in batch])
        rows += len(batch)
        digest += _digest(batch)
        on_progress(table.name, rows)
    if digest_table(target, table) != (rows, digest % _MODULUS):
        raise ArchiveError(f"the copy of table {table.name} differs from its source; no row was kept")
    _set_sequence(target, table)
    return rows


def _read_batches(connection: Connection, statement: Select[Any]) -> Iterator[Sequence[Row[Any]]]:
    with connection.execute(statement, execution_options={"yield_per": BATCH}) as result:
        yield from result.partitions()


def _digest(rows: Sequence[Row[Any]]) -> int:
    return sum(int.from_bytes(hashlib.sha256(repr(tuple(row)).encode()).digest(), "big") for row in rows)


def _claim_empty(target: Connection, where: str) -> None:
    """Keep other writers out of the tables until the commit, and refuse tables that hold anything."""
    tables = Base.metadata.sorted_tables
    if target.dialect.name == "postgresql":  # a writing transaction of SQLite has the whole file to itself
        target.execute(text(f"LOCK TABLE {', '.join(table.name for table in tables)} IN EXCLUSIVE MODE"))
    filled = [table.name for table in tables if target.execute(select(table).limit(1)).first() is not None]
    if filled:
        raise ArchiveError(f"the database {where} holds an archive already (rows in {', '.join(filled[:3])}): copy into an empty one")


def _set_sequence(target: Connection, table: Table) -> None:
    """Have PostgreSQL count on from the highest number that was copied; SQLite does so by itself."""
    column = table.autoincrement_column
    if column is None or target.dialect.name != "postgresql":
        return
    highest = target.scalar(select(func.max(column)))
    sequence = func.pg_get_serial_sequence(table.name, column.name)
    target.execute(select(func.setval(sequence, highest or 1, highest is not None)))
