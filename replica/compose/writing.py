"""Writes composed filings to a folder that a replica can serve."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from ex99.replica.compose.truth import ComposedFiling, Truth


def write_filings(folder: Path | str, filings: Iterable[ComposedFiling]) -> list[Truth]:
    """Write each full submission as ACCESSION.txt (a folder for each year), and the filers' symbols to company_tickers.json.

    May be called again on the same folder: the symbols of both calls are kept. Returns the truths, in the order given.
    """
    root = Path(folder)
    root.mkdir(parents=True, exist_ok=True)
    truths: list[Truth] = []
    tickers: dict[tuple[int, str], str] = {}
    for filing in filings:
        truth = filing.truth
        place = root / str(truth.filed.year)
        place.mkdir(exist_ok=True)
        (place / f"{truth.accession}.txt").write_bytes(filing.data)
        tickers.update({(cik, symbol): name for cik, symbol, name in filing.tickers})
        truths.append(truth)
    _write_tickers(root / "company_tickers.json", tickers)
    return truths


def _write_tickers(path: Path, tickers: dict[tuple[int, str], str]) -> None:
    kept = json.loads(path.read_bytes()).values() if path.exists() else ()
    merged = {(int(row["cik_str"]), str(row["ticker"])): str(row["title"]) for row in kept} | tickers
    rows = {str(n): {"cik_str": cik, "ticker": symbol, "title": name} for n, ((cik, symbol), name) in enumerate(merged.items())}
    path.write_text(json.dumps(rows), encoding="utf-8")
