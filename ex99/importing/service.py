"""The import: every file of the paths, packed or not, is archived, known, passed over and counted, or skipped with a reason."""

from __future__ import annotations

import hashlib
import re
import stat
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import BinaryIO

from ex99.exhibits import is_submission
from ex99.filings.filing import WHOLE_STATES, FetchedDocument, Submission
from ex99.filings.forms import is_8k_family
from ex99.filings.identifiers import AccessionNumber
from ex99.importing.bare import ExhibitFacts, make_submission, read_bare
from ex99.importing.found import Found, find_files, open_found
from ex99.importing.manifest import Listed, read_manifest
from ex99.importing.report import PASSED_OVER, ImportReport, OtherFormError, Skip, SkipError, describe
from ex99.importing.saved import find_shown_submission, read_shown_text
from ex99.importing.turns import Outcome, Turns
from ex99.importing.unpack import unpack
from ex99.storage.archive import Archive
from ex99.storage.errors import ArchiveError
from ex99.storage.filters import FilingFilter
from ex99.storage.queries import list_filings
from ex99.storage.served_queries import Version, list_versions
from ex99.storage.writer import Writer
from ex99.warc.reading import is_warc, read_warc

_NO_HEADER = hashlib.sha256(b"").hexdigest()
_ODD_FILES = ((stat.S_ISFIFO, "a FIFO"), (stat.S_ISSOCK, "a socket"), (stat.S_ISCHR, "a device"), (stat.S_ISBLK, "a device"))
# CONFORMED SUBMISSION TYPE:	8-K      <TYPE>8-K
_OWN_FORM = re.compile(rb"^(?:CONFORMED SUBMISSION TYPE:|<TYPE>)[ \t]*([^\s<][^\r\n<]{0,30}?)\s*$", re.MULTILINE)
# <SUBMISSION>\n<DELETION>\n<ACCESSION-NUMBER>...
_NOTICE = re.compile(rb"^<(DELETION|CORRECTION)>\s*$", re.MULTILINE)

OnFile = Callable[[int, str], None]
"""Is told of each file: how many there were, and its name."""


def import_paths(
    archive: Archive,
    paths: Sequence[Path],
    facts: ExhibitFacts | None = None,
    on_file: OnFile | None = None,
    *,
    manifests: Sequence[Path] = (),
    follow_links: bool = False,
    jobs: int = 1,
) -> ImportReport:
    """Archive every file of the paths, folders with all that lies below them; what cannot be archived is listed in the report.

    A file is a full submission by its content, whatever its name and folder; tar, zip, gz, zst and EDGAR's daily feeds are read as what
    they hold. Any other file is a bare exhibit where ``facts`` are given, and those that ``manifests`` list have facts of their own.
    Whatever is wrong with one file costs that file alone; only an archive that cannot be written raises ArchiveError.
    ``jobs`` processes read submissions side by side; what is archived, and in which order, is the same with any number of them.
    """
    with Turns(jobs) as turns:
        import_ = _Import(archive, facts, on_file, turns)
        for path in find_files(paths, follow_links=follow_links):
            if isinstance(path, Skip):
                turns.give(path, partial(import_.note, named=False))
            else:
                import_.take_path(path, named=path in paths)
        turns.finish()
        for manifest in manifests:
            for group in read_manifest(manifest, follow_links=follow_links):
                import_.take_listed(group)
    return import_.report


