"""Pure functions from an exhibit's bytes to a PressRelease."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ex99.parsing.version import PARSER_VERSION

__all__ = ["PARSER_VERSION", "parse_exhibit", "parse_release", "read_text"]

if TYPE_CHECKING:
    from ex99.parsing.pipelines import parse_exhibit
    from ex99.parsing.release import parse_release, read_text


def __getattr__(name: str) -> Any:
    """The parser itself, loaded when it is first asked for: that takes longer than most of what needs its version alone."""
    if name in __all__:
        from ex99.parsing import pipelines, release

        return pipelines.parse_exhibit if name == "parse_exhibit" else getattr(release, name)
    raise AttributeError(f"module 'ex99.parsing' has no attribute {name!r}")
