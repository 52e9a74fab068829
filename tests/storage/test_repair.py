"""Repair: what verify finds is mended or told, on both databases; every damaged page of a SQLite file is seen."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import delete, text, update

from ex99.storage import models, queries
from ex99.storage.archive import Archive
from ex99.storage.errors import ArchiveError
from ex99.storage.filters import FigureFilter, FilingFilter, ReleaseFilter
from ex99.storage.repair import repair
from ex99.storage.verify import find_damage
from ex99.storage.writer import Writer
from tests.storage import made
from tests.storage.test_queries import _save


def _kinds(archive: Archive) -> list[str]:
    return sorted(finding.kind for finding in find_damage(archive))


def _blob(archive: Archive, sha256: str) -> Path:
    return Path(archive.blobs.url) / sha256[:2] / f"{sha256}.zst"


def _states(archive: Archive) -> dict[str, tuple[str, str | None]]:
    return {row.accession: (row.state, row.reason) for row in queries.list_filings(archive, FilingFilter())}


def test_damaged_bytes_are_asked_for_again_and_come_back(archive: Archive, writer: Writer) -> None:
    for number in range(1, 4):
        _save(archive, writer, number, "2024-02-01", f"release {number}")
    damaged, lost = archive.blobs.put(b"release 1"), archive.blobs.put(b"release 2")
    _blob(archive, damaged).write_bytes(b"half of it")
    _blob(archive, lost).unlink()
    mended, left = repair(archive, find_damage(archive))
    assert sorted((one.finding.kind, one.step) for one in mended) == [("corrupt_blob", "fetch"), ("missing_blob", "fetch")]
    assert left == []
    assert _blob(archive, damaged).with_name(f"{damaged}.zst.damaged-1").read_bytes() == b"half of it"
    failed, sound = ("failed", "damaged"), ("archived", "exhibit_99")
    assert _states(archive) == {made.accession(1): failed, made.accession(2): failed, made.accession(3): sound}
    assert writer.archived([made.accession(n) for n in range(1, 4)]) == {made.accession(3)}
    assert list(queries.list_documents_to_parse(archive, "another")) == list(queries.list_documents_to_parse(archive, None, all=True))
    assert repair(archive, find_damage(archive))[1] == []
    for number in (1, 2):
        writer.save_submission(made.submission(made.filing(number), f"release {number}".encode()))
    assert set(_states(archive).values()) == {sound}
    assert _kinds(archive) == []
    assert archive.blobs.read(damaged) == b"release 1"


def test_writing_over_a_damaged_blob_keeps_the_damaged_one(archive: Archive) -> None:
    sha256 = archive.blobs.put(b"a page")
    for word in (b"first damage", b"second damage"):
        _blob(archive, sha256).write_bytes(word)
        assert archive.blobs.put(b"a page") == sha256
    assert archive.blobs.read(sha256) == b"a page"
    beside = sorted(_blob(archive, sha256).parent.glob("*.damaged-*"))
    assert [path.read_bytes() for path in beside] == [b"first damage", b"second damage"]
    assert list(archive.blobs.list_names()) == [sha256]


def test_an_empty_header_needs_no_fetching(archive: Archive, writer: Writer) -> None:
    _save(archive, writer, 1, "2024-02-01", "release 1")
    empty = archive.blobs.put(b"")
    with archive.begin() as connection:
        connection.execute(update(models.Filing).values(header_sha256=empty))
    _blob(archive, empty).write_bytes(b"x")
    mended, left = repair(archive, find_damage(archive))
    assert ([one.step for one in mended], left) == ([None], [])
    assert _kinds(archive) == []


def test_results_and_filings_with_wrong_rows(archive: Archive, writer: Writer) -> None:
    for number in range(1, 8):
        _save(archive, writer, number, "2024-02-01", f"release {number}")
    with archive.begin() as connection:
        connection.execute(update(models.Release).where(models.Release.document_id == 2).values(current=False))
        connection.execute(delete(models.ReleaseText).where(models.ReleaseText.document_id == 5))
        connection.execute(update(models.Figure).where(models.Figure.c.release_id == 4).values(source_text="9,999"))
        connection.execute(delete(models.FilingFiler).where(models.FilingFiler.filing_id == 3))
        connection.execute(update(models.Document).where(models.Document.filing_id == 7).values(rank=None))
    assert _kinds(archive) == ["no_chosen_release", "no_filer", "not_one_current", "search_index", "wrong_words"]
    mended, left = repair(archive, find_damage(archive))
    assert left == []
    assert sorted(one.step or "" for one in mended) == ["fetch", "fetch", "parse", "parse", "parse"]
    work = list(queries.list_documents_to_parse(archive, "1"))
    assert {row.document_id for row in work} == {2, 5, 11}  # documents of the filings 1, 2 and 4
    run = writer.start_parse("1")
    for row in work:
        writer.save_release(row.document_id, made.release(archive.blobs.read(row.sha256)), run)
    for number in (3, 7):
        writer.save_submission(made.submission(made.filing(number), f"release {number}".encode()))
    assert _kinds(archive) == []


def test_derived_rows_without_their_release_go_and_are_made_again(archive: Archive, writer: Writer) -> None:
    _save(archive, writer, 1, "2024-02-01", "release 1")
    with archive.begin() as connection:
        if archive.engine.dialect.name == "sqlite":
            connection.execute(text("PRAGMA defer_foreign_keys = ON"))
            connection.connection.dbapi_connection.execute("PRAGMA writable_schema = ON")  # type: ignore[union-attr]
        else:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            connection.execute(update(models.Figure).values(release_id=99))
    if archive.engine.dialect.name == "sqlite":
        with sqlite3.connect(archive.engine.url.database or "") as raw:
            raw.execute("UPDATE figure SET release_id = 99")
        raw.close()
    assert "dangling" in _kinds(archive)
    mended, left = repair(archive, find_damage(archive))
    assert ("dangling", "figure") in {(one.finding.kind, one.finding.subject) for one in mended}
    assert left == []
    assert list(queries.list_figures(archive, FigureFilter())) == []
    assert _kinds(archive) == []


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The file of a sound SQLite archive of some dozen filings with long texts."""
    with Archive.open(f"sqlite:///{tmp_path / 'small.db'}", str(tmp_path / "blobs")) as archive:
        writer = Writer(archive)
        for number in range(1, 25):
            words = " ".join(f"{word} {number * 37 % 101}" for word in ("net", "sales", "rose", "income", "per", "share") * 60)
            _save(archive, writer, number, "2024-02-01", f"release {number}: {words}")
        assert _kinds(archive) == []
    return tmp_path / "small.db"


