"""The parser's speed, in CPU, as ratios against floors taken in the same run, so that the machine cancels out."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks import corpus
from benchmarks.compose import compose_exhibits
from benchmarks.measure import CPU, Measure, Options, seconds

Exhibits = list[tuple[str, bytes]]


def load_exhibits(folder: Path) -> tuple[Exhibits, str]:
    """The labelled exhibits where the corpus is at hand, else fictitious ones, and a word on which."""
    try:
        corpus.check_corpus(folder)
    except corpus.CorpusError:
        return compose_exhibits(), "fictitious exhibits"
    return [(slug, path.read_bytes()) for slug, path in corpus.list_gold_exhibits(folder)], "labelled exhibits"


def is_html(data: bytes) -> bool:
    """Whether an exhibit is HTML, which the bare floor can read."""
    return b"<html" in data[:4000].lower() or b"<div" in data.lower() or b"<p" in data[:20000].lower()


def read_bare(data: bytes) -> str:
    """The floor: lxml's tree of the bytes, and its text."""
    from lxml import html

    return "".join(str(piece) for piece in html.document_fromstring(data).itertext())


def measure_parsing(exhibits: Exhibits, words: str = "exhibits") -> Iterator[Measure]:
    """Whole parse against the floor, the slowest document, growth with length, and peak memory."""
    from ex99.parsing import parse_release

    pages = [(slug, data) for slug, data in exhibits if is_html(data)]
    parse_release(pages[0][1])
    floor, times = 0.0, {}
    for slug, data in exhibits:
        if is_html(data):
            floor += seconds(partial(read_bare, data), 3, CPU)
        times[slug] = seconds(partial(parse_release, data), 2, CPU)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    whole, size = sum(times[slug] for slug, _ in pages), sum(len(data) for _, data in pages) / 1e6
    slowest = max(times, key=lambda slug: times[slug])
    yield Measure("whole parse", whole, "s", 5.0, f"{len(pages)} {words} in HTML, {size:.1f} MB; floor: bare lxml tree and text", floor)
    yield Measure("slowest document", times[slowest], "s", 2.0, slowest)
    yield Measure("growth when doubled", max(growth(data) for _, data in largest(pages, 3)), "x", 2.2, "worst of the three largest")
    yield Measure("peak memory", peak, "MB", 300.0, f"{len(exhibits)} {words}, and the parser itself")


def largest(exhibits: Exhibits, count: int) -> Exhibits:
    """The exhibits with the most bytes."""
    return sorted(exhibits, key=lambda e: len(e[1]), reverse=True)[:count]


def growth(data: bytes) -> float:
    """How much longer a release takes whose content stands in it twice."""
    from ex99.parsing import parse_release

    lower = data.lower()
    head, tail = lower.find(b"<body"), lower.rfind(b"</body")
    inner = data[lower.find(b">", head) + 1 : tail] if 0 <= head < tail else data
    twice = data[:tail] + inner + data[tail:] if inner is not data else data + data
    return seconds(lambda: parse_release(twice), 3, CPU) / seconds(lambda: parse_release(data), 3, CPU)


def measure_parse(options: Options) -> Iterator[Measure]:
    """The section "parse" of the report."""
    exhibits, words = load_exhibits(options.corpus)
    yield from measure_parsing(exhibits, words)
