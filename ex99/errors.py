"""Errors that a user can do something about: one line that says what is wrong, and what to do next."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


class UserError(Exception):
    """Wrong use or wrong surroundings; shown as ``error: MESSAGE`` and ``HINT``, never as a traceback. Exit code 2."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class InputError(Exception):
    """A file that cannot be had, or holds nothing to parse (a ParseError is of an exhibit's bytes); ``code`` names the reason."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class Losses(Exception):  # noqa: N818 - no error: the work is done, and what was lost has been listed
    """The work is done but for some losses, which have been listed already. Exit code 1."""


@contextmanager
def writing_to(place: object) -> Iterator[None]:
    """Name the place where a disk refuses what is written: an error of a write does not, and DuckDB has errors of its own."""
    try:
        yield
    except OSError as error:
        if error.filename is not None or not error.strerror:
            raise
        raise _cannot_write(place, error.strerror.lower()) from None
    except Exception as error:
        duckdb = sys.modules.get("duckdb")
        if duckdb is None or not isinstance(error, duckdb.IOException | duckdb.TransactionException):
            raise
        raise _cannot_write(place, " ".join(str(error).split())) from None


def _cannot_write(place: object, reason: str) -> UserError:
    return UserError(f"{place} cannot be written: {reason}", "make room there, or name another place")
