"""The import service: what already lies on disk, full submissions and bare exhibits, goes into the archive."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from ex99.crawler.errors import SubmissionError
from ex99.crawler.submission import read_submission
from ex99.errors import InputError
from ex99.exhibits import LARGEST_EXHIBIT, find_binary_kind, is_submission
from ex99.filings.filing import FetchedDocument, Filer, Filing, FilingDocument, ReleaseChoice, Submission
from ex99.filings.forms import Item, is_8k_family
from ex99.filings.identifiers import AccessionNumber, Cik
from ex99.filings.release import ParseError
from ex99.messages import DESCRIPTION, is_message, read_message
from ex99.pool import parse_alone
from ex99.printed_names import OtherName
from ex99.storage.archive import Archive
from ex99.storage.errors import ArchiveError, RowError
from ex99.storage.filters import FilingFilter
from ex99.storage.queries import find_companies, list_filings
from ex99.storage.served_queries import list_versions
from ex99.storage.writer import Writer
from ex99.warc.reading import is_warc, read_warc
from ex99.warc.records import RecordError

_WHOLE = ("archived", "no_release")
_PASSED_OVER = ("no_facts", "not_text", "empty")
"""Why a file that lies in a folder, and was not named itself, is no loss."""
_ODD_FILES = ((stat.S_ISFIFO, "a FIFO"), (stat.S_ISSOCK, "a socket"), (stat.S_ISCHR, "a device"), (stat.S_ISBLK, "a device"))
# ACCESSION NUMBER:		0000950123-05-012345
_OWN_ACCESSION = re.compile(rb"^ACCESSION NUMBER:\s*(\d{10}-\d{2}-\d{6})\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class ExhibitFacts:
    """What a bare exhibit's own bytes do not tell: who filed it and when; the rest has defaults.

    Without ``accession`` the filing gets a synthetic one, see ``make_accession``.
    """

    cik: Cik
    filed: dt.date
    form: str = "8-K"
    accession: AccessionNumber | None = None
    items: tuple[Item, ...] = ()
    company: str | None = None
    type: str = "EX-99.1"


@dataclass(frozen=True, slots=True)
class Skip:
    """A file that was not archived, and why."""

    path: str
    code: str
    message: str


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
    accessions: list[AccessionNumber] = field(default_factory=list)
    """Of the newly archived filings."""
    bare: list[AccessionNumber] = field(default_factory=list)
    """Among these the filings of bare exhibits, whose company was given."""
    other_names: list[OtherName] = field(default_factory=list)
    """Where, once it is parsed, a bare exhibit prints another company's name than that of the CIK given for it."""


