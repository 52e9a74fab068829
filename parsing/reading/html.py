"""From an exhibit's HTML to blocks: one walk over the lxml tree, without recursion, tables handed to their own reader."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from ex99.filings.release import PARSE_ERRORS, ParseError
from ex99.parsing.document import BlockKind, Document
from ex99.parsing.reading.canonical import CanonicalText, collapse_lines
from ex99.parsing.reading.decoding import clean_text, has_dirt, refuse_excess, refuse_long
from ex99.parsing.reading.html_lines import TypedLines, typed_lines
from ex99.parsing.reading.html_tables import LINE_BREAK, MARK_END, MARK_START, plain_marks, read_table_rows, rows_of, table_is_data
from ex99.parsing.reading.markup import PLAIN, Style, is_hidden, read_style
from ex99.parsing.reading.typewriter import add_typewritten

_SKIPPED = frozenset((
    "head", "script", "style", "title", "noscript", "template", "object", "applet", "select", "textarea", "type", "sequence", "filename",
    "description",
))  # fmt: skip
_BLOCKS = frozenset((
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "center", "blockquote", "address", "pre", "hr",
    "table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "section", "article", "header", "footer", "main", "body", "html",
    "form", "fieldset", "figure", "figcaption", "nav", "aside", "page",
))  # fmt: skip
_BOLD_TAGS = frozenset(("b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"))
_KINDS: dict[str, BlockKind] = {**dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"), "li": "list_item"}
# "- text", "• text", "§ text" (a square in Wingdings), "-- text"
_BULLET = re.compile(r"(?:[•●▪■◦·‣⁃∙○□§Ø➢►\uf0b7\uf0a7\uf0d8*]|[-–—]{1,2})\s+(?=\S)")
_ENDS_SENTENCE = (".", ";", ",")

_LONGEST_MARK = 12
_WIDE = "\xa0\xa0\xa0"
_FEWEST_GAPS = 5
# Net sales      36,104
_WIDE_GAP = re.compile(r"\S {4,}\S")
_SOFT = re.compile(r"[ \t\n]+")


def read_html(text: str) -> Document:
    """Read HTML of any age; raises ParseError where the markup is nested too deep or holds no words."""
    canonical = CanonicalText()
    root = read_tree(text)
    if root is not None:
        _prepare(root)
        _Walk(canonical).run(root)
    document = canonical.document("text/html")
    if not document.text.strip():
        raise ParseError("empty", PARSE_ERRORS["empty"])
    return document


def read_tree(text: str) -> etree._Element | None:
    """The page's tree, its words cleaned; None where there is none. Raises ParseError (too_large, too_deep)."""
    refuse_excess(text)
    root = _parse(text)
    if root is None:
        return None
    words = etree.tostring(root, method="text", encoding="unicode")
    refuse_long(words)
    return _parse(clean_text(text)) if has_dirt(words) else root


def _parse(text: str) -> etree._Element | None:
    parser = etree.HTMLParser(huge_tree=True, recover=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        root = None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log.filter_from_fatals()):
        raise ParseError("too_deep", PARSE_ERRORS["too_deep"])
    return root


# what lxml refuses in a text: control characters, halves of surrogate pairs, non-characters
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def _prepare(root: etree._Element) -> None:
    """Mark what plain text would lose: line breaks and raised footnote marks, by private characters."""
    for element in root.iter("br", "sup"):
        if element.tag == "br":
            _set_words(element, "tail", LINE_BREAK + (element.tail or ""))
        elif next(element.iterdescendants("sup"), None) is None and 0 < len(_words(element).strip()) <= _LONGEST_MARK:
            _set_words(element, "text", MARK_START + (element.text or ""))
            _set_words(element, "tail", MARK_END + (element.tail or ""))


def _set_words(element: etree._Element, place: str, words: str) -> None:
    """Write an element's text or tail; lxml hands out control characters of broken files, but takes none back."""
    try:
        setattr(element, place, words)
    except ValueError:
        setattr(element, place, _UNFIT.sub(" ", words))


