"""`ex99 serve` and `ex99 report`: the archive in a browser, and one page of it for a colleague."""

from __future__ import annotations

import errno
import socket
import threading
import webbrowser
from collections.abc import Sequence
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any

import typer

from ex99.cli import output
from ex99.cli.app import command
from ex99.cli.options import OUTPUT, Archive, load_settings
from ex99.errors import UserError, writing_to
from ex99.viewer import PORT

HOST = "127.0.0.1"
_ANYWHERE = ("0.0.0.0", "::")  # noqa: S104 - these are the words for it
Host = Annotated[
    str,
    typer.Option(
        "--host",
        metavar="ADDRESS",
        help="Where to listen; 0.0.0.0 for every network of the machine (in a container). Whoever reaches it may read all, unasked.",
    ),
]
Name = Annotated[
    list[str] | None,
    typer.Option(
        "--name",
        metavar="NAME",
        help="A name or address by which browsers call it, with --host; may be given several times.",
        show_default=False,
    ),
]
Port = Annotated[int, typer.Option("--port", min=0, max=65535, metavar="NUMBER", help="The port; 0 takes a free one.")]
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
    port: Port = PORT,
    host: Host = HOST,
    name: Name = None,
    open_browser: OpenBrowser = False,
) -> None:
    """Show the archive in a browser: releases with every figure marked on the page, companies' histories, search, guidance.

    It is only read, and without --host served to this machine alone; no page asks another machine for anything. Ctrl-C ends it.
    """
    from ex99.opening import open_storage
    from ex99.viewer.app import create_app

    with open_storage(load_settings(archive), create=False, read_only=True) as opened:
        serve_app(create_app(opened, hosts=list_names(host, name)), host, port, "the archive", open_browser=open_browser)


def list_names(host: str, names: Sequence[str] | None) -> tuple[str, ...]:
    """The names by which what listens at an address may be called: a page of the web that had its own name rebound is refused."""
    from ex99.viewer.app import HOSTS

    return tuple(dict.fromkeys((*HOSTS, *(() if host in _ANYWHERE else (_in_address(host),)), *(names or ()))))


def serve_app(app: Any, host: str, port: int, what: str, *, open_browser: bool) -> None:
    """Serve an application at an address of this machine until Ctrl-C; UserError where it cannot be had."""
    import uvicorn

    with _listen(host, port) as listening:
        shown = HOST if host in _ANYWHERE else _in_address(host)
        address = f"http://{shown}:{listening.getsockname()[1]}"
        output.note(f"{what} is at {address} (Ctrl-C ends it)")
        if not _is_own(listening.getsockname()[0]):
            output.note(
                f"warning: whoever reaches {host} may read all of it; no password is asked, nothing is encrypted\n"
                "  let a proxy that asks for one stand before it, or leave out --host",
                style="yellow",
            )
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


def _is_own(address: str) -> bool:
    return ip_address(address.partition("%")[0]).is_loopback


def _in_address(host: str) -> str:
    """A host as it stands in an address: IPv6 in brackets."""
    return f"[{host}]" if ":" in host else host


def _listen(host: str, port: int) -> socket.socket:
    """A socket at an address of this machine; UserError where it has none such, or the port is taken."""
    try:
        family, *_, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    except (OSError, UnicodeError):
        raise UserError(
            f"--host {host} is no address of this machine", "127.0.0.1 for this machine alone, 0.0.0.0 for every network"
        ) from None
    listening = socket.socket(family)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(place)
    except OSError as error:
        listening.close()
        if error.errno == errno.EADDRNOTAVAIL:
            hint = "127.0.0.1 for this machine alone, 0.0.0.0 for every network"
            raise UserError(f"--host {host} is no address of this machine", hint) from None
        reason = (error.strerror or str(error)).lower()
        raise UserError(f"port {port} cannot be had: {reason}", "take another: --port 8400, or --port 0 for a free one") from None
    return listening
