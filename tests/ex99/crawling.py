"""What the crawl's tests share: settings for a replica, and what an archive holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from replica.server import Replica
from settings.settings import Settings
from storage.archive import Archive
from storage.queries import list_filings
from storage.verify import find_damage

CONTACT = "Quizzaxa Tests tests@example.com"


def make_settings(folder: Path, replica: Replica | None = None, **more: Any) -> Settings:
    """Settings of a crawl against a replica, quick and away from the user's own state."""
    hosts = dict.fromkeys(("www_url", "data_url", "efts_url"), replica.url) if replica else {}
    values = {
        "archive": folder / "archive",
        "user_agent": CONTACT,
        "requests_per_second": 100,
        "state_folder": folder / "state",
        "block_pause": 1.0,
        "retry_wait": 0.05,
        **hosts,
        **more,
    }
    return Settings(**values)


def read_states(settings: Settings) -> dict[str, str]:
    """Accession number -> state, for every filing of the archive."""
    with Archive.open(settings.resolved_database_url, settings.resolved_blob_url) as archive:
        return {str(filing.accession): filing.state for filing in list_filings(archive)}


def read_damage(settings: Settings) -> list[str]:
    """What `ex99 verify` would find; blobs without rows are no damage (a process killed between the two leaves one)."""
    with Archive.open(settings.resolved_database_url, settings.resolved_blob_url) as archive:
        return [finding.message for finding in find_damage(archive) if finding.kind != "orphan_blob"]
