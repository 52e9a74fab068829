"""An open archive: a database and a blob store that belong together."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from sqlalchemy import Engine

from storage.blobs import BlobStore


class Archive:
    """A database engine and a blob store; a context manager. Use Writer to write, storage.queries and storage.series to read."""

    def __init__(self, engine: Engine, blobs: BlobStore) -> None:
        self.engine = engine
        self.blobs = blobs

    @classmethod
    def open(cls, database_url: str, blob_url: str, *, create: bool = True) -> Self:
        """Open an archive; with ``create`` an empty or missing database gets its tables here, at the newest revision (no migration needed).

        Raises ArchiveError for a database that cannot be reached, of an older revision ("run: ex99 db upgrade"), of a newer one, and,
        without ``create``, for one without tables.
        """
        raise NotImplementedError

    def close(self) -> None:
        """Give back every connection."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
