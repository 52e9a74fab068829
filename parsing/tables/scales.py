"""The scale of sections that state none: told by figures that a section of stated scale repeats, by other tables, by their size."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from decimal import Decimal

from ex99.parsing.language.amounts import Amount, Scale
from ex99.parsing.rules import Rule, joined, rule
from ex99.parsing.tables.dating import ColumnPeriod
from ex99.parsing.tables.section import TableSection
from ex99.parsing.tables.statements import STATEMENTS
from ex99.parsing.tolerances import TOLERANCES

_ONE = Decimal(1)
_FACTORS = (_ONE, Decimal(10**3), Decimal(10**6), Decimal(10**9))
_Key = tuple[str, str, ColumnPeriod]


REPEATED = rule("tables.scales.repeated", "the scale at which a table repeats figures of tables that state theirs")
COMMON = rule("tables.scales.common", "the one scale of the statements, or that the other tables state")
TOO_LARGE = rule("tables.scales.too_large", "numbers that would be more than any company has at the other tables' scale are whole units")
WHOLE = rule("tables.scales.whole", "numbers of six digits and more are whole units where no table states a scale")


def with_common_scale(sections: list[TableSection]) -> list[TableSection]:
    """Sections that state no scale take the one at which they repeat figures of sections that state theirs.

    Where they repeat none, they take the scale of the release's statements (of its other tables, where no statement's is known), where
    these agree; where none states one, numbers of six digits and more are taken for whole units. Numbers that would be more than any
    company has are whole units in any case.
    """
    known: dict[_Key, list[tuple[Decimal, Decimal]]] = defaultdict(list)
    for section in sections:
        _remember(known, section)
    told = []
    for section in sections:
        repeating = section if section.scale is not None else _as_repeated(section, known)
        if repeating is not section:
            _remember(known, repeating)
        told.append(repeating)
    stated = {s.scale.money for s in sections if s.scale is not None}
    common = _common(told, stated)
    told = [section if section.scale is not None or common is None else _as_too_large(section, common) for section in told]
    common = _common(told, stated)
    done: list[TableSection] = []
    for section in told:
        goes_on = section.goes_on and bool(done) and done[-1].scale is not None
        done.append(section if section.scale is not None else _scaled(section, common, goes_on=goes_on, stated=bool(stated)))
    return done


def _common(sections: Sequence[TableSection], stated: Set[Decimal]) -> Decimal | None:
    """The one scale of the release's statements, or that of its tables where no statement's is known; None where there are several."""
    own = {s.scale.money for s in sections if s.scale is not None and s.role in STATEMENTS} or stated
    return next(iter(own)) if len(own) == 1 else None


def _remember(known: dict[_Key, list[tuple[Decimal, Decimal]]], section: TableSection) -> None:
    """Keep what a section of known scale prints: by metric and period, values in units and the unit of their last digit."""
    if section.scale is not None:
        for key, amount in _money(section):
            known[key].append((amount.value * section.scale.money, _step(amount) * section.scale.money))


def _as_repeated(section: TableSection, known: dict[_Key, list[tuple[Decimal, Decimal]]]) -> TableSection:
    factor = _repeated_scale(section, known)
    if factor is None or not REPEATED():
        return section
    return _with_scale(section, Scale(factor, _ONE if factor == _ONE else None), REPEATED)


def _as_too_large(section: TableSection, common: Decimal) -> TableSection:
    whole = _largest(section) * common >= (TOLERANCES.most_thousands if common < _FACTORS[2] else TOLERANCES.most_millions)
    return _with_scale(section, Scale(_ONE, _ONE), TOO_LARGE, "scale of other tables") if whole and TOO_LARGE() else section


def _scaled(section: TableSection, common: Decimal | None, *, goes_on: bool, stated: bool) -> TableSection:
    if common is not None:
        return _with_scale(section, Scale(common), COMMON, "scale of other tables") if COMMON() else section
    if stated:
        return section
    whole = _largest(section) >= TOLERANCES.whole_units or goes_on
    return _with_scale(section, Scale(_ONE, _ONE), WHOLE, "no scale stated") if whole and WHOLE() else section


def _with_scale(section: TableSection, scale: Scale, told_by: Rule, doubtful: str | None = None) -> TableSection:
    return replace(section, scale=scale, doubtful=doubtful or section.doubtful, rules=joined(section.rules, (told_by.id,)))


def _repeated_scale(section: TableSection, known: dict[_Key, list[tuple[Decimal, Decimal]]]) -> Decimal | None:
    """The factor at which most of a section's money equals that of sections of stated scale, for the same metric and period."""
    votes: Counter[Decimal] = Counter()
    for key, amount in _money(section):
        for value, step in known.get(key, ()):
            votes.update(f for f in _FACTORS if amount.value and abs(amount.value * f - value) < max(step, _step(amount) * f))
    ranked = votes.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def _money(section: TableSection) -> Iterator[tuple[_Key, Amount]]:
    for row, reading in section.readings:
        if reading.unit == "money":
            for index, (_, amount) in row.grid.values.items():
                period = section.periods[index]
                if period is not None and amount.plain and not amount.nil:
                    yield (reading.metric, reading.basis, period), amount


def _step(amount: Amount) -> Decimal:
    """What the last printed digit counts."""
    return _ONE.scaleb(-amount.decimals)


def _largest(section: TableSection) -> Decimal:
    """The largest money value of a section that has no decimals; 0 where it has none."""
    rows = [row for row in section.rows if not (row.label.shares or any(label.shares for label in row.parents))]
    values = [abs(a.value) for row in rows for _, a in row.grid.values.values() if a.plain and not a.nil and a.decimals == 0]
    return max(values, default=Decimal(0))
