"""Reading an archive, all in one place: every function takes the archive first, then a filter of storage.filters, and gives typed rows."""

from __future__ import annotations

from ex99.storage.compare import compare_versions
from ex99.storage.filing_queries import (
    count_documents_to_parse,
    find_companies,
    find_printing_companies,
    is_still_to_parse,
    list_companies,
    list_crawl_runs,
    list_documents,
    list_documents_to_parse,
    list_filings,
    list_parse_runs,
    read_company,
    read_document_bytes,
    read_header_bytes,
)
from ex99.storage.release_queries import list_figures, list_guidance, list_parser_versions, list_passages, list_releases, list_texts
from ex99.storage.search import search_releases
from ex99.storage.status import read_status

__all__ = [
    "compare_versions",
    "count_documents_to_parse",
    "find_companies",
    "find_printing_companies",
    "is_still_to_parse",
    "list_companies",
    "list_crawl_runs",
    "list_documents",
    "list_documents_to_parse",
    "list_figures",
    "list_filings",
    "list_guidance",
    "list_parse_runs",
    "list_parser_versions",
    "list_passages",
    "list_releases",
    "list_texts",
    "read_company",
    "read_document_bytes",
    "read_header_bytes",
    "read_status",
    "search_releases",
]
