"""What can be set on a replica."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from ex99.replica.faults import FaultPlan

CLOCKS: tuple[str, ...] = ("by-cik", "utc", "eastern", "mixed")


@dataclass(frozen=True, slots=True)
class ReplicaOptions:
    """How a replica behaves. ``rate`` is requests a second over all clients together (None: no limit)."""

    folder: Path
    company_tickers: Path | None = None
    """A company_tickers.json; default: the one in the folder if there is one, and made-up symbols for the filers it lacks."""
    page_size: int = 1000
    """Filings in the main submissions file; overflow pages hold twice as many."""
    overlap: int = 0
    """Filings that an overflow page repeats from the page before it, as happens while EDGAR re-slices."""
    rate: float | None = 10.0
    block_seconds: float = 600.0
    block_status: int = 403
    """Status of the block page: EDGAR has been seen to give 403 and 429."""
    require_contact: bool = True
    clock: str = "by-cik"
    """What acceptanceDateTime's "Z" means: one of CLOCKS (by-cik: some companies one, some another, as on EDGAR)."""
    faults: FaultPlan = field(default_factory=FaultPlan)
