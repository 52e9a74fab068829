"""Fictitious exhibits of several sizes, for measuring where no corpus is at hand."""

from __future__ import annotations

from collections.abc import Iterator

_COMPANY = "Marlow Instruments, Inc."
_ROWS = (
    ("Net revenue", 412_318), ("Cost of revenue", 221_040), ("Gross profit", 191_278), ("Research and development", 40_112),
    ("Selling, general and administrative", 88_430), ("Income from operations", 62_736), ("Interest expense", 2_118),
    ("Income before income taxes", 60_618), ("Provision for income taxes", 14_003), ("Net income", 46_615),
)  # fmt: skip
_SENTENCES = (
    "Net revenue for the third quarter of 2017 was $412.3 million, compared with $388.0 million in the same quarter a year ago. ",
    "Net income was $46.6 million, or $1.12 per diluted share, compared with $41.9 million, or $1.01 per diluted share. ",
    "We expect net revenue of $420 million to $430 million in the fourth quarter. ",
    "Actual results may differ materially from those in forward-looking statements because of the risks named in our filings. ",
)


def compose_exhibits(sizes: tuple[int, ...] = (1, 2, 4, 8, 16, 32)) -> list[tuple[str, bytes]]:
    """HTML releases with statements, repeated notes making each about twice as long as the one before."""
    return [(f"fictitious-{size}", _compose(size).encode()) for size in sizes]


def _compose(size: int) -> str:
    body = "".join(_body(size))
    return f"<html><head><title>EX-99.1</title></head><body>{body}</body></html>"


def _body(size: int) -> Iterator[str]:
    yield f"<p align='center'><b>{_COMPANY} Reports Third Quarter 2017 Results</b></p>"
    yield f"<p>Ashford, Ohio, October 26, 2017 - {_COMPANY} (NYSE: MRLW) today reported results for the third quarter.</p>"
    for part in range(size):
        yield "".join(f"<p>{sentence * 3}</p>" for sentence in _SENTENCES)
        yield _table(part)


def _table(part: int) -> str:
    head = "<tr><td></td><td colspan='2'>Three Months Ended<br>September 30,</td></tr><tr><td></td><td>2017</td><td>2016</td></tr>"
    rows = "".join(f"<tr><td>{label}</td><td>$ {value + part:,}</td><td>$ {value * 9 // 10 + part:,}</td></tr>" for label, value in _ROWS)
    return f"<p><b>Consolidated Statements of Income</b><br>(in thousands)</p><table>{head}{rows * 4}</table>"
