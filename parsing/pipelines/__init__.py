"""How each kind of document is parsed: a table of functions, bytes in, PressRelease out, that share reading, tables and prose."""

from __future__ import annotations

from collections.abc import Callable

from ex99.filings.exhibits import BODY, RELEASE, SUPPLEMENT
from ex99.filings.release import PressRelease
from ex99.parsing.pipelines.figures_only import parse_body, parse_supplement
from ex99.parsing.release import parse_release

PARSERS: dict[str, Callable[[bytes], PressRelease]] = {RELEASE: parse_release, SUPPLEMENT: parse_supplement, BODY: parse_body}
"""The pipelines, by the keys of filings.exhibits.PIPELINES. A further kind of document is one more function here."""


def parse_exhibit(data: bytes, pipeline: str = RELEASE) -> PressRelease:
    """Parse a document's bytes by one of the pipelines; raises ParseError where they hold no text that can be read."""
    return PARSERS[pipeline](data)
