"""An export that is kept as Parquet files by year: each state a folder of its own, and one link that leads to the present one.

A file that did not change is the same file in both (a hard link). The link is put in place of the old one in one step, so that whoever
reads sees the old state or the new one; the state before the present one stays for those who are reading it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from ex99.errors import UserError
from ex99.export.appending import Kept, State
from ex99.export.arrow import arrow_schema, arrow_table
from ex99.export.columns import ColumnDef, list_batches
from ex99.export.dictionary import DescribedTable, explain_columns, write_dictionary
from ex99.export.sinks import BATCH
from ex99.export.tables import Table
from ex99.extras import import_or_say
from ex99.storage.fingerprints import NOBODY

CURRENT = "current"
"""The link to the present state."""
_STATE, _LOCK, _NEXT, _ROWS = "ex99-export.json", ".lock", ".next", "rows.parquet"
_GROUP = 100_000
"""Rows of a row group, as far as there are so many."""
_WAITING = 10_000
"""Rows of a year that wait for a row group while a table is read in another order."""


@contextmanager
def open_folder(place: Path, *, overwrite: bool) -> Iterator[ParquetFolder]:
    """The folder, made where it is missing, and locked while it is open; UserError where it holds something else."""
    import_or_say("pyarrow")
    place.mkdir(parents=True, exist_ok=True)
    strange = sorted(path.name for path in place.iterdir() if path.name != CURRENT and not path.name.startswith("."))
    if strange:
        raise UserError(f"{place} holds {strange[0]}, which `ex99 export --append` did not make", "name another folder")
    lock = FileLock(place / _LOCK)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        raise UserError(f"another export is being written into {place}", "try again when it is done") from None
    try:
        yield ParquetFolder(place, overwrite=overwrite)
    finally:
        shutil.rmtree(place / _NEXT, ignore_errors=True)
        lock.release()


class ParquetFolder:
    """The states of one export: ``current/TABLE/year=2024/rows.parquet``; what is put goes into the next one."""

    def __init__(self, place: Path, *, overwrite: bool) -> None:
        self.place = place
        self._pa, self._pq, self._ds = (import_module(f"pyarrow{name}") for name in ("", ".parquet", ".dataset"))
        self._tables: list[DescribedTable] = []
        self._now, self._next = place / CURRENT, place / _NEXT
        shutil.rmtree(self._next, ignore_errors=True)
        self._next.mkdir()
        told = self._now / _STATE
        self.state = State.from_json(told.read_text(encoding="utf-8"), place) if told.exists() and not overwrite else None

    def put(self, table: Table, columns: Sequence[ColumnDef], changed: Collection[int] | None, rows: Iterable[Any]) -> Kept:
        """Write the rows by year; where companies stay, what stays of the old rows goes before, and a year as it was is the old file."""
        schema = arrow_schema(self._pa, columns, explain_columns(table.name, columns))
        new, read, misfits = self._spool(table, columns, schema, rows)
        old = {} if changed is None else _list_parts(self._now / table.name, parted=table.year is not None)
        total = 0
        for year in sorted(old.keys() | new.keys()):
            part = self._next / table.name / year / _ROWS
            part.parent.mkdir(parents=True, exist_ok=True)
            if year not in old:
                new[year].rename(part)
            else:
                self._merge(table, schema, old[year], new.get(year), part, changed=changed or ())
            total += self._pq.read_metadata(part).num_rows if part.exists() else 0
        if not total:  # a table without rows is a file without rows, for whoever asks for its files
            (self._next / table.name).mkdir(exist_ok=True)
            _PartWriter(self._pa, self._pq, self._next / table.name / _ROWS, schema, _GROUP).close()
        self._tables.append(DescribedTable(table.name, table.name, columns, total))
        return Kept(self.place / CURRENT / table.name, total, read, misfits)

    def _spool(self, table: Table, columns: Sequence[ColumnDef], schema: Any, rows: Iterable[Any]) -> tuple[dict[str, Path], int, int]:
        """Write the rows that were read into a file a year (which is its folder's name to be); returns these, and counts."""
        folder = self._next / ".read"
        folder.mkdir(exist_ok=True)
        files: dict[str, _PartWriter] = {}
        year = None if table.year is None else [column.name for column in columns].index(table.year)
        read = misfits = 0
        try:
            for batch in list_batches(rows, columns, table.batch or BATCH):
                by_year: dict[str, list[Sequence[Any]]] = {}
                for row in batch:
                    by_year.setdefault("" if year is None else f"year={row[year].year}", []).append(row)
                for name, told in by_year.items():
                    if name not in files:
                        files[name] = _PartWriter(self._pa, self._pq, folder / f"{table.name}-{name}.parquet", schema, _WAITING)
                    part, left_out = arrow_table(self._pa, schema, columns, told)
                    files[name].write(part)
                    misfits += left_out
                read += len(batch)
        finally:
            for file in files.values():
                file.close()
        return {name: file.path for name, file in files.items()}, read, misfits

    def _merge(self, table: Table, schema: Any, old: Path, new: Path | None, part: Path, *, changed: Collection[int]) -> None:
        """The old file itself where the changed companies' rows are the same; otherwise what stays of it, and then the new rows."""
        cik = self._ds.field("cik")
        gone = cik.isin(self._pa.array(sorted(changed), self._pa.int64()))
        if NOBODY in changed:
            gone |= cik.is_null()
        dataset, order = self._ds.dataset(old, schema=schema), [(name, "ascending") for name in table.key]
        before = dataset.to_table(filter=gone)
        after = self._pq.ParquetFile(new).read() if new else schema.empty_table()
        if before.num_rows == after.num_rows and before.sort_by(order).equals(after.sort_by(order)):
            _link(old, part)
            return
        writer = _PartWriter(self._pa, self._pq, part, schema, _GROUP)
        try:
            for batch in dataset.to_batches(filter=~gone):
                writer.write(self._pa.Table.from_batches([batch]))
            writer.write(after)
        finally:
            writer.close()
        if writer.rows == 0:
            part.unlink()

    def commit(self, state: State, facts: Mapping[str, str]) -> list[Path]:
        """Put the link to the new state in the place of the old one, and remove what is older than these two."""
        shutil.rmtree(self._next / ".read", ignore_errors=True)
        names = ("data-dictionary.md", "datapackage.json")
        write_dictionary(self._tables, self._next / names[0], self._next / names[1], facts)
        (self._next / _STATE).write_text(state.to_json(), encoding="utf-8")
        for path in self._next.rglob("*"):
            if path.is_file() and path.stat().st_nlink == 1:
                _sync(path)
        before = self._now.readlink().name if self._now.is_symlink() else None
        others = [path for path in self.place.iterdir() if path.name.startswith(".state-")]
        number = max((int(path.name.removeprefix(".state-")) for path in others), default=0) + 1
        ready, link = self.place / f".state-{number}", self.place / ".link"
        self._next.rename(ready)
        link.unlink(missing_ok=True)
        link.symlink_to(ready.name, target_is_directory=True)
        link.replace(self._now)
        for path in others:
            if path.name != before:
                shutil.rmtree(path, ignore_errors=True)
        return [self._now / name for name in names]


class _PartWriter:
    """A Parquet file that takes Arrow tables of any size and writes row groups of a fair one."""

    def __init__(self, pa: Any, pq: Any, path: Path, schema: Any, group: int) -> None:
        self.path, self.rows = path, 0
        self._pa, self._group = pa, group
        self._writer = pq.ParquetWriter(path, schema, compression="zstd")
        self._waiting: list[Any] = []
        self._count = 0

    def write(self, table: Any) -> None:
        """Append rows."""
        self.rows += table.num_rows
        self._count += table.num_rows
        self._waiting.append(table)
        if self._count >= self._group:
            self._flush()

    def close(self) -> None:
        """Write what waits, and the footer."""
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        if self._count:
            self._writer.write_table(self._pa.concat_tables(self._waiting))
        self._waiting, self._count = [], 0


def _list_parts(folder: Path, *, parted: bool) -> dict[str, Path]:
    """The files of a table by the names of their folders, "" for that of a table without years."""
    return {path.parent.name: path for path in folder.glob(f"*/{_ROWS}")} if parted else {"": folder / _ROWS}


def _link(old: Path, new: Path) -> None:
    """The same file in another place; a copy where the disk knows no links."""
    try:
        os.link(old, new)
    except OSError:
        shutil.copy2(old, new)


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
