"""What a database says about its own pages, indexes and keys: the checks that SQLite and PostgreSQL bring along."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, ForeignKeyConstraint, Table, and_, exists, func, select, text
from sqlalchemy.exc import DBAPIError

from ex99.storage.archive import Archive
from ex99.storage.engine import explain
from ex99.storage.models import Base
from ex99.storage.search_index import SQLITE_CHECKS, SQLITE_REBUILD, TABLE

Trouble = tuple[str, str, str]
"""A kind of storage.verify.DAMAGE, the table or index, and the database's own words."""

_MOST = 1000
# row 12 missing from index ix_filing_state_reason    wrong # of entries in index ix_ticker_symbol
_OF_INDEX = re.compile(r"(?:missing from|entries in|entry in) index (\S+)")
# Tree 17 page 214 cell 3: Rowid 99 out of order    On tree page 17 cell 0: ...
_OF_TREE = re.compile(r"[Tt]ree (?:page )?(\d+)")
_AMCHECK = "SELECT to_regprocedure('bt_index_check(regclass,boolean)'), to_regproc('verify_heapam')"
"""amcheck's functions where it is installed; the first has an overload, which a name without arguments would not tell apart."""
_BTREES = (
    "SELECT c.oid, c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam "
    "WHERE a.amname = 'btree' AND i.indisvalid AND c.relnamespace = current_schema()::regnamespace ORDER BY c.relname"
)
_BY_ONE_WAY = {
    "rows": "SET LOCAL enable_indexscan = off; SET LOCAL enable_indexonlyscan = off; SET LOCAL enable_bitmapscan = off; "
    "SET LOCAL enable_seqscan = on",
    "keys": "SET LOCAL enable_indexscan = on; SET LOCAL enable_indexonlyscan = on; SET LOCAL enable_seqscan = off",
}


def check_database(archive: Archive, *, quick: bool = False) -> Iterator[Trouble]:
    """What the database finds wrong with itself; ``quick`` leaves out what reads every index against its table."""
    sqlite = archive.engine.dialect.name == "sqlite"
    checks = [_check_sqlite, _check_sqlite_keys, _check_sqlite_search] if sqlite else [_check_postgresql, _check_postgresql_keys]
    for check in checks:
        yield from check(archive, quick)


def rebuild_index(archive: Archive, name: str) -> None:
    """Make an index, or the index of full text, anew from its table."""
    with archive.begin() as connection:
        quoted = connection.dialect.identifier_preparer.quote(name)
        reindex = "REINDEX" if connection.dialect.name == "sqlite" else "REINDEX INDEX"
        connection.execute(text(SQLITE_REBUILD if name == TABLE else f"{reindex} {quoted}"))


def _check_sqlite(archive: Archive, quick: bool) -> Iterator[Trouble]:
    pragma = "quick_check" if quick else "integrity_check"
    try:
        with archive.engine.connect() as connection:
            lines = connection.execute(text(f"PRAGMA {pragma}({_MOST})")).scalars().all()
            trees = {row.rootpage: row for row in connection.execute(text("SELECT type, name, rootpage FROM sqlite_master"))}
    except DBAPIError as error:
        yield "database", "database", explain(error)
        return
    for line in lines:
        for message in filter(None, map(str.strip, line.splitlines())):
            if message != "ok" and not message.startswith("***"):
                yield _place_sqlite(message, trees)


def _place_sqlite(message: str, trees: dict[int, Any]) -> Trouble:
    """The kind of a line of integrity_check: what concerns an index alone can be made anew."""
    if (match := _OF_INDEX.search(message)) is not None:
        # a WITHOUT ROWID table is an index of its own, and nothing else holds its rows
        own = match[1].startswith("sqlite_autoindex_") or any(tree.name == match[1] and tree.type == "index" for tree in trees.values())
        return ("index" if own else "database"), match[1], message
    if (match := _OF_TREE.search(message)) is not None and (tree := trees.get(int(match[1]))) is not None:
        if tree.name.startswith(f"{TABLE}_"):
            return "search_words", TABLE, message
        return ("index" if tree.type == "index" else "database"), tree.name, message
    return "database", "database", message


