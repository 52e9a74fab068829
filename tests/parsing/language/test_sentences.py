from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ex99.parsing.language.sentences import split_sentences


def pieces(text: str) -> list[str]:
    return [text[s.start : s.end] for s in split_sentences(text)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["Acme Inc. reported sales of $4.1 million for the U.S. market.", "Margins rose."],
        ["The company is based in Trenton, N.J.", "The plant is not."],
        ["Mr. Roe joined on Nov. 3, 2004 at 9 a.m. ET.", "See Note No. 7 for details."],
        ['"We grew," said Jane Q. Doe, Jr. of Acme Corp. in St. Louis.', '"We did it!" she added.'],
        ["Revenue grew 5%.(1)", "We expect $ .16 to $.17."],
        ["Earnings were 12 cents a share vs. 11 cents.", "Really?", "Yes."],
        ["It was the best quarter ever.”", "“We are proud,” he said."],
        ["WidgetWorks shipped 4,000 units.", "eWidget sales doubled."],
        ["Holders of Class A.", "Others follow."],
        ['RENO, Nev. - Acme Corp. ("Acme" or the "Company") today reported its results in non-U.S. GAAP measures.', "Sales rose."],
        ["It is on Form 10-K.", "Investors may read it."],
        ["The term ended (as of Jan. 3.)", "A new one began."],
        ["Sales fell to $1.2 billion in fiscal 2003, i.e. the year before the merger with Apex Ltd. and others."],
        ["Total assets were $1.05 billion.2", "Deposits grew."],
    ],
)
def test_sentences_are_told_apart(sentences: list[str]) -> None:
    assert pieces(" ".join(sentences)) == sentences


def test_an_orphan_quotation_mark_closes_its_sentence() -> None:
    assert pieces('We are pursuing new ones. " Acme is a maker of gears.') == ['We are pursuing new ones. "', "Acme is a maker of gears."]


def test_line_ends_are_white_space_and_offsets_are_the_texts() -> None:
    text = "Heading\n\nSales rose\nby 4%. Costs\n fell."
    spans = split_sentences(text, 9, len(text))
    assert [text[s.start : s.end] for s in spans] == ["Sales rose\nby 4%.", "Costs\n fell."]


@given(st.text(alphabet="Ab. \"!?\n$1,(”'", max_size=80))
def test_sentences_cover_all_words_in_order_without_overlap(text: str) -> None:
    spans = split_sentences(text)
    assert "".join("".join(text[s.start : s.end].split()) for s in spans) == "".join(text.split())
    assert all(a.end <= b.start for a, b in pairwise(spans))
