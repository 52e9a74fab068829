"""Archive files as the files in them: tar, zip and compressed files, one in another, read as streams and never extracted to disk."""

from __future__ import annotations

import io
import shutil
import stat
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from typing import BinaryIO, Self, cast

from ex99.importing.compressed import SUFFIXES, Budget, decompress, guard
from ex99.importing.found import Found, base_name, open_found
from ex99.importing.report import Skip, SkipError, describe
from ex99.warc.reading import is_warc

DEEPEST = 4
"""Archive files one in another: a year's .tar of a day's .tar.gz is three."""
_LONGEST_NAME = 1 << 20
"""Bytes of a tar's extended header, which tarfile reads whole."""
_SPOOLED = 64 * 2**20
"""Bytes of a zip inside another archive file that are kept in memory; the rest of it goes to a temporary file."""
_EXTENDED = (tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK, tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE)
_TAR_MAGIC = slice(257, 262)


def unpack(name: str, file: str, stream: BinaryIO, *, named: bool = False, depth: int = 0) -> Iterator[Found | Skip]:
    """The file itself, or what is in it where it is an archive file; what cannot be taken comes as a Skip.

    Each file's stream is good until the next one is asked for. Raises as the libraries do, and EOFError, where the archive file breaks off.
    """
    found = open_found(name, file, stream, named=named)
    if is_warc(found.head, file):
        yield found
        return
    inner = decompress(found.head, found.stream)
    is_tar = found.head[_TAR_MAGIC] == b"ustar" or (file.lower().endswith(".tar") and len(found.head) >= tarfile.BLOCKSIZE)
    is_zip = found.head.startswith(b"PK\x03\x04") and file.lower().endswith(".zip")
    if depth > DEEPEST and (inner is not None or is_tar or is_zip):
        yield Skip(name, "nested", f"more than {DEEPEST} archive files one in another")
    elif inner is not None:
        yield from unpack(name, _without_suffix(file), inner, named=named, depth=depth + 1)
    elif is_tar:
        yield from _unpack_tar(name, found.stream, depth)
    elif is_zip:
        with stream if depth == 0 else _copy(found.stream) as whole:
            yield from _unpack_zip(name, whole, depth)
    else:
        yield found


def _without_suffix(file: str) -> str:
    suffix = next((suffix for suffix in SUFFIXES if file.lower().endswith(suffix)), "")
    return f"{file[: len(file) - len(suffix)]}.tar" if file.lower().endswith(".tgz") else file[: len(file) - len(suffix)]


class _Entry(tarfile.TarInfo):
    """A member's header; one whose extended header would fill the memory is refused, and the end mark is noted on the archive."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        entry = super().frombuf(buf, encoding, errors)
        if entry.type in _EXTENDED and entry.size > _LONGEST_NAME:
            raise tarfile.ReadError(f"a member's extended header of {entry.size:,} bytes")
        return entry

    @classmethod
    def fromtarfile(cls, opened: tarfile.TarFile) -> Self:
        try:
            return super().fromtarfile(opened)
        except tarfile.EOFHeaderError:  # type: ignore[attr-defined]  # typeshed lacks it
            cast(_Tar, opened).ended = True
            raise


class _Tar(tarfile.TarFile):
    """A tar that knows whether its end mark was read: tarfile takes a damaged or missing header for the end."""

    ended = False


def _unpack_tar(name: str, stream: BinaryIO, depth: int) -> Iterator[Found | Skip]:
    with _Tar.open(fileobj=stream, mode="r|", tarinfo=_Entry, errors="replace") as tar:
        while (entry := tar.next()) is not None:
            tar.members.clear()  # type: ignore[attr-defined]  # it would keep every header
            label = f"{name}: {entry.name}"
            if entry.isdir() or _is_hidden(entry.name):
                continue
            if (odd := _find_oddity(entry.name)) is not None:
                yield Skip(label, "unsafe_name", odd)
            elif entry.issym() or entry.islnk():
                yield Skip(label, "link", f"a link, to {entry.linkname}; links in archive files are not followed")
            elif not entry.isreg() or entry.issparse():
                yield Skip(label, "no_file", "a device, a FIFO or a sparse file is no file")
            elif (member := tar.extractfile(entry)) is not None:
                yield from unpack(label, base_name(entry.name), cast(BinaryIO, member), depth=depth + 1)
        if not tar.ended:
            raise SkipError("truncated", "the tar breaks off: it has no end mark, or a damaged header")


def _unpack_zip(name: str, stream: BinaryIO, depth: int) -> Iterator[Found | Skip]:
    size = stream.seek(0, io.SEEK_END)
    budget = Budget(lambda: size)
    with _open_zip(stream) as archive:
        for entry in archive.infolist():
            label = f"{name}: {entry.filename}"
            if entry.is_dir() or _is_hidden(entry.filename):
                continue
            if (odd := _find_oddity(entry.filename)) is not None:
                yield Skip(label, "unsafe_name", odd)
            elif stat.S_ISLNK(entry.external_attr >> 16):
                yield Skip(label, "link", "a link; links in archive files are not followed")
            elif entry.flag_bits & 1:
                yield Skip(label, "encrypted", "it is encrypted; unpack it first")
            else:
                yield from _open_entry(archive, entry, label, budget, depth)


def _open_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, label: str, budget: Budget, depth: int) -> Iterator[Found | Skip]:
    try:
        with archive.open(entry) as member:
            yield from unpack(label, base_name(entry.filename), guard(member.read, budget), depth=depth + 1)
    except NotImplementedError as error:
        yield Skip(label, "damaged", f"a compression that Python does not know: {error}")
    except (zipfile.BadZipFile, EOFError) as error:  # it costs the member alone
        yield describe(label, error)
    except ValueError:
        yield Skip(label, "damaged", "the compressed file is damaged: it lies before the file's beginning")


def _open_zip(stream: BinaryIO) -> zipfile.ZipFile:
    """The zip of a stream; raises BadZipFile also where its directory is said to lie before its beginning, which zipfile stumbles over."""
    try:
        return zipfile.ZipFile(stream)
    except ValueError as error:
        raise zipfile.BadZipFile(str(error)) from None


def _copy(stream: BinaryIO) -> BinaryIO:
    """A temporary copy of a zip that lies in another archive file and cannot be sought in; it is gone when it is closed."""
    copy = cast(BinaryIO, tempfile.SpooledTemporaryFile(max_size=_SPOOLED))  # noqa: SIM115
    try:
        shutil.copyfileobj(stream, copy)
    except BaseException:
        copy.close()
        raise
    return copy


def _find_oddity(path: str) -> str | None:
    """Why nobody should trust a member's path, in words; None for a decent one. Nothing is written under it in any case."""
    parts = path.replace("\\", "/").split("/")
    if ".." in parts or not parts[0] or parts[0].endswith(":"):
        return "its path leads out of the archive file"
    return None


def _is_hidden(path: str) -> bool:
    return any(part.startswith(".") and part not in (".", "..") for part in path.replace("\\", "/").split("/"))
