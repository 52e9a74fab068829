"""Real statements of the reference corpus as stories: as its own renderer words them, with the truth that it knows."""

from __future__ import annotations

import datetime as dt
import gzip
import importlib.util
import json
import random
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.corpus import CorpusError, load_number
from benchmarks.made.model import Fact, Facts, Head, Key, Line, Story, Table, Words

_ROLES = {"IS": "income", "BS": "balance", "CF": "cash_flow"}


def list_real_stories(folder: Path) -> Iterator[Story]:
    """A story for each filing of the corpus's statements_sec that has an income statement; none where the corpus lacks the set."""
    root = folder / "silver/statements_sec"
    if not (root / "render.py").exists():
        return
    renderer = _load(root / "render.py")
    with gzip.open(root / "statements.jsonl.gz", "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            filing = json.loads(line)
            if any(s["stmt"] == "IS" for s in filing["statements"]):
                story = _to_story(renderer, filing, number)
                if story is not None:
                    yield story


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("corpus_render", path)
    if spec is None or spec.loader is None:
        raise CorpusError(f"cannot load {path}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _to_story(renderer: ModuleType, filing: Mapping[str, Any], number: int) -> Story | None:
    page = renderer.page(filing, "a")
    facts = _read_facts(page["gold"])
    periods = [(k.duration, k.end) for k in facts if k.duration in ("quarter", "year") and k.metric == "revenue"]
    if not periods or page["currency"] != "$":
        return None
    quarter = max(periods, key=lambda p: (p[0] == "quarter", p[1]))
    head = page["head"]
    blocks: list[Words | Table] = [Words("headline", head["headline"]), Words("paragraph", head["paragraph"])]
    blocks += [_table(page["name"], st) for st in page["statements"]]
    scale = next((int(Decimal(row[5])) for row in page["gold"] if row[0] == "revenue"), 1000)
    fiscal = (head["fiscal"]["year"], head["fiscal"]["quarter"] or 4)
    dice = random.Random(f"real {number}")
    return Story(page["name"], page["name"], tuple(blocks), facts, quarter, fiscal, scale, frozenset(filing["unsure"]), dice)


def _read_facts(gold: list[tuple[str, ...]]) -> Facts:
    facts: Facts = {}
    for metric, basis, duration, end, printed, scale, _, _ in gold:
        digits = len(printed.partition(".")[2].rstrip(")"))
        step = Decimal(scale).scaleb(-digits)
        value = Decimal(str(load_number(printed))) * Decimal(scale)
        facts[Key(metric, basis, duration, dt.date.fromisoformat(end))] = Fact(value, step)
    return facts


def _table(name: str, statement: Mapping[str, Any]) -> Table:
    """A statement of the renderer's page; its spans are column groups, its rows have printed cells."""
    titles = (name, statement["title"], statement["note"], "(Unaudited)" if statement["unaudited"] else "")
    heads = tuple(Head(span["top"] or "", sub) for span in statement["spans"] for sub in span["subs"])
    lines = tuple(
        Line(row["label"], tuple(row.get("cells", ())), row["indent"], bool(row.get("rule")), bool(row.get("sign")))
        for row in statement["rows"]
    )
    return Table(tuple(t for t in titles if t), heads, lines, _ROLES[statement["stmt"]])
