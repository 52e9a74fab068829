"""The labelled sets of the reference corpus: which exhibits each has, whose they are, and what their labels leave open."""

from __future__ import annotations

import csv
import hashlib
import subprocess
import sys
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import corpus

LAYOUTS = ("hash", "all")
"""How the statements of the data sets are set: each in one layout, which its number decides, or each in all four."""


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """Exhibits with their labels. ``companies`` maps a slug to its company, ``unjudged`` to the metrics that the labels leave open."""

    name: str
    gold: Path
    texts: Path
    exhibits: tuple[tuple[str, Path], ...]
    companies: Mapping[str, str]
    unjudged: Mapping[str, frozenset[str]] = field(default_factory=dict)


def read_gold(folder: Path) -> LabelledSet:
    """The releases labelled by hand."""
    exhibits = tuple(corpus.list_gold_exhibits(folder))
    rows = corpus.list_rows(folder)
    companies = {slug: rows[slug]["cik"] if slug in rows else slug for slug, _ in exhibits}
    return LabelledSet("gold", folder / "gold", folder / "texts", exhibits, companies)


def read_statements_10kq(folder: Path, scratch: Path) -> LabelledSet | None:
    """Primary statements of 10-Qs and 10-Ks, labelled by their tags; None where the corpus has none."""
    root = folder / "silver/statements_10kq"
    if not root.is_dir():
        return None
    companies = {row["slug"]: row["cik"] for row in _read_table(root / "manifest.tsv")}
    return _read_made_set("statements_10kq", root, scratch, companies)


def render_statements_sec(folder: Path, scratch: Path, layout: str = "hash") -> LabelledSet | None:
    """Statements of the SEC's data sets, set by the corpus's own renderer into ``scratch``; None where the corpus has none."""
    renderer = folder / "silver/statements_sec/render.py"
    if not renderer.exists():
        return None
    root = scratch / f"statements_sec_{layout}"
    command = [sys.executable, str(renderer), "--out", str(root), "--layout", layout]
    subprocess.run(command, check=True, capture_output=True)
    companies = {row["slug"]: row["cik"] for row in _read_table(root / "index.tsv")}
    return _read_made_set("statements_sec" if layout == "hash" else f"statements_sec_{layout}", root, scratch, companies)


def _read_made_set(name: str, root: Path, scratch: Path, companies: Mapping[str, str]) -> LabelledSet:
    """A set in the corpus's form of exhibits/, gold/ and unjudged.tsv; it has no texts, since it has no passages to find."""
    texts = scratch / "no_texts"
    texts.mkdir(exist_ok=True)
    unjudged: dict[str, set[str]] = defaultdict(set)
    for row in _read_table(root / "unjudged.tsv"):
        unjudged[row["slug"]].add(row["metric"])
    exhibits = tuple((path.stem, path) for path in sorted((root / "exhibits").iterdir()) if path.stem in companies)
    return LabelledSet(name, root / "gold", texts, exhibits, companies, {slug: frozenset(metrics) for slug, metrics in unjudged.items()})


def _read_table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def assign_folds(companies: Mapping[str, str], folds: int = 5) -> dict[str, int]:
    """Slug -> fold (from 0): whole companies, dealt out in the order of their digests, so that a fold means the same in every run."""
    order = sorted(set(companies.values()), key=lambda company: hashlib.sha256(company.encode()).hexdigest())
    dealt = {company: place % folds for place, company in enumerate(order)}
    return {slug: dealt[company] for slug, company in companies.items()}
