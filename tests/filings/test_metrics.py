"""The records of metrics, as data: whole, consistent, and shown in docs/metrics.md."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ex99.filings.metrics import BASES, METRICS, Metric
from ex99.filings.metrics.page import write_page

ROOT = Path(__file__).parents[2]
RECORDS = pytest.mark.parametrize("metric", METRICS.values(), ids=lambda m: m.name)


def test_the_page_of_metrics_is_current() -> None:
    assert (ROOT / "docs/metrics.md").read_text(encoding="utf-8") == write_page(), "python -m ex99.filings.metrics.page > docs/metrics.md"


@RECORDS
def test_a_record_is_whole(metric: Metric) -> None:
    assert re.fullmatch(r"[a-z_]+", metric.name)
    assert set(metric.bases) <= set(BASES)
    assert metric.meaning
    assert bool(metric.rows) == bool(metric.examples) == bool(metric.counter_examples)
    assert {name.lstrip("-") for name in metric.adds_up} <= METRICS.keys()
    assert (metric.statement == "balance") <= metric.instant
    assert metric.per_share in {*METRICS, "eps", None}


@RECORDS
def test_its_patterns_are_patterns_over_lower_case(metric: Metric) -> None:
    for pattern in (*metric.rows, *metric.flow_rows, *metric.never, *metric.guidance, *(said.pattern for said in metric.prose)):
        re.compile(pattern)
        assert not re.search(r"(?<!\\)[A-Z]", pattern), pattern
