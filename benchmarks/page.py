"""Pages of the documentation of which a part is made by a target of the Makefile: what stands between its two marks."""

from __future__ import annotations

from pathlib import Path


def write_made(page: Path, target: str, words: str) -> None:
    """Put what a target makes ("make rules") into its part of a page; raises ValueError where the page has none."""
    begin, end = f"<!-- made by {target} -->", f"<!-- end of {target} -->"
    text = page.read_text(encoding="utf-8")
    if begin not in text or end not in text:
        raise ValueError(f"{page} lacks the marks {begin} and {end}")
    page.write_text(text[: text.index(begin) + len(begin)] + "\n\n" + words + "\n" + text[text.index(end) :], encoding="utf-8")
