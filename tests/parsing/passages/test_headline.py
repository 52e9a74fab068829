from __future__ import annotations

import pytest

from ex99.parsing.passages.dateline import find_dateline
from ex99.parsing.passages.headline import find_headline
from ex99.parsing.passages.outline import Outline
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
        (
            "EXHIBIT 99.1\n\nFOR IMMEDIATE RELEASE\n\nContact: Jane Doe\n\n(315) 555-0100\n\nAcme Reports Record Third Quarter",
            "Acme Reports Record Third Quarter",
        ),
        (
            "Acme Corp.\n\n12 Main Street, Dayton, OH 45401\n\nACME BECOMES LARGEST MAKER OF GEARS IN THE STATE",
            "ACME BECOMES LARGEST MAKER OF GEARS IN THE STATE",
        ),
        (
            "THE ACME COMPANY REPORTS\n\nFOURTH QUARTER AND FULL YEAR EARNINGS FOR FISCAL 2004",
            "THE ACME COMPANY REPORTS FOURTH QUARTER AND FULL YEAR EARNINGS FOR FISCAL 2004",
        ),
        (
            "ACME BANCORP, INC. ANNOUNCES 2004 RESULTS\n\nAND DECLARES DIVIDEND",
            "ACME BANCORP, INC. ANNOUNCES 2004 RESULTS AND DECLARES DIVIDEND",
        ),
        (
            "Exhibit 99.1 Acme Semiconductor Reports Fiscal Fourth Quarter Results",
            "Acme Semiconductor Reports Fiscal Fourth Quarter Results",
        ),
        ("Acme Corp. Agrees to Acquire Apex Software Inc.", "Acme Corp. Agrees to Acquire Apex Software Inc."),
        ("2Q 2004 Earnings Release\n\nAcme Announces Second-Quarter Results", "Acme Announces Second-Quarter Results"),
        ("Acme Acquires\n\nApex Monument Corporation", "Acme Acquires Apex Monument Corporation"),
        (
            "NEWS RELEASE\n\n300 Perimeter Drive, Suite A\n\nAcme Remains Committed to Its Dividend",
            "Acme Remains Committed to Its Dividend",
        ),
        ("Subject: Acme Reports a 25% Increase in Earnings", "Acme Reports a 25% Increase in Earnings"),
        ("P R E S S R E L E A S E\n\nAcme and Apex Ltd. Part Ways", "Acme and Apex Ltd. Part Ways"),
        (
            "Acme Announces New $200 Million\n\nShare Repurchase Program\n\nDeclares Dividend",
            "Acme Announces New $200 Million Share Repurchase Program",
        ),
        (
            "Acme Announces Share Repurchase Program;\n\nDeclares Regular Dividend",
            "Acme Announces Share Repurchase Program; Declares Regular Dividend",
        ),
        ("November 16, 2001\n\nA Difficult Step at Acme", "A Difficult Step at Acme"),
        (
            "Acme Announces\n\n2007 Results and Provides 2008\n\nEarnings Guidance",
            "Acme Announces 2007 Results and Provides 2008 Earnings Guidance",
        ),
        ("Acme Postpones Third Quarter Earnings Release", "Acme Postpones Third Quarter Earnings Release"),
        (
            "Contacts:\n\nAcme Gears, Inc.\n\nMark Roe, Sr. Director, Investor Relations\n\n(315) 555-0100\n\nACME Reports 2008 Results",
            "ACME Reports 2008 Results",
        ),
        ("Acme Reports Net Income of $2.5 Million\n\nBoard of Directors Approves Dividend", "Acme Reports Net Income of $2.5 Million"),
        ("Acme Announces New $200 Million\n\nSenior Notes Offering", "Acme Announces New $200 Million Senior Notes Offering"),
        ("# ACME CORP.\n\n# REPORTS FIRST QUARTER RESULTS", "ACME CORP. REPORTS FIRST QUARTER RESULTS"),
        (
            "SUMMARY OF ACME OPERATING RESULTS\n\n|Sales|$118.2|$109.3|\n|Net income|2.0|1.9|\n\nACME REPORTS HIGHER EARNINGS",
            "ACME REPORTS HIGHER EARNINGS",
        ),
    ],
)
def test_headlines(above: str, expected: str) -> None:
    assert headline(above)[0] == expected


def test_subheads_are_apart_from_the_headline() -> None:
    words, subheads = headline("# Acme Reports Third Quarter Results\n\n# Revenue Increases 30 Percent and Profit Triples")
    assert words == "Acme Reports Third Quarter Results"
    assert subheads == ["Revenue Increases 30 Percent and Profit Triples"]


def test_a_line_that_the_text_begins_with_is_the_company_s_name() -> None:
    script = f"# ACME GEAR AND TOOL TRUST\n\n# Higher profit in the quarter\n\nAcme Gear and Tool Trust reported today {BODY.strip()[5:]}"
    outline = Outline(compose(script))
    assert find_headline(outline, find_dateline(outline))[0] == "Higher profit in the quarter"


def test_no_headline_above_the_text() -> None:
    assert headline("EXHIBIT 99.1\n\nFOR IMMEDIATE RELEASE") == (None, [])
