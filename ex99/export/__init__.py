"""Exports: the archive's tables as Parquet, CSV, JSON lines or a DuckDB file, streaming, with a data dictionary beside them."""

from ex99.export.service import ExportReport, Written, export_archive, write_rows

__all__ = ["ExportReport", "Written", "export_archive", "write_rows"]
