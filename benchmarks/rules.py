"""`make rules`: for each rule of the parser where it takes effect, and what falls where it is switched off; written into docs/parsing.md.

Every document is parsed once with all rules. Then each rule is switched off in the documents in which it took effect (at most so many of
each set), and what is read of them then is held against what was read before, and against the labels where there are some.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks import corpus, labelled
from benchmarks.made.composing import Job, compose_job
from benchmarks.made.layouts import set_story
from benchmarks.made.model import compare_figures
from benchmarks.page import write_made
from benchmarks.scoring import read_outcomes
from ex99.filings.json_form import error_to_json, release_to_json
from ex99.filings.release import Figure, ParseError
from ex99.parsing import parse_release
from ex99.parsing.pipelines import PARSERS
from ex99.parsing.rules import RULES, without

PAGE = Path(__file__).parents[1] / "docs" / "parsing.md"
FILINGS, STATEMENTS, COMPOSED = "filings", "statements", "composed"
"""Sets of documents: real releases, statements made of tags, composed releases."""
assert PARSERS  # every stage is loaded, so every rule is declared


class Document(NamedTuple):
    """A document: its set, its name there, its bytes on disk, and the folder of its labels."""

    group: str
    name: str
    path: Path
    labels: Path | None = None


class Told(NamedTuple):
    """What is read of a document: the rules that took effect with their counts, and its results, each as text."""

    fired: Counter[str]
    results: frozenset[str]
    answer: dict[str, Any]
    right: int
    """How many of a composed document's facts are right."""


@dataclass(slots=True)
class Measured:
    """A rule's hits and documents by set; of those it was switched off in the results gone and new, the labelled figures lost and won."""

    hits: Counter[str] = field(default_factory=Counter)
    documents: Counter[str] = field(default_factory=Counter)
    tried: int = 0
    gone: int = 0
    new: int = 0
    lost: int = 0
    won: int = 0

    @property
    def doubtful(self) -> bool:
        """Whether at most one real document, and none that was made, needs it."""
        return self.documents[FILINGS] <= 1 and not self.documents[STATEMENTS] and not self.documents[COMPOSED]


def list_documents(folder: Path, scratch: Path, composed: int) -> Iterator[Document]:
    """The corpus's releases and statements, and composed releases, which are written into ``scratch``."""
    gold = labelled.read_gold(folder)
    known = {slug for slug, _ in gold.exhibits}
    yield from (Document(FILINGS, slug, path, gold.gold) for slug, path in gold.exhibits)
    for slug, row in corpus.list_rows(folder).items():
        if slug not in known:
            try:
                data = corpus.read_exhibit(folder, row)
            except (corpus.CorpusError, OSError):
                continue
            path = scratch / f"filing-{slug}"
            path.write_bytes(data)
            yield Document(FILINGS, slug, path)
    for made in (labelled.read_statements_10kq(folder, scratch), labelled.render_statements_sec(folder, scratch)):
        if made is not None:
            yield from (Document(STATEMENTS, slug, path, made.gold) for slug, path in made.exhibits)
    for seed in range(composed):
        _, layout, story = compose_job(Job(seed))
        path = scratch / f"composed-{seed}"
        path.write_bytes(set_story(story, layout))
        yield Document(COMPOSED, str(seed), path)


def read(document: Document, *off: str) -> Told:
    """Parse a document with some rules switched off."""
    data = document.path.read_bytes()
    with without(*off) as fired:
        try:
            release = parse_release(data)
        except ParseError as error:
            return Told(Counter(fired), frozenset({error.code}), error_to_json(error, document.name), 0)
    answer = release_to_json(release, document.name)
    parts = [*answer["figures"], *answer["guidance"], *answer["forward_looking"], *answer["contacts"]]
    results = {json.dumps({**part, "support": None, "grade": None}, sort_keys=True) for part in parts}
    results |= {f"{name}: {answer[name]}" for name in ("kind", "headline", "dateline", "company", "fiscal_period")}
    right = _count_right(int(document.name), release.figures) if document.group == COMPOSED else 0
    return Told(Counter(fired), frozenset(results), answer, right)


def _count_right(seed: int, figures: Sequence[Figure]) -> int:
    story = compose_job(Job(seed))[2]
    found = compare_figures(story.facts, figures, story.unjudged)
    return len(found["right"]) - len(found["wrong"]) - len(found["spurious"])


def measure_rule(rule_id: str, before: Sequence[tuple[Document, Told]], folder: Path, most: int) -> Measured:
    """A rule's hits, and what changes without it in at most so many documents of each set."""
    measured = Measured()
    hit = [(document, told) for document, told in before if rule_id in told.fired]
    for document, told in hit:
        measured.hits[document.group] += told.fired[rule_id]
        measured.documents[document.group] += 1
    changed: list[tuple[Document, Told, Told]] = []
    for group in (FILINGS, STATEMENTS, COMPOSED):
        for document, told in islice((pair for pair in hit if pair[0].group == group), most):
            after = read(document, rule_id)
            measured.tried += 1
            measured.gone += len(told.results - after.results)
            measured.new += len(after.results - told.results)
            measured.lost += max(0, told.right - after.right)
            measured.won += max(0, after.right - told.right)
            if told.results != after.results and document.labels is not None:
                changed.append((document, told, after))
    _count_labelled(measured, changed, folder)
    return measured


