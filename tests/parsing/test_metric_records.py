"""The records of metrics, read by the parser: every alternative of every pattern has a label that it matches, no metric takes another's."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from ex99.filings.metrics import METRICS, Metric
from ex99.parsing.language.labels import read_label, without_basis
from ex99.parsing.tables.matching import cash_flow_metrics, instant_metrics, money_metrics, per_share_metrics

RECORDS = pytest.mark.parametrize("metric", METRICS.values(), ids=lambda m: m.name)


def _alternatives(pattern: str) -> Iterator[str]:
    """The parts of a pattern between its outermost bars."""
    depth, start, at = 0, 0, 0
    while at < len(pattern):
        char = pattern[at]
        if char == "[":
            at = pattern.index("]", at)
        elif char == "\\":
            at += 1
        depth += (char == "(") - (char == ")")
        if char == "|" and depth == 0:
            yield pattern[start:at]
            start = at + 1
        at += 1
    yield pattern[start:]


def _plain(printed: str) -> tuple[str, str]:
    label = read_label(printed)
    return label.text, without_basis(label.text)


def _found(metric: Metric, printed: str) -> set[str]:
    """The metrics that tables of the metric's kind find in a label."""
    finders = {"income": money_metrics, "balance": instant_metrics, "cash_flow": cash_flow_metrics}
    finder = per_share_metrics if metric.unit == "per_share" else finders[metric.statement]
    whole, bare = _plain(printed)
    own = dict(finder(whole) or finder(bare))
    return own.keys() | dict(cash_flow_metrics(bare) if metric.flow_rows else ()).keys()


@RECORDS
def test_no_alternative_is_dead(metric: Metric) -> None:
    texts = {text for example in metric.examples for text in _plain(example)}
    for pattern in (*metric.rows, *metric.flow_rows):
        for alternative in _alternatives(pattern):
            assert any(re.fullmatch(alternative, text) for text in texts), alternative


@RECORDS
def test_each_example_is_the_metric_and_no_other(metric: Metric) -> None:
    for example in metric.examples:
        assert _found(metric, example) == {metric.name}, example


@RECORDS
def test_no_counter_example_is_the_metric(metric: Metric) -> None:
    for example in metric.counter_examples:
        assert metric.name not in _found(metric, example), example
