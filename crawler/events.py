"""What a crawl tells whoever watches it: events while it runs, and a report at its end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self

EVENT_KINDS: dict[str, str] = {
    "started": "the crawl has begun",
    "listed": "a company's filing history was read",
    "archived": "a filing was archived whole",
    "checked": "an archived filing was asked for again: it has changed at EDGAR, or not",
    "failed": "a filing or a company could not be had; it is tried again next time",
    "paused": "everything rests after a block page, or while a host is in trouble; sent every second with the seconds left in ``pause``",
    "resumed": "the rest is over",
    "retrying": "an answer was bad and is asked for again",
    "notice": "something the user should know",
    "finished": "the crawl is over; the report follows",
}

OUTCOMES: dict[str, str] = {
    "finished": "everything wanted was asked for",
    "interrupted": "stopped by the user; the same command takes the rest",
    "blocked": "EDGAR kept answering with its block page",
    "undeclared": "EDGAR refuses the User-Agent",
    "trouble": "a host answered badly whatever it was asked, for an hour",
    "unreachable": "the host cannot be reached",
    "archive": "the archive cannot be written",
    "refused": "wrong use: nothing was archived",
    "crashed": "the crawl ended without a report",
}


FAULT_CODES: dict[str, str] = {
    "absent": "EDGAR has no such file",
    "blocked": "EDGAR's block page",
    "undeclared": "EDGAR refuses the User-Agent",
    "unavailable": "EDGAR's page for outages, or another answer of its servers' trouble",
    "unreachable": "no connection",
    "timeout": "no answer in time",
    "truncated": "the connection broke off, or the body is shorter than it should be",
    "too_large": "the body is larger than the limit, on the wire or unpacked",
    "empty": "a body without a byte",
    "wrong_kind": "a page where data was due",
    "foreign_host": "an address outside the configured hosts",
    "stopped": "the crawl was stopped first",
    "unreadable": "the body is not what it should be",
    "unknown_company": "no ticker, name or CIK that EDGAR's table knows, or one that may be several",
    "refused": "EDGAR refuses, with an answer that it has not been seen to give",
    "crashed": "the process that reads submissions died of it, twice",
    "too_slow": "reading it took too long",
    "out_of_memory": "reading it took too much memory",
    "unsaved": "it could not be saved, while others could",
    "bug": "an error of ex99's own",
}
"""Why a filing or a company could not be had: the codes of faults, of losses and of failed filings."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How far a crawl is, in filings.

    The sums: ``listed`` = ``outside`` + ``known`` + ``elsewhere`` + ``nothing_to_fetch`` + ``wanted``; ``wanted`` = ``archived`` +
    ``failed`` + open ones (where archived filings are checked: ``unchanged`` + ``changed`` + ``failed`` + open ones).
    """

    companies: int = 0
    listed: int = 0
    outside: int = 0
    """Listed, and outside the filter."""
    known: int = 0
    """Archived whole by an earlier crawl."""
    elsewhere: int = 0
    """In the hands of another crawl of the same archive."""
    nothing_to_fetch: int = 0
    """Paper filings: EDGAR has no bytes of them."""
    wanted: int = 0
    archived: int = 0
    without_release: int = 0
    """Among the archived: filings in which no press release was found."""
    failed: int = 0
    unchanged: int = 0
    """Archived before, asked for again and still the same."""
    changed: int = 0
    """Archived before, asked for again and another since: both are kept."""
    requests: int = 0
    bytes: int = 0
    """Bytes of bodies as they came over the wire."""


@dataclass(frozen=True, slots=True)
class CrawlEvent:
    """One thing that happened, in words, with the counts as they stand.

    ``rate`` is requests a second, ``eta`` and ``pause`` are seconds; None where there is no estimate and no pause.
    """

    kind: str
    message: str
    counts: Counts
    accession: str | None = None
    company: str | None = None
    seconds: float = 0.0
    rate: float = 0.0
    eta: float | None = None
    pause: float | None = None

    def to_json(self) -> dict[str, Any]:
        """As a JSON object."""
        values = {name: getattr(self, name) for name in self.__slots__}  # asdict takes eight times as long, and one comes with each filing
        return values | {"counts": {name: getattr(self.counts, name) for name in self.counts.__slots__}}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """From what ``to_json`` gave."""
        return cls(**{**data, "counts": Counts(**data["counts"])})


@dataclass(frozen=True, slots=True)
class Loss:
    """A filing (accession number), a company (its CIK) or an index file that could not be had, and why."""

    subject: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class CrawlReport:
    """How a crawl went."""

    outcome: str
    """A key of OUTCOMES."""
    message: str
    """One line for a person: the error where there was one, else the sum."""
    counts: Counts = field(default_factory=Counts)
    requests: dict[str, int] = field(default_factory=dict)
    """Requests by kind: tickers, submissions, overflow, full, headers, index, document ..."""
    choices: dict[str, int] = field(default_factory=dict)
    """Archived filings by the reason of their release's choice (filings.filing.CHOICE_REASONS)."""
    losses: tuple[Loss, ...] = ()
    retries: int = 0
    pauses: int = 0
    paused_seconds: float = 0.0
    seconds: float = 0.0
    rate: float = 0.0
    """Requests a second over the time that was not paused."""
    run: int | None = None
    """Number of the crawl run in the archive."""

    @property
    def complete(self) -> bool:
        """Whether nothing was lost."""
        return self.outcome == "finished" and not self.losses

    @property
    def exit_code(self) -> int:
        """0 done, 1 done with losses, 2 nothing could be begun: wrong use, or a host from which not a byte has come."""
        if self.outcome == "refused" or (self.outcome == "unreachable" and not self.counts.bytes):
            return 2
        return 0 if self.complete else 1

    def to_json(self) -> dict[str, Any]:
        """As a JSON object."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """From what ``to_json`` gave."""
        losses = tuple(Loss(**loss) for loss in data["losses"])
        return cls(**{**data, "counts": Counts(**data["counts"]), "losses": losses})
