"""`python -m ex99.replica --filings FOLDER --port N`: serve a folder of full submissions as EDGAR would."""

from __future__ import annotations

import argparse
import json
import socket
import sys
from pathlib import Path

from ex99.replica.app import ReplicaApp
from ex99.replica.daily import write_daily_feeds
from ex99.replica.faults import FAULTS, FaultError, FaultPlan
from ex99.replica.options import CLOCKS, ReplicaOptions
from ex99.replica.server import load_options, make_server


def make_arguments() -> argparse.ArgumentParser:
    """The command line."""
    known = "; ".join(f"{name}: {meaning}" for name, meaning in FAULTS.items())
    what = "A local EDGAR: serves a folder of full submissions at EDGAR's paths."
    parser = argparse.ArgumentParser(prog="python -m ex99.replica", description=what)
    parser.add_argument("--filings", type=Path, required=True, help="folder of full submissions (*.txt, searched through)")
    parser.add_argument("--port", type=int, default=8099, help="0 takes a free one (default 8099)")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--company-tickers", type=Path, help="a company_tickers.json to serve; default: made up from the filers' names")
    parser.add_argument("--page-size", type=int, default=1000, help="filings in a main submissions file (default 1000)")
    parser.add_argument("--overlap", type=int, default=0, help="filings that an overflow page repeats (default 0)")
    parser.add_argument("--rate", type=float, default=10.0, help="requests a second before a block; 0 for no limit (default 10)")
    parser.add_argument("--block-seconds", type=float, default=600.0, help="how long a block lasts (default 600)")
    parser.add_argument("--block-status", type=int, choices=(403, 429), default=403)
    parser.add_argument("--clock", choices=CLOCKS, default="by-cik", help='what the "Z" of acceptanceDateTime means')
    parser.add_argument("--faults", default="", help=f"name=share pairs with commas, such as unavailable=0.02,seed=7. Known are {known}")
    parser.add_argument(
        "--write-feeds", type=Path, help="write EDGAR's daily feed archives of the filings into this folder, and serve nothing"
    )
    parser.add_argument("--quiet", action="store_true", help="say nothing at the start")
    parser.add_argument("--options", help=argparse.SUPPRESS)
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Serve until interrupted; 2 where the command line is wrong."""
    parser = make_arguments()
    given = parser.parse_args(arguments)
    if not given.filings.is_dir():
        parser.error(f"{given.filings} is no folder")
    if given.company_tickers and not given.company_tickers.is_file():
        parser.error(f"--company-tickers: {given.company_tickers} is no file")
    if given.write_feeds:
        for path in write_daily_feeds(given.filings, given.write_feeds):
            sys.stderr.write(f"replica: {path}\n")
        return 0
    if given.options:
        options = load_options(json.load(sys.stdin))
    else:
        try:
            faults = FaultPlan.parse(given.faults)
        except FaultError as error:
            parser.error(str(error))
        options = ReplicaOptions(
            given.filings,
            given.company_tickers,
            given.page_size,
            given.overlap,
            given.rate or None,
            given.block_seconds,
            given.block_status,
            clock=given.clock,
            faults=faults,
        )
    app = ReplicaApp(options)
    try:
        listening = socket.create_server((given.host, given.port), family=socket.AF_INET6 if ":" in given.host else socket.AF_INET)
    except OSError as error:
        parser.error(f"port {given.port} cannot be had: {(error.strerror or str(error)).lower()}; --port 0 takes a free one")
    if not given.quiet:
        sys.stderr.write(
            f"replica: {len(app.catalog.filings)} filings of {len(app.catalog.by_cik)} filers at "
            f"http://{given.host}:{listening.getsockname()[1]}"
            f" ({len(app.catalog.skipped)} files passed over)\n"
        )
    make_server(app).run(sockets=[listening])
    return 0


if __name__ == "__main__":
    sys.exit(main())
