"""The crawl service: runs the spiders in a process of their own and reports what they do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from crawler.events import CrawlEvent, CrawlReport, Loss
from settings.settings import Settings

__all__ = ["CrawlError", "CrawlEvent", "CrawlReport", "Loss", "crawl"]


class CrawlError(Exception):
    """Wrong use that was seen before anything was asked for; its text is one line for the user (exit code 2)."""


def crawl(
    settings: Settings,
    companies: Sequence[str | int],
    *,
    since: dt.date | None = None,
    until: dt.date | None = None,
    items: Sequence[str] = (),
    forms: Sequence[str] = (),
    retry_failed: bool = False,
    on_event: Callable[[CrawlEvent], None] | None = None,
) -> CrawlReport:
    """Archive the filing histories of companies (tickers, CIKs or names); raises CrawlError on wrong use."""
    raise NotImplementedError
