"""Why a request ended without an answer that can be used."""

from __future__ import annotations

from scrapy.exceptions import IgnoreRequest


class FetchFault(IgnoreRequest):
    """A request is given up; ``code`` is a word for machines (crawler.events.FAULT_CODES), the text is one line for a person."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


MOST_TRIES: dict[str, int] = {
    "unavailable": 100,
    "refused": 100,
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
