"""Killer inputs made by a grammar, and how the time of a reader grows with them.

An input is a frame (a page, a table, a line of typewriter text) filled with one unit, or two by turns, again and again. Time is the
processor's, and only ratios of it are judged: a reader that takes some 30 ms for an input is given twice as much of it, at three
sizes, and the least ratio counts: what is quadratic is so at each of them, and what else the machine does is not.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

MOST = 2.3
"""How many times as long twice the input may take."""
TOO_FAST_TO_JUDGE = 0.03
"""Seconds of the processor below which a time says nothing about growth."""
_TRIES = 2
_PATIENCE = 5.0
"""Seconds beyond which nothing larger is tried."""

FRAMES: dict[str, tuple[str, str]] = {
    "text": ("", ""),
    "line of text": ("Acme Widgets ", " end"),
    "typed table": ("Acme\n\n             Three Months Ended June 30,\n                2024    2023\nNet sales    1,000      900\n", ""),
    "page": ("<html><body><p>Acme</p>", "</body></html>"),
    "paragraph": ("<html><body><p>", "</p></body></html>"),
    "table": ("<html><body><table><tr><td>Three Months Ended June 30,</td><td>2024</td><td>2023</td></tr>", "</table></body></html>"),
    "row": ("<html><body><table><tr><td></td><td>2024</td></tr><tr><td>Net sales</td>", "</tr></table></body></html>"),
    "cell": ("<html><body><table><tr><td>Net sales", "</td><td>1,000</td></tr><tr><td>a</td><td>1</td></tr></table></body></html>"),
    "style": ('<html><body><p style="', '">Acme</p></body></html>'),
}  # fmt: skip
"""What the units stand in: (before, after)."""

CHARACTERS = (
    " ", "\t", "\n", "\xa0", "-", "=", "_", ".", ",", ":", "(", ")", "$", "%", "*", "/", "&", "<", ">", "'", '"', "•", "—", "0", "9", "a",
    "A", "\u200b", "\x01",
)  # fmt: skip
"""Runs of one character."""

PHRASES = (
    "- ", "= ", ". ", "$ ", "( ", "1 ", "1,", "1.", "$1 ", "(1) ", "a ", "A ", "A. ", "a-", "1-", "a\n", "Aa ", "$1.0 million ",
    "June 30, 2024 ", "2024 ", "net income ", "net income of $1 million ", "first quarter ", "three months ended ",
    "the same quarter a year ", "compared to ", "per share ", "Acme Inc. ", "(NYSE: ACM) ", "NEWARK, June 3 ",
    "Contact: Jo Doe, 555-1234 ", "jo@acme.com ", "http://acme.com/a ", "we expect ", "forward-looking statements ", "between $1 and $2 ",
    "revenue of ", "up 5% from ", "and ", "non-GAAP ", "excluding ",
)  # fmt: skip
"""Words in a row."""

MARKUP = (
    "&nbsp;", "&#160;", "&amp;", "&#", "<b>", "<p>", "</p>", "<br>", "<br><br>", "<div>", "<div></div>", "<sup>1</sup>", "<sup>", "<td>",
    "<td>1</td>", "<td>a</td>", "<td>$</td><td>1</td>", "<td></td>", "<td colspan=3>1</td>", "<td rowspan=9>1</td>", "<tr>", "<tr></tr>",
    "<table>", "<table><tr><td>", "<!--", "<!-- -->", "<a href=x>", "<li>", "<pre>", "<hr>", "<center>", "<font size=1>a</font>", "<x>",
    "</", "<![CDATA[", "<p>Net sales&nbsp;&nbsp;&nbsp;&nbsp;1,000&nbsp;&nbsp;900</p>",
    "<p>Revenue of $1 million in the quarter, up 5%.</p>", "<table><tr><td>Net sales</td><td>1</td><td>2</td></tr></table>", "<document>",
    "<text>", "<type>",
)  # fmt: skip
"""Tags and entities in a row."""

ROWS = (
    "<tr><td>Net sales</td><td>1,000</td><td>900</td></tr>", "<tr><td>Net income</td><td>1</td><td>2</td></tr>",
    "<tr><td>Total assets</td><td>1</td><td>2</td></tr>", "<tr><td>Operating income</td><td>1</td><td>2</td></tr>",
    "<tr><td>Revenues:</td></tr>", "<tr><td></td><td>1,000</td><td>900</td></tr>", "<tr><td>Basic</td><td>1.00</td><td>2.00</td></tr>",
    "<tr><td></td><td>2024</td><td>2023</td></tr>", "<tr><td>Three Months Ended June 30,</td></tr>",
    "<tr><td>Total</td><td>9</td><td>9</td></tr>", "<tr><td>less promotional allowances</td><td>1</td><td>2</td></tr>",
    "<tr><td>Net revenues</td><td>1</td><td>2</td></tr>", "<tr><td>realized gains</td><td>1</td><td>2</td></tr>",
    "<tr><td>a</td><td>b</td><td>c</td></tr>", '<tr><td style="padding-left:{n}pt">Heading</td></tr>',
    '<tr><td style="padding-left:{n}pt">Sales {n}</td><td>1</td></tr>', "<tr><td colspan={n}>1</td><td>2</td></tr>",
    "<tr><td>Net sales in {n}</td><td>{n}</td><td>{n}</td></tr>", "<tr><td>Net earnings per share</td><td>1.00</td><td>2.00</td></tr>",
    "<tr><td colspan=2>x</td><td rowspan=2>1</td></tr>",
)  # fmt: skip
"""Rows of tables; two of them by turns, too."""

LINES = (
    "Net sales      1,000      900\n", "- - - - - -\n", "------   -----\n", "Net income        1        2\n",
    "                2024      2023\n", "     Three Months Ended June 30,\n", "<PAGE>\n", "<S>  <C>  <C>\n", "of which\n", "Revenues:\n",
    "\n", "   1,000    900\n", "BALANCE SHEETS\n", "Total assets ....... 1 2\n", "* a\n",
    "Net sales rose by 5 percent in the quarter that ended on June 30, 2024, to $1 million.\n",
)  # fmt: skip
"""Lines of typewriter text; two of them by turns, too."""


def _by_turns(units: tuple[str, ...]) -> Iterator[str]:
    """Every unit with the three that follow it."""
    return (unit + units[(place + step) % len(units)] for place, unit in enumerate(units) for step in (1, 2, 3))


_FILLINGS: dict[str, tuple[str, ...]] = {
    "text": (*CHARACTERS, *PHRASES, *LINES),
    "line of text": (*CHARACTERS, *PHRASES),
    "typed table": (*CHARACTERS, *PHRASES, *LINES, *_by_turns(LINES)),
    "page": (*MARKUP,),
    "paragraph": (*CHARACTERS, *PHRASES, *MARKUP),
    "table": (*MARKUP, *ROWS, *_by_turns(ROWS)),
    "row": MARKUP,
    "cell": (*CHARACTERS, *PHRASES, *MARKUP),
    "style": (*CHARACTERS, "a:b;", "padding-left:", "font:", "padding: 1 1 1 "),
}


@dataclass(frozen=True, slots=True)
class Killer:
    """A way to make an input of any size."""

    frame: str
    before: str
    unit: str
    after: str = ""

    def make(self, size: int) -> bytes:
        """About ``size`` bytes."""
        count = max(1, size // len(self.unit.encode()))
        filling = "".join(self.unit.replace("{n}", str(n)) for n in range(count)) if "{n}" in self.unit else self.unit * count
        return (self.before + filling + self.after).encode()

    def __str__(self) -> str:
        return f"{self.frame}: {self.unit!r}"


def killers() -> list[Killer]:
    """Every frame of an exhibit with everything that may fill it."""
    return [Killer(frame, before, unit, after) for frame, (before, after) in FRAMES.items() for unit in _FILLINGS[frame]]


def growth(read: Callable[[bytes], object], killer: Killer, size: int) -> float | None:
    """The least ratio of the times for twice the bytes, taken at three sizes; None where even twice ``size`` is read in no time."""
    least: float | None = None
    before = seconds(read, killer.make(size))
    for doubled in (2 * size, 4 * size, 8 * size):
        after = min(seconds(read, killer.make(doubled)) for _ in range(1 if before > _PATIENCE else _TRIES))
        if after < TOO_FAST_TO_JUDGE:
            return None
        ratio = after / max(before, TOO_FAST_TO_JUDGE / 10)
        least = ratio if least is None else min(least, ratio)
        if least <= MOST or after > _PATIENCE:
            break
        before = after
    return least


def tell_growth(ratios: Collection[float]) -> str:
    """The worst of some ratios in words; there is none where all was read too soon to judge."""
    return f"{max(ratios):.2f} times at most" if ratios else "read in no time"


def seconds(read: Callable[[bytes], object], data: bytes) -> float:
    """The processor's time for one reading, the collector of rubbish at rest."""
    gc.disable()
    try:
        start = time.process_time()
        read(data)
        return time.process_time() - start
    finally:
        gc.enable()
