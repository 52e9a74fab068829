"""The pages that EDGAR answers with when something is wrong; the replica's own words under EDGAR's titles and marks."""

from __future__ import annotations

import hashlib
from xml.sax.saxutils import escape

RATE_TITLE = "SEC.gov | Request Rate Threshold Exceeded"
UNDECLARED_TITLE = "SEC.gov | Your Request Originates from an Undeclared Automated Tool"
UNAVAILABLE_TITLE = "SEC.gov | File Unavailable"


def block_page(epoch: float) -> bytes:
    """The page of a block; ``epoch`` goes into its reference, as Akamai's does."""
    return _page(
        RATE_TITLE,
        "You’ve Exceeded the SEC’s Traffic Limit",
        "This replica counted more requests within a second than it allows, and answers nothing else for a while. "
        "The block ends by itself; asking again before that makes it start anew.",
        _reference(epoch),
    )


def undeclared_page(epoch: float) -> bytes:
    """The page for a User-Agent without a contact."""
    return _page(
        UNDECLARED_TITLE,
        "Your Request Originates from an Undeclared Automated Tool",
        "This replica answers only clients whose User-Agent names a contact, such as: Sample Company admin@example.com.",
        _reference(epoch),
    )


def unavailable_page() -> bytes:
    """The 503 page."""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta http-equiv="content-type" content="text/html; charset=utf-8">\n'
        f"<title>{UNAVAILABLE_TITLE}</title>\n</head>\n<body>\n<h1>This page is temporarily unavailable.</h1>\n"
        "<p>The replica stands in for EDGAR during an outage. Try again later.</p>\n</body>\n</html>\n"
    ).encode()


def stray_page() -> bytes:
    """An HTML page with status 200 that is none of the things one may ask for."""
    return (
        b"<!DOCTYPE html>\n<html>\n<head><title>EDGAR | Maintenance</title></head>\n<body>\n"
        b"<p>A page that stands where a submission should be.</p>\n</body>\n</html>\n"
    )


def denied_page() -> bytes:
    """A refusal in the words of a CDN and not of EDGAR."""
    return (
        b"<HTML><HEAD>\n<TITLE>Access Denied</TITLE>\n</HEAD><BODY>\n<H1>Access Denied</H1>\n"
        b"You have no permission to reach this replica from where you are.<P>\nReference #18.0\n</BODY>\n</HTML>\n"
    )


def access_denied(path: str) -> bytes:
    """S3's answer for a key that does not exist under /Archives."""
    return _s3("AccessDenied", "Access Denied", "", path)


def no_such_key(key: str) -> bytes:
    """S3's answer for a key that does not exist on data.sec.gov."""
    return _s3("NoSuchKey", "The specified key does not exist.", f"<Key>{escape(key)}</Key>", key)


def directory_page(name: str, rows: list[tuple[str, str]]) -> bytes:
    """A folder's listing: (href, text) rows."""
    links = "\n".join(f'<tr><td><a href="{escape(href)}">{escape(text)}</a></td><td></td><td></td></tr>' for href, text in rows)
    return (
        "<!DOCTYPE html>\n<html>\n<head>\n"
        f'<title>Directory Listing for {escape(name)}</title>\n</head>\n<body>\n<div id="main-content">\n'
        '<table summary="heading">\n<tr><th>Name</th><th>Size</th><th>Last Modified</th></tr>\n'
        f"{links}\n</table>\n</div>\n</body>\n</html>\n"
    ).encode("ascii", "xmlcharrefreplace")


def _page(title: str, heading: str, text: str, reference: str) -> bytes:
    return (
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">\n'
        '<html xmlns="http://www.w3.org/1999/xhtml">\n<head>\n'
        '<meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />\n'
        f'<title>{title}</title>\n</head>\n<body>\n<div id="content">\n<h1>{heading}</h1>\n<p>{text}</p>\n'
        f"<p>Reference ID: {reference}</p>\n</div>\n</body>\n</html>\n"
    ).encode()


def _reference(epoch: float) -> str:
    tail = hashlib.md5(str(epoch).encode(), usedforsecurity=False).hexdigest()
    return f"0.{tail[:8]}.{int(epoch)}.{tail[8:16]}"


def _s3(code: str, message: str, key: str, seed: str) -> bytes:
    mark = hashlib.sha256(seed.encode()).hexdigest().upper()
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f"<Error><Code>{code}</Code><Message>{message}</Message>{key}<RequestId>{mark[:16]}</RequestId><HostId>{mark}</HostId></Error>"
    ).encode()
