"""Where exhibits are parsed: one interface, by name "processes" of this machine or "dask", a cluster. Hashes go in, results come out."""

from __future__ import annotations

from typing import TypeVar

from ex99.errors import UserError
from ex99.executors.local import LocalExecutor
from ex99.executors.terms import Executor, Terms
from ex99.extras import import_or_say
from ex99.storage.blobs import BlobStore

K = TypeVar("K")
EXECUTORS = ("processes", "dask")


def open_executor(blobs: BlobStore, terms: Terms, *, name: str = "", scheduler: str = "", workers: int = 0) -> Executor[K]:
    """The executor of a name; a scheduler's address alone means "dask". Raises UserError."""
    chosen = name or ("dask" if scheduler else "processes")
    if chosen not in EXECUTORS:
        raise UserError(f"there is no executor {chosen!r}", f"choose one of {', '.join(EXECUTORS)}")
    if chosen == "processes":
        if scheduler:
            raise UserError("a scheduler is Dask's", "leave it out, or say --executor dask")
        return LocalExecutor(blobs, terms, workers)
    import_or_say("distributed")
    from ex99.executors.dask import DaskExecutor

    return DaskExecutor(terms, scheduler, workers)
