from __future__ import annotations

import pytest

from parsing.passages.dateline import find_dateline
from parsing.passages.headline import find_headline
from parsing.passages.outline import Outline
from tests.parsing.passages.compose import BODY, compose

DATELINE = "DAYTON, Ohio, November 3, 2004 - Acme Corp. today reported its results for the quarter ended September 30."


def headline(above: str, **options: int) -> tuple[str | None, list[str]]:
    outline = Outline(compose(f"{above}\n\n{DATELINE}\n\n{BODY}", **options))
    words, passages = find_headline(outline, find_dateline(outline))
    assert all(outline.text[p.source.start : p.source.end] == p.source.text for p in passages)
    return words, [" ".join(p.source.text.split()) for p in passages if p.kind == "subhead"]


@pytest.mark.parametrize(
    ("above", "expected"),
    [
        ("EXHIBIT 99.1\n\nFOR IMMEDIATE RELEASE\n\nContact: Jane Doe\n\n(315) 555-0100\n\nAcme Reports Record Third Quarter",
            "Acme Reports Record Third Quarter"),
        ("Acme Corp.\n\n12 Main Street, Dayton, OH 45401\n\nACME BECOMES LARGEST MAKER OF GEARS IN THE STATE",
            "ACME BECOMES LARGEST MAKER OF GEARS IN THE STATE"),
        ("THE ACME COMPANY REPORTS\n\nFOURTH QUARTER AND FULL YEAR EARNINGS FOR FISCAL 2004", "THE ACME COMPANY REPORTS FOURTH QUARTER "
            "AND FULL YEAR EARNINGS FOR FISCAL 2004"),
        ("ACME BANCORP, INC. ANNOUNCES 2004 RESULTS\n\nAND DECLARES DIVIDEND", "ACME BANCORP, INC. ANNOUNCES 2004 RESULTS AND DECLARES "
            "DIVIDEND"),
        ("Exhibit 99.1 Acme Semiconductor Reports Fiscal Fourth Quarter Results", "Acme Semiconductor Reports Fiscal Fourth Quarter "
            "Results"),
        ("Acme Corp. Agrees to Acquire Apex Software Inc.", "Acme Corp. Agrees to Acquire Apex Software Inc."),
        ("2Q 2004 Earnings Release\n\nAcme Announces Second-Quarter Results", "Acme Announces Second-Quarter Results"),
        ("Acme Acquires\n\nApex Monument Corporation", "Acme Acquires Apex Monument Corporation"),
    ],
)
def test_headlines(above: str, expected: str) -> None:
    assert headline(above)[0] == expected


def test_subheads_are_apart_from_the_headline() -> None:
    words, subheads = headline("# Acme Reports Third Quarter Results\n\n# Revenue Increases 30 Percent and Profit Triples")
    assert words == "Acme Reports Third Quarter Results"
    assert subheads == ["Revenue Increases 30 Percent and Profit Triples"]


def test_no_headline_above_the_text() -> None:
    assert headline("EXHIBIT 99.1\n\nFOR IMMEDIATE RELEASE") == (None, [])
