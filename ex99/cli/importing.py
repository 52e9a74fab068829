"""`ex99 import`: filings and exhibits that already lie on disk."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from ex99.asking import as_words, read_day
from ex99.cli import output
from ex99.cli.app import command
from ex99.cli.options import Archive, Exhibits, Json, Parse, load_settings
from ex99.cli.parsing_step import parse_new, print_losses
from ex99.cli.progress import Watch
from ex99.cli.words import clip, count_of
from ex99.errors import Losses, UserError
from ex99.filings.exhibits import parse_exhibit_type
from ex99.filings.forms import find_item, is_8k_family
from ex99.filings.identifiers import AccessionNumber, Cik
from ex99.importing import ExhibitFacts, ImportReport, import_paths, is_synthetic
from ex99.importing.manifest import COLUMNS
from ex99.opening import open_storage
from ex99.printed_names import find_other_names

BARE = "For bare exhibits"


@command(
    "import",
    [
        "ex99 import ~/sec-edgar-filings                        every full submission below a folder",
        "ex99 import 20240201.nc.tar.gz submissions.tar.zst     EDGAR's daily feed, and archive files of submissions",
        "ex99 import feeds --jobs 8                             a folder of feeds, read by eight processes",
        "ex99 import 0000950123-05-012345.txt                   one full submission",
        "ex99 import ex991.htm --cik 49728 --filed 2005-11-23   a bare exhibit, with what it does not tell itself",
        "ex99 import --manifest exhibits.tsv                    many of them, listed with columns path, cik, filed",
    ],
    panel="Fill",
)
def import_files(
    *,
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="PATH", help="Files, archive files, or folders with all that lies below them.")
    ] = None,
    manifest: Annotated[
        Path | None,
        typer.Option("--manifest", metavar="FILE", help=f"A table with tabs of bare exhibits: {' '.join(COLUMNS)}.", rich_help_panel=BARE),
    ] = None,
    cik: Annotated[str | None, typer.Option("--cik", metavar="WORD", help="The company's CIK.", rich_help_panel=BARE)] = None,
    filed: Annotated[str | None, typer.Option("--filed", metavar="DATE", help="The filing date.", rich_help_panel=BARE)] = None,
    form: Annotated[str, typer.Option("--form", metavar="WORD", help="The form.", rich_help_panel=BARE)] = "8-K",
    accession: Annotated[
        str | None,
        typer.Option("--accession", metavar="WORD", help="The accession number; without it a synthetic one is made.", rich_help_panel=BARE),
    ] = None,
    items: Annotated[
        list[str] | None, typer.Option("--items", "--item", metavar="ITEM", help="The filing's items: 2.02,9.01.", rich_help_panel=BARE)
    ] = None,
    company: Annotated[str | None, typer.Option("--company", metavar="WORD", help="The company's name.", rich_help_panel=BARE)] = None,
    exhibit_type: Annotated[str, typer.Option("--type", metavar="WORD", help="The exhibit's type.", rich_help_panel=BARE)] = "EX-99.1",
    follow_links: Annotated[
        bool, typer.Option("--follow-links", metavar=" ", help="Take along what links out of the folders lead to.")
    ] = False,
    jobs: Annotated[
        int, typer.Option("--jobs", "-j", min=0, metavar="NUMBER", help="Processes that read submissions; 0 means one a core.")
    ] = 1,
    parse: Parse = True,
    exhibits: Exhibits = None,
    json: Json = False,
    archive: Archive = None,
) -> None:
    """Archive filings and exhibits that you already have on disk, and parse their press releases.

    Full submissions are recognised by their content and need no options. Folders are walked, such as
    sec-edgar-filings/TICKER/8-K/ACCESSION/full-submission.txt, and EDGAR's daily feeds, tar, zip, gz and zst files are read as what they
    hold; submissions of other forms in them are passed over and counted. Any other file is a bare exhibit and needs --cik and --filed, or a
    line in a --manifest; without an accession number it gets a synthetic one, which begins with 9 and is always the same for the same
    company, day and bytes.
    """
    if not paths and manifest is None:
        raise UserError("nothing to import: name files or folders", "or a table of bare exhibits with --manifest")
    facts = _read_facts(cik=cik, filed=filed, form=form, accession=accession, items=items, company=company, exhibit_type=exhibit_type)
    settings = load_settings(archive, exhibits)
    with open_storage(settings, create=True) as storage:
        with Watch("importing") as watch:
            report = import_paths(
                storage,
                paths or [],
                facts,
                lambda number, name: watch.update(number, None, tail=name),
                manifests=[manifest] if manifest else [],
                follow_links=follow_links,
                jobs=jobs,
            )
        parsed = parse_new(storage, settings) if parse else None
        report.other_names = list(find_other_names(storage, report.bare)) if parse else []
    if json:
        output.print_json({"import": report, "parse": parsed})
    else:
        print_import_report(report)
        print_losses(parsed)
        for told in report.other_names:
            line = f"{told.accession} was imported for {told.company} ({told.cik}), and prints {told.printed!r}: is that the right CIK?"
            output.note(line, style="yellow")
    if report.skips or (parsed is not None and parsed.losses):
        raise Losses


def print_import_report(report: ImportReport) -> None:
    """Print how an import went; many skips for one reason are summed up after the first ten."""
    out = output.stdout()
    words = f"{count_of(report.archived, 'filing')} archived" + (f", {report.known:,} already there" if report.known else "")
    if report.without_release:
        words += f", {report.without_release:,} without a press release"
    out.print(Text(words, style="bold"), soft_wrap=True)
    made = [accession for accession in report.accessions if is_synthetic(accession)]
    for accession in made[:10]:
        out.print(Text(f"  {accession}  (synthetic accession number)", style="dim"), soft_wrap=True)
    if report.other_forms:
        forms = ", ".join(f"{count:,} {form}" for form, count in report.other_forms.most_common(5))
        more = " ..." if len(report.other_forms) > 5 else ""
        output.note(f"{count_of(report.other_forms.total(), 'submission')} of other forms passed over: {forms}{more}")
    if report.passed:
        first = clip(Path(report.passed[0]).name, 40)
        output.note(f"{count_of(len(report.passed), 'other file')} passed over: no full submissions ({first} ...)")
    output.print_losses((skip.code, f"skipped  {skip.path}: {skip.message}") for skip in report.skips)


def _read_facts(
    *, cik: str | None, filed: str | None, form: str, accession: str | None, items: list[str] | None, company: str | None, exhibit_type: str
) -> ExhibitFacts | None:
    if cik is None and filed is None:
        given = [name for name, value in (("--accession", accession), ("--items", items), ("--company", company)) if value]
        if given:
            raise UserError(f"{given[0]} describes a bare exhibit and needs --cik and --filed", "a full submission tells all this itself")
        return None
    day = read_day(filed, "--filed")
    if cik is None or day is None:
        raise UserError("--cik and --filed belong together", "a bare exhibit needs both")
    if not is_8k_family(form):
        raise UserError(f"--form {form!r} is not of the 8-K family", "ex99 archives 8-K filings, such as 8-K and 8-K/A")
    if parse_exhibit_type(exhibit_type) is None:
        raise UserError(f"--type {exhibit_type!r} is no exhibit type", "it looks like EX-99.1")
    known = []
    for word in as_words(items):
        item = find_item(word, day)
        if item is None:
            raise UserError(f"--items {word!r} is no item of an 8-K", "items look like 2.02; before August 2004 like 12")
        known.append(item)
    number = AccessionNumber.parse(accession) if accession else None
    return ExhibitFacts(Cik.parse(cik), day, form.upper(), number, tuple(known), company, exhibit_type.upper())
