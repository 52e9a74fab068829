"""`ex99 verify`, `doctor` and `version`: looking after an archive and its surroundings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Annotated

import typer
from rich.text import Text

from ex99 import __version__
from ex99.cli import output
from ex99.cli.app import app, command
from ex99.cli.options import Archive, Json, load_settings
from ex99.cli.parsing_step import print_losses
from ex99.cli.progress import Watch
from ex99.cli.query import reading
from ex99.cli.words import count_of
from ex99.doctor import check_all
from ex99.errors import Losses, UserError
from ex99.parsing import PARSER_VERSION
from ex99.repair import RepairReport, repair_archive
from ex99.storage.verify import DAMAGE, Finding, remove_orphans

PANEL = "Look after"
_VERDICT_STYLES: dict[str, str] = {"ok": "green", "note": "dim", "missing": "yellow", "broken": "red"}


@command(
    "verify",
    [
        "ex99 verify",
        "ex99 verify --quick   rows alone, without reading the blobs",
        "ex99 verify --repair  mend what can be mended, and list what cannot",
        "ex99 verify --remove-orphans",
    ],
    panel=PANEL,
)
def verify(
    *,
    quick: Annotated[bool, typer.Option("--quick", metavar=" ", help="Compare the rows alone; do not read the blobs.")] = False,
    repair: Annotated[bool, typer.Option("--repair", metavar=" ", help="Mend what can be mended; not while a crawl runs.")] = False,
    orphans: Annotated[
        bool, typer.Option("--remove-orphans", metavar=" ", help="Delete orphan blobs; not while a crawl or an import runs.")
    ] = False,
    json: Json = False,
    archive: Archive = None,
) -> None:
    """Check the archive whole: the database's own pages and indexes, every blob against its hash, every row against its blob.

    Exit code 1 where something is damaged. Orphan blobs, which a crash may leave, are listed and harmless. --repair moves damaged blobs
    aside and lets the next crawl or import bring their filings again, makes indexes and results anew, and lists what cannot be mended.
    """
    if repair and quick:
        raise UserError("--repair and --quick exclude each other", "a repair looks at everything first")
    with reading(archive) as opened:
        findings: list[Finding] = []
        report = None
        with Watch("checking") as watch:
            if repair:
                workers = opened.settings.parse_workers
                report = repair_archive(opened.storage, workers=workers, on_finding=lambda n, kind: watch.update(n, None, tail=kind))
            else:
                for finding in opened.verify(blobs=not quick):
                    findings.append(finding)
                    watch.update(len(findings), None, tail=finding.kind)
        removed = remove_orphans(opened.storage) if orphans else 0
    if report is not None:
        _print_repair(report, json=json)
    else:
        _print_findings(findings, json=json)
    if removed and not json:
        output.stdout().print(f"{count_of(removed, 'orphan blob')} removed")
    if any(not finding.harmless for finding in findings) or (report is not None and (report.left or report.damaged)):
        raise Losses


def _print_findings(findings: Sequence[Finding], *, json: bool) -> None:
    if json:
        output.print_json_lines(findings)
        return
    for finding in findings:
        output.stdout().print(Text(f"{finding.kind}  {finding.message}", style="dim" if finding.harmless else "red"), soft_wrap=True)
    for kind, number in Counter(finding.kind for finding in findings).items():
        output.note(f"{number:,} {kind}: {DAMAGE[kind]}")
    if any(not finding.harmless for finding in findings):
        output.note("`ex99 verify --repair` mends what can be mended")
    if not findings:
        output.stdout().print("all is well")


def _print_repair(report: RepairReport, *, json: bool) -> None:
    if json:
        output.print_json(report)
        return
    out = output.stdout()
    for mended in report.mended:
        out.print(Text(f"mended  {mended.finding.message}: {mended.done}"), soft_wrap=True)
    for finding in report.left:
        out.print(Text(f"left  {finding.message}", style="red"), soft_wrap=True)
    if any(finding.kind in ("database", "dangling") for finding in report.left):
        output.note(
            "what is left comes back from a backup of the database alone, or from a new archive that imports and crawls the same filings"
        )
    print_losses(report.parsed)
    for accession in report.damaged[:10]:
        out.print(Text(f"  {accession}  to be fetched or imported again"), soft_wrap=True)
    if report.damaged:
        number = count_of(len(report.damaged), "filing")
        output.note(f"{number} damaged: `ex99 crawl COMPANY --retry-failed`, or `ex99 import` of their files, brings their bytes again")
    if not report.mended and not report.left:
        out.print("all is well")


@command("doctor", ["ex99 doctor", "ex99 doctor --archive demo-archive"], panel=PANEL)
def doctor(json: Json = False, archive: Archive = None) -> None:
    """Show what is configured and what is missing. Asks nobody on the network; exit code 1 where something is broken."""
    checks = list(check_all(load_settings(archive)))
    if json:
        output.print_json_lines(checks)
    else:
        out = output.stdout()
        for check in checks:
            out.print(
                Text.assemble((f"{check.verdict:<8}", _VERDICT_STYLES[check.verdict]), f"{check.name:<17}", check.value), soft_wrap=True
            )
            if check.advice:
                out.print(Text(f"{'':<25}{check.advice}", style="dim"), soft_wrap=True)
        missing = sum(check.verdict in ("missing", "broken") for check in checks)
        out.print(Text("nothing is missing" if not missing else f"{count_of(missing, 'thing')} to look at", style="bold"))
    if any(check.verdict == "broken" for check in checks):
        raise Losses


@command("version", ["ex99 version"], panel=PANEL)
def version() -> None:
    """Show the versions of ex99 and of its parser."""
    output.stdout().print(f"ex99 {__version__}, parser {PARSER_VERSION}")


def _show_version(wanted: bool) -> None:
    if wanted:
        version()
        raise typer.Exit


@app.callback(help=app.info.help, epilog=app.info.epilog)
def read_options(
    _: Annotated[bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the versions and exit.")] = False,
) -> None:
    """Options of ex99 itself, before any command."""
