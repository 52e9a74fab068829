"""What scrapy.cfg points to: the Scrapy settings as module attributes, from the variables and ex99.toml of the working folder."""

from __future__ import annotations

from ex99.settings.scrapy_settings import build_scrapy_settings
from ex99.settings.settings import Settings

globals().update(build_scrapy_settings(Settings()))
