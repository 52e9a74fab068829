"""The parser's version: a number that releases of ex99 raise, and a digest of what the parser makes of the fixtures."""

NUMBER = 2
"""Raised with each release of ex99 whose parser differs from the one before (`make pin-version RAISE=1`)."""
DIGEST = "236d1647986c1fc983cfcf8f27157c7a8fae4605af5f11153e41f03ed0003b33"
"""Of the results of all fixtures; `make pin-version` writes it, and a test fails where it is another."""
PARSER_VERSION = f"{NUMBER}.{DIGEST[:8]}"
"""Changes with every change of what a parse returns; archives parse anew what was parsed by another version."""
