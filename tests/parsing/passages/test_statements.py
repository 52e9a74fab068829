from __future__ import annotations

import re

import pytest

from ex99.parsing.language.sentences import Span
from ex99.parsing.passages import find_passages
from ex99.parsing.passages.forward_terms import FIRM_TERMS, TERMS
from ex99.parsing.passages.forward_vetoes import HARD_VETOES, WEAK_VETOES
from ex99.parsing.passages.guidance.vetoes import AMOUNT_VETOES
from ex99.parsing.passages.horizon import find_horizon
from ex99.parsing.passages.outline import Outline
from ex99.parsing.passages.rules import WordRule, read_rules
from ex99.parsing.passages.statements import find_statements, is_vetoed, looks_ahead
from tests.parsing.passages.compose import BODY, compose


@pytest.mark.parametrize("term", [*TERMS, *FIRM_TERMS], ids=lambda term: term.id)
def test_every_term_finds_its_example_and_leaves_its_counter_example(term: WordRule) -> None:
    assert term.finds(term.example)
    assert not term.finds(term.counter)
    assert set(re.split(r"[\s,]+", term.example)) & set(term.words)
    assert term.note in {"Li 2010", "Muslu 2015", "Bozanic 2018", "releases"}


@pytest.mark.parametrize("veto", [*HARD_VETOES, *WEAK_VETOES], ids=lambda veto: veto.id)
def test_every_veto_drops_its_example_and_leaves_its_counter_example(veto: WordRule) -> None:
    assert veto.finds(veto.example)
    assert not veto.finds(veto.counter)
    assert is_vetoed(veto.example) is (veto in HARD_VETOES)


def test_ids_are_used_once() -> None:
    ids = [rule.id for rule in (*TERMS, *FIRM_TERMS, *HARD_VETOES, *WEAK_VETOES, *AMOUNT_VETOES)]
    assert len(ids) == len(set(ids))


def test_a_row_without_an_example_is_refused() -> None:
    with pytest.raises(ValueError, match=r"fls\.bad: expected an example"):
        read_rules("fls.bad : releases : sees\n  \\bsees\\b")


@pytest.mark.parametrize(
    "words",
    [
        "While new accounts take time, we believe that our momentum will continue and have confidence that Acme will see higher sales.",
        "The dividend is payable on November 15, 2012, to shareholders of record on November 12, 2012.",
        "Acme targets revenue in a range of $185 million to $215 million.",
        "Operating expenses are expected to increase slightly.",
        "Earnings exceeded our guidance, and the company expects a further rise in fiscal 2006.",
        "We remain committed to reducing our debt over the next three years.",
        "The transaction is expected to close in the first half of 2025, subject to customary conditions.",
        "We ’ve begun what is going to be a very strong product year.",
        "We look for improvement in the second half of the year.",
        "While we are cautious, we see continued strength in our repair business through the second half.",
        "Sales of the new device could reach $50 million in 2008.",
        "The 2006 capital budget calls for spending of $120 million.",
        "Earnings expectations for the full year remain in a range of $4.85 to $5.15.",
        "We lowered our sales forecast to a range of $330 million to $340 million.",
        "Acme intends to use the proceeds to buy shares of Apex Corp. (NYSE: APX).",
        "The purchases may be made from time to time on the open market.",
        "Acme continues to assess options to lower its costs.",
    ],
)
def test_statements(words: str) -> None:
    assert looks_ahead(words)


@pytest.mark.parametrize(
    "words",
    [
        "Net income was $4.1 million, compared with $3.0 million a year ago.",
        "Earnings were better than expected.",
        "Net sales increased 8 percent, reflecting the expected benefit of the price increases taken last year.",
        "The company adopted new accounting guidance on leases in the first quarter.",
        "In the first quarter of 2009 the company completed its previously announced plan to close two plants.",
        "Diluted earnings per share assumes the conversion of the notes.",
        "Potentially dilutive securities were excluded from the computation.",
        "Deposits maturing within the next 12 months totaled $295 million.",
        "Until the middle of May we were on pace for another record year.",
        "The switches are targeted for applications such as chargers and drives.",
        "Work originally scheduled for the spring moved into the summer.",
        "The provision rose on an economic forecast that was much weaker than in the quarter before.",
        "Financial Outlook Notes Agenda",
        "Adjusted net loss outlook range",
        "The fair value of the debt is estimated using discounted cash flows.",
        "The measure has limitations as an analytical tool and could be of little use in the future.",
        "Quarterly delivery numbers should not be relied on as an indicator of results.",
        "The results were in line with our guidance.",
        "Acme will host a conference call at 9 a.m. today to discuss the results.",
        "A replay will be available for two weeks.",
        "The company undertakes no obligation to update any forward-looking statement.",
        "We believe that these non-GAAP measures are useful to investors and will help them compare periods.",
        "Totals may not add due to rounding.",
        "Investors should read the prospectus carefully.",
        "Acme is a leading provider of gears and will celebrate its centenary.",
        "The product had been expected to ship in May.",
        "These families of chips are targeted at fast growing markets.",
        "The gain shows what our people do as we continue to invest in service.",
        "We continue to see the decline of housing weigh on the volume of sales.",
        "Acme hired a head of sales to support its long-term growth strategy.",
        "This position allowed us to fund research that drives future growth.",
        "We believe there are opportunities, but so far they have not been realized.",
    ],
)
def test_no_statements(words: str) -> None:
    assert not looks_ahead(words)


def statements(script: str, *excluded: Span) -> list[tuple[str, bool | None, str | None]]:
    found = find_statements(Outline(compose(script)), excluded)
    return [(" ".join(p.source.text.split()), p.quantitative, p.horizon) for p in found]


