"""The parser's version."""

PARSER_VERSION = "1"
"""Changes with every change of what a parse returns; archives parse anew what was parsed by another version."""
