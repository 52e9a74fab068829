"""What the site is made of: pages that are current, in its navigation, with blocks that are run or are no commands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ex99.cli import option_page
from ex99.reference import make_page
from tests.docs.pages import DOCS, ROOT, RUN, find_dead_links, find_indented, list_pages, read_blocks, read_steps

KINDS = {*RUN, "text", "toml", "ini", "crontab", "json", "sql", "csv", "tsv"}


def test_the_reference_is_what_the_code_says() -> None:
    assert (DOCS / "reference.md").read_text(encoding="utf-8") == make_page(), "python -m ex99.reference > docs/reference.md"


def test_the_options_are_what_the_commands_say() -> None:
    assert (DOCS / "options.md").read_text(encoding="utf-8") == option_page.make_page(), "python -m ex99.cli.option_page > docs/options.md"


def test_every_page_is_in_the_navigation() -> None:
    listed = re.findall(r"[\w/-]+\.md", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    assert sorted(listed) == sorted(str(page.relative_to(DOCS)) for page in DOCS.rglob("*.md"))


@pytest.mark.parametrize("page", list_pages(), ids=lambda page: page.stem)
def test_what_is_set_as_code_is_run_or_is_no_command(page: Path) -> None:
    blocks = list(read_blocks(page))
    assert {block.kind for block in blocks} <= KINDS
    assert not [block.line for block in blocks if block.kind not in RUN and re.search(r"^\$ ", block.text, re.MULTILINE)], "commands"
    assert not list(find_indented(page)), "code without a fence, of which nobody knows whether it is a command"


def test_the_readme_is_one_screen_of_promise_two_commands_and_a_picture() -> None:
    page = ROOT / "README.md"
    (block,) = read_blocks(page)
    assert [step.command.split("#")[0].strip() for step in read_steps(block)] == ["make demo", "make test"]
    text = page.read_text(encoding="utf-8")
    assert text.count("![") == 1
    assert len(text.splitlines()) <= 32


def test_indented_code_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("Words\n\n    ex99 crawl\n\n* a point\n\n    of several paragraphs\n\n```console\n\n    $ x\n```\n", encoding="utf-8")
    assert list(find_indented(page)) == [3]


@pytest.mark.parametrize("page", list_pages(), ids=lambda page: page.stem)
def test_no_link_is_dead(page: Path) -> None:
    assert not list(find_dead_links(page))


def test_a_dead_link_and_a_dead_anchor_are_found(tmp_path: Path) -> None:
    (tmp_path / "there.md").write_text("# A title\n\n## `ex99 query`: its words\n", encoding="utf-8")
    page = tmp_path / "page.md"
    page.write_text("[a](there.md) [b](there.md#ex99-query-its-words) [c](gone.md) [d](there.md#gone) ![e](gone.png)\n", encoding="utf-8")
    assert list(find_dead_links(page)) == ["gone.md", "there.md#gone", "gone.png"]
