"""Every revision up and down on seeded data, the models' schema against the migrated one, several processes at once."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, select, text

from ex99.filings.filing import FILING_STATES
from ex99.filings.metrics import BASES, DURATIONS, KINDS
from ex99.filings.release import GUIDANCE_ACTIONS
from ex99.migrations.environment import connect_for_changes
from ex99.migrations.upgrade import downgrade, list_revisions, read_revision, upgrade
from ex99.storage import queries, schema
from ex99.storage.archive import Archive
from ex99.storage.engine import make_engine
from ex99.storage.errors import ArchiveError
from ex99.storage.models import Base
from ex99.storage.writer import Writer
from tests.storage import made

ROOT = Path(__file__).parents[2]


def _alembic(database_url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "EX99_DATABASE_URL": database_url}
    return subprocess.run(
        [sys.executable, "-m", "alembic", *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def _seed(database_url: str, folder: Path) -> None:
    with Archive.open(database_url, str(folder)) as archive:
        writer = Writer(archive)
        writer.save_listing(made.listing([made.filing(1), made.filing(2)]))
        writer.save_submission(made.submission(made.filing(1)))
        work = next(iter(queries.list_documents_to_parse(archive, "1")))
        figure = made.figure(mentions=(made.figure().source,), precision=None)
        writer.save_release(work.document_id, made.release(figures=(figure,)), writer.start_parse("1"))


def _dump(database_url: str) -> dict[str, list[tuple[object, ...]]]:
    engine = make_engine(database_url)
    with engine.connect() as connection:
        rows = {t.name: sorted((tuple(r) for r in connection.execute(select(t))), key=repr) for t in Base.metadata.sorted_tables}
    engine.dispose()
    return rows


def _parts(statement: str) -> list[str]:
    """A CREATE statement's clauses without regard to their order, which differs between the two ways of making a table."""
    flat = " ".join(statement.split()).replace(" )", ")").replace("( ", "(")
    head, _, body = flat.partition("(")
    return [head, *sorted(part.strip(" ()") for part in re.split(r",(?![^()]*\))", body.rpartition(")")[0]))]


def _describe(database_url: str) -> object:
    """Everything that a database says about its schema, in a comparable form."""
    engine = make_engine(database_url)
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            query = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
            found: object = sorted((*row[:3], _parts(row[3] or "")) for row in connection.execute(text(query)))
        else:
            inspector = inspect(connection)
            columns = text(
                "SELECT table_name, column_name, data_type, is_nullable, generation_expression FROM information_schema.columns "
                "WHERE table_schema = 'public' ORDER BY 1, 2"
            )
            indexes = text("SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1, 2")
            checks = {name: sorted(map(str, inspector.get_check_constraints(name))) for name in sorted(inspector.get_table_names())}
            keys = {name: sorted(map(str, inspector.get_foreign_keys(name))) for name in sorted(inspector.get_table_names())}
            found = (
                [tuple(r) for r in connection.execute(columns)], [tuple(r) for r in connection.execute(indexes)], checks, keys,
            )  # fmt: skip
    engine.dispose()
    return found


def test_alembic_works_from_the_checkout(database_url: str) -> None:
    for arguments in (("upgrade", "head"), ("check",), ("current",)):
        done = _alembic(database_url, *arguments)
        assert done.returncode == 0, done.stderr
    assert schema.HEAD in done.stdout
    done = _alembic(database_url, "downgrade", "base")
    assert done.returncode == 0, done.stderr
    assert read_revision(database_url) is None


def test_models_and_migrations_make_the_same_schema(make_database: Callable[[str], str], database_url: str) -> None:
    upgrade(database_url)
    other = make_database(database_url.partition(":")[0])
    engine = make_engine(other)
    schema.create_schema(engine)
    engine.dispose()
    assert _describe(other) == _describe(database_url)
    with connect_for_changes(other) as connection:
        config = Config(ROOT / "alembic.ini")
        config.attributes["connection"] = connection
        command.check(config)


