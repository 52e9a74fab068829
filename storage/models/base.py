"""What all tables share: the naming of constraints and helpers for closed vocabularies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from sqlalchemy import CheckConstraint, Date, MetaData
from sqlalchemy.orm import DeclarativeBase

from ex99.storage.types import ExactDecimal, Instant, Words

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The declarative base: text is Words, datetimes are Instant, decimals are exact."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {str: Words, dt.datetime: Instant, dt.date: Date, Decimal: ExactDecimal}  # noqa: RUF012


def one_of(column: str, values: Iterable[str]) -> CheckConstraint:
    """A check that a text column holds one of a closed vocabulary (or NULL where the column allows it)."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)
