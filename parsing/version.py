"""The parser's version: a number that releases of ex99 raise, and a digest of what the parser makes of the fixtures."""

from __future__ import annotations

from ex99.filings.metrics import ADDED_BY

NUMBER = 2
"""Raised with each release of ex99 whose parser differs from the one before (`make pin-version RAISE=1`)."""
DIGEST = "51f42ff433f70feadbc6090e2dd17b16c7aba8ab5e51da9dbb441ebba5673cc9"
"""Of the results of all fixtures; `make pin-version` writes it, and a test fails where it is another."""
PARSER_VERSION = "+".join([f"{NUMBER}.{DIGEST[:8]}", *dict.fromkeys(plugin.package.replace(" ", "-") for plugin in ADDED_BY)])
"""Changes with every change of what a parse returns, added metrics included; archives parse anew what was parsed by another version."""
