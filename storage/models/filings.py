"""Companies, filings and documents: what EDGAR says."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import BigInteger

from ex99.filings.filing import FILING_STATES
from ex99.storage.models.base import Base, one_of

FACT_SOURCES: tuple[str, ...] = ("listing", "header")


class Company(Base):
    """A filer, with the facts of the latest source that told them (``as_of``)."""

    __tablename__ = "company"

    cik: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    name: Mapped[str | None]
    sic: Mapped[str | None]
    state: Mapped[str | None]
    fiscal_year_end: Mapped[str | None]
    as_of: Mapped[dt.date]

    __table_args__ = (Index(None, "name"),)


class Ticker(Base):
    """A symbol that a company's securities trade under, by its submissions file."""

    __tablename__ = "ticker"

    cik: Mapped[int] = mapped_column(ForeignKey("company.cik"), primary_key=True)
    symbol: Mapped[str] = mapped_column(primary_key=True)
    exchange: Mapped[str | None]

    __table_args__ = (Index(None, "symbol"),)


class FormerName(Base):
    """A name that a company bore, until a day where that is told."""

    __tablename__ = "former_name"

    cik: Mapped[int] = mapped_column(ForeignKey("company.cik"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    until: Mapped[dt.date | None]


class CrawlRun(Base):
    """One run of a spider or an import: what was asked, when, and how it ended (outcome NULL: still running, or killed)."""

    __tablename__ = "crawl_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    spider: Mapped[str]
    arguments: Mapped[str]
    started: Mapped[dt.datetime]
    finished: Mapped[dt.datetime | None]
    outcome: Mapped[str | None]
    stats: Mapped[str | None]


class Filing(Base):
    """One filing and where it stands; ``facts`` says whether a listing or the SGML header told its facts."""

    __tablename__ = "filing"

    id: Mapped[int] = mapped_column(primary_key=True)
    accession: Mapped[str]
    form: Mapped[str]
    filing_date: Mapped[dt.date]
    acceptance: Mapped[dt.datetime | None]
    period_of_report: Mapped[dt.date | None]
    size: Mapped[int | None] = mapped_column(BigInteger)
    primary_document: Mapped[str | None]
    facts: Mapped[str]
    state: Mapped[str]
    reason: Mapped[str | None]
    note: Mapped[str | None]
    failures: Mapped[int]
    header_sha256: Mapped[str | None]
    crawl_run_id: Mapped[int | None] = mapped_column(ForeignKey("crawl_run.id"))

    __table_args__ = (
        UniqueConstraint("accession"),
        one_of("facts", FACT_SOURCES),
        one_of("state", FILING_STATES),
        CheckConstraint("state NOT IN ('archived', 'no_release') OR header_sha256 IS NOT NULL", name="fetched_has_header"),
        Index(None, "filing_date", "accession"),
        Index(None, "state", "reason"),
        Index(None, "header_sha256"),
    )


class FilingFiler(Base):
    """A company that a filing is filed for; ``position`` is its place in the header (100 where only a listing tells it)."""

    __tablename__ = "filing_filer"

    cik: Mapped[int] = mapped_column(ForeignKey("company.cik"), primary_key=True)
    filing_id: Mapped[int] = mapped_column(ForeignKey("filing.id"), primary_key=True)
    position: Mapped[int]
    name: Mapped[str | None]
    """The company's name as this filing's header gives it."""

    __table_args__ = (Index(None, "filing_id", "position"),)


class FilingItem(Base):
    """An item that an 8-K reports under, in the table of its day."""

    __tablename__ = "filing_item"

    filing_id: Mapped[int] = mapped_column(ForeignKey("filing.id"), primary_key=True)
    number: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    position: Mapped[int]

    __table_args__ = (Index(None, "number", "filing_id"),)


class Document(Base):
    """One document of a submission; ``sha256`` names its blob where its bytes are kept, ``rank`` is 0 for the best press release."""

    __tablename__ = "document"

    id: Mapped[int] = mapped_column(primary_key=True)
    filing_id: Mapped[int] = mapped_column(ForeignKey("filing.id"))
    sequence: Mapped[int]
    type: Mapped[str]
    filename: Mapped[str | None]
    description: Mapped[str | None]
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str | None]
    rank: Mapped[int | None]

    __table_args__ = (
        UniqueConstraint("filing_id", "sequence"),
        CheckConstraint("rank IS NULL OR sha256 IS NOT NULL", name="release_has_bytes"),
        Index(None, "sha256"),
        Index(None, "rank", "id"),
    )
