"""Content-addressed bytes: each blob is known by the sha256 of its content, kept zstd-compressed, written once and whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO


class BlobStore:
    """Blobs in a folder or, by an fsspec URL, in any object store, at ab/cd/<sha256>.zst."""

    def __init__(self, url: str) -> None:
        self.url = url

    def put(self, content: bytes) -> str:
        """Keep the bytes and return their sha256; nothing is written where they are there already."""
        raise NotImplementedError

    def read(self, sha256: str) -> bytes:
        """The bytes of a blob, checked against their hash; raises ArchiveError where they are missing or damaged."""
        raise NotImplementedError

    def open(self, sha256: str) -> BinaryIO:
        """A readable stream of a blob's bytes, not checked; raises ArchiveError where it is missing."""
        raise NotImplementedError

    def exists(self, sha256: str) -> bool:
        """Whether a blob of that name is there."""
        raise NotImplementedError

    def list_names(self) -> Iterator[str]:
        """The sha256 of every blob in the store, in order."""
        raise NotImplementedError
