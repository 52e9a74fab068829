"""Scores as tables on standard output."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from benchmarks.scoring import FIGURE_SETS, Report

COUNTS = ("right", "wrong", "missed", "spurious")


def print_table(reports: Iterable[tuple[str, Report]]) -> None:
    """Precision, recall and counts of each set's headline quarter, core and figures."""
    print(f"{'':35} {'precision':>9} {'recall':>7} " + " ".join(f"{name:>8}" for name in COUNTS))
    for name, report in reports:
        for part in FIGURE_SETS:
            if part in report:
                r = report[part]
                counts = " ".join(f"{r[count]:8}" for count in COUNTS)
                print(f"{name:18} {part:16} {r['precision'] or 0:9.4f} {r['recall']:7.4f} {counts}")


def print_folds(sets: Iterable[tuple[str, Sequence[Report]]]) -> None:
    """Precision / recall of each fold of whole companies, so that one sees how far companies differ."""
    print("\nby folds of whole companies: precision/recall")
    for name, folds in sets:
        for part in FIGURE_SETS:
            cells = [f"{fold[part]['precision'] or 0:.4f}/{fold[part]['recall']:.4f}" for fold in folds if part in fold]
            if cells:
                print(f"{name:18} {part:16} " + "  ".join(cells))


def print_shares(report: Report) -> None:
    """What is counted by document or passage: kinds, headlines, datelines, guidance ..."""
    print()
    for name, r in report.items():
        if "share" in r:
            print(f"{name:18} {r['share']:9.4f}  of {r['of']}")


def print_metrics(name: str, report: Report) -> None:
    """The counts of each metric and basis."""
    print(f"\n{name + ', by metric':28} " + " ".join(f"{count:>8}" for count in COUNTS))
    for metric, c in report["metrics"].items():
        print(f"  {metric:26} " + " ".join(f"{c.get(count, 0):8}" for count in COUNTS))


def print_changes(gains: list[str], losses: list[str], limit: int = 60) -> None:
    """Gains and losses per figure against the last pinned run."""
    print(f"\nagainst the pinned run: {len(gains)} gains, {len(losses)} losses")
    for sign, changes in (("+", gains), ("-", losses)):
        for line in changes[:limit]:
            print(f"  {sign} {line}")
        if len(changes) > limit:
            print(f"  {sign} ... and {len(changes) - limit} more")
