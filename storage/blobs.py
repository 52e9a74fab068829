"""Content-addressed bytes: each blob is known by the sha256 of its content, kept zstd-compressed, written once and whole."""

from __future__ import annotations

import hashlib
import io
import os
import re
import secrets
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import BinaryIO, cast

import fsspec
import zstandard
from fsspec.implementations.local import LocalFileSystem

from ex99.filings.secrecy import hide_secret, redact
from ex99.storage.errors import ArchiveError

LEVEL = 9
_THREADS = 4
_SUFFIX = ".zst"
_CHUNK = 1 << 18
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_TOKEN = secrets.token_hex(4)
_NUMBERS = count()
# e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855.zst
_NAME = re.compile(r"([0-9a-f]{64})\.zst")


class BlobStore:
    """Blobs in a folder or, by an fsspec URL, in any object store, at ab/<sha256>.zst.

    A local blob is written to a temporary file beside its place, flushed to the disk and renamed: it is there whole or not at all.
    One level of folders, since making them is what a young store's writing takes longest for: with 65,536 a blob cost half as much again.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self._shown = hide_secret(url)
        try:
            self._files, self._root = fsspec.core.url_to_fs(url)
        except Exception as error:  # noqa: BLE001 - a library that fsspec loads for the URL raises what it likes, and may quote it
            said = redact(str(error).replace(url, self._shown))
            raise ArchiveError(f"cannot use {self._shown} for blobs: {said}") from None
        self._local = isinstance(self._files, LocalFileSystem)
        self._threads: ThreadPoolExecutor | None = None

    def put(self, content: bytes) -> str:
        """Keep the bytes and return their sha256; nothing is written where they are there already, and a damaged blob is set aside."""
        sha256 = hashlib.sha256(content).hexdigest()
        wrong = self.check(sha256)
        if wrong is None:
            return sha256
        if wrong == "corrupt":
            self.set_aside(sha256)
        self._write(sha256, zstandard.ZstdCompressor(level=LEVEL, write_checksum=True).compress(content))
        return sha256

    def take(self, sha256: str, other: BlobStore) -> bool:
        """Copy a blob of another store as it is packed there; False where it is here already. Raises ArchiveError for a damaged one."""
        if self.exists(sha256):
            return False
        wrong = other.check(sha256)
        if wrong is not None:
            raise ArchiveError(f"blob {sha256} of {other._shown} is {wrong}")
        try:
            packed = other._files.cat_file(other._path(sha256))
        except OSError as error:
            raise ArchiveError(f"cannot read blobs from {other._shown}: {_reason(error)}") from error
        self._write(sha256, packed)
        return True

    def put_all(self, contents: Sequence[bytes]) -> list[str]:
        """Keep several at once, in threads, since nearly all of the time is waiting for the disk or the store; their sha256 in order."""
        if len(contents) < 2:
            return [self.put(content) for content in contents]
        if self._threads is None:
            self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="blobs")
        return list(self._threads.map(self.put, contents))

    def close(self) -> None:
        """End the threads of ``put_all``."""
        if self._threads is not None:
            self._threads.shutdown()
            self._threads = None

    def read(self, sha256: str) -> bytes:
        """The bytes of a blob, checked against their hash; raises ArchiveError where they are missing or damaged."""
        with self.open(sha256) as stream:
            try:
                content = stream.read()
            except (zstandard.ZstdError, EOFError, OSError) as error:
                raise ArchiveError(f"blob {sha256} is damaged: {error}") from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise ArchiveError(f"blob {sha256} is damaged: its bytes have another hash")
        return content

    def open(self, sha256: str) -> BinaryIO:
        """A readable stream of a blob's bytes, not checked; raises ArchiveError where it is missing."""
        try:
            raw = self._files.open(self._path(sha256), "rb")
        except FileNotFoundError as error:
            raise ArchiveError(f"blob {sha256} is missing from {self._shown}") from error
        except OSError as error:
            raise ArchiveError(f"cannot read blobs from {self._shown}: {_reason(error)}") from error
        return cast(BinaryIO, zstandard.ZstdDecompressor().stream_reader(raw, closefd=True))

    def exists(self, sha256: str) -> bool:
        """Whether a blob of that name is there."""
        path = self._path(sha256)
        return Path(path).exists() if self._local else bool(self._files.exists(path))

    def check(self, sha256: str) -> str | None:
        """What is wrong with a blob: "missing", "corrupt" or None; reads it in constant memory."""
        if not self.exists(sha256):
            return "missing"
        digest = hashlib.sha256()
        try:
            with self.open(sha256) as stream:
                while chunk := stream.read(_CHUNK):
                    digest.update(chunk)
        except (zstandard.ZstdError, EOFError, OSError, ArchiveError):
            return "corrupt"
        return None if digest.hexdigest() == sha256 else "corrupt"

    def list_names(self) -> Iterator[str]:
        """The sha256 of every blob in the store, in order, one folder at a time."""
        for folder in self._list(self._root):
            for path in self._list(folder):
                if (match := _NAME.fullmatch(path.rsplit("/", 1)[-1])) is not None:
                    yield match[1]

    def set_aside(self, sha256: str) -> str:
        """Rename a damaged blob, so that nothing takes it for a sound one and nothing of it is lost; returns its new place."""
        path = self._path(sha256)
        number = next(number for number in count(1) if not self._files.exists(f"{path}.damaged-{number}"))
        place = f"{path}.damaged-{number}"
        try:
            self._files.mv(path, place)
        except FileNotFoundError:  # set aside by somebody else meanwhile
            return place
        except OSError as error:
            raise ArchiveError(f"cannot move the damaged blob {sha256} aside: {_reason(error)}") from error
        return place

    def remove(self, sha256: str) -> None:
        """Delete a blob; only for one that no row refers to."""
        with suppress(FileNotFoundError):
            self._files.rm_file(self._path(sha256))

    def _write(self, sha256: str, packed: bytes) -> None:
        path = self._path(sha256)
        try:
            if self._local:
                _write_whole(Path(path), packed)
            else:
                self._files.pipe_file(path, packed)
        except OSError as error:
            raise ArchiveError(f"cannot write blobs to {self._shown}: {_reason(error)}") from error

    def _path(self, sha256: str) -> str:
        return f"{self._root}/{sha256[:2]}/{sha256}{_SUFFIX}"

    def _list(self, folder: str) -> list[str]:
        try:
            return sorted(cast(list[str], self._files.ls(folder, detail=False, refresh=True)))
        except (FileNotFoundError, NotADirectoryError):
            return []
        except TypeError:
            return sorted(cast(list[str], self._files.ls(folder, detail=False)))


def _write_whole(path: Path, packed: bytes) -> None:
    temporary = path.with_name(f".{path.name}.{_TOKEN}-{os.getpid()}-{next(_NUMBERS)}.part")
    try:
        try:
            handle = os.open(temporary, _NEW, 0o644)
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(temporary, _NEW, 0o644)
        with io.FileIO(handle, "wb") as file:
            file.write(packed)
            os.fsync(handle)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _reason(error: OSError) -> str:
    return error.strerror or redact(str(error))