def test_head_and_known_revisions_are_those_of_the_scripts() -> None:
    script = ScriptDirectory.from_config(Config(ROOT / "alembic.ini"))
    assert script.get_heads() == [schema.HEAD]
    assert tuple(revision for revision, _ in list_revisions()) == schema.KNOWN


@pytest.mark.parametrize("revision", schema.KNOWN)
def test_every_revision_goes_down_and_up_on_seeded_data(database_url: str, tmp_path: Path, revision: str) -> None:
    _seed(database_url, tmp_path / "blobs")
    before = _dump(database_url)
    downgrade(database_url, revision)
    assert read_revision(database_url) == revision
    assert upgrade(database_url) == revision
    after = _dump(database_url)
    if revision < "0004":  # has no place for when a submission was archived
        before, after = (
            {**rows, "submission_version": [row[:2] + row[3:] for row in rows["submission_version"]]} for rows in (before, after)
        )
    assert after == before
    assert len(before["figure_mention"]) == len(before["submission_version"]) == 1


def test_the_first_revision_goes_down_to_nothing_on_seeded_data(database_url: str, tmp_path: Path) -> None:
    _seed(database_url, tmp_path / "blobs")
    described = _describe(database_url)
    downgrade(database_url, "base")
    engine = make_engine(database_url)
    assert [name for name in inspect(engine).get_table_names() if not name.startswith("alembic")] == []
    engine.dispose()
    upgrade(database_url)
    assert _describe(database_url) == described
    _seed(database_url, tmp_path / "blobs")


def test_upgrading_twice_and_at_once(database_url: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        revisions = list(pool.map(lambda _: upgrade(database_url), range(1)))
    processes = [
        subprocess.Popen([sys.executable, "-c", f"from ex99.migrations.upgrade import upgrade; upgrade({database_url!r})"], cwd=ROOT)
        for _ in range(3)
    ]
    assert [process.wait(60) for process in processes] == [0, 0, 0]
    assert revisions == [None]
    assert read_revision(database_url) == schema.HEAD


def test_a_newer_database_is_refused(database_url: str, tmp_path: Path) -> None:
    upgrade(database_url)
    engine = make_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(ArchiveError, match="newer than this ex99"):
        upgrade(database_url)
    with pytest.raises(ArchiveError, match="newer than this ex99"):
        Archive.open(database_url, str(tmp_path))


def test_an_older_database_says_what_to_do(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    upgrade(database_url)
    monkeypatch.setattr("ex99.storage.archive.HEAD", "0999")
    with pytest.raises(ArchiveError, match="run ex99 db upgrade"):
        Archive.open(database_url, str(tmp_path))


def test_a_migration_that_orphans_rows_is_rolled_back(make_database: Callable[[str], str], tmp_path: Path) -> None:
    url = make_database("sqlite")
    _seed(url, tmp_path / "blobs")
    before = _dump(url)
    with pytest.raises(ArchiveError, match="nothing was changed"), connect_for_changes(url) as connection:
        connection.execute(text("DELETE FROM figure"))
    assert _dump(url) == before


@pytest.mark.parametrize(
    ("column", "values"),
    [("kind", KINDS), ("basis", BASES), ("duration", DURATIONS), ("action", GUIDANCE_ACTIONS), ("state", tuple(FILING_STATES))],
)
def test_the_checks_of_the_database_know_the_whole_vocabulary(
    make_database: Callable[[str], str], column: str, values: tuple[str, ...]
) -> None:
    url = make_database("sqlite")
    upgrade(url)
    tables = {"kind": "release", "basis": "figure", "duration": "figure", "action": "guidance", "state": "filing"}
    engine = make_engine(url)
    checks = {check["name"]: check["sqltext"] for check in inspect(engine).get_check_constraints(tables[column])}
    engine.dispose()
    listed = ", ".join(f"'{value}'" for value in values)
    assert checks[f"ck_{tables[column]}_{column}"] == f"{column} IN ({listed})", "the vocabulary changed: write a migration"
