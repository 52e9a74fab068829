"""Foreign HTML made safe to show: what may stay is listed, all else goes, and no visible word with it."""

from __future__ import annotations

import nh3

_TAGS = frozenset((
    "a", "abbr", "address", "article", "aside", "b", "big", "blockquote", "br", "caption", "center", "cite", "code", "col", "colgroup",
    "dd", "del", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "font", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hr", "i", "ins", "kbd", "li", "main", "mark", "nobr", "ol", "p", "pre", "q", "s", "samp", "section", "small", "span", "strike",
    "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u", "ul", "var", "wbr",
))  # fmt: skip
_LOOK = frozenset(("align", "bgcolor", "color", "height", "nowrap", "size", "style", "valign", "width"))
_ATTRIBUTES = {
    "*": set(_LOOK),
    "table": {"border", "cellpadding", "cellspacing", "rules", "frame"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "col": {"span"},
    "colgroup": {"span"},
    "ol": {"start", "type"},
    "mark": {"class", "data-m"},
}
_STYLES = frozenset((
    "background-color", "border", "border-bottom", "border-collapse", "border-color", "border-left", "border-right", "border-spacing",
    "border-style", "border-top", "border-width", "color", "display", "font", "font-family", "font-size", "font-style", "font-variant",
    "font-weight", "height", "letter-spacing", "line-height", "list-style-type", "margin", "margin-bottom", "margin-left", "margin-right",
    "margin-top", "max-width", "min-width", "padding", "padding-bottom", "padding-left", "padding-right", "padding-top", "text-align",
    "text-decoration", "text-indent", "text-transform", "vertical-align", "visibility", "white-space", "width", "word-spacing",
))  # fmt: skip
_WITHOUT_WORDS = frozenset(("head", "noscript", "script", "style", "template", "title"))
"""Elements whose words no reader sees."""


def clean_page(html: str) -> str:
    """The page without scripts, forms, links, pictures, frames and whatever else is not listed; marks keep their names."""
    return nh3.clean(
        html,
        tags=set(_TAGS),
        clean_content_tags=set(_WITHOUT_WORDS),
        attributes=_ATTRIBUTES,
        filter_style_properties=set(_STYLES),
        url_schemes=set(),
        link_rel=None,
    )
