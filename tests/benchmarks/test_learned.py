"""The learned scorer's training and scoring, on statements of three rows."""

from typing import Any

import pytest

np = pytest.importorskip("numpy")

from benchmarks.learned import Rows, choose_rows, make_features, score_choices, train  # noqa: E402

METRICS = ("revenue", "net_income")


def _statement(company: str, labels: tuple[str, ...], truth: dict[str, int]) -> Rows:
    rows: list[dict[str, Any]] = [{"label": label, "unit": "USD"} for label in labels]
    features = [make_features(rows, place, "IS") for place in range(len(rows))]
    return Rows(company, features, [(100.0 + place, 90.0 + place) for place in range(len(rows))], truth, frozenset())


def test_rows_are_chosen_by_what_they_were_called_elsewhere() -> None:
    known = [_statement(c, ("Net sales", "Cost of sales", "Net earnings"), {"revenue": 0, "net_income": 2}) for c in "abcdefgh"]
    weights = train(known, METRICS)
    new = _statement("z", ("Net sales", "Selling expenses", "Net earnings"), {"revenue": 0, "net_income": 2})
    chosen = choose_rows(weights, new, METRICS, 0.5)
    assert chosen == {"revenue": 0, "net_income": 2}
    assert score_choices(chosen, new) == {"revenue": {"right": 2}, "net_income": {"right": 2}}
    assert (train(known, METRICS) == weights).all()


def test_wrong_missed_and_spurious_are_told_apart() -> None:
    statement = _statement("z", ("Net sales", "Cost", "Net earnings"), {"revenue": 0})
    assert score_choices({"revenue": 1, "net_income": 2}, statement) == {"revenue": {"wrong": 2}, "net_income": {"spurious": 2}}
    assert score_choices({}, statement) == {"revenue": {"missed": 2}}
    assert score_choices({"revenue": 1}, statement._replace(unjudged=frozenset({"revenue"}))) == {}
