"""What Datasette is told of the archive: its tables, columns and questions. https://docs.datasette.io/en/0.65.2/metadata.html"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from ex99 import __version__
from ex99.export.columns import list_columns
from ex99.export.meanings import TABLES as MEANINGS
from ex99.export.meanings import explain_column
from ex99.export.rows import Change
from ex99.series import PointRow
from ex99.storage.views import View, list_tables

NAME = "archive"
"""The database's name in Datasette."""
_ABOUT = (
    "Press releases of Form 8-K, Exhibit 99.1, and the figures that were read from them. "
    "The views and the queries are for people; the tables are the archive as it is."
)
_LABELS = {
    "company": "name", "filing": "accession", "document": "filename", "release": "headline", "crawl_run": "spider",
    "parse_run": "parser_version",
}  # fmt: skip
"""Table -> the column that stands for a row where another table refers to it."""
_EXPORTED = {
    "company": "companies", "filing": "filings", "document": "documents", "release": "releases", "figure": "figures",
    "guidance": "guidance", "passage": "passages", "release_text": "texts", "current_filings": "filings", "current_releases": "releases",
    "current_figures": "figures", "current_guidance": "guidance", "current_passages": "passages",
}  # fmt: skip
"""Table or view -> the table of exports that has the same columns, whose meanings are told."""
_MEANINGS = {
    "viewer": "the page of `ex99 serve` that shows it in the release; absent for documents that are no press release",
    "edgar": "the filing at the SEC",
    "acceptance_utc": "when EDGAR accepted the filing, to the second, in UTC",
    "release_kind": "kind of the release: results, guidance, acquisition ...",
    "support": "what supports a figure, by codes joined with blanks",
}
_SEARCHED = {"release_text": "document_id", "current_releases": "document_id"}
"""Table or view -> its column that the full-text index goes by."""
_OUTLOOK = (
    "company", "filing_date", "metric", "basis", "period", "low", "high", "unit", "reported", "outcome", "action", "words", "accession",
    "reported_in",
)  # fmt: skip
_QUESTIONS: dict[str, tuple[str, str, str, str]] = {
    "series": (
        "A series",
        "A company's metric over time, as `ex99 series` has it. Where basis (gaap, nongaap), duration (quarter, year, instant ...) and "
        "vintage (first, latest) are left empty, what is usual is taken.",
        "company metric basis duration vintage",
        """SELECT {points}, {page} || json_extract(told.value, '$.accession') AS viewer
FROM json_each(ex99_series(:company, :metric, :basis, :duration, :vintage)) AS told""",
    ),
    "restatements": (
        "Restatements",
        "Periods of which two releases give two values, as `ex99 restatements` has them; of all metrics where none is named.",
        "company metric",
        """SELECT {changes}, {page} || json_extract(told.value, '$.after_accession') AS viewer
FROM json_each(ex99_restatements(:company, :metric)) AS told""",
    ),
    "guidance_and_actuals": (
        "Guidance, and what came of it",
        "What a company guided, newest first, beside what it then reported.",
        "company",
        """SELECT {outlooks},
  {page} || json_extract(told.value, '$.accession') || '#g' || json_extract(told.value, '$.position') AS viewer
FROM json_each(ex99_guidance(:company)) AS told""",
    ),
    "latest_figures": (
        "A company's latest figures",
        "Of each metric the newest period, as the last release told it.",
        "company",
        """SELECT company, metric, basis, duration, period_end, value, unit, grade, source_text, filing_date, viewer, edgar
FROM (
  SELECT *, row_number() OVER (
    PARTITION BY metric, basis, duration ORDER BY period_end DESC, filing_date DESC, comparative, release_id, position
  ) AS place
  FROM current_figures WHERE cik = ex99_cik(:company) AND period_end IS NOT NULL
)
WHERE place = 1 ORDER BY metric, basis, duration""",
    ),
    "what_a_release_said": (
        "What a release said",
        "All that was read from a filing: figures, outlooks and passages, in the order of its words.",
        "accession",
        """SELECT what, kind, basis, period, value, upto, unit, words, viewer, edgar
FROM (
  SELECT 'figure' AS what, metric AS kind, basis, period_end AS period, value, NULL AS upto, unit, source_text AS words, viewer, edgar,
    document_id, source_start
  FROM current_figures WHERE accession = :accession
  UNION ALL
  SELECT 'guidance', metric, basis, period, low, high, unit, source_text, viewer, edgar, document_id, source_start
  FROM current_guidance WHERE accession = :accession
  UNION ALL
  SELECT 'passage', kind, NULL, horizon, NULL, NULL, NULL, source_text, viewer, edgar, document_id, source_start
  FROM current_passages WHERE accession = :accession
)
ORDER BY document_id, source_start""",
    ),
    "search": (
        "Search",
        'Releases that hold all the words, best first: "a phrase", -without, this or that, begin*.',
        "words",
        """SELECT told.company, told.filing_date, told.kind, told.headline,
  snippet(release_search, 1, '[', ']', ' ... ', 24) AS words, told.viewer, told.edgar
FROM release_search JOIN current_releases AS told ON told.document_id = release_search.rowid
WHERE release_search MATCH ex99_match(:words) ORDER BY bm25(release_search, 4.0, 1.0), told.id""",
    ),
}
"""By name: title, what it tells, its parameters, and its SQL, in which braces stand for what the records of rows name."""


