"""What was served, and when: the versions of each filing's submission, the answers they came in, and the documents of earlier ones."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import BigInteger

from ex99.storage.models.base import Base


class SubmissionVersion(Base):
    """A filing's submission as it was archived at a time; version 1 is the first, and each that differs from the one before is another.

    The documents of the newest version are in ``document``, those of earlier ones in ``earlier_document``.
    """

    __tablename__ = "submission_version"

    filing_id: Mapped[int] = mapped_column(ForeignKey("filing.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    kept: Mapped[dt.datetime | None]
    """When it was archived; NULL for what was archived before such was noted."""
    header_sha256: Mapped[str]
    content_sha256: Mapped[str | None]
    """Of the whole submission, where it was had as one file."""
    documents: Mapped[int]
    """How many it holds, those that are listed only and those cut out of others counted."""

    __table_args__ = (Index(None, "header_sha256"),)


class EarlierDocument(Base):
    """A document of an earlier version of a filing's submission; its columns are those of ``document``."""

    __tablename__ = "earlier_document"

    filing_id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    sequence: Mapped[int] = mapped_column(primary_key=True)
    type: Mapped[str]
    filename: Mapped[str | None]
    description: Mapped[str | None]
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str | None]
    rank: Mapped[int | None]

    __table_args__ = (
        ForeignKeyConstraint(["filing_id", "version"], ["submission_version.filing_id", "submission_version.version"]),
        Index(None, "sha256"),
    )


class ServedAnswer(Base):
    """An answer of EDGAR that a version came in, or (status 304) that told that the version is the one that EDGAR still has."""

    __tablename__ = "served"

    filing_id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    part: Mapped[str]
    url: Mapped[str]
    asked: Mapped[dt.datetime]
    status: Mapped[int]
    headers: Mapped[str]
    """A JSON array of [name, value] pairs."""
    body_sha256: Mapped[str]
    body_size: Mapped[int] = mapped_column(BigInteger)
    content_sha256: Mapped[str]
    content_size: Mapped[int] = mapped_column(BigInteger)

    __table_args__ = (ForeignKeyConstraint(["filing_id", "version"], ["submission_version.filing_id", "submission_version.version"]),)
