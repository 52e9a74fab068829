"""What can go wrong with an archive, in one line for a person."""

from __future__ import annotations


class ArchiveError(Exception):
    """The archive cannot be opened, read or written; the message is one line and says what to do where that is known."""


class RowError(ArchiveError):
    """The database refuses what a row holds and would refuse it again: that costs the row's filing, and others can be written."""


class StoreError(ArchiveError):
    """The blob store is out of reach or refuses: that says nothing of any blob in it."""


class NoArchiveError(ArchiveError):
    """There is no archive yet: no file, or a database without tables."""