def describe_archive(views: Mapping[str, View], viewer: str) -> dict[str, Any]:
    """What Datasette shows of the archive, its tables, columns and questions: https://docs.datasette.io/en/stable/metadata.html"""
    tables: dict[str, dict[str, Any]] = {"alembic_version": {"hidden": True}}
    for name, table in list_tables().items():
        tables[name] = _describe(name, table.columns, table.words)
        if table.exact:
            exact = f"{', '.join(table.exact)}: texts here, so that every digit stays"
            tables[name]["description"] += f" {exact}; current_{_EXPORTED[name]} has numbers."
            tables[name]["sortable_columns"] = [column for column in table.columns if column not in table.exact]
        if name in _LABELS:
            tables[name]["label_column"] = _LABELS[name]
    tables |= {name: _describe(name, view.columns) for name, view in views.items()}
    for name, key in _SEARCHED.items():
        tables[name] |= {"fts_table": "release_search", "fts_pk": key}
    return {
        "title": "ex99",
        "description": _ABOUT,
        "source": "SEC EDGAR",
        "source_url": "https://www.sec.gov/edgar",
        "about": f"ex99 {__version__}",
        "databases": {NAME: {"description": _ABOUT, "tables": tables, "queries": list_questions(viewer)}},
    }


def _describe(name: str, columns: Iterable[str], words: str | None = None) -> dict[str, Any]:
    """A table's own words, else those of its export, and the meaning of each column that has one."""
    exported = _EXPORTED.get(name, name)
    meanings = {column: meaning for column in columns if (meaning := _MEANINGS.get(column) or _explain(exported, column))}
    return {"description": " ".join((words or MEANINGS.get(exported, "")).split()), "columns": meanings}


def _explain(table: str, column: str) -> str | None:
    try:
        return explain_column(table, column)
    except KeyError:
        return None


def list_questions(viewer: str) -> dict[str, dict[str, Any]]:
    """The canned queries by name."""
    told = {
        "page": f"'{viewer.replace(chr(39), chr(39) * 2)}/release/'",
        "points": _pick_columns(PointRow),
        "changes": _pick_columns(Change),
    }
    told["outlooks"] = _pick(_OUTLOOK, numbers=("low", "high", "reported"))
    return {
        name: {"title": title, "description": words, "params": params.split(), "sql": sql.format(**told)}
        for name, (title, words, params, sql) in _QUESTIONS.items()
    }


def _pick_columns(row_type: type) -> str:
    columns = list_columns(row_type)
    return _pick([column.name for column in columns], [column.name for column in columns if column.kind is Decimal])


def _pick(names: Iterable[str], numbers: Iterable[str]) -> str:
    """Fields of a JSON object as columns; decimals, which are texts in it, as numbers."""
    exact = frozenset(numbers)
    picked = {name: f"json_extract(told.value, '$.{name}')" for name in names}
    return ", ".join(f"CAST({value} AS NUMERIC) AS {name}" if name in exact else f"{value} AS {name}" for name, value in picked.items())
