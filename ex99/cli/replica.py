"""`ex99 serve-replica`: a local EDGAR."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ex99.cli.app import command
from ex99.errors import UserError


@command(
    "serve-replica",
    [
        "ex99 serve-replica my-filings --port 8099",
        "EX99_WWW_URL=http://127.0.0.1:8099 EX99_DATA_URL=http://127.0.0.1:8099 ex99 crawl 49728    against it",
        "ex99 serve-replica my-filings --faults unavailable=0.02,seed=7",
    ],
    panel="Look after",
)
def serve_replica(
    *,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder of full submissions, as EDGAR serves them.")],
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, metavar="NUMBER", help="Port on this machine; 0 takes a free one.")
    ] = 8099,
    rate: Annotated[
        float, typer.Option("--rate", min=0, metavar="NUMBER", help="Requests a second before the block page comes; 0 for no limit.")
    ] = 10.0,
    block_seconds: Annotated[float, typer.Option("--block-seconds", min=0, metavar="NUMBER", help="How long a block lasts.")] = 600.0,
    tickers: Annotated[
        Path | None, typer.Option("--company-tickers", metavar="FILE", help="A company_tickers.json to serve; else symbols are made up.")
    ] = None,
    faults: Annotated[
        str, typer.Option("--faults", metavar="NAME=SHARE,...", help="Faults to inject, such as unavailable=0.02,truncated=0.01.")
    ] = "",
) -> None:
    """Serve a folder of full submissions as EDGAR would, with its manners; for trying out and for tests.

    `python -m ex99.replica --help` has every option. Ctrl-C ends it.
    """
    from ex99.replica.__main__ import main
    from ex99.replica.faults import FaultError, FaultPlan

    if not folder.is_dir():
        raise UserError(f"{folder} is no folder", "name one that holds full submissions (*.txt)")
    if tickers is not None and not tickers.is_file():
        raise UserError(f"--company-tickers: there is no file {tickers}")
    try:
        FaultPlan.parse(faults)
    except FaultError as error:
        raise UserError(f"--faults: {error}") from None
    options = {"--filings": folder, "--port": port, "--rate": rate, "--block-seconds": block_seconds, "--faults": faults}
    if tickers is not None:
        options["--company-tickers"] = tickers
    try:
        main([str(word) for pair in options.items() for word in pair])
    except (ValueError, KeyError, TypeError, AttributeError):
        if tickers is None:
            raise
        raise UserError(f"--company-tickers: {tickers} is no company_tickers.json", "EDGAR has it at /files/company_tickers.json") from None
