"""The parser's version cannot be forgotten: it holds a digest of what the parser makes of the fixtures."""

from __future__ import annotations

from ex99.parsing import PARSER_VERSION
from ex99.parsing.version import DIGEST
from tests.parsing.exhibits import STATEMENT
from tests.parsing.pin_version import digest_fixtures, digest_result


def test_the_version_is_that_of_what_the_parser_does() -> None:
    digest = digest_fixtures()
    assert digest == DIGEST, (
        f"the parser reads the fixtures otherwise than version {PARSER_VERSION} did: archives would keep stale results. "
        "Run `make pin-version` and commit parsing/version.py (after a merge, too)"
    )
    assert PARSER_VERSION.endswith(DIGEST[:8])


def test_a_result_that_differs_in_one_word_has_another_digest() -> None:
    assert digest_result(STATEMENT) == digest_result(STATEMENT)
    assert digest_result(STATEMENT) != digest_result(STATEMENT.replace(b"$412,318", b"$412,319"))
    assert digest_result(b"") != digest_result(b"%PDF-1.4")
