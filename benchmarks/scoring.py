"""Predictions of a labelled set, scored by the corpus's own scorer: as a whole and by folds of whole companies."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Mapping
from concurrent.futures import Executor, ProcessPoolExecutor
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.labelled import LabelledSet, assign_folds
from benchmarks.pins import Outcomes
from ex99.filings.json_form import error_to_json, release_to_json
from ex99.filings.release import ParseError

Report = dict[str, Any]
FIGURE_SETS = ("headline_quarter", "core", "figures")


def parse_exhibit(data: bytes, file: str) -> dict[str, Any]:
    """The JSON form of a parse, or of the ParseError in its place."""
    from ex99.parsing import parse_release

    try:
        return release_to_json(parse_release(data), file)
    except ParseError as error:
        return error_to_json(error, file)


def write_prediction(job: tuple[str, Path, str, frozenset[str]]) -> str:
    """Parse one exhibit and write folder/SLUG.json, without the metrics that its labels leave open; gives the slug."""
    slug, path, folder, unjudged = job
    answer = parse_exhibit(path.read_bytes(), slug)
    if unjudged and "figures" in answer:
        answer["figures"] = [f for f in answer["figures"] if f["metric"] not in unjudged]
    (Path(folder) / f"{slug}.json").write_text(json.dumps(answer, ensure_ascii=False, indent=1), encoding="utf-8")
    return slug


def predict(
    exhibits: Iterable[tuple[str, Path]], folder: Path, unjudged: Mapping[str, frozenset[str]] | None = None, *, processes: int = 2
) -> None:
    """Parse the exhibits in a pool of processes and write one prediction for each into the folder, which is emptied first."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.json"):
        old.unlink()
    skipped = unjudged or {}
    jobs = [(slug, path, str(folder), skipped.get(slug, frozenset())) for slug, path in exhibits]
    with ProcessPoolExecutor(processes) as pool:
        _run_all(pool, jobs)


def _run_all(pool: Executor, jobs: list[tuple[str, Path, str, frozenset[str]]]) -> None:
    for _ in pool.map(write_prediction, jobs, chunksize=4):
        pass


def score_set(scorer: ModuleType, labelled: LabelledSet, predictions: Path) -> tuple[Report, list[str]]:
    """The corpus's report over a set, and its list of every figure that is not right."""
    report, lines = scorer.score(predictions, labelled.gold, labelled.texts, "all")
    return dict(report), list(lines)


def score_folds(scorer: ModuleType, labelled: LabelledSet, predictions: Path, folds: int = 5) -> list[Report]:
    """The corpus's report over each fold of whole companies; a fold without an exhibit is left out."""
    fold_of = assign_folds(labelled.companies, folds)
    reports = []
    for fold in range(folds):
        slugs = [slug for slug, _ in labelled.exhibits if fold_of.get(slug) == fold]
        if not slugs:
            continue
        with tempfile.TemporaryDirectory(prefix="ex99-fold-") as scratch:
            for slug in slugs:
                for part in labelled.gold.glob(f"{slug}.*"):
                    (Path(scratch) / part.name).symlink_to(part.resolve())
            reports.append(dict(scorer.score(predictions, Path(scratch), labelled.texts, None)[0]))
    return reports


def read_outcomes(lines: Iterable[str]) -> Outcomes:
    """Figures that are not right, by (slug, "metric basis duration end"), out of the scorer's list."""
    outcomes: Outcomes = {}
    for line in lines:
        slug, outcome, key, *_ = line.split("\t")
        outcomes[slug, key] = outcome
    return outcomes