class _Import:
    """One import: what is given for all its files, and the report that it fills."""

    def __init__(self, archive: Archive, facts: ExhibitFacts | None, on_file: OnFile | None, turns: Turns) -> None:
        self.report = ImportReport()
        self._turns = turns
        self._archive = archive
        self._writer = Writer(archive)
        self._facts = facts
        self._on_file = on_file
        self._count = 0

    def take_path(self, path: Path, *, named: bool) -> None:
        """Import a file, or all that is in it where it is an archive file."""
        try:
            _check_kind(path)
            with path.open("rb") as stream:
                for found in unpack(str(path), path.name, stream, named=named):
                    if isinstance(found, Skip):
                        self._turns.give(found, partial(self.note, named=False))
                    else:
                        self._attempt(found)
                    self._tell(found.path if isinstance(found, Skip) else found.file)
        except Exception as error:  # noqa: BLE001 - one bad file must not cost the others
            self._turns.give(describe(str(path), error), partial(self.note, named=named))

    def take_listed(self, group: list[Listed] | Skip) -> None:
        """Import the exhibits that a manifest lists for one filing."""
        if isinstance(group, Skip):
            self.report.skips.append(group)
            return
        name = str(group[0].path)
        try:
            documents: list[FetchedDocument] = []
            facts = group[0].facts
            for listed in group:
                name = str(listed.path)
                _check_kind(listed.path)
                with listed.path.open("rb") as stream:
                    document, facts = read_bare(open_found(name, listed.path.name, stream, named=True), listed.facts)
                documents.append(document)
                self._tell(listed.path.name)
            self._save(make_submission(self._archive, documents, facts))
        except Exception as error:  # noqa: BLE001 - one bad filing must not cost the others
            self.report.skips.append(describe(name, error))

    def note(self, skip: Skip, *, named: bool) -> None:
        """Note a file that was not archived: as a skip, or as passed over where that is no loss."""
        if skip.code in PASSED_OVER and self._facts is None and not named:
            self.report.passed.append(skip.path)
        elif skip.code != "companion":
            self.report.skips.append(skip)

    def _tell(self, name: str) -> None:
        self._count += 1
        if self._on_file is not None:
            self._on_file(self._count, name)

    def _attempt(self, found: Found) -> None:
        settle = partial(self._settle, found)
        try:
            if is_warc(found.head, found.file):
                self._turns.finish()
                self._take_warc(found)
            elif find_shown_submission(found.head):
                self._read(found, read_shown_text(found.stream))
            elif is_submission(found.head):
                self._read(found, found.stream)
            else:
                if self._facts is not None:
                    self._turns.finish()  # the company's name may be told by those before
                document, facts = read_bare(found, self._facts)
                self._turns.give(make_submission(self._archive, [document], facts), settle)
        except ArchiveError:
            raise
        except Exception as error:  # noqa: BLE001 - one bad file must not cost the others
            self._turns.give(error, settle)

    def _read(self, found: Found, stream: BinaryIO) -> None:
        """Read a full submission; one whose header alone says that nothing is to be done is not read further."""
        header = found.head.partition(b"<DOCUMENT>")[0]
        form, notice = _OWN_FORM.search(header), _NOTICE.search(header)
        if form is not None and not is_8k_family(words := form[1].decode("latin-1")):
            raise OtherFormError(words)
        if notice is not None and notice[1] == b"DELETION":
            raise SkipError("deletion", "a notice that EDGAR took this filing back; what the archive has of it stays")
        self._turns.read(stream, partial(self._settle, found, corrects=notice is not None))

    def _settle(self, found: Found, outcome: Outcome, *, corrects: bool = False) -> None:
        """Archive what was read of a file, or note why nothing is."""
        try:
            if isinstance(outcome, Exception):
                raise outcome
            self._save(outcome, corrects=corrects)
        except OtherFormError as error:
            if found.named:
                self.report.skips.append(describe(found.name, error))
            else:
                self.report.other_forms[error.form] += 1
        except Exception as error:  # noqa: BLE001 - one bad file must not cost the others
            self.note(describe(found.name, error), named=found.named)

    def _save(self, submission: Submission, *, corrects: bool = False) -> bool:
        """Archive a submission; False where the archive held it already: a correction with documents is kept as a further version then."""
        if not is_8k_family(submission.filing.form):
            raise OtherFormError(submission.filing.form)
        if self._is_whole(submission.filing.accession):
            if corrects and any(fetched.content is not None for fetched in submission.documents):
                self._writer.save_submission(submission)
            else:
                self._check_same(submission)
            self.report.known += 1
            return False
        self._writer.save_submission(submission)
        self.report.archived += 1
        self.report.without_release += not submission.choice.sequences
        self.report.accessions.append(submission.filing.accession)
        if not submission.header:
            self.report.bare.append(submission.filing.accession)
        return True

    def _take_warc(self, found: Found) -> None:
        """Archive what a WARC file tells; later versions of a filing that it brings are kept beside the first."""
        brought: set[AccessionNumber] = set()
        for told in read_warc(found.stream):
            try:
                if isinstance(told, Submission):
                    if told.filing.accession in brought:
                        self._writer.save_submission(told)
                    elif self._save(told):
                        brought.add(told.filing.accession)
                elif isinstance(told, tuple):
                    self._writer.save_company(*told)
                else:
                    raise told
            except Exception as error:  # noqa: BLE001 - one bad record must not cost the others
                self.report.skips.append(describe(found.name, error))

    def _is_whole(self, accession: AccessionNumber) -> bool:
        return any(row.state in WHOLE_STATES for row in list_filings(self._archive, FilingFilter(accessions=[accession])))

    def _check_same(self, submission: Submission) -> None:
        """Raise SkipError where a filing that is archived says other words than this submission of its number."""
        accession = submission.filing.accession
        if not any(_is_same(version, submission) for version in list_versions(self._archive, FilingFilter(accessions=[accession]))):
            raise SkipError(
                "contradiction",
                f"{accession} is archived with other documents; is it this file's accession number? "
                "`ex99 crawl --check-changed` asks EDGAR what it serves now",
            )


def _is_same(version: Version, submission: Submission) -> bool:
    """Whether a submission says what an archived version says.

    Documents that were not cut out of a whole submission may be numbered and end otherwise; one in common is enough there.
    """
    told = {
        fetched.document.sequence: hashlib.sha256(fetched.content).hexdigest()
        for fetched in submission.documents
        if fetched.content is not None
    }
    kept = {entry.document.sequence: entry.sha256 for entry in version.documents if entry.sha256 is not None}
    in_parts = version.header_sha256 == _NO_HEADER or (version.served and version.content_sha256 is None)
    if in_parts or not submission.header:
        return not told or bool(set(told.values()) & set(kept.values()))
    return all(kept.get(sequence, digest) == digest for sequence, digest in told.items())


def _check_kind(path: Path) -> None:
    """Raise SkipError where a path leads to no regular file, which might never end."""
    mode = path.stat().st_mode
    for is_odd, words in _ODD_FILES:
        if is_odd(mode):
            raise SkipError("no_file", f"{words} is no file")