def _count_labelled(measured: Measured, changed: Sequence[tuple[Document, Told, Told]], folder: Path) -> None:
    """Add the labelled figures that are no longer right, and those that only then are."""
    for labels in {document.labels for document, _, _ in changed if document.labels is not None}:
        of_set = [one for one in changed if one[0].labels == labels]
        then = _judge(folder, labels, [(document, told) for document, told, _ in of_set])
        now = _judge(folder, labels, [(document, after) for document, _, after in of_set])
        measured.lost += len(now - then)
        measured.won += len(then - now)


@cache
def _load_scorer(folder: Path) -> Any:
    return corpus.load_scorer(folder)


def _judge(folder: Path, labels: Path, told: Iterable[tuple[Document, Told]]) -> set[tuple[str, str]]:
    """The figures of some documents that are not right, by the corpus's own scorer."""
    with tempfile.TemporaryDirectory(prefix="ex99-rules-") as scratch:
        gold, answers = Path(scratch, "gold"), Path(scratch, "answers")
        gold.mkdir()
        answers.mkdir()
        for document, one in told:
            for part in labels.glob(f"{document.name}.*"):
                (gold / part.name).symlink_to(part.resolve())
            (answers / f"{document.name}.json").write_text(json.dumps(one.answer, ensure_ascii=False), encoding="utf-8")
        return set(read_outcomes(_load_scorer(folder).score(answers, gold, folder / "texts", "all")[1]))


_BEFORE: list[tuple[Document, Told]] = []


def _keep(before: list[tuple[Document, Told]]) -> None:
    """Hand all first readings to a process of the pool, once."""
    _BEFORE[:] = before


def _measure(rule_id: str, folder: Path, most: int) -> tuple[str, Measured]:
    return rule_id, measure_rule(rule_id, _BEFORE, folder, most)


def render(table: dict[str, Measured], counts: Counter[str], today: dt.date) -> str:
    """The page's table, a row a rule, and the rules that are doubted."""
    lines = [
        f"Measured {today} over {counts[FILINGS]} real releases, {counts[STATEMENTS]} made statements, {counts[COMPOSED]} composed ones.",
        "Hits and the documents they are in; then, in the documents in which the rule was switched off, how many results are gone and how",
        "many are new (a changed one is both), and how many labelled figures are then no longer right, or only then.",
        "",
        "| rule | what it does | real | statements | composed | off in | gone | new | lost | won |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for rule_id, one in table.items():
        places = " | ".join(f"{one.hits[group]} in {one.documents[group]}" for group in (FILINGS, STATEMENTS, COMPOSED))
        does = RULES[rule_id].does.replace("|", "\\|")
        veto = "leaves out: " if RULES[rule_id].leaves_out else ""
        lines.append(f"| `{rule_id}` | {veto}{does} | {places} | {one.tried} | {one.gone} | {one.new} | {one.lost} | {one.won} |")
    doubted = [f"`{rule_id}`" for rule_id, one in table.items() if one.doubtful]
    lines += ["", f"Needed by one real document at most and by none that was made ({len(doubted)}): {', '.join(doubted) or 'none'}."]
    return "\n".join(lines) + "\n"


def main(arguments: list[str] | None = None) -> int:
    """Measure and write; 2 where there is no corpus."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.rules", description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path(os.environ.get("EX99_CORPUS", "../shared")))
    parser.add_argument("--rule", action="append", help="only rules whose id begins so; prints the table and leaves the page as it is")
    parser.add_argument("--most", type=int, default=40, help="switch a rule off in so many documents of each set (default %(default)s)")
    parser.add_argument("--composed", type=int, default=400, help="composed releases (default %(default)s)")
    options = parser.parse_args(arguments)
    try:
        corpus.check_corpus(options.corpus)
    except corpus.CorpusError as error:
        print(error, file=sys.stderr)
        return 2
    wanted = [one for one in sorted(RULES) if not options.rule or one.startswith(tuple(options.rule))]
    with tempfile.TemporaryDirectory(prefix="ex99-rules-") as scratch:
        documents = list(list_documents(options.corpus, Path(scratch), options.composed))
        with ProcessPoolExecutor(2) as pool:
            before = list(zip(documents, pool.map(read, documents, chunksize=16), strict=True))
        print(f"{len(documents)} documents read; {len(wanted)} rules", file=sys.stderr)
        with ProcessPoolExecutor(2, initializer=_keep, initargs=(before,)) as pool:
            table = dict(pool.map(partial(_measure, folder=options.corpus, most=options.most), wanted))
    rendered = render(table, Counter(document.group for document in documents), dt.datetime.now(dt.UTC).date())
    if options.rule:
        print(rendered)
    else:
        write_made(PAGE, "make rules", rendered)
    return 0


if __name__ == "__main__":
    sys.exit(main())
