"""Hiding secrets: the one redactor of everything that is printed, logged or raised.

A setting's address is hidden as a whole (``hide_secret``), so that a password may hold what it likes; in running text (``redact``) an
address ends where a blank does.
"""

from __future__ import annotations

import re

HIDDEN = "***"

# postgresql://pat:hunter2@db.example.com/ex99    s3://AKIAX:wJalr@bucket    postgres:/pat:p@ss/word@db    pat:hunter2@db.example.com
_USER_PART = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]*:/+)?(?P<user>[^:/@\s]*)(?P<rest>.*)@", re.IGNORECASE | re.DOTALL)
# ?password=hunter2    &sas_token=sv%3D    ;AccountKey=abc    api-key=abc
_SECRET_VALUE = re.compile(
    r"(?P<name>(?:pass|pwd|secret|token|key|sig|sas|cred|auth)[\w%.-]{0,60}\s{0,8}=)(?P<value>[^&;\s]*)", re.IGNORECASE
)
# postgresql://pat:hunter2    postgresql://pat:***@db:hunter2/ex99: what stands in the place of a port and is none
_ODD_PORT = re.compile(r"(?:(?<=://)|(?<=@))(?P<host>[^/@?:\[\]]*:)(?!\d+(?:[/?]|$))[^/?@]+")
# an address within a text, to its end
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]{0,30}:/+\S+", re.IGNORECASE)
_SHOWS_ITS_USER = re.compile(r"postgres", re.IGNORECASE)


def hide_secret(address: str) -> str:
    """An address (a database's, a blob store's), well-formed or not, without passwords, keys and tokens.

    A database's user stays, a blob store's does not: there it is half of a key.
    """
    shown = _USER_PART.sub(_without_secret, address, count=1) if "@" in address else address
    return _SECRET_VALUE.sub(rf"\g<name>{HIDDEN}", _ODD_PORT.sub(rf"\g<host>{HIDDEN}", shown))


def redact(text: str) -> str:
    """A text with every address in it hidden so; for logs, errors and tracebacks."""
    return _ADDRESS.sub(lambda match: hide_secret(match[0]), text)


def _without_secret(match: re.Match[str]) -> str:
    scheme, user, rest = match["scheme"] or "", match["user"], match["rest"]
    if not _SHOWS_ITS_USER.match(scheme):
        return f"{scheme}{HIDDEN}@"
    return f"{scheme}{user}:{HIDDEN}@" if rest else f"{scheme}{user}@"