_UNSEEN = frozenset(("head", "script", "style", "title", "noscript", "template"))


def is_left_out(element: etree._Element) -> bool:
    """Whether the words of an element are never read, wherever it stands: it is hidden, or holds what no reader sees."""
    if not isinstance(element.tag, str) or element.tag in _UNSEEN:
        return True
    return is_hidden(element)


class _Walk:
    """The state of one walk: the runs of the paragraph under way, and what its ancestors say of it."""

    def __init__(self, canonical: CanonicalText) -> None:
        self.canonical = canonical
        self.runs: list[tuple[str, bool]] = []
        self.kind: BlockKind = "paragraph"
        self.bullet = ""
        self.typed = TypedLines()

    def run(self, root: etree._Element) -> None:
        stack: list[tuple[Iterator[etree._Element], etree._Element, bool, bool, bool]] = []
        state = self.enter(root, bold=False, centered=False)
        if state is None:
            return
        stack.append((iter(root), root, *state))
        while stack:
            children, element, bold, centered, block = stack[-1]
            child = next(children, None)
            if child is None:
                stack.pop()
                if block:
                    self.flush(centered=centered)
                if stack and element.tail:
                    self.runs.append((element.tail, stack[-1][2]))
                continue
            entered = self.enter(child, bold=bold, centered=centered)
            if entered is not None and len(child):
                stack.append((iter(child), child, *entered))
                continue
            if entered is not None and entered[2]:
                self.flush(centered=entered[1])
            if tail := child.tail:
                self.runs.append((tail, bold))
        self.flush(centered=False)
        self.end_lines()

    def end_lines(self) -> None:
        """Add the lines held back: as typewriter text where they make a table, else as the paragraphs they are."""
        if not self.typed.lines:
            return
        held, self.typed = self.typed, TypedLines()
        if held.makes_table:
            add_typewritten(self.canonical, plain_marks("\n".join(held.lines)))
            return
        for runs, kind, centered in held.blocks:
            self.emit_parts(runs, kind, centered=centered)

    def enter(self, element: etree._Element, *, bold: bool, centered: bool) -> tuple[bool, bool, bool] | None:
        """Take up an element; None where its content is done with (hidden, a table read whole, empty)."""
        tag = element.tag
        if not isinstance(tag, str) or tag in _SKIPPED:
            return None
        written = element.get("style")
        style = PLAIN if written is None else read_style(written)
        block = tag in _BLOCKS
        if style.page_break or tag in ("hr", "page"):
            self.flush(centered=centered)
            self.end_lines()
            self.canonical.add_page_break()
        if (style.hides or tag == "font") and is_hidden(element):
            return None
        if block:
            self.flush(centered=centered)
            centered = _is_centered(element, tag, style, centered)
        if tag == "table" and self.table(element):
            return None
        if tag == "pre" or (style.preserved and _WIDE_GAP.search(words := _words(element)) and words.count("\n") >= _FEWEST_GAPS):
            if not self.typed.typed:
                self.end_lines()
            self.typed.add_typed(plain_marks(_words(element).replace(LINE_BREAK, "\n")))
            return None
        bold = (bold or tag in _BOLD_TAGS) if style.bold is None else style.bold
        self.kind = _KINDS.get(tag, self.kind)
        if tag == "tr":
            self.bullet = ""
        if text := element.text:
            self.runs.append((text, bold))
        return bold, centered, block

    def table(self, element: etree._Element) -> bool:
        """Read a table that holds data; False where it only lays text out, so that the walk goes on inside it."""
        trs = rows_of(element)
        if trs is None:
            return False
        rows = read_table_rows(trs)
        if not rows:
            return True
        self.end_lines()
        if not table_is_data(rows):
            for row in rows:
                self.layout_row(row.elements)
            return True
        self.canonical.add_table(rows)
        return True

    def layout_row(self, cells: list[etree._Element]) -> None:
        """The cells of a row that lays text out: a bullet goes before the paragraph beside it."""
        for cell in cells:
            words = plain_marks(_words(cell)).strip()
            if len(cells) > 1 and len(words) <= 4 and cell is not cells[-1]:
                self.bullet = words if self.bullet == "" else f"{self.bullet} {words}"
                self.kind = "list_item"
                continue
            _Walk.run(self, _detached(cell))
            self.bullet = ""

    def flush(self, *, centered: bool) -> None:
        """End the paragraph under way; two line breaks in a row end one too."""
        kind, runs = self.kind, self.runs
        if not runs:
            return
        self.runs = []
        text = "".join([run for run, _ in runs])
        if not text.strip():
            self.typed.add_blank()
            return
        self.kind = "paragraph"
        if LINE_BREAK in text and text.count(_WIDE) >= _FEWEST_GAPS and _is_typewritten(text):
            self.end_lines()
            add_typewritten(self.canonical, _typed(text))
            return
        lines = typed_lines(text) if "\xa0" in text or self.typed.lines else []
        if kind == "paragraph" and not self.bullet and self.typed.takes(lines):
            self.typed.add(lines, (runs, kind, centered))
            return
        self.end_lines()
        self.emit_parts(runs, kind, centered=centered)

    def emit_parts(self, runs: list[tuple[str, bool]], kind: BlockKind, *, centered: bool) -> None:
        """Emit a block, cut where two line breaks stand in a row."""
        text = "".join([run for run, _ in runs])
        if LINE_BREAK in text or MARK_START in text:
            for part in _split_breaks(runs):
                self.emit(part, kind, centered=centered)
        else:
            self.emit(runs, kind, centered=centered)

    def emit(self, runs: list[tuple[str, bool]], kind: BlockKind, *, centered: bool) -> None:
        text = plain_marks("".join([run for run, _ in runs]).replace("\n", " "))
        text = collapse_lines(text.replace(LINE_BREAK, "\n"))
        if not text:
            return
        bold = all(is_bold for run, is_bold in runs if run.strip(" \n\xa0\t" + LINE_BREAK))
        if kind == "paragraph" and _BULLET.match(text):
            kind = "list_item"
        elif kind == "paragraph" and bold and len(text) <= 250 and not text.endswith(_ENDS_SENTENCE):
            kind = "heading"
        if self.bullet and kind == "list_item":
            text, self.bullet = f"{self.bullet} {text}", ""
        self.canonical.add_text(kind, text, bold=bold, centered=centered)


