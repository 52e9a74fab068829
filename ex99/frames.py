"""Rows as data frames of pandas and polars, with columns typed by the row's own annotations."""

from __future__ import annotations

import datetime as dt
import typing
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ex99.extras import import_or_say
from ex99.filings.fields import Field, list_flat_fields

if TYPE_CHECKING:
    import pandas
    import polars

_ZONE = "America/New_York"


def build_pandas(records: list[dict[str, Any]], row_type: type) -> pandas.DataFrame:
    """A pandas frame of flat records: datetime64 for dates and times, Int64 and boolean where a value may be absent, Decimal objects."""
    pd = import_or_say("pandas")
    kinds = column_kinds(row_type)
    frame = pd.DataFrame.from_records(records, columns=list(kinds))
    for name, kind in kinds.items():
        if kind is dt.datetime:
            frame[name] = pd.to_datetime(frame[name], utc=True).dt.tz_convert(_ZONE)
        elif kind is dt.date:
            frame[name] = pd.to_datetime(frame[name]).astype("datetime64[s]")
        elif kind is Decimal:
            frame[name] = frame[name].astype("object")
        elif kind in _PANDAS:
            frame[name] = frame[name].astype(_PANDAS[kind])
    return typing.cast("pandas.DataFrame", frame)


def build_polars(records: list[dict[str, Any]], row_type: type) -> polars.DataFrame:
    """A polars frame of flat records: Date, Datetime in New York's zone, Decimal with the scale that the values need."""
    pl = import_or_say("polars")
    kinds = column_kinds(row_type)
    columns = {}
    for name, kind in kinds.items():
        values = [record[name] for record in records]
        if kind is Decimal:
            columns[name] = pl.Series(name, values, dtype=pl.Decimal(38, _scale(values)))
        elif kind is dt.datetime:
            utc = [None if v is None else v.astimezone(dt.UTC).replace(tzinfo=None) for v in values]
            series = pl.Series(name, utc, dtype=pl.Datetime("us"))
            columns[name] = series.dt.replace_time_zone("UTC").dt.convert_time_zone(_ZONE)
        else:
            columns[name] = pl.Series(name, _plain(values, kind), dtype=_polars_type(pl, kind))
    return typing.cast("polars.DataFrame", pl.DataFrame(columns))


def column_kinds(row_type: type) -> dict[str, type]:
    """The flat columns of a row type and the plain type of each: date, datetime, Decimal, int, bool, float or str."""
    return {name: str if field.many else plain_kind(field) for name, field, _ in list_flat_fields(row_type)}


def plain_kind(field: Field) -> type:
    """The plain type of a field's values."""
    return next((plain for plain in _PLAIN if issubclass(field.kind, plain)), str)


_PLAIN: tuple[type, ...] = (dt.datetime, dt.date, Decimal, bool, int, float)
_PANDAS: dict[type, str] = {int: "Int64", bool: "boolean", float: "float64", str: "string"}


def _plain(values: list[Any], kind: type) -> list[Any]:
    if kind in (str, int):
        return [None if value is None else kind(value) for value in values]
    return values


def _polars_type(pl: Any, kind: type) -> Any:
    return {dt.date: pl.Date, bool: pl.Boolean, int: pl.Int64, float: pl.Float64}.get(kind, pl.String)


def _scale(values: list[Decimal | None]) -> int:
    exponents = [value.as_tuple().exponent for value in values if value is not None]
    return max((-exponent for exponent in exponents if isinstance(exponent, int) and exponent < 0), default=0)
