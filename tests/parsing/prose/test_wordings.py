"""Sentences as companies word them, each with the figures it reports of a quarter that ends on 30 September 2017."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from ex99.filings.fiscal import Calendar
from ex99.filings.json_form import plain_decimal
from ex99.parsing.document import Block, Document
from ex99.parsing.prose.find import find_prose_figures

CALENDAR = Calendar(2017, 3, dt.date(2017, 9, 30))
WORDINGS = [line.split("\t") for line in (Path(__file__).parent / "wordings.tsv").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(("sentence", "figures"), WORDINGS)
def test_a_sentence_reports_these_figures_and_no_others(sentence: str, figures: str) -> None:
    document = Document("text/plain", sentence, (Block("paragraph", 0, len(sentence)),))
    claims = [c for c in find_prose_figures(document, CALENDAR, ("quarter", CALENDAR.end)) if c.sure]
    basis = {"gaap": "", "nongaap": " nongaap"}
    found = {f"{c.metric}{basis[c.basis]} {c.duration} {c.period_end} {plain_decimal(c.value)}" for c in claims}
    assert found == set(filter(None, figures.split("; ")))
