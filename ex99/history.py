"""The part of the Python API that looks over time: panels, restatements, exports and pictures."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ex99.asking import Day, Words, as_words, read_day, read_range
from ex99.companies import Companies, CompanyWord, find_ciks
from ex99.metrics import check_audit_kind, check_basis, check_duration, check_metrics
from ex99.rows import Rows
from ex99.storage.archive import Archive as StoredArchive

if TYPE_CHECKING:
    from ex99.export import ExportReport
    from ex99.export.rows import Change, SplitRow
    from ex99.storage.audit import AuditEntry
    from ex99.surprise import SurpriseReport


class HistoryQueries:
    """Questions over many periods, companies and vintages; a part of ex99.Archive."""

    storage: StoredArchive

    def panel(
        self,
        metrics: Words,
        company: Companies = None,
        *,
        duration: str = "quarter",
        since: Day = None,
        until: Day = None,
        as_of: Day = None,
    ) -> Rows[Any]:
        """One row a company and period with these metrics side by side; ``since`` and ``until`` bound the period's end.

        Each metric has its latest and its first value, their filing times to the second and accession numbers; "eps_diluted:nongaap"
        names a basis. Rows stream; ``to_polars()`` and ``to_pandas()`` give frames.
        """
        from ex99.panel import read_panel

        return read_panel(self.storage, metrics, company=company, duration=duration, since=since, until=until, as_of=as_of)

    def restatements(
        self,
        company: Companies = None,
        *,
        metric: Words = None,
        basis: Words = None,
        duration: Words = None,
        conflicts: bool = False,
        as_of: Day = None,
    ) -> Rows[Change]:
        """Where a later release gives another value, both figures with their releases; ``conflicts`` adds those that a rule resolved."""
        from ex99.export.rows import Change, list_changes

        ciks = find_ciks(self.storage, company)
        metrics = check_metrics(as_words(metric))
        bases = [check_basis(word) for word in as_words(basis)]
        durations = [check_duration(word) for word in as_words(duration)]
        day = read_day(as_of, "--as-of", last=True)
        return Rows(
            lambda: list_changes(self.storage, ciks, metrics=metrics, bases=bases, durations=durations, conflicts=conflicts, as_of=day),
            Change,
        )

    def splits(self, company: Companies = None) -> Rows[SplitRow]:
        """Stock splits that restated figures per share and share counts show."""
        from ex99.export.rows import SplitRow, list_split_rows

        ciks = find_ciks(self.storage, company)
        return Rows(lambda: list_split_rows(self.storage, ciks), SplitRow)

    def surprises(
        self, estimates: str | os.PathLike[str] | None = None, company: Companies = None, *, metric: str = "eps_diluted"
    ) -> SurpriseReport:
        """First-reported figures beside what was expected: by a file of estimates, or, of companies without one, the year before.

        Its ``losses`` are the lines of the file that make no sense or meet no announced figure. Needs ``ex99[surprise]``.
        """
        from ex99.surprise import find_surprises, read_estimates

        (name,) = check_metrics([metric])
        words = [str(cik) for cik in find_ciks(self.storage, company)]
        return find_surprises(self.storage, read_estimates(Path(estimates)) if estimates is not None else (), words, name)

    def audit(self, company: Companies = None, *, kind: Words = None, since: Day = None, until: Day = None) -> Rows[AuditEntry]:
        """What to look at by eye, by release and then by series (storage.audit.AUDIT_KINDS); ``since`` and ``until`` are filing dates."""
        from ex99.storage.audit import AuditEntry, list_audit

        ciks, kinds = find_ciks(self.storage, company), [check_audit_kind(word) for word in as_words(kind)]
        first, last = read_range(since, until)
        return Rows(lambda: list_audit(self.storage, ciks, kinds=kinds, since=first, until=last), AuditEntry)

    def export(
        self,
        destination: str | os.PathLike[str],
        *,
        form: str | None = None,
        tables: Words = None,
        company: Companies = None,
        since: Day = None,
        until: Day = None,
        overwrite: bool = False,
        append: bool = False,
    ) -> ExportReport:
        """Write tables into a folder (Parquet, CSV or JSON lines) or a .duckdb file, with a data dictionary beside them.

        With ``append`` the folder (of Parquet files by year) or .duckdb file is kept up to date: companies that changed are read anew.
        """
        from ex99.export import export_archive
        from ex99.export.tables import Selection

        first, last = read_range(since, until)
        chosen = Selection(find_ciks(self.storage, company), first, last)
        return export_archive(
            self.storage, Path(destination), form=form, tables=as_words(tables), chosen=chosen, overwrite=overwrite, append=append
        )

    def table(self, name: str, company: Companies = None, *, since: Day = None, until: Day = None) -> Rows[Any]:
        """Any table that an export writes, as rows: companies, filings, documents, releases, figures, points, changes, texts ..."""
        from ex99.export.service import check_tables
        from ex99.export.tables import TABLES, Selection

        (known,) = check_tables([name])
        first, last = read_range(since, until)
        chosen = Selection(find_ciks(self.storage, company), first, last)
        return Rows(lambda: TABLES[known].read(self.storage, chosen), TABLES[known].row_type)

    def plot(
        self,
        companies: CompanyWord | Sequence[CompanyWord],
        metrics: Words,
        destination: str | os.PathLike[str] | None = None,
        **asked: Any,
    ) -> Any:
        """One or several series as an Altair chart, restatements marked; with ``destination`` also written as PNG, SVG or HTML."""
        from ex99.plotting import make_chart, save_chart
        from ex99.series import read_company_series

        words = [companies] if isinstance(companies, str | int) else list(companies)
        told = [read_company_series(self.storage, word, metric, **asked) for metric in as_words(metrics) for word in words]
        chart = make_chart(told)
        if destination is not None:
            save_chart(chart, Path(destination))
        return chart
