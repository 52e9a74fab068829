"""Writing listings, submissions and failures."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, select, update

from ex99.filings.chunks import chunks
from ex99.filings.filing import NEW_YORK, Filer, Filing, Listing, Submission
from ex99.filings.forms import Item
from ex99.filings.identifiers import AccessionNumber
from ex99.storage import models
from ex99.storage.blobs import BlobStore
from ex99.storage.company_writer import LONGEST_NAME, replace_tickers, save_companies
from ex99.storage.document_writer import save_documents
from ex99.storage.inserts import insert_new, table_of, upsert
from ex99.storage.served_writer import HEADER, save_versions

LISTED_POSITION = 100
"""The place among a filing's filers of one whom only a listing names: after those of the header."""
_FILING, _ITEM = table_of(models.Filing), table_of(models.FilingItem)
_UPDATE_FILING = update(_FILING).where(_FILING.c.id == bindparam("of_filing"))
_DELETE_ITEMS = delete(_ITEM).where(_ITEM.c.filing_id == bindparam("of_filing"))
_BECOMES: dict[str, tuple[str, ...]] = {"listed": ("outside",), "outside": ("listed",), "paper": ("listed", "outside", "failed")}
"""Which states a listing may end: a failed filing stays to be tried again, unless EDGAR has nothing of it."""
_FACTS = ("form", "filing_date", "acceptance", "period_of_report", "size", "primary_document")


def put_blobs(blobs: BlobStore, submissions: Sequence[Submission]) -> list[dict[str | int, str]]:
    """Store the headers and every document that has bytes, all at once.

    Returns for each submission the sha256 by place in its documents, the header's by HEADER.
    """
    places: list[tuple[int, str | int]] = []
    contents: list[bytes] = []
    for number, submission in enumerate(submissions):
        kept: dict[str | int, bytes] = {HEADER: submission.header}
        kept |= {place: fetched.content for place, fetched in enumerate(submission.documents) if fetched.content is not None}
        places += [(number, place) for place in kept]
        contents += kept.values()
    stored: list[dict[str | int, str]] = [{} for _ in submissions]
    for (number, place), sha256 in zip(places, blobs.put_all(contents), strict=True):
        stored[number][place] = sha256
    return stored


def save_listing(connection: Connection, listing: Listing, run: int | None, states: Mapping[AccessionNumber, str]) -> None:
    """Save a company, its tickers and its filings, and where they stand; facts that a header told are left as they are."""
    save_companies(connection, [listing.filer], dt.datetime.now(NEW_YORK).date())
    replace_tickers(connection, listing.filer)
    newest = {filing.accession: filing for filing in listing.filings}
    for chunk in chunks(sorted(newest.items())):
        filings = dict(chunk)
        known = _read_filings(connection, filings)
        new = [_new_row(filing, run, states.get(accession, "listed")) for accession, filing in filings.items() if accession not in known]
        insert_new(connection, models.Filing, new)
        for accession, row in known.items():
            _update_listed(connection, row, filings[AccessionNumber(accession)])
        _settle(connection, known, states)
        ids = {row.accession: row.id for row in _read_filings(connection, filings).values()}
        _link_listed(connection, listing.filer, filings.values(), ids)
        fresh = [filing for accession, filing in filings.items() if accession not in known or known[accession].facts == "listing"]
        _add_items(connection, fresh, ids)


def save_filers(connection: Connection, submissions: Sequence[Submission]) -> None:
    """Save the companies that submissions are filed for, oldest filing first; what several of them tell alike is written once."""
    told: dict[Filer, dt.date] = {}
    for submission in submissions:
        declared = {int(filer.cik): filer for filer in submission.filers}
        for cik in submission.filing.filers:
            declared.setdefault(int(cik), Filer(cik, ""))
        for filer in declared.values():
            told[filer] = max(told.get(filer, dt.date.min), submission.filing.filing_date)
    by_day: dict[tuple[dt.date, int], list[Filer]] = {}
    seen: Counter[tuple[dt.date, int]] = Counter()
    for filer, day in told.items():
        turn = seen[day, int(filer.cik)]  # a company of which one day's filings tell different things: one after the other
        seen[day, int(filer.cik)] += 1
        by_day.setdefault((day, turn), []).append(filer)
    for (day, _), filers in sorted(by_day.items(), key=lambda item: item[0]):
        save_companies(connection, filers, day)


def save_submissions(
    connection: Connection,
    submissions: Sequence[Submission],
    stored: Sequence[Mapping[str | int, str]],
    run: int | None,
    digest: str | None = None,
) -> list[AccessionNumber]:
    """Save the rows of submissions, each of another filing, whose companies are there already; returns those that changed since.

    The facts of a header replace those of a listing.
    """
    filings = [submission.filing for submission in submissions]
    insert_new(connection, models.Filing, [_new_row(filing, run, "listed") for filing in filings])
    ids = _lock_filings(connection, [filing.accession for filing in filings])
    updates: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for submission, hashes in zip(submissions, stored, strict=True):
        values = _archived_values(submission, hashes, run)
        updates.setdefault(tuple(values), []).append({"of_filing": ids[submission.filing.accession], **values})
    for rows in updates.values():
        connection.execute(_UPDATE_FILING, rows)
    _link_declared(connection, submissions, ids)
    told = [filing for filing in filings if filing.items]
    if told:
        connection.execute(_DELETE_ITEMS, [{"of_filing": ids[filing.accession]} for filing in told])
        _add_items(connection, told, ids)
    filing_ids = [ids[filing.accession] for filing in filings]
    changed = save_versions(connection, filing_ids, submissions, stored, digest)
    save_documents(connection, filing_ids, submissions, stored)
    return changed


