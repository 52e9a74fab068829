"""Accuracy on the labelled exhibits: the corpus's own score, floors that a change may not lower, gains and losses since the pin."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks import corpus
from benchmarks.pins import Outcomes, check_floors, compare_outcomes, load_floors, load_outcomes, raise_floors, save_floors, save_outcomes
from ex99.filings.json_form import error_to_json, release_to_json
from ex99.filings.release import ParseError

HERE = Path(__file__).parent
FLOORS = HERE / "floors.toml"
PINNED = HERE / "pinned.tsv"
PREDICTIONS = Path(".accuracy/predictions")
FIGURE_SETS = ("headline_quarter", "core", "figures")
Report = dict[str, Any]


def parse_exhibit(data: bytes, file: str) -> dict[str, Any]:
    """The JSON form of a parse, or of the ParseError in its place."""
    from ex99.parsing import parse_release

    try:
        return release_to_json(parse_release(data), file)
    except ParseError as error:
        return error_to_json(error, file)


def write_prediction(job: tuple[str, bytes, str]) -> str:
    """Parse one exhibit and write folder/SLUG.json; gives the slug."""
    slug, data, folder = job
    answer = parse_exhibit(data, slug)
    (Path(folder) / f"{slug}.json").write_text(json.dumps(answer, ensure_ascii=False, indent=1), encoding="utf-8")
    return slug


def predict(exhibits: Iterable[tuple[str, bytes]], folder: Path, processes: int = 2) -> None:
    """Parse the exhibits in a pool of processes and write one prediction for each into the folder, which is emptied first."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.json"):
        old.unlink()
    jobs = ((slug, data, str(folder)) for slug, data in exhibits)
    with ProcessPoolExecutor(processes) as pool:
        for _ in pool.map(write_prediction, jobs):
            pass


def score_gold(scorer: ModuleType, folder: Path, predictions: Path) -> tuple[Report, list[str]]:
    """The corpus's report over its labelled exhibits, and its list of every figure that is not right."""
    report, lines = scorer.score(predictions, folder / "gold", folder / "texts", "all")
    return dict(report), list(lines)


def read_outcomes(lines: Iterable[str]) -> Outcomes:
    """Figures that are not right, by (slug, "metric basis duration end"), out of the scorer's list."""
    outcomes: Outcomes = {}
    for line in lines:
        slug, outcome, key, *_ = line.split("\t")
        outcomes[slug, key] = outcome
    return outcomes


def score_history(scorer: ModuleType, figures: list[corpus.HistoryFigure], predictions: Path) -> tuple[Report, list[str]]:
    """Right, wrong, missed and spurious over the labelled history; every other period of a labelled metric counts as spurious."""
    counts = dict.fromkeys(("right", "wrong", "missed", "spurious"), 0)
    lines: list[str] = []
    metrics = {f.metric for f in figures}
    for slug in sorted({f.slug for f in figures}):
        gold = [
            {"metric": f.metric, "basis": "gaap", "duration": f.duration, "end": f.end, "value": f.value, "unit": f.unit}
            for f in figures
            if f.slug == slug
        ]
        answer = json.loads((predictions / f"{slug}.json").read_text(encoding="utf-8"))
        predicted = [p for p in scorer.predicted_figures(answer) if p["metric"] in metrics and p["basis"] == "gaap"]
        right, wrong, missed, _ = scorer.match(gold, predicted)
        spurious = [p for p in predicted if not any(_same_key(scorer, p, g) for g in gold)]
        for name, found in (("right", right), ("wrong", wrong), ("missed", missed), ("spurious", spurious)):
            counts[name] += len(found)
        lines += [f"{slug}\twrong\t{_key(g)}\tgold {g['value']:.10g}\tgot {p['value']:.10g}" for g, p in wrong]
        lines += [f"{slug}\tmissed\t{_key(g)}\tgold {g['value']:.10g}" for g in missed]
        lines += [f"{slug}\tspurious\t{_key(p)}\tgot {p['value']:.10g}" for p in spurious]
    found = counts["right"] + counts["wrong"] + counts["spurious"]
    wanted = counts["right"] + counts["wrong"] + counts["missed"]
    shares = {"precision": _share(counts["right"], found), "recall": _share(counts["right"], wanted)}
    return {**counts, **shares}, lines


def _same_key(scorer: ModuleType, predicted: Mapping[str, Any], gold: Mapping[str, Any]) -> bool:
    keys = ("metric", "basis", "duration")
    return all(predicted[k] == gold[k] for k in keys) and bool(scorer.near(predicted["end"], gold["end"]))


