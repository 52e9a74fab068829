"""Companies named on the command line and in a file."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from ex99.companies import list_named, split_companies
from ex99.errors import UserError


def read_companies(words: Sequence[str] | None, file: Path | None) -> list[str]:
    """The companies of the command line (AAPL,MSFT is two) and those of a list (companies.list_named)."""
    names = [str(word) for word in split_companies(words or ())]
    if file is None:
        return names
    listed = [word for _, word in list_named(read_list(file))]
    if not listed:
        raise UserError(f"{file} names no company", "expected a ticker, a CIK or a name a line")
    return names + listed


def read_list(file: Path) -> str:
    """The text of a list of companies; "-" reads stdin."""
    return sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8-sig", errors="replace")
