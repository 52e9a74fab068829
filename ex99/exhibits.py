"""Files that a user has on disk, as exhibits: a bare exhibit as it is, a full submission as the press release chosen in it."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from ex99.crawler.errors import SubmissionError
from ex99.crawler.submission import read_submission
from ex99.errors import InputError
from ex99.filings.filing import Submission
from ex99.messages import is_message, read_message

STDIN = "-"
LARGEST_EXHIBIT = 256 * 2**20
"""Bytes above which a bare file is no exhibit; full submissions are streamed and may be larger."""

_SUBMISSION_MARKS: tuple[bytes, ...] = (
    b"<SEC-DOCUMENT>",
    b"<SEC-HEADER>",
    b"<IMS-DOCUMENT>",
    b"<IMS-HEADER>",
    b"-----BEGIN PRIVACY-ENHANCED MESSAGE-----",
    b"<SUBMISSION>",
)

COMPRESSED: dict[str, bytes] = {
    "gzip": b"\x1f\x8b",
    "bzip2": b"BZh",
    "xz": b"\xfd7zXZ\0",
    "zstd": b"\x28\xb5\x2f\xfd",
}
"""How a compressed stream of each kind begins."""

_BINARY_MARKS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x89PNG", "a PNG image"),
)
_PACKED_MARKS: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "a ZIP archive or an Office file (unpack it, or save it as HTML)"),
    (b"\xd0\xcf\x11\xe0", "an old Office file or an Outlook message (save it as HTML, text or .eml)"),
    (b"{\\rtf", "an RTF file (save it as HTML or text)"),
    *((mark, f"{kind}-compressed (unpack it first)") for kind, mark in COMPRESSED.items()),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive (unpack it first)"),
    (b"Rar!", "a RAR archive (unpack it first)"),
)


@dataclass(frozen=True, slots=True)
class Exhibit:
    """An exhibit's bytes, the name of the file that it came from, and the words of the choice where it was chosen in a submission."""

    file: str
    data: bytes = field(repr=False)
    choice: str | None = None


def is_submission(head: bytes) -> bool:
    """Whether a file that begins so is a full submission, as EDGAR serves it, and no exhibit, bare or in its <DOCUMENT> wrapper."""
    return any(mark in head[:4096] for mark in _SUBMISSION_MARKS)


def find_binary_kind(head: bytes) -> str | None:
    """What a file that is no text is, in words ("a PDF"); None for text."""
    for mark, words in (*_BINARY_MARKS, *_PACKED_MARKS):
        if head.startswith(mark):
            return words
    return "a binary file" if b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")) else None


def _check_packed(head: bytes) -> None:
    """Raise InputError that says what to do with a file in which a text may be, packed or as an office program keeps it."""
    for mark, words in _PACKED_MARKS:
        if head.startswith(mark):
            raise InputError("packed", f"is {words}")


def read_exhibit(file: str) -> Exhibit:
    """Read one file ("-" is stdin); raises InputError where it cannot be had or holds no press release."""
    try:
        if file == STDIN:
            return _read_stream(file, BytesIO(sys.stdin.buffer.read()))
        path = Path(file)
        if path.is_dir():
            raise InputError("folder", "is a folder; give the files in it, or archive them with `ex99 import`")
        with path.open("rb") as stream:
            return _read_stream(file, stream, path.stat().st_size)
    except FileNotFoundError:
        raise InputError("not_found", "no such file") from None
    except OSError as error:
        raise InputError("unreadable", f"cannot be read: {(error.strerror or str(error)).lower()}") from None


def choose_exhibit(submission: Submission, file: str) -> Exhibit:
    """The press release of a submission, best first; raises InputError of code "no_release" with the choice's own words."""
    choice = submission.choice
    for sequence in choice.sequences:
        for fetched in submission.documents:
            if fetched.document.sequence == sequence and fetched.content is not None:
                return Exhibit(file, fetched.content, choice.note)
    raise InputError("no_release", f"no press release in this filing: {choice.note}")


def _read_stream(file: str, stream: BinaryIO, size: int = 0) -> Exhibit:
    head = stream.read(4096)
    stream.seek(0)
    if is_submission(head):
        try:
            return choose_exhibit(read_submission(stream), file)
        except SubmissionError as error:
            raise InputError(error.code, error.message) from None
    if size > LARGEST_EXHIBIT:
        raise InputError("too_large", f"{size:,} bytes are more than an exhibit has")
    _check_packed(head)
    data = stream.read()
    return Exhibit(file, read_message(data) if is_message(head, file) else data)
