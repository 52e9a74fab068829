"""Content-addressed bytes: each blob is known by the sha256 of its content, kept zstd-compressed, written once and whole."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import BinaryIO, Protocol, TypeVar, cast

import zstandard

from ex99.filings.chunks import chunks
from ex99.filings.secrecy import hide_secret
from ex99.storage.blob_bucket import ADDRESS, Bucket
from ex99.storage.blob_folder import Folder
from ex99.storage.errors import ArchiveError

T = TypeVar("T")
LEVEL = 9
_TRIES = 4
_SUFFIX = ".zst"
_CHUNK = 1 << 18
# ab/e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855.zst
_KEY = re.compile(r"[0-9a-f]{2}/([0-9a-f]{64})\.zst")
# s3://bucket/prefix    file:///home/pat/blobs; not C:\\blobs
_SCHEME = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]+):/", re.IGNORECASE)


class Place(Protocol):
    """Where packed blobs lie, each under a key; what BlobStore needs of a folder or of a bucket."""

    address: str
    """The same for every process that has this machine's disk, or this bucket."""
    threads: int
    """How many may be written or read at once."""

    def reach(self) -> None:
        """Raise StoreError where nothing can be had of it."""

    def put_new(self, key: str, pack: Callable[[], bytes]) -> bool:
        """Write what ``pack`` gives where nothing is yet, whole or not at all; False where something is there already."""

    def open(self, key: str) -> BinaryIO:
        """A readable stream of what is kept there; raises FileNotFoundError."""

    def list_keys(self) -> Iterator[str]:
        """Every key, in order and in bounded memory."""

    def set_aside(self, key: str) -> str:
        """Move what is kept there to KEY.damaged-1 (or -2 ...); returns its new place."""

    def remove(self, key: str) -> None:
        """Delete what is kept there, if anything is."""


def open_place(url: str) -> Place:
    """The place that an address names: a folder, or s3://bucket/prefix, gs:// or az://; raises ArchiveError for any other."""
    scheme = _SCHEME.match(url)
    if scheme is None or url.startswith("file://"):
        return Folder(url.removeprefix("file://"))
    if ADDRESS.fullmatch(url) is not None:
        return Bucket(url)
    shown = hide_secret(url)
    if scheme["scheme"].lower() in ("s3", "gs", "az"):
        raise ArchiveError(
            f"cannot use {shown} for blobs: expected bucket and prefix alone; credentials come from the provider's own chain"
        )
    raise ArchiveError(f"cannot use {shown} for blobs: expected a folder, s3://bucket/prefix, gs://bucket/prefix or az://container/prefix")


