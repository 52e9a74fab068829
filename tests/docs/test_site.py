"""What the site is made of: pages that are current, in its navigation, with blocks that are run or are no commands."""

from __future__ import annotations

import re

from ex99.reference import make_page
from tests.docs.pages import DOCS, ROOT, RUN, read_blocks

KINDS = {*RUN, "text", "toml", "ini", "crontab", "json", "sql"}
NOT_YET = {"commands", "python", "series", "scrapy", "benchmarks", "scale"}
"""Pages whose fences are of before the site; python.md has a test of its own."""


def test_the_reference_is_what_the_code_says() -> None:
    assert (DOCS / "reference.md").read_text(encoding="utf-8") == make_page(), "python -m ex99.reference > docs/reference.md"


def test_every_page_is_in_the_navigation() -> None:
    listed = re.findall(r"[\w/-]+\.md", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    assert sorted(listed) == sorted(str(page.relative_to(DOCS)) for page in DOCS.rglob("*.md"))


def test_fences_say_what_they_hold() -> None:
    for page in DOCS.rglob("*.md"):
        if page.stem not in NOT_YET:
            assert {block.kind for block in read_blocks(page)} <= KINDS, page.name
