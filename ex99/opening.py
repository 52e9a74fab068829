"""Opening the archive that the settings name, with errors that say what to do."""

from __future__ import annotations

from ex99.errors import UserError
from ex99.filings.secrecy import hide_secret
from ex99.settings import Settings
from ex99.storage.archive import Archive
from ex99.storage.errors import ArchiveError, NoArchiveError


def open_storage(settings: Settings, *, create: bool, read_only: bool = False) -> Archive:
    """Open the archive; with ``create`` its folder and tables are made at first use, without it a missing one is a UserError.

    ``read_only`` has the database refuse whatever would write. Where the archive is to be filled, its blob store is asked first, so that
    nothing is fetched that could not be kept.
    """
    check_place(settings, create=create)
    try:
        opened = Archive.open(settings.resolved_database_url, settings.resolved_blob_url, create=create, read_only=read_only)
    except NoArchiveError:
        raise no_archive(settings) from None
    if create:
        try:
            opened.blobs.reach()
        except ArchiveError:
            opened.close()
            raise
    return opened


def no_archive(settings: Settings) -> UserError:
    """What to say where the settings name a folder or a database that holds no archive yet."""
    where, named = str(settings.archive), "--archive"
    if settings.database_url is not None:
        where, named = hide_secret(settings.database_url), "EX99_DATABASE_URL"
    return UserError(
        f"there is no archive in {where}",
        "fill one with `ex99 crawl` or `ex99 import`, see one with `ex99 demo`, or name yours with " + named,
    )


def check_place(settings: Settings, *, create: bool) -> None:
    """Make the archive's folder, or raise UserError where it cannot be made; without ``create`` where no archive is in it."""
    if settings.database_url is not None:
        return
    folder = settings.archive
    if create:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise UserError(f"the archive's folder {folder} cannot be made: {reason}", "name another one with --archive") from None
        return
    if not (folder / "archive.db").exists():
        raise no_archive(settings)
