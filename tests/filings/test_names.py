"""Names as people type them."""

import pytest

from ex99.filings.names import bare_name, plain_name, plain_names


@pytest.mark.parametrize(
    ("name", "plain", "bare"),
    [
        ("WEXCOMBE-OPTICS CO", "wexcombe optics co", "wexcombe optics"),
        ("Wexcombe, Inc.", "wexcombe inc", "wexcombe"),
        ("O’Malley's Holdings plc /DE/", "omalleys holdings plc de", "omalleys"),
        ("Group Holdings Inc", "group holdings inc", "group"),
        ("Yonder!", "yonder", "yonder"),
        ("...", "", ""),
    ],
)
def test_punctuation_and_legal_forms_are_put_aside(name: str, plain: str, bare: str) -> None:
    assert plain_name(name) == plain
    assert bare_name(name) == bare


def test_an_apostrophe_is_nothing_or_a_blank() -> None:
    assert plain_names("O'Quillan Co.") == {"oquillan co", "o quillan co"}
    assert plain_names("O QUILLAN CO") == {"o quillan co"}
