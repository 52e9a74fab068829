"""Whole parses of the reference corpus, where it is at hand: one release exactly, and every labelled core figure."""

import os
from pathlib import Path

import pytest

from benchmarks.corpus import list_gold_exhibits, load_scorer
from ex99.filings.json_form import release_to_json
from ex99.parsing import parse_release

CORPUS = Path(os.environ.get("EX99_CORPUS", "missing"))
pytestmark = [pytest.mark.corpus, pytest.mark.skipif(not CORPUS.is_dir(), reason="EX99_CORPUS names no corpus")]


def test_the_release_without_statements_exactly() -> None:
    slug = "IEC_2005Q4"
    scorer = load_scorer(CORPUS)
    path = dict(list_gold_exhibits(CORPUS))[slug]
    answer = release_to_json(parse_release(path.read_bytes()), path.name)
    right, wrong, missed, spurious = scorer.match(scorer.gold_figures(CORPUS / f"gold/{slug}.facts.tsv"), scorer.predicted_figures(answer))
    assert (len(right), wrong, missed, spurious) == (16, [], [], [])
    assert len(answer["figures"]) == 16
    assert answer["fiscal_period"] == {"year": 2005, "quarter": 4, "end": "2005-09-30"}
