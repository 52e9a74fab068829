"""What inline styles and attributes of an element say: hidden, bold, centred, indented, a page's end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from lxml import etree

# display:none; visibility: hidden; background-color:#ffffff;color:#FFFFFF is told by both colours being the same
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
_BOLD = re.compile(r"font-weight\s*:\s*(bold|[6-9]00)|font\s*:\s*[^;]{0,40}bold")
_NOT_BOLD = re.compile(r"font-weight\s*:\s*(normal|[1-5]00)")
_ALIGN = re.compile(r"text-align\s*:\s*(\w+)")
_PAGE_BREAK = re.compile(r"(?:page-)?break-(?:before|after)\s*:\s*(?:always|page)")
_PRESERVED = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)")
# padding-left:12pt; margin-left: 0.25in; padding:2px 1pt 2px 13pt
_LEFT = re.compile(r"(?:padding|margin)-left\s*:\s*(-?[\d.]{1,12})\s*(pt|px|in|em|cm|mm|%)?")
_BOX = re.compile(r"padding\s*:\s*\S+\s+\S+\s+\S+\s+([\d.]{1,12})(pt|px|in|em|cm|mm|%)?\s*(?:;|$)")
_TEXT_INDENT = re.compile(r"text-indent\s*:\s*(-?[\d.]{1,12})\s*(pt|px|in|em|cm|mm|%)?")
_INDENTS = (("-left", _LEFT), ("padding", _BOX), ("text-indent", _TEXT_INDENT))
_COLOUR = re.compile(r"(?:^|[;\s])color\s*:\s*([#\w]+)")
_BACKGROUND = re.compile(r"background(?:-color)?\s*:\s*([#\w]+)")
# color:#ffffff | color: white | <font color="#FFFFFF">
_WHITE = re.compile(r"#?(?:white|fff(?:fff)?)|rgb\(255,255,255\)")
_TEXT_COLOUR = re.compile(r"(?:^|[;\s])color\s*:\s*(?:white|#fff(?:fff)?|rgb\(255,\s*255,\s*255\))\s*(?:;|!|$)")
_NO_SIZE = re.compile(r"font-size\s*:\s*0(?:\.0+)?(?:pt|px|em|%)?\s*(?:;|!|$)")
_Hides = Literal["always", "font-size", "color"]
_BOLD_TAGS = frozenset(("b", "strong"))
_POINTS = {"pt": 1.0, "px": 0.75, "in": 72.0, "em": 10.0, "cm": 28.3, "mm": 2.83, "%": 3.0, None: 0.75}


@dataclass(frozen=True, slots=True)
class Style:
    """An inline style's meaning; None where it says nothing.

    ``hides`` is "always", or what would have to be told otherwise for words to be seen: "font-size" where they have none, "color" where
    they are white. ``indent`` is in points; ``preserved`` white space counts.
    """

    hides: _Hides | None = None
    bold: bool | None = None
    align: str | None = None
    page_break: bool = False
    preserved: bool = False
    indent: float = 0.0


PLAIN = Style()


@lru_cache(maxsize=4096)
def read_style(style: str) -> Style:
    """Read a style attribute; remembered, for a document repeats the same few thousands of times."""
    if len(style) > 4000:
        return PLAIN
    text = style.lower()
    bold = None
    if "bold" in text or "font-weight" in text:
        bold = True if _BOLD.search(text) else False if _NOT_BOLD.search(text) else None
    align = _ALIGN.search(text) if "text-align" in text else None
    indent = 0.0
    for word, pattern in _INDENTS:
        found = pattern.search(text) if word in text else None
        if found is not None:
            indent += _number(found[1]) * _POINTS[found[2]]
    page_break = "break" in text and _PAGE_BREAK.search(text) is not None
    preserved = "white-space" in text and _PRESERVED.search(text) is not None
    return Style(_hides(text), bold, align[1] if align else None, page_break, preserved, indent)


def _hides(style: str) -> _Hides | None:
    if ("none" in style or "hidden" in style) and _HIDDEN.search(style) is not None:
        return "always"
    if "background" in style and (colour := _COLOUR.search(style)) is not None:
        background = _BACKGROUND.search(style)
        if background is not None and colour[1] == background[1]:
            return "always"
    if "font-size" in style and _NO_SIZE.search(style) is not None:
        return "font-size"
    return "color" if "color" in style and _TEXT_COLOUR.search(style) is not None else None


def is_hidden(element: etree._Element) -> bool:
    """Whether an element's own words are not to be seen: hidden, of no size, or white in a table's cell with nothing dark behind them.

    White words outside tables are read: they are what a slide that is filed as a picture says.
    """
    written = element.get("style")
    if written is None:
        return element.tag == "font" and _is_white(element.get("color")) and not _stands_on_colour(element)
    hides = read_style(written).hides
    if hides is None or hides == "always":
        return hides is not None
    return not _says_otherwise(element, hides) and not (hides == "color" and _stands_on_colour(element))


def _says_otherwise(element: etree._Element, word: str) -> bool:
    """Whether something inside an element sets again what the element's style says."""
    return any(word in (one.get("style") or "").lower() for one in element.iterdescendants(etree.Element))


def _is_white(colour: str | None) -> bool:
    return colour is not None and _WHITE.fullmatch("".join(colour.lower().split())) is not None


def _stands_on_colour(element: etree._Element) -> bool:
    """Whether what is around an element may be darker than white: no cell, a background, or a class, whose look is told elsewhere."""
    in_cell = False
    for one in (element, *element.iterancestors()):
        style = (one.get("style") or "").lower()
        in_cell = in_cell or one.tag in ("td", "th")
        if one.get("class") or (one.get("bgcolor") and not _is_white(one.get("bgcolor"))):
            return True
        if "background" in style:
            background = _BACKGROUND.search(style)
            return background is None or not _is_white(background[1])
    return not in_cell


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def read_look(td: etree._Element) -> tuple[int, bool]:
    """(left indentation of a cell's words in points, whether they are bold), told by the cell and by the first elements inside it."""
    indent = 0.0
    bold = td.tag == "th"
    element: etree._Element | None = td
    for _ in range(8):
        if element is None:
            break
        style = element.get("style")
        if style:
            told = read_style(style)
            indent += told.indent
            bold = bold if told.bold is None else told.bold
        if element.tag in _BOLD_TAGS:
            bold = True
        text = element.text
        if text:
            if words := text.strip():
                indent += 3.0 * (text.index(words[0]) if text[0] in "\xa0 " else 0)
                break
            indent += 3.0 * text.count("\xa0")
        element = element[0] if len(element) else None
    return round(indent), bold