class _SkipError(Exception):
    """A file that cannot be archived."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def import_paths(
    archive: Archive,
    paths: Sequence[Path],
    facts: ExhibitFacts | None = None,
    on_file: Callable[[int, Path], None] | None = None,
    *,
    follow_links: bool = False,
) -> ImportReport:
    """Archive every file of the paths, folders with all that lies below them; what cannot be archived is listed in the report.

    A file is a full submission by its content, whatever its name and folder. Any other file is a bare exhibit where ``facts`` are given.
    Whatever is wrong with one file costs that file alone; only an archive that cannot be written raises ArchiveError.
    """
    report = ImportReport()
    writer = Writer(archive)
    for number, found in enumerate(find_files(paths, follow_links=follow_links), 1):
        if isinstance(found, Skip):
            report.skips.append(found)
            continue
        try:
            _import_file(archive, writer, found, facts, report)
        except Exception as error:  # noqa: BLE001 - one bad file must not cost the others
            skip = _describe(found, error)
            if skip.code in _PASSED_OVER and facts is None and found not in paths:
                report.passed.append(skip.path)
            else:
                report.skips.append(skip)
        if on_file is not None:
            on_file(number, found)
    return report


def _describe(path: Path, error: Exception) -> Skip:
    """Why a file was not archived, by the exception that it raised; an archive that cannot be written is raised again."""
    match error:
        case RowError():
            code, message = "refused", str(error)
        case ArchiveError():
            raise error
        case _SkipError():
            code, message = error.code, str(error)
        case SubmissionError():
            code, message = error.code, error.message
        case RecordError():
            code, message = "bad_record", str(error)
        case InputError():
            code, message = error.code, error.message
        case OSError():
            code = "not_found" if isinstance(error, FileNotFoundError) else "unreadable"
            message = (error.strerror or str(error)).lower()
        case _:
            code, message = "bug", f"ex99 failed with {type(error).__name__}: {error}"
    return Skip(str(path), code, message)


def find_files(paths: Sequence[Path], *, follow_links: bool = False) -> Iterator[Path | Skip]:
    """The files that paths name, folders walked in order; hidden files and folders are passed over.

    A link that leads out of the folder in which it was found comes as a Skip, unless links are to be followed.
    """
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        root, seen = path.resolve(), set[Path]()
        for folder, names, files in os.walk(path, followlinks=follow_links):
            place = Path(folder)
            if follow_links and place.resolve() in seen:  # a link back to a folder above
                names.clear()
                continue
            seen.add(place.resolve())
            names[:] = sorted(name for name in names if not name.startswith("."))
            found = [place / name for name in sorted(files) if not name.startswith(".")]
            if not follow_links:
                found += [place / name for name in names if (place / name).is_symlink()]
            for entry in found:
                if follow_links or not entry.is_symlink():
                    yield entry
                elif not entry.resolve().is_relative_to(root):
                    yield Skip(str(entry), "link", f"a link out of the folder, to {entry.resolve()}; --follow-links takes it along")
                elif not entry.is_dir():  # what a link inside the folder leads to is found there, too, unless it is hidden
                    yield entry


def make_accession(cik: int, filed: dt.date, content: bytes) -> AccessionNumber:
    """A synthetic accession number for an exhibit of which none is known: the same for the same company, day and bytes, always.

    An accession number begins with the CIK of whoever submitted it. EDGAR gives CIKs in sequence and stands near 0002100000;
    synthetic ones begin with 9, far beyond, then have 15 digits of a SHA-256 around the filing's year, so they collide neither with
    EDGAR's nor with each other.
    """
    digest = hashlib.sha256(f"{int(cik)} {filed.isoformat()} ".encode() + hashlib.sha256(content).digest()).digest()
    digits = f"{int.from_bytes(digest[:8], 'big') % 10**15:015d}"
    return AccessionNumber(f"9{digits[:9]}-{filed.year % 100:02d}-{digits[9:]}")


def is_synthetic(accession: str) -> bool:
    """Whether ``make_accession`` made it."""
    return accession.startswith("9")


def _import_file(archive: Archive, writer: Writer, path: Path, facts: ExhibitFacts | None, report: ImportReport) -> None:
    mode = path.stat().st_mode
    for is_odd, words in _ODD_FILES:
        if is_odd(mode):
            raise _SkipError("no_file", f"{words} is no file")
    with path.open("rb") as stream:
        head = stream.read(4096)
        stream.seek(0)
        if is_warc(head, path.name):
            _import_warc(archive, writer, path, stream, report)
            return
        if not is_submission(head):
            submission = _read_bare(archive, path, head, facts)
            digest = None
        else:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
            own = _OWN_ACCESSION.search(head)
            if own is not None and _is_kept(archive, AccessionNumber.parse(own[1].decode()), digest):
                report.known += 1
                return
            stream.seek(0)
            submission = read_submission(stream)
    _archive_submission(archive, writer, submission, report, digest)


def _archive_submission(archive: Archive, writer: Writer, submission: Submission, report: ImportReport, digest: str | None = None) -> None:
    if not is_8k_family(submission.filing.form):
        raise _SkipError("other_form", f"a {submission.filing.form} is no 8-K")
    if _is_whole(archive, submission.filing.accession):
        _check_same(archive, submission)
        report.known += 1
        return
    writer.save_submission(submission, digest=digest)
    report.archived += 1
    report.without_release += not submission.choice.sequences
    report.accessions.append(submission.filing.accession)
    if not submission.header:
        report.bare.append(submission.filing.accession)


def _import_warc(archive: Archive, writer: Writer, path: Path, stream: BinaryIO, report: ImportReport) -> None:
    """Archive what a WARC file tells; later versions of a filing that it brings are kept beside the first."""
    brought: set[AccessionNumber] = set()
    for told in read_warc(stream):
        try:
            if isinstance(told, Submission):
                if told.filing.accession in brought:
                    writer.save_submission(told)
                    continue
                before = report.archived
                _archive_submission(archive, writer, told, report)
                if report.archived > before:
                    brought.add(told.filing.accession)
            elif isinstance(told, tuple):
                writer.save_company(*told)
            else:
                raise told
        except Exception as error:  # noqa: BLE001 - one bad record must not cost the others
            report.skips.append(_describe(path, error))


def _is_whole(archive: Archive, accession: AccessionNumber) -> bool:
    return any(row.state in _WHOLE for row in list_filings(archive, FilingFilter(accessions=[accession])))


def _is_kept(archive: Archive, accession: AccessionNumber, digest: str) -> bool:
    """Whether an archived version of the filing came as a file of these very bytes."""
    where = FilingFilter(accessions=[accession])
    return _is_whole(archive, accession) and any(version.content_sha256 == digest for version in list_versions(archive, where))


def _check_same(archive: Archive, submission: Submission) -> None:
    """Raise _SkipError where a filing that is archived says other words than this submission of its number.

    Where one of the two is no whole submission, its documents may be numbered and cut otherwise; one in common is enough there.
    """
    accession = submission.filing.accession
    told = {
        fetched.document.sequence: hashlib.sha256(fetched.content).hexdigest()
        for fetched in submission.documents
        if fetched.content is not None
    }
    for version in list_versions(archive, FilingFilter(accessions=[accession])):
        kept = {entry.document.sequence: entry.sha256 for entry in version.documents if entry.sha256 is not None}
        if version.content_sha256 is None or not submission.header:
            same = not told or bool(set(told.values()) & set(kept.values()))
        else:
            same = all(kept.get(sequence, digest) == digest for sequence, digest in told.items())
        if same:
            return
    raise _SkipError(
        "contradiction",
        f"{accession} is archived with other documents; is it this file's accession number? "
        "`ex99 crawl --check-changed` asks EDGAR what it serves now",
    )


def _read_bare(archive: Archive, path: Path, head: bytes, facts: ExhibitFacts | None) -> Submission:
    """A bare exhibit with the facts given for it, as the submission that it must have been part of."""
    if not head.strip():
        raise _SkipError("empty", "the file is empty")
    kind = find_binary_kind(head)
    if kind is not None:
        raise _SkipError("not_text", f"the file is {kind}; ex99 reads text and HTML")
    if facts is None:
        raise _SkipError("no_facts", "no full submission; a bare exhibit needs --cik and --filed")
    size = path.stat().st_size
    if size > LARGEST_EXHIBIT:
        raise _SkipError("too_large", f"{size:,} bytes are more than an exhibit has")
    content, description = path.read_bytes(), None
    if is_message(head, path.name):
        content, description = read_message(content), DESCRIPTION
    named = AccessionNumber.find_in(str(path))
    if None not in (facts.accession, named) and facts.accession != named:
        raise _SkipError("contradiction", f"--accession says {facts.accession}, and its path {named}")
    accession = facts.accession or make_accession(facts.cik, facts.filed, content)
    filing = Filing(accession, facts.form, facts.filed, (facts.cik,), items=facts.items, size=size, primary_document=path.name)
    document = FilingDocument(1, facts.type, path.name, description, len(content))
    return Submission(
        filing=filing,
        filers=(Filer(facts.cik, facts.company or _find_name(archive, facts.cik, content)),),
        documents=(FetchedDocument(document, content),),
        header=b"",
        choice=ReleaseChoice((1,), "exhibit_99_only", "imported as a bare exhibit"),
    )


def _find_name(archive: Archive, cik: Cik, content: bytes) -> str:
    """The company's name: none where the archive knows one already, else the one that the release prints."""
    if any(row.cik == cik and row.name for row in find_companies(archive, str(cik))):
        return ""
    result = parse_alone(content)
    return "" if isinstance(result, ParseError) else str(result.company_name or "")
