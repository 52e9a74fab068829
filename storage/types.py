"""Column types that give the same value back on SQLite and PostgreSQL: exact decimals, instants, clean text."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, DateTime, Dialect, Numeric, Text, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql import functions
from sqlalchemy.types import TypeDecorator, TypeEngine

from ex99.filings.filing import NEW_YORK

_LONGEST_DECIMAL = 100
# a NUL, which PostgreSQL refuses, and lone surrogates, which UTF-8 cannot say
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class ExactDecimal(TypeDecorator[Decimal]):
    """A Decimal that comes back exactly: NUMERIC on PostgreSQL; on SQLite, which has no decimal type, its plain digits as text.

    Trailing zeros after the point are dropped (0.50 is kept as 0.5), so that equal values are equal texts. To order or compare
    by size use as_number(column): on SQLite that is CAST(... AS NUMERIC), exact for integers of 64 bits and to 15 digits otherwise.
    """

    impl = Numeric
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Text on SQLite, unbounded NUMERIC elsewhere."""
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else Numeric())

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        """The plain digits on SQLite, the plain Decimal elsewhere; ValueError for what is no number."""
        if value is None:
            return None
        digits = plain_digits(value)
        return digits if dialect.name == "sqlite" else Decimal(digits)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """The Decimal that was stored."""
        return None if value is None else Decimal(value)


def plain_digits(value: Decimal) -> str:
    """A finite decimal without exponent and trailing zeros: 4100000, 0.47, 0; ValueError for NaN, infinity or more than 100 places."""
    if not value.is_finite():
        raise ValueError(f"{value} is no number that an archive can keep")
    if (value and abs(value.adjusted()) > _LONGEST_DECIMAL) or len(value.as_tuple().digits) > _LONGEST_DECIMAL:
        raise ValueError(f"a number of more than {_LONGEST_DECIMAL} places is no figure")
    digits = f"{value:f}" if value else "0"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


class as_number(functions.GenericFunction[Decimal]):  # noqa: N801
    """An ExactDecimal column as a number, to compare and sort by size."""

    name = "ex99_as_number"
    inherit_cache = True
    type = Numeric()


@compiles(as_number)
def _compile_plain(element: as_number, compiler: Any, **options: Any) -> str:
    return str(compiler.process(element.clauses.clauses[0], **options))


@compiles(as_number, "sqlite")
def _compile_cast(element: as_number, compiler: Any, **options: Any) -> str:
    return f"CAST({compiler.process(element.clauses.clauses[0], **options)} AS NUMERIC)"


def bind_decimal(value: Decimal) -> ColumnElement[Decimal]:
    """A decimal as a parameter of a statement."""
    return bindparam(None, value, type_=ExactDecimal(), unique=True)


class Instant(TypeDecorator[dt.datetime]):
    """An aware datetime, kept in UTC to the microsecond and given back in EDGAR's clock, America/New_York; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """The same instant in UTC; without its zone on SQLite, whose texts then sort by time."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        utc = value.astimezone(dt.UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """The instant in New York's clock."""
        return None if value is None else _in_new_york(value)


@lru_cache(maxsize=4096)
def _in_new_york(value: dt.datetime) -> dt.datetime:
    return (value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value).astimezone(NEW_YORK)


class Words(TypeDecorator[str]):
    """Text of any origin: a NUL or a lone surrogate is kept as U+FFFD, one character for one, so that offsets stay true."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """The text that both databases can hold."""
        return None if value is None else clean_words(value)


class Codes(TypeDecorator[tuple[str, ...]]):
    """A few short codes as one text, joined by a blank; none of them is NULL."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str | None:
        """The joined codes."""
        return " ".join(value) if value else None

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...]:
        """The codes in their order."""
        return tuple(value.split()) if value else ()


def clean_words(text: str) -> str:
    """The text as the archive keeps it: NUL and lone surrogates as U+FFFD, the length unchanged."""
    return _UNSTORABLE.sub("�", text)
