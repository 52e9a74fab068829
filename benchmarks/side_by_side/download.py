"""ex99 beside edgartools and sec-edgar-downloader: one fictitious company's whole history, downloaded from the replica.

Each runs with its own pace and manners. The replica keeps EDGAR's: more than ten requests in a second get the block page. Time is that of
the whole process; for ex99 it ends with the filings taken apart, hashed and in the archive, for edgartools with each filing's release
found, for sec-edgar-downloader with the files on disk (it finds no releases).
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from benchmarks.crawl_job import CrawlJob, run_crawl
from ex99.crawler.choose import INSIDE_SEQUENCE
from ex99.replica.compose import Truth, compose_history, make_company, write_filings
from ex99.replica.server import Replica, start_replica

_CIK = 9_060_001
_FOREIGN = Path(__file__).parent / "foreign"
_RATE, _BLOCK_SECONDS, _PAGE = 10, 10.0, 40
_TRAPS = (
    "amendment", "after_graphic", "co_registrants", "contract", "second_exhibit", "spelled_01", "inside_8k", "successor_form", "no_exhibit",
)  # fmt: skip
Found = Mapping[str, list[int] | None]
"""By accession number the documents that a program holds to be the release (empty: none); None where it has no opinion."""


STOPPED = "gave up"
"""What a line says of a program that did not come to its end."""


class ForeignError(Exception):
    """Another program ended with an error; its last line."""


@dataclass(frozen=True, slots=True)
class Download:
    """What a program asked for, and what it found."""

    seconds: float
    again: int
    """Requests of a second run."""
    found: Found
    requests: int
    bytes: int
    busiest: int
    blocks: int


def compare_downloads(python: Path) -> Iterator[str]:
    """The lines of the comparison."""
    with tempfile.TemporaryDirectory(prefix="ex99-bench-") as scratch:
        root = Path(scratch)
        company = make_company("Corvane Instruments Inc", _CIK, "CRVN", 3)
        truths = write_filings(root / "filings", compose_history(company, 2003, 2018, traps=_TRAPS))
        with start_replica(root / "filings", process=True, rate=_RATE, block_seconds=_BLOCK_SECONDS, page_size=_PAGE) as replica:
            programs: dict[str, Callable[[Path], Found]] = {
                "ex99": lambda folder: run_ours(replica, folder),
                "edgartools": lambda folder: run_edgartools(python, replica, folder),
                "sec-edgar-downloader": lambda folder: run_downloader(python, replica, folder),
            }
            releases = sum(bool(truth.sequences) for truth in truths)
            yield f"one company, {len(truths)} filings listed in pages of {_PAGE}, {releases} with a release"
            yield f"  {'':22} {'time':>7} {'requests':>9} {'again':>6} {'kB':>6} {'busiest s':>9} {'blocks':>7} {'filings':>8}  releases"
            for name, run in programs.items():
                folder = root / name
                folder.mkdir()
                yield try_download(name, replica, run, folder, truths)


def try_download(name: str, replica: Replica, run: Callable[[Path], Found], folder: Path, truths: list[Truth]) -> str:
    """One line of the comparison; of a program that gives up what it says, and whether that was for the replica's block.

    sec-edgar-downloader paces itself by the clock: on a machine that is busy with other work its requests bunch, and the eleventh of a
    second is refused.
    """
    blocks = replica.stats()["blocks"]
    try:
        return format_download(name, measure_download(replica, run, folder), truths)
    except ForeignError as error:
        blocked = replica.stats()["blocks"] - blocks
        return f"  {name:22} {STOPPED}{f', blocked {blocked} times' if blocked else ''}: {error}"


def measure_download(replica: Replica, run: Callable[[Path], Found], folder: Path) -> Download:
    """Run a program twice into the same folder, and read the replica's journal of the first time."""
    replica.reset()
    before = replica.stats()["blocks"]
    begun = time.monotonic()
    found = run(folder)
    taken, stats = time.monotonic() - begun, replica.stats()
    time.sleep(1.1)
    replica.reset()
    run(folder)
    again = replica.stats()["requests"]
    return Download(taken, again, found, stats["requests"], stats["bytes"], stats["busiest_second"], stats["blocks"] - before)


def format_download(name: str, download: Download, truths: list[Truth]) -> str:
    """One line of the comparison."""
    listed = {str(truth.accession) for truth in truths}
    numbers = f"{download.seconds:5.1f} s {download.requests:9} {download.again:6} {download.bytes / 1000:6.0f}"
    got = f"{len(listed & download.found.keys())} of {len(listed)}"
    line = f"  {name:22} {numbers} {download.busiest:9} {download.blocks:7} {got:>8}"
    return f"{line}  {judge_releases(download.found, truths)}"


def judge_releases(found: Found, truths: list[Truth]) -> str:
    """How many releases were found right, taken from the wrong document (or where there is none), and missed."""
    right = wrong = missed = 0
    for truth in truths:
        documents = found.get(str(truth.accession), [])
        if documents is None:
            return "not sought"
        true = bool(documents) and documents[0] in truth.sequences
        right += true
        wrong += bool(documents) and not true
        missed += bool(truth.sequences) and not documents
    return f"{right} right, {wrong} wrong, {missed} missed"


def run_ours(replica: Replica, folder: Path) -> Found:
    """Crawl at the default pace."""
    run_crawl(CrawlJob(replica.url, str(folder), [str(_CIK)], 8.0))
    with closing(sqlite3.connect(folder / "archive.db")) as database:
        join = "filing f LEFT JOIN document d ON d.filing_id = f.id AND d.rank = 0"
        query = f"SELECT f.accession, d.sequence FROM {join} WHERE f.state IN ('archived', 'no_release')"
        rows = database.execute(query).fetchall()
    return {accession: [] if sequence is None else [sequence % INSIDE_SEQUENCE] for accession, sequence in rows}


def run_edgartools(python: Path, replica: Replica, folder: Path) -> Found:
    """Fetch the company's filings and find the release of each."""
    answer = _run_foreign(python, "edgartools_company.py", replica, folder)
    return {accession: [int(s) for s in row["release"]] for accession, row in answer.items() if "release" in row}


def run_downloader(python: Path, replica: Replica, folder: Path) -> Found:
    """Fetch the company's filings."""
    return dict.fromkeys(_run_foreign(python, "downloader_company.py", replica, folder))


def _run_foreign(python: Path, script: str, replica: Replica, folder: Path) -> dict[str, dict[str, list[str]]]:
    command = [str(python), str(_FOREIGN / script), replica.url, str(_CIK), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ForeignError((done.stderr.strip() or f"exit code {done.returncode}").splitlines()[-1][-300:])
    answer: dict[str, dict[str, list[str]]] = json.loads(done.stdout.splitlines()[-1])
    return answer
