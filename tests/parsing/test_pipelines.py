"""Documents beside the press release: of supplements and 8-K bodies the figures alone are taken."""

import datetime as dt
from decimal import Decimal

import pytest

from ex99.filings.exhibits import PIPELINES
from ex99.filings.release import ParseError
from ex99.parsing import parse_exhibit, parse_release
from ex99.parsing.pipelines import PARSERS
from tests.parsing.exhibits import STATEMENT
from tests.parsing.pages import html_table, page

SUPPLEMENT = page(
    "MARLOW INSTRUMENTS, INC.",
    "CONSOLIDATED BALANCE SHEETS",
    "(in thousands)",
    html_table([["", "September 30, 2017", "December 31, 2016"], ["Cash and cash equivalents", "48,100", "40,200"],
                ["Inventories", "90,000", "88,000"], ["Total assets", "910,400", "880,100"], ["Total liabilities", "400,400", "390,100"],
                ["Total shareholders' equity", "510,000", "490,000"]]),
)  # fmt: skip
BODY = page(
    "UNITED STATES SECURITIES AND EXCHANGE COMMISSION", "FORM 8-K", "Marlow Instruments, Inc.",
    "Item 1.01 Entry into a Material Definitive Agreement",
    "Revenue of Dunmore Corp. was $99.0 million for the third quarter ended September 30, 2017.",
    "Item 2.02 Results of Operations and Financial Condition",
    "Marlow Instruments, Inc. reported revenue of $412.3 million for the third quarter ended September 30, 2017.",
    "Item 9.01 Financial Statements and Exhibits",
    "Net income was $1.0 million for the third quarter ended September 30, 2017.",
)  # fmt: skip
END = dt.date(2017, 9, 30)


def test_each_kind_of_document_has_a_pipeline() -> None:
    assert PARSERS.keys() == PIPELINES.keys()
    assert parse_exhibit(STATEMENT) == parse_release(STATEMENT)
    with pytest.raises(ParseError):
        parse_exhibit(b"", "supplement")


def test_of_a_supplement_the_figures_are_taken() -> None:
    parsed = parse_exhibit(SUPPLEMENT, "supplement")
    told = {f.metric: f.value for f in parsed.figures if f.period_end == END}
    assert told == {"cash": 48_100_000, "total_assets": 910_400_000, "total_liabilities": 400_400_000, "equity": 510_000_000}
    assert all(parsed.text[f.source.start : f.source.end] == f.source.text for f in parsed.figures)
    assert (parsed.pipeline, parsed.headline, parsed.guidance, parsed.passages) == ("supplement", None, (), ())


def test_of_a_release_taken_for_a_supplement_the_figures_are_the_same() -> None:
    assert parse_exhibit(STATEMENT, "supplement").figures == parse_release(STATEMENT).figures


def test_of_an_8k_the_results_item_counts_alone() -> None:
    parsed = parse_exhibit(BODY, "body")
    assert [(f.metric, f.duration, f.period_end, f.value) for f in parsed.figures] == [("revenue", "quarter", END, Decimal("412300000"))]
    assert parsed.pipeline == "body"
    pointing = page("FORM 8-K", "Item 2.02 Results of Operations and Financial Condition", "A copy is furnished as Exhibit 99.1.")
    assert parse_exhibit(pointing, "body").figures == ()
