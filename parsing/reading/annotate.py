"""Marks on the page: an exhibit's own HTML with stretches of its canonical text wrapped, and nothing else changed that a reader sees."""

from __future__ import annotations

import html
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from ex99.filings.release import PARSE_ERRORS, ParseError
from ex99.parsing.document import Document
from ex99.parsing.reading import is_html, read_document
from ex99.parsing.reading.decoding import clean_text, decode_exhibit, has_dirt
from ex99.parsing.reading.html import is_left_out, read_tree
from ex99.parsing.reading.places import NOWHERE, find_places
from ex99.parsing.reading.typewriter import blank_tags


@dataclass(frozen=True, slots=True)
class MarkedSpan:
    """A stretch canonical[start:end] to mark: ``key`` names it in the page's marks (no blanks), ``kind`` becomes a class of them."""

    start: int
    end: int
    key: str
    kind: str


@dataclass(frozen=True, slots=True)
class Annotated:
    """A page with marks: ``html``, and the keys of the spans that have no place on it."""

    html: str
    missing: tuple[str, ...]


Piece = tuple[int, int, int]
"""(start, end, number of the span) of a stretch of the page's words."""


def annotate(data: bytes, spans: Sequence[MarkedSpan], document: Document | None = None) -> Annotated:
    """Wrap each span in <mark class="KINDS" data-m="KEYS">, also across tags and cells; raises ParseError as read_document does.

    The page is the exhibit's own, not cleaned of anything; text exhibits become one <pre>. Where spans overlap a mark has several keys.
    ``document`` is what read_document gives for the same bytes, where the caller has it.
    """
    document = document or read_document(data)
    text = decode_exhibit(data)
    if is_html(text):
        return _annotate_page(text, document.text, spans)
    text = html.unescape(clean_text(text) if has_dirt(text) else text)
    pieces, missing = _find_pieces(find_places(document.text, blank_tags(text)), text, spans)
    marked = "".join(_typed_part(text[start:end], numbers, spans) for start, end, numbers in _segments(0, len(text), pieces))
    return Annotated(f"<pre>{marked}</pre>", missing)


def _typed_part(text: str, numbers: Sequence[int], spans: Sequence[MarkedSpan]) -> str:
    words = html.escape(text, quote=False)
    if not numbers:
        return words
    classes, keys = _attributes(numbers, spans)
    return f'<mark class="{html.escape(classes)}" data-m="{html.escape(keys)}">{words}</mark>'


def _annotate_page(text: str, canonical: str, spans: Sequence[MarkedSpan]) -> Annotated:
    root = read_tree(text)
    if root is None:
        raise ParseError("empty", PARSE_ERRORS["empty"])
    _disown_marks(root)
    nodes = list(_text_nodes(root))
    words = [node.words for node in nodes]
    starts = _starts(words)
    page = "".join(words)
    pieces, missing = _find_pieces(find_places(canonical, page), page, spans)
    by_node: dict[int, list[Piece]] = defaultdict(list)
    for start, end, number in pieces:
        for index in range(bisect_right(starts, start) - 1, len(nodes)):
            if starts[index] >= end:
                break
            first, last = max(start, starts[index]), min(end, starts[index] + len(words[index]))
            if not words[index][first - starts[index] : last - starts[index]].isspace() and first < last:
                by_node[index].append((first - starts[index], last - starts[index], number))
    for index, inside in by_node.items():
        nodes[index].wrap([*_segments(0, len(words[index]), inside)], spans)
    return Annotated(etree.tostring(root, method="html", encoding="unicode"), missing)


def _disown_marks(root: etree._Element) -> None:
    """Make the page's own <mark> elements plain, so that only ours are marks."""
    for element in root.iter("mark"):
        element.tag = "span"


@dataclass(frozen=True, slots=True)
class _TextNode:
    """Words of the tree: the text of an element, or what follows it."""

    element: etree._Element
    is_tail: bool
    words: str

    def wrap(self, segments: Sequence[tuple[int, int, list[int]]], spans: Sequence[MarkedSpan]) -> None:
        """Put marks around the segments that have spans."""
        parent = self.element.getparent() if self.is_tail else self.element
        if parent is None:
            return
        place = parent.index(self.element) + 1 if self.is_tail else 0
        last: etree._Element | None = None
        plain = ""
        for start, end, numbers in segments:
            if not numbers:
                if last is None:
                    plain = self.words[start:end]
                else:
                    last.tail = self.words[start:end]
                continue
            classes, keys = _attributes(numbers, spans)
            last = etree.Element("mark", {"class": classes, "data-m": keys})
            last.text = self.words[start:end]
            parent.insert(place, last)
            place += 1
        if self.is_tail:
            self.element.tail = plain
        else:
            self.element.text = plain


def _text_nodes(root: etree._Element) -> Iterator[_TextNode]:
    """The words of the tree that the reader sees, in order; those of hidden elements are left out, what follows them is not."""
    stack: list[tuple[etree._Element, bool]] = [(root, False)]
    while stack:
        element, done = stack.pop()
        if done:
            if element is not root and element.tail:
                yield _TextNode(element, True, element.tail)
            continue
        stack.append((element, True))
        if is_left_out(element):
            continue
        if element.text:
            yield _TextNode(element, False, element.text)
        stack.extend((child, False) for child in reversed(element))


def _starts(words: Iterable[str]) -> list[int]:
    starts, at = [], 0
    for word in words:
        starts.append(at)
        at += len(word)
    return starts


def _find_pieces(places: Sequence[int], page: str, spans: Sequence[MarkedSpan]) -> tuple[list[Piece], tuple[str, ...]]:
    """The stretches of the page that the spans cover, white space between their words included, and the keys of those that cover none."""
    pieces: list[Piece] = []
    missing = []
    for number, span in enumerate(spans):
        before = len(pieces)
        for place in places[span.start : span.end]:
            if place == NOWHERE:
                continue
            last = pieces[-1] if len(pieces) > before else None
            if last is not None and last[1] <= place and (last[1] == place or page[last[1] : place].isspace()):
                pieces[-1] = (last[0], place + 1, number)
            else:
                pieces.append((place, place + 1, number))
        if len(pieces) == before:
            missing.append(span.key)
    return pieces, tuple(missing)


def _segments(start: int, end: int, pieces: Iterable[Piece]) -> Iterator[tuple[int, int, list[int]]]:
    """text[start:end] cut where a piece begins or ends: (start, end, numbers of the spans that cover it)."""
    opens: dict[int, list[int]] = defaultdict(list)
    closes: dict[int, list[int]] = defaultdict(list)
    for first, last, number in pieces:
        opens[first].append(number)
        closes[last].append(number)
    covering: dict[int, int] = defaultdict(int)
    at = start
    for cut in [*sorted({*opens, *closes}), end]:
        if cut > at:
            yield at, cut, sorted(number for number, count in covering.items() if count)
            at = cut
        for number in closes.get(cut, ()):
            covering[number] -= 1
            if not covering[number]:
                del covering[number]
        for number in opens.get(cut, ()):
            covering[number] += 1


def _attributes(numbers: Sequence[int], spans: Sequence[MarkedSpan]) -> tuple[str, str]:
    """(classes, keys) of a mark."""
    return " ".join(dict.fromkeys(spans[n].kind for n in numbers)), " ".join(dict.fromkeys(spans[n].key for n in numbers))
