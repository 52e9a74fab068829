"""Which style a filing is set in, and the hands that set it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from ex99.replica.compose import typewriter, wordprocessor, workiva
from ex99.replica.compose.content import Cover, Release


@dataclass(frozen=True, slots=True)
class Style:
    """An era's way of setting releases and 8-K covers. ``suffix`` ends its file names; ``modern`` releases add adjusted figures."""

    name: str
    suffix: str
    modern: bool
    set_release: Callable[[Release], str]
    set_cover: Callable[[Cover], str]
    inline: bool = False


_TYPEWRITER = Style("typewriter", ".txt", False, typewriter.set_release, typewriter.set_cover)
_WORDPROCESSOR = Style("wordprocessor", ".htm", False, wordprocessor.set_release, wordprocessor.set_cover)
_WORKIVA = Style("workiva", ".htm", True, workiva.set_release, lambda cover: workiva.set_cover(cover, inline=False))
_INLINE = Style("workiva", ".htm", True, workiva.set_release, lambda cover: workiva.set_cover(cover, inline=True), inline=True)


def style_of(day: dt.date) -> Style:
    """The style of a filing of a day: typewriter until 2001, word processor until 2011, then Workiva's, with inline XBRL from mid 2019."""
    if day.year < 2002:
        return _TYPEWRITER
    if day.year < 2012:
        return _WORDPROCESSOR
    return _WORKIVA if day < dt.date(2019, 7, 1) else _INLINE
