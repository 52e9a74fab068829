"""An archive with a past: a fictitious company that restates a year and splits its shares, and one with quarters of twelve weeks."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from ex99.filings.identifiers import Cik
from ex99.filings.release import Figure, FiscalPeriod
from ex99.storage import queries
from ex99.storage.archive import Archive
from ex99.storage.filters import FilingFilter
from ex99.storage.writer import Writer
from tests.storage import made

SPLITTER, GROCER = made.ACME, made.BOLT
QUARTERS = [dt.date(2010 + n // 4, *((3, 31), (6, 30), (9, 30), (12, 31))[n % 4]) for n in range(20)]
SPLIT_FROM = 14
"""The quarter whose release is the first to count in new shares, of which one old one makes seven."""
GROCER_ENDS = ["2013-02-17", "2013-05-12", "2013-09-01", "2013-11-24", "2014-02-16", "2014-05-11", "2014-08-31", "2014-11-23"]


def make_history(folder: Path) -> Path:
    """Make the archive in a folder."""
    folder.mkdir(parents=True)
    with Archive.open(f"sqlite:///{folder / 'archive.db'}", str(folder / "blobs")) as archive:
        writer = Writer(archive)
        run = writer.start_parse("1")
        for number, end in enumerate(QUARTERS):
            figures = [*_figures(number, number), *(_figures(number - 4, number) if number >= 4 else [])]
            period = FiscalPeriod(end.year, end.month // 3, end)
            _publish(writer, archive, run, (number + 1, SPLITTER, "ACME ANVILS INC"), end + dt.timedelta(30), figures, period)
        for number, text in enumerate(GROCER_ENDS):
            end = dt.date.fromisoformat(text)
            figures = [made.figure("revenue", str(500_000 + 1000 * number), text, printed=f"{500 + number}")]
            period = FiscalPeriod(2013 + (number + 1) // 4, (number + 1) % 4 + 1, end)
            _publish(writer, archive, run, (100 + number, GROCER, "BOLT GROCERS CORP"), end + dt.timedelta(20), figures, period)
        end, figures = dt.date.fromisoformat(GROCER_ENDS[-1]), [made.figure("revenue", "508000", GROCER_ENDS[-1], printed="508")]
        _publish(writer, archive, run, (119, GROCER, "BOLT GROCERS CORP"), end + dt.timedelta(20), figures, period, form="8-K/A")
    return folder


def revenue_of(quarter: int, told_in: int) -> int:
    """Revenue in thousands: that of 2011 is restated by a tenth in the year after."""
    value = 1000 + 10 * quarter
    return value * 11 // 10 if 4 <= quarter < 8 and told_in > quarter else value


def _figures(quarter: int, told_in: int) -> list[Figure]:
    end, comparative = QUARTERS[quarter].isoformat(), quarter != told_in
    ratio = 7 if told_in >= SPLIT_FROM else 1
    revenue, shares, cents = revenue_of(quarter, told_in), 9_000 * ratio, 700 // ratio
    return [
        made.figure("revenue", f"{revenue}000", end, printed=f"{revenue:,}", comparative=comparative),
        made.figure("eps_diluted", f"{cents / 100:.2f}", end, unit="USD/share", printed=f"{cents / 100:.2f}", comparative=comparative),
        made.figure("shares_diluted", f"{shares}000", end, unit="shares", printed=f"{shares:,}", comparative=comparative),
    ]


def _publish(
    writer: Writer,
    archive: Archive,
    run: int,
    who: tuple[int, Cik, str],
    filed: dt.date,
    figures: list[Figure],
    period: FiscalPeriod,
    **facts: str,
) -> None:
    number, cik, name = who
    content = f"release {number}".encode()
    filing = made.filing(number, filed.isoformat(), ciks=[cik], acceptance=made.at(f"{filed}T16:30:{number % 60:02d}"), **facts)
    writer.save_submission(made.submission(filing, content, filers=[made.filer(cik, name)]))
    document = next(d for d in queries.list_documents(archive, FilingFilter(accessions=[filing.accession])) if d.rank == 0)
    writer.save_release(document.id, made.release(content, figures=tuple(figures), fiscal_period=period), run)
