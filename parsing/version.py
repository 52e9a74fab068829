"""The parser's version: a number that releases of ex99 raise, and a digest of what the parser makes of the fixtures."""

NUMBER = 2
"""Raised with each release of ex99 whose parser differs from the one before (`make pin-version RAISE=1`)."""
DIGEST = "10c48b3644ba8382850446b900c602b72a12a4bec59ca1b751407aa5cf61e796"
"""Of the results of all fixtures; `make pin-version` writes it, and a test fails where it is another."""
PARSER_VERSION = f"{NUMBER}.{DIGEST[:8]}"
"""Changes with every change of what a parse returns; archives parse anew what was parsed by another version."""
