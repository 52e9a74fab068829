"""One company's labelled history, scored over every period: what its labels do not hold is spurious."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks import corpus
from benchmarks.scoring import Report, predict


def measure_history(scorer: ModuleType, folder: Path, predictions: Path, scratch: Path) -> tuple[Report, list[str], tuple[str, ...]] | None:
    """Parse and score the exhibits that gold/history names; None where the corpus has no history."""
    figures = corpus.list_history(folder)
    if not figures:
        return None
    rows = corpus.list_rows(folder)
    exhibits = []
    for slug in sorted({f.slug for f in figures}):
        path = scratch / f"{slug}.exhibit"
        path.write_bytes(corpus.read_exhibit(folder, rows[slug]))
        exhibits.append((slug, path))
    predict(exhibits, predictions)
    return (*score_history(scorer, figures, predictions), tuple(slug for slug, _ in exhibits))


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
    return {"figures": {**counts, **shares}}, lines


def _same_key(scorer: ModuleType, predicted: Mapping[str, Any], gold: Mapping[str, Any]) -> bool:
    keys = ("metric", "basis", "duration")
    return all(predicted[k] == gold[k] for k in keys) and bool(scorer.near(predicted["end"], gold["end"]))


def _key(figure: Mapping[str, Any]) -> str:
    return f"{figure['metric']} {figure['basis']} {figure['duration']} {figure['end']}"


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0