def _check_sqlite_keys(archive: Archive, _quick: bool) -> Iterator[Trouble]:
    try:
        with archive.engine.connect() as connection:
            broken = connection.execute(text('SELECT "table", parent, count(*) FROM pragma_foreign_key_check GROUP BY 1, 2')).all()
    except DBAPIError as error:
        yield "database", "database", explain(error)
        return
    for child, parent, number in broken:
        yield "dangling", child, f"{number:,} of {child} without their {parent}"


def _check_sqlite_search(archive: Archive, quick: bool) -> Iterator[Trouble]:
    """The full-text index against itself and, unless ``quick``, against the texts; a read-only archive cannot be asked."""
    try:
        with archive.begin() as connection:
            connection.execute(text(SQLITE_CHECKS[quick]))
    except DBAPIError as error:
        if "readonly" not in explain(error):
            yield "search_words", TABLE, explain(error)


def _check_postgresql(archive: Archive, quick: bool) -> Iterator[Trouble]:
    with archive.connect() as connection:
        amcheck = connection.execute(text(_AMCHECK)).one()
        indexes = connection.execute(text(_BTREES)).all()
    if amcheck[0] is not None:
        for oid, name in indexes:
            yield from _ask(archive, "index", name, f"SELECT bt_index_check({oid}::regclass, {not quick})")
    for table in Base.metadata.sorted_tables:
        if amcheck[1] is not None:
            words = f"SELECT blkno || ': ' || msg FROM verify_heapam('{table.name}'::regclass) LIMIT {_MOST}"  # noqa: S608 - a name of ours
            yield from _ask(archive, "database", table.name, words)
        if not quick:
            yield from _compare_counts(archive, table)


def _ask(archive: Archive, kind: str, subject: str, query: str) -> Iterator[Trouble]:
    """Ask one question whose rows, or whose refusal, are the trouble."""
    try:
        with archive.engine.connect() as connection:
            for answer in connection.execute(text(query)).scalars():
                if answer:
                    yield kind, subject, str(answer)
    except DBAPIError as error:
        yield kind, subject, explain(error)


def _compare_counts(archive: Archive, table: Table) -> Iterator[Trouble]:
    """A table's rows, counted in the table and by the index of its key."""
    counts = {}
    try:
        with archive.engine.connect() as connection:
            connection.execution_options(isolation_level="REPEATABLE READ")
            for way, setting in _BY_ONE_WAY.items():
                connection.exec_driver_sql(setting)
                counts[way] = connection.execute(select(func.count()).select_from(table)).scalar_one()
    except DBAPIError as error:
        yield "database", table.name, explain(error)
        return
    if counts["rows"] != counts["keys"]:
        yield "database", table.name, f"{table.name} has {counts['rows']:,} rows, and {counts['keys']:,} in the index of its key"


def _check_postgresql_keys(archive: Archive, _quick: bool) -> Iterator[Trouble]:
    for table in Base.metadata.sorted_tables:
        for key, lost in zip(_keys(table), dangling_rows(table), strict=True):
            with archive.connect() as connection:
                number = connection.execute(select(func.count()).select_from(table).where(*lost)).scalar_one()
            if number:
                yield "dangling", table.name, f"{number:,} of {table.name} without their {key.referred_table.name}"


def dangling_rows(table: Table) -> list[tuple[ColumnElement[bool], ...]]:
    """For each foreign key of a table the conditions of the rows whose parent is not there."""
    conditions = []
    for key in _keys(table):
        same = and_(*(element.parent == element.column for element in key.elements))
        conditions.append(
            (*(column.is_not(None) for column in key.columns), ~exists(select(1).select_from(key.referred_table).where(same)))
        )
    return conditions


def _keys(table: Table) -> list[ForeignKeyConstraint]:
    return sorted(table.foreign_key_constraints, key=lambda key: str(key.name))
