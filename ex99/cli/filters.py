"""The filters of ex99.questions as options of a command."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable
from typing import Annotated, Any, TypeVar

import typer

from ex99.asking import Words
from ex99.cli.options import FILTER, VALUES
from ex99.companies import Companies
from ex99.questions import Filter, OfReleases, list_filters

C = TypeVar("C", bound=Callable[..., Any])
_SHARED = {known.name for known in list_filters(OfReleases)}


def option_of(known: Filter, panel: str) -> Any:
    """A filter's option, as the annotation that Typer reads; ``panel`` is the part of the help that it stands in."""
    several = known.hint in (Words, Companies)
    kind: Any = list[str] | None if several else bool | None if known.hint == bool | None else str | None
    flag = kind == bool | None
    names = known.option if not flag or "/" in known.option[0] else (known.option[0],)
    metavar = " " if flag else known.ask.metavar
    return Annotated[kind, typer.Option(*names, metavar=metavar, help=known.ask.help, rich_help_panel=panel, show_default=not flag)]


def with_filters(question: type) -> Callable[[C], C]:
    """Give a command an option for each filter of a question; the command gets those that are given as keywords ``**asked``."""

    def decorate(function: C) -> C:
        signature = inspect.signature(function)
        hints = typing.get_type_hints(function, include_extras=True)
        own = [p.replace(annotation=hints[p.name]) for p in signature.parameters.values() if p.kind is not p.VAR_KEYWORD]
        keyword = inspect.Parameter.KEYWORD_ONLY
        filters = list_filters(question)
        of_values = {f.name for f in filters if f.name not in _SHARED} if any(f.name == "metric" for f in filters) else set()
        options = {f.name: option_of(f, VALUES if f.name in of_values else FILTER) for f in filters}
        asked = [inspect.Parameter(name, keyword, default=None, annotation=option) for name, option in options.items()]
        function.__signature__ = signature.replace(parameters=[*asked, *own])  # type: ignore[attr-defined]
        function.__annotations__ = {p.name: p.annotation for p in (*asked, *own)}
        return function

    return decorate
