"""Compressed streams that are read in bounded memory, end where they say they end, and do not swell without measure."""

from __future__ import annotations

import bz2
import gzip
import lzma
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO, Protocol

import zstandard

from ex99.exhibits import COMPRESSED
from ex99.importing.report import SkipError
from ex99.importing.streams import make_stream

RATIO = 200
"""How many times as long a file may be as it is compressed. Filings come to 5 to 30."""
FREE = 256 * 2**20
"""Bytes below which nobody counts."""
_ZSTD_CHUNK = 1024
"""Compressed bytes given to zstd at once: its blocks swell by up to 32,000."""


class SupportsRead(Protocol):
    """What the libraries' readers have in common."""

    def read(self, length: int, /) -> bytes:
        """At most so many bytes; none at the end."""


@dataclass(slots=True)
class Budget:
    """What may come out of a compressed file, by what has gone in."""

    taken: Callable[[], int]
    given: int = 0

    def give(self, length: int) -> None:
        """Count bytes that come out; raises SkipError("bomb") where they are too many."""
        self.given += length
        if self.given > FREE and self.given > RATIO * self.taken():
            raise SkipError("bomb", f"more than {RATIO} times as long as it is compressed: it is not unpacked")


def guard(read: Callable[[int], bytes], budget: Budget) -> BinaryIO:
    """An unpacked stream that keeps to a budget."""

    def give(length: int) -> bytes:
        data = read(length)
        budget.give(len(data))
        return data

    return make_stream(give)


class _Zstd:
    """A zstd stream of any number of frames that raises EOFError where one breaks off, which zstandard's own reader passes over."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._frame = zstandard.ZstdDecompressor().decompressobj()
        self._begun = False
        self._rest = b""
        self._out = BytesIO()

    def read(self, length: int) -> bytes:
        while not (data := self._out.read(length)):
            chunk = self._rest or self._stream.read(_ZSTD_CHUNK)
            if not chunk:
                if self._begun:
                    raise EOFError
                return b""
            self._begun, self._out = True, BytesIO(self._frame.decompress(chunk))
            self._rest = self._frame.unused_data if self._frame.eof else b""
            if self._frame.eof:
                self._frame, self._begun = zstandard.ZstdDecompressor().decompressobj(), False
        return data


_OPENERS: dict[str, Callable[[BinaryIO], SupportsRead]] = {
    "gzip": lambda stream: gzip.GzipFile(fileobj=stream, mode="rb"),
    "bzip2": bz2.BZ2File,
    "xz": lzma.LZMAFile,
    "zstd": _Zstd,
}
"""What reads a compressed stream of each kind."""
SUFFIXES = (".gz", ".zst", ".bz2", ".xz")


def decompress(head: bytes, stream: BinaryIO) -> BinaryIO | None:
    """What a compressed stream holds; None for a stream that is not compressed.

    Reading raises EOFError where the stream breaks off, SkipError("bomb") where it swells, and the library's own error where it is damaged.
    """
    kind = next((kind for kind, mark in COMPRESSED.items() if head.startswith(mark)), None)
    if kind is None:
        return None
    taken = 0

    def take(length: int) -> bytes:
        nonlocal taken
        data = stream.read(length)
        taken += len(data)
        return data

    return guard(_OPENERS[kind](make_stream(take)).read, Budget(lambda: taken))
