"""`ex99 serve` and `ex99 report`: the archive in a browser, and one page of it for a colleague."""

from __future__ import annotations

import socket
import threading
import webbrowser
from pathlib import Path
from typing import Annotated, Any

import typer

from ex99.cli import output
from ex99.cli.app import command
from ex99.cli.options import OUTPUT, Archive, load_settings
from ex99.errors import UserError, writing_to
from ex99.viewer import PORT

_HOST = "127.0.0.1"
OpenBrowser = Annotated[bool, typer.Option("--open", metavar=" ", help="Open the browser, too.")]


@command(
    "serve",
    [
        "ex99 serve --archive demo-archive    then look at http://127.0.0.1:8399",
        "ex99 serve --open                    opens the browser, too",
    ],
    panel="Read",
)
def serve(
    *,
    archive: Archive = None,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, metavar="NUMBER", help="The port; 0 takes a free one.")] = PORT,
    open_browser: OpenBrowser = False,
) -> None:
    """Show the archive in a browser: releases with every figure marked on the page, companies' histories, search, guidance.

    It is served to this machine alone and only read; no page asks another machine for anything. Ctrl-C ends it.
    """
    from ex99.opening import open_storage
    from ex99.viewer.app import create_app

    with open_storage(load_settings(archive), create=False, read_only=True) as opened:
        serve_app(create_app(opened), port, "the archive", open_browser=open_browser)


def serve_app(app: Any, port: int, what: str, *, open_browser: bool) -> None:
    """Serve an application to this machine alone until Ctrl-C; UserError where the port is taken."""
    import uvicorn

    with _listen(port) as listening:
        address = f"http://{_HOST}:{listening.getsockname()[1]}"
        output.note(f"{what} is at {address} (Ctrl-C ends it)")
        if open_browser:
            threading.Timer(0.5, webbrowser.open, (address,)).start()
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, server_header=False))
        server.run(sockets=[listening])


@command(
    "report",
    [
        "ex99 report HRTI -o report.html --archive demo-archive",
        "ex99 report HRTI -o report.html --metric revenue --metric eps_diluted",
    ],
    panel="Read",
)
def report(
    company: Annotated[str, typer.Argument(metavar="COMPANY", help="Ticker, CIK or name.")],
    *,
    archive: Archive = None,
    out: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The file to write.", rich_help_panel=OUTPUT)] = Path(
        "report.html"
    ),
    metric: Annotated[
        list[str] | None, typer.Option("--metric", "-m", metavar="NAME", help="A metric; may be given several times.")
    ] = None,
) -> None:
    """Write one file with a company's charts, its quarters, and the words that each figure was read from; it opens without ex99.

    Without --metric it holds revenue and net income, or what there is of the kind.
    """
    from ex99.companies import find_company
    from ex99.metrics import check_metrics
    from ex99.opening import open_storage
    from ex99.viewer.report import make_report

    with open_storage(load_settings(archive), create=False, read_only=True) as opened:
        page = make_report(opened, find_company(opened, company), check_metrics(metric or []))
    with writing_to(out):
        out.write_text(page, encoding="utf-8")
    output.note(f"{out}: {len(page.encode()) / 1e6:.1f} MB")


def _listen(port: int) -> socket.socket:
    """A socket of this machine alone; UserError where the port is taken."""
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((_HOST, port))
    except OSError as error:
        listening.close()
        reason = (error.strerror or str(error)).lower()
        raise UserError(f"port {port} cannot be had: {reason}", "take another: --port 8400, or --port 0 for a free one") from None
    return listening
