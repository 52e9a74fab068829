"""What a run is held against: floors of the scores (floors.toml) and the figures that were not right (pinned.tsv)."""

from __future__ import annotations

import hashlib
import math
import tomllib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

Outcomes = dict[tuple[str, str], str]
"""("set/slug", key) -> wrong | missed | spurious; a figure that is not in it was right, or not predicted and not labelled."""

_HEADER = "set\tdocument\tfigure\toutcome"


def load_floors(path: Path) -> dict[str, float]:
    """Floors by dotted name ("gold.core.precision"); empty where none are pinned."""
    if not path.exists():
        return {}
    return dict(_flatten(tomllib.loads(path.read_text(encoding="utf-8"))))


def _flatten(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, float]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _flatten(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", float(value)


def save_floors(path: Path, floors: Mapping[str, float]) -> None:
    """Write the floors, one table a set, keeping the comment lines at the head of the file."""
    old = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    lines = [line for line in old if line.startswith("#")]
    tables: dict[str, list[str]] = defaultdict(list)
    for name, value in sorted(floors.items()):
        table, _, key = name.partition(".")
        tables[table].append(f"{key} = {value:.4f}")
    for table, rows in tables.items():
        lines += ["", f"[{table}]", *rows]
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


def digest_document(document: str) -> tuple[str, str]:
    """A document's set, and the digest that stands for its slug in pinned.tsv, where no company is named."""
    name, _, slug = document.partition("/")
    return name, hashlib.sha256(slug.encode()).hexdigest()[:10]


def load_outcomes(path: Path) -> Outcomes:
    """The pinned run's figures that were not right, by "set/digest"."""
    if not path.exists():
        return {}
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:])
    return {(f"{name}/{document}", key): outcome for name, document, key, outcome in rows}


def save_outcomes(path: Path, outcomes: Outcomes, sets: Collection[str]) -> None:
    """Write them sorted, one a line; pinned outcomes of other sets than those are kept."""
    kept = {key: outcome for key, outcome in load_outcomes(path).items() if key[0].split("/")[0] not in sets}
    new = {("/".join(digest_document(document)), key): outcome for (document, key), outcome in outcomes.items()}
    rows = sorted({**kept, **new}.items())
    lines = [_HEADER, *(f"{document.replace('/', chr(9))}\t{key}\t{outcome}" for (document, key), outcome in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def compare_outcomes(pinned: Outcomes, outcomes: Outcomes, documents: Collection[str]) -> tuple[list[str], list[str]]:
    """(gains, losses) over those documents ("set/slug"): one line for each figure whose outcome differs from the pinned run."""
    names = {"/".join(digest_document(document)): document for document in documents}
    now_by_digest = {("/".join(digest_document(document)), key): outcome for (document, key), outcome in outcomes.items()}
    gains: list[str] = []
    losses: list[str] = []
    for document, key in sorted(key for key in pinned.keys() | now_by_digest.keys() if key[0] in names):
        before, now = pinned.get((document, key)), now_by_digest.get((document, key))
        if before == now:
            continue
        fine = "absent" if "spurious" in (before, now) else "right"
        line = f"{names[document]} {key}: {before or fine} -> {now or fine}"
        (gains if _cost(now) < _cost(before) else losses).append(line)
    return gains, losses


def _cost(outcome: str | None) -> int:
    """A wrong or spurious figure is worse than a missed one."""
    return {None: 0, "missed": 1, "spurious": 2, "wrong": 2}.get(outcome, 2)
