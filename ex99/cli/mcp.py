"""`ex99 mcp`: the archive as tools for language models."""

from __future__ import annotations

from ex99.cli import output
from ex99.cli.app import command
from ex99.cli.options import Archive, load_settings


@command(
    "mcp",
    [
        "ex99 mcp --archive demo-archive    what a client of the protocol starts",
    ],
    panel="Read",
)
def mcp(*, archive: Archive = None) -> None:
    """Serve the archive to a language model by the Model Context Protocol, on standard input and output, until the client hangs up.

    The tools read companies, releases, series, figures, guidance, passages, restatements and texts, and search; they change nothing.
    Each answer cites the accession number and the words. Needs `pip install 'ex99[mcp]'`.
    """
    from ex99.api import open_archive
    from ex99.mcp import build_server

    with open_archive(settings=load_settings(archive), create=False) as opened:
        server = build_server(opened)
        output.note("serving the archive by MCP on standard input and output; Ctrl-C ends it")
        server.run("stdio")
