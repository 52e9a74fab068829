from __future__ import annotations

import pytest

from ex99.parsing.passages.outline import Outline
from ex99.parsing.passages.safe_harbor import find_safe_harbors
from tests.parsing.passages.compose import BODY, compose

FIRST = (
    "This press release contains forward-looking statements within the meaning of the Private Securities Litigation Reform Act of 1995. "
    "Actual results may differ materially because of the following risks:"
)
SHORT = FIRST[: FIRST.index(" because")] + "."
LAST = "Acme undertakes no obligation to update these statements, which speak only as of their dates."


def passages(script: str) -> list[str]:
    outline = Outline(compose(script))
    found = find_safe_harbors(outline)
    assert all(outline.text[p.source.start : p.source.end] == p.source.text for p in found)
    return [p.source.text for p in found]


def one(script: str) -> str:
    found = passages(script)
    assert len(found) == 1, found
    return " ".join(found[0].split())


def test_a_passage_without_heading_from_first_to_last_sentence() -> None:
    legal = (
        "The foregoing, including any discussion of the Company's prospects, contains certain forward-looking statements that involve "
        "risks and uncertainties. The Company's actual results may differ significantly as a result of these and other factors, including "
        "those in its filings with the Securities and Exchange Commission."
    )
    assert one(f"{BODY}\n\n{legal}\n\nContact:\n\nJane Doe\n\n(315) 555-0100") == legal


def test_a_passage_with_heading_list_and_closing_sentence() -> None:
    script = (
        f"{BODY}\n\n# Safe Harbor Statement\n\n{FIRST}\n\n* changes in demand;\n\n* the loss of a customer; and\n\n* "
        f"strikes.\n\n{LAST}\n\n# About Acme\n\n{BODY}"
    )
    found = one(script)
    assert found.startswith("Safe Harbor Statement This press release contains")
    assert found.endswith("only as of their dates.")


def test_what_stands_in_the_same_paragraph_and_is_no_law_is_left_out() -> None:
    found = one(f"{BODY}\n\n{SHORT} {LAST} Comparable sales are supplemental information and no substitute for net sales under GAAP.")
    assert found.endswith("only as of their dates.")


def test_a_passage_goes_on_over_a_page_break_in_mid_sentence() -> None:
    script = (
        f"{BODY}\n\nCertain statements contained herein, among them those on the financial position of the Company, are forward looking"
        f"\n\n---\n\nstatements that involve risks and uncertainties. These risks include demand, competition and the economy. {LAST}"
    )
    assert one(script).startswith("Certain statements contained herein")
    assert one(script).endswith("only as of their dates.")


def test_several_passages() -> None:
    outlook = (
        "The following statements are based on current expectations. These statements are forward looking, and actual results "
        "may differ materially."
    )
    script = f"{BODY}\n\n# OUTLOOK\n\n{outlook}\n\n* Gross margin should remain in the 30% range.\n\n# CALL\n\n{BODY}\n\n{SHORT} {LAST}"
    found = passages(script)
    assert len(found) == 2
    assert " ".join(found[0].split()) == outlook


def test_a_heading_of_two_lines() -> None:
    script = (
        f'{BODY}\n\n"Safe Harbor" statement under the Private Securities Litigation Reform Act\n\nof 1995:\n\nStatements '
        f"herein, among them that Acme will lead its market, are forward looking. {LAST}"
    )
    assert one(script).startswith('"Safe Harbor" statement')


@pytest.mark.parametrize(
    "line",
    [
        "Actual results may differ from the outlook as a result of the factors described under “Forward-Looking Statements” below.",
        "The conference call will be held at 9 a.m. and a replay will be available for a week.",
        "Acme believes that non-GAAP measures are useful to investors for the reasons set out in the attached tables.",
    ],
)
def test_mentions_are_no_passages(line: str) -> None:
    assert passages(f"{BODY}\n\n{line}\n\n{BODY}") == []


def test_the_about_paragraph_and_tables_end_a_passage() -> None:
    script = f"{SHORT} {LAST}\n\n# About Acme\n\n{BODY}\n\n|Assets|2004|\n|Cash|1,234|"
    assert one(script).endswith("only as of their dates.")
