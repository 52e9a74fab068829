"""Alembic's entry: the database's URL from ex99's settings, or the connection that migrations.upgrade hands over."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from ex99.migrations.environment import connect_for_changes, include_object, note_type
from ex99.settings.settings import Settings
from ex99.storage.models import Base


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        include_object=include_object,
        compare_type=True,
        render_item=note_type,
        transactional_ddl=True,
    )
    context.run_migrations()


def _main() -> None:
    if context.is_offline_mode():
        raise SystemExit("ex99's migrations need a database: run them without --sql")
    given = context.config.attributes.get("connection")
    if given is not None:
        _run(given)
        return
    with connect_for_changes(Settings().resolved_database_url) as connection:
        _run(connection)


_main()
