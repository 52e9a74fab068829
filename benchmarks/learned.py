"""Would a learned scorer of rows beat the phrases? Logistic regression over labels and neighbours, leaving whole companies out.

`python -m benchmarks.learned` trains on four fifths of the companies of statements_sec and chooses, on the last fifth, a row for each
metric of each statement; the parser reads the same statements as `make accuracy` sets them. Both are scored on the same figures.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import re
import sys
import tempfile
import time
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from benchmarks import corpus, labelled, scoring

_BUCKETS = 1 << 17
_EPOCHS = 4
_RATE = 0.3
_CERTAIN = 0.02
"""A row that is scored this well already teaches nothing."""
LEAST = (0.3, 0.5, 0.7, 0.9)
"""How probable a row must be to be chosen."""
_WORD = re.compile(r"[a-z]+")


class Rows(NamedTuple):
    """A statement's rows: their features, what they print by column, and the rows that the tags call each metric."""

    company: str
    features: list[np.ndarray]
    values: list[tuple[float | None, ...]]
    truth: dict[str, int]
    unjudged: frozenset[str]


def read_statements(path: Path, metrics: Sequence[str]) -> Iterator[Rows]:
    """Every statement of the set; ``metrics`` limits what is asked."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            filing = json.loads(line)
            for statement in filing["statements"]:
                truth = {t["metric"]: t["row"] for t in filing["truth"] if t["stmt"] == statement["stmt"] and t["metric"] in metrics}
                rows = statement["rows"]
                features = [make_features(rows, place, statement["stmt"]) for place in range(len(rows))]
                values = [tuple(row["values"]) for row in rows]
                yield Rows(str(filing["cik"]), features, values, truth, frozenset(filing["unsure"]))


def make_features(rows: Sequence[dict[str, Any]], place: int, statement: str) -> np.ndarray:
    """Buckets of a row's words, pairs of words and pieces of words, of its neighbours' words, its unit and place."""
    row = rows[place]
    words = _WORD.findall(row["label"].lower())
    names = [f"{statement}", f"u {row['unit']}", f"{statement} p {10 * place // max(1, len(rows))}", "first" if place == 0 else "later"]
    names += [f"w {w}" for w in words] + [f"b {a} {b}" for a, b in pairwise(words)]
    names += [f"c {''.join(words)[i : i + 4]}" for i in range(len("".join(words)) - 3)]
    names.append(f"all {' '.join(words)}")
    for distance in (-2, -1, 1, 2):
        if 0 <= place + distance < len(rows):
            near = rows[place + distance]
            names += [f"n{distance} {w}" for w in _WORD.findall(near["label"].lower())] + [f"n{distance} u {near['unit']}"]
    return np.unique([zlib.crc32(f"{statement} {name}".encode()) % _BUCKETS for name in names])


def train(statements: Sequence[Rows], metrics: Sequence[str]) -> np.ndarray:
    """Weights of every bucket for every metric: one logistic regression each, by stochastic gradient descent in a fixed order."""
    weights = np.zeros((_BUCKETS, len(metrics)), dtype=np.float32)
    examples = [(s, i) for s in statements for i in range(len(s.features)) if s.values[i] and any(v is not None for v in s.values[i])]
    for epoch in range(_EPOCHS):
        random.Random(epoch).shuffle(examples)
        rate = _RATE / (1 + epoch)
        for statement, place in examples:
            wanted = np.array([statement.truth.get(metric) == place for metric in metrics], dtype=np.float32)
            known = np.array([metric not in statement.unjudged for metric in metrics], dtype=np.float32)
            index = statement.features[place]
            error = (wanted - _probability(weights, index)) * known
            if np.abs(error).max() > _CERTAIN:
                weights[index] += rate * error / np.sqrt(len(index))
    return weights


def _probability(weights: np.ndarray, index: np.ndarray) -> np.ndarray:
    scores: np.ndarray = weights[index].sum(axis=0)
    return 1 / (1 + np.exp(-scores))


def choose_rows(weights: np.ndarray, statement: Rows, metrics: Sequence[str], least: float) -> dict[str, int]:
    """For each metric the most probable row, where it is at least so probable."""
    scores = np.array([_probability(weights, index) for index in statement.features])
    return {metric: int(scores[:, m].argmax()) for m, metric in enumerate(metrics) if len(scores) and scores[:, m].max() >= least}


def score_choices(chosen: dict[str, int], statement: Rows) -> dict[str, Counter[str]]:
    """Right, wrong, missed and spurious figures by metric: one a column, equal where the rows print the same."""
    by_metric: dict[str, Counter[str]] = {}
    for metric in chosen.keys() | statement.truth.keys():
        if metric in statement.unjudged:
            continue
        counts = by_metric.setdefault(metric, Counter())
        wanted = statement.values[statement.truth[metric]] if metric in statement.truth else ()
        got = statement.values[chosen[metric]] if metric in chosen else ()
        for column in range(max(len(wanted), len(got))):
            w, g = (v[column] if column < len(v) else None for v in (wanted, got))
            if w is not None:
                counts["missed" if g is None else "right" if g == w else "wrong"] += 1
            elif g is not None and not wanted:
                counts["spurious"] += 1
    return by_metric


def score_parser(folder: Path, scratch: Path, metrics: Sequence[str]) -> dict[str, Counter[str]]:
    """What the parser makes of the same statements, set in one layout each."""
    chosen = labelled.render_statements_sec(folder, scratch)
    if chosen is None:
        raise corpus.CorpusError(f"no corpus: {folder} has no silver/statements_sec")
    scoring.predict(chosen.exhibits, scratch / "predictions", chosen.unjudged)
    table = scoring.score_set(corpus.load_scorer(folder), chosen, scratch / "predictions")[0]["metrics"]
    return {metric: Counter(table.get(f"{metric} gaap", {})) for metric in metrics}


def main(arguments: list[str] | None = None) -> int:
    """Train and compare; 2 where there is no corpus."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.learned", description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path(os.environ.get("EX99_CORPUS", "../shared")))
    options = parser.parse_args(arguments)
    metrics = ("revenue", "gross_profit", "operating_income", "pretax_income", "net_income", "net_income_to_common", "eps_basic",
               "eps_diluted", "shares_basic", "shares_diluted", "cash", "total_assets", "total_liabilities", "equity",
               "operating_cash_flow")  # fmt: skip
    path = options.corpus / "silver/statements_sec/statements.jsonl.gz"
    if not path.exists():
        print(f"no corpus: {path} does not exist", file=sys.stderr)
        return 2
    statements = list(read_statements(path, metrics))
    fold_of = labelled.assign_folds({s.company: s.company for s in statements})
    counts: dict[float, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    spent = 0.0
    for fold in range(5):
        weights = train([s for s in statements if fold_of[s.company] != fold], metrics)
        begun = time.process_time()
        for statement in (s for s in statements if fold_of[s.company] == fold):
            for least in LEAST:
                for metric, found in score_choices(choose_rows(weights, statement, metrics, least), statement).items():
                    counts[least][metric].update(found)
        spent += (time.process_time() - begun) / len(LEAST)
    with tempfile.TemporaryDirectory(prefix="ex99-learned-") as scratch:
        parser_counts = score_parser(options.corpus, Path(scratch), metrics)
    for metric in metrics:
        print_counts(f"{metric}: learned", counts[0.5][metric])
        print_counts(f"{metric}: parser", parser_counts[metric])
    for least in LEAST:
        print_counts(f"all, learned, at least {least}", sum(counts[least].values(), Counter()))
    print_counts("all, parser (rows, columns)", sum(parser_counts.values(), Counter()))
    print(f"choosing rows: {1000 * spent / len(statements):.1f} ms a statement")
    return 0


def print_counts(name: str, c: Counter[str]) -> None:
    """One line of precision and recall."""
    found, wanted = c["right"] + c["wrong"] + c["spurious"], c["right"] + c["wrong"] + c["missed"]
    print(f"{name:34} precision {c['right'] / max(1, found):.4f}  recall {c['right'] / max(1, wanted):.4f}   {dict(c)}")


if __name__ == "__main__":
    sys.exit(main())
