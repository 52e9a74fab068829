import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

pytest.importorskip("distributed")

from benchmarks.cluster import digest_rows, make_archive
from ex99.reparse import reparse
from ex99.storage.archive import Archive


def test_the_digest_sees_every_row_and_not_their_order(tmp_path: Path) -> None:
    words = make_archive(tmp_path, tmp_path / "no corpus", 20)
    assert words == "fictitious exhibits"
    found = []
    for workers in (1, 2):
        file = tmp_path / f"{workers}.db"
        file.write_bytes((tmp_path / "new.db").read_bytes())
        with Archive.open(f"sqlite:///{file}", str(tmp_path / "blobs")) as archive:
            assert reparse(archive, workers=workers).parsed == 20
        found.append(digest_rows(file))
    assert found[0] == found[1]
    assert found[0]["release"][0] == 20
    assert found[0]["figure"][0] > 100
    with closing(sqlite3.connect(tmp_path / "2.db")) as database:
        database.execute("UPDATE figure SET unit = 'EUR' WHERE position = 0 AND release_id = (SELECT min(release_id) FROM figure)")
        database.commit()
    assert {table for table in found[0] if digest_rows(tmp_path / "2.db")[table] != found[0][table]} == {"figure"}
