import pytest

from ex99.filings.json_form import plain_decimal
from ex99.parsing.document import Block, Document
from ex99.parsing.prose.dividends import find_dividend


def _find(sentence: str) -> str | None:
    figure = find_dividend(Document("text/plain", sentence, (Block("paragraph", 0, len(sentence)),)))
    return None if figure is None else plain_decimal(figure.value)


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("The Board of Directors declared a quarterly cash dividend of $0.12 per share of outstanding common stock.", "0.12"),
        ("Directors declared a dividend of 25 cents a share, payable May 1.", "0.25"),
        ("The board approved a $.17 per share dividend payable on May 29, 2020.", "0.17"),
        ("The company will pay its next quarterly dividend of $0.04 per share on March 27.", "0.04"),
        ("It declared a quarterly dividend of $0.12 per share, up from the previous $0.10.", "0.12"),
        ("Board Declares Quarterly Dividend of $2.65 per Common Share", "2.65"),
        ("Declared a third-quarter distribution of $0.56 per common unit", "0.56"),
        ("It declared a cash dividend to common shareholders of twenty-five cents ($0.25) per common share.", "0.25"),
        ("The board approved the distribution of $12 vouchers.", None),
        ("The board declared a special dividend of $15 per share.", None),
        ("The board declared dividends on preferred stock of $1.25 per share.", None),
        ("Dividends of $0.40 per share were paid in the quarter.", None),
        ("The company announced a stock split and raised nothing.", None),
        ("The board declared dividends of $310 million.", None),
    ],
)
def test_declared_dividends(sentence: str, value: str | None) -> None:
    assert _find(sentence) == value


def test_a_declared_dividend_has_no_period_end_and_says_so() -> None:
    text = "The board declared a dividend of $0.12 per share."
    figure = find_dividend(Document("text/plain", text, (Block("paragraph", 0, len(text)),)))
    assert figure is not None
    assert (figure.period_end, figure.duration, figure.qualifier, figure.unit) == (None, "quarter", "declared", "USD/share")
    assert figure.source.text == text[figure.source.start : figure.source.end] == "$0.12"
