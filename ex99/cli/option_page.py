"""docs/options.md, every command with each of its options, made of their own help: `python -m ex99.cli.option_page > docs/options.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from typer.main import get_command

from ex99.cli import app
from ex99.cli.manual import spell_argument, strip_markup, walk_commands

HEAD = """\
# Every option

Made from the code by `python -m ex99.cli.option_page`; a test holds that it is current.
[commands.md](commands.md) has the commands with examples that are run.
"""


def make_page() -> str:
    """The page as Markdown: a section a command, with its arguments and a table of its options."""
    sections = ("\n".join(_describe(path, command)) for path, command in walk_commands(get_command(app)))
    return "\n".join([HEAD, *sections]).rstrip() + "\n"


def _describe(path: str, command: Any) -> Iterator[str]:
    arguments = [parameter for parameter in command.params if parameter.param_type_name == "argument"]
    options = [parameter for parameter in command.params if parameter.param_type_name == "option" and not parameter.hidden]
    yield from (f"## `{path}`", "", strip_markup(command.help or "").partition("\n\n")[0].replace("\n", " "), "")
    yield from ("| argument or option | |", "|---|---|")
    for parameter in arguments:
        yield _row(spell_argument(parameter), parameter)
    for parameter in options:
        names = ", ".join((*parameter.opts, *parameter.secondary_opts))
        metavar = "" if parameter.is_flag else (parameter.metavar or parameter.type.name.upper()).strip()
        yield _row(f"{names} {metavar}".strip(), parameter)
    yield ""


def _row(words: str, parameter: Any) -> str:
    cells = (f"`{words}`", strip_markup(parameter.help or "").replace("\n", " "))
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


if __name__ == "__main__":
    sys.stdout.write(make_page())
