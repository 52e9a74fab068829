"""By which way a filing is fetched, and which of its documents where they are fetched singly. The numbers behind it: docs/crawling.md."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ex99.filings.exhibits import parse_exhibit_type
from ex99.filings.filing import Filing, FilingDocument
from ex99.filings.forms import is_8k_family

# ex99-1.htm, doc1.TXT; no images, PDFs, spreadsheets
_TEXT_FILE = re.compile(r"[^/\\]+\.(?:htm|html|txt)", re.IGNORECASE)
# 9999999997-02-012315.paper
_PAPER = re.compile(r".+\.paper", re.IGNORECASE)

MOST_SINGLE_DOCUMENTS = 8
"""Documents that are fetched singly of one filing; one that has more exhibits 99 than this is no press release's."""


def is_paper(filing: Filing) -> bool:
    """Whether a filing was made on paper: EDGAR lists it and has no bytes of it."""
    return bool(filing.primary_document and _PAPER.fullmatch(filing.primary_document))


def fetch_whole(filing: Filing, limit: int) -> bool:
    """Whether a filing is fetched as one full submission: if it is no larger than ``limit`` bytes, or nobody knows its size."""
    return filing.size is None or filing.size <= limit


def choose_documents(documents: Sequence[FilingDocument]) -> list[FilingDocument]:
    """The documents worth a request of their own: the 8-K itself and its exhibits 99, where they are text."""
    wanted = [document for document in documents if document.filename and _TEXT_FILE.fullmatch(document.filename) and _may_tell(document)]
    return wanted[:MOST_SINGLE_DOCUMENTS]


def _may_tell(document: FilingDocument) -> bool:
    exhibit = parse_exhibit_type(document.type)
    return is_8k_family(document.type) if exhibit is None else exhibit.number == 99
