"""Verify: a sound archive is clean, and every kind of damage is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import delete, text, update

from ex99.storage import models, verify
from ex99.storage.archive import Archive
from ex99.storage.verify import DAMAGE, find_damage, remove_orphans
from ex99.storage.writer import Writer
from tests.storage import made
from tests.storage.test_queries import _save

_DAMAGED_INDEX = """
CREATE FUNCTION bt_index_check(index regclass, heapallindexed boolean) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF index = 'ix_figure_metric_period'::regclass THEN
        RAISE EXCEPTION 'index "%" contains unexpected zero page at block 2', index;
    END IF;
END $$
"""


def _kinds(archive: Archive) -> list[str]:
    return sorted(finding.kind for finding in find_damage(archive))


def test_sound_archive_and_orphans(archive: Archive, writer: Writer) -> None:
    assert _kinds(archive) == []
    _save(archive, writer, 1, "2024-02-01", "one")
    assert _kinds(archive) == []
    orphan = archive.blobs.put(b"written before a crash")
    (finding,) = find_damage(archive)
    assert (finding.kind, finding.subject, finding.harmless) == ("orphan_blob", orphan, True)
    assert remove_orphans(archive) == 1
    assert _kinds(archive) == []


def test_lost_and_damaged_blobs_name_their_filings(archive: Archive, writer: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify, "_PAGE", 2)
    for number in range(1, 6):
        _save(archive, writer, number, "2024-02-01", f"release {number}")
    names = list(archive.blobs.list_names())
    lost = archive.blobs.put(b"release 3")
    archive.blobs.remove(lost)
    damaged = archive.blobs.put(made.HEADER)
    (Path(archive.blobs.url) / damaged[:2] / f"{damaged}.zst").write_bytes(b"")
    findings = {finding.kind: finding for finding in find_damage(archive)}
    assert set(findings) == {"missing_blob", "corrupt_blob"}
    assert findings["missing_blob"].message.startswith(made.accession(3))
    assert " and 2 more" in findings["corrupt_blob"].message
    assert len(names) == 7
    assert list(find_damage(archive, blobs=False)) == []


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_postgresql_is_asked_where_amcheck_is_installed(archive: Archive, writer: Writer) -> None:
    _save(archive, writer, 1, "2024-02-01", "one")
    with archive.begin() as connection:  # amcheck as its extension declares it, in the words of a damaged index
        connection.execute(text("CREATE FUNCTION bt_index_check(regclass) RETURNS void LANGUAGE sql AS ''"))
        connection.execute(text(_DAMAGED_INDEX))
    (finding,) = find_damage(archive)
    assert (finding.kind, finding.subject) == ("index", "ix_figure_metric_period")
    assert "unexpected zero page at block 2" in finding.message


def test_damaged_rows_are_found(archive: Archive, writer: Writer) -> None:
    for number in range(1, 6):
        _save(archive, writer, number, "2024-02-01", f"release {number}")
    with archive.begin() as connection:
        connection.execute(update(models.Release).where(models.Release.document_id == 2).values(current=False))
        connection.execute(delete(models.ReleaseText).where(models.ReleaseText.document_id == 5))
        connection.execute(delete(models.FilingFiler).where(models.FilingFiler.filing_id == 3))
        connection.execute(update(models.Document).where(models.Document.filing_id == 4).values(rank=None))
        columns = "accession, form, filing_date, facts, state, failures, header_sha256"
        values = "'x', form, filing_date, facts, 'archived', 0, header_sha256"
        connection.execute(text(f"INSERT INTO filing (id, {columns}) SELECT 99, {values} FROM filing WHERE id = 1"))
    kinds = _kinds(archive)
    assert set(kinds) == {"no_documents", "no_chosen_release", "no_filer", "not_one_current", "search_index"}
    assert all(kind in DAMAGE for kind in kinds)