def _is_seen(damaged: Path, blobs: str) -> bool:
    try:
        with Archive.open(f"sqlite:///{damaged}", blobs, create=False) as archive:
            return not all(finding.harmless for finding in find_damage(archive))
    except ArchiveError:  # it cannot even be opened, and says so
        return True


def test_every_zeroed_page_is_seen(small: Path, record_property: Callable[[str, object], None]) -> None:
    with sqlite3.connect(small) as raw:
        size = raw.execute("PRAGMA page_size").fetchone()[0]
    raw.close()
    content = small.read_bytes()
    blobs = str(small.parent / "blobs")
    unseen = []
    for number in range(2, len(content) // size + 1):
        damaged = small.with_name(f"page{number}.db")
        damaged.write_bytes(content[: (number - 1) * size] + bytes(size) + content[number * size :])
        if not _is_seen(damaged, blobs):
            unseen.append(number)
        damaged.unlink()
    assert len(content) // size > 60
    record_property("measured", f"{len(content) // size - 1} pages zeroed, {len(unseen)} unnoticed")
    assert unseen == []


def test_indexes_are_made_anew(small: Path) -> None:
    with Archive.open(f"sqlite:///{small}", str(small.parent / "blobs")) as archive:
        with archive.begin() as connection:
            connection.execute(text("DELETE FROM release_search_data WHERE id > 100"))
        with sqlite3.connect(small) as raw:
            raw.execute("PRAGMA writable_schema = ON")
            raw.execute("UPDATE sqlite_master SET rootpage = (SELECT rootpage FROM sqlite_master WHERE name = 'ix_company_name') "
                        "WHERE name = 'ix_filing_state_reason'")  # fmt: skip
        raw.close()
    with Archive.open(f"sqlite:///{small}", str(small.parent / "blobs")) as archive:
        found = {finding.kind for finding in find_damage(archive)}
        assert {"search_words", "index"} <= found
        repair(archive, find_damage(archive))
        assert "search_words" not in _kinds(archive)
        assert len(queries.search_releases(archive, "sales", ReleaseFilter())) == 20
