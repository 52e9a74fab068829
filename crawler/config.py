"""From Scrapy's settings back to the product's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ex99.crawler.budget import Budget, budget_path, default_state_folder
from ex99.settings.scrapy_settings import SETTINGS_KEY
from ex99.settings.settings import Settings, is_sec_host

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

SEC_RATE_LIMIT = 10.0
"""Requests a second that the SEC allows at the most: https://www.sec.gov/os/webmaster-faq#developers"""


def read_config(crawler: Crawler) -> Settings:
    """The Settings that a crawl was started with."""
    settings = crawler.settings.get(SETTINGS_KEY)
    if not isinstance(settings, Settings):
        raise TypeError(f"the Scrapy setting {SETTINGS_KEY} should hold the Settings; build Scrapy's settings with build_scrapy_settings")
    return settings


def find_refusal(settings: Settings) -> str | None:
    """Why a crawl with these settings may not start at all, in one line that says what to do; None if it may."""
    if not settings.asks_sec:
        return None
    if plain := [url for url in list_origins(settings) if is_sec_host(url) and not url.startswith("https:")]:
        return f"the SEC is asked by https alone, so that who answers must prove it: write https:// in the place of {plain[0]}"
    if not settings.has_contact:
        return (
            "EDGAR wants to know who asks: set EX99_USER_AGENT (or user_agent in ex99.toml) to a name and an e-mail address, "
            'such as EX99_USER_AGENT="Sample Company admin@example.com"'
        )
    if settings.requests_per_second > SEC_RATE_LIMIT:
        asked = settings.requests_per_second
        return f"the SEC allows {SEC_RATE_LIMIT:g} requests a second at the most: lower EX99_REQUESTS_PER_SECOND ({asked:g})"
    return None


def list_origins(settings: Settings) -> tuple[str, ...]:
    """The only origins that are ever asked: scheme, host and port of the configured addresses."""
    return tuple(dict.fromkeys((settings.www_url, settings.data_url, settings.efts_url)))


def open_budget(settings: Settings) -> Budget:
    """This machine's budget for the configured hosts."""
    folder = (settings.state_folder or default_state_folder()).expanduser()
    return Budget(budget_path(folder, list_origins(settings)), settings.requests_per_second, settings.block_pause)
