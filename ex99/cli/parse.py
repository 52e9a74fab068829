"""`ex99 parse`: read files without an archive."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from typing import Annotated, Any

import typer

from ex99.cli import output
from ex99.cli.app import command
from ex99.cli.options import OUTPUT, Json
from ex99.cli.screen import show_controls
from ex99.cli.summary import print_release
from ex99.cli.why import print_reasons
from ex99.errors import InputError, Losses, UserError
from ex99.exhibits import Exhibit, read_exhibit
from ex99.filings.json_form import error_to_json, release_to_json
from ex99.filings.release import ParseError
from ex99.pool import PARSER, TEXT_READER, ParserPool


@command(
    "parse",
    [
        "ex99 parse release.htm                       a summary for people",
        "ex99 parse --json *.htm > releases.jsonl     one object a line, in the order of the files",
        "ex99 parse --why release.htm                 how exact and how sure each figure is, and the rules that made it",
        "ex99 parse --text release.htm                the text that all sources point into",
        "curl -s https://example.com/ex991.htm | ex99 parse -",
    ],
    panel="Read",
)
def parse(
    files: Annotated[list[str], typer.Argument(metavar="FILE", help="Exhibits or full submissions; - is stdin.")],
    json: Json = False,
    text: Annotated[
        bool,
        typer.Option(
            "--text", metavar=" ", help="Print the canonical text that start and end of every source count in.", rich_help_panel=OUTPUT
        ),
    ] = False,
    why: Annotated[
        bool,
        typer.Option(
            "--why", metavar=" ", help="Also how exact and how sure each figure is, and the rules that made it.", rich_help_panel=OUTPUT
        ),
    ] = False,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=0, metavar="NUMBER", help="Parser processes; 0 means one a core.")] = 0,
) -> None:
    """Parse press releases from files, without an archive.

    Takes exhibits as text or HTML, and full submissions as EDGAR serves them; in these the press release is chosen first. A file that
    cannot be parsed is reported, the others are still done, and the exit code is 1.
    """
    if text and (json or why):
        raise UserError("--text excludes --json and --why", "give one of them")
    lost = _print_texts(files) if text else _print_parses(files, json=json, why=why, jobs=jobs)
    if lost:
        raise Losses


def _print_texts(files: list[str]) -> int:
    lost = 0
    for file, _, result in parse_files(files, 1, TEXT_READER):
        if isinstance(result, InputError | ParseError):
            lost += 1
            _report(file, result)
        else:
            sys.stdout.write(show_controls(result) if sys.stdout.isatty() else result)  # in a pipe it is the text, letter for letter
    return lost


def _print_parses(files: list[str], *, json: bool, why: bool, jobs: int) -> int:
    lost = 0
    for number, (file, exhibit, result) in enumerate(parse_files(files, jobs)):
        if isinstance(result, InputError | ParseError):
            lost += 1
            if json:
                output.print_json(error_to_json(result, file))
            else:
                _report(file, result)
        elif json:
            output.print_json(release_to_json(result, file, why=why))
        else:
            print_release(result, file, exhibit.choice if exhibit else None, first=number == 0)
            if why:
                print_reasons(result)
    return lost


def parse_files(files: list[str], jobs: int = 0, function: str = PARSER) -> Iterator[tuple[str, Exhibit | None, Any]]:
    """Parse files side by side, each within the pool's bounds; yields (file, exhibit, result or error) in the order of the files."""
    early: dict[int, tuple[Exhibit | None, Any]] = {}
    exhibits: dict[int, Exhibit] = {}

    def readable() -> Iterable[tuple[int, bytes]]:
        for number, file in enumerate(files):
            read = _read(file)
            if isinstance(read, InputError):
                early[number] = (None, read)
            else:
                exhibits[number] = Exhibit(read.file, b"", read.choice)
                yield number, read.data

    following = 0
    with ParserPool[int](min(jobs or os.cpu_count() or 1, len(files)), function=function) as pool:
        for number, result in pool.parse(readable()):
            early[number] = (exhibits.pop(number), result)
            while following in early:
                yield (files[following], *early.pop(following))
                following += 1
    for number in range(following, len(files)):
        yield (files[number], *early.pop(number))


def _read(file: str) -> Exhibit | InputError:
    try:
        return read_exhibit(file)
    except InputError as error:
        return error


def _report(file: str, error: InputError | ParseError) -> None:
    output.note(f"{file}: {error.message} ({error.code})", style="red")
