"""The parser's speed, in CPU, as ratios against floors taken in the same run, so that the machine cancels out."""

from __future__ import annotations

import resource
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import FrameType

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


def divide_exhibits(exhibits: Exhibits) -> tuple[Exhibits, Exhibits]:
    """(those in HTML, which the bare floor can read; typewritten ones), as the parser tells them; those without words are in neither."""
    from ex99.filings.release import ParseError
    from ex99.parsing import parse_release

    kinds: dict[str, Exhibits] = {"text/html": [], "text/plain": []}
    for slug, data in exhibits:
        with suppress(ParseError):
            kinds[parse_release(data).media_type].append((slug, data))
    return kinds["text/html"], kinds["text/plain"]


def read_bare(data: bytes) -> str:
    """The floor: lxml's tree of the bytes, and its text."""
    from lxml import html

    return "".join(str(piece) for piece in html.document_fromstring(data).itertext())


def measure_parsing(exhibits: Exhibits, words: str = "exhibits") -> Iterator[Measure]:
    """Whole parse against the floor, the slowest document, growth with length, the way back to the page, and peak memory."""
    from ex99.parsing import parse_release

    pages, typed = divide_exhibits(exhibits)
    floor, times = 0.0, {}
    for number, (slug, data) in enumerate((*pages, *typed)):
        if number < len(pages):
            floor += seconds(partial(read_bare, data), 3, CPU)
        times[slug] = seconds(partial(parse_release, data), 3, CPU)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    whole, size = sum(times[slug] for slug, _ in pages), sum(len(data) for _, data in pages) / 1e6
    slowest = max(times, key=lambda slug: times[slug])
    wordless = len(exhibits) - len(times)
    told = f"{len(pages)} {words} in HTML, {size:.1f} MB{f' ({wordless} without words left out)' if wordless else ''}"
    yield Measure("whole parse", whole, "s", 4.0, f"{told}; floor: bare lxml tree and text", floor)
    yield Measure(
        "typewritten exhibits", sum(times[slug] for slug, _ in typed), "s", note=f"{len(typed)} of them, of which lxml reads no tree"
    )
    yield Measure("slowest document", times[slowest], "s", 2.0, slowest)
    yield Measure("growth when doubled", max(growth(data) for _, data in largest(pages, 3)), "x", 2.2, "worst of the three largest")
    yield Measure(
        "calls for the way back to the page", way_back(largest(pages, 1)[0][1]), "%", 2.0, "of all calls while the largest is parsed"
    )
    yield Measure("peak memory", peak, "MB", 300.0, f"{len(exhibits)} {words}, and the parser itself")


def way_back(data: bytes) -> float:
    """Per cent of a parse's calls that are for finding spans on the page again (parsing.reading.annotate and places)."""
    from ex99.parsing import parse_release
    from ex99.parsing.reading import annotate, places

    files = {annotate.__file__, places.__file__}
    calls: Counter[bool] = Counter()

    def count(frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            calls[frame.f_code.co_filename in files] += 1

    sys.setprofile(count)
    try:
        parse_release(data)
    finally:
        sys.setprofile(None)
    return 100 * calls[True] / calls.total()


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