def _is_typewritten(text: str) -> bool:
    """Whether lines are laid out with hard blanks, as on a typewriter: several of them have wide gaps inside."""
    gaps = sum(1 for line in text.split(LINE_BREAK) if _WIDE in line.strip("\xa0 \n"))
    return gaps >= _FEWEST_GAPS


def _typed(text: str) -> str:
    """The lines of such a text: other white space collapses as in any page, hard blanks stay."""
    lines = (_SOFT.sub(" ", line).replace("\xa0", " ") for line in plain_marks(text).split(LINE_BREAK))
    return "\n".join(lines)


def _words(element: etree._Element) -> str:
    return "".join(str(text) for text in element.itertext())


def _is_centered(element: etree._Element, tag: str, style: Style, inherited: bool) -> bool:
    align = style.align or element.get("align")
    if align:
        return align.lower() == "center"
    return inherited or tag == "center"


def _detached(cell: etree._Element) -> etree._Element:
    """The cell as the root of a walk of its own: its tail is not part of it."""
    cell.tail = None
    return cell


def _split_breaks(runs: list[tuple[str, bool]]) -> list[list[tuple[str, bool]]]:
    """Runs cut where two line breaks follow each other."""
    parts: list[list[tuple[str, bool]]] = [[]]
    broken = False
    for run, bold in runs:
        for position, piece in enumerate(run.split(LINE_BREAK)):
            if position:
                if broken:
                    parts.append([])
                    broken = False
                else:
                    parts[-1].append((LINE_BREAK, bold))
                    broken = True
            if piece:
                parts[-1].append((piece, bold))
                broken = broken and not piece.strip()
    return parts
