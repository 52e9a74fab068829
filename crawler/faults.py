"""Why a request ended without an answer that can be used."""

from __future__ import annotations

from scrapy.exceptions import IgnoreRequest


class FetchFault(IgnoreRequest):
    """A request is given up; ``code`` is a word for machines (FAULT_CODES), the text is one line for a person."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


FAULT_CODES: dict[str, str] = {
    "absent": "EDGAR has no such file",
    "blocked": "EDGAR's block page",
    "undeclared": "EDGAR refuses the User-Agent",
    "unavailable": "EDGAR's page for outages, or another answer of its servers' trouble",
    "unreachable": "no connection",
    "timeout": "no answer in time",
    "truncated": "the connection broke off, or the body is shorter than it should be",
    "too_large": "the body is larger than the limit, on the wire or unpacked",
    "empty": "a body without a byte",
    "wrong_kind": "a page where data was due",
    "foreign_host": "an address outside the configured hosts",
    "stopped": "the crawl was stopped first",
    "unreadable": "the body is not what it should be",
}

MOST_TRIES: dict[str, int] = {
    "unavailable": 100,
    "unreachable": 100,
    "timeout": 100,
    "truncated": 100,
    "empty": 100,
    "wrong_kind": 100,
    "absent": 1,
    "unreadable": 1,
}
"""How often each fault is tried again, besides the limit of the settings; what is not listed is not tried again.

A file that EDGAR lists and does not have may be a moment too fresh, one that cannot be read may have been damaged on its way: once more.
"""
