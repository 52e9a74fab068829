"""The repair service: what verify finds is mended, what was forgotten is parsed again, and what remains to be done is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from ex99.reparse import ReparseReport, reparse
from ex99.storage.archive import Archive
from ex99.storage.filters import FilingFilter
from ex99.storage.queries import list_filings
from ex99.storage.repair import DAMAGED, Mended
from ex99.storage.repair import repair as mend
from ex99.storage.verify import Finding, find_damage


@dataclass(frozen=True, slots=True)
class RepairReport:
    """How a repair went: what was mended and how, what cannot be, and which filings are to be fetched or imported again."""

    mended: tuple[Mended, ...]
    left: tuple[Finding, ...]
    damaged: tuple[str, ...]
    """Accession numbers of all filings that are failed for the reason "damaged", also by repairs before."""
    parsed: ReparseReport | None

    @property
    def steps(self) -> Counter[str]:
        """How many findings of each kind were mended."""
        return Counter(mended.finding.kind for mended in self.mended)


def repair_archive(archive: Archive, *, workers: int = 0, on_finding: Callable[[int, str], None] | None = None) -> RepairReport:
    """Look the archive over, mend what can be mended, and parse again what has to be; not while a crawl or an import is writing."""
    findings = []
    for finding in find_damage(archive):
        findings.append(finding)
        if on_finding is not None:
            on_finding(len(findings), finding.kind)
    mended, left = mend(archive, findings)
    parsed = reparse(archive, workers=workers) if any(done.step == "parse" for done in mended) else None
    failed = list_filings(archive, FilingFilter(states=["failed"]))
    damaged = tuple(str(row.accession) for row in failed if row.reason == DAMAGED)
    return RepairReport(tuple(mended), tuple(left), damaged, parsed)
