"""The crawl service: runs the spiders in a process of their own and reports what they do."""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from ex99.companies import Companies, find_ciks
from ex99.crawler.companies import CompanyError, join_companies, needs_table, tell_companies
from ex99.crawler.config import find_refusal, open_budget
from ex99.crawler.events import CrawlEvent, CrawlReport, Loss
from ex99.crawler.filters import FilterError, WantedFilings
from ex99.errors import UserError
from ex99.filings.filing import NEW_YORK
from ex99.filings.secrecy import redact
from ex99.settings.settings import Settings
from ex99.storage.archive import Archive
from ex99.storage.filters import FilingFilter
from ex99.storage.queries import list_crawl_runs, list_filings

__all__ = ["CrawlError", "CrawlEvent", "CrawlReport", "CrawlStop", "Loss", "check_changed", "crawl", "crawl_market", "follow_latest"]

LONGEST_GAP = dt.timedelta(days=14)
"""How far back following goes on where it was; what lies further back is for a crawl of the market."""

_RUNS_LOOKED_AT = 1000

CHILD: list[str] = [sys.executable, "-m", "ex99.crawl_process"]

_FEW_ARENAS = {"MALLOC_ARENA_MAX": "2"}
"""glibc gives each thread a heap of its own, which keeps what was once used: a crawl of large filings peaked at 270 MB, with two at 200."""

OnEvent = Callable[[CrawlEvent], None]


class CrawlError(UserError):
    """Wrong use that was seen before anything was asked for."""


class CrawlStop:
    """Ends a crawl from whatever thread: asked once in good order, twice without waiting for answers, a third time at once.

    The archive stays consistent even then.
    """

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self._asked = 0

    def ask(self) -> None:
        """End the crawl; one that has not begun ends as soon as it has."""
        self._asked += 1
        if self._child is not None:
            self._pass_on(self._child)

    def take(self, child: subprocess.Popen[bytes]) -> None:
        """Know the process to end, once it has its job."""
        self._child = child
        if self._asked:
            self._pass_on(child)

    def _pass_on(self, child: subprocess.Popen[bytes]) -> None:
        if self._asked == 1:
            assert child.stdin is not None
            child.stdin.close()  # as if this process had ended: heard as soon as the crawl has begun, however early it comes
        elif self._asked == 2:
            child.send_signal(signal.SIGINT)
        else:
            child.kill()


def crawl(
    settings: Settings,
    companies: Sequence[str | int],
    *,
    since: dt.date | None = None,
    until: dt.date | None = None,
    items: Sequence[str] = (),
    forms: Sequence[str] = (),
    retry_failed: bool = False,
    on_event: OnEvent | None = None,
    log_file: Path | None = None,
) -> CrawlReport:
    """Archive the filing histories of companies (tickers, CIKs or names) and return the report.

    Only what the archive lacks is fetched. ``items`` are numbers such as 2.02, or "results" for 2.02 and 12.
    With ``retry_failed`` only filings that failed before are asked for; without companies those of every company.
    Ctrl-C stops the crawl in good order (the report's outcome is "interrupted"), a third one at once. ``log_file`` gets the crawl's log,
    a JSON object a line. Raises CrawlError on wrong use.
    """
    arguments = {
        "since": "" if since is None else since.isoformat(),
        "until": "" if until is None else until.isoformat(),
        "items": ",".join(items),
        "forms": ",".join(forms),
    }
    names = [str(company).strip() for company in companies]
    _check(settings, names, arguments)
    if retry_failed:
        ciks, accessions = _list_failed(settings)
        if not accessions:
            return CrawlReport("finished", "no filing failed before")
        names = names or ciks
        arguments["accessions"] = ",".join(accessions)
    if not names:
        raise CrawlError("name at least one company: a ticker, a CIK or a name", "`ex99 crawl --market --since 2024` takes all companies")
    return run_spider(settings, "company", {**arguments, "companies": join_companies(names)}, on_event=on_event, log_file=log_file)


def crawl_market(
    settings: Settings,
    since: dt.date,
    until: dt.date | None = None,
    *,
    companies: Sequence[str | int] = (),
    sics: Sequence[str] = (),
    forms: Sequence[str] = (),
    on_event: OnEvent | None = None,
    log_file: Path | None = None,
) -> CrawlReport:
    """Archive what all companies (or these, or those of the industries ``sics``) filed between two days, by EDGAR's indexes.

    Without ``until`` up to today. A further run over the same days reads the indexes again and fetches what is missing. Raises CrawlError.
    """
    dates = {"since": since.isoformat(), "until": "" if until is None else until.isoformat(), "forms": ",".join(forms)}
    arguments = {**dates, **_narrow(companies, sics)}
    _check(settings, companies, dates)
    return run_spider(settings, "market", arguments, on_event=on_event, log_file=log_file)


def check_changed(
    settings: Settings,
    companies: Companies = (),
    *,
    since: dt.date | None = None,
    until: dt.date | None = None,
    on_event: OnEvent | None = None,
    log_file: Path | None = None,
) -> CrawlReport:
    """Ask EDGAR whether archived filings (filed between two days, of companies of the archive) have changed since they were fetched.

    One conditional request a filing. What has changed is archived as a further version, and the one before stays readable beside it
    (storage.served_queries). The report's counts tell ``unchanged`` and ``changed``. Raises UserError on wrong use.
    """
    arguments = {"since": "" if since is None else since.isoformat(), "until": "" if until is None else until.isoformat()}
    _check(settings, (), arguments)
    with Archive.open(settings.resolved_database_url, settings.resolved_blob_url) as archive:
        ciks = find_ciks(archive, companies or None)
    arguments["companies"] = join_companies(map(str, ciks))
    return run_spider(settings, "changed", arguments, on_event=on_event, log_file=log_file)


