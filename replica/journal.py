"""The replica's record of what it was asked, on its own clock, for tests and benchmarks to measure by."""

from __future__ import annotations

import time
from bisect import bisect_left
from collections import Counter
from typing import Any


class Entry:
    """One request: seconds since the start, what kind of page, its path, and what became of it."""

    __slots__ = ("block_age", "bytes", "fault", "kind", "path", "status", "time")

    def __init__(self, at: float, kind: str, path: str) -> None:
        self.time = at
        self.kind = kind
        self.path = path
        self.status = 0
        self.bytes = 0
        self.fault: str | None = None
        self.block_age: float | None = None


class Journal:
    """All requests since the start or the last reset."""

    def __init__(self) -> None:
        self._start = time.monotonic()
        self.entries: list[Entry] = []

    def now(self) -> float:
        """Seconds on the replica's clock."""
        return time.monotonic() - self._start

    def add(self, kind: str, path: str, at: float) -> Entry:
        """Open the entry of a request that has just come in."""
        entry = Entry(at, kind, path)
        self.entries.append(entry)
        return entry

    def reset(self) -> None:
        """Forget all entries."""
        self.entries = []

    def log(self) -> list[dict[str, Any]]:
        """Every request as a JSON-ready dict, oldest first."""
        names = Entry.__slots__
        return [{name: getattr(entry, name) for name in names} for entry in self.entries]

    def summary(self, grace: float = 1.0) -> dict[str, Any]:
        """Counts by kind, status and fault; bytes; the busiest second; and requests during a block.

        ``during_block`` counts every request that met a block already begun; ``after_grace`` those that came more than
        ``grace`` seconds into it, when a client has had time to read the page.
        """
        entries = list(self.entries)
        times = [e.time for e in entries]
        ages = [e.block_age for e in entries if e.block_age]
        span = times[-1] - times[0] if times else 0.0
        return {
            "requests": len(entries),
            "kinds": dict(Counter(e.kind for e in entries)),
            "statuses": {str(k): n for k, n in Counter(e.status for e in entries).items()},
            "faults": dict(Counter(e.fault for e in entries if e.fault)),
            "bytes": sum(e.bytes for e in entries),
            "first": times[0] if times else None,
            "last": times[-1] if times else None,
            "rate": (len(entries) - 1) / span if span > 0 else 0.0,
            "busiest_second": _busiest(times),
            "during_block": len(ages),
            "after_grace": sum(age > grace for age in ages),
        }


def _busiest(times: list[float]) -> int:
    most = 0
    for index, at in enumerate(times):
        most = max(most, index + 1 - bisect_left(times, at - 1.0 + 1e-9, 0, index + 1))
    return most
