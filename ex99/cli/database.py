"""`ex99 db`: the archive's database, its revision, and its copy in another database."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ex99.cli import output
from ex99.cli.app import app, command, list_examples
from ex99.cli.options import Archive, load_settings
from ex99.cli.progress import Watch
from ex99.cli.query import reading
from ex99.cli.words import count_of
from ex99.filings.secrecy import hide_secret
from ex99.opening import check_place, no_archive
from ex99.storage.blobs import BlobStore
from ex99.storage.copying import copy_archive

PANEL = "Look after"

database = typer.Typer(no_args_is_help=True, rich_markup_mode="rich")
app.add_typer(
    database,
    name="db",
    rich_help_panel=PANEL,
    help="The archive's database: its revision, bringing it up to date, and copying it into another one.",
    epilog=list_examples(["ex99 db current", "ex99 db upgrade", "ex99 db copy postgresql://me@localhost/ex99"]),
)


@command("current", ["ex99 db current"], panel=PANEL, group=database)
def current(archive: Archive = None) -> None:
    """Show the database's revision, and the newest that this ex99 knows."""
    from ex99.migrations.upgrade import list_revisions, read_revision

    settings = load_settings(archive)
    check_place(settings, create=False)
    newest, _ = list_revisions()[-1]
    revision = read_revision(settings.resolved_database_url)
    if revision is None:
        raise no_archive(settings)
    state = "up to date" if revision == newest else f"the newest is {newest}; `ex99 db upgrade` brings it there"
    where = hide_secret(settings.resolved_database_url)
    output.stdout().print(f"{where}: revision {revision} ({state})", soft_wrap=True)


@command("upgrade", ["ex99 db upgrade"], panel=PANEL, group=database)
def upgrade(archive: Archive = None) -> None:
    """Bring the database to the newest revision; one that is there already is left alone."""
    from ex99.migrations.upgrade import read_revision
    from ex99.migrations.upgrade import upgrade as upgrade_database

    settings = load_settings(archive)
    check_place(settings, create=True)
    before = upgrade_database(settings.resolved_database_url)
    after = read_revision(settings.resolved_database_url)
    words = f"already at revision {after}" if before == after else f"upgraded from revision {before or 'none'} to {after}"
    output.stdout().print(f"{hide_secret(settings.resolved_database_url)}: {words}", soft_wrap=True)


@command(
    "copy",
    [
        "ex99 db copy postgresql://me@localhost/ex99  from the file to a server; the blobs stay where they are",
        "ex99 db copy backup --blobs backup/blobs     the whole archive into a folder, also while a crawl runs",
    ],
    panel=PANEL,
    group=database,
)
def copy(
    target: Annotated[
        str,
        typer.Argument(
            metavar="TARGET", help="An empty database: a postgresql:// or sqlite:/// URL, or an archive's folder.", show_default=False
        ),
    ],
    blobs: Annotated[
        str | None, typer.Option("--blobs", metavar="PLACE", help="Copy the blobs, too, into this folder or store.", show_default=False)
    ] = None,
    archive: Archive = None,
) -> None:
    """Copy the archive's rows into another database, SQLite or PostgreSQL, and compare the two before the copy counts.

    One transaction: a copy that is broken off leaves nothing behind, and a database that holds an archive already is refused. Blobs stay
    where they are; --blobs copies those that the other place lacks, before the rows, and goes on where it was broken off.
    """
    folder = None if "://" in target else Path(target)
    url = target if folder is None else f"sqlite:///{folder / 'archive.db'}"
    store = None if blobs is None else BlobStore(blobs)
    with reading(archive) as opened, Watch("copying") as watch:
        copied = copy_archive(opened.storage, url, store, lambda what, done: watch.update(done, None, tail=what))
    tables = count_of(sum(number > 0 for number in copied.rows.values()), "table")
    words = f"{count_of(sum(copied.rows.values()), 'row')} of {tables} copied and compared"
    output.stdout().print(f"{hide_secret(url)}: {words}" + (f"; {count_of(copied.blobs, 'blob')} copied" if blobs else ""), soft_wrap=True)
    if folder is not None and blobs is not None and Path(blobs) == folder / "blobs":
        output.note(f"to use it: --archive {folder}")
    else:
        place = hide_secret(opened.settings.resolved_blob_url if blobs is None else blobs)
        output.note(f"to use it: export EX99_DATABASE_URL='{hide_secret(url)}' EX99_BLOB_URL='{place}'")
