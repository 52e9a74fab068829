"""A real company's history, crawled and read through the command line: the hand-made labels both ways, no other restatement."""

from __future__ import annotations

import csv
import json
import os
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from ex99.api import Archive
from ex99.opening import open_storage
from ex99.replica.server import start_replica
from tests.ex99.conftest import Cli
from tests.ex99.crawling import make_settings

pytestmark = pytest.mark.corpus


class Label(NamedTuple):
    """What one release prints."""

    filed: str
    metric: str
    duration: str
    end: str
    value: Decimal


class Told(NamedTuple):
    """The company's archive and labels."""

    folder: Path
    ticker: str
    labels: list[Label]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    if "EX99_CORPUS" not in os.environ:
        pytest.skip("EX99_CORPUS names no corpus")
    corpus = Path(os.environ["EX99_CORPUS"])
    (history,) = (corpus / "gold" / "history").glob("*.tsv")
    with history.open(encoding="utf-8", newline="") as file:
        labels = [read_label(row) for row in csv.DictReader(file, delimiter="\t") if row["slug"].startswith(history.stem)]
    table = next(path for path in sorted((corpus / "edgar" / "company_tickers").rglob("*")) if path.is_file())
    folder = tmp_path_factory.mktemp("history")
    with start_replica(corpus / "filings", company_tickers=table, process=True) as replica:
        settings = make_settings(folder, replica)
        with Archive(open_storage(settings, create=True), settings) as archive:
            report = archive.crawl(history.stem)
            assert report.complete, report.losses
    return Told(folder / "archive", history.stem, labels)


def read_label(row: dict[str, str]) -> Label:
    printed = row["printed"].replace("$", "").replace(",", "").strip()
    value = Decimal(printed.strip("()")) * int(row["scale"]) * (-1 if printed.startswith("(") else 1)
    return Label(row["filed"], row["metric"], row["duration"], row["end"], value)


def ask(cli: Cli, told: Told, *arguments: str) -> list[dict[str, Any]]:
    ran = cli(*arguments, "--json", "-a", told.folder)
    assert ran.code == 0, ran.err
    return [json.loads(line) for line in ran.out.splitlines()]


@pytest.mark.parametrize("vintage", ["first", "latest"])
@pytest.mark.parametrize("duration", ["quarter", "half", "nine_months", "year"])
def test_the_series_are_the_labels_read_both_ways(cli: Cli, told: Told, duration: str, vintage: str) -> None:
    for metric in ("revenue", "net_income", "eps_diluted"):
        ordered = sorted(
            (label for label in told.labels if (label.metric, label.duration) == (metric, duration)), reverse=vintage == "first"
        )
        expected = {label.end: label.value for label in ordered}
        rows = ask(cli, told, "series", told.ticker, metric, "--duration", duration, "--vintage", vintage)
        reported = {row["period_end"]: Decimal(row["value"]) for row in rows if row["status"] == "reported"}
        assert reported == expected
        assert len(expected) > 10


def test_the_restatements_are_those_of_the_labels(cli: Cli, told: Told) -> None:
    expected: Counter[tuple[str, str, str, Decimal, Decimal]] = Counter()
    latest: dict[tuple[str, str, str], Decimal] = {}
    for label in sorted(told.labels):
        key = label.metric, label.duration, label.end
        if latest.get(key, label.value) != label.value:
            expected[(*key, latest[key], label.value)] += 1
        latest[key] = label.value
    rows = ask(cli, told, "restatements", told.ticker, "--metric", "revenue,net_income,eps_diluted", "--conflicts")
    found = Counter((r["metric"], r["duration"], r["period_end"], Decimal(r["before"]), Decimal(r["after"])) for r in rows)
    assert found == expected
    assert {row["kind"] for row in rows} == {"restatement"}
    splits = [row for row in rows if row["note"]]
    assert ({row["metric"] for row in splits}, {row["note"] for row in splits}) == ({"eps_diluted"}, {"split 7:1"})
    years = Counter(row["period_end"][:4] for row in rows if not row["note"] and row["duration"] in ("quarter", "half", "nine_months"))
    assert (len(splits), len(rows) - len(splits)) == (7, 23)
    assert sum(years.values()) == 19


def test_growth_stays_sane_across_the_split(cli: Cli, told: Told) -> None:
    rows = ask(cli, told, "series", told.ticker, "eps_diluted")
    changes = [row["change"] for row in rows if row["change"] is not None]
    assert len(changes) > 30
    assert min(changes) > -0.5
    filed = {label.filed for label in told.labels}
    panel = ask(cli, told, "panel", "--metrics", "revenue,net_income,eps_diluted", "-c", told.ticker)
    first = {row["filing_date"] for row in panel if not row["as_comparative"]}
    assert first <= filed
    assert all(row["acceptance"] for row in panel)
