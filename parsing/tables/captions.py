"""What stands around a table: its title, the period and the scale that its caption states."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from ex99.parsing.document import Document
from ex99.parsing.language.amounts import Scale, parse_scale
from ex99.parsing.tables.grid import Grid
from ex99.parsing.tables.headers import covers_all
from ex99.parsing.tolerances import TOLERANCES

# "* Indicates ...", "(1) Includes ...", "Note 6: In the quarter ..."
_NOTE = re.compile(r"(?:[*†‡]{1,3}|\(?\w{1,2}\)|notes?\s\d{1,2}\b:?)\s{0,3}[A-Z].{25}", re.IGNORECASE)
# "- 5 -", "12", "Page 3", "(more)", "###"
_FURNITURE = re.compile(r"[-–\s]*\d{1,3}[-–\s]*|page\s\d+.{0,10}|[-(\s]*more[-)\s]*|[#*_=\s-]+|table of contents", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Caption:
    """The short blocks above a table, farthest first, and the words in its own head that name no column.

    ``lead`` is the sentence that comes before these ("The following table reconciles ...").
    """

    above: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()
    lead: str = ""

    @property
    def text(self) -> str:
        """All of it, in reading order."""
        return " | ".join((*self.above, *self.inside))


def read_captions(document: Document, heads: AbstractSet[int] = frozenset()) -> dict[int, tuple[tuple[str, ...], str]]:
    """For each table (by ordinal) the short blocks between it and the table or sentence before it, and that sentence.

    The tables ``heads`` hold only headers: what stands above these stands above the next table too.
    """
    captions: dict[int, tuple[tuple[str, ...], str]] = {}
    pending: list[str] = []
    lead = ""
    for block in document.blocks:
        if block.table is not None:
            captions[block.table.ordinal] = tuple(pending[-TOLERANCES.most_caption_blocks :]), lead
            if block.table.ordinal not in heads:
                pending, lead = [], ""
        elif block.kind != "page_break":
            words = document.words(block)
            if _is_sentence(words):
                pending, lead = [], words[-TOLERANCES.longest_lead :]
            elif not _FURNITURE.fullmatch(words):
                pending.append(words)
    return captions


def _is_sentence(words: str) -> bool:
    return (
        len(words) > TOLERANCES.longest_caption
        or (len(words) > TOLERANCES.shortest_sentence and words.endswith((".", ";", ".”", '."')))
        or _NOTE.match(words) is not None
    )


def inside_words(grid: Grid) -> tuple[str, ...]:
    """Words of the table's first head that belong to no single column: stubs, and cells that lie over all columns."""
    section = grid.sections[0]
    words = list(section.stubs)
    for cells in section.heads:
        words += [cell.text for cell in cells if covers_all(cell, grid.columns)]
    return tuple(words)


def find_scale(caption: Caption, head_words: Sequence[str], rows: Sequence[str]) -> Scale | None:
    """The scale stated nearest to the numbers: in the head, the stubs, the caption from below upwards, the first labels."""
    for text in (*reversed(caption.inside), *head_words, *reversed(caption.above), *rows[:4], caption.lead):
        scale = parse_scale(text)
        if scale is not None:
            return scale
    return None
