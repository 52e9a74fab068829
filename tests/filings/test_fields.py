"""A field is written once: what its dataclass says of it is what JSON, database, rows and exports have."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from ex99.export.columns import list_columns
from ex99.export.dictionary import explain_columns
from ex99.export.tables import TABLES
from ex99.filings import release as records
from ex99.filings.fields import list_fields, list_flat_fields, list_meanings, list_shown_fields
from ex99.filings.json_form import jsonable
from ex99.storage import models
from ex99.storage.mapping import RowMaker, stored_values
from ex99.storage.rows import FigureRow, GuidanceRow, PassageRow
from tests.storage import made

PARTS: list[tuple[type, type, Any, str]] = [
    (records.Figure, FigureRow, models.Figure, "figures"),
    (records.Guidance, GuidanceRow, models.Guidance, "guidance"),
    (records.Passage, PassageRow, models.Passage, "passages"),
]


@pytest.mark.parametrize(("record", "row", "table", "name"), PARTS)
def test_every_field_is_in_rows_columns_and_dictionary(record: type, row: type, table: Any, name: str) -> None:
    flat = [name for name, field, _ in list_flat_fields(record) if not (field.many and field.is_record)]
    assert set(flat) | {"release_id", "position", "rules"} == set(table.columns.keys())
    assert set(flat) <= {name for name, _, _ in list_flat_fields(row)}
    columns = list_columns(TABLES[name].row_type, TABLES[name].left_out)
    assert set(flat) <= {column.name for column in columns}
    meanings = explain_columns(name, columns)
    assert {key: meanings[key] for key in flat} == {key: list_meanings(record)[key] for key in flat}


def test_what_is_shown_on_request_is_no_column() -> None:
    assert "rules" in [field.name for field in list_fields(records.Figure)]
    assert "rules" not in [field.name for field in list_shown_fields(FigureRow)]
    figure = dataclasses.replace(made.figure(), rules=("T1", "P2"))
    assert "rules" not in jsonable(figure)
    assert jsonable(figure, why=True)["rules"] == ["T1", "P2"]


def test_a_rows_own_fields_come_first() -> None:
    names = [name for name, _, _ in list_flat_fields(FigureRow)]
    assert names.index("accession") < names.index("metric") < names.index("precision") < names.index("source_start")


def test_a_row_is_made_by_names_whatever_the_order_of_its_columns() -> None:
    told = {**stored_values(made.figure()), "position": 3}
    labels = sorted(told, reverse=True)
    figure = RowMaker(records.Figure, labels).make([told[label] for label in labels])
    assert figure == made.figure()
    backwards = sorted(told)
    assert RowMaker(records.Figure, backwards).make([told[label] for label in backwards]) == figure


@dataclasses.dataclass(frozen=True, slots=True)
class Later(records.Passage):
    """A record with a field more."""

    mood: str | None = None


def test_one_new_field_is_enough() -> None:
    from sqlalchemy import Column, Integer, MetaData, Table

    from ex99.storage.models.records import make_columns

    table = Table("later", MetaData(), Column("position", Integer, primary_key=True), *make_columns(Later))
    passage = Later("statement", records.Source(0, 4, "Acme"), True, "2024", mood="sure")
    assert "mood" in table.columns
    values = stored_values(passage)
    assert RowMaker(Later, list(values)).make(list(values.values())) == passage
    assert jsonable(passage)["mood"] == "sure"
