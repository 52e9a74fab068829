"""The demo: a fictitious company's ten years of 8-Ks, served by a local replica of EDGAR, crawled over HTTP, archived and parsed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ex99.crawl import crawl
from ex99.crawler.events import CrawlEvent, CrawlReport
from ex99.opening import open_storage
from ex99.reparse import ReparseReport, reparse
from ex99.replica.compose import compose_company, write_filings
from ex99.replica.compose.books import BookPlan
from ex99.replica.server import start_replica
from ex99.series import CompanySeries, read_company_series
from ex99.settings import Settings

NAME, CIK, TICKER = "Hartsease Instruments Inc", 1990417, "HRTI"
FIRST_YEAR, LAST_YEAR, RESTATED_IN, SEED = 2001, 2010, 2008, 4
_PACE = 400.0
"""Requests a second: the replica is ours and need not be spared."""


@dataclass(frozen=True, slots=True)
class DemoReport:
    """What the demo did: how many filings were composed, how the crawl and the parse went, and the series that they gave."""

    composed: int
    crawl: CrawlReport
    parse: ReparseReport
    series: CompanySeries


def compose_demo(folder: Path) -> int:
    """Write the company's full submissions into a folder; returns how many. In 2008 it restates the year before."""
    filings = compose_company(NAME, CIK, TICKER, FIRST_YEAR, LAST_YEAR, seed=SEED, books=BookPlan(SEED, restated_in=RESTATED_IN))
    write_filings(folder, filings)
    return len(filings)


@contextmanager
def serve_demo(folder: Path) -> Iterator[tuple[Settings, int]]:
    """Compose the company's filings below ``folder`` and serve them while the context lasts; gives fitting settings, and a count."""
    served = folder / "replica-filings"
    filings = compose_demo(served)
    with start_replica(served) as replica:
        yield make_settings(folder, replica.url), filings


def make_settings(folder: Path, url: str) -> Settings:
    """The settings of the demo: an archive in ``folder``, and the replica in the place of all three hosts."""
    return Settings(
        archive=folder,
        database_url=None,
        blob_url=None,
        www_url=url,
        data_url=url,
        efts_url=url,
        user_agent="ex99 demo demo@example.com",
        requests_per_second=_PACE,
        state_folder=folder / "state",
    )


def run_demo(
    folder: Path, *, on_event: Callable[[CrawlEvent], None] | None = None, on_parse: Callable[[int, int], None] | None = None
) -> DemoReport:
    """Run the demo with its archive in ``folder``; run again, it finds everything there already."""
    folder.mkdir(parents=True, exist_ok=True)
    with serve_demo(folder) as (settings, composed):
        open_storage(settings, create=True).close()
        crawled = crawl(settings, [TICKER], on_event=on_event)
    with open_storage(settings, create=False) as storage:
        parsed = reparse(storage, workers=settings.parse_workers, on_progress=on_parse)
        return DemoReport(composed, crawled, parsed, read_company_series(storage, CIK, "revenue"))
