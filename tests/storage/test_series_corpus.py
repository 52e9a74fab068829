"""Series of a real company, from its hand-made labels: both vintages and the restatements, no others."""

from __future__ import annotations

import csv
import os
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from ex99.filings.fiscal import FiscalCalendar
from ex99.filings.identifiers import AccessionNumber, Cik
from ex99.filings.release import Source
from ex99.storage.series_model import Series, SeriesKey, build_series
from ex99.storage.vintages import Vintage
from tests.storage.test_series import day

pytestmark = pytest.mark.corpus
CORPUS = os.environ.get("EX99_CORPUS")


@pytest.fixture(scope="module")
def labelled() -> list[Vintage]:
    if CORPUS is None:
        pytest.skip("EX99_CORPUS is not set")
    history = min((Path(CORPUS) / "gold" / "history").glob("*.tsv"))
    with history.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["slug"].startswith(history.stem)]
    slugs = {slug: number for number, slug in enumerate(dict.fromkeys(row["slug"] for row in rows))}
    newest: dict[str, str] = {}
    for row in rows:
        newest[row["slug"]] = max(newest.get(row["slug"], ""), row["end"])
    return [_vintage(row, position, slugs[row["slug"]], row["end"] != newest[row["slug"]]) for position, row in enumerate(rows)]


def _vintage(row: dict[str, str], position: int, number: int, comparative: bool) -> Vintage:
    printed = row["printed"]
    value = Decimal(printed.strip("()").replace(",", "")) * int(row["scale"]) * (-1 if printed.startswith("(") else 1)
    return Vintage(
        value=value,
        unit=row["unit"],
        metric=row["metric"],
        basis="gaap",
        duration=row["duration"],
        period_end=day(row["end"]),
        accession=AccessionNumber(f"0009999999-00-{number:06d}"),
        form="8-K",
        filing_date=day(row["filed"]),
        acceptance=None,
        document_id=number,
        rank=0,
        sequence=2,
        release_id=number,
        position=position,
        comparative=comparative,
        precision=Decimal(1).scaleb(-len(printed.strip("()").partition(".")[2])) * int(row["scale"]),
        source=Source(0, len(printed), printed),
    )


def _series(labelled: list[Vintage], metric: str, duration: str, **options: object) -> Series:
    told = [vintage for vintage in labelled if vintage.metric == metric]
    return build_series(SeriesKey(Cik(1), metric, "gaap", duration), told, FiscalCalendar([]), **options)  # type: ignore[arg-type]


METRICS = ("revenue", "net_income", "eps_diluted")
DURATIONS = ("quarter", "half", "nine_months", "year")


def test_the_restatements_are_those_of_the_notes(labelled: list[Vintage]) -> None:
    found = [(m, r) for m in METRICS for d in DURATIONS for r in _series(labelled, m, d).restatements]
    of_2009 = [(m, r) for m, r in found if day("2008-12-01") < r.period_end < day("2009-10-01")]
    of_2006 = [(m, r) for m, r in found if r.period_end == day("2006-09-30")]
    split = [(m, r) for m, r in found if day("2013-06-01") < r.period_end < day("2014-04-01")]
    assert (len(of_2009), len(of_2006), len(split)) == (21, 2, 7)
    assert Counter(m for m, _ in of_2009) == dict.fromkeys(METRICS, 7)
    assert {m for m, _ in split} == {"eps_diluted"}
    assert len(found) == 30


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("duration", DURATIONS)
def test_first_and_latest_are_the_labels_read_both_ways(labelled: list[Vintage], metric: str, duration: str) -> None:
    told = [v for v in labelled if (v.metric, v.duration) == (metric, duration)]
    first = {v.period_end: v.value for v in sorted(told, key=lambda v: v.filing_date, reverse=True)}
    latest = {v.period_end: v.value for v in sorted(told, key=lambda v: v.filing_date)}
    for choice, expected in (("first", first), ("latest", latest)):
        points = _series(labelled, metric, duration, choice=choice).points
        assert {p.period_end: p.value for p in points if p.status == "reported"} == expected
