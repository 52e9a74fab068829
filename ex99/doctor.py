"""What is configured, what works and what is missing: the checks of `ex99 doctor`."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from ex99 import __version__
from ex99.crawler.config import find_refusal
from ex99.filings.extras import how_to_install
from ex99.filings.plugins import GROUPS, load_plugins
from ex99.filings.secrecy import hide_secret
from ex99.parsing import PARSER_VERSION
from ex99.settings import Settings
from ex99.storage.archive import Archive
from ex99.storage.blobs import BlobStore
from ex99.storage.errors import ArchiveError, NoArchiveError

Verdict = Literal["ok", "note", "missing", "broken"]
_LEAST_FREE = 2**30


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: what it is, what it is set to, and what to do where something is missing or broken."""

    name: str
    verdict: Verdict
    value: str
    advice: str = ""


def check_all(settings: Settings) -> Iterator[Check]:
    """Look everything over; on the network only the archive's own database and blob store are asked."""
    yield Check("ex99", "ok", f"{__version__}, parser {PARSER_VERSION}, Python {platform.python_version()}")
    yield _check_configuration()
    yield _check_contact(settings)
    yield _check_hosts(settings)
    yield Check("pace", "ok", f"{settings.requests_per_second:g} requests a second, {settings.block_pause:g} s of rest after a block page")
    yield from _check_archive(settings)
    yield Check("parser processes", "ok", str(settings.parse_workers or os.cpu_count() or 1))
    for library in ("pandas", "polars"):
        present = find_spec(library) is not None
        advice = "" if present else f"only needed for .to_{library}(): {how_to_install(library)}"
        yield Check(library, "ok" if present else "note", "installed" if present else "not installed", advice)
    yield from _check_plugins()
    encoding = (sys.stdout.encoding or "").lower()
    advice = "" if "utf" in encoding else "set PYTHONIOENCODING=utf-8 to see every character"
    yield Check("terminal", "note" if advice else "ok", f"{encoding}, {shutil.get_terminal_size().columns} columns", advice)


def _check_plugins() -> Iterator[Check]:
    for group in GROUPS:
        for plugin in load_plugins(group):
            advice = "it is left out: mend or remove the package" if plugin.problem else ""
            yield Check(
                "plugin", "broken" if plugin.problem else "ok", f"{plugin}{f': {plugin.problem}' if plugin.problem else ''}", advice
            )


def _check_configuration() -> Check:
    variables = sorted(name for name in os.environ if name.startswith("EX99_"))
    known = {f"EX99_{name.upper()}" for name in Settings.model_fields}
    file = "ex99.toml" if Path("ex99.toml").exists() else "no ex99.toml here"
    unknown = [name for name in variables if name not in known and name != "EX99_CORPUS"]
    value = f"{file}; {', '.join(variables) or 'no EX99_* variables'}"
    if unknown:
        return Check("configuration", "note", value, f"ex99 knows no {', '.join(unknown)}")
    return Check("configuration", "ok", value)


def _check_contact(settings: Settings) -> Check:
    if settings.has_contact:
        return Check("user agent", "ok", settings.user_agent or "")
    advice = 'EDGAR wants to know who asks: export EX99_USER_AGENT="Your Name you@example.com"'
    said = f"{settings.user_agent!r} has no e-mail address" if settings.user_agent else "not set; needed by `ex99 crawl`"
    return Check("user agent", "missing", said, advice)


def _check_hosts(settings: Settings) -> Check:
    hosts = dict.fromkeys((settings.www_url, settings.data_url, settings.efts_url))
    who = "EDGAR" if settings.asks_sec else "not EDGAR"
    said = f"{', '.join(map(hide_secret, hosts))} ({who})"
    refusal = find_refusal(settings.model_copy(update={"user_agent": "anyone@example.com"}))  # the contact is a check of its own
    return Check("hosts", "ok" if refusal is None else "broken", said, refusal or "")


def _check_archive(settings: Settings) -> Iterator[Check]:
    inside = settings.database_url is None  # a file in the archive's folder
    where = hide_secret(settings.resolved_database_url)
    try:
        with Archive.open(settings.resolved_database_url, settings.resolved_blob_url, create=False):
            yield Check("archive", "ok", where)
    except NoArchiveError:
        advice = f"`ex99 crawl` and `ex99 import` make it; {'--archive' if inside else 'EX99_DATABASE_URL'} names another"
        yield Check("archive", "note", f"{settings.archive if inside else where} (not there yet)", advice)
    except ArchiveError as error:
        yield Check("archive", "broken", where, str(error))
    blobs = hide_secret(settings.resolved_blob_url)
    try:
        BlobStore(settings.resolved_blob_url).reach()
        yield Check("blobs", "ok", blobs)
    except ArchiveError as error:
        yield Check("blobs", "broken", blobs, str(error))
    if inside:
        yield _check_folder(settings.archive)


def _check_folder(folder: Path) -> Check:
    there = next(place for place in (folder.resolve(), *folder.resolve().parents) if place.exists())
    if not there.is_dir() or not os.access(there, os.W_OK):
        return Check("disk", "broken", f"{there} cannot be written to", "name another folder with --archive or EX99_ARCHIVE")
    free = shutil.disk_usage(there).free
    advice = "" if free >= _LEAST_FREE else "little is left"
    return Check("disk", "note" if advice else "ok", f"{free / 2**30:,.1f} GiB free", advice)
