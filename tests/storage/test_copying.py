"""Copies of an archive between SQLite and PostgreSQL: equal in every row, whole or not there."""

from __future__ import annotations

import datetime as dt
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, insert, make_url, select

from ex99.storage import copying, queries
from ex99.storage.archive import Archive
from ex99.storage.blobs import BlobStore
from ex99.storage.copying import copy_archive, digest_table
from ex99.storage.errors import ArchiveError, NoArchiveError
from ex99.storage.models import Base, Company
from ex99.storage.verify import find_damage
from ex99.storage.writer import Writer
from tests.storage import made

WAYS = [("sqlite", "postgresql"), ("postgresql", "sqlite"), ("sqlite", "sqlite"), ("postgresql", "postgresql")]
MakeDatabase = Callable[[str], str]


def fill(archive: Archive, *, serials: tuple[int, ...] = (1, 2)) -> None:
    writer = Writer(archive)
    writer.save_listing(made.listing([made.filing(serial) for serial in serials]))
    for serial in serials:
        writer.save_submission(made.submission(made.filing(serial)))
    figure = made.figure(mentions=(made.figure().source,), precision=None)
    run = writer.start_parse("1")
    for work in list(queries.list_documents_to_parse(archive, "1")):
        writer.save_release(work.document_id, made.release(figures=(figure,)), run)


def list_digests(archive: Archive) -> dict[str, tuple[int, int]]:
    with archive.connect() as connection:
        return {table.name: digest_table(connection, table) for table in Base.metadata.sorted_tables}


@pytest.mark.parametrize(("kind", "other"), WAYS)
def test_a_copy_has_every_row_and_is_written_on(make_database: MakeDatabase, tmp_path: Path, kind: str, other: str) -> None:
    blobs = str(tmp_path / "blobs")
    target = make_database(other)
    with Archive.open(make_database(kind), blobs) as source:
        fill(source)
        copied = copy_archive(source, target)
        digests = list_digests(source)
        found = [hit.accession for hit in queries.search_releases(source, "anvils")]
    assert copied.rows == {name: rows for name, (rows, _) in digests.items()}
    assert copied.rows["figure"] == copied.rows["figure_mention"] == 2
    with Archive.open(target, blobs, create=False) as copy:
        assert list_digests(copy) == digests
        assert not list(find_damage(copy))
        assert sorted(hit.accession for hit in queries.search_releases(copy, "anvils")) == sorted(found)
        assert len(found) == 2
        fill(copy, serials=(1, 2, 3))  # the numbers of new rows go on where the copied ones end
        assert list_digests(copy)["filing"][0] == 3
        assert not list(find_damage(copy))


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_copy_that_is_broken_off_leaves_nothing(
    make_database: MakeDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    target = make_database(kind)

    def stop(table: str, rows: int) -> None:
        if table == "figure":
            raise KeyboardInterrupt

    with Archive.open(make_database("sqlite"), str(tmp_path / "blobs")) as source:
        fill(source)
        with pytest.raises(KeyboardInterrupt):
            copy_archive(source, target, on_progress=stop)
        with pytest.raises(NoArchiveError):
            Archive.open(target, str(tmp_path / "blobs"), create=False)
        monkeypatch.setattr(copying, "_digest", lambda rows, calls=[]: calls.append(0) or len(calls))
        with pytest.raises(ArchiveError, match="differs from its source; no row was kept"):
            copy_archive(source, target)
        monkeypatch.undo()
        with pytest.raises(NoArchiveError):
            Archive.open(target, str(tmp_path / "blobs"), create=False)
        assert copy_archive(source, target).rows["figure"] == 2


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_target_that_holds_an_archive_is_refused(make_database: MakeDatabase, tmp_path: Path, kind: str) -> None:
    blobs = str(tmp_path / "blobs")
    empty, filled = make_database(kind), make_database(kind)
    with Archive.open(filled, blobs) as archive:
        fill(archive, serials=(7,))
        before = list_digests(archive)
    Archive.open(empty, blobs).close()  # tables without a row are no obstacle
    with Archive.open(make_database("sqlite"), blobs) as source:
        fill(source)
        with pytest.raises(ArchiveError, match=r"holds an archive already \(rows in "):
            copy_archive(source, filled)
        assert copy_archive(source, empty).rows["figure"] == 2
    with Archive.open(filled, blobs, create=False) as archive:
        assert list_digests(archive) == before


def test_a_database_that_is_not_there_is_named_and_not_the_source(make_database: MakeDatabase, tmp_path: Path) -> None:
    missing = make_url(make_database("postgresql")).set(database="nosuch").render_as_string(hide_password=False)
    with Archive.open(f"sqlite:///{tmp_path / 'own.db'}", str(tmp_path / "blobs")) as source, pytest.raises(ArchiveError) as caught:
        copy_archive(source, missing)
    assert str(caught.value).startswith("cannot copy into the database postgresql://")
    assert 'database "nosuch" does not exist' in str(caught.value)


def test_blobs_are_copied_where_they_lack_and_checked(make_database: MakeDatabase, tmp_path: Path) -> None:
    with Archive.open(make_database("sqlite"), str(tmp_path / "blobs")) as source:
        fill(source)
        names = list(source.blobs.list_names())
        target = BlobStore(str(tmp_path / "copy"))
        target.put(source.blobs.read(names[0]))
        copied = copy_archive(source, make_database("sqlite"), target)
        assert copied.blobs == len(names) - 1
        assert list(target.list_names()) == names
        assert all(target.read(name) == source.blobs.read(name) for name in names)
        next((tmp_path / "blobs").rglob(f"{names[1]}.zst")).write_bytes(b"spoilt")
        database = make_database("sqlite")
        with pytest.raises(ArchiveError, match=f"blob {names[1]} of .* is corrupt"):
            copy_archive(source, database, BlobStore(str(tmp_path / "another")))
        with pytest.raises(NoArchiveError):
            Archive.open(database, str(tmp_path / "another"), create=False)


@pytest.mark.parametrize(("kind", "other"), WAYS[:2])
def test_memory_does_not_grow_with_the_rows(make_database: MakeDatabase, tmp_path: Path, kind: str, other: str) -> None:
    rows = [{"cik": number, "name": f"Company {number} of Wexcombe", "as_of": dt.date(2024, 2, 1)} for number in range(1, 40_001)]
    with Archive.open(make_database(kind), str(tmp_path / "blobs")) as source:
        with source.begin() as connection:
            connection.execute(insert(Company), rows)
        tracemalloc.start()
        try:
            copy_archive(source, make_database(other))
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        with source.connect() as connection:
            assert connection.scalar(select(func.count()).select_from(Company)) == 40_000
    assert peak < 16 * 2**20  # the rows as Python objects are 30 MB; measured 4
