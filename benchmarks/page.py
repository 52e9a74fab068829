"""Pages of the documentation of which a part is made: what stands between two marks."""

from __future__ import annotations

from pathlib import Path


def write_between(page: Path, begin: str, end: str, words: str) -> None:
    """Put words between a page's two marks; raises ValueError where it has none."""
    text = page.read_text(encoding="utf-8")
    if begin not in text or end not in text:
        raise ValueError(f"{page} lacks the marks {begin} and {end}")
    page.write_text(text[: text.index(begin) + len(begin)] + "\n\n" + words + "\n" + text[text.index(end) :], encoding="utf-8")
