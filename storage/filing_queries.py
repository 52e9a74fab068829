"""Reading companies, filings, documents and runs."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, false, func, or_, select

from ex99.filings.exhibits import RELEASE, RELEASES_ALONE, WantedExhibits
from ex99.filings.filing import WHOLE_STATES
from ex99.filings.filing import Filing as FilingFacts
from ex99.filings.identifiers import AccessionNumber, Cik, IdentifierError
from ex99.storage.archive import Archive
from ex99.storage.conditions import list_conditions
from ex99.storage.errors import ArchiveError
from ex99.storage.filters import FilingFilter
from ex99.storage.mapping import row_maker
from ex99.storage.models import (
    Company,
    CrawlRun,
    Document,
    Filing,
    FilingFiler,
    FilingItem,
    FormerName,
    ParseRun,
    Release,
    ReleaseTicker,
    Ticker,
)
from ex99.storage.reading import CHUNK, FILING_ORDER, NO_FILERS, Query, grouped, read_filers, stream
from ex99.storage.rows import CompanyRow, DocumentRow, FilingRow, RunRow, WorkRow


def list_companies(archive: Archive) -> Iterator[CompanyRow]:
    """Every company, by CIK."""
    return stream(archive, select(Company).with_only_columns(*_COMPANY).order_by(Company.cik), _companies)


def find_companies(archive: Archive, text: str) -> list[CompanyRow]:
    """Companies by CIK, ticker (exact, any case) or a part of their present or former name; the best match first, [] for none."""
    wanted = text.strip()
    like = func.lower(Company.name).contains(wanted.lower(), autoescape=True)
    former = select(FormerName.cik).where(func.lower(FormerName.name).contains(wanted.lower(), autoescape=True))
    ticker = select(Ticker.cik).where(Ticker.symbol == wanted.upper())
    conditions = [like, Company.cik.in_(former), Company.cik.in_(ticker)]
    cik: int | None = None
    try:
        cik = int(Cik.parse(wanted))
        conditions.append(Company.cik == cik)
    except IdentifierError:
        pass
    if not wanted:
        return []
    query = select(Company).with_only_columns(*_COMPANY).where(or_(*conditions))
    return sorted(stream(archive, query, _companies), key=lambda row: (_distance(row, wanted.upper(), cik), row.cik))


def find_printing_companies(archive: Archive, symbol: str) -> list[CompanyRow]:
    """Companies whose releases print a ticker, who prints it most often first: all that is known of tickers where nothing was crawled."""
    often = (
        select(FilingFiler.cik, func.count().label("releases"))
        .join(Document, Document.filing_id == FilingFiler.filing_id)
        .join(Release, and_(Release.document_id == Document.id, Release.current))
        .join(ReleaseTicker, ReleaseTicker.c.release_id == Release.id)
        .where(ReleaseTicker.c.symbol == symbol.upper())
        .group_by(FilingFiler.cik)
        .subquery()
    )
    query = select(Company).with_only_columns(*_COMPANY).join(often, often.c.cik == Company.cik)
    return list(stream(archive, query.order_by(often.c.releases.desc(), Company.cik), _companies))


def read_company(archive: Archive, cik: int) -> CompanyRow | None:
    """The company of a CIK; None where the archive has none."""
    query = select(Company).with_only_columns(*_COMPANY).where(Company.cik == int(cik))
    return next(iter(stream(archive, query, _companies)), None)


def list_filings(
    archive: Archive, where: FilingFilter | None = None, *, newest_first: bool = False, limit: int | None = None
) -> Iterator[FilingRow]:
    """Filings in the order of their filing."""
    order = [column.desc() for column in FILING_ORDER] if newest_first else list(FILING_ORDER)
    query = (
        select(Filing).with_only_columns(*_FILING).where(*list_conditions(where or FilingFilter(), Filing)).order_by(*order).limit(limit)
    )
    return stream(archive, query, _filings)


def read_next_filings(connection: Connection, where: FilingFilter, after: str) -> list[FilingFacts]:
    """The next CHUNK filings after an accession number, in the order of these, with their filers and sizes."""
    query = select(Filing).with_only_columns(*_FILING).where(*list_conditions(where, Filing), Filing.accession > after)
    rows = connection.execute(query.order_by(Filing.accession).limit(CHUNK)).all()
    filers = read_filers(connection, [row.id for row in rows])
    return [
        FilingFacts(AccessionNumber(row.accession), row.form, row.filing_date, filers[row.id].ciks, size=row.size)
        for row in rows
        if row.id in filers
    ]


def list_documents(archive: Archive, where: FilingFilter | None = None, *, limit: int | None = None) -> Iterator[DocumentRow]:
    """Documents by filing and sequence; a DocumentFilter asks for some types, or for those whose bytes are kept."""
    query = (
        select(*_DOCUMENT, Document.filing_id, Filing.accession, Filing.filing_date)
        .join(Filing, Filing.id == Document.filing_id)
        .where(*list_conditions(where or FilingFilter(), Document))
        .order_by(*FILING_ORDER, Document.sequence)
        .limit(limit)
    )
    return stream(archive, query, _documents)


def list_documents_to_parse(
    archive: Archive,
    parser_version: str | None,
    *,
    all: bool = False,  # noqa: A002
    ciks: Collection[int] = (),
    exhibits: WantedExhibits = RELEASES_ALONE,
    again: Collection[str] = (),
) -> Iterator[WorkRow]:
    """Wanted exhibits whose present bytes this parser version (None: any version) has not seen, or with ``all`` every one.

    ``again`` are error codes: a document whose result is such an error counts as not seen. Results may be saved meanwhile.
    """
    last = 0
    while True:
        query = _to_parse(select(*_DOCUMENT, Filing.accession), parser_version, ciks, every=all, exhibits=exhibits, again=again)
        with archive.connect() as connection:
            rows = connection.execute(query.where(Document.id > last).order_by(Document.id).limit(CHUNK)).all()
        for row in rows:
            if (pipeline := exhibits.kind_of(row.type, chosen=row.rank is not None)) is not None:
                yield WorkRow(row.id, row.sha256, AccessionNumber(row.accession), row.type, row.filename, pipeline)
        if len(rows) < CHUNK:
            return
        last = rows[-1].id


def is_still_to_parse(
    archive: Archive, document_id: int, parser_version: str | None, exhibits: WantedExhibits = RELEASES_ALONE, again: Collection[str] = ()
) -> bool:
    """Whether list_documents_to_parse would still give a document that it gave a while ago."""
    query = _to_parse(select(Document.id), parser_version, (), every=False, exhibits=exhibits, again=again)
    with archive.connect() as connection:
        return connection.execute(query.where(Document.id == document_id)).first() is not None


def count_documents_to_parse(
    archive: Archive,
    parser_version: str | None,
    *,
    all: bool = False,  # noqa: A002
    ciks: Collection[int] = (),
    exhibits: WantedExhibits = RELEASES_ALONE,
    again: Collection[str] = (),
) -> int:
    """How many documents list_documents_to_parse would give."""
    chosen = Document.rank.is_not(None)
    query = _to_parse(
        select(Document.type, chosen, func.count(Document.id)), parser_version, ciks, every=all, exhibits=exhibits, again=again
    )
    with archive.connect() as connection:
        counts = connection.execute(query.group_by(Document.type, chosen)).all()
    return sum(count for kind, is_chosen, count in counts if exhibits.kind_of(kind, chosen=bool(is_chosen)) is not None)


def read_document_bytes(archive: Archive, document_id: int) -> bytes:
    """The bytes of a document as served; raises ArchiveError where the archive does not keep them."""
    with archive.connect() as connection:
        sha256 = connection.scalar(select(Document.sha256).where(Document.id == document_id))
    if sha256 is None:
        raise ArchiveError(f"the archive keeps no bytes of document {document_id}")
    return archive.blobs.read(sha256)


def read_header_bytes(archive: Archive, accession: str) -> bytes:
    """The SGML header of a filing as served; raises ArchiveError where the archive does not keep it."""
    with archive.connect() as connection:
        sha256 = connection.scalar(select(Filing.header_sha256).where(Filing.accession == accession))
    if sha256 is None:
        raise ArchiveError(f"the archive keeps no header of filing {accession}")
    return archive.blobs.read(sha256)


def list_crawl_runs(archive: Archive, limit: int = 20) -> list[RunRow]:
    """The last crawl runs, newest first."""
    query = select(CrawlRun).with_only_columns(*CrawlRun.__table__.columns).order_by(CrawlRun.id.desc()).limit(limit)
    with archive.connect() as connection:
        return [
            RunRow(row.id, row.spider, row.arguments, row.started, row.finished, row.outcome, json.loads(row.stats or "{}"))
            for row in connection.execute(query)
        ]


def list_parse_runs(archive: Archive, limit: int = 20) -> list[RunRow]:
    """The last parser runs, newest first."""
    query = select(ParseRun).with_only_columns(*ParseRun.__table__.columns).order_by(ParseRun.id.desc()).limit(limit)
    with archive.connect() as connection:
        return [
            RunRow(row.id, row.parser_version, None, row.started, row.finished, None, json.loads(row.stats or "{}"))
            for row in connection.execute(query)
        ]


_COMPANY = (Company.cik, Company.name, Company.sic, Company.state, Company.fiscal_year_end)
_DOCUMENT = (
    Document.id,
    Document.sequence,
    Document.type,
    Document.filename,
    Document.description,
    Document.size,
    Document.sha256,
    Document.rank,
)
_FILING = tuple(
    getattr(Filing, name)
    for name in (
        "id", "accession", "form", "filing_date", "acceptance", "period_of_report", "state", "reason", "note", "failures", "size",
        "primary_document",
    )
)  # fmt: skip


def _companies(connection: Connection, rows: Sequence[Row[Any]]) -> Iterable[CompanyRow]:
    ciks = [row.cik for row in rows]
    tickers = grouped(
        connection, select(Ticker.cik, Ticker.symbol, Ticker.exchange).where(Ticker.cik.in_(ciks)).order_by(Ticker.cik, Ticker.symbol)
    )
    former = grouped(
        connection, select(FormerName.cik, FormerName.name).where(FormerName.cik.in_(ciks)).order_by(FormerName.cik, FormerName.name)
    )
    counts = select(FilingFiler.cik, func.count()).where(FilingFiler.cik.in_(ciks)).group_by(FilingFiler.cik)
    filings = {row[0]: row[1] for row in connection.execute(counts)}
    for row in rows:
        yield CompanyRow(
            cik=Cik(row.cik),
            name=row.name,
            sic=row.sic,
            state=row.state,
            fiscal_year_end=row.fiscal_year_end,
            tickers=tuple((t.symbol, t.exchange) for t in tickers.get(row.cik, ())),
            former_names=tuple(f.name for f in former.get(row.cik, ())),
            filings=filings.get(row.cik, 0),
        )


def _distance(row: CompanyRow, wanted: str, cik: int | None) -> int:
    """0 for a CIK, then a ticker, a whole name, a name's beginning, a name's part, a former name."""
    name = (row.name or "").upper()
    tests = (row.cik == cik, any(symbol == wanted for symbol, _ in row.tickers), name == wanted, name.startswith(wanted), wanted in name)
    return next((rank for rank, met in enumerate(tests) if met), len(tests))


def _filings(connection: Connection, rows: Sequence[Row[Any]]) -> Iterable[FilingRow]:
    ids = [row.id for row in rows]
    filers = read_filers(connection, ids)
    query = select(FilingItem.filing_id, FilingItem.number).where(FilingItem.filing_id.in_(ids))
    items = grouped(connection, query.order_by(FilingItem.filing_id, FilingItem.position, FilingItem.number))
    for row in rows:
        filer = filers.get(row.id, NO_FILERS)
        facts = {**row._mapping, "accession": AccessionNumber(row.accession)}
        yield FilingRow(
            **facts, items=tuple(i.number for i in items.get(row.id, ())), ciks=filer.ciks, cik=filer.cik, company=filer.company
        )


def _documents(connection: Connection, rows: Sequence[Row[Any]]) -> Iterable[DocumentRow]:
    filers = read_filers(connection, {row.filing_id for row in rows})
    maker = row_maker(DocumentRow, rows)
    for row in rows:
        filer = filers.get(row.filing_id, NO_FILERS)
        yield maker.make(row, cik=filer.cik, company=filer.company)


def _to_parse(
    query: Query, parser_version: str | None, ciks: Collection[int], *, every: bool, exhibits: WantedExhibits, again: Collection[str]
) -> Query:
    """Documents that may be wanted and have no result; of a filing whose release stands inside its 8-K the body is that release."""
    chosen = Document.rank.is_not(None)
    kinds: list[ColumnElement[bool]] = [func.upper(Document.type).like("EX-99%")] if exhibits.parts else []
    kinds += [and_(func.upper(Document.type).like("8-K%"), func.coalesce(Filing.reason, "") != "inside_8k")] if exhibits.body else []
    others = and_(Document.sha256.is_not(None), or_(*kinds)) if kinds else false()
    held = or_(and_(chosen, Filing.state == "archived"), and_(others, Filing.state.in_(WHOLE_STATES)))
    query = query.join(Filing, Filing.id == Document.filing_id).where(held)
    if ciks:
        query = query.where(*list_conditions(FilingFilter(ciks=ciks), Filing))
    if every:
        return query
    same_way = or_(and_(chosen, Release.pipeline == RELEASE), and_(~chosen, Release.pipeline != RELEASE))
    seen = select(Release.id).where(Release.document_id == Document.id, Release.sha256 == Document.sha256, same_way)
    if parser_version is not None:
        seen = seen.where(Release.parser_version == parser_version)
    if again:
        seen = seen.where(or_(Release.error_code.is_(None), Release.error_code.not_in(again)))
    return query.where(~seen.exists())
