"""Supplements and 8-K bodies: documents of which the figures alone are taken, since they announce nothing themselves."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace

from ex99.filings.exhibits import BODY, SUPPLEMENT
from ex99.filings.forms import RESULTS_ITEMS
from ex99.filings.release import PressRelease
from ex99.parsing.document import Document
from ex99.parsing.passages import find_passages
from ex99.parsing.reading import read_document
from ex99.parsing.release import fiscal_period_of, read_figures
from ex99.parsing.rules import traced
from ex99.parsing.version import PARSER_VERSION

# Item 2.02 Results of Operations and Financial Condition | ITEM 12. | Item 9.01.
_ITEM = re.compile(r"^\s{0,20}item\s{1,10}(?P<number>\d{1,2}(?:\.\d{2})?)\b", re.IGNORECASE)


@traced
def parse_supplement(data: bytes) -> PressRelease:
    """The figures of an exhibit that accompanies a release: statements, highlights and trends, often without a sentence."""
    return _parse_figures(data, read_document(data), SUPPLEMENT)


@traced
def parse_body(data: bytes) -> PressRelease:
    """The figures that an 8-K tells itself under its results item; none where it only points to its exhibits."""
    return _parse_figures(data, keep_results_items(read_document(data)), BODY)


def keep_results_items(document: Document) -> Document:
    """The document with the blocks alone that stand under an item of results, up to the next item; offsets hold."""
    kept, inside = [], False
    for block in document.blocks:
        match = _ITEM.match(document.words(block))
        if match is not None:
            inside = match["number"] in RESULTS_ITEMS
        if inside:
            kept.append(block)
    return replace(document, blocks=tuple(kept))


def _parse_figures(data: bytes, document: Document, pipeline: str) -> PressRelease:
    findings = find_passages(document)
    reconciled, year_only = read_figures(document, findings)
    return PressRelease(
        parser_version=PARSER_VERSION,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=document.media_type,
        kind="results" if reconciled.figures else "other",
        text=document.text,
        company_name=findings.company_name,
        fiscal_period=fiscal_period_of(reconciled.calendar if reconciled.figures else None, year_only=year_only),
        figures=reconciled.figures,
        warnings=reconciled.warnings,
        pipeline=pipeline,
    )