class BlobStore:
    """Blobs in a folder or in an object store, each at ab/<sha256>.zst: there whole or not at all."""

    def __init__(self, url: str, place: Place | None = None) -> None:
        self.url = url
        self._shown = hide_secret(url)
        self._place = place or open_place(url)
        self._threads: ThreadPoolExecutor | None = None

    @property
    def address(self) -> str:
        """Where another process finds the same blobs; holds no secret."""
        return self._place.address

    def reach(self) -> None:
        """Raise StoreError where nothing can be had of the store: a bucket that is not there, a server that does not answer."""
        self._place.reach()

    def put(self, content: bytes) -> str:
        """Keep the bytes and return their sha256; nothing is written where they are there already, and a damaged blob is set aside."""
        sha256 = hashlib.sha256(content).hexdigest()
        self._write(sha256, lambda: zstandard.ZstdCompressor(level=LEVEL, write_checksum=True).compress(content))
        return sha256

    def take(self, sha256: str, other: BlobStore) -> bool:
        """Copy a blob of another store as it is packed there; False where it is here already. Raises ArchiveError for a damaged one."""
        wrong = other.check(sha256)
        if wrong is not None:
            raise ArchiveError(f"blob {sha256} of {other._shown} is {wrong}")
        return self._write(sha256, lambda: other.read_packed(sha256))

    def read_packed(self, sha256: str) -> bytes:
        """A blob as it is kept, compressed; raises ArchiveError where it cannot be had."""
        try:
            with self._place.open(_key(sha256)) as stream:
                return stream.read()
        except OSError as error:
            raise ArchiveError(f"cannot read blobs from {self._shown}: {error.strerror or error}") from error

    def put_all(self, contents: Sequence[bytes]) -> list[str]:
        """Keep several at once, in threads, since nearly all of the time is waiting for the disk or the store; their sha256 in order."""
        if len(contents) < 2:
            return [self.put(content) for content in contents]
        return list(self._take_threads().map(self.put, contents))

    def check_all(self, names: Iterable[str]) -> Iterator[tuple[str, str | None]]:
        """Each name with what is wrong with its blob, in order, several being read at once."""
        return self._work_off(lambda name: (name, self.check(name)), names)

    def take_all(self, names: Iterable[str], other: BlobStore) -> Iterator[bool]:
        """``take`` of each name, in order, as many at once as the busier of the two places bears."""
        return max(self, other, key=lambda store: store._place.threads)._work_off(lambda name: self.take(name, other), names)

    def close(self) -> None:
        """End the threads of ``put_all``, ``check_all`` and ``take_all``."""
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
            raw = self._place.open(_key(sha256))
        except FileNotFoundError:
            raise ArchiveError(f"blob {sha256} is missing from {self._shown}") from None
        except OSError as error:
            raise ArchiveError(f"cannot read blobs from {self._shown}: {error.strerror or error}") from error
        return cast(BinaryIO, zstandard.ZstdDecompressor().stream_reader(raw, closefd=True))

    def check(self, sha256: str) -> str | None:
        """What is wrong with a blob: "missing", "corrupt" or None; raises StoreError where the store cannot be asked."""
        digest = hashlib.sha256()
        try:
            raw = self._place.open(_key(sha256))
            with zstandard.ZstdDecompressor().stream_reader(raw, closefd=True) as stream:
                while chunk := stream.read(_CHUNK):
                    digest.update(chunk)
        except FileNotFoundError:
            return "missing"
        except (zstandard.ZstdError, EOFError, OSError):
            return "corrupt"
        return None if digest.hexdigest() == sha256 else "corrupt"

    def list_names(self) -> Iterator[str]:
        """The sha256 of every blob in the store, in order and in bounded memory."""
        for key in self._place.list_keys():
            if (match := _KEY.fullmatch(key)) is not None:
                yield match[1]

    def set_aside(self, sha256: str) -> str:
        """Move a damaged blob, so that nothing takes it for a sound one and nothing of it is lost; returns its new place."""
        try:
            return self._place.set_aside(_key(sha256))
        except OSError as error:
            raise ArchiveError(f"cannot move the damaged blob {sha256} aside: {error.strerror or error}") from error

    def remove(self, sha256: str) -> None:
        """Delete a blob; only for one that no row refers to."""
        self._place.remove(_key(sha256))

    def _work_off(self, work: Callable[[str], T], names: Iterable[str]) -> Iterator[T]:
        """What ``work`` gives of each name, in order and in bounded memory."""
        for chunk in chunks(names, self._place.threads * 4):
            yield from self._take_threads().map(work, chunk)

    def _take_threads(self) -> ThreadPoolExecutor:
        if self._threads is None:
            self._threads = ThreadPoolExecutor(self._place.threads, thread_name_prefix="blobs")
        return self._threads

    def _write(self, sha256: str, pack: Callable[[], bytes]) -> bool:
        """Write a packed blob where there is none; False where a sound one is there, and a damaged one is set aside."""
        key = _key(sha256)
        for _ in range(_TRIES):
            try:
                if self._place.put_new(key, pack):
                    return True
            except OSError as error:
                raise ArchiveError(f"cannot write blobs to {self._shown}: {error.strerror or error}") from error
            wrong = self.check(sha256)
            if wrong is None:
                return False
            if wrong == "corrupt":
                self.set_aside(sha256)
        raise ArchiveError(f"cannot write blobs to {self._shown}: blob {sha256} is damaged again whenever it was written")


def _key(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256}{_SUFFIX}"
