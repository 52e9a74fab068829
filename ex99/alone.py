"""Parsing for whoever has bytes and wants nothing else: no archive, no files; one exhibit, or as many as come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ex99.errors import UserError
from ex99.filings.exhibits import PIPELINES, RELEASE
from ex99.filings.release import ParseError, PressRelease
from ex99.pool import SECONDS, ParserPool, make_task, parse_alone
from ex99.worker import Task


def parse(data: bytes, *, kind: str = RELEASE, seconds: float = SECONDS) -> PressRelease:
    """What a document's bytes say; ``kind`` is "release", "supplement" or "body" (filings.exhibits.PIPELINES).

    The parse has a process of its own and the bounds of every parse: so many ``seconds``, and memory. Raises ParseError, whose ``code``
    is one of filings.release.PARSE_ERRORS, crashed or timeout; and UserError for another kind.
    """
    result = parse_alone(_make_task(data, kind), seconds=seconds)
    if isinstance(result, ParseError):
        raise result
    assert isinstance(result, PressRelease)
    return result


def parse_many(
    documents: Iterable[bytes], *, kind: str = RELEASE, jobs: int = 0, seconds: float = SECONDS
) -> Iterator[tuple[int, PressRelease | ParseError]]:
    """Parse as many documents as come, several side by side (``jobs``; 0 means one a core): (number, result) as each is done.

    Reads no further ahead than the processes need. A document that cannot be parsed costs itself alone: its result is a ParseError.
    """
    _make_task(b"", kind)
    with ParserPool[int](jobs, seconds=seconds) as pool:
        yield from pool.parse((number, _make_task(data, kind)) for number, data in enumerate(documents))


def _make_task(data: bytes, kind: str) -> Task:
    if kind not in PIPELINES:
        raise UserError(f"{kind!r} is no kind of document", f"one of {', '.join(PIPELINES)}")
    if not isinstance(data, bytes):
        raise UserError(f"expected the document's bytes, not {type(data).__name__}", "a file's are Path(NAME).read_bytes()")
    return make_task(data, kind)
