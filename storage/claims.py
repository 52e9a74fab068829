"""Claims on documents, so that two processes that parse one archive at once do not parse the same document twice.

A claim is a lock that ends with its process: on PostgreSQL an advisory lock of a connection, beside a SQLite file a locked byte of
FILE-claims, whose place is the document's number. Where a system has no such locks every claim is granted: the work is done twice then,
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

from ex99.storage.archive import Archive
from ex99.storage.engine import sqlite_file

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

_SPACE = 0x0E991
"""The first half of an advisory lock's name; the second is the document's number."""


class _Locks(Protocol):
    def take(self, number: int) -> bool: ...

    def give_back(self, number: int) -> None: ...

    def close(self) -> None: ...


class Claims:
    """The claims of this process on documents, by their number; a context manager that gives all of them back."""

    def __init__(self, archive: Archive) -> None:
        file = sqlite_file(archive.engine)
        self._locks: _Locks = _ServerLocks(archive.engine) if file is None else _FileLocks(file.with_name(file.name + "-claims"))
        self._held: set[int] = set()

    def take(self, document_id: int) -> bool:
        """Claim a document; False where another process has it."""
        if not self._locks.take(document_id):
            return False
        self._held.add(document_id)
        return True

    def give_back(self, document_ids: Iterable[int]) -> None:
        """Give up claims, once what came of them is written."""
        for document_id in self._held.intersection(document_ids):
            self._held.remove(document_id)
            self._locks.give_back(document_id)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._locks.close()


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
        return self._ask(func.pg_try_advisory_lock(_SPACE, number))

    def give_back(self, number: int) -> None:
        self._ask(func.pg_advisory_unlock(_SPACE, number))

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
