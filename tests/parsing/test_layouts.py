"""Fictitious releases in the layouts of many trades and years: each is read exactly as printed, save the listed gaps."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.parsing.layout_truth import LAYOUTS, find_differences, list_layouts

GAPS = LAYOUTS / "gaps.tsv"


def read_gaps() -> dict[str, set[str]]:
    """Exhibit name -> the differences that are known and not yet mended."""
    gaps: dict[str, set[str]] = {}
    for line in GAPS.read_text(encoding="utf-8").splitlines():
        name, difference = line.split("\t")
        gaps.setdefault(name, set()).add(difference)
    return gaps


@pytest.mark.parametrize("exhibit", list_layouts(), ids=lambda path: path.stem)
def test_layout_is_read_as_printed(exhibit: Path) -> None:
    unknown = [line for line in find_differences(exhibit) if line not in read_gaps().get(exhibit.stem, set())]
    assert unknown == []