def _lock_filings(connection: Connection, accessions: Iterable[str]) -> dict[str, int]:
    """Filing ids by accession number; on PostgreSQL their rows are locked, in one order for all."""
    ids: dict[str, int] = {}
    for chunk in chunks(sorted(str(accession) for accession in accessions)):
        query = select(_FILING.c.accession, _FILING.c.id).where(_FILING.c.accession.in_(chunk)).order_by(_FILING.c.accession)
        ids |= {row.accession: row.id for row in connection.execute(query.with_for_update())}
    return ids


def _archived_values(submission: Submission, hashes: Mapping[str | int, str], run: int | None) -> dict[str, Any]:
    filing, choice = submission.filing, submission.choice
    values = {name: getattr(filing, name) for name in _FACTS if getattr(filing, name) is not None}
    values |= {
        "facts": "header",
        "state": "archived" if choice.sequences else "no_release",
        "reason": choice.reason,
        "note": choice.note,
        "failures": 0,
        "header_sha256": hashes[HEADER],
    }
    return values if run is None else {**values, "crawl_run_id": run}


def save_failure(connection: Connection, accession: AccessionNumber, code: str, message: str, run: int | None) -> bool:
    """Count a failure and keep its reason, unless the filing has been archived meanwhile; False where it is not listed."""
    filing = connection.execute(select(models.Filing.id).where(models.Filing.accession == accession)).first()
    if filing is None:
        return False
    values: dict[str, Any] = {"state": "failed", "reason": code, "note": message, "failures": models.Filing.failures + 1}
    if run is not None:
        values["crawl_run_id"] = run
    open_states = models.Filing.state.in_(("listed", "failed", "outside"))
    connection.execute(update(models.Filing).where(models.Filing.id == filing.id, open_states).values(values))
    return True


def _read_filings(connection: Connection, accessions: Iterable[str]) -> dict[str, Row[Any]]:
    columns = [getattr(models.Filing, name) for name in ("id", "accession", "facts", "state", *_FACTS)]
    query = select(*columns).where(models.Filing.accession.in_([str(accession) for accession in accessions]))
    return {row.accession: row for row in connection.execute(query)}


def _new_row(filing: Filing, run: int | None, state: str) -> dict[str, Any]:
    facts = {name: getattr(filing, name) for name in _FACTS}
    return {"accession": str(filing.accession), **facts, "facts": "listing", "state": state, "failures": 0, "crawl_run_id": run}


def _settle(connection: Connection, known: Mapping[str, Row[Any]], states: Mapping[AccessionNumber, str]) -> None:
    """Move known filings to where a listing sees them; the condition keeps what another process has archived meanwhile."""
    for state, before in _BECOMES.items():
        ids = [row.id for accession, row in known.items() if row.state in before and states.get(AccessionNumber(accession)) == state]
        if ids:
            moved = update(models.Filing).where(models.Filing.id.in_(ids), models.Filing.state.in_(before))
            connection.execute(moved.values(state=state, reason=None, note=None, failures=0))


def _update_listed(connection: Connection, known: Row[Any], filing: Filing) -> None:
    """Take a listing's word for what it tells anew; beside a header's facts it only fills what the header left out."""
    told = {name: getattr(filing, name) for name in _FACTS if getattr(filing, name) is not None}
    if known.facts == "header":
        told = {name: value for name, value in told.items() if name != "acceptance" and getattr(known, name) is None}
    changed = {name: value for name, value in told.items() if getattr(known, name) != value}
    if changed:
        connection.execute(update(models.Filing).where(models.Filing.id == known.id).values(changed))


def _link_listed(connection: Connection, filer: Filer, filings: Iterable[Filing], ids: Mapping[str, int]) -> None:
    others = sorted({int(cik) for filing in filings for cik in filing.filers} - {int(filer.cik)})
    save_companies(connection, [Filer(type(filer.cik)(cik), "") for cik in others], dt.date.min)
    rows = []
    for filing in filings:
        ciks = dict.fromkeys((int(filer.cik), *(int(cik) for cik in filing.filers)))
        rows += [{"cik": cik, "filing_id": ids[filing.accession], "position": LISTED_POSITION, "name": None} for cik in ciks]
    insert_new(connection, models.FilingFiler, rows)


def _link_declared(connection: Connection, submissions: Sequence[Submission], ids: Mapping[str, int]) -> None:
    rows = []
    for submission in submissions:
        names = {int(filer.cik): filer.name[:LONGEST_NAME] or None for filer in submission.filers}
        order = dict.fromkeys([*(int(cik) for cik in submission.filing.filers), *names])
        filing_id = ids[submission.filing.accession]
        rows += [{"cik": cik, "filing_id": filing_id, "position": place, "name": names.get(cik)} for place, cik in enumerate(order)]
    upsert(connection, models.FilingFiler, rows)


def _add_items(connection: Connection, filings: Iterable[Filing], ids: Mapping[str, int]) -> None:
    rows = []
    for filing in filings:
        items: dict[str, Item] = {item.number: item for item in reversed(filing.items)}
        ordered = [item for item in filing.items if items.get(item.number) is item]
        rows += [
            {"filing_id": ids[filing.accession], "number": item.number, "title": item.title, "position": position}
            for position, item in enumerate(ordered)
        ]
    insert_new(connection, models.FilingItem, rows)
