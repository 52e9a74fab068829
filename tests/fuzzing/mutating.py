"""Mutants of a document: stretches lost, doubled, moved, spliced in from another, overwritten by hostile pieces; and their reduction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

PIECES = (
    b"<table>", b"</table>", b"<tr><td>", b"</td>", b"<td colspan='999999'>", b"<td rowspan=65000>", b"<TABLE>\n<S>  <C>\n", b"<PAGE>",
    b"&#0;", b"&#x110000;", b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"<div style='display:none'>", b"$(1,2", b"9"*400, b"-"*300, b" "*500,
    b"three months ended September 31, 0000", b"<!--", b"]]>", b"<![CDATA[", b"(in thousands)", b"\xc2\xa0"*50, b"Q9 of fiscal 20999",
    b"first quarter of 1900", b"million"*20, b"compared to "*10, b"<DOCUMENT>\n", b"</TEXT>\n", b"<TYPE>EX-99.1\n", b"<SEC-HEADER>",
    b"CENTRAL INDEX KEY:\t\t\tx\n", b"FILED AS OF DATE:\t\t99991231\n", b"ITEM INFORMATION:\n", b"null", b"[]", b"{}", b"-1", b"1e999",
    b'"', b",", b"["*200, b"9999-12-31", b"0000-00-00", b"2024-02-30T25:61:61-99:99", b"<entry>", b"</feed>", b"\xe2\x80\xae", b"\r",
    b"\t|\t",
)  # fmt: skip


def mutate(data: bytes, other: bytes, chance: Random) -> bytes:
    """The document after one to six accidents."""
    for _ in range(chance.choice((1, 1, 2, 3, 6))):
        start = chance.randint(0, len(data))
        end = min(len(data), start + chance.choice((0, 1, 3, 30, 300, 3000)))
        kept = data[start:end]
        place = chance.randint(0, len(other))
        filling = chance.choice(
            (b"", kept * 2, kept * 40, chance.choice(PIECES), chance.randbytes(4), other[place : place + 300], kept[::-1])
        )
        data = data[:start] + filling + data[end:]
    return data[: chance.randint(0, len(data))] if chance.random() < 0.1 else data


def reduce(data: bytes, fails: Callable[[bytes], bool]) -> bytes:
    """A smaller document that fails still: stretches taken out by halves, as long as it does."""
    size = len(data) // 2
    while size:
        start = 0
        while start < len(data):
            shorter = data[:start] + data[start + size :]
            if fails(shorter):
                data = shorter
            else:
                start += size
        size //= 2
    return data


def pick(seeds: Sequence[bytes], chance: Random) -> bytes:
    """One of the seeds; the smaller half twice as often, for it is read sooner."""
    ordered = sorted(seeds, key=len)
    return chance.choice(ordered if chance.random() < 0.5 else ordered[: len(ordered) // 2 + 1])