def _key(figure: Mapping[str, Any]) -> str:
    return f"{figure['metric']} {figure['basis']} {figure['duration']} {figure['end']}"


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


def print_report(report: Report, history: Report | None, metrics: bool) -> None:
    """The score table on standard output."""
    rows = [(name, report[name]) for name in FIGURE_SETS if name in report]
    rows += [("history", history)] if history else []
    print(f"{'':18} {'precision':>9} {'recall':>7} {'right':>6} {'wrong':>6} {'missed':>6} {'spurious':>8}")
    for name, r in rows:
        counts = " ".join(f"{r[c]:{w}}" for c, w in (("right", 6), ("wrong", 6), ("missed", 6), ("spurious", 8)))
        print(f"{name:18} {r['precision'] or 0:9.4f} {r['recall']:7.4f} {counts}")
    print()
    for name, r in report.items():
        if "share" in r:
            print(f"{name:18} {r['share']:9.4f}  of {r['of']}")
    if metrics:
        print("\nfigures by metric   right  wrong missed spurious")
        for name, c in report["metrics"].items():
            print(f"  {name:26} {c.get('right', 0):5} {c.get('wrong', 0):5} {c.get('missed', 0):5} {c.get('spurious', 0):5}")


def print_changes(gains: list[str], losses: list[str], limit: int = 60) -> None:
    """Gains and losses per figure against the last pinned run."""
    print(f"\nagainst the pinned run: {len(gains)} gains, {len(losses)} losses")
    for sign, changes in (("+", gains), ("-", losses)):
        for line in changes[:limit]:
            print(f"  {sign} {line}")
        if len(changes) > limit:
            print(f"  {sign} ... and {len(changes) - limit} more")


def measured_values(report: Report, history: Report | None) -> dict[str, float]:
    """What the floors are about: "core.precision", "kind_exact.share" ..., each between 0 and 1."""
    values: dict[str, float] = {}
    tables = {name: r for name, r in report.items() if name != "metrics"}
    if history:
        tables["history"] = history
    for name, table in tables.items():
        for key in ("precision", "recall", "share"):
            if table.get(key) is not None:
                values[f"{name}.{key}"] = float(table[key])
    return values


def run(folder: Path, predictions: Path, *, pin: bool, metrics: bool, listing: Path | None) -> int:
    """One whole run; the exit code is 1 where a floor is broken."""
    corpus.check_corpus(folder)
    scorer = corpus.load_scorer(folder)
    exhibits = ((slug, path.read_bytes()) for slug, path in corpus.list_gold_exhibits(folder))
    predict(exhibits, predictions)
    report, lines = score_gold(scorer, folder, predictions)
    history, figures = None, corpus.list_history(folder)
    if figures:
        rows = corpus.list_rows(folder)
        slugs = sorted({f.slug for f in figures})
        history_folder = predictions.with_name(predictions.name + "-history")
        predict(((slug, corpus.read_exhibit(folder, rows[slug])) for slug in slugs), history_folder)
        history, more = score_history(scorer, figures, history_folder)
        lines += [f"history/{line}" for line in more]
    outcomes = read_outcomes(lines)
    print_report(report, history, metrics)
    if PINNED.exists():
        print_changes(*compare_outcomes(load_outcomes(PINNED), outcomes))
    if listing:
        listing.write_text("\n".join(lines) + "\n", encoding="utf-8")
    values = measured_values(report, history)
    floors = load_floors(FLOORS)
    broken = check_floors(floors, values)
    for message in broken:
        print(f"below the floor: {message}")
    if pin:
        save_floors(FLOORS, raise_floors(floors, values))
        save_outcomes(PINNED, outcomes)
        print(f"pinned: {FLOORS.name}, {PINNED.name}")
    return 1 if broken else 0


def main(arguments: list[str] | None = None) -> int:
    """Read the command line and run; 0 good, 1 below a floor, 2 no corpus."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description=__doc__)
    default = Path(os.environ.get("EX99_CORPUS", "../shared"))
    parser.add_argument("--corpus", type=Path, default=default, help="folder of the reference corpus (default: %(default)s)")
    parser.add_argument("--predictions", type=Path, default=PREDICTIONS, help="folder for SLUG.json (default: %(default)s)")
    parser.add_argument("--pin", action="store_true", help="raise the floors to this run and remember its outcomes")
    parser.add_argument("--metrics", action="store_true", help="also print the counts of each metric")
    parser.add_argument("--listing", type=Path, help="file for a list of every figure that is not right")
    options = parser.parse_args(arguments)
    try:
        return run(options.corpus, options.predictions, pin=options.pin, metrics=options.metrics, listing=options.listing)
    except corpus.CorpusError as error:
        print(error, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
