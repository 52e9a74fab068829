"""A figure as a sentence reports it, before it is reconciled with what the tables say."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from ex99.filings.release import Source


@dataclass(frozen=True, slots=True)
class ProseCandidate:
    """A reading of one amount; ``sure``: whether every link of the sentence was certain.

    ``precision`` is what its last digit counts, where zeros at the end of a whole number are none: 100 million for "$300 million".
    """

    metric: str
    basis: str
    duration: str
    period_end: dt.date | None
    value: Decimal
    precision: Decimal
    unit: str
    comparative: bool
    source: Source
    sure: bool
    sentence: int = 0
    """Where its sentence begins."""
    block: int = 0
    """Where its paragraph begins."""
    named: bool = True
    """Whether its sentence names the period."""
    others: bool = False
    """Whether its sentence speaks of someone else than the company."""
    qualifier: str | None = None
    rules: tuple[str, ...] = field(default=(), compare=False)
    """Ids of the rules that made it."""
