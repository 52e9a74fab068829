"""Bringing a database to a revision: what `ex99 db upgrade` and `ex99 db current` call."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy.exc import DBAPIError

from ex99.migrations.environment import connect_for_changes
from ex99.storage.archive import check_revision
from ex99.storage.engine import describe, explain, make_engine
from ex99.storage.errors import ArchiveError
from ex99.storage.schema import KNOWN, current_revision


def upgrade(database_url: str, revision: str = "head") -> str | None:
    """Bring a database (made where it is missing) to a revision; returns the revision it had before.

    Idempotent, and safe where several processes do it at once. Raises ArchiveError for a database of a newer ex99 or out of reach.
    """
    before = read_revision(database_url)
    with connect_for_changes(database_url) as connection:
        command.upgrade(_config(connection), revision)
    return before


def downgrade(database_url: str, revision: str) -> None:
    """Take a database back to an earlier revision ("base": no tables; that deletes the archive's rows)."""
    read_revision(database_url)
    with connect_for_changes(database_url) as connection:
        command.downgrade(_config(connection), revision)


def read_revision(database_url: str) -> str | None:
    """The revision of a database, None where it has no tables yet; ArchiveError where it is of a newer ex99 or out of reach."""
    engine = make_engine(database_url)
    try:
        revision = current_revision(engine)
        if revision is not None and revision not in KNOWN:
            check_revision(engine, revision)
        return revision
    except DBAPIError as error:
        raise ArchiveError(f"cannot open the database {describe(engine)}: {explain(error)}") from error
    finally:
        engine.dispose()


def list_revisions() -> list[tuple[str, str]]:
    """Every revision with its title, oldest first."""
    script = ScriptDirectory.from_config(_config(None))
    return [(revision.revision, revision.doc) for revision in reversed(list(script.walk_revisions()))]


def _config(connection: object | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
