from __future__ import annotations

from pathlib import Path

import pytest

from ex99.filings.metrics import KINDS
from ex99.parsing.passages import choose_kind, find_passages
from ex99.parsing.passages.kind import KindEvidence, decide_kind
from ex99.parsing.passages.kind_rules import KIND_RULES
from ex99.parsing.passages.rules import WordRule
from tests.parsing.passages.compose import BODY, compose

LEAD = "dayton, ohio, may 3, 2004 - acme corp. (nyse: acm) today announced"


def test_rules_name_kinds_of_the_vocabulary() -> None:
    assert {rule.note.split()[0] for rule in KIND_RULES} <= set(KINDS)


@pytest.mark.parametrize("rule", KIND_RULES, ids=lambda rule: rule.id)
def test_every_rule_finds_its_example_and_leaves_its_counter_example(rule: WordRule) -> None:
    assert rule.finds(rule.example)
    assert not rule.finds(rule.counter)


@pytest.mark.parametrize(
    ("kind", "headline"),
    [
        ("results", "Acme Corp. Reports Third Quarter 2009 Results"),
        ("results", "ACME ANNOUNCES RECORD FOURTH QUARTER EARNINGS; DECLARES DIVIDEND"),
        ("results", "Acme Delivers Strong Q2 Growth; Raises Full-Year Outlook"),
        ("preliminary_results", "Acme Reports Preliminary Fourth Quarter Results"),
        ("preliminary_results", "Acme Pre-Announces Fourth Quarter Revenue"),
    ],
)
def test_releases_with_figures_of_a_statement(kind: str, headline: str) -> None:
    assert decide_kind(KindEvidence(headline.lower(), LEAD, True, True), has_figures=True) == kind


@pytest.mark.parametrize(
    ("kind", "headline"),
    [
        ("results", "Acme Reports First Quarter Results"),
        ("preliminary_results", "Acme Announces Preliminary Unaudited Fourth Quarter Revenue Above Guidance"),
        ("preliminary_results", "Acme Expects to Report Lower Third Quarter Revenue"),
        ("sales_update", "ACME STORES REPORTS NOVEMBER COMPARABLE STORE SALES INCREASE OF 4.1%"),
        ("sales_update", "Acme Airlines Reports June Traffic"),
        ("sales_update", "Acme Stores Reports Total Sales of $12.1 Million for the Third Quarter of Fiscal 2009"),
        ("results", "Acme Stores Reports Sales of $12.1 Million and Earnings of $0.41 Per Share for the Third Quarter"),
        ("sales_update", "Acme Motors Third Quarter 2023 Vehicle Production, Deliveries"),
        ("guidance", "Acme Lowers Fiscal 2003 Earnings Outlook"),
        ("guidance", "Acme Expects Third Quarter Earnings Below Estimates"),
        ("guidance", "Acme Comments on Analysts' Estimates"),
        ("financing", "ACME LAUNCHES DEBT OFFERING"),
        ("financing", "Acme Announces Early Results of Its Tender Offer for Senior Notes"),
        ("financing", "Acme Obtains Waiver from Its Lenders"),
        ("guidance", "Acme Affirms 2012 Guidance"),
        ("guidance", "Acme Announces 2013 Budget Targeting 8% Growth"),
        ("guidance", "Acme Provides Update on Third Quarter"),
        ("sales_update", "Acme Airlines Reports March 2010 Traffic"),
        ("presentation", "Acme Announces Date of Third Quarter Earnings Release"),
        ("management_change", "Acme Announces CEO Succession Plan"),
        ("dividend", "Acme Sets Dividend Record Date"),
        ("acquisition", "Acme and Beta Announce Expiration of HSR Waiting Period"),
        ("product", "Acme Recalls 12,000 Heaters"),
        ("acquisition", "Acme Receives Unsolicited Proposal From Halden Capital"),
        ("legal_regulatory", "Acme Regains Compliance With NYSE Listing Standards"),
        ("other", "Acme to Close Dover Plant"),
        ("other", "Acme Adopts Shareholder Rights Plan"),
        ("guidance", "Acme Withdraws Full-Year 2020 Guidance"),
        ("acquisition", "Acme to Acquire Widget Works for $300 Million"),
        ("acquisition", "Acme Completes Sale of Consumer Business"),
        ("acquisition", "Acme Signs Definitive Agreement to Sell Its Plastics Division"),
        ("management_change", "Acme Names Jane Doe Chief Financial Officer"),
        ("management_change", "John Roe Joins Acme Board of Directors"),
        ("management_change", "ACME ANNOUNCES MANAGEMENT CHANGES"),
        ("dividend", "Acme Declares Quarterly Dividend"),
        ("dividend", "Acme Announces Two-for-One Stock Split"),
        ("buyback", "Acme Announces $500 Million Share Repurchase Program"),
        ("financing", "Acme Prices $400 Million Senior Notes Offering"),
        ("financing", "Acme Completes Private Placement"),
        ("legal_regulatory", "Acme Receives Nasdaq Notice of Non-Compliance"),
        ("legal_regulatory", "Acme Settles Patent Litigation with Widget Works"),
        ("product", "Acme Launches New Line of Electric Mowers"),
        ("product", "Acme Receives FDA Approval for Widgetinib"),
        ("agreement", "Acme and Widget Works Announce Strategic Alliance"),
        ("agreement", "Acme Awarded $50 Million Army Contract"),
        ("presentation", "Acme to Present at Industrial Conference"),
        ("presentation", "Acme to Announce Third Quarter Results on October 20"),
        ("other", "Acme Announces Restructuring Plan"),
        ("other", "Acme to Restate Financial Statements"),
        ("other", "Acme Plant Damaged by Fire"),
    ],
)
def test_releases_without_figures(kind: str, headline: str) -> None:
    assert decide_kind(KindEvidence(headline.lower(), LEAD, True), has_figures=False) == kind


CASES = [
    line.split(" | ") for file in ("first.txt", "second.txt") for line in (Path(__file__).parent / "kinds" / file).read_text().splitlines()
]


@pytest.mark.parametrize(("kind", "headline"), CASES, ids=[headline for _, headline in CASES])
def test_headlines_of_many_kinds(kind: str, headline: str) -> None:
    assert decide_kind(KindEvidence(headline.lower(), LEAD, True), has_figures=False) == kind


def test_slides_are_a_presentation_and_contracts_none() -> None:
    slides = compose("\n\n".join(f"---\n\n---\n\n{n} Financial results for the quarter Net income $1.2 billion" for n in range(10)))
    assert choose_kind(slides, find_passages(slides), has_figures=True) == "presentation"
    clause = (
        "The Trustee shall, pursuant to Section 4 hereof, make payments as set forth herein, and the parties to this agreement "
        "hereto agree. "
    )
    contract = compose(f"# Agreement and Plan of Merger\n\n{clause * 60}")
    assert choose_kind(contract, find_passages(contract), has_figures=False) == "agreement"


def test_a_release_read_whole() -> None:
    document = compose(
        f"# Acme Reports Results\n\nDAYTON, Ohio, May 3, 2004 - Acme Corp. today reported results.\n\n{BODY}\n\n|Net income|2,000|1,500|"
    )
    assert choose_kind(document, find_passages(document), has_figures=True) == "results"
