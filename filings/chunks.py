"""Long streams taken some at a time."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from itertools import islice
from typing import TypeVar

T = TypeVar("T")
SIZE = 500
"""Keys in one IN list, which is what most are taken for."""


def chunks(values: Iterable[T], size: int = SIZE) -> Generator[list[T]]:
    """The values in lists of ``size``, the last of what is left; a stream is read no further than the list that is asked for."""
    iterator = iter(values)
    while chunk := list(islice(iterator, size)):
        yield chunk
