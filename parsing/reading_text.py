"""Typewriter text to blocks (first version)."""

from __future__ import annotations

from parsing.canonical import CanonicalText, collapse_lines


def add_typewritten(canonical: CanonicalText, text: str) -> None:
    """Append typewritten text as blocks."""
    for group in text.split("\n\n"):
        words = collapse_lines(group)
        if words:
            canonical.add_text("paragraph", words)
