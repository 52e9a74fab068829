"""The filters of ex99.questions as options of a command."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable
from typing import Annotated, Any, TypeVar

import typer

from ex99.asking import Words
from ex99.cli.options import FILTER
from ex99.companies import Companies
from ex99.questions import Filter, list_filters

C = TypeVar("C", bound=Callable[..., Any])


def option_of(known: Filter) -> Any:
    """A filter's option, as the annotation that Typer reads."""
    several = known.hint in (Words, Companies)
    kind: Any = list[str] | None if several else bool | None if known.hint == bool | None else str | None
    flag = kind == bool | None
    names = known.option if not flag or "/" in known.option[0] else (known.option[0],)
    metavar = " " if flag else known.ask.metavar
    return Annotated[kind, typer.Option(*names, metavar=metavar, help=known.ask.help, rich_help_panel=FILTER, show_default=not flag)]


def with_filters(question: type) -> Callable[[C], C]:
    """Give a command an option for each filter of a question; the command gets those that are given as keywords ``**asked``."""

    def decorate(function: C) -> C:
        signature = inspect.signature(function)
        hints = typing.get_type_hints(function, include_extras=True)
        own = [p.replace(annotation=hints[p.name]) for p in signature.parameters.values() if p.kind is not p.VAR_KEYWORD]
        keyword = inspect.Parameter.KEYWORD_ONLY
        asked = [inspect.Parameter(f.name, keyword, default=None, annotation=option_of(f)) for f in list_filters(question)]
        function.__signature__ = signature.replace(parameters=[*asked, *own])  # type: ignore[attr-defined]
        function.__annotations__ = {p.name: p.annotation for p in (*asked, *own)}
        return function

    return decorate
