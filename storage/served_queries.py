"""Reading what was served: the versions of filings' submissions, with their documents and the answers that they came in."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from ex99.filings.filing import WHOLE_STATES, Filer, Filing, FilingDocument
from ex99.filings.filing import FormerName as FormerNameOf
from ex99.filings.forms import Item
from ex99.filings.identifiers import AccessionNumber, Cik
from ex99.filings.served import Served
from ex99.storage.archive import Archive
from ex99.storage.conditions import list_conditions
from ex99.storage.filters import FilingFilter
from ex99.storage.models import (
    Company,
    Document,
    EarlierDocument,
    FilingFiler,
    FilingItem,
    FormerName,
    ServedAnswer,
    SubmissionVersion,
    Ticker,
)
from ex99.storage.models import Filing as FilingRecord
from ex99.storage.reading import FILING_ORDER, grouped, stream


@dataclass(frozen=True, slots=True)
class KeptDocument:
    """A document of a version: what the submission says of it, its blob where its bytes are kept, and its rank as a press release."""

    document: FilingDocument
    sha256: str | None
    rank: int | None


@dataclass(frozen=True, slots=True)
class Version:
    """A filing's submission as it was archived at a time, with the answers of EDGAR that it came in or that confirmed it since.

    ``kept`` is None for what was archived before such was noted, ``content_sha256`` where the submission was not had as one file.
    """

    accession: AccessionNumber
    version: int
    newest: bool
    kept: dt.datetime | None
    header_sha256: str
    content_sha256: str | None
    documents: tuple[KeptDocument, ...]
    served: tuple[Served, ...]


@dataclass(frozen=True, slots=True)
class KeptFiling:
    """A filing that is archived, with everything that was told of it: what it takes to archive it again elsewhere.

    ``names`` are the names of its filers in this filing's header, in the order of ``filing.filers``.
    """

    filing: Filing
    names: tuple[str | None, ...]
    state: str
    reason: str
    note: str
    versions: tuple[Version, ...]


_OF_FILERS = select(FilingFiler.cik, FilingFiler.name).order_by(FilingFiler.position, FilingFiler.cik)
_OF_ITEMS = select(FilingItem.number, FilingItem.title).order_by(FilingItem.position)
_OF_TICKERS = select(Ticker.symbol, Ticker.exchange).order_by(Ticker.symbol)
_OF_NAMES = select(FormerName.name, FormerName.until).order_by(FormerName.name)


def list_kept_filings(archive: Archive, where: FilingFilter | None = None) -> Iterator[KeptFiling]:
    """Every filing that is archived, oldest first, one at a time with its versions."""
    names = [column.name for column in FilingRecord.__table__.columns]
    query = select(*FilingRecord.__table__.columns).where(FilingRecord.state.in_(WHOLE_STATES))
    rows = stream(
        archive, query.where(*list_conditions(where or FilingFilter(), FilingRecord)).order_by(*FILING_ORDER), lambda _, found: found
    )
    for row in rows:
        facts = dict(zip(names, row, strict=True))
        with archive.connect() as connection:
            filers = connection.execute(_OF_FILERS.where(FilingFiler.filing_id == row.id)).all()
            items = connection.execute(_OF_ITEMS.where(FilingItem.filing_id == row.id)).all()
        filing = Filing(
            AccessionNumber(row.accession),
            filers=tuple(Cik(filer.cik) for filer in filers),
            items=tuple(Item(item.number, item.title) for item in items),
            **{name: facts[name] for name in ("form", "filing_date", "acceptance", "period_of_report", "size", "primary_document")},
        )
        versions = tuple(list_versions(archive, FilingFilter(accessions=[filing.accession])))
        yield KeptFiling(filing, tuple(filer.name for filer in filers), row.state, row.reason, row.note or "", versions)


def list_filers(archive: Archive, ciks: Collection[int] = ()) -> Iterator[tuple[Filer, dt.date]]:
    """Every company (or these), with its tickers and former names, and the day of which its facts are."""
    query = select(*Company.__table__.columns).order_by(Company.cik)
    chosen = query.where(Company.cik.in_(ciks)) if ciks else query
    for row in stream(archive, chosen, lambda _, found: found):
        with archive.connect() as connection:
            tickers = connection.execute(_OF_TICKERS.where(Ticker.cik == row.cik)).all()
            former = connection.execute(_OF_NAMES.where(FormerName.cik == row.cik)).all()
            names = tuple(FormerNameOf(name, until) for name, until in former)
        symbols = tuple((ticker.symbol, ticker.exchange) for ticker in tickers)
        yield Filer(Cik(row.cik), row.name or "", row.sic, row.state, row.fiscal_year_end, symbols, names), row.as_of


def list_versions(archive: Archive, where: FilingFilter | None = None) -> Iterator[Version]:
    """The versions of filings, oldest filing and version first."""
    columns = SubmissionVersion.__table__.columns
    query = select(FilingRecord.accession, *columns).join(SubmissionVersion, SubmissionVersion.filing_id == FilingRecord.id)
    ordered = query.where(*list_conditions(where or FilingFilter(), FilingRecord)).order_by(*FILING_ORDER, SubmissionVersion.version)
    return stream(archive, ordered, _complete)


def read_last_answers(connection: Connection, accessions: Sequence[str]) -> dict[AccessionNumber, tuple[Served, ...]]:
    """The answers that the newest version of each of these filings came in or was confirmed by, in order."""
    query = (
        select(FilingRecord.accession, *ServedAnswer.__table__.columns)
        .join(ServedAnswer, ServedAnswer.filing_id == FilingRecord.id)
        .where(FilingRecord.accession.in_(accessions))
        .order_by(ServedAnswer.version, ServedAnswer.position)
    )
    answers: dict[AccessionNumber, list[Any]] = {}
    for row in connection.execute(query):
        found = answers.setdefault(AccessionNumber(row.accession), [])
        if found and found[-1].version != row.version:
            found.clear()
        found.append(row)
    return {accession: tuple(map(_answer, rows)) for accession, rows in answers.items()}


def _complete(connection: Connection, rows: Sequence[Row[Any]]) -> Iterator[Version]:
    ids = {row.filing_id for row in rows}
    columns = ("filing_id", "sequence", "type", "filename", "description", "size", "sha256", "rank")
    current = select(*(getattr(Document, name) for name in columns)).where(Document.filing_id.in_(ids)).order_by(Document.sequence)
    now = grouped(connection, current)
    earlier = select(*(getattr(EarlierDocument, name) for name in columns), EarlierDocument.version)
    before = grouped(connection, earlier.where(EarlierDocument.filing_id.in_(ids)).order_by(EarlierDocument.sequence))
    served = select(*ServedAnswer.__table__.columns).where(ServedAnswer.filing_id.in_(ids))
    answers = grouped(connection, served.order_by(ServedAnswer.filing_id, ServedAnswer.version, ServedAnswer.position))
    query = select(SubmissionVersion.filing_id, SubmissionVersion.version).where(SubmissionVersion.filing_id.in_(ids))
    newest = {filing_id: max(row.version for row in versions) for filing_id, versions in grouped(connection, query).items()}
    for row in rows:
        last = row.version == newest[row.filing_id]
        documents = now.get(row.filing_id, []) if last else [d for d in before.get(row.filing_id, []) if d.version == row.version]
        yield Version(
            AccessionNumber(row.accession),
            row.version,
            last,
            row.kept,
            row.header_sha256,
            row.content_sha256,
            tuple(_document(document) for document in documents),
            tuple(_answer(answer) for answer in answers.get(row.filing_id, []) if answer.version == row.version),
        )


def _document(row: Row[Any]) -> KeptDocument:
    return KeptDocument(FilingDocument(row.sequence, row.type, row.filename, row.description, row.size), row.sha256, row.rank)


def _answer(row: Row[Any]) -> Served:
    headers = tuple((name, value) for name, value in json.loads(row.headers))
    digests = (row.body_sha256, row.body_size, row.content_sha256, row.content_size)
    return Served(row.part, row.url, row.asked.astimezone(dt.UTC), row.status, headers, *digests)
