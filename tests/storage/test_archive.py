"""Opening archives: made on first use, refused with one line, shared by several processes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from ex99.storage import queries
from ex99.storage.archive import Archive
from ex99.storage.engine import parse_database_url
from ex99.storage.errors import ArchiveError
from ex99.storage.schema import HEAD, current_revision
from ex99.storage.verify import find_damage
from ex99.storage.writer import Writer
from tests.storage import made

ROOT = Path(__file__).parents[2]


def test_a_new_archive_is_at_the_newest_revision(archive: Archive, database_url: str, tmp_path: Path) -> None:
    assert current_revision(archive.engine) == HEAD
    with Archive.open(database_url, str(tmp_path / "blobs"), create=False) as again:
        assert list(queries.list_filings(again)) == []


def test_nothing_is_made_without_create(make_database: Callable[[str], str], tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="there is no archive at"):
        Archive.open(f"sqlite:///{tmp_path}/none/archive.db", str(tmp_path), create=False)
    assert not (tmp_path / "none").exists()
    with pytest.raises(ArchiveError, match="holds no archive"):
        Archive.open(make_database("postgresql"), str(tmp_path), create=False)


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("nonsense", "is no database URL"),
        ("mysql://host/name", "mysql is not supported"),
        ("sqlite://", "an archive needs a file"),
        ("postgresql://nobody:secret@127.0.0.1:1/none", "cannot open the database postgresql"),
    ],
)
def test_bad_urls_are_one_line_without_the_password(tmp_path: Path, url: str, message: str) -> None:
    with pytest.raises(ArchiveError, match=message) as caught:
        Archive.open(url, str(tmp_path))
    assert "\n" not in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_snapshot_is_of_one_moment(archive: Archive, writer: Writer) -> None:
    writer.save_listing(made.listing([made.filing(1)]))
    with archive.snapshot() as moment:
        assert len(list(queries.list_filings(moment))) == 1
        writer.save_listing(made.listing([made.filing(2)]))
        writer.save_failure(made.accession(1), "truncated", "cut off")
        assert [row.state for row in queries.list_filings(moment)] == ["listed"]
        assert queries.read_status(moment).filings == 1
        assert len(list(queries.list_filings(archive))) == 2
        nested = [(row.accession, len(list(queries.list_companies(moment)))) for row in queries.list_filings(moment)]
        assert nested == [(made.accession(1), 1)]
    assert queries.read_status(archive).filings == 2
    with archive.connect() as connection:
        assert connection.get_isolation_level() == connection.default_isolation_level


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_spelling_of_postgresql_means_psycopg(scheme: str) -> None:
    assert parse_database_url(f"{scheme}://me@host/name").drivername == "postgresql+psycopg"


def test_a_file_that_is_no_database_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "archive.db").write_bytes(b"no database " * 500)
    with pytest.raises(ArchiveError, match="not a database"):
        Archive.open(f"sqlite:///{tmp_path}/archive.db", str(tmp_path))
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ArchiveError, match="cannot make the folder"):
        Archive.open(f"sqlite:///{tmp_path}/file/sub/archive.db", str(tmp_path))


def test_a_damaged_database_is_one_line(make_database: Callable[[str], str], tmp_path: Path) -> None:
    url = make_database("sqlite")
    with Archive.open(url, str(tmp_path / "blobs")) as archive:
        Writer(archive).save_listing(made.listing([made.filing(n) for n in range(1, 2000)]))
    file = Path(url.removeprefix("sqlite:///"))
    whole = file.read_bytes()
    file.write_bytes(whole[:150_000] + b"\xff" * (len(whole) - 150_000))
    with (
        pytest.raises(ArchiveError, match=r"^cannot (read|open) the database [^\n]*malformed$"),
        Archive.open(url, str(tmp_path / "blobs")) as archive,
    ):
        list(queries.list_filings(archive))


def test_an_archive_that_may_not_be_written_can_be_read(
    make_database: Callable[[str], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = make_database("sqlite")
    with Archive.open(url, str(tmp_path / "blobs")) as archive:
        Writer(archive).save_submission(made.submission(made.filing(1)))
    monkeypatch.setattr("os.access", lambda _path, mode: mode != os.W_OK)
    with Archive.open(url, str(tmp_path / "blobs")) as archive:
        assert [filing.accession for filing in queries.list_filings(archive)] == [made.accession(1)]
        with pytest.raises(ArchiveError, match="refused a write: attempt to write a readonly database"):
            Writer(archive).save_listing(made.listing([made.filing(2)]))
    assert not Path(url.removeprefix("sqlite:///") + "-wal").exists()


_CHILD = """
import sys
import time
from ex99.storage.archive import Archive
from ex99.storage.writer import Writer
from ex99.storage import queries
from tests.storage import made
url, blobs, start = sys.argv[1], sys.argv[2], int(sys.argv[3])
with Archive.open(url, blobs) as archive:
    writer = Writer(archive)
    run = writer.start_crawl("company", {"child": start})
    filings = [made.filing(n) for n in range(1, 31)]
    writer.save_listing(made.listing(filings), run)
    for n in range(start, start + 20):
        writer.save_submission(made.submission(made.filing(n), f"release {n}".encode()), run)
    parse = writer.start_parse("1")
    for work in list(queries.list_documents_to_parse(archive, "1")):
        writer.save_release(work.document_id, made.release(queries.read_document_bytes(archive, work.document_id)), parse)
    writer.finish_parse(parse, {})
    writer.finish_crawl(run, "finished", {})
"""


def test_processes_share_an_archive_from_its_first_moment(database_url: str, tmp_path: Path) -> None:
    command = [sys.executable, "-c", _CHILD, database_url, str(tmp_path / "blobs")]
    children = [subprocess.Popen([*command, str(start)], cwd=ROOT) for start in (1, 6, 11)]
    assert [child.wait(120) for child in children] == [0, 0, 0]
    with Archive.open(database_url, str(tmp_path / "blobs")) as archive:
        status = queries.read_status(archive, "1")
        assert (status.filings, status.count("archived"), status.parsed, status.stale) == (30, 30, 30, 0)
        assert list(find_damage(archive)) == []
        assert len(queries.list_crawl_runs(archive)) == 3
        assert {(run.label, run.finished is not None) for run in queries.list_parse_runs(archive)} == {("1", True)}
        assert {run.outcome for run in queries.list_crawl_runs(archive)} == {"finished"}


_ENDLESS = """
import sys
import time
from ex99.storage.archive import Archive
from ex99.storage.writer import Writer
from tests.storage import made
with Archive.open(sys.argv[1], sys.argv[2]) as archive:
    writer = Writer(archive)
    for n in range(1, 100_000):
        writer.save_submission(made.submission(made.filing(n), f"release {n}".encode()))
        print("saved", flush=True)
"""


def test_a_killed_writer_leaves_orphan_blobs_at_most(database_url: str, tmp_path: Path) -> None:
    blobs = str(tmp_path / "blobs")
    for pause in (0.2, 0.31):
        child = subprocess.Popen([sys.executable, "-c", _ENDLESS, database_url, blobs], cwd=ROOT, stdout=subprocess.PIPE)
        with child:
            assert child.stdout is not None
            assert child.stdout.readline() == b"saved\n"
            time.sleep(pause)
            child.kill()
    with Archive.open(database_url, blobs) as archive:
        assert [finding for finding in find_damage(archive) if not finding.harmless] == []
        status = queries.read_status(archive)
        assert status.count("archived") == status.filings > 0
        assert status.documents == 3 * status.filings
