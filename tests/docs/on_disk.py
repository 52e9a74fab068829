"""What a reader may have on disk before the first command: filings that another program fetched, a daily feed, exhibits, index files."""

from __future__ import annotations

import io
import shutil
import tarfile
import tempfile
from pathlib import Path
from urllib.request import Request, urlopen

import zstandard

from ex99.replica.daily import write_daily_feeds
from ex99.replica.sgml import open_map, read_documents


def lay_out(served: Path, url: str, folder: Path) -> None:
    """Lay all of it into a folder, made of the submissions that a replica serves at a URL."""
    for year, ticker, cik in (("2023", "AAPL", 320193), ("2024", "AAPL", 320193)):
        for path in _list_filings(served, year, cik):
            place = folder / "sec-edgar-filings" / ticker / "8-K" / path.stem
            place.mkdir(parents=True)
            shutil.copy(path, place / "full-submission.txt")
    (folder / "my-filings").mkdir()
    for path in _list_filings(served, "2005", 1001426):
        shutil.copy(path, folder / "my-filings")
    shutil.copy(served / "company_tickers.json", folder)
    shutil.copy(next((served / "2005").glob("*1001426-05-000001.txt")), folder)
    _write_feed(_list_filings(served, "2024", 789019)[0], folder)
    _pack(_list_filings(served, "2023", 909832), folder / "submissions.tar.zst")
    _cut_exhibits(served, folder)
    for quarter in ("2023/QTR4", "2024/QTR1", "2024/QTR2"):
        file = folder / "edgar" / "full-index" / quarter / "master.gz"
        file.parent.mkdir(parents=True)
        address = f"{url}/Archives/edgar/full-index/{quarter}/master.gz"
        with urlopen(Request(address, headers={"User-Agent": "Pat Example pat@example.com"})) as answer:
            file.write_bytes(answer.read())


def _list_filings(served: Path, year: str, cik: int) -> list[Path]:
    return sorted((served / year).glob(f"{cik:010d}-*.txt"))


def _write_feed(path: Path, folder: Path) -> None:
    with tempfile.TemporaryDirectory() as day:
        shutil.copy(path, day)
        list(write_daily_feeds(Path(day), folder))


def _pack(paths: list[Path], file: Path) -> None:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for path in paths:
            archive.add(path, path.name)
    file.write_bytes(zstandard.compress(packed.getvalue()))


def _cut_exhibits(served: Path, folder: Path) -> None:
    """Exhibits by themselves: a page, and some in their SGML wrapper."""
    (folder / "exhibits").mkdir()
    for number, path in enumerate(_list_filings(served, "2005", 1001426)[:3], 1):
        with open_map(path) as data:
            span = list(read_documents(data))[1]
            document, text = data[span.start : span.end], data[span.text_start : span.text_end]
        (folder / "exhibits" / f"{number}.txt").write_bytes(document)
        (folder / f"ex99{number}.htm").write_bytes(text)
