"""Running an export: rows in batches from the archive to a file, the file in its place only when it is whole."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from ex99 import __version__
from ex99.errors import UserError, writing_to
from ex99.export.appending import append_changes
from ex99.export.arrow import SCHEMA
from ex99.export.columns import ColumnDef, list_columns
from ex99.export.dictionary import DescribedTable, explain_columns, write_dictionary
from ex99.export.duckdb_file import open_duckdb, write_facts
from ex99.export.parquet_folder import open_folder
from ex99.export.sinks import CsvSink, DuckdbSink, JsonLinesSink, ParquetSink, Sink, pour
from ex99.export.tables import TABLES, Selection, Table
from ex99.extras import import_or_say
from ex99.filings.plugins import load_plugins, use
from ex99.flat import safe_csv_value
from ex99.parsing import PARSER_VERSION
from ex99.storage.archive import Archive

FORMATS: tuple[str, ...] = ("parquet", "csv", "jsonl", "duckdb")
EXPORTERS = "ex99.exporters"
"""The entry points that add further formats, by name: each gives a function (path, columns) -> Sink."""
OnTable = Callable[[str, int], None]
"""Called after each batch with a table's name and its rows so far."""


@dataclass(frozen=True, slots=True)
class Written:
    """One table as it was written; ``misfits`` counts decimals of more digits than the format holds, which are absent in it.

    ``read`` counts the rows that were read for it: all of them, or where an export is kept up to date those of companies that changed.
    """

    table: str
    path: Path
    rows: int
    misfits: int
    read: int


@dataclass(slots=True)
class ExportReport:
    """What an export wrote: its tables, the two forms of the data dictionary, and, where it is kept, how many companies changed."""

    tables: list[Written] = field(default_factory=list)
    dictionary: list[Path] = field(default_factory=list)
    changed: int | None = None


def export_archive(
    archive: Archive,
    destination: Path,
    *,
    form: str | None = None,
    tables: Sequence[str] = (),
    chosen: Selection | None = None,
    overwrite: bool = False,
    append: bool = False,
    excel_safe: bool = False,
    on_table: OnTable | None = None,
) -> ExportReport:
    """Export tables (where none is named all but the texts) into a folder, one file a table, or into one DuckDB file.

    Without ``form`` the destination's ending tells it: .duckdb is a database, .parquet, .csv and .jsonl are files for one table; anything
    else is a folder of Parquet files. Memory stays bounded, whatever the archive holds, and all tables are of one moment, whatever is
    written into it meanwhile. ``excel_safe`` is for CSV: no text that a spreadsheet takes for a formula. With ``append`` the destination
    is a folder of Parquet files by year or a DuckDB file that is kept up to date: made where it is missing, and from then on the rows of
    companies that changed take the place of the old ones, all at once. Raises UserError for unknown words, a destination that is taken
    or of another schema, and a library that is missing.
    """
    chosen = chosen or Selection()
    form = check_form(form, destination)
    if excel_safe and form != "csv":
        raise UserError(f"--excel-safe is for CSV, and this is {form}", "--format csv, or a destination that ends in .csv")
    wanted = [TABLES[name] for name in check_tables(tables)]
    facts = _facts(archive, {"companies": str(len(chosen.ciks) or "all"), "filed since": chosen.since, "filed until": chosen.until})
    if append:
        with writing_to(destination):
            return _append(archive, destination, form, wanted, chosen, facts=facts, overwrite=overwrite)
    with writing_to(destination), archive.snapshot() as moment:
        sources = [(table, table.read(moment, chosen)) for table in wanted]
        return _write(sources, destination, form, facts, overwrite=overwrite, excel_safe=excel_safe, on_table=on_table)


def _append(
    archive: Archive,
    destination: Path,
    form: str,
    wanted: Sequence[Table],
    chosen: Selection,
    *,
    facts: Mapping[str, str],
    overwrite: bool,
) -> ExportReport:
    if form not in ("parquet", "duckdb") or destination.suffix.lower() == ".parquet":
        raise UserError("--append keeps a folder of Parquet files or a .duckdb file", "name such a one, or leave out --append")
    opened = (open_duckdb if form == "duckdb" else open_folder)(destination, overwrite=overwrite)
    kept, dictionary, changed = append_changes(archive, opened, wanted, chosen, facts)
    tables = [Written(name, told.place, told.rows, told.misfits, told.read) for name, told in kept.items()]
    return ExportReport(tables, dictionary, changed)


def write_rows(
    rows: Iterable[Any], row_type: type, table: str, destination: Path, *, archive: Archive, overwrite: bool = False
) -> ExportReport:
    """Write one table to one file, whose ending tells the form: .parquet, .csv, .jsonl or .duckdb."""
    form = destination.suffix.lstrip(".").lower()
    if form not in list_formats():
        raise UserError(
            f"{destination.name} has no ending that tells a format", f"endings: {', '.join('.' + name for name in list_formats())}"
        )
    source = (Table(table, row_type, lambda _archive, _chosen: rows), rows)
    with writing_to(destination):
        return _write([source], destination, form, _facts(archive, {}), overwrite=overwrite)


def check_form(form: str | None, destination: Path) -> str:
    """The format asked for, or the one that the destination's ending tells."""
    if form is None:
        ending = destination.suffix.lstrip(".").lower()
        if ending in list_formats():
            return ending
        if ending[:1].isalpha() and not destination.is_dir():
            raise UserError(f"{destination.name}: .{ending} is no format that ex99 writes", f"known: {', '.join(list_formats())}")
        return "parquet"
    if form.lower() not in list_formats():
        raise UserError(f"{form!r} is no format that ex99 writes", f"known: {', '.join(list_formats())}")
    return form.lower()


