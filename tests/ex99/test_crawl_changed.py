"""What EDGAR served is kept with each filing, and what it changed since is found and kept beside."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ex99.crawl import check_changed, crawl
from ex99.settings.settings import Settings
from ex99.storage.archive import Archive
from ex99.storage.filters import FilingFilter
from ex99.storage.served_queries import Version, list_versions
from tests.ex99.crawling import make_settings, read_damage, read_states
from tests.fake_edgar.papers import FENWHISTLE, make_papers
from tests.fake_edgar.server import FakeEdgar, Plan, start_fake

PAPERS = make_papers(12)


@pytest.fixture
def fake() -> Iterator[FakeEdgar]:
    with start_fake(PAPERS) as fake:
        yield fake


def read_versions(settings: Settings, accession: str) -> list[Version]:
    with Archive.open(settings.resolved_database_url, settings.resolved_blob_url) as archive:
        return list(list_versions(archive, FilingFilter(accessions=[accession])))


def change(fake: FakeEdgar, accession: str, before: bytes, after: bytes) -> None:
    """Change a filing at EDGAR, with its marks."""
    for path, answer in fake.site.items():
        if path.endswith(f"{accession}.txt"):
            body = answer.body.replace(before, after)
            assert body != answer.body
            marks = answer.headers | {"etag": '"other-gzip"', "last-modified": "Wed, 01 May 2024 10:00:00 GMT"}
            fake.site[path] = replace(answer, body=body, headers=marks)


def test_what_was_served_is_kept(fake: FakeEdgar, tmp_path: Path) -> None:
    settings = make_settings(tmp_path, fake)
    begun = dt.datetime.now(dt.UTC)
    assert crawl(settings, [FENWHISTLE]).complete
    (version,) = read_versions(settings, PAPERS[0].accession)
    (served,) = version.served
    assert (served.part, served.status) == ("full", 200)
    assert served.url == f"{fake.url}/Archives/edgar/data/{FENWHISTLE}/{PAPERS[0].accession}.txt"
    assert begun <= served.asked <= dt.datetime.now(dt.UTC)
    assert served.content_sha256 == version.content_sha256 == hashlib.sha256(PAPERS[0].full()).hexdigest()
    assert served.content_size == len(PAPERS[0].full())
    assert served.body_size < served.content_size  # it came as gzip
    assert served.header("content-length") == str(served.body_size)
    assert served.header("etag") == fake.site[f"/Archives/edgar/data/{FENWHISTLE}/{PAPERS[0].accession}.txt"].headers["etag"]
    assert served.header("date")


def test_unchanged_filings_cost_a_request_without_a_body(fake: FakeEdgar, tmp_path: Path) -> None:
    settings = make_settings(tmp_path, fake)
    assert crawl(settings, [FENWHISTLE]).complete
    fake.seen.clear()
    report = check_changed(settings)
    assert report.complete, report.losses
    assert (report.counts.unchanged, report.counts.changed) == (12, 0)
    assert [seen.status for seen in fake.seen] == [304] * 12
    (version,) = read_versions(settings, PAPERS[0].accession)
    assert [answer.status for answer in version.served] == [200, 304]
    assert check_changed(settings).counts.unchanged == 12


def test_a_changed_filing_is_kept_beside_the_one_before(fake: FakeEdgar, tmp_path: Path) -> None:
    settings = make_settings(tmp_path, fake)
    assert crawl(settings, [FENWHISTLE]).complete
    changed, stamped = PAPERS[4].accession, PAPERS[5].accession
    change(fake, changed, b"net sales of $5,250", b"net sales of $9,250")
    change(fake, stamped, b"</SEC-DOCUMENT>", b"</SEC-DOCUMENT>\n")
    report = check_changed(settings, since=PAPERS[3].day)
    assert report.complete, report.losses
    assert (report.counts.unchanged, report.counts.changed) == (8, 1)  # a file written anew with the same documents has not changed
    old, new = read_versions(settings, changed)
    assert new.newest
    with Archive.open(settings.resolved_database_url, settings.resolved_blob_url) as archive:
        texts = [archive.blobs.read(version.documents[1].sha256 or "") for version in (old, new)]
    assert [b"$5,250" in texts[0], b"$9,250" in texts[1]] == [True, True]
    assert read_damage(settings) == []
    assert check_changed(settings, [str(FENWHISTLE)]).counts.changed == 0


def test_a_filing_that_is_gone_stays_archived_and_is_a_loss(fake: FakeEdgar, tmp_path: Path) -> None:
    settings = make_settings(tmp_path, fake)
    assert crawl(settings, [FENWHISTLE]).complete
    fake.plan = Plan(scripted=((PAPERS[2].accession, "access_denied", 0),))
    report = check_changed(settings)
    assert [(loss.subject, loss.code) for loss in report.losses] == [(PAPERS[2].accession, "absent")]
    assert set(read_states(settings).values()) == {"archived"}


def test_in_parts_it_is_compared_too(fake: FakeEdgar, tmp_path: Path) -> None:
    settings = make_settings(tmp_path, fake, full_submission_limit=6_000)
    parts = [paper for paper in PAPERS if len(paper.full()) > 6_000 and paper.era != "pem"]
    report = crawl(settings, [FENWHISTLE], since=parts[0].day, until=parts[0].day)
    assert report.complete, report.losses
    assert report.requests["document"] == 2
    report = check_changed(settings)
    assert report.complete, report.losses
    assert (report.counts.unchanged, report.counts.changed) == (1, 0)
