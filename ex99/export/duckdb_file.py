"""An export that is kept in a DuckDB file: each time one transaction of DuckDB's own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ex99.errors import UserError
from ex99.export.appending import Kept, State
from ex99.export.columns import ColumnDef
from ex99.export.dictionary import explain_columns
from ex99.export.sinks import DuckdbSink, pour
from ex99.export.tables import Table
from ex99.extras import import_or_say
from ex99.storage.fingerprints import NOBODY

FACTS = "ex99_export"
"""The table that says what an export is: name, value."""
_STATE = "state"


@contextmanager
def open_duckdb(place: Path, *, overwrite: bool) -> Iterator[DuckdbFile]:
    """The file, locked while it is open; what was not committed is taken back. With ``overwrite`` what it holds does not count."""
    duckdb = import_or_say("duckdb")
    import_or_say("pyarrow")
    if place.exists() and place.stat().st_size and not _is_duckdb(place):
        raise UserError(f"{place} is no DuckDB file", "name another place")
    try:
        connection = duckdb.connect(str(place), config={"autoinstall_known_extensions": "false"})
    except duckdb.IOException as error:
        if "lock" in str(error):
            raise UserError(f"{place} is open in another program", "close it there, and try again") from None
        raise UserError(f"{place} cannot be opened: {' '.join(str(error).split())}", "name another place") from None
    try:
        connection.execute("BEGIN")
        yield DuckdbFile(place, connection, overwrite=overwrite)
    finally:
        connection.close()


class DuckdbFile:
    """The tables of one DuckDB database, and what it says of itself in the table ``ex99_export``."""

    def __init__(self, place: Path, connection: Any, *, overwrite: bool) -> None:
        self.place, self._connection = place, connection
        found = {name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
        if overwrite:
            for name in found:
                connection.execute(f'DROP TABLE "{name.replace(chr(34), chr(34) * 2)}"')
            found = set()
        self.state = self._read_state() if found else None

    def _read_state(self) -> State:
        told: list[tuple[str]] = []
        if self._connection.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = ?", [FACTS]).fetchall():
            told = self._connection.execute(f"SELECT value FROM {FACTS} WHERE name = ?", [_STATE]).fetchall()  # noqa: S608 - our table
        if not told:
            raise UserError(
                f"{self.place} was not made by `ex99 export --append`", "--overwrite makes it anew, without what is in it; or name another"
            )
        return State.from_json(told[0][0], self.place)

    def put(self, table: Table, columns: Sequence[ColumnDef], changed: Collection[int] | None, rows: Iterable[Any]) -> Kept:
        """Delete the rows of the changed companies, and insert these."""
        sink = DuckdbSink(self._connection, table.name, columns, explain_columns(table.name, columns))
        name = f'"{table.name}"'
        if changed is None:
            self._connection.execute(f"DELETE FROM {name}")  # noqa: S608 - the table's name is ours
        else:
            self._connection.execute(f"DELETE FROM {name} WHERE coalesce(cik, {NOBODY}) IN (SELECT unnest(?))", [sorted(changed)])  # noqa: S608
        read = pour(rows, columns, sink, table.batch)
        (count,) = self._connection.execute(f"SELECT count(*) FROM {name}").fetchone()  # noqa: S608
        return Kept(self.place, count, read, sink.misfits)

    def commit(self, state: State, facts: Mapping[str, str]) -> list[Path]:
        """Say what it is now, and commit."""
        write_facts(self._connection, {**facts, _STATE: state.to_json()})
        self._connection.execute("COMMIT")
        return []


def _is_duckdb(place: Path) -> bool:
    """Whether a file begins as https://duckdb.org/docs/stable/internals/storage says; what does not is no place to write into."""
    with place.open("rb") as file:
        return file.read(12)[8:] == b"DUCK"


def write_facts(connection: Any, facts: Mapping[str, str]) -> None:
    """Write what an export is into its database."""
    connection.execute(f"CREATE OR REPLACE TABLE {FACTS} (name VARCHAR, value VARCHAR)")
    connection.executemany(f"INSERT INTO {FACTS} VALUES (?, ?)", list(facts.items()))  # noqa: S608 - our table
