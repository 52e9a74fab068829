"""Accuracy on the labelled sets: the corpus's own score, floors that a change may not lower, gains and losses since the pin."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

from benchmarks import corpus, labelled
from benchmarks.grades import Judged, judge_set, measure_grades, print_grades
from benchmarks.history import measure_history
from benchmarks.pins import Outcomes, check_floors, compare_outcomes, load_floors, load_outcomes, raise_floors, save_floors, save_outcomes
from benchmarks.printing import print_changes, print_folds, print_metrics, print_shares, print_table
from benchmarks.scoring import FIGURE_SETS, Report, predict, read_outcomes, score_folds, score_set

HERE = Path(__file__).parent
FLOORS = HERE / "floors.toml"
PINNED = HERE / "pinned.tsv"
PREDICTIONS = Path(".accuracy")
PROMISED = "grades."
"""Floors that a pin does not raise: what grades promise, not what they happened to reach."""
SETS = ("gold", "history", "statements_10kq", "statements_sec")


@dataclass(frozen=True, slots=True)
class Measured:
    """One set's score: the corpus's report, that of each fold, and every figure that is not right."""

    name: str
    report: Report
    lines: list[str]
    slugs: tuple[str, ...]
    judged: tuple[Judged, ...] = ()
    folds: list[Report] = field(default_factory=list)

    @property
    def outcomes(self) -> Outcomes:
        """The figures that are not right, by set and slug."""
        return {(f"{self.name}/{slug}", key): outcome for (slug, key), outcome in read_outcomes(self.lines).items()}

    @property
    def values(self) -> dict[str, float]:
        """What floors are about: "gold.core.precision" ..., each between 0 and 1. Made sets have no passages: their figures alone count."""
        names = self.report.keys() - {"metrics"} if self.name == "gold" else self.report.keys() & set(FIGURE_SETS)
        keys = ("precision", "recall", "share")
        return {
            f"{self.name}.{name}.{key}": float(self.report[name][key])
            for name in names
            for key in keys
            if self.report[name].get(key) is not None
        }


def measure(name: str, folder: Path, predictions: Path, scratch: Path, layout: str) -> Measured | None:
    """Parse and score one of SETS; None where the corpus does not have it."""
    scorer = corpus.load_scorer(folder)
    if name == "history":
        history = measure_history(scorer, folder, predictions / name, scratch)
        return Measured(name, *history) if history else None
    chosen = _read_set(name, folder, scratch, layout)
    return _measure_set(scorer, chosen, predictions / chosen.name) if chosen else None


def _read_set(name: str, folder: Path, scratch: Path, layout: str) -> labelled.LabelledSet | None:
    if name == "gold":
        return labelled.read_gold(folder)
    if name == "statements_10kq":
        return labelled.read_statements_10kq(folder, scratch)
    return labelled.render_statements_sec(folder, scratch, layout)


def _measure_set(scorer: ModuleType, chosen: labelled.LabelledSet, predictions: Path) -> Measured:
    predict(chosen.exhibits, predictions, chosen.unjudged)
    report, lines = score_set(scorer, chosen, predictions)
    slugs = tuple(slug for slug, _ in chosen.exhibits)
    judged = tuple(judge_set(scorer, chosen, predictions))
    return Measured(chosen.name, report, lines, slugs, judged, score_folds(scorer, chosen, predictions))


def print_report(runs: list[Measured], metrics: bool) -> None:
    """The scores of all sets, their folds and the shares of the labelled releases, on standard output."""
    print_table([(run.name, run.report) for run in runs])
    print_folds([(run.name, run.folds) for run in runs if run.folds])
    for run in runs:
        if run.name == "gold":
            print_shares(run.report)
        if metrics and "metrics" in run.report:
            print_metrics(run.name, run.report)
    print_grades([j for run in runs for j in run.judged], rows=metrics)


def hold_floors(runs: list[Measured], pin: bool) -> int:
    """Say what lies below its floor (exit code 1) and what changed since the pin; with ``pin``, raise the floors to this run."""
    names = {run.name for run in runs}
    floors, values = load_floors(FLOORS), {name: value for run in runs for name, value in run.values.items()}
    if names >= set(SETS):
        names.add("grades")
        values |= measure_grades([j for run in runs for j in run.judged])
    outcomes = {key: outcome for run in runs for key, outcome in run.outcomes.items() if run.name in SETS}
    if PINNED.exists():
        documents = [f"{run.name}/{slug}" for run in runs if run.name in SETS for slug in run.slugs]
        print_changes(*compare_outcomes(load_outcomes(PINNED), outcomes, documents))
    broken = check_floors({name: floor for name, floor in floors.items() if name.split(".")[0] in names}, values)
    for message in broken:
        print(f"below the floor: {message}")
    if pin:
        save_floors(FLOORS, raise_floors(floors, {name: value for name, value in values.items() if not name.startswith(PROMISED)}))
        save_outcomes(PINNED, outcomes, names)
        print(f"pinned: {FLOORS.name}, {PINNED.name}")
    return 1 if broken else 0


def run(folder: Path, predictions: Path, options: argparse.Namespace) -> int:
    """One whole run; the exit code is 1 where a floor is broken."""
    corpus.check_corpus(folder)
    runs = []
    with tempfile.TemporaryDirectory(prefix="ex99-accuracy-") as scratch:
        for name in options.set or SETS:
            measured = measure(name, folder, predictions, Path(scratch), options.layout)
            if measured is None:
                print(f"{name}: not in this corpus")
            else:
                runs.append(measured)
    print_report(runs, options.metrics)
    if options.listing:
        lines = [f"{measured.name}/{line}" for measured in runs for line in measured.lines]
        options.listing.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return hold_floors(runs, options.pin)


def main(arguments: list[str] | None = None) -> int:
    """Read the command line and run; 0 good, 1 below a floor, 2 no corpus."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description=__doc__)
    default = Path(os.environ.get("EX99_CORPUS", "../shared"))
    parser.add_argument("--corpus", type=Path, default=default, help="folder of the reference corpus (default: %(default)s)")
    parser.add_argument("--set", action="append", choices=SETS, help="one set, may be given several times (default: all)")
    parser.add_argument(
        "--layout", choices=labelled.LAYOUTS, default="hash", help="statements_sec in one layout each (hash), or in all four"
    )
    parser.add_argument("--predictions", type=Path, default=PREDICTIONS, help="folder for SET/SLUG.json (default: %(default)s)")
    parser.add_argument("--pin", action="store_true", help="raise the floors to this run and remember its outcomes")
    parser.add_argument("--metrics", action="store_true", help="also print the counts of each metric")
    parser.add_argument("--listing", type=Path, help="file for a list of every figure that is not right")
    options = parser.parse_args(arguments)
    try:
        return run(options.corpus, options.predictions, options)
    except corpus.CorpusError as error:
        print(error, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
