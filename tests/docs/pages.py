"""What a page of the documentation holds to be run: fenced blocks of console sessions and of Python.

In a ```console block a line that begins with "$ " is typed (a backslash at its end goes on below), and the lines under it are what is
answered, where "..." stands for anything. A ```python block is run after those above it, in their names; what it prints may follow in a
```text block. Other fences (toml, ini, crontab ...) hold files: such a block whose fence names a title is written there, for what follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
# ```toml title="ex99.toml"
_FENCE = re.compile(r'^(?P<indent> *)```(?P<kind>\w*)(?: +title="(?P<title>[^"]+)")? *$')
RUN = ("console", "python")


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: the line that it starts in, what it is, the file that it stands for, its text."""

    line: int
    kind: str
    title: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Step:
    """One command of a console block and the answer that the page shows, "" for none."""

    line: int
    command: str
    answer: str


def list_pages() -> list[Path]:
    """Every page, the README among them."""
    return [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]


def read_blocks(page: Path) -> Iterator[Block]:
    """The fenced blocks of a page in their order."""
    lines = iter(enumerate(page.read_text(encoding="utf-8").splitlines(), 1))
    for number, line in lines:
        if (fence := _FENCE.match(line)) is None:
            assert not line.lstrip().startswith("```"), f"{page.name}:{number}: a fence of another form"
            continue
        indent = fence["indent"]
        inside: list[str] = []
        for _, text in lines:
            if text == f"{indent}```":
                break
            inside.append(text.removeprefix(indent))
        yield Block(number, fence["kind"], fence["title"], "\n".join(inside) + "\n")


def find_indented(page: Path) -> Iterator[int]:
    """The lines in which Markdown's other form of code begins: four blanks after a blank line, outside of fences and lists."""
    before, fenced, listed = "", False, False
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        if _FENCE.match(line):
            fenced = not fenced
        elif not fenced and line and not line[0].isspace():
            listed = re.match(r"[*+-] |\d+\. ", line) is not None
        if not fenced and not listed and not before and re.match(r" {4,}\S", line):
            yield number
        before = line.strip()


def find_dead_links(page: Path) -> Iterator[str]:
    """The links of a page to a file that is not there, or to a heading that no page has."""
    prose = re.sub(r"^ *```.*?^ *```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", prose):
        name, _, anchor = target.partition("#")
        if not name.startswith(("https://", "http://")):
            file = page.parent / name if name else page
            if not file.exists() or (anchor and anchor not in _list_anchors(file)):
                yield target


def _list_anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as the site names them: letters, digits and hyphens."""
    headings = re.findall(r"^#+ (.*)", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[\s-]+", "-", re.sub(r"[^\w\s-]", "", heading.lower()).strip()) for heading in headings}


def read_steps(block: Block) -> Iterator[Step]:
    """The commands of a console block, each with its answer."""
    lines = block.text.splitlines()
    assert lines[0].startswith("$ "), f"line {block.line}: a console block begins with a command"
    place = 0
    while place < len(lines):
        first = place
        command = lines[place].removeprefix("$ ")
        while command.endswith("\\"):
            place += 1
            command = command[:-1] + lines[place].strip()
        place += 1
        answer: list[str] = []
        while place < len(lines) and not lines[place].startswith("$ "):
            answer.append(lines[place])
            place += 1
        yield Step(block.line + 1 + first, command, "\n".join(answer).strip("\n"))


def is_answer(shown: str, got: str) -> bool:
    """Whether a page's answer, with its "...", is what was got; blanks at the ends of lines and around all of it do not count."""
    parts = [re.escape(part) for part in _trim(shown).split("...")]
    return re.fullmatch(".*?".join(parts), _trim(got), re.DOTALL) is not None


def _trim(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.splitlines()).strip("\n")
