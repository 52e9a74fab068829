"""Configuration: one typed Settings, and the Scrapy settings built from it."""

from ex99.settings.settings import Settings

__all__ = ["Settings"]
