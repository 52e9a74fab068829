import pytest

from ex99.parsing.prose.lexicon import METRIC_PHRASES
from ex99.parsing.prose.tokens import Token, tokenize

METRICS = """
    loss per share | Net income per diluted share | EPS | Funds from operations | net income attributable to noncontrolling interests
    loss attributable to the Company was | Net income available to common holders of | operating losses | net operating loss
    Income from operations | pre-tax loss | earnings before income taxes | Net loss | net quarterly income | net interest income
    gross margin | Total revenue | net sales | Adjusted EBITDA | EBITDA | operating cash flow | Cash and cash equivalents | total assets
    total liabilities | Shareholders’ equity | profits | earned | losses | lost $4 million | Distributable earnings
    Core earnings available for distribution | Net cash used in operations | free cash flow | gross loss | R&D expenses | total debt
    Book value per share | Tangible book value per common share
"""


def _tokens(text: str) -> list[Token]:
    return tokenize(text, text.lower(), 0, len(text))


def test_every_metric_phrase_is_found_by_its_first_word() -> None:
    found = [_tokens(phrase.strip())[0] for line in METRICS.strip().split("\n") for phrase in line.split("|")]
    assert {token.kind for token in found} == {"metric"}
    assert {token.phrase for token in found} == set(range(len(METRIC_PHRASES)))


@pytest.mark.parametrize(
    "text",
    [
        "compared to", "As compared with", "when compared favorably to", "comparing with", "This compares to", "these results compare with",
        "which compares to", "that amount compares with", "compare to", "versus", "vs.", "as against", "from", "against", "over the net",
        "ahead of the $4", "less than the $4",
    ],
)  # fmt: skip
def test_every_relation_is_found_by_its_first_word(text: str) -> None:
    assert _tokens(text)[0].kind == "relation"


def test_tokens_keep_the_text_as_printed() -> None:
    text = "Net Sales in Q2 2007 rose 8% TO $4.1 million"
    assert [(t.kind, t.text) for t in _tokens(text)] == [
        ("metric", "Net Sales"), ("connector", "in"), ("period", "Q2 2007"), ("delta", "rose"), ("percent", "8%"),
        ("connector", "TO"), ("amount", "$4.1 million"),
    ]  # fmt: skip
