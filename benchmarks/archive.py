"""Writing and asking: the writer against the same blobs and rows by bare means, the common questions against bare SQL, in one run."""

from __future__ import annotations

import hashlib
import io
import os
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import zstandard

from benchmarks import scale
from benchmarks.measure import Measure, Options, seconds
from ex99.crawler.submission import read_submission
from ex99.filings.filing import Submission
from ex99.filings.release import ParseError, PressRelease
from ex99.parsing import PARSER_VERSION, parse_release
from ex99.reparse import reparse
from ex99.replica.compose import compose_market
from ex99.storage.archive import Archive
from ex99.storage.queries import list_documents_to_parse
from ex99.storage.writer import Writer

_FILINGS, _BATCH, _WORKERS = 400, 32, 2
_OF_FILINGS = {"filing": "id", "filing_filer": "filing_id", "filing_item": "filing_id", "document": "filing_id"}
_OF_RELEASES = {
    "release": "id", "release_text": "release_id", "release_ticker": "release_id", "release_warning": "release_id",
    "figure": "release_id", "figure_mention": "release_id", "guidance": "release_id", "passage": "release_id",
}  # fmt: skip
"""Tables in an order that foreign keys allow, each with the column that names the filing or the release."""
Rows = dict[int, list[tuple[str, list[tuple[Any, ...]]]]]
"""By filing or release: tables and their rows."""


def measure_archive(options: Options) -> Iterator[Measure]:
    """Write submissions and releases, then ask an archive of many companies."""
    with tempfile.TemporaryDirectory(prefix="ex99-bench-") as scratch:
        yield from measure_writing(Path(scratch), _FILINGS)
    yield from scale.measure_scale(large=options.large, figures=options.figures)


def measure_writing(root: Path, filings: int) -> Iterator[Measure]:
    """The writer on fictitious filings; the floor writes the same bytes and rows with zstandard, open() and sqlite3, as durably."""
    market = compose_market(filings, seed=6, n_companies=max(1, filings // 50))
    submissions = [read_submission(io.BytesIO(filing.data)) for filing in market]
    with Archive.open(f"sqlite:///{root / 'archive.db'}", str(root / "blobs")) as archive:
        writer = Writer(archive)
        run = writer.start_crawl("bench", {})
        filing_seconds = seconds(lambda: _save_submissions(writer, submissions, run))
        parse_run = writer.start_parse(PARSER_VERSION)
        exhibits = [(work.document_id, archive.blobs.read(work.sha256)) for work in list_documents_to_parse(archive, PARSER_VERSION)]
        results: list[tuple[int, PressRelease | ParseError]] = []
        parse_seconds = seconds(lambda: results.extend((document, _parse(data)) for document, data in exhibits))
        batches = [results[place : place + _BATCH] for place in range(0, len(results), _BATCH)]
        release_seconds = seconds(lambda: [writer.save_releases(batch, parse_run) for batch in batches])
        writer.finish_parse(parse_run, {})
        pool_seconds = seconds(lambda: reparse(archive, everything=True, workers=_WORKERS))
    with closing(sqlite3.connect(root / "archive.db")) as source:
        filing_rows, release_rows = _read_rows(source, _OF_FILINGS), _read_rows(source, _OF_RELEASES)
        with closing(_open_bare(source, root / "bare.db")) as bare:
            bare_filing = seconds(lambda: _save_bare(bare, root / "bare", submissions, filing_rows))
            groups = list(release_rows.values())
            bare_release = seconds(lambda: _insert_batches(bare, [groups[i : i + _BATCH] for i in range(0, len(groups), _BATCH)]))
    figures = sum(len(rows) for group in release_rows.values() for table, rows in group if table == "figure")
    bytes_ = sum(len(fetched.content or b"") for submission in submissions for fetched in submission.documents) / 1e6
    note = f"{filings} submissions, {bytes_:.0f} MB; floor: hashed, packed, flushed to disk, sqlite3, a transaction each"
    yield Measure("saving a submission", filing_seconds / filings * 1000, "ms", note=note, floor=bare_filing / filings * 1000)
    note = f"{len(results)} releases, {figures} figures; floor: the same rows by sqlite3, a transaction for {_BATCH}"
    yield Measure("saving a release", release_seconds / len(results) * 1000, "ms", note=note, floor=bare_release / len(results) * 1000)
    note = f"`ex99 reparse --all` of them, {_WORKERS} workers, their start included; floor: parsed alone in one process, / {_WORKERS}"
    floor = parse_seconds / _WORKERS / len(results) * 1000
    yield Measure("re-parsing a release", pool_seconds / len(results) * 1000, "ms", note=note, floor=floor)


def _save_submissions(writer: Writer, submissions: Sequence[Submission], run: int) -> None:
    for submission in submissions:
        writer.save_submission(submission, run)


def _parse(data: bytes) -> PressRelease | ParseError:
    try:
        return parse_release(data)
    except ParseError as error:
        return error


def _read_rows(source: sqlite3.Connection, tables: dict[str, str]) -> Rows:
    groups: Rows = defaultdict(list)
    for table, key in tables.items():
        cursor = source.execute(f"SELECT * FROM {table}")
        place = [column[0] for column in cursor.description].index(key)
        rows: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
        for row in cursor:
            rows[row[place]].append(row)
        for owner, found in rows.items():
            groups[owner].append((table, found))
    return groups


def _open_bare(source: sqlite3.Connection, path: Path) -> sqlite3.Connection:
    """A database with the archive's own tables, indexes, triggers and pragmas, holding what filings and releases refer to."""
    bare = sqlite3.connect(path, isolation_level=None)
    for pragma in ("foreign_keys = ON", "journal_mode = WAL", "synchronous = NORMAL", "cache_size = -32768"):
        bare.execute(f"PRAGMA {pragma}")
    for statement in _list_statements(source):
        bare.execute(statement)
    for table in ("company", "crawl_run", "parse_run"):
        _insert(bare, table, source.execute(f"SELECT * FROM {table}").fetchall())
    return bare


def _list_statements(source: sqlite3.Connection) -> list[str]:
    """What made the archive's tables and indexes, then its triggers; the parts of the search table make themselves."""
    made = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type = 'trigger', rowid"
    rows = source.execute(made).fetchall()
    return [sql for kind, name, sql in rows if kind == "trigger" or not name.startswith("release_search_")]


def _insert(bare: sqlite3.Connection, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
    if rows:
        bare.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)


def _save_bare(bare: sqlite3.Connection, folder: Path, submissions: Sequence[Submission], rows: Rows) -> None:
    folder.mkdir()
    for submission, group in zip(submissions, rows.values(), strict=True):
        for content in (submission.header, *(fetched.content for fetched in submission.documents if fetched.content is not None)):
            _write_bare(folder / hashlib.sha256(content).hexdigest(), content)
        _insert_batches(bare, [[group]])


def _write_bare(path: Path, content: bytes) -> None:
    packed = zstandard.ZstdCompressor(level=9).compress(content)
    with path.open("wb") as file:
        file.write(packed)
        os.fsync(file.fileno())


def _insert_batches(bare: sqlite3.Connection, batches: Sequence[Sequence[list[tuple[str, list[tuple[Any, ...]]]]]]) -> None:
    for batch in batches:
        tables: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        for group in batch:
            for table, rows in group:
                tables[table] += rows
        bare.execute("BEGIN IMMEDIATE")
        for table, rows in tables.items():
            _insert(bare, table, rows)
        bare.execute("COMMIT")