def follow_latest(
    settings: Settings,
    *,
    since: dt.date | None = None,
    every: float = 60.0,
    hours: float | None = None,
    companies: Sequence[str | int] = (),
    sics: Sequence[str] = (),
    items: Sequence[str] = (),
    forms: Sequence[str] = (),
    on_event: OnEvent | None = None,
    log_file: Path | None = None,
    stop: CrawlStop | None = None,
) -> CrawlReport:
    """Archive new filings as they appear, looking every so many seconds, for so many hours, until Ctrl-C or ``stop``.

    It begins with what was filed from ``since`` on; by default from the day of the last look that the archive knows of, else today. An
    event "archived" (with its accession number) comes as soon as a filing is in the archive, so that its release can be parsed then.
    Raises CrawlError on wrong use.
    """
    filters = {"items": ",".join(items), "forms": ",".join(forms)}
    narrowed = {**filters, **_narrow(companies, sics)}
    _check(settings, companies, filters)
    first = since or read_last_look(settings, narrowed)
    times = {"since": "" if first is None else first.isoformat()} | {"every": str(every), "hours": "" if hours is None else str(hours)}
    return run_spider(settings, "latest", {**narrowed, **times}, on_event=on_event, log_file=log_file, stop=stop)


def read_last_look(settings: Settings, narrowed: Mapping[str, str]) -> dt.date | None:
    """The day (New York's) on which filings were last followed into this archive in the same way, at most LONGEST_GAP back; else None."""
    with Archive.open(settings.resolved_database_url, settings.resolved_blob_url) as archive:
        for run in list_crawl_runs(archive, limit=_RUNS_LOOKED_AT):
            asked = json.loads(run.arguments or "{}")
            if run.label == "latest" and all(asked.get(name, "") == value for name, value in narrowed.items()):
                last = (run.finished or run.started).astimezone(NEW_YORK).date()
                return max(last, dt.datetime.now(NEW_YORK).date() - LONGEST_GAP)
    return None


def _narrow(companies: Sequence[str | int], sics: Sequence[str]) -> dict[str, str]:
    return {"companies": join_companies(str(company).strip() for company in companies), "sics": ",".join(sics)}


def run_spider(
    settings: Settings,
    spider: str,
    arguments: Mapping[str, str],
    *,
    on_event: OnEvent | None = None,
    log_file: Path | None = None,
    stop: CrawlStop | None = None,
) -> CrawlReport:
    """Run a spider in a child process; every event is handed to ``on_event`` in this thread."""
    job = {
        "spider": spider,
        "arguments": dict(arguments),
        "settings": settings.model_dump(mode="json"),
        "log_file": None if log_file is None else str(log_file),
    }
    with tempfile.TemporaryFile() as errors:
        child = subprocess.Popen(  # noqa: S603 - this package's own module, and nothing of the user's on the command line
            CHILD,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=_FEW_ARENAS | os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
            start_new_session=True,  # a Ctrl-C reaches this process alone, which passes it on
        )
        with child:
            report = _follow(child, job, on_event, stop or CrawlStop())
        if report is not None:
            return report
        errors.seek(0)
        last = errors.read().decode(errors="replace").strip().rpartition("\n")[2]
        return CrawlReport("crashed", f"the crawl ended with status {child.returncode}: {redact(last) or 'no message'}")


def _check(settings: Settings, companies: Sequence[str | int], arguments: Mapping[str, str]) -> None:
    if refusal := find_refusal(settings):
        raise CrawlError(refusal)
    try:
        open_budget(settings)
    except OSError as error:
        raise CrawlError(f"the request budget cannot be kept ({error}): set EX99_STATE_FOLDER to a folder that can be written") from error
    try:
        if companies and not needs_table(map(str, companies)):
            tell_companies(map(str, companies), ())
        WantedFilings.parse(**arguments)
    except (CompanyError, FilterError) as error:
        raise CrawlError(str(error)) from error


def _list_failed(settings: Settings) -> tuple[list[str], list[str]]:
    with Archive.open(settings.resolved_database_url, settings.resolved_blob_url) as archive:
        failed = list(list_filings(archive, FilingFilter(states=("failed",))))
    return sorted({str(filing.ciks[0]) for filing in failed if filing.ciks}), [filing.accession for filing in failed]


def _follow(child: subprocess.Popen[bytes], job: Mapping[str, Any], on_event: OnEvent | None, stop: CrawlStop) -> CrawlReport | None:
    """Hand the job over and read what comes back; None where the child ends without a report."""
    assert child.stdin is not None
    assert child.stdout is not None
    try:
        child.stdin.write(json.dumps(job).encode() + b"\n")
        child.stdin.flush()
    except BrokenPipeError:
        return None
    stop.take(child)
    while True:
        try:
            return _read_lines(child.stdout, on_event)
        except KeyboardInterrupt:
            stop.ask()


def _read_lines(stream: IO[bytes], on_event: OnEvent | None) -> CrawlReport | None:
    for line in stream:
        try:
            message = json.loads(line)
        except ValueError:
            continue  # half a line, from where a Ctrl-C broke into the reading
        if "report" in message:
            return CrawlReport.from_json(message["report"])
        if on_event is not None:
            on_event(CrawlEvent.from_json(message["event"]))
    return None