def test_statements_inside_quotations_and_history_beside_them() -> None:
    script = (
        f'{BODY}\n\nJane Doe, Chairman, stated, "Our profits were modest. We have reshaped this business. We believe that Acme '
        'will see sales of $20 million in fiscal 2006."'
    )
    assert statements(script) == [('We believe that Acme will see sales of $20 million in fiscal 2006."', True, "fiscal 2006")]


def test_a_list_of_fragments_goes_with_the_sentence_that_opens_it() -> None:
    script = (
        "Acme is providing the following guidance for its fiscal 2016 fourth quarter:\n\n* revenue between $4 billion and $5 "
        "billion\n\n* tax rate of 25.5 percent"
    )
    found = statements(script)
    assert len(found) == 1
    assert found[0][0].endswith("• tax rate of 25.5 percent")
    assert found[0][1:] == (True, "fiscal 2016 fourth quarter")


def test_a_sentence_that_only_opens_a_list_is_none() -> None:
    script = "Acme's outlook for fiscal 2016 is as follows:\n\n* Revenue is expected to be $4.1 million.\n\n* Capital spending will double."
    found = [p.source.text for p in find_statements(Outline(compose(script)), ())]
    assert found == ["Revenue is expected to be $4.1 million.", "Capital spending will double."]


def test_the_notes_to_the_accounts_hold_none() -> None:
    script = "The plant will open in May.\n\n# Notes to Consolidated Financial Statements\n\n# 1. Leases\n\nThe lease will end in 1997."
    assert [p.source.text for p in find_statements(Outline(compose(script)), ())] == ["The plant will open in May."]


def test_items_under_an_outlook_heading_are_statements() -> None:
    found = statements(
        "# Guidance and Outlook:\n\n* High-single digit growth of earnings per share\n\n* Approximately $15 billion in "
        "cash provided by operations"
    )
    assert [words for words, _, _ in found] == [
        "High-single digit growth of earnings per share",
        "Approximately $15 billion in cash provided by operations",
    ]


def test_idle_sections_and_contracts_hold_none() -> None:
    assert (
        statements(
            "# About Acme\n\nAcme makes gears and will celebrate its centenary next year, as it does every ten years in its home town."
        )
        == []
    )
    clause = (
        "The Trustee shall, pursuant to Section 4 hereof, make payments, and the Company will indemnify the Trustee as set forth herein. "
    )
    assert statements(clause * 60) == []


def test_a_heading_on_the_call_above_the_text_does_not_hide_the_text() -> None:
    lead = "DAYTON, Ohio, May 3, 2004 - Acme Corp. today revised its view of the year after a rise in the prices of steel and zinc."
    outline = Outline(compose(f"# Conference Call Today at 4:15 P.M.\n\n{lead}\n\nAcme expects earnings of $1.60 per share in 2004."))
    found = find_statements(outline, [], next(p.index for p in outline.parts if p.words.startswith("DAYTON")))
    assert [p.source.text for p in found] == ["Acme expects earnings of $1.60 per share in 2004."]


def test_excluded_spans_hold_none() -> None:
    script = "Acme expects sales to rise in 2005. Acme expects costs to fall in 2005."
    assert len(statements(script)) == 2
    assert len(statements(script, Span(0, 36))) == 1


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("We expect growth in the fourth quarter of fiscal 2006.", "fourth quarter of fiscal 2006"),
        ("Forecasting fourth-quarter 2024 revenue of $13 billion", "fourth-quarter 2024"),
        ("It will close by the end of 2025.", "by the end of 2025"),
        ("NVX will pay its dividend on March 27, 2024.", "March 27, 2024"),
        ("SEPTEMBER 2003 QUARTER OUTLOOK", "SEPTEMBER 2003 QUARTER"),
        ("Provided on December 13, 2023, the full-year 2024 guidance stands.", "full-year 2024"),
        ("New products are coming later next year.", "next year"),
        ("Sales should rise.", None),
    ],
)
def test_horizons(words: str, period: str | None) -> None:
    assert find_horizon(words) == period


def test_find_passages_puts_every_span_in_order_with_its_true_words() -> None:
    document = compose(
        f"EXHIBIT 99.1\n\n# Acme Reports Third Quarter Results\n\nDAYTON, Ohio, November 3, 2004 - Acme Corp. (NYSE: ACM) today "
        f"reported its results.\n\n{BODY}\n\n"
        "Acme expects sales of $20 million in 2005.\n\nAcme will hold a conference call at 9 a.m. today; dial (315) 555-0100 to "
        "listen.\n\n# About Acme\n\n"
        "Acme Corp. makes gears for mills, mines and ships in four plants, and sells them in thirty countries of the world.\n\n"
        "This release contains forward-looking statements that involve risks and uncertainties; actual results may differ materially.\n\n"
        "Contact:\n\nJane Doe\n\n(315) 555-0100"
    )
    findings = find_passages(document)
    assert [p.kind for p in findings.passages] == [
        "headline",
        "dateline",
        "statement",
        "conference_call",
        "about",
        "safe_harbor",
        "contact",
    ]
    assert all(document.text[p.source.start : p.source.end] == p.source.text for p in findings.passages)
    assert findings.headline == "Acme Reports Third Quarter Results"
    assert findings.company_name == "Acme Corp."
    assert findings.warnings == ()


def test_find_passages_of_nothing_warns() -> None:
    findings = find_passages(compose("Hello"))
    assert {w.code for w in findings.warnings} >= {"no_dateline"}
