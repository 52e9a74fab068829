"""What can be wrong with an answer of EDGAR: each error has a code that a program can branch on and a message for a person."""

from __future__ import annotations

from typing import ClassVar


class ReadError(Exception):
    """Bytes that are not the format they should be; ``code`` names the reason, ``message`` says it in words."""

    codes: ClassVar[dict[str, str]] = {}
    """Every code of the class with its meaning."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message

    def __reduce__(self) -> tuple[type[ReadError], tuple[str, str]]:
        return type(self), (self.code, self.message)


class SubmissionError(ReadError):
    """A full submission, a wrapped document or a header that cannot be read."""

    codes: ClassVar[dict[str, str]] = {
        "empty": "no bytes, or white space alone",
        "not_a_submission": "an error page, a directory listing or another file without an SGML header",
        "truncated": "the file ends before its closing tags",
        "doubled": "documents stand in it twice, or a further submission follows the first",
        "bad_header": "the header lacks an accession number, a form, a filing date or a filer, or they are malformed",
        "header_too_large": "the header is longer than the reader accepts",
        "crashed": "the process that read it died, twice",
        "too_slow": "reading it took longer than READ_SECONDS",
        "out_of_memory": "reading it took more memory than READ_MEMORY",
        "bug": "an error of the reader's own",
    }


class ListingError(ReadError):
    """A submissions file, an overflow page or a table of tickers that cannot be read."""

    codes: ClassVar[dict[str, str]] = {
        "empty": "no bytes, or white space alone",
        "not_json": "the bytes are no JSON (an error page, or an answer cut short)",
        "bad_shape": "JSON without the columns or rows that were expected",
        "another_company": "another company's file than was asked for",
        "short": "fewer filings than the submissions file says the page holds",
    }


class PageError(ReadError):
    """An index file, feed or page that cannot be read."""

    codes: ClassVar[dict[str, str]] = {
        "empty": "no bytes, or white space alone",
        "bad_shape": "the rows or parts that were expected are missing",
        "unknown_company": "EDGAR knows no such ticker or CIK",
        "several_companies": "the request matched several companies",
    }
