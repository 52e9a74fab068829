"""What was served is kept: answers, digests, versions; what changed at EDGAR stands beside what was archived before."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace

from sqlalchemy import delete

from ex99.filings.filing import FetchedDocument, FilingDocument, Submission
from ex99.filings.served import Served
from ex99.storage import models, queries
from ex99.storage.archive import Archive
from ex99.storage.filters import FilingFilter
from ex99.storage.served_queries import Version, list_versions
from ex99.storage.verify import find_damage
from ex99.storage.writer import Writer
from tests.storage import made

ASKED = dt.datetime(2024, 2, 3, 4, 5, 6, 789, dt.UTC)


def answer(content: bytes = b"the whole submission", day: int = 0, status: int = 200, part: str = "full") -> Served:
    digest = hashlib.sha256(content).hexdigest()
    headers = (("date", "Sat, 03 Feb 2024 04:05:07 GMT"), ("etag", f'"{digest[:8]}"'))
    url = f"https://www.sec.gov/Archives/edgar/data/9000001/{part}.txt"
    return Served(part, url, ASKED + dt.timedelta(days=day), status, headers, digest, len(content), digest, len(content))


def submission(text: bytes = b"release 1", *served: Served) -> Submission:
    return replace(made.submission(made.filing(1), text), served=served)


def versions(archive: Archive) -> list[Version]:
    return list(list_versions(archive, FilingFilter(accessions=[made.accession(1)])))


def test_answers_come_back_as_they_came(archive: Archive, writer: Writer) -> None:
    parts = (answer(b"page", part="headers"), answer(b"8-K", part="document"), answer(b"release 1", part="document"))
    assert not writer.save_submission(submission(b"release 1", *parts[:2], replace(parts[2], url=parts[2].url + "2")))
    (version,) = versions(archive)
    assert version.served == (*parts[:2], replace(parts[2], url=parts[2].url + "2"))
    assert (version.version, version.newest, version.content_sha256, len(version.documents)) == (1, True, None, 3)
    assert writer.last_answers([made.accession(1), made.accession(2)]) == {made.accession(1): version.served}


def test_the_same_again_is_no_version(archive: Archive, writer: Writer) -> None:
    first = answer()
    for _ in range(2):
        assert not writer.save_submission(submission(b"release 1", first))
    assert not writer.save_submission(submission(b"release 1", answer(day=9)))
    listed_only = submission(b"release 1")
    documents = (*listed_only.documents[:2], FetchedDocument(listed_only.documents[2].document, b"bytes after all"))
    assert not writer.save_submission(replace(listed_only, documents=documents))
    (version,) = versions(archive)
    assert version.served == (first, answer(day=9))
    assert version.content_sha256 == first.content_sha256
    assert version.kept is not None


def test_what_changed_stands_beside_what_was_there(archive: Archive, writer: Writer) -> None:
    writer.save_submission(submission(b"release 1", answer()))
    document = next(row for row in queries.list_documents(archive) if row.rank == 0)
    writer.save_release(document.id, made.release(b"release 1"), writer.start_parse("1"))
    changed = submission(b"release 1, corrected", answer(b"another", day=30))
    more = FetchedDocument(FilingDocument(4, "EX-99.2", "slides.htm", None, 6), b"slides")
    changed = replace(changed, documents=(*changed.documents[:2], more))
    assert writer.save_submission(changed)
    assert not writer.save_submission(changed)
    old, new = versions(archive)
    assert [(v.version, v.newest) for v in (old, new)] == [(1, False), (2, True)]
    assert (old.served, new.served) == ((answer(),), (answer(b"another", day=30),))
    assert [d.document.filename for d in old.documents] == ["body.htm", "release.htm", "logo.jpg"]
    assert [d.document.filename for d in new.documents] == ["body.htm", "release.htm", "slides.htm"]
    texts = [archive.blobs.read(version.documents[1].sha256 or "") for version in (old, new)]
    assert texts == [b"release 1", b"release 1, corrected"]
    assert [row.document_id for row in queries.list_documents_to_parse(archive, "1")] == [document.id]
    assert writer.last_answers([made.accession(1)]) == {made.accession(1): (answer(b"another", day=30),)}
    assert list(find_damage(archive)) == []
    archive.blobs.remove(old.documents[1].sha256 or "")
    assert [(f.kind, made.accession(1) in f.message) for f in find_damage(archive)] == [("missing_blob", True)]


def test_an_unchanged_filing_is_noted(archive: Archive, writer: Writer) -> None:
    writer.save_listing(made.listing([made.filing(1)]))
    assert not writer.save_unchanged(made.accession(1), answer(b"", 1, 304))
    writer.save_submission(submission(b"release 1", answer()))
    assert writer.save_unchanged(made.accession(1), answer(b"", 1, 304))
    (version,) = versions(archive)
    assert [(one.status, one.asked.date().day) for one in version.served] == [(200, 3), (304, 4)]
    assert version.content_sha256 == answer().content_sha256


def test_a_lost_document_row_is_seen(archive: Archive, writer: Writer) -> None:
    writer.save_submission(submission(b"release 1", answer()))
    with archive.begin() as connection:
        connection.execute(delete(models.Document).where(models.Document.type == "GRAPHIC"))
    assert [finding.kind for finding in find_damage(archive)] == ["fewer_documents"]
    assert writer.save_submission(submission(b"release 1", answer())) is False
    assert list(find_damage(archive)) == []
