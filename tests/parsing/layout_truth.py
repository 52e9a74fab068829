"""Compares a parse with the hand-made truth beside a fictitious exhibit: tests/parsing/layouts/NAME.json and NAME.facts.tsv."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from ex99.filings.json_form import release_to_json
from ex99.parsing import parse_release, read_text

LAYOUTS = Path(__file__).parent / "layouts"
SAME_DAYS = 10
SAME_PASSAGE = 0.95
PER_SHARE_TOLERANCE = Decimal("0.0051")
Json = dict[str, Any]


def list_layouts() -> list[Path]:
    """The exhibits, in the order of their names."""
    return sorted(path for path in LAYOUTS.iterdir() if path.suffix in (".htm", ".txt"))


def find_differences(exhibit: Path) -> list[str]:
    """What the parse of the exhibit gets otherwise than the truth, one line each; [] where all agrees."""
    data = exhibit.read_bytes()
    truth: Json = json.loads(exhibit.with_suffix(".json").read_text(encoding="utf-8"))
    parsed: Json = release_to_json(parse_release(data), exhibit.name)
    return [
        *_differing_words(truth, parsed),
        *_differing_passages(truth, parsed, read_text(data)),
        *_differing_guidance(truth, parsed),
        *(_differing_figures(_read_facts(exhibit), parsed["figures"]) if "results" in truth["kind"] else ()),
    ]


def _differing_words(truth: Json, parsed: Json) -> Iterator[str]:
    dateline, fiscal = parsed.get("dateline") or {}, parsed.get("fiscal_period") or {}
    pairs = {
        "kind": (truth["kind"], parsed["kind"]),
        "headline": (_words(truth["headline"]), _words(parsed["headline"])),
        "date": (truth["dateline"]["date"], dateline.get("date")),
        "place": (truth["dateline"]["place"], dateline.get("place")),
    }
    if truth["fiscal"]:
        pairs["fiscal"] = (
            (truth["fiscal"]["year"], truth["fiscal"]["quarter"]),
            (fiscal.get("year"), fiscal.get("quarter")),
        )
    for name, (wanted, got) in pairs.items():
        if wanted != got:
            yield f"{name}: {got!r}, not {wanted!r}"


def _differing_passages(truth: Json, parsed: Json, text: str) -> Iterator[str]:
    found = [item for item in parsed["forward_looking"] if item["kind"] == "safe_harbor"]
    wanted = [word for item in truth["forward_looking"] for word in _between(_words(text), item["first"], item["last"])]
    got = [word for item in found for word in _words(item["source"]["text"])]
    if _overlap(wanted, got) < SAME_PASSAGE:
        yield f"safe harbor: {' '.join(got)[:80]!r}"
    statements = [set(_words(item["source"]["text"])) for item in parsed["forward_looking"] if item["kind"] == "statement"]
    for sentence in truth["forward_statements"]:
        words = set(_words(sentence))
        if not any(len(words & found_words) >= 0.8 * len(words) for found_words in statements):
            yield f"statement: {sentence[:60]!r}"


def _differing_guidance(truth: Json, parsed: Json) -> Iterator[str]:
    got = {(item["unit"], _absolute(item["low"]), _absolute(item["high"])) for item in parsed["guidance"]}
    wanted = set()
    for item in truth["guidance"]:
        scale = Decimal(str(item["scale"]))
        low, high = (None if item[side] is None else abs(_number(item[side]) * scale) for side in ("low", "high"))
        wanted.add((item["unit"], low, high))
    got |= {(unit, None, high) for unit, low, high in got if low == high} | {(unit, low, None) for unit, low, high in got if low == high}
    for unit, low, high in sorted(wanted - got, key=str):
        yield f"guidance missed: {low} to {high} {unit}"
    if len(parsed["guidance"]) > len(truth["guidance"]) + 2:
        yield f"guidance: {len(parsed['guidance'])} ranges, not {len(truth['guidance'])}"


def _differing_figures(facts: list[Json], figures: list[Json]) -> Iterator[str]:
    covered = {(fact["duration"], fact["end"]) for fact in facts}
    wanted_keys = {_key(fact["metric"], fact["basis"], fact["duration"]) for fact in facts}
    for fact in facts:
        same = [figure for figure in figures if _same_place(fact, figure)]
        if not any(_same_value(fact, figure) for figure in same):
            got = ", ".join(str(figure["value"]) for figure in same) or "nothing"
            yield f"figure: {_key(fact['metric'], fact['basis'], fact['duration'])} {fact['end']}: {got}, not {fact['value']}"
    for figure in figures:
        key = _key(figure["metric"], figure["basis"], figure["duration"])
        period_covered = any(_near(end, figure["period_end"]) and duration == figure["duration"] for duration, end in covered)
        if (key not in wanted_keys and period_covered) or (figure["duration"] == "year" and not period_covered):
            yield f"figure: {key} {figure['period_end']}: {figure['value']}, not printed"


def _read_facts(exhibit: Path) -> list[Json]:
    with exhibit.with_suffix(".facts.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [{**row, "value": _number(row["printed"]) * Decimal(row["scale"])} for row in rows]


def _key(metric: str, basis: str, duration: str) -> str:
    return f"{metric} {basis} {duration}"


def _same_place(fact: Json, figure: Json) -> bool:
    return all(fact[part] == figure[part] for part in ("metric", "basis", "duration")) and _near(fact["end"], figure["period_end"])


def _same_value(fact: Json, figure: Json) -> bool:
    if fact["unit"] != figure["unit"]:
        return False
    value: Decimal = fact["value"]
    tolerance = PER_SHARE_TOLERANCE if fact["unit"].endswith("/share") else abs(value) * Decimal("0.0005")
    return abs(value - Decimal(figure["value"])) <= tolerance


def _near(one: str, other: str | None) -> bool:
    if not one or not other:
        return True
    return abs((dt.date.fromisoformat(one) - dt.date.fromisoformat(other)).days) <= SAME_DAYS


def _number(printed: str) -> Decimal:
    digits = re.sub(r"[^\d.]", "", printed).rstrip(".")
    value = Decimal(digits) if digits else Decimal(0)
    return -value if printed.startswith(("(", "-", "\u2212")) else value


def _absolute(value: str | None) -> Decimal | None:
    return None if value is None else abs(Decimal(value))


def _words(text: str | None) -> list[str]:
    return re.findall(r"[a-z0-9]+", (text or "").lower())


def _between(words: list[str], first: str, last: str) -> list[str]:
    start = _position(words, _words(first), 0)
    return words[start : _position(words, _words(last), start) + len(_words(last))]


def _position(words: list[str], needle: list[str], start: int) -> int:
    for index in range(start, len(words) - len(needle) + 1):
        if words[index : index + len(needle)] == needle:
            return index
    raise ValueError(f"{' '.join(needle)!r} is not in the exhibit")


def _overlap(wanted: list[str], got: list[str]) -> float:
    if not wanted and not got:
        return 1.0
    rest = list(wanted)
    common = 0
    for word in got:
        if word in rest:
            rest.remove(word)
            common += 1
    return 2 * common / (len(wanted) + len(got))
