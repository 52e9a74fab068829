"""A filter is declared once: its keyword, its option and its condition come from there."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

import pytest

from ex99.api import Archive
from ex99.questions import (
    DocumentQuestion,
    FigureQuestion,
    FilingQuestion,
    GuidanceQuestion,
    PassageQuestion,
    ReleaseQuestion,
    ask,
    list_filters,
)
from ex99.storage.filters import DocumentFilter, FigureFilter, FilingFilter, PassageFilter, ReleaseFilter
from ex99.storage.queries import list_guidance
from tests.ex99.conftest import Cli

QUESTIONS: list[tuple[str, Any, type[FilingFilter]]] = [
    ("filings", FilingQuestion, FilingFilter),
    ("documents", DocumentQuestion, DocumentFilter),
    ("releases", ReleaseQuestion, ReleaseFilter),
    ("figures", FigureQuestion, FigureFilter),
    ("guidance", GuidanceQuestion, FigureFilter),
    ("passages", PassageQuestion, PassageFilter),
]


@pytest.mark.parametrize(("name", "question", "kind"), QUESTIONS)
def test_every_filter_fills_a_field_and_is_an_option(cli: Cli, archive: Archive, name: str, question: Any, kind: type) -> None:
    fields = {field.name for field in dataclasses.fields(kind)}
    shown = cli("query", name, "--help").out
    for known in list_filters(question):
        assert known.ask.field in fields
        assert re.search(rf"(?<![\w-]){known.option[0].partition('/')[0]}(?![\w-])", shown), known
    asked: Any = getattr(archive, name)
    with pytest.raises(TypeError, match="unknown filter 'colour'"):
        asked(colour="red")


def test_words_become_values(archive: Archive) -> None:
    told = ask(
        FigureFilter,
        FigureQuestion,
        archive.storage,
        {"metric": "revenue,eps-diluted", "since": "2007", "until": "2007-06", "comparative": False, "min_grade": "b", "kind": None},
    )
    assert (told.metrics, told.comparative, told.min_grade, told.kinds) == (["revenue", "eps_diluted"], False, "B", ())
    assert (str(told.since), str(told.until)) == ("2007-01-01", "2007-06-30")


def test_a_filter_that_rows_do_not_have_is_refused(archive: Archive) -> None:
    with pytest.raises(ValueError, match="guidance has no duration to ask for"):
        next(list_guidance(archive.storage, FigureFilter(durations=["quarter"])))
