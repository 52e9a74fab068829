"""A function that gives bytes, as a stream."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import BinaryIO

BUFFER = 1 << 18
"""Bytes read ahead."""


class _Stream(io.RawIOBase):
    def __init__(self, read: Callable[[int], bytes]) -> None:
        self._read = read

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def make_stream(read: Callable[[int], bytes], size: int = BUFFER) -> BinaryIO:
    """A buffered stream of what ``read`` gives: at most as many bytes as it is asked for, none at the end."""
    return io.BufferedReader(_Stream(read), size)
