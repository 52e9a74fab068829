"""ex99 beside edgartools on the labelled exhibits, by the corpus's own scorer: revenue, net income and both earnings per share.

edgartools names no period in a form that can be scored, so it is told the right one: its key metrics are held to be of the latest quarter
(or year) that the labels know. It is given the right exhibit, too.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks import corpus, scoring
from benchmarks.labelled import read_gold

CORE = ("revenue", "net_income", "eps_basic", "eps_diluted")
READER = Path(__file__).parent / "foreign/read_exhibits.py"
Figures = list[dict[str, Any]]


def read_rival(python: Path, exhibits: list[tuple[str, Path]]) -> dict[str, dict[str, Any]]:
    """What edgartools reads of each exhibit, by slug: "chosen" and "columns", see its script."""
    lines = "".join(f"{slug}\t{path}\n" for slug, path in exhibits)
    answer = subprocess.run([python, READER], input=lines, check=True, capture_output=True, text=True).stdout
    rows = (json.loads(line) for line in answer.splitlines() if line.startswith("{"))
    return {row["slug"]: row for row in rows}


def make_figures(metrics: Mapping[str, float], duration: str, end: str) -> Figures:
    """Key metrics of one period in the form of ex99's figures."""
    period = {"basis": "gaap", "duration": duration, "period_end": end}
    units = {name: "USD/share" if name.startswith("eps") else "USD" for name in metrics}
    return [{"metric": name, "value": str(value), "unit": units[name], **period} for name, value in metrics.items()]


def find_latest(scorer: ModuleType, facts: Path) -> tuple[str, str] | None:
    """Duration and end of the latest labelled quarter (or year), None where the exhibit reports none."""
    core = [g for g in scorer.gold_figures(facts) if g["metric"] in CORE and g["basis"] == "gaap"]
    latest = scorer.latest(core)
    return (latest[0]["duration"], max(g["end"] for g in latest)) if latest else None


def write_predictions(scorer: ModuleType, folder: Path, read: Mapping[str, Mapping[str, Any]], predictions: Path, *, columns: bool) -> None:
    """edgartools's figures in the form of ex99's predictions; with ``columns`` also those of every column that it dates."""
    predictions.mkdir(exist_ok=True)
    for slug, row in read.items():
        latest = find_latest(scorer, folder / "gold" / f"{slug}.facts.tsv")
        figures = make_figures(row["chosen"], *latest) if latest else []
        for column in row["columns"] if columns else ():
            if (column["duration"], column["end"]) != latest:
                figures += make_figures(column["metrics"], column["duration"], column["end"])
        (predictions / f"{slug}.json").write_text(json.dumps({"kind": "results", "figures": figures}), encoding="utf-8")


def compare_extraction(folder: Path, python: Path) -> Iterator[str]:
    """The lines of the comparison; raises CorpusError where there is no corpus."""
    corpus.check_corpus(folder)
    scorer, gold = corpus.load_scorer(folder), read_gold(folder)
    exhibits = list(gold.exhibits)
    with tempfile.TemporaryDirectory(prefix="ex99-bench-") as scratch:
        root = Path(scratch)
        begun = time.monotonic()
        read = read_rival(python, exhibits)
        theirs = time.monotonic() - begun
        write_predictions(scorer, folder, read, root / "key", columns=False)
        write_predictions(scorer, folder, read, root / "columns", columns=True)
        begun = time.monotonic()
        scoring.predict(exhibits, root / "ours", processes=1)
        ours = time.monotonic() - begun
        yield f"{len(exhibits)} labelled exhibits, in one process: ex99 {ours:.0f} s, edgartools {theirs:.0f} s"
        yield f"  {'':18} {'':28} {'precision':>9} {'recall':>7} {'right':>6} {'wrong':>6} {'missed':>7}"
        names = {"ours": "ex99", "key": "edgartools, key metrics", "columns": "edgartools, all dated columns"}
        for measure in ("headline_quarter", "core"):
            for part, name in names.items():
                row = scoring.score_set(scorer, gold, root / part)[0][measure]
                wrong = row["wrong"] + row["spurious"]
                shares = f"{row['precision'] or 0:9.3f} {row['recall']:7.3f}"
                yield f"  {measure:18} {name:28} {shares} {row['right']:6} {wrong:6} {row['missed']:7}"
