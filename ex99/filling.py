"""The part of the Python API that fills an archive: crawls, a watch, imports, and the parser's runs."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ex99.asking import Day, Words, as_words, read_day, read_range
from ex99.companies import Companies, find_ciks
from ex99.filings.filing import NEW_YORK
from ex99.settings import Settings
from ex99.storage.archive import Archive as StoredArchive

if TYPE_CHECKING:
    from ex99.crawler.events import CrawlEvent, CrawlReport
    from ex99.importing import ExhibitFacts, ImportReport
    from ex99.plan import Plan
    from ex99.reparse import ReparseReport
    from ex99.watching import Watch

    OnEvent = Callable[[CrawlEvent], None] | None


class FillingSteps:
    """What brings filings into an archive and parses them; a part of ex99.Archive.

    Companies are tickers, CIKs or names as EDGAR knows them; ``since`` and ``until`` are filing dates, both included. What is archived
    already is passed over, so a call like the one before takes what that left. ``on_event`` hears of every step. Ctrl-C ends a crawl in
    good order: the report's outcome is "interrupted".
    """

    storage: StoredArchive
    settings: Settings

    def crawl(
        self,
        companies: Companies = (),
        *,
        since: Day = None,
        until: Day = None,
        items: Words = None,
        forms: Words = None,
        retry_failed: bool = False,
        parse: bool = True,
        exhibits: Words = None,
        on_event: OnEvent = None,
    ) -> CrawlReport:
        """Fetch companies' filings from EDGAR into this archive and, unless ``parse`` is false, parse what is new.

        ``exhibits`` names documents beside the press releases whose figures are wanted: "99.2", "99", "8-K".

        ``retry_failed`` takes those alone that failed before, of every company where none is named. Raises UserError.
        """
        from ex99.crawl import crawl

        first, last = read_range(since, until)
        report = crawl(
            self.settings,
            _as_list(companies),
            since=first,
            until=last,
            items=as_words(items),
            forms=as_words(forms),
            retry_failed=retry_failed,
            on_event=on_event,
        )
        return self._parse_after(report, parse, exhibits)

    def crawl_market(
        self,
        since: Day,
        until: Day = None,
        *,
        companies: Companies = (),
        sics: Words = None,
        forms: Words = None,
        parse: bool = True,
        on_event: OnEvent = None,
    ) -> CrawlReport:
        """Fetch what all companies filed between two days (to today without ``until``), by EDGAR's indexes; raises UserError.

        ``companies`` or ``sics`` (industry codes) narrow it. The indexes list no items.
        """
        from ex99.crawl import CrawlError, crawl_market

        first, last = read_range(since, until)
        if first is None:
            raise CrawlError("a crawl of the market needs a first day", 'such as since="2024-01-01"')
        report = crawl_market(
            self.settings, first, last, companies=_as_list(companies), sics=as_words(sics), forms=as_words(forms), on_event=on_event
        )
        return self._parse_after(report, parse)

    def check_changed(self, companies: Companies = (), *, since: Day = None, until: Day = None, on_event: OnEvent = None) -> CrawlReport:
        """Ask EDGAR whether archived filings have changed since; what has is archived beside what was there. Raises UserError.

        The report's counts tell ``unchanged`` and ``changed``.
        """
        from ex99.crawl import check_changed

        first, last = read_range(since, until)
        return check_changed(self.settings, _as_list(companies), since=first, until=last, on_event=on_event)

    def watch(
        self,
        companies: Companies = (),
        *,
        sics: Words = None,
        items: Words = None,
        forms: Words = None,
        since: Day = None,
        every: float = 60.0,
        hours: float | None = None,
        on_event: OnEvent = None,
    ) -> Watch:
        """New press releases as they are filed: ``for new in archive.watch(): print(new.filing.company, new.result)``.

        Each comes within seconds of its archiving, parsed. EDGAR is looked at every so many seconds (5 at the least), for so many
        ``hours`` or until Ctrl-C or the loop is left; a later watch goes on where this one was, unless ``since`` names a day.
        ``on_event`` is called in another thread.
        """
        from ex99.watching import Watch

        return Watch(
            self.storage,
            self.settings,
            companies=_as_list(companies),
            sics=as_words(sics),
            items=as_words(items),
            forms=as_words(forms),
            since=read_day(since, "since"),
            every=every,
            hours=hours,
            on_event=on_event,
        )

    def plan(
        self,
        since: Day,
        until: Day = None,
        *,
        companies: Companies = None,
        sics: Words = None,
        indexes: str | os.PathLike[str] | None = None,
    ) -> Plan:
        """Tell what a crawl of the market, or of ``companies``, between two days takes, by index files in the folder ``indexes``
        and by this archive; nothing is fetched."""
        from ex99.crawl import CrawlError
        from ex99.plan import make_plan

        first, last = read_range(since, until)
        if first is None:
            raise CrawlError("a plan needs a first day", 'such as since="1996"')
        today, folder = dt.datetime.now(NEW_YORK).date(), None if indexes is None else Path(indexes)
        rate = self.settings.requests_per_second
        named = [companies] if isinstance(companies, str | int) else list(companies or ())
        return make_plan(self.storage, first, last or today, today=today, rate=rate, companies=named, sics=as_words(sics), indexes=folder)

    def import_(
        self,
        paths: str | os.PathLike[str] | Sequence[str | os.PathLike[str]] = (),
        *,
        facts: ExhibitFacts | None = None,
        parse: bool = True,
        exhibits: Words = None,
        manifest: str | os.PathLike[str] | None = None,
        follow_links: bool = False,
        jobs: int = 1,
    ) -> ImportReport:
        """Archive what lies on disk: full submissions, folders and archive files of them, and bare exhibits where ``facts`` are given.

        A ``manifest`` is a table with tabs of bare exhibits with facts of their own. What links lead to out of the folders is listed
        among the skips, unless ``follow_links``. Where a bare exhibit prints another company's name than that of its CIK, the report's
        ``other_names`` say so. ``jobs`` processes read submissions side by side, with the same outcome; 0 means one a core.
        """
        from ex99.importing import import_paths
        from ex99.printed_names import find_other_names

        several = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
        manifests = [] if manifest is None else [Path(manifest)]
        files = [Path(path) for path in several]
        report = import_paths(self.storage, files, facts, manifests=manifests, follow_links=follow_links, jobs=jobs)
        if parse:
            self.reparse(only_new=True, exhibits=exhibits)
            report.other_names = list(find_other_names(self.storage, report.bare))
        return report

    def reparse(self, company: Companies = None, *, all: bool = False, diff: bool = False, **options: Any) -> ReparseReport:  # noqa: A002
        """Parse what this parser version has not seen (with ``all`` everything); ``diff`` collects what changed, gained and lost.

        ``exhibits`` names documents beside the press releases whose figures are wanted, as in ``crawl``.
        """
        from ex99.reparse import reparse

        options.setdefault("workers", self.settings.parse_workers)
        options["exhibits"] = ",".join(as_words(options.get("exhibits"))) or self.settings.exhibits
        return reparse(self.storage, ciks=find_ciks(self.storage, company), everything=all, diff=diff, **options)

    def _parse_after(self, report: CrawlReport, parse: bool, exhibits: Words = None) -> CrawlReport:
        if parse:
            self.reparse(only_new=True, exhibits=exhibits)
        return report


def _as_list(companies: Companies) -> list[str | int]:
    return [companies] if isinstance(companies, str | int) else list(companies or ())
