"""ex99 beside edgartools on the same exhibits, by the same scorer: four core figures of the latest quarter.

edgartools names no period in a form that can be scored, so it is told the right one; its figures are held to be of the latest quarter
(or year) that the labels know. Its environment is its own: give the interpreter that has it with --python.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks import accuracy, corpus

CORE = ("revenue", "net_income", "eps_basic", "eps_diluted")
READER = Path(__file__).with_name("rival_reader.py")


def read_rival(python: str, exhibits: list[tuple[str, Path]]) -> dict[str, dict[str, float]]:
    """edgartools's key metrics by slug; raises CorpusError where the interpreter has no edgartools."""
    probe = subprocess.run([python, "-c", "import edgar.earnings"], check=False, capture_output=True)
    if probe.returncode:
        raise corpus.CorpusError(f"{python} has no edgartools: pip install it into a venv of its own and give its python with --python")
    lines = "".join(f"{slug}\t{path}\n" for slug, path in exhibits)
    answer = subprocess.run([python, str(READER)], input=lines, check=True, capture_output=True, text=True).stdout
    rows = (json.loads(line) for line in answer.splitlines() if line.startswith("{"))
    return {row["slug"]: row["metrics"] for row in rows}


def write_predictions(scorer: ModuleType, folder: Path, metrics: dict[str, dict[str, float]], predictions: Path) -> None:
    """Its figures in the form of ex99's predictions, dated with the latest labelled period."""
    for slug, values in metrics.items():
        facts = scorer.gold_figures(folder / "gold" / f"{slug}.facts.tsv")
        core = [g for g in facts if g["metric"] in CORE and g["basis"] == "gaap"]
        latest = scorer.latest(core)
        figures: list[dict[str, Any]] = []
        if latest:
            period = {"basis": "gaap", "duration": latest[0]["duration"], "period_end": max(g["end"] for g in latest)}
            units = {name: "USD/share" if name.startswith("eps") else "USD" for name in values}
            figures = [{"metric": name, "value": str(value), "unit": units[name], **period} for name, value in values.items()]
        (predictions / f"{slug}.json").write_text(json.dumps({"kind": "results", "figures": figures}), encoding="utf-8")


def run(folder: Path, python: str) -> None:
    """Score both on the labelled exhibits and print them side by side."""
    corpus.check_corpus(folder)
    scorer = corpus.load_scorer(folder)
    exhibits = corpus.list_gold_exhibits(folder)
    metrics = read_rival(python, exhibits)
    with tempfile.TemporaryDirectory() as scratch:
        ours, theirs = Path(scratch) / "ours", Path(scratch) / "theirs"
        theirs.mkdir()
        write_predictions(scorer, folder, metrics, theirs)
        accuracy.predict(((slug, path.read_bytes()) for slug, path in exhibits), ours)
        print(f"{'':18} {'':10} {'precision':>9} {'recall':>7}")
        for name in ("headline_quarter", "core"):
            for who, predictions in (("ex99", ours), ("edgartools", theirs)):
                report, _ = accuracy.score_gold(scorer, folder, predictions)
                row = report[name]
                print(f"{name:18} {who:10} {row['precision'] or 0:9.3f} {row['recall']:7.3f}")


def main(arguments: list[str] | None = None) -> int:
    """Read the command line and run; 2 where corpus or rival is missing."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.rival", description=__doc__)
    default = Path(os.environ.get("EX99_CORPUS", "../shared"))
    parser.add_argument("--corpus", type=Path, default=default, help="folder of the reference corpus (default: %(default)s)")
    parser.add_argument("--python", default=sys.executable, help="interpreter that has edgartools (default: this one)")
    options = parser.parse_args(arguments)
    try:
        run(options.corpus, options.python)
    except corpus.CorpusError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
