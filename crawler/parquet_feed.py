"""Scrapy's feeds as Parquet: `scrapy crawl company -a companies=AAPL -O filings.parquet` (needs the extra ex99[export])."""

from __future__ import annotations

from typing import IO, Any

from scrapy.exceptions import NotConfigured
from scrapy.exporters import BaseItemExporter

BATCH = 10_000
"""Items that are written together, as one row group."""


class ParquetItemExporter(BaseItemExporter):
    """Writes plain items as rows; a column is of whole numbers where the first batch has nothing else, and of words otherwise."""

    def __init__(self, file: IO[bytes], **options: Any) -> None:
        super().__init__(dont_fail=True, **options)
        try:
            import pyarrow
            import pyarrow.parquet
        except ImportError as error:
            raise NotConfigured("Parquet feeds need pyarrow: install ex99[export]") from error
        self._arrow = pyarrow
        self._file = file
        self._rows: list[dict[str, Any]] = []
        self._writer: Any = None

    def export_item(self, item: Any) -> None:
        """Take a row."""
        self._rows.append(dict(self.get_serialized_fields(item, default_value=None, include_empty=True)))
        if len(self._rows) >= BATCH:
            self._flush()

    def finish_exporting(self) -> None:
        """Write what is left and the file's foot."""
        self._flush()
        if self._writer is not None:
            self._writer.close()

    def _flush(self) -> None:
        rows, self._rows = self._rows, []
        if not rows:
            return
        if self._writer is None:
            self._writer = self._arrow.parquet.ParquetWriter(self._file, self._schema(rows))
        words = {field.name for field in self._writer.schema if field.type == self._arrow.string()}
        plain = [{name: str(value) if name in words and value is not None else value for name, value in row.items()} for row in rows]
        self._writer.write_table(self._arrow.Table.from_pylist(plain, schema=self._writer.schema))

    def _schema(self, rows: list[dict[str, Any]]) -> Any:
        names = dict.fromkeys(name for row in rows for name in row)
        numbers = {name for name in names if all(type(row.get(name)) is int for row in rows)}
        return self._arrow.schema([(name, self._arrow.int64() if name in numbers else self._arrow.string()) for name in names])
