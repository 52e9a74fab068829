"""The parser's version: a number that releases of ex99 raise, and a digest of what the parser makes of the fixtures."""

NUMBER = 2
"""Raised with each release of ex99 whose parser differs from the one before (`make pin-version RAISE=1`)."""
DIGEST = "1fe63812d1fed45860a685cf4ac1abcca92b82e07fd0ecd02adc13b88aad1b92"
"""Of the results of all fixtures; `make pin-version` writes it, and a test fails where it is another."""
PARSER_VERSION = f"{NUMBER}.{DIGEST[:8]}"
"""Changes with every change of what a parse returns; archives parse anew what was parsed by another version."""
