"""Releases and what was read from them: what the parser says, per parser version."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from ex99.filings.metrics import BASES, DURATIONS, KINDS
from ex99.storage.models.base import Base, one_of

GUIDANCE_ACTIONS: tuple[str, ...] = ("initiated", "raised", "lowered", "reaffirmed", "withdrawn")
_CLUSTERED = {"sqlite_with_rowid": False}


class ParseRun(Base):
    """One run of a parser version over documents."""

    __tablename__ = "parse_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    parser_version: Mapped[str]
    started: Mapped[dt.datetime]
    finished: Mapped[dt.datetime | None]
    stats: Mapped[str | None]


class Release(Base):
    """What one parser version made of one document: a release, or the error that says why it is none; one per document is current."""

    __tablename__ = "release"

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    parser_version: Mapped[str]
    parse_run_id: Mapped[int] = mapped_column(ForeignKey("parse_run.id"))
    current: Mapped[bool]
    sha256: Mapped[str]
    media_type: Mapped[str | None]
    kind: Mapped[str | None]
    headline: Mapped[str | None]
    place: Mapped[str | None]
    date: Mapped[dt.date | None]
    newswire: Mapped[str | None]
    company_name: Mapped[str | None]
    fiscal_year: Mapped[int | None]
    fiscal_quarter: Mapped[int | None]
    fiscal_end: Mapped[dt.date | None]
    error_code: Mapped[str | None]
    error_message: Mapped[str | None]

    __table_args__ = (
        UniqueConstraint("document_id", "parser_version"),
        one_of("kind", KINDS),
        CheckConstraint("(kind IS NULL) <> (error_code IS NULL)", name="release_or_error"),
        Index("ix_release_current", "document_id", unique=True, sqlite_where=text("current"), postgresql_where=text("current")),
        Index(None, "parser_version", "document_id"),
        Index(None, "kind"),
    )


class ReleaseText(Base):
    """The canonical text of a document's current release, for search (its index, release_search, lives beside this table)."""

    __tablename__ = "release_text"

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"))
    headline: Mapped[str]
    body: Mapped[str]

    __table_args__ = (Index(None, "release_id"),)


class ReleaseTicker(Base):
    """A symbol as a release prints it."""

    __tablename__ = "release_ticker"

    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    symbol: Mapped[str]
    exchange: Mapped[str | None]

    __table_args__ = (_CLUSTERED,)


class ReleaseWarning(Base):
    """Something that the parser left out or doubts in a release, with the reason."""

    __tablename__ = "release_warning"

    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str]
    message: Mapped[str]

    __table_args__ = (Index(None, "code"), _CLUSTERED)


class Sourced:
    """The words that a row was read from: offsets into the canonical text and, in a table, its place there."""

    source_start: Mapped[int]
    source_end: Mapped[int]
    source_text: Mapped[str]
    source_table: Mapped[int | None]
    source_row: Mapped[str | None]
    source_column: Mapped[str | None]


class Figure(Sourced, Base):
    """One reported figure, by release and its position there."""

    __tablename__ = "figure"

    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    metric: Mapped[str]
    basis: Mapped[str]
    duration: Mapped[str]
    period_end: Mapped[dt.date | None]
    value: Mapped[Decimal]
    unit: Mapped[str]
    comparative: Mapped[bool]
    qualifier: Mapped[str | None]

    __table_args__ = (
        one_of("basis", BASES),
        one_of("duration", DURATIONS),
        Index("ix_figure_metric_period", "metric", "period_end", "duration", "basis"),
        _CLUSTERED,
    )


class FigureMention(Sourced, Base):
    """A further place of the release that reports the same figure."""

    __tablename__ = "figure_mention"

    release_id: Mapped[int] = mapped_column(primary_key=True)
    figure_position: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)

    __table_args__ = (
        ForeignKeyConstraint(["release_id", "figure_position"], ["figure.release_id", "figure.position"], name="fk_figure_mention_figure"),
        _CLUSTERED,
    )


class Guidance(Sourced, Base):
    """One numeric outlook of the company."""

    __tablename__ = "guidance"

    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    metric: Mapped[str]
    basis: Mapped[str]
    period: Mapped[str | None]
    low: Mapped[Decimal | None]
    high: Mapped[Decimal | None]
    unit: Mapped[str]
    action: Mapped[str | None]

    __table_args__ = (one_of("basis", BASES), one_of("action", GUIDANCE_ACTIONS), _CLUSTERED)


class Passage(Sourced, Base):
    """A stretch of the release with a role: safe harbor, forward-looking statement, headline, contact ..."""

    __tablename__ = "passage"

    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    quantitative: Mapped[bool | None]
    horizon: Mapped[str | None]

    __table_args__ = (Index(None, "kind"), _CLUSTERED)
