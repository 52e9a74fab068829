"""`ex99 datasette`: the archive in Datasette, for SQL, facets and JSON."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

import typer

from ex99.cli.app import command
from ex99.cli.options import Archive, load_settings
from ex99.cli.serve import HOST, Host, Name, OpenBrowser, Port, list_names, serve_app
from ex99.errors import UserError
from ex99.extras import import_or_say
from ex99.viewer import ADDRESS


@command(
    "datasette",
    [
        "ex99 datasette --archive demo-archive    then look at http://127.0.0.1:8001",
        "ex99 datasette --open                    opens the browser, too",
        "ex99 datasette --viewer http://127.0.0.1:8400    where `ex99 serve --port 8400` runs",
    ],
    panel="Read",
)
def datasette(
    *,
    archive: Archive = None,
    port: Port = 8001,
    host: Host = HOST,
    name: Name = None,
    viewer: Annotated[str, typer.Option("--viewer", metavar="ADDRESS", help="Where `ex99 serve` is, to which figures link.")] = ADDRESS,
    open_browser: OpenBrowser = False,
) -> None:
    """Serve the archive with Datasette: views whose amounts are numbers, search, facets, SQL and JSON, and questions ready to ask.

    Each figure leads to its words in the viewer (`ex99 serve`) and to its filing at EDGAR. The archive is opened to read alone, and without
    --host served to this machine alone; it may be filled meanwhile. Ctrl-C ends it. Needs ex99[datasette], and an archive in SQLite.
    """
    import_or_say("datasette")
    from starlette.middleware.trustedhost import TrustedHostMiddleware

    from ex99.datasette import build_datasette
    from ex99.opening import open_storage

    if urlsplit(viewer).scheme not in ("http", "https"):
        raise UserError(f"{viewer!r} is no address", f"such as {ADDRESS}")
    with open_storage(load_settings(archive), create=False, read_only=True) as opened:
        served = build_datasette(opened, viewer=viewer)
        guarded = TrustedHostMiddleware(served.app(), allowed_hosts=list_names(host, name))
        serve_app(guarded, host, port, "Datasette", open_browser=open_browser)
