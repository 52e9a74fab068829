"""An open archive: a database and a blob store that belong together."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from ex99.storage.blobs import BlobStore
from ex99.storage.engine import CACHE, describe, explain, make_engine, sqlite_file, writing
from ex99.storage.errors import ArchiveError, NoArchiveError
from ex99.storage.schema import HEAD, KNOWN, create_schema, current_revision


class Archive:
    """A database engine and a blob store; a context manager. Use Writer to write, storage.queries and storage.series to read."""

    def __init__(self, engine: Engine, blobs: BlobStore) -> None:
        self.engine = engine
        self.blobs = blobs

    @classmethod
    def open(cls, database_url: str, blob_url: str, *, create: bool = True, cache: int = CACHE, read_only: bool = False) -> Self:
        """Open an archive; with ``create`` an empty or missing database gets its tables here, at the newest revision (no migration needed).

        ``cache`` is how many bytes of a SQLite database may be kept in memory; ``read_only`` has the database refuse whatever would write.
        Raises ArchiveError for a database that cannot be reached, of an older revision ("run: ex99 db upgrade"), of a newer one, and,
        without ``create``, NoArchiveError for one without tables.
        """
        blobs = BlobStore(blob_url)
        engine = make_engine(database_url, cache, read_only=read_only)
        try:
            _prepare(engine, create=create)
        except BaseException:
            engine.dispose()
            raise
        return cls(engine, blobs)

    @contextmanager
    def connect(self) -> Iterator[Connection]:
        """A connection to read with, as a context manager; what the database refuses becomes a one-line ArchiveError."""
        try:
            with self._take_connection() as connection:
                yield connection
        except DBAPIError as error:
            raise ArchiveError(f"cannot read the database {describe(self.engine)}: {explain(error)}") from error

    @contextmanager
    def snapshot(self) -> Iterator[Archive]:
        """This archive as it stands at the first question: all that is read of it is of one moment, whatever is written meanwhile.

        For one thread. A SQLite file's write-ahead log grows as long as it lasts.
        """
        with self.connect() as connection:
            if self.engine.dialect.name == "postgresql":  # SQLite's transactions are snapshots anyway
                connection.execution_options(isolation_level="REPEATABLE READ")
            yield _Snapshot(self.engine, self.blobs, connection)

    def _take_connection(self) -> AbstractContextManager[Connection]:
        return self.engine.connect()

    def begin(self) -> AbstractContextManager[Connection]:
        """A connection in a writing transaction, committed where the block ends well; for Writer alone."""
        return writing(self.engine).begin()

    def close(self) -> None:
        """Give back every connection and thread."""
        self.engine.dispose()
        self.blobs.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


class _Snapshot(Archive):
    """An archive that reads by one connection alone, in one transaction."""

    def __init__(self, engine: Engine, blobs: BlobStore, connection: Connection) -> None:
        super().__init__(engine, blobs)
        self._connection = connection

    def _take_connection(self) -> AbstractContextManager[Connection]:
        return nullcontext(self._connection)


def _prepare(engine: Engine, *, create: bool) -> None:
    file = sqlite_file(engine)
    if file is not None and not file.exists():
        if not create:
            raise NoArchiveError(f"there is no archive at {file}")
        make_folder(engine)
    try:
        revision = current_revision(engine)
        if revision is None and create:
            create_schema(engine)
            return
    except DBAPIError as error:
        raise ArchiveError(f"cannot open the database {describe(engine)}: {explain(error)}") from error
    check_revision(engine, revision)


def check_revision(engine: Engine, revision: str | None) -> None:
    """Raise ArchiveError where a database's revision is not the one that this ex99 reads and writes."""
    if revision == HEAD:
        return
    where = describe(engine)
    if revision is None:
        raise NoArchiveError(f"the database {where} holds no archive")
    if revision in KNOWN:
        raise ArchiveError(f"the database {where} is of revision {revision}, and this ex99 needs {HEAD}: run ex99 db upgrade")
    raise ArchiveError(f"the database {where} is of revision {revision}, newer than this ex99 ({HEAD}): install a newer ex99")


def make_folder(engine: Engine) -> None:
    """Make the folder that a SQLite database lies in; ArchiveError where that is impossible."""
    file = sqlite_file(engine)
    if file is None:
        return
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArchiveError(f"cannot make the folder {file.parent}: {error.strerror}") from error
