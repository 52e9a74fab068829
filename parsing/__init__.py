"""Pure functions from an exhibit's bytes to a PressRelease."""

from parsing.release import PARSER_VERSION, parse_release, read_text

__all__ = ["PARSER_VERSION", "parse_release", "read_text"]
