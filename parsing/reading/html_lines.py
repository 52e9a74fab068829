"""Statements typed into HTML paragraphs, their columns set by no-break spaces: told by their lines, and held back until the table ends."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ex99.parsing.document import BlockKind
from ex99.parsing.reading.html_tables import LINE_BREAK

Block = tuple[list[tuple[str, bool]], BlockKind, bool]

_WHITE = re.compile(r"[ \t\r\n\f]+")
# a header or a ruler over columns: &nbsp;&nbsp;&nbsp;Three Months Ended
_WIDE = "\xa0\xa0\xa0"
# Net sales&nbsp;&nbsp;&nbsp;&nbsp;$36,104&nbsp;&nbsp;$46,220
_VALUES = re.compile(r"\S[\xa0 ]{0,40}\xa0[\xa0 ]{1,40}[$(]{0,2}\s?\d[\d,.]*\)?(?:[\xa0 ]|$)")
_FEWEST_LINES = 4
_LONGEST_LABEL = 90


@dataclass(slots=True)
class TypedLines:
    """Lines of consecutive paragraphs that may be a typed table, and the paragraphs themselves should they be none.

    ``typed`` where the page says that white space counts, so that the lines are typewriter text whatever they hold.
    """

    lines: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    rows: int = 0
    typed: bool = False

    @property
    def makes_table(self) -> bool:
        """Whether enough of the lines hold columns of numbers."""
        return self.typed or self.rows >= _FEWEST_LINES

    def takes(self, lines: list[str]) -> bool:
        """Whether a paragraph's lines begin such a table, or go on with one."""
        if self.typed:
            return False
        if any(_WIDE in line or _VALUES.search(line) for line in lines):
            return True
        labels = all(len(line) <= _LONGEST_LABEL and not line.rstrip().endswith(".") for line in lines)
        return bool(self.lines) and len(lines) <= 2 and labels

    def add(self, lines: list[str], block: Block) -> None:
        """Hold a paragraph back."""
        self.lines += [line.replace("\xa0", " ") for line in lines]
        self.blocks.append(block)
        self.rows += sum(1 for line in lines if _VALUES.search(line))

    def add_typed(self, text: str) -> None:
        """Hold back text whose white space counts."""
        self.typed = True
        self.lines += text.split("\n")

    def add_blank(self) -> None:
        """Hold back an empty line, where lines are held."""
        if self.lines and not self.typed:
            self.lines.append("")


def typed_lines(text: str) -> list[str]:
    """A paragraph's lines as a browser shows them: white space collapsed, no-break spaces kept, one line a line break."""
    return [_WHITE.sub(" ", line).strip(" ") for line in text.split(LINE_BREAK)]
