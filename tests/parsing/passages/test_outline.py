from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from ex99.parsing.document import Block, Document
from ex99.parsing.language.sentences import Span
from ex99.parsing.passages import choose_kind, find_passages
from ex99.parsing.passages.outline import Outline, is_number
from tests.parsing.passages.compose import compose


def words(script: str) -> list[str]:
    return [part.words for part in Outline(compose(script)).parts]


def test_page_numbers_rules_and_running_heads_are_left_out() -> None:
    page = "ACME CORP. NEWS\n\nSales rose by four percent in the third quarter of the year{n}.\n\n- {n} -\n\n-more-"
    assert words("\n\n".join(page.format(n=n) for n in (1, 2, 3))) == [
        "ACME CORP. NEWS",
        *(f"Sales rose by four percent in the third quarter of the year{n}." for n in (1, 2, 3)),
    ]


def test_a_paragraph_that_a_page_broke_is_made_whole() -> None:
    first, second = "The company expects that sales of its gears in the third quarter", "will be higher than in the second."
    assert words(f"{first}\n\n---\n\n{second}") == [f"{first} {second}"]


def test_lines_set_as_paragraphs_are_joined() -> None:
    lines = [f"Plant {n} said that its sales of gears and of other machine parts had\n\nrisen in {n} of its divisions." for n in range(25)]
    assert len(words("\n\n".join(lines))) == 25


def test_layout_tables_are_unfolded_and_data_tables_are_one_part() -> None:
    outline = Outline(compose("|n|Sales rose in every one of the four divisions of the company this year|\n\n|Sales|1,234|\n|Costs|1,000|"))
    assert [part.kind for part in outline.parts] == ["list_item", "table"]


def test_parts_within_spans() -> None:
    outline = Outline(compose("One two three.\n\nFour five six.\n\nSeven eight."))
    assert outline.covered([Span(0, 30)]) == {0, 1}


def test_numbers() -> None:
    assert all(is_number(cell) for cell in ("(1,234)", "$ 0.47", "—", "12.5 %", "n/a"))
    assert not any(is_number(cell) for cell in ("Sales", "2004 sales", "Q4"))


PIECES = [
    "we expect ",
    "revenue of $4.1 million ",
    "to ",
    "forward-looking statements ",
    "risks and uncertainties ",
    "(",
    "(NYSE: ACM",
    "ACME INC. ",
    "\n",
    ". ",
    "“",
    "--",
    "May 3, 2004 ",
    "fiscal 2006 ",
    "guidance ",
    "İ",
    "•",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=20).map("".join), min_size=1, max_size=6))
def test_any_text_gives_true_slices(paragraphs: list[str]) -> None:
    text, blocks = "", []
    for paragraph in paragraphs:
        blocks.append(Block("paragraph", len(text), len(text) + len(paragraph)))
        text += paragraph + "\n\n"
    document = Document("text/plain", text, tuple(blocks))
    findings = find_passages(document)
    for source in [*(p.source for p in findings.passages), *(g.source for g in findings.guidance)]:
        assert text[source.start : source.end] == source.text
    assert choose_kind(document, findings, has_figures=False)
