"""When two printed numbers are one value: the one notion of it, by how exactly each is printed."""

from __future__ import annotations

from decimal import Decimal
from typing import Protocol

_CENT = Decimal("0.01")


class Printed(Protocol):
    """A number as a document prints it; ``precision`` is what its last digit counts, None where that is not known."""

    @property
    def value(self) -> Decimal: ...  # noqa: D102
    @property
    def unit(self) -> str: ...  # noqa: D102
    @property
    def precision(self) -> Decimal | None: ...  # noqa: D102


def same_value(one: Printed, other: Printed) -> bool:
    """Whether two numbers can be one value, printed more or less exactly; that their units are one is for the caller to know."""
    return is_within(one.value - other.value, precision_of(one), precision_of(other))


def is_within(difference: Decimal, *precisions: Decimal) -> bool:
    """Whether rounding explains a difference: it is less than what the last digit of the coarser number counts.

    Half of that would do for numbers that are rounded as one learns it; releases also cut digits off, and round sums of rounded parts.
    """
    return not difference or abs(difference) < max(precisions)


def precision_of(printed: Printed) -> Decimal:
    """What the last digit of a number counts; where it is not known, what its last digit that is not zero counts, a cent of a share."""
    if printed.precision is not None:
        return printed.precision
    return last_digit(printed.value, _CENT if printed.unit.endswith("/share") else None)


def last_digit(value: Decimal, most: Decimal | None = None) -> Decimal:
    """What the last digit of a value that is not zero counts: 1000 for 4085000; 1 for 0."""
    exponent = value.normalize().as_tuple().exponent
    counts = Decimal(1).scaleb(exponent) if value and isinstance(exponent, int) else Decimal(1)
    return counts if most is None else min(counts, most)
