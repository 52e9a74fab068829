"""The tables' schema: a version that counts up with the columns, and a JSON Schema that what is exported fulfils."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ex99.export.arrow import SCHEMA
from ex99.export.columns import list_columns
from ex99.export.schema import describe_schema, digest_columns
from ex99.export.tables import TABLES
from tests.ex99.conftest import Cli

PINNED = (1, "1527359be231af90")
"""The version, and the digest of the columns that it stands for."""


def test_the_version_stands_for_these_columns() -> None:
    advice = "columns changed: after a release of ex99 count SCHEMA in ex99/export/arrow.py up, and pin version and digest here"
    assert (SCHEMA, digest_columns()) == PINNED, advice


def test_every_exported_row_fulfils_the_schema(cli: Cli, past: Path, filled: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    told = json.loads(cli("export", "--schema").out)
    jsonschema.Draft202012Validator.check_schema(told)
    lines = 0
    for number, archive in enumerate((past, filled)):
        assert cli("export", f"out-{number}", "-f", "jsonl", "-a", archive).code == 0
        for name, table in told["$defs"].items():
            check = jsonschema.Draft202012Validator(table)
            if name != "texts":
                for line in Path(f"out-{number}", f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
                    check.validate(json.loads(line))
                    lines += 1
    assert lines > 1000
    figures = told["$defs"]["figures"]["properties"]
    row = json.loads(Path("out-1/figures.jsonl").read_text(encoding="utf-8").splitlines()[0])
    for name, wrong in (("value", 4.5), ("basis", "pro forma"), ("period_end", 2024), ("value", None), ("cik", "320193")):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.Draft202012Validator(told["$defs"]["figures"]).validate({**row, name: wrong})
    assert figures["value"]["unit"] == "as the column unit says"
    assert figures["period_end"]["type"] == ["string", "null"]


def test_every_column_is_described() -> None:
    told = describe_schema()
    assert list(told["$defs"]) == list(TABLES)
    for name, table in told["$defs"].items():
        assert list(table["properties"]) == [column.name for column in list_columns(TABLES[name].row_type, TABLES[name].left_out)]
        for column, words in table["properties"].items():
            assert words["description"], f"{name}.{column}"
            if words["duckdb"].startswith("DECIMAL"):
                assert words["unit"], f"{name}.{column}"


def test_some_tables_and_wrong_words(cli: Cli) -> None:
    assert list(json.loads(cli("export", "--schema", "-t", "points,figures").out)["$defs"]) == ["figures", "points"]
    wrong = cli("export", "--schema", "-t", "cells")
    assert (wrong.code, wrong.err.splitlines()[0]) == (2, "error: 'cells' is no table that can be exported")
    nowhere = cli("export")
    assert (nowhere.code, nowhere.err.splitlines()[0]) == (2, "error: an export needs a destination")
