"""Speed as ratios against floors taken in the same run, so that the machine cancels out."""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks import corpus
from benchmarks.compose import compose_exhibits

Exhibits = list[tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the table; ``limit`` is what it must not exceed, None where it is only shown."""

    name: str
    value: float
    unit: str
    limit: float | None = None
    note: str = ""

    @property
    def broken(self) -> bool:
        """Whether the limit is exceeded."""
        return self.limit is not None and self.value > self.limit


def load_exhibits(folder: Path) -> tuple[Exhibits, str]:
    """The labelled exhibits where the corpus is at hand, else fictitious ones, and a word on which."""
    try:
        corpus.check_corpus(folder)
    except corpus.CorpusError:
        return compose_exhibits(), "fictitious exhibits"
    return [(slug, path.read_bytes()) for slug, path in corpus.list_gold_exhibits(folder)], "labelled exhibits"


def seconds(work: Callable[[], object], repeats: int = 1) -> float:
    """The shortest time of several runs."""
    best = float("inf")
    for _ in range(repeats):
        begun = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - begun)
    return best


def is_html(data: bytes) -> bool:
    """Whether an exhibit is HTML, which the bare floor can read."""
    return b"<html" in data[:4000].lower() or b"<div" in data.lower() or b"<p" in data[:20000].lower()


def read_bare(data: bytes) -> str:
    """The floor: lxml's tree of the bytes, and its text."""
    from lxml import html

    return "".join(str(piece) for piece in html.document_fromstring(data).itertext())


def measure_parsing(exhibits: Exhibits) -> Iterator[Measure]:
    """Whole parse against the floor, the slowest document, peak memory, and growth with length."""
    from parsing import parse_release

    pages = [(slug, data) for slug, data in exhibits if is_html(data)]
    parse_release(pages[0][1])
    floors: dict[str, float] = {}
    times: dict[str, float] = {}
    for slug, data in exhibits:
        if is_html(data):
            floors[slug] = seconds(partial(read_bare, data), 3)
        times[slug] = seconds(partial(parse_release, data), 2)
    floor = sum(floors.values())
    whole = sum(times[slug] for slug, _ in pages)
    size = sum(len(data) for _, data in pages) / 1e6
    yield Measure("bare lxml tree and text", floor, "s", note=f"{len(pages)} HTML exhibits, {size:.1f} MB")
    yield Measure("whole parse", whole, "s", note="the same exhibits")
    yield Measure("whole parse / bare lxml", whole / floor, "x", 5.0)
    slowest = max(times, key=lambda slug: times[slug])
    yield Measure("slowest document", times[slowest], "s", 2.0, slowest)
    yield Measure("growth when doubled", max(growth(data) for _, data in largest(pages, 3)), "x", 2.2, "the three largest")
    yield Measure("peak memory", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MB", 300.0)


def largest(exhibits: Exhibits, count: int) -> Exhibits:
    """The exhibits with the most bytes."""
    return sorted(exhibits, key=lambda e: len(e[1]), reverse=True)[:count]


def growth(data: bytes) -> float:
    """How much longer a release takes whose content stands in it twice."""
    from parsing import parse_release

    lower = data.lower()
    head, tail = lower.find(b"<body"), lower.rfind(b"</body")
    inner = data[lower.find(b">", head) + 1 : tail] if 0 <= head < tail else data
    twice = data[:tail] + inner + data[tail:] if inner is not data else data + data
    return seconds(lambda: parse_release(twice), 3) / seconds(lambda: parse_release(data), 3)


SECTIONS: tuple[tuple[str, Callable[[Exhibits], Iterable[Measure]]], ...] = (("parsing", measure_parsing),)
"""Title and measurement of each section of the table; further ones are appended here."""


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; 1 where a limit is exceeded."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__)
    default = Path(os.environ.get("EX99_CORPUS", "../shared"))
    parser.add_argument("--corpus", type=Path, default=default, help="folder of the reference corpus (default: %(default)s)")
    options = parser.parse_args(arguments)
    exhibits, words = load_exhibits(options.corpus)
    print(f"{len(exhibits)} {words}")
    broken = False
    for title, measure in SECTIONS:
        print(f"\n{title}")
        for m in measure(exhibits):
            limit = f"limit {m.limit:g} {m.unit}" if m.limit is not None else ""
            print(f"  {m.name:28} {m.value:9.2f} {m.unit:3} {limit:16} {'ABOVE' if m.broken else ''} {m.note}".rstrip())
            broken |= m.broken
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