def list_formats() -> tuple[str, ...]:
    """The formats that can be written, those of plugins last."""
    return (*FORMATS, *(name for name in _list_exporters() if name not in FORMATS))


def _list_exporters() -> dict[str, Callable[[Path, Sequence[ColumnDef]], Sink]]:
    return {plugin.name.lower(): plugin.value for plugin in load_plugins(EXPORTERS) if use(plugin, _find_fault)}


def _find_fault(value: object) -> str | None:
    return None if callable(value) else f"{value!r:.80} is no function (path, columns) -> Sink"


def check_tables(names: Sequence[str]) -> list[str]:
    """Tables by name; where none is named all but those that are read on request alone."""
    for name in names:
        if name not in TABLES:
            raise UserError(f"{name!r} is no table that can be exported", f"known: {', '.join(TABLES)}")
    return list(dict.fromkeys(names)) or [name for name, table in TABLES.items() if not table.on_request]


def _write(
    sources: Sequence[tuple[Table, Iterable[Any]]],
    destination: Path,
    form: str,
    facts: Mapping[str, str],
    *,
    overwrite: bool,
    excel_safe: bool = False,
    on_table: OnTable | None = None,
) -> ExportReport:
    """Write into a folder of its own beside the destination, then move all into place, so that no half file is ever seen."""
    single = form == "duckdb" or destination.suffix.lstrip(".").lower() == form
    for library in {"parquet": ["pyarrow"], "duckdb": ["pyarrow", "duckdb"]}.get(form, []):
        import_or_say(library, "--format csv and jsonl need nothing")
    folder = destination.parent if single else destination
    finals = _final_names(sources, destination, form, single=single)
    pages = [folder / name for name in _dictionary_names(destination if single else None)]
    taken = [path for path in [*finals, *pages] if path.exists()]
    if taken and not overwrite:
        raise UserError(f"{taken[0]} exists", "name another place, or give --overwrite")
    folder.mkdir(parents=True, exist_ok=True)
    report = ExportReport(dictionary=pages)
    with tempfile.TemporaryDirectory(prefix=".ex99-export-", dir=folder) as scratch:
        parts = [Path(scratch) / path.name for path in finals]
        described = _write_tables(sources, parts, form, report, on_table=on_table, facts=facts, excel_safe=excel_safe)
        drafts = [Path(scratch) / path.name for path in pages]
        write_dictionary(described, drafts[0], drafts[1], facts)
        for part, final in zip([*dict.fromkeys(parts), *drafts], [*dict.fromkeys(finals), *pages], strict=True):
            shutil.move(part, final)
    report.tables = [replace(w, path=final) for w, final in zip(report.tables, finals, strict=True)]
    return report


def _write_tables(
    sources: Sequence[tuple[Table, Iterable[Any]]],
    parts: Sequence[Path],
    form: str,
    report: ExportReport,
    *,
    on_table: OnTable | None,
    facts: Mapping[str, str],
    excel_safe: bool,
) -> list[DescribedTable]:
    connection = import_or_say("duckdb").connect(str(parts[0])) if form == "duckdb" else None
    described = []
    try:
        for (table, rows), part in zip(sources, parts, strict=True):
            columns = list_columns(table.row_type, table.left_out)
            sink = CsvSink(part, columns, safe_csv_value) if excel_safe else _open_sink(table.name, columns, part, form, connection)
            try:
                count = pour(rows, columns, sink, table.batch, partial(on_table, table.name) if on_table else None)
            finally:
                sink.close()
            report.tables.append(Written(table.name, part, count, sink.misfits, count))
            described.append(DescribedTable(table.name, part.name, columns, count))
        if connection is not None:
            write_facts(connection, facts)
    finally:
        if connection is not None:
            connection.close()
    return described


def _open_sink(name: str, columns: Sequence[ColumnDef], path: Path, form: str, connection: Any) -> Sink:
    if form == "csv":
        return CsvSink(path, columns)
    if form == "jsonl":
        return JsonLinesSink(path, columns)
    if form not in FORMATS:
        return _list_exporters()[form](path, columns)
    notes = explain_columns(name, columns)
    return ParquetSink(path, columns, notes) if form == "parquet" else DuckdbSink(connection, name, columns, notes)


def _final_names(sources: Sequence[tuple[Table, Iterable[Any]]], destination: Path, form: str, *, single: bool) -> list[Path]:
    if single and form != "duckdb" and len(sources) > 1:
        raise UserError(f"{destination.name} can hold one table, and {len(sources)} are asked for", "name a folder, or one --table")
    return [destination if single else destination / f"{table.name}.{form}" for table, _ in sources]


def _dictionary_names(single: Path | None) -> tuple[str, str]:
    return ("data-dictionary.md", "datapackage.json") if single is None else (f"{single.name}.md", f"{single.name}.datapackage.json")


def _facts(archive: Archive, filters: Mapping[str, object]) -> dict[str, str]:
    from ex99.storage.schema import HEAD

    facts = {
        "written by": f"ex99 {__version__}, parser {PARSER_VERSION}, database revision {HEAD}",
        "written at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "database": archive.engine.dialect.name,
        "schema": str(SCHEMA),
    }
    return facts | {name: str(value) for name, value in filters.items() if value is not None}
