"""What a run is held against: floors of the scores (floors.toml) and the figures that were not right (pinned.tsv)."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from pathlib import Path

Outcomes = dict[tuple[str, str], str]
"""(slug, key) -> wrong | missed | spurious; a figure that is not in it was right, or not predicted and not labelled."""

_HEADER = "slug\tfigure\toutcome"


def load_floors(path: Path) -> dict[str, float]:
    """Floors by dotted name ("core.precision"); empty where none are pinned."""
    if not path.exists():
        return {}
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return {f"{table}.{key}": float(value) for table, floors in tables.items() for key, value in floors.items()}


def save_floors(path: Path, floors: Mapping[str, float]) -> None:
    """Write the floors, keeping the comment lines at the head of the file."""
    old = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    lines = [line for line in old if line.startswith("#")]
    table = ""
    for name, value in floors.items():
        section, key = name.split(".")
        if section != table:
            lines += ["", f"[{section}]"]
            table = section
        lines.append(f"{key} = {value:.4f}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def check_floors(floors: Mapping[str, float], values: Mapping[str, float]) -> list[str]:
    """A message for every value below its floor; a floor without a value counts as broken."""
    messages = []
    for name, floor in floors.items():
        value = values.get(name)
        if value is None:
            messages.append(f"{name} was not measured (floor {floor:.4f})")
        elif value < floor:
            messages.append(f"{name} {value:.4f} < {floor:.4f}")
    return messages


def raise_floors(floors: Mapping[str, float], values: Mapping[str, float]) -> dict[str, float]:
    """The floors lifted to the values, cut to four places; none is ever lowered."""
    raised = dict(floors)
    for name, value in values.items():
        raised[name] = max(floors.get(name, 0.0), math.floor(value * 10000 + 1e-6) / 10000)
    return dict(sorted(raised.items()))


def load_outcomes(path: Path) -> Outcomes:
    """The pinned run's figures that were not right."""
    if not path.exists():
        return {}
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:])
    return {(slug, key): outcome for slug, key, outcome in rows}


def save_outcomes(path: Path, outcomes: Outcomes) -> None:
    """Write them sorted, one a line."""
    lines = [_HEADER, *(f"{slug}\t{key}\t{outcome}" for (slug, key), outcome in sorted(outcomes.items()))]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def compare_outcomes(pinned: Outcomes, outcomes: Outcomes) -> tuple[list[str], list[str]]:
    """(gains, losses): one line for each figure whose outcome differs from the pinned run."""
    gains: list[str] = []
    losses: list[str] = []
    for slug, key in sorted(pinned.keys() | outcomes.keys()):
        before, now = pinned.get((slug, key)), outcomes.get((slug, key))
        if before == now:
            continue
        fine = "absent" if "spurious" in (before, now) else "right"
        line = f"{slug} {key}: {before or fine} -> {now or fine}"
        (gains if _cost(now) < _cost(before) else losses).append(line)
    return gains, losses


def _cost(outcome: str | None) -> int:
    """A wrong or spurious figure is worse than a missed one."""
    return {None: 0, "missed": 1, "spurious": 2, "wrong": 2}.get(outcome, 2)
