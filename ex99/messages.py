"""Messages (.eml) and pages that a browser saved whole (.mht): what of them is the exhibit, its HTML or else its plain text."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import EmailMessage, MIMEPart
from email.policy import default

from ex99.errors import InputError

DESCRIPTION = "taken out of a saved page or message"
"""What the archive says of such an exhibit."""
_ENDINGS = (".mht", ".mhtml", ".eml")
# From: <Saved by Blink>
_HEADER = re.compile(rb"(?:From |[!-9;-~]+:)")
# MIME-Version: 1.0
_MIME = re.compile(rb"^MIME-Version:[ \t]*1\.0", re.IGNORECASE | re.MULTILINE)
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")


def is_message(head: bytes, name: str) -> bool:
    """Whether a file that begins so, of that name, is a message: a block of headers that name MIME, or an ending that says so."""
    begins = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    headers = _BLANK_LINE.split(begins, maxsplit=1)[0]
    return _HEADER.match(begins) is not None and (name.lower().endswith(_ENDINGS) or _MIME.search(headers) is not None)


def read_message(data: bytes) -> bytes:
    """The HTML part of a message, or its plain text, as UTF-8; raises InputError that lists the parts of one that has neither."""
    message = message_from_bytes(data.lstrip(b"\xef\xbb\xbf \t\r\n"), policy=default)
    parts = [part for part in message.walk() if isinstance(part, EmailMessage) and not part.is_multipart()]
    chosen = message.get_body(("html", "plain")) if isinstance(message, EmailMessage) else None
    texts = [chosen, *(part for kind in ("text/html", "text/plain") for part in parts if part.get_content_type() == kind)]
    for part in texts:
        if part is not None and (text := _decode(part)).strip():
            return text
    there = ", ".join(dict.fromkeys(part.get_content_type() for part in parts)) or "none"
    raise InputError("no_text", f"the message has neither HTML nor text (its parts: {there}); save the release itself as a file")


def _decode(part: MIMEPart) -> bytes:
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    try:
        return content.decode(part.get_content_charset("utf-8")).encode()
    except (LookupError, UnicodeError):  # the charset is unknown or wrong: the parser tells it by the bytes
        return content
