"""How an import went: what was archived, what was known, what was passed over, and what was skipped and why."""

from __future__ import annotations

import gzip
import lzma
import tarfile
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass, field

from zstandard import ZstdError

from ex99.crawler.errors import SubmissionError
from ex99.errors import InputError
from ex99.filings.identifiers import AccessionNumber, IdentifierError
from ex99.printed_names import OtherName
from ex99.storage.errors import ArchiveError, RowError
from ex99.warc.records import RecordError

PASSED_OVER = ("no_facts", "not_text", "empty", "companion")
"""Why a file that lies in a folder or an archive file, and was not named itself, is no loss."""
_DAMAGED = (tarfile.TarError, zipfile.BadZipFile, zlib.error, gzip.BadGzipFile, lzma.LZMAError, ZstdError)


@dataclass(frozen=True, slots=True)
class Skip:
    """A file that was not archived, and why."""

    path: str
    code: str
    message: str


class SkipError(Exception):
    """A file that cannot be archived; ``code`` names the reason."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class OtherFormError(SkipError):
    """A submission that is of no form of the 8-K family."""

    def __init__(self, form: str) -> None:
        super().__init__("other_form", f"a {form} is no 8-K")
        self.form = form


@dataclass(slots=True)
class ImportReport:
    """How an import went. ``archived`` counts filings new to the archive, ``known`` those that it held whole already."""

    archived: int = 0
    known: int = 0
    without_release: int = 0
    """Among the archived: filings in which no press release was found."""
    skips: list[Skip] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)
    """Other files that lay in the folders: no full submissions, and no facts were given for them."""
    other_forms: Counter[str] = field(default_factory=Counter)
    """Submissions of other forms that lay in the folders and archive files, by form."""
    accessions: list[AccessionNumber] = field(default_factory=list)
    """Of the newly archived filings."""
    bare: list[AccessionNumber] = field(default_factory=list)
    """Among these the filings of bare exhibits, whose company was given."""
    other_names: list[OtherName] = field(default_factory=list)
    """Where, once it is parsed, a bare exhibit prints another company's name than that of the CIK given for it."""


def describe(name: str, error: Exception) -> Skip:
    """Why a file was not archived, by the exception that it raised; an archive that cannot be written is raised again."""
    match error:
        case RowError():
            code, message = "refused", str(error)
        case ArchiveError():
            raise error
        case SkipError():
            code, message = error.code, str(error)
        case SubmissionError():
            code, message = error.code, error.message
        case RecordError():
            code, message = "bad_record", str(error)
        case InputError():
            code, message = error.code, error.message
        case IdentifierError():
            code, message = "bad_facts", str(error)
        case EOFError():
            code, message = "truncated", "the compressed file breaks off"
        case _ if isinstance(error, _DAMAGED):
            code, message = "damaged", f"the compressed file is damaged: {error}"
        case OSError():
            code = "not_found" if isinstance(error, FileNotFoundError) else "unreadable"
            message = (error.strerror or str(error)).lower()
        case _:
            code, message = "bug", f"ex99 failed with {type(error).__name__}: {error}"
    return Skip(name, code, message)
