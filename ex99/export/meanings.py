"""What each exported column means: by its name, or by table and name where a name means different things."""

from __future__ import annotations

from ex99.filings.exhibits import PIPELINES
from ex99.filings.fields import list_meanings
from ex99.filings.filing import FILING_STATES
from ex99.filings.metrics import METRICS
from ex99.filings.release import Figure, Guidance, Passage

TABLES: dict[str, str] = {
    "companies": "Companies that the archive knows, as last heard of.",
    "filings": "Every filing that the archive knows, whatever its state.",
    "documents": "Documents of filings: the 8-K and every exhibit, whether its bytes are kept or not.",
    "releases": "Press releases as the parser read them, one a document.",
    "figures": "Reported figures, each with the words it was read from.",
    "guidance": "Numeric outlooks.",
    "passages": "Passages with a role: safe harbor, forward-looking statement, contact ...",
    "points": "Points of all series: a company's metric in a period, as first reported and as last restated.",
    "changes": "Restatements, and conflicts that a rule resolved: two releases that give one period two values.",
    "splits": "Stock splits, as restated figures per share and share counts show them.",
    "texts": "The full text of press releases, into which the start and end of every source point.",
    "panel": "One row a company and period, metrics side by side.",
}

MEANINGS: dict[str, str] = {
    "cik": "the (first) company's Central Index Key at the SEC, a number",
    "ciks": "the CIKs of all companies that the filing is filed for, joined by '; '",
    "sequence": "the document's number in the filing",
    "type": "SGML type of the document: 8-K, EX-99.1, GRAPHIC ...",
    "description": "what the filer says of the document",
    "rank": "place among the filing's press releases, 0 for the best; absent for other documents",
    "text": "the canonical text of the release",
    "company": "name of the (first) company as last heard of",
    "name": "the company's name as last heard of",
    "sic": "Standard Industrial Classification code",
    "state": "state or country of the company's address",
    "fiscal_year_end": "month and day on which the fiscal year ends, as EDGAR says (MMDD)",
    "tickers": "symbols and exchanges, joined by '; '",
    "former_names": "names that the company bore before, joined by '; '",
    "filings": "how many of the company's filings the archive lists",
    "id": "number of the row in the archive",
    "accession": "accession number of the filing; in points and panels of the latest vintage",
    "form": "form type: 8-K, 8-K/A, 8-K405 ...",
    "filing_date": "filing date as EDGAR gives it; in points of the latest vintage",
    "acceptance": "when EDGAR accepted the filing, to the second, in New York's clock; in points of the latest vintage",
    "period_of_report": "date of the event that the filing reports (not the fiscal period)",
    "items": "numbers of the items that the filing reports under, joined by '; '",
    "reason": "why the filing stands where it does: how its release was chosen, or why there is none",
    "note": "a remark in words; of restatements 'split 7:1' where share counts moved by the same ratio, 'implausible: ...' of others; "
    "of conflicts the rule",
    "failures": "how often fetching failed",
    "size": "size of the submission in bytes as EDGAR lists it",
    "primary_document": "file name of the filing's main document",
    "document_id": "number of the exhibit's row in the archive",
    "pipeline": "how the document was parsed: " + "; ".join(f"{name}: {words}" for name, words in PIPELINES.items()),
    "document_type": "SGML type of the exhibit: EX-99.1 ...",
    "filename": "file name of the exhibit",
    "sha256": "SHA-256 of the exhibit's bytes, which name its blob",
    "parser_version": "version of the parser that read the exhibit",
    "current": "true for the result that queries read",
    "media_type": "text/plain or text/html",
    "kind": "kind of the release: results, guidance, acquisition ...",
    "headline": "headline of the release",
    "place": "place of the dateline",
    "date": "date of the dateline",
    "printed_company": "the company's name as the release prints it",
    "fiscal_year": "fiscal year in the company's own counting",
    "fiscal_quarter": "fiscal quarter that the period ends with; absent for a year",
    "fiscal_end": "end of the fiscal period that the release is about",
    "error_code": "why the exhibit could not be parsed, as a code; absent where it was",
    "error_message": "why the exhibit could not be parsed, in words",
    "figures": "how many figures were read",
    "warnings": "what the parser left out or doubts, joined by '; '",
    "release_id": "number of the release's row in the archive",
    "position": "place among the release's rows of this kind, from 0",
    "calendar_quarter": "calendar quarter that the (last) fiscal quarter stands for, such as 2024Q1",
    "first_value": "the amount as first reported",
    "status": "reported, or derived (year less nine months and the like)",
    "rounded": "true where the amount is printed less exactly than most of the series",
    "restated": "true where a later release gives another value by more than rounding",
    "formula": "of derived points: what was taken from what",
    "vintages": "how many filings report the point",
    "first_accession": "accession number of the filing that first reported it",
    "first_filing_date": "filing date of the filing that first reported it",
    "first_acceptance": "when EDGAR accepted the filing that first reported it, to the second",
    "first_comparative": "true where the archive's first report is a comparative: the announcement itself is not in the archive",
    "before": "the earlier value; of a conflict the one passed over",
    "before_unit": "its unit",
    "before_precision": "how exact it is printed",
    "before_accession": "accession number of its filing",
    "before_filing_date": "filing date of its filing",
    "before_acceptance": "acceptance time of its filing",
    "before_text": "the words that it was read from",
    "after": "the later value; of a conflict the one taken",
    "after_unit": "its unit",
    "after_precision": "how exact it is printed",
    "after_accession": "accession number of its filing",
    "after_filing_date": "filing date of its filing",
    "after_acceptance": "acceptance time of its filing",
    "after_text": "the words that it was read from",
    "day": "filing date of the first release that counts in new shares",
    "ratio": "how many new shares an old one became: 7, or 0.05",
    "as_comparative": "true where the archive's first report is a comparative: the announcement itself is not in the archive",
    "filings.state": "; ".join(f"{state}: {words}" for state, words in FILING_STATES.items()),
    "documents.size": "size of the document in bytes",
    "documents.sha256": "SHA-256 of the document's bytes, which name its blob; absent where these are not kept",
    "figures.fiscal_year": "fiscal year of the figure's own period, in the company's own counting",
    "guidance.fiscal_year": "fiscal year of the period that the release reports",
    "guidance.fiscal_quarter": "fiscal quarter of the period that the release reports",
    "passages.fiscal_year": "fiscal year of the period that the release reports",
    "passages.fiscal_quarter": "fiscal quarter of the period that the release reports",
    "changes.kind": "restatement or conflict",
    "panel.accession": "accession number of the filing that first reported the period",
    "panel.form": "form of the filing that first reported the period",
    "panel.filing_date": "filing date of the filing that first reported the period",
    "panel.acceptance": "when EDGAR accepted the filing that first reported the period, to the second, in New York's clock",
}

