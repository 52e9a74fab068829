"""Claims, so that two processes that fill one archive at once do not fetch the same filing or parse the same document twice.

A claim is a lock that ends with its process: on PostgreSQL an advisory lock of a connection, beside a SQLite file a locked byte of
FILE-claims, whose place is the claim's number. Where a system has no such locks every claim is granted: the work is done twice then,
and the result is one.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from sqlalchemy import ColumnElement, Connection, Engine, func, select
from sqlalchemy.exc import DBAPIError

from ex99.filings.identifiers import AccessionNumber
from ex99.storage.archive import Archive
from ex99.storage.engine import sqlite_file

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

_DOCUMENTS, _FILINGS = 0x0E991 << 32, 1 << 61
"""Where the numbers of claims begin: a document's has its row's id added, a filing's the 18 digits of its accession number."""


class _Locks(Protocol):
    def take(self, number: int) -> bool: ...

    def give_back(self, number: int) -> None: ...

    def close(self) -> None: ...


def claim_of(thing: int | AccessionNumber) -> int:
    """The number of the claim on a document (by its row's id) or a filing."""
    return _FILINGS + int(thing.compact) if isinstance(thing, AccessionNumber) else _DOCUMENTS + thing


class Claims:
    """The claims of this process on documents and filings; a context manager that gives all of them back."""

    def __init__(self, archive: Archive) -> None:
        file = sqlite_file(archive.engine)
        self._locks: _Locks = _ServerLocks(archive.engine) if file is None else _FileLocks(file.with_name(file.name + "-claims"))
        self._held: set[int] = set()

    def take(self, thing: int | AccessionNumber) -> bool:
        """Claim a document or a filing; False where another process has it."""
        number = claim_of(thing)
        if not self._locks.take(number):
            return False
        self._held.add(number)
        return True

    def give_back(self, things: Iterable[int | AccessionNumber]) -> None:
        """Give up claims, once what came of them is written."""
        for number in self._held.intersection(map(claim_of, things)):
            self._held.remove(number)
            self._locks.give_back(number)

    def close(self) -> None:
        """Give up every claim."""
        self._locks.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


class _FileLocks:
    """Bytes of a file, locked as POSIX does; the locks go with the process.

    https://pubs.opengroup.org/onlinepubs/9799919799/functions/fcntl.html
    """

    def __init__(self, path: Path) -> None:
        self._file: int | None = None
        if fcntl is not None:
            with suppress(OSError):
                self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)

    def take(self, number: int) -> bool:
        if self._file is None:
            return True
        try:
            fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, number)
        except (BlockingIOError, PermissionError):
            return False
        except OSError:  # a file system without locks
            return True
        return True

    def give_back(self, number: int) -> None:
        if self._file is not None:
            with suppress(OSError):
                fcntl.lockf(self._file, fcntl.LOCK_UN, 1, number)

    def close(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None


class _ServerLocks:
    """Advisory locks of one connection (https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS)."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None

    def take(self, number: int) -> bool:
        return self._ask(func.pg_try_advisory_lock(number))

    def give_back(self, number: int) -> None:
        self._ask(func.pg_advisory_unlock(number))

    def close(self) -> None:
        if self._connection is not None:
            with suppress(DBAPIError):
                self._connection.invalidate()  # a connection that went back to the pool would keep its locks
            self._connection.close()
            self._connection = None

    def _ask(self, lock: ColumnElement[bool]) -> bool:
        """The server's answer; True where it cannot be asked now: claims went with the connection, and the writer waits for the server."""
        try:
            if self._connection is None:
                self._connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            return bool(self._connection.scalar(select(lock)))
        except DBAPIError:
            self.close()
            return True
