from __future__ import annotations

import pytest

from ex99.crawler.responses import Verdict, classify_response

PAGE = b"<!DOCTYPE html><html><head><title>SEC.gov | %s</title></head><body></body></html>"
BLOCK = PAGE % b"Request Rate Threshold Exceeded"
UNDECLARED = PAGE % b"Your Request Originates from an Undeclared Automated Tool"
OUTAGE = PAGE % b"File Unavailable"
STORE = b'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>%s</Code><Message>no</Message></Error>'
SUBMISSION = b"<SEC-DOCUMENT>0009990001-24-000017.txt : 20241021\n"


@pytest.mark.parametrize(
    ("status", "body", "kind", "verdict"),
    [
        (403, BLOCK, None, Verdict.BLOCKED),
        (429, BLOCK, None, Verdict.BLOCKED),
        (429, b"", None, Verdict.BLOCKED),
        (200, BLOCK, "submission", Verdict.BLOCKED),
        (403, UNDECLARED, None, Verdict.UNDECLARED),
        (404, UNDECLARED, None, Verdict.UNDECLARED),
        (200, UNDECLARED, "json", Verdict.UNDECLARED),
        (403, STORE % b"AccessDenied", "index", Verdict.MISSING),
        (404, STORE % b"NoSuchKey", "json", Verdict.MISSING),
        (200, STORE % b"NoSuchKey", "document", Verdict.MISSING),
        (503, STORE % b"SlowDown", None, Verdict.UNAVAILABLE),
        (404, b"not found", None, Verdict.MISSING),
        (503, OUTAGE, "feed", Verdict.UNAVAILABLE),
        (200, OUTAGE, None, Verdict.UNAVAILABLE),
        (502, b"", None, Verdict.UNAVAILABLE),
        (304, b"", "index", Verdict.NOT_MODIFIED),
        (200, b"", "submission", Verdict.EMPTY),
        (200, b" \n", None, Verdict.EMPTY),
        (403, b"<html><title>Portal</title></html>", None, Verdict.REFUSED),
        (302, b"", None, Verdict.UNEXPECTED),
        (200, SUBMISSION, "submission", Verdict.OK),
        (200, b"-----BEGIN PRIVACY-ENHANCED MESSAGE-----\n", "submission", Verdict.OK),
        (200, b"<html><title>Index of /Archives/edgar/data/1</title></html>", "document", Verdict.UNEXPECTED),
        (200, b"<html><title>Sign in</title></html>", "submission", Verdict.UNEXPECTED),
        (200, b"<html><title>Sign in</title></html>", "json", Verdict.UNEXPECTED),
        (200, b'\xef\xbb\xbf{"cik": "1"}', "json", Verdict.OK),
        (200, b"<DOCUMENT>\n<TYPE>EX-99.1\n", "document", Verdict.OK),
        (200, b'<?xml version="1.0"?><html xmlns:ix="http://www.xbrl.org/2013/inlineXBRL">', "document", Verdict.OK),
        (200, b"<html><title>We are down for maintenance</title></html>", "document", Verdict.UNEXPECTED),
        (200, b"<html><title>We are down for maintenance</title></html>", "headers", Verdict.UNEXPECTED),
        (200, b"<html><title>We are down for maintenance</title></html>", "index_page", Verdict.UNEXPECTED),
        (403, b"<HTML><TITLE>Access Denied</TITLE>You don't have permission</HTML>", "json", Verdict.REFUSED),
        (200, b"\x1f\x8b\x08", "index", Verdict.OK),
        (200, b"Description:           Master Index", "index", Verdict.OK),
        (200, b"<?xml version='1.0'?><feed/>", "feed", Verdict.OK),
        (200, b"<HTML><HEAD><TITLE>SEC EDGAR Submission</TITLE>\n<!--\n<SEC-HEADER>", "headers", Verdict.OK),
        (200, b"anything", None, Verdict.OK),
    ],
)
def test_verdicts(status: int, body: bytes, kind: str | None, verdict: Verdict) -> None:
    assert classify_response(status, "text/plain", body, kind) is verdict


def test_a_submission_is_never_served_as_html() -> None:
    assert classify_response(200, "text/html", SUBMISSION, "submission") is Verdict.UNEXPECTED
