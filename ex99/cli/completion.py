"""What the shell offers for a word (`ex99 --install-completion`): metrics, kinds, items, and the tickers of the archive at hand.

A completer belongs to a parameter by its name, whatever the command; typer asks it when the shell does, and not otherwise.
"""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from typer.models import ParameterInfo

from ex99.errors import UserError
from ex99.filings.filing import FILING_STATES
from ex99.filings.forms import NEW_ITEMS
from ex99.filings.metrics import BASES, DURATIONS, KINDS, METRICS
from ex99.filings.release import PASSAGE_KINDS

Offer = tuple[str, str]
"""A word, and what is said of it."""
Completer = Callable[[Any, str], Iterator[Offer]]


def offer_completion(function: Callable[..., Any]) -> None:
    """Give each option and argument of a command whose name is known its completer."""
    hints = typing.get_type_hints(function, include_extras=True)
    for name, hint in hints.items():
        for info in getattr(hint, "__metadata__", ()):
            if name in COMPLETERS and isinstance(info, ParameterInfo):
                info.autocompletion = COMPLETERS[name]
    function.__annotations__ = hints  # what Typer reads; as text it would be evaluated anew, into other objects


def _of(*words: Offer) -> Completer:
    def complete(ctx: Any, incomplete: str) -> Iterator[Offer]:
        return _fitting(words, incomplete)

    return complete


def _fitting(words: Iterable[Offer], incomplete: str) -> Iterator[Offer]:
    """The words that go on from what is typed, whose last part behind a comma counts."""
    before, comma, begun = incomplete.rpartition(",")
    return ((f"{before}{comma}{word}", told) for word, told in words if word.startswith(begun))


def _complete_company(ctx: Any, incomplete: str) -> Iterator[Offer]:
    return _fitting(_list_tickers(ctx.params.get("archive")), incomplete)


def _complete_kind(ctx: Any, incomplete: str) -> Iterator[Offer]:
    from ex99.storage.audit import AUDIT_KINDS

    kinds = {"passages": dict.fromkeys(PASSAGE_KINDS, ""), "audit": AUDIT_KINDS}.get(ctx.info_name, dict.fromkeys(KINDS, ""))
    return _fitting(kinds.items(), incomplete)


def _complete_table(ctx: Any, incomplete: str) -> Iterator[Offer]:
    from ex99.export.meanings import TABLES as MEANINGS
    from ex99.export.tables import TABLES

    return _fitting(((name, MEANINGS[name]) for name in TABLES), incomplete)


def _complete_company_or_metric(ctx: Any, incomplete: str) -> Iterator[Offer]:
    if ctx.info_name in ("series", "plot"):
        yield from _complete_metric(ctx, incomplete)
    yield from _complete_company(ctx, incomplete)


def _list_tickers(archive: Any) -> list[Offer]:
    """The companies of the archive that the settings or --archive name, by their tickers or else CIKs; none where it cannot be read."""
    from ex99.opening import open_storage
    from ex99.settings import Settings
    from ex99.storage.errors import ArchiveError
    from ex99.storage.queries import list_companies

    try:
        with open_storage(Settings().in_folder(archive), create=False, read_only=True) as opened:
            return [
                (word, company.name or "")
                for company in list_companies(opened)
                for word in [symbol for symbol, _ in company.tickers] or [str(company.cik)]
            ]
    except (UserError, ArchiveError, ValueError, OSError):  # the shell waits for words, and the command will say what is wrong
        return []


_complete_metric = _of(*((name, metric.meaning) for name, metric in METRICS.items()))
COMPLETERS: dict[str, Completer] = {
    "metric": _complete_metric,
    "metrics": _complete_metric,
    "kind": _complete_kind,
    "basis": _of(*((word, "") for word in BASES)),
    "duration": _of(*((word, "") for word in DURATIONS)),
    "items": _of(*NEW_ITEMS.items()),
    "states": _of(*FILING_STATES.items()),
    "min_grade": _of(("A", "99.8 % right"), ("B", "98 %"), ("C", "the rest")),
    "table": _complete_table,
    "vintage": _of(("first", "as first reported"), ("latest", "as last restated")),
    "company": _complete_company,
    "companies": _complete_company,
    "accession": _complete_company,
    "word": _complete_company,
    "words": _complete_company_or_metric,
}
