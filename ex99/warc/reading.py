"""Reading WARC files: what ex99 wrote comes back as it was; of others, records that are a full submission."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from importlib import import_module
from io import BytesIO
from typing import Any, BinaryIO

from ex99.crawler.errors import SubmissionError
from ex99.crawler.submission import read_submission
from ex99.exhibits import COMPRESSED, is_submission
from ex99.extras import import_or_say
from ex99.filings.filing import Filer, Submission
from ex99.warc.records import COMPANY, SUBMISSION, RecordError, read_company_record, read_submission_record

LARGEST_RECORD = 512 * 2**20
"""Bytes above which a record is no submission that ex99 could hold; it is passed over as a fault."""

Told = Submission | tuple[Filer, dt.date] | RecordError | SubmissionError
"""What a file tells one after the other: submissions (oldest version first), companies, and faults of single records."""


def is_warc(head: bytes, name: str) -> bool:
    """Whether a file that begins so, of that name, is a WARC file, compressed or not."""
    return head.startswith(b"WARC/1.") or (head.startswith(COMPRESSED["gzip"]) and name.lower().endswith(".warc.gz"))


def read_warc(stream: BinaryIO) -> Iterator[Told]:
    """Everything that a WARC file tells; a fault of one record costs that one alone. Holds one submission at a time.

    A file that breaks off ends with a RecordError. Raises UserError where warcio is missing.
    """
    pending: dict[str, Any] | None = None
    contents: dict[str, bytes] = {}
    for record in _read_records(stream):
        if isinstance(record, RecordError):
            yield record
            continue
        kind, content = record
        told = _read_description(kind, content)
        if told is not None:
            yield from _finish(pending, contents)
            pending, contents = (told, {}) if told["format"] == SUBMISSION else (None, {})
            if told["format"] == COMPANY:
                yield _attempt_company(told)
        elif pending is not None and kind == "resource":
            contents[hashlib.sha256(content).hexdigest()] = content
        elif kind in ("resource", "response") and is_submission(content[:4096]):
            yield _attempt_submission(content)
    yield from _finish(pending, contents)


def _finish(pending: dict[str, Any] | None, contents: dict[str, bytes]) -> Iterator[Told]:
    if pending is not None:
        try:
            yield read_submission_record(pending, contents)
        except RecordError as error:
            yield error


def _attempt_company(told: dict[str, Any]) -> Told:
    try:
        return read_company_record(told)
    except RecordError as error:
        return error


def _attempt_submission(content: bytes) -> Told:
    try:
        return read_submission(BytesIO(content))
    except SubmissionError as error:
        return error


def _read_records(stream: BinaryIO) -> Iterator[tuple[str, bytes] | RecordError]:
    """(type, content without its HTTP header) of every record."""
    import_or_say("warcio")
    archives = import_module("warcio.archiveiterator")
    faults = import_module("warcio.exceptions")
    try:
        for record in archives.ArchiveIterator(stream):
            content = record.content_stream().read(LARGEST_RECORD + 1)
            if len(content) > LARGEST_RECORD:
                yield RecordError(f"a record of more than {LARGEST_RECORD:,} bytes: {record.rec_headers.get_header('WARC-Target-URI')}")
            elif _is_whole(record, content):
                yield record.rec_type, content
            else:
                yield RecordError(f"a record is damaged: {record.rec_headers.get_header('WARC-Target-URI')}")
    except (faults.ArchiveLoadFailed, EOFError, OSError, ValueError) as error:
        yield RecordError(f"the file breaks off or is damaged: {str(error).strip().splitlines()[0] if str(error).strip() else 'no more'}")


def _is_whole(record: Any, content: bytes) -> bool:
    """Whether a record's bytes are those that it says; one without a digest that is known here is believed."""
    algorithm, _, digest = (record.rec_headers.get_header("WARC-Payload-Digest") or "").partition(":")
    return algorithm != "sha256" or digest == hashlib.sha256(content).hexdigest()


def _read_description(kind: str, content: bytes) -> dict[str, Any] | None:
    """What a metadata record of ours says; None for any other record."""
    if kind != "metadata":
        return None
    try:
        told = json.loads(content)
    except ValueError:
        return None
    return told if isinstance(told, dict) and told.get("format") in (SUBMISSION, COMPANY) else None
