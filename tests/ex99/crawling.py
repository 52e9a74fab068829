"""What the crawl's tests share: settings for a replica, and what an archive holds."""

from __future__ import annotations

import json
from bisect import bisect_left
from pathlib import Path
from typing import Any

from ex99.replica.server import Replica
from ex99.settings.settings import Settings
from ex99.storage.archive import Archive
from ex99.storage.queries import list_documents, list_filings
from ex99.storage.verify import find_damage

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
        "trouble_pause": 0.2,
        **hosts,
        **more,
    }
    return Settings(**values)


def read_states(settings: Settings) -> dict[str, str]:
    """Accession number -> state, for every filing of the archive."""
    with Archive.open(settings.resolved_database_url, settings.resolved_blob_url) as archive:
        return {str(filing.accession): filing.state for filing in list_filings(archive)}


def read_grants(folder: Path) -> list[float]:
    """When the budget gave leave for each request of the crawls whose logs (*.jsonl) lie in a folder, in order."""
    lines = [json.loads(line) for path in folder.glob("*.jsonl") for line in path.read_text().splitlines()]
    return sorted(line["granted"] for line in lines if line.get("kind") == "asked")


def busiest_second(times: list[float]) -> int:
    """The most that any second holds of some times in order."""
    return max(bisect_left(times, first + 1) - place for place, first in enumerate(times))


def read_contents(settings: Settings) -> dict[str, Any]:
    """Everything that a crawl decides: by accession number the state, the reason, and each document with its bytes' hash and rank."""
    with Archive.open(settings.resolved_database_url, settings.resolved_blob_url) as archive:
        contents: dict[str, Any] = {filing.accession: [filing.state, filing.reason, filing.items] for filing in list_filings(archive)}
        for row in list_documents(archive):
            contents[row.accession].append((row.sequence, row.type, row.filename, row.sha256, row.rank))
    return contents


def read_damage(settings: Settings) -> list[str]:
    """What `ex99 verify` would find; blobs without rows are no damage (a process killed between the two leaves one)."""
    with Archive.open(settings.resolved_database_url, settings.resolved_blob_url) as archive:
        return [finding.message for finding in find_damage(archive) if finding.kind != "orphan_blob"]
