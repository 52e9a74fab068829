"""A crawl of the replica: requests, pace, bytes, CPU and memory, against a bare download of the same files in the same run."""

from __future__ import annotations

import gzip
import hashlib
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import zstandard

from benchmarks import corpus
from benchmarks.bare_scrapy import run_bare
from benchmarks.crawl_job import CrawlCost, CrawlJob, run_crawl
from benchmarks.measure import Measure, Options
from ex99.replica.compose import compose_market, write_filings
from ex99.replica.server import Replica, start_replica

_FEW, _MANY, _WARM, _LARGE = 200, 1_000, 5_000, 20_000
_EDGAR_PACE, _FAST_PACE, _NO_PACE = 8.0, 200.0, 100_000.0
_PER_COMPANY = 200


@dataclass(frozen=True, slots=True)
class Served:
    """A folder of submissions: whose they are, their paths at EDGAR, and the bytes of the largest."""

    folder: Path
    companies: list[str]
    paths: list[str]
    largest: int


def measure_crawl(options: Options) -> Iterator[Measure]:
    """Crawl fictitious companies at three paces, and the corpus's filings where it is at hand."""
    with tempfile.TemporaryDirectory(prefix="ex99-bench-") as scratch:
        root = Path(scratch)
        few, many = compose(root / "few", _FEW, per_company=40), compose(root / "many", _MANY)
        one = compose(root / "one", 1)
        with start_replica(one.folder, process=True) as replica:
            start = crawl(replica, one, root / "a1", _NO_PACE)
        yield from _polite(root, few)
        yield from _fast(root, many, start)
        if options.large:
            yield from _large(root, start)
        yield from _real(root, options)


def _polite(root: Path, served: Served) -> Iterator[Measure]:
    with start_replica(served.folder, process=True) as replica:
        cost = crawl(replica, served, root / "a2", _EDGAR_PACE)
        stats = replica.stats()
    fixed = sum(count for kind, count in cost.report["requests"].items() if kind != "full")
    filings = cost.report["counts"]["archived"]
    note = f"{fixed} fixed ones for {len(served.companies)} companies beside them"
    yield Measure("requests per filing", (stats["requests"] - fixed) / filings, "", note=note, floor=1.0, limit=1.0)
    yield Measure(
        "pace at 8 a second",
        stats["rate"] / _EDGAR_PACE * 100,
        "%",
        least=90.0,
        note=f"{stats['requests']} requests; 97 but on a loaded machine",
    )
    note = "by the replica's clock, which a busy machine makes uneven"
    yield Measure("most in any second, at 8", stats["busiest_second"], "", limit=8, note=note)


def _fast(root: Path, served: Served, start: CrawlCost) -> Iterator[Measure]:
    with start_replica(served.folder, process=True) as replica:
        bare_seconds, bare_cpu = download_bare(replica, served, root / "bare")
        scrapy_cpu = run_bare([replica.url + path for path in served.paths])
        replica.reset()
        cost = crawl(replica, served, root / "a3", _FAST_PACE)
        stats = replica.stats()
        again = crawl(replica, served, root / "a3", _FAST_PACE)
    filings = len(served.paths)
    note = f"floor: a plain loop over the same {filings} files: unpacked, hashed, packed, written; no tables"
    rate, cpu = stats["rate"], (cost.cpu - start.cpu) / (filings - 1) * 1000
    words = f"{filings} filings, {rate:.0f} a second, {rate / _EDGAR_PACE:.0f} times what EDGAR gives"
    yield Measure("pace at 200 a second", rate / _FAST_PACE * 100, "%", least=95.0, note=words)
    yield Measure("time per filing at 200", span(stats) / filings * 1000, "ms", floor=bare_seconds / filings * 1000, note=note)
    yield Measure("CPU per filing", cpu, "ms", floor=scrapy_cpu / filings * 1000, note="floor: Scrapy alone, answers thrown away")
    yield Measure("CPU per filing", cpu, "ms", floor=bare_cpu / filings * 1000, note="floor: the plain loop")
    yield Measure("CPU of the start", start.cpu, "s", note="and of a single filing")
    peak, alone = cost.peak / 1e6, start.peak / 1e6
    yield Measure("peak memory, 1,000 filings", peak, "MB", floor=alone, limit=1.5, note="floor: the crawl of a single filing")
    asked, companies = again.report["counts"]["requests"], len(served.companies)
    yield Measure("requests of a second run", asked, "", floor=companies, limit=1.0, note="floor: one for each company")


