"""Releases and what was read from them: what the parser says, per parser version."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Table, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from ex99.filings import release as records
from ex99.filings.exhibits import RELEASE
from ex99.filings.metrics import KINDS
from ex99.storage.models.base import Base, one_of
from ex99.storage.models.records import make_checks, make_columns, make_key


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
    pipeline: Mapped[str] = mapped_column(server_default=RELEASE)
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
    rules: Mapped[int | None]
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


WORDS = "words"
"""What a table without a class holds, in its ``info``."""


def _hang_on_release(name: str, record: type, *more: Any) -> Table:
    """The table of a record that a release has several of, by release and position."""
    keys = (make_key("release_id", "release.id"), make_key("position"))
    columns = (*keys, *make_columns(record), *make_checks(record), *more)
    return Table(name, Base.metadata, *columns, sqlite_with_rowid=False, info={WORDS: record.__doc__})


ReleaseTicker = _hang_on_release("release_ticker", records.Ticker)
ReleaseWarning = _hang_on_release("release_warning", records.ParseWarning, Index(None, "code"))
Figure = _hang_on_release("figure", records.Figure, Index("ix_figure_metric_period", "metric", "period_end", "duration", "basis"))
FigureMention = Table(
    "figure_mention",
    Base.metadata,
    *(make_key(name) for name in ("release_id", "figure_position", "position")),
    *make_columns(records.Source, "source_"),
    ForeignKeyConstraint(["release_id", "figure_position"], ["figure.release_id", "figure.position"], name="fk_figure_mention_figure"),
    sqlite_with_rowid=False,
    info={WORDS: "Further places of a release that report the same figure."},
)
Guidance = _hang_on_release("guidance", records.Guidance)
Passage = _hang_on_release("passage", records.Passage, Index(None, "kind"))


class RuleSet(Base):
    """The ids of rules that made a result together, joined by blanks; figure.rules, guidance.rules ... hold the number of one."""

    __tablename__ = "rule_set"

    id: Mapped[int] = mapped_column(primary_key=True)
    rules: Mapped[str]

    __table_args__ = (UniqueConstraint("rules"),)
