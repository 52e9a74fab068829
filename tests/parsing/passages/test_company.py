from __future__ import annotations

import pytest

from ex99.filings.release import Ticker
from ex99.parsing.passages import PassageFindings
from ex99.parsing.passages.company import find_company_name, find_tickers
from ex99.parsing.passages.dateline import find_dateline
from ex99.parsing.passages.outline import Outline
from tests.parsing.passages.compose import BODY, compose


def read(line: str) -> tuple[str | None, tuple[Ticker, ...]]:
    outline = Outline(compose(f"{line}\n\n{BODY}"))
    return find_company_name(outline, find_dateline(outline)), find_tickers(outline)


@pytest.mark.parametrize(
    ("line", "name", "tickers"),
    [
        ("DAYTON, Ohio, May 3, 2004 - Acme Gears, Inc. (NYSE: ACM) today reported results.", "Acme Gears, Inc.", [("ACM", "NYSE")]),
        (
            "Dayton, Ohio - May 3, 2004 - Acme Electronics Corp. (ACME.OB) announced today its results.",
            "Acme Electronics Corp.",
            [("ACME", "OTC")],
        ),
        (
            "DAYTON, OHIO...(May 3, 2004)...Jane Doe, Chairman, announced that Acme Technologies (NASDAQ/NMS: ACMT) has grown.",
            "Acme Technologies",
            [("ACMT", "NASDAQ")],
        ),
        (
            "New York, NY, May 3, 2004 (NASDAQ: ACMA) – Acme Partners Inc. (“Acme” or the “Company”) today announced results.",
            "Acme Partners Inc.",
            [("ACMA", "NASDAQ")],
        ),
        (
            "CANFIELD, Ohio, May 3, 2004 - Acme National Banc Corp. (“Acme”) (Nasdaq: “ACMB”) today reported results.",
            "Acme National Banc Corp.",
            [("ACMB", "NASDAQ")],
        ),
        (
            "CHICAGO, May 3, 2004 - First Acme Realty Trust, Inc. (NYSE: FAR) today announced results.",
            "First Acme Realty Trust, Inc.",
            [("FAR", "NYSE")],
        ),
        (
            "TORONTO, May 3, 2004 - Acme Corporation (TSX: ACM; NYSE: AMC) announced today its results.",
            "Acme Corporation",
            [("ACM", "TSX"), ("AMC", "NYSE")],
        ),
        (
            "Reno, Nev. May 3, 2004 - Acme Gaming, Inc. (ACMG:Nasdaq) announced today an offering.",
            "Acme Gaming, Inc.",
            [("ACMG", "NASDAQ")],
        ),
        ("Reno, Nev., May 3, 2004 - Acme Signal, Inc. (NASDAQ - ACMS) announced today a plan.", "Acme Signal, Inc.", [("ACMS", "NASDAQ")]),
        ("IRVINE, Calif. - May 3, 2004 - Acme Corp. (Nasdaq GM: ACME) today announced a change.", "Acme Corp.", [("ACME", "NASDAQ")]),
        (
            "Yonkers, NY, May 3, 2004... John Q. Roe, Chairman of the Board of Acme Holding Corp. (NASDAQ:ACMH), announced a dividend.",
            "Acme Holding Corp.",
            [("ACMH", "NASDAQ")],
        ),
        (
            "BOSTON, May 3, 2004 - The Board of Directors of Acme Financial (NYSE: ACF) today declared a dividend.",
            "Acme Financial",
            [("ACF", "NYSE")],
        ),
        ("BOSTON, May 3, 2004 - Today AcmeWorks announced a plan to save costs.", "AcmeWorks", []),
        ("May 3, 2004\n\nBOSTON, MA. The Board of Directors of Acme Corp. (NYSE: ACM) met.", "Acme Corp.", [("ACM", "NYSE")]),
        ("ATLANTA - May 3, 2004 - Southern Acme Company today reported earnings.", "Southern Acme Company", []),
        ("LONDON, May 3, 2004 - Acme plc (NYSE: ACM, ACM.PRA) today reported a loss.", "Acme plc", [("ACM", "NYSE"), ("ACM.PRA", "NYSE")]),
    ],
)
def test_names_and_tickers(line: str, name: str, tickers: list[tuple[str, str]]) -> None:
    assert read(line) == (name, tuple(Ticker(symbol, exchange) for symbol, exchange in tickers))


def test_an_about_heading_names_the_company_where_nothing_else_does() -> None:
    assert (
        read("A quiet quarter\n\n# About Acme Gears\n\nAcme Gears makes gears for mills, mines and ships in four plants around the world.")[
            0
        ]
        == "Acme Gears"
    )


@pytest.mark.parametrize(
    ("symbols", "called"),
    [(("WWX", "WWXP"), "Widget Works, Inc. WWX"), (("TARN",), "Widget Works, Inc."), ((), "Widget Works, Inc.")],
)
def test_sentences_call_a_company_by_its_ticker_too(symbols: tuple[str, ...], called: str) -> None:
    findings = PassageFindings(company_name="Widget Works, Inc.", tickers=tuple(Ticker(symbol) for symbol in symbols))
    assert findings.called == called
    assert PassageFindings(tickers=findings.tickers).called is None
