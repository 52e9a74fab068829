"""Fictitious releases as documents: paragraphs apart by blank lines, "# " before a heading, "* " before a list item, "|" between cells."""

from __future__ import annotations

import re

from ex99.parsing.document import Block, BlockKind, Cell, Document, Row, Table

KINDS: dict[str, BlockKind] = {"# ": "heading", "* ": "list_item"}


def compose(script: str, *, centered: int = 0) -> Document:
    """The document of a script; the first ``centered`` blocks are centred."""
    text, blocks, tables = "", [], 0
    for index, piece in enumerate(re.split(r"\n{2,}", script.strip())):
        if piece.lstrip().startswith("|"):
            table, text = _table(piece, text, tables)
            tables += 1
            blocks.append(Block("table", table.start, table.end, table))
        elif piece.strip() == "---":
            blocks.append(Block("page_break", len(text), len(text)))
            continue
        else:
            kind = KINDS.get(piece[:2], "paragraph")
            body = piece[2:] if piece[:2] == "# " else piece.replace("* ", "• ", 1) if kind == "list_item" else piece
            blocks.append(Block(kind, len(text), len(text) + len(body), bold=kind == "heading", centered=index < centered))
            text += body
        text += "\n\n"
    return Document("text/plain", text, tuple(blocks))


def _table(piece: str, text: str, ordinal: int) -> tuple[Table, str]:
    start, rows = len(text), []
    for line in piece.strip().splitlines():
        cells, row_start = [], len(text)
        for column, words in enumerate(line.strip().strip("|").split("|")):
            if words.strip():
                cells.append(Cell(words.strip(), len(text), len(text) + len(words.strip()), column))
                text += words.strip() + "\t"
        rows.append(Row(tuple(cells), row_start, len(text)))
        text += "\n"
    return Table(ordinal, start, len(text), tuple(rows)), text


BODY = """
Acme reported net income of $2.0 million for the quarter, compared with $1.5 million in the same quarter of the year before, and said
that orders had grown in every one of its four divisions during the period.
"""
