"""The one place through which words reach a terminal: what would command it, or turn its letters round, is shown and not obeyed.

Company names, headlines, texts and file names are other people's words. ESC begins a terminal's commands (colours, titles, the clipboard),
C1 characters do the same in one byte, and the marks of bidirectional text reorder what is read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, TextIO

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

_C0 = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n"}
_OTHERS = (0x7F, *range(0x80, 0xA0), 0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x2028, 0x2029)
_SHOWN = str.maketrans({**_C0, **dict.fromkeys(_OTHERS, 0xFFFD), 0x7F: 0x2421})
_ESCAPED = str.maketrans({code: f"\\u{code:04x}" for code in _OTHERS})


def show_controls(text: str) -> str:
    """A text whose control characters are pictures (ESC is ␛) or U+FFFD, one for one, so that offsets hold; tabs and line ends stay."""
    return text.translate(_SHOWN)


def dump_json(value: Any) -> str:
    """A JSON text on one line that a terminal can be shown: nothing is lost, controls are escapes."""
    return json.dumps(value, ensure_ascii=False).translate(_ESCAPED)


class Screen(Console):
    """A rich console that shows control characters in whatever it is given to print."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """The segments of a renderable; rich's own commands (segments with a control) stay as they are."""
        for text, style, control in super().render(renderable, options):
            yield Segment(text if control else show_controls(text), style, control)


class ShowingStream:
    """A stream to write to that shows control characters, for writers that are no console."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write a text."""
        return self._stream.write(show_controls(text))
