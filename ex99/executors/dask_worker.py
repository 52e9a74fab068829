"""What a Dask worker runs: a batch of exhibits, read from the blob store and parsed in a child process that bounds each of them."""

from __future__ import annotations

import socket
import threading
from collections.abc import Sequence

from ex99.executors.local import LocalExecutor
from ex99.executors.terms import Job, Result, Terms
from ex99.parsing import PARSER_VERSION
from ex99.storage.blobs import BlobStore
from ex99.storage.errors import ArchiveError


class _OfThread(threading.local):
    """The executor of one of a worker's threads, kept from batch to batch."""

    terms: Terms | None = None
    executor: LocalExecutor[int]


_OF_THREAD = _OfThread()


def parse_batch(terms: Terms, jobs: Sequence[Job]) -> list[Result]:
    """The results of a batch, in its order; raises ArchiveError where this worker cannot do it, naming its machine.

    An exhibit that crashes the parser or takes too long is a ParseError, as on one machine: what dies is the child process, not the worker.
    """
    results: dict[int, Result] = dict(_take_executor(terms).run(enumerate(jobs)))
    return [results[number] for number in range(len(jobs))]


def _take_executor(terms: Terms) -> LocalExecutor[int]:
    if _OF_THREAD.terms != terms:
        if _OF_THREAD.terms is not None:
            _OF_THREAD.executor.close()
        _OF_THREAD.executor = LocalExecutor(_open_blobs(terms), terms, workers=1)
        _OF_THREAD.terms = terms
    return _OF_THREAD.executor


def _open_blobs(terms: Terms) -> BlobStore:
    here = socket.gethostname()
    if terms.version != PARSER_VERSION:
        raise ArchiveError(f"the worker on {here} has parser version {PARSER_VERSION} and not {terms.version}: install the same ex99 there")
    blobs = BlobStore(terms.blob_url)
    try:
        there = next(blobs.list_names(), None) is not None
    except ArchiveError as error:
        raise ArchiveError(f"the worker on {here}: {error}") from None
    if not there:
        raise ArchiveError(
            f"the worker on {here} finds no blobs at {terms.blob_url}: it needs that folder, or an object store in EX99_BLOB_URL"
        )
    return blobs
