"""docs/reference.md, made from the code: settings, exit codes, tables and columns, and every word of a closed vocabulary.

`python -m ex99.reference > docs/reference.md` renews the page, and a test holds that it is current.
"""

from __future__ import annotations

import ast
import inspect
import sys
import textwrap
from collections.abc import Iterable, Iterator, Mapping

from ex99.crawler.events import EVENT_KINDS, FAULT_CODES, OUTCOMES
from ex99.export.columns import list_columns
from ex99.export.dictionary import explain_columns
from ex99.export.tables import TABLES
from ex99.filings.filing import CHOICE_REASONS, FILING_STATES
from ex99.filings.proof import AGAINST, DOUBTS, SUPPORT
from ex99.filings.release import PARSE_ERRORS, PARSE_WARNINGS
from ex99.settings import Settings
from ex99.storage.verify import DAMAGE

EXIT_CODES: dict[str, str] = {
    "0": "done",
    "1": "done, with losses that are listed",
    "2": "wrong use, or surroundings that make the work impossible: one line on stderr, and what to do next",
    "130": "interrupted by SIGINT or SIGTERM; what was done is kept",
}
WORDS: dict[str, Mapping[str, str]] = {
    "Exit codes": EXIT_CODES,
    "States of a filing": FILING_STATES,
    "Why a document is the release": CHOICE_REASONS,
    "Why a filing or a company could not be had": FAULT_CODES,
    "How a crawl ends": OUTCOMES,
    "What a crawl tells of": EVENT_KINDS,
    "Why an exhibit could not be parsed": PARSE_ERRORS,
    "Warnings of a parse": PARSE_WARNINGS,
    "What supports a figure": SUPPORT,
    "What speaks against a figure": AGAINST,
    "What a figure is doubted for": DOUBTS,
    "What `ex99 verify` finds": DAMAGE,
}
"""The page's tables of words."""


def make_page() -> str:
    """The page as Markdown."""
    lines = ["# Settings, tables, words", "", "Made from the code by `python -m ex99.reference`; a test holds that it is current.", ""]
    lines += ["## Settings", "", "Each is a variable, and a key of `ex99.toml` in lower case without the prefix.", ""]
    lines += _table(("variable", "default", "what it is"), _list_settings())
    for title, words in WORDS.items():
        lines += [f"## {title}", "", *_table(("word", "meaning"), ((f"`{word}`", meaning) for word, meaning in words.items()))]
    lines += ["## Tables", "", "As `ex99 export` writes them, and as the rows of `archive.figures()` and its like, flattened.", ""]
    for table in TABLES.values():
        columns = list_columns(table.row_type, table.left_out)
        notes = explain_columns(table.name, columns)
        lines += [f"### {table.name}", "", *_table(("column", "meaning"), ((f"`{column.name}`", notes[column.name]) for column in columns))]
    return "\n".join(lines).rstrip() + "\n"


def _list_settings() -> Iterator[tuple[str, str, str]]:
    meanings = _read_field_notes(Settings)
    for name, field in Settings.model_fields.items():
        yield f"`EX99_{name.upper()}`", "" if field.default is None else f"`{field.default}`", meanings.get(name, "")


def _read_field_notes(kind: type) -> dict[str, str]:
    """The text that stands under each field of a class."""
    (definition,) = ast.parse(textwrap.dedent(inspect.getsource(kind))).body
    assert isinstance(definition, ast.ClassDef)
    notes = {}
    for field, below in zip(definition.body, definition.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(below, ast.Expr):
            notes[field.target.id] = " ".join(str(ast.literal_eval(below.value)).split())
    return notes


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    lines += [f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in rows]
    return [*lines, ""]


if __name__ == "__main__":
    sys.stdout.write(make_page())
