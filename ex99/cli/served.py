"""`ex99 served`: what EDGAR sent of a filing, when, and in which versions."""

from __future__ import annotations

import sys
from typing import Annotated

import typer
from rich.text import Text

from ex99.cli import output
from ex99.cli.app import command
from ex99.cli.options import Archive, Json
from ex99.cli.query import reading
from ex99.cli.words import count_of
from ex99.errors import UserError
from ex99.filings.identifiers import AccessionNumber
from ex99.filings.served import Served
from ex99.storage.filters import FilingFilter
from ex99.storage.served_queries import Version, list_versions


@command(
    "served",
    [
        "ex99 served 0000950123-05-012345                              versions, answers, digests",
        "ex99 served 0000950123-05-012345 --version 1 --document 2     the bytes of a document, as they were archived first",
    ],
    panel="Read",
)
def served(
    *,
    accession: Annotated[str, typer.Argument(metavar="ACCESSION", help="The filing's accession number.")],
    version: Annotated[
        int | None, typer.Option("--version", min=1, metavar="NUMBER", help="One version (default: all).", show_default=False)
    ] = None,
    document: Annotated[
        int | None,
        typer.Option(
            "--document", min=0, metavar="NUMBER", help="Write this document's bytes to stdout; 0 is the header.", show_default=False
        ),
    ] = None,
    json: Json = False,
    archive: Archive = None,
) -> None:
    """Show what EDGAR served of a filing: each version that the archive holds, the answers it came in, and the digests of its bytes.

    Where a filing changed at EDGAR between two crawls, both versions are kept and can be read.
    """
    number = AccessionNumber.parse(accession)
    with reading(archive) as opened:
        found = [one for one in list_versions(opened.storage, FilingFilter(accessions=[number])) if version in (None, one.version)]
        if not found:
            which = "" if version is None else f"version {version} of "
            raise UserError(f"the archive holds no bytes of {which}{number}", "`ex99 query filings` lists what it holds")
        if document is not None:
            sys.stdout.flush()
            sys.stdout.buffer.write(opened.storage.blobs.read(_find_document(found[-1], document)))
            return
    if json:
        output.print_json_lines(found)
        return
    for one in found:
        _print_version(one)


def _find_document(version: Version, sequence: int) -> str:
    kept = {0: version.header_sha256} | {one.document.sequence: one.sha256 for one in version.documents if one.sha256 is not None}
    if sequence not in kept:
        raise UserError(f"the archive keeps no bytes of document {sequence}", f"it keeps {', '.join(map(str, sorted(kept)))}")
    return kept[sequence]


def _print_version(version: Version) -> None:
    out = output.stdout()
    when = f", archived {version.kept:%Y-%m-%d %H:%M:%S}" if version.kept else ""
    out.print(Text(f"version {version.version}{when}{'' if version.newest else ' (replaced)'}", style="bold"), soft_wrap=True)
    for answer in version.served:
        out.print(Text(f"  {_describe_answer(answer)}"), soft_wrap=True)
    if not version.served:
        out.print(Text("  no answer of EDGAR is noted: imported, or archived before answers were kept", style="dim"), soft_wrap=True)
    if version.content_sha256:
        out.print(Text(f"  sha256 {version.content_sha256}  the whole submission"), soft_wrap=True)
    out.print(Text(f"  sha256 {version.header_sha256}  0 header"), soft_wrap=True)
    for one in version.documents:
        name = f"{one.document.sequence} {one.document.type} {one.document.filename or ''}"
        digest = f"sha256 {one.sha256}" if one.sha256 else f"{'(not kept, ' + count_of(one.document.size, 'byte') + ')':<71}"
        out.print(Text(f"  {digest}  {name}", style="" if one.sha256 else "dim"), soft_wrap=True)


def _describe_answer(answer: Served) -> str:
    told = "".join(f", {name} {value}" for name in ("last-modified", "etag") if (value := answer.header(name)))
    size = "" if answer.status == 304 else f", {answer.body_size:,} bytes, sha256 {answer.body_sha256}"
    return f"{answer.asked:%Y-%m-%dT%H:%M:%SZ}  {answer.status}  {answer.url}{told}{size}"