UNITS: dict[str, str] = {
    "size": "bytes",
    "source_start": "characters",
    "source_end": "characters",
    **dict.fromkeys(("value", "first_value", "precision", "low", "high"), "as the column unit says"),
    **dict.fromkeys(("before", "before_precision"), "as the column before_unit says"),
    **dict.fromkeys(("after", "after_precision"), "as the column after_unit says"),
}
"""Column -> what it is measured in; the others are counts, numbers of rows, and words."""

_RECORDS: dict[str, dict[str, str]] = {
    "guidance": list_meanings(Guidance), "passages": list_meanings(Passage), "figures": list_meanings(Figure),
}  # fmt: skip
"""What the records say of their own fields; other tables that have a figure's fields mean the same by them."""

PANEL_ENDINGS: dict[str, str] = {
    "": "{meaning}: the latest vintage",
    "_first": "{metric} as first reported",
    "_comparative": "{metric} of the same period a year earlier, as the filing that first reported this one prints it beside: "
    "_first over it is growth that no split and no restatement between the two comes into",
    "_unit": "unit of {metric}",
    "_status": "whether {metric} is reported or derived",
    "_restated": "true where a later release gives another {metric} by more than rounding",
    "_note": "of the last restatement of {metric}: 'split 7:1', or 'implausible: ...' where it became a multiple without one",
    "_as_comparative": "true where the archive's first report of {metric} is a later release's comparative",
    "_acceptance": "acceptance time of the latest vintage of {metric}",
    "_accession": "accession number of the latest vintage of {metric}",
    "_first_acceptance": "acceptance time of the filing that first reported {metric}",
    "_first_accession": "accession number of the filing that first reported {metric}",
}


def explain_column(table: str, column: str) -> str:
    """What a column of a table means; KeyError for one that nobody has explained."""
    if f"{table}.{column}" in MEANINGS:
        return MEANINGS[f"{table}.{column}"]
    if column in (own := _RECORDS.get(table, {})):
        return own[column]
    if column in MEANINGS:
        return MEANINGS[column]
    if column in _RECORDS["figures"]:
        return _RECORDS["figures"][column]
    if table == "panel":
        for metric in sorted(METRICS.values(), key=lambda known: -len(known.name)):
            for basis in ("_nongaap", "_gaap", ""):
                for ending, words in PANEL_ENDINGS.items():
                    if column == metric.name + basis + ending:
                        shown = metric.name + basis.replace("_", " ")
                        return words.format(metric=shown, meaning=metric.meaning + (f" ({basis[1:]})" if basis else ""))
    raise KeyError(f"{table}.{column}")
