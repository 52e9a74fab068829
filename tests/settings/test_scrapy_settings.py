"""The Scrapy settings: known names, real differences, nothing left open."""

from __future__ import annotations

import inspect

from scrapy.settings import default_settings

from ex99.settings import scrapy_settings
from ex99.settings.scrapy_settings import SETTINGS_KEY, build_scrapy_settings
from ex99.settings.settings import Settings

SETTINGS = Settings(user_agent="Quizzaxa Tests tests@example.com")
BUILT = build_scrapy_settings(SETTINGS)


def test_every_setting_is_one_of_scrapys_and_differs_from_its_default() -> None:
    for name, value in BUILT.items():
        if name != SETTINGS_KEY:
            assert hasattr(default_settings, name), name
            assert getattr(default_settings, name) != value, name


def test_every_difference_says_why() -> None:
    lines = inspect.getsource(scrapy_settings).splitlines()
    plain = {"BOT_NAME", "SPIDER_MODULES", "EXTENSIONS", "ITEM_PIPELINES"}
    for name in BUILT.keys() - plain - {SETTINGS_KEY}:
        place = next(number for number, line in enumerate(lines) if f'"{name}":' in line)
        before = lines[max(0, place - 22) : place]
        assert any(line.strip().startswith("#") for line in before), name


def test_nothing_listens_and_certificates_are_verified() -> None:
    assert BUILT["TELNETCONSOLE_ENABLED"] is False
    assert BUILT["REMOTE_CONTROL_ENABLED"] is False
    assert BUILT["DOWNLOAD_VERIFY_CERTIFICATES"] is True
    assert [scheme for scheme, handler in BUILT["DOWNLOAD_HANDLERS"].items() if handler] == ["http", "https"]


def test_a_request_that_was_given_leave_queues_nowhere() -> None:
    assert BUILT["CONCURRENT_REQUESTS_PER_DOMAIN"] >= default_settings.CONCURRENT_REQUESTS
    assert default_settings.DOWNLOAD_DELAY == 0


def test_the_declared_user_agent_is_what_is_sent() -> None:
    assert BUILT["USER_AGENT"] == SETTINGS.user_agent
    assert BUILT[SETTINGS_KEY] is SETTINGS
