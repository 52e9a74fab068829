"""What goes into an executor and comes out of it: jobs by their hashes, the terms of a run, results."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, Protocol, TypeAlias, TypeVar

from ex99.filings.release import ParseError, PressRelease
from ex99.parsing import PARSER_VERSION
from ex99.pool import PARSER, SECONDS

K = TypeVar("K")
Result: TypeAlias = PressRelease | ParseError
MISSING = "missing"
"""The code of an exhibit whose bytes are gone: not a result of parsing, and nothing to be kept."""


class Job(NamedTuple):
    """An exhibit to parse: the hash of its bytes, and how (a key of filings.exhibits.PIPELINES)."""

    sha256: str
    pipeline: str


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for every exhibit of a run, wherever it is parsed; it travels, and holds no secret (see open_place)."""

    blob_url: str
    function: str = PARSER
    seconds: float = SECONDS
    version: str = PARSER_VERSION
    """Of the parser that this ex99 has; a worker that has another one refuses."""


class Executor(Protocol[K]):
    """What the parse step needs: exhibits in, a result for each in the order of their end, and an end of it all."""

    def run(self, jobs: Iterable[tuple[K, Job]]) -> Iterator[tuple[K, Result]]:
        """Parse what is given under keys, reading no further ahead than it must; a ParseError of code MISSING where the bytes are gone."""

    def close(self) -> None:
        """Let go of everything at once."""
