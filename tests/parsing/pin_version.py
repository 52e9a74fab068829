"""The digest of what the parser makes of every fixture, and `make pin-version`, which writes it beside the parser's version.

The fixtures are the exhibits of tests/parsing/layouts and composed ones; all are fictitious. What a result says of the parser's version is
left out of it. Branches that both change the parser differ in one line of parsing/version.py: run `make pin-version` after a merge.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from io import BytesIO
from pathlib import Path

from ex99.crawler.submission import read_submission
from ex99.filings.json_form import error_to_json, release_to_json
from ex99.filings.release import ParseError
from ex99.parsing import parse_release
from ex99.replica.compose import compose_market
from tests.parsing.exhibits import PROSE_ONLY, STATEMENT
from tests.parsing.layout_truth import list_layouts
from tests.parsing.random_layouts import compose_layout

VERSION_FILE = Path(__file__).parents[2] / "parsing" / "version.py"
_RANDOM_LAYOUTS = 120
_FILINGS = 60
# NUMBER = 2 | DIGEST = "0f3c..."
_NUMBER = re.compile(r"^NUMBER = (\d+)$", re.MULTILINE)
_DIGEST = re.compile(r"^DIGEST = .*$", re.MULTILINE)


def list_fixtures() -> Iterator[bytes]:
    """Every fixture's bytes, always in one order."""
    yield from (PROSE_ONLY, STATEMENT)
    yield from (path.read_bytes() for path in sorted(list_layouts()))
    yield from (compose_layout(seed).data for seed in range(_RANDOM_LAYOUTS))
    for filing in compose_market(_FILINGS):
        submission = read_submission(BytesIO(filing.data))
        yield from (d.content for d in submission.documents if d.content and d.document.sequence in submission.choice.sequences)


def digest_result(data: bytes) -> str:
    """The digest of one fixture's result, whatever the parser's version is called."""
    try:
        record = release_to_json(parse_release(data), "", why=True) | {"parser_version": None}
    except ParseError as error:
        record = error_to_json(error, "")
    return hashlib.sha256(json.dumps(record, sort_keys=True).encode()).hexdigest()


def digest_fixtures() -> str:
    """The digest of all results."""
    with ProcessPoolExecutor(2) as pool:
        results = list(pool.map(digest_result, list_fixtures(), chunksize=16))
    return hashlib.sha256("\n".join(results).encode()).hexdigest()


def main() -> None:
    """Write the digest, and with --raise the next number, into parsing/version.py."""
    parser = argparse.ArgumentParser(prog="make pin-version", description=main.__doc__)
    parser.add_argument("--raise", dest="raised", action="store_true", help="count the version up: for a release of ex99")
    raised = parser.parse_args().raised
    text = VERSION_FILE.read_text(encoding="utf-8")
    digest = digest_fixtures()
    text = _DIGEST.sub(f'DIGEST = "{digest}"', text)
    if raised:
        text = _NUMBER.sub(lambda match: f"NUMBER = {int(match[1]) + 1}", text)
    VERSION_FILE.write_text(text, encoding="utf-8")
    number = _NUMBER.search(text)
    sys.stdout.write(f"parser version {number[1] if number else '?'}.{digest[:8]}\n")


if __name__ == "__main__":
    main()