def _large(root: Path, start: CrawlCost) -> Iterator[Measure]:
    warm, served = compose(root / "warm", _WARM), compose(root / "large", _LARGE)
    with start_replica(warm.folder, process=True) as replica:
        fewer = crawl(replica, warm, root / "a4", _NO_PACE)
    with start_replica(served.folder, process=True) as replica:
        cost = crawl(replica, served, root / "a5", _NO_PACE)
        stats = replica.stats()
    note = f"{_LARGE / span(stats):.0f} filings a second, unpaced"
    yield Measure("peak memory, 20,000 filings", cost.peak / 1e6, "MB", floor=start.peak / 1e6, limit=1.5, note=note)
    grown = (cost.peak - fewer.peak) / (_LARGE - _WARM) / 1e3
    yield Measure("memory that a filing leaves", grown, "kB", limit=0.5, note=f"growth of the peak from {_WARM:,} to {_LARGE:,} filings")
    yield Measure("CPU per filing of 20,000", (cost.cpu - start.cpu) / _LARGE * 1000, "ms")


def _real(root: Path, options: Options) -> Iterator[Measure]:
    """Bytes: of real filings where they are at hand, since only those have pictures and XBRL."""
    folder, words = options.corpus / "filings", "real filings"
    try:
        corpus.check_corpus(options.corpus)
    except corpus.CorpusError:
        folder, words = root / "few", "fictitious filings"
    served = list_served(folder)
    with start_replica(folder, process=True) as replica:
        cost = crawl(replica, served, root / "a6", _NO_PACE)
    stored = sum(path.stat().st_size for path in (root / "a6/blobs").rglob("*.zst"))
    wire = cost.report["counts"]["bytes"]
    filings = cost.report["counts"]["archived"]
    note = f"{filings} {words}; floor: what the archive keeps of them, packed"
    yield Measure("bytes over the wire", wire / 1e6, "MB", note=note, floor=stored / 1e6)
    yield Measure("requests per filing, all", cost.report["counts"]["requests"] / filings, "", note=f"{words}, fixed ones included")
    yield Measure("peak memory, those filings", cost.peak / 1e6, "MB", note=f"the largest submission has {served.largest / 1e6:.1f} MB")


def compose(folder: Path, filings: int, per_company: int = _PER_COMPANY) -> Served:
    """Write fictitious filings, so many to a company."""
    write_filings(folder, compose_market(filings, seed=5, n_companies=max(1, filings // per_company)))
    return list_served(folder)


def list_served(folder: Path) -> Served:
    """What lies in a folder of submissions, by their headers."""
    from ex99.crawler.header import read_header

    companies: dict[str, None] = {}
    paths, largest = [], 0
    for path in sorted(folder.rglob("*.txt")):
        with path.open("rb") as file:
            head = file.read(200_000)
        largest = max(largest, path.stat().st_size)
        header = read_header(head.partition(b"<DOCUMENT>")[0].decode("latin-1"))
        companies[str(int(header.filers[0].cik))] = None
        paths.append("/Archives/" + header.accession.flat_path(header.filers[0].cik))
    return Served(folder, list(companies), paths, largest)


def crawl(replica: Replica, served: Served, archive: Path, rate: float) -> CrawlCost:
    """One crawl of all companies of a folder."""
    return run_crawl(CrawlJob(replica.url, str(archive), served.companies, rate))


def span(stats: dict[str, float]) -> float:
    """Seconds from the first request to the last."""
    return stats["last"] - stats["first"]


def download_bare(replica: Replica, served: Served, folder: Path) -> tuple[float, float]:
    """The floor: every file over one kept connection, unpacked, hashed, packed again and written; (seconds, seconds of CPU)."""
    folder.mkdir(parents=True)
    begun, cpu = time.perf_counter(), time.process_time()
    with _connect(replica.url) as connection:
        for path in served.paths:
            connection.request("GET", path, headers={"User-Agent": "bare floor bench@example.com", "Accept-Encoding": "gzip"})
            answer = connection.getresponse()
            data = answer.read()
            if answer.status != 200:
                raise RuntimeError(f"{path} answered {answer.status}")
            data = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
            packed = zstandard.ZstdCompressor(level=9).compress(data)
            (folder / hashlib.sha256(data).hexdigest()).write_bytes(packed)
    return time.perf_counter() - begun, time.process_time() - cpu


@contextmanager
def _connect(url: str) -> Iterator[HTTPConnection]:
    connection = HTTPConnection(urlsplit(url).netloc, timeout=60)
    try:
        yield connection
    finally:
        connection.close()
