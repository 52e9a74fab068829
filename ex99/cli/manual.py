"""The manual page, ex99(1), made of the commands' own help: `python -m ex99.cli.manual > ex99.1`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Any

from typer.main import get_command

from ex99 import __version__
from ex99.cli import app
from ex99.reference import EXIT_CODES

ENVIRONMENT = "docs/commands.md of ex99 has the settings: EX99_* variables and ex99.toml."
# \[2.02]   [bold]Examples[/bold]   [dim]# what for[/dim]
_MARKUP = re.compile(r"\\(?=\[)|(?<!\\)\[/?[a-z][a-z ]*\]")


def make_manual() -> str:
    """The page, in roff's man macros."""
    root = get_command(app)
    return "\n".join([*_head(root), *_commands(root), *_foot()]) + "\n"


def walk_commands(command: Any, path: tuple[str, ...] = ("ex99",)) -> Iterator[tuple[str, Any]]:
    """Every command below a group with the words that call it, in the order of the help; hidden ones are left out."""
    if not hasattr(command, "list_commands"):
        yield " ".join(path), command
        return
    for name in command.list_commands(None):
        below = command.get_command(None, name)
        if below is not None and not below.hidden:
            yield from walk_commands(below, (*path, name))


def _head(root: Any) -> Iterator[str]:
    yield f'.TH EX99 1 "" "ex99 {__version__}" "User Commands"'
    yield from (".SH NAME", rf"ex99 \- {_escape(root.help.partition(':')[0])}")
    yield from (".SH SYNOPSIS", ".B ex99", r"\fICOMMAND\fR [\fIOPTIONS\fR] [\fIARGUMENTS\fR]", ".SH DESCRIPTION", _escape(root.help), ".PP")
    yield from (_escape(root.epilog), ".SH COMMANDS")


def _commands(root: Any) -> Iterator[str]:
    for path, command in walk_commands(root):
        arguments = " ".join(spell_argument(parameter) for parameter in command.params if parameter.param_type_name == "argument")
        yield from (f".SS {_escape(' '.join(filter(None, (path, '[OPTIONS]', arguments))))}", *_paragraphs(command.help or ""))
        for parameter in command.params:
            if parameter.param_type_name == "option" and not parameter.hidden:
                yield from (".TP", _spell_option(parameter), _escape(parameter.help or ""))
        yield from _examples(command.epilog or "")


def _foot() -> Iterator[str]:
    yield from (
        ".SH EXIT STATUS",
        ".nf",
        *(_escape(f"{code}  {meaning}") for code, meaning in EXIT_CODES.items()),
        ".fi",
        ".SH ENVIRONMENT",
        _escape(ENVIRONMENT),
    )


def _paragraphs(text: str) -> Iterator[str]:
    for number, paragraph in enumerate(text.split("\n\n")):
        yield from ((".PP",) if number else ())
        yield _escape(paragraph)


def _examples(epilog: str) -> Iterator[str]:
    lines = [line for line in epilog.splitlines() if line.startswith("$ ")]
    if lines:
        yield from (".PP", "Examples:", ".PP", ".nf", ".RS 4", *map(_escape, lines), ".RE", ".fi")


def spell_argument(parameter: Any) -> str:
    """An argument as a usage line shows it: FILE ..., [COMPANY]."""
    name = parameter.metavar or parameter.name.upper()
    words = f"{name} ..." if parameter.nargs == -1 else name
    return words if parameter.required else f"[{words}]"


def _spell_option(parameter: Any) -> str:
    names = ", ".join(rf"\fB{_escape(name)}\fR" for name in (*parameter.opts, *parameter.secondary_opts))
    metavar = "" if parameter.is_flag else (parameter.metavar or parameter.type.name.upper()).strip()
    return f"{names} \\fI{_escape(metavar)}\\fR" if metavar else names


def strip_markup(text: str) -> str:
    """Words of a help without its markup for colours."""
    return _MARKUP.sub("", text)


def _escape(text: str) -> str:
    """Words as roff prints them, without the help's markup; a hyphen stays the one that can be copied, a line is never a request."""
    plain = strip_markup(text).replace("\n", " ")
    plain = plain.replace("\\", r"\e").replace("-", r"\-")
    return rf"\&{plain}" if plain.startswith((".", "'")) else plain


if __name__ == "__main__":
    sys.stdout.write(make_manual())
