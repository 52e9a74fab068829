"""A sample of composed releases, and the comparison that scores them."""

import datetime as dt
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from benchmarks.made import __main__ as made
from benchmarks.made.composing import Job, run_job
from benchmarks.made.model import Fact, Key, compare_figures, show
from benchmarks.made.stories import make_story
from ex99.filings.release import Figure, Source

DAY = dt.date(2020, 6, 30)
KEY = Key("revenue", "gaap", "quarter", DAY)


def _figure(value: str, metric: str = "revenue", end: dt.date = DAY) -> Figure:
    return Figure(metric, "gaap", "quarter", end, Decimal(value), "USD", False, Source(0, 1, "x"))


def test_a_value_is_right_to_the_unit_of_its_last_digit() -> None:
    facts = {KEY: Fact(Decimal(4_009_400), Decimal(1000))}
    assert compare_figures(facts, [_figure("4009000")])["right"]
    assert compare_figures(facts, [_figure("4000000")])["wrong"] == ["revenue gaap quarter 2020-06-30: 4009400, got 4000000 from 'x'"]


def test_what_no_fact_knows_is_spurious_and_what_is_not_found_missed() -> None:
    facts = {KEY: Fact(Decimal(5), Decimal(1))}
    found = compare_figures(facts, [_figure("5", end=dt.date(2019, 6, 30))])
    assert (len(found["spurious"]), len(found["missed"])) == (1, 1)
    assert not compare_figures(facts, [_figure("5"), _figure("1", "cash")])["spurious"]


def test_unjudged_metrics_count_neither_way() -> None:
    found = compare_figures({KEY: Fact(Decimal(5), Decimal(1))}, [_figure("6")], frozenset({"revenue"}))
    assert not any(found.values())


def test_cells_are_printed_as_statements_do() -> None:
    assert [show(Decimal(v), 1000) for v in (1234567, -1234567, 0)] == ["1,235", "(1,235)", "-"]
    assert show(Decimal("0.455"), 1, 2) == "0.46"


def test_a_seed_composes_the_same_release() -> None:
    assert make_story(5).blocks == make_story(5).blocks
    assert make_story(5).facts != make_story(6).facts


def test_a_sample_of_whole_releases_is_read() -> None:
    counts: Counter[str] = Counter()
    for seed in range(40):
        counts.update({kind: len(lines) for kind, lines in run_job(Job(seed)).found.items()})
    found, wanted = counts["right"] + counts["wrong"] + counts["spurious"], counts["right"] + counts["wrong"] + counts["missed"]
    assert counts["right"] / found > 0.99
    assert counts["right"] / wanted > 0.985


def test_the_run_prints_scores_by_what_competes_and_lists_failures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert made.main(["--count", "6", "--corpus", str(tmp_path), "--listing", str(tmp_path / "wrong.tsv")]) == 0
    printed = capsys.readouterr().out
    assert "precision" in printed
    assert "made" in printed
    assert (tmp_path / "wrong.tsv").exists()


def test_one_release_can_be_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert made.main(["--show", "3"]) == 0
    assert make_story(3).name in capsys.readouterr().out
