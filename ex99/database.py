"""The archive's database revision: what it is, and bringing it up to date by the migrations."""

from __future__ import annotations

from dataclasses import dataclass

from settings import Settings
from storage.engine import make_engine
from storage.schema import HEAD, current_revision


@dataclass(frozen=True, slots=True)
class Revision:
    """A database's revision (None where it has no tables) and the newest that this ex99 knows."""

    current: str | None
    newest: str


def read_revision(settings: Settings) -> Revision:
    """The database's revision."""
    engine = make_engine(settings.resolved_database_url)
    try:
        return Revision(current_revision(engine), HEAD)
    finally:
        engine.dispose()


def upgrade_database(settings: Settings) -> tuple[str | None, str | None]:
    """Bring the database to the newest revision; returns the revisions before and after."""
    before = read_revision(settings).current
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"url": settings.resolved_database_url})
    config.set_main_option("script_location", "migrations:")
    config.set_main_option("sqlalchemy.url", settings.resolved_database_url.replace("%", "%%"))
    command.upgrade(config, "head")
    return before, read_revision(settings).current
