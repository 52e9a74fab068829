"""The command line's frame: the Typer app, how commands register with their examples, and how errors become one line."""

from __future__ import annotations

import errno
import inspect
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from tomllib import TOMLDecodeError
from types import FrameType, TracebackType
from typing import Any, TypeVar

import typer
from pydantic import ValidationError
from rich.markup import escape
from rich.text import Text
from typer.core import TyperGroup
from typer.exceptions import Abort, TyperException
from typer.main import get_command

from ex99.cli import output
from ex99.cli.completion import offer_completion
from ex99.cli.screen import show_controls
from ex99.errors import InputError, Losses, UserError
from ex99.filings.identifiers import IdentifierError
from ex99.filings.release import ParseError
from ex99.filings.secrecy import redact

ORDER: tuple[str, ...] = (
    "crawl", "plan", "watch", "import", "reparse",
    "status", "query", "show", "why", "served", "search", "series", "restatements", "panel", "surprise", "plot", "serve", "datasette",
    "report", "export", "parse", "mcp",
    "demo", "doctor", "verify", "audit", "db", "version", "serve-replica",
)  # fmt: skip
"""The commands as the help lists them."""


class _Ordered(TyperGroup):
    def list_commands(self, ctx: Any) -> list[str]:
        return sorted(super().list_commands(ctx), key=ORDER.index)


app = typer.Typer(
    name="ex99",
    cls=_Ordered,
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="An archive of the press releases that companies furnish to the SEC as Exhibit 99.1 of a Form 8-K: crawl, query, re-parse.",
    epilog=escape(
        "Start with `ex99 demo`, which needs no network; `ex99 doctor` says what is configured. Each command has examples in its --help."
    ),
)

F = TypeVar("F", bound=Callable[..., Any])
DONE, LOSSES, WRONG_USE, INTERRUPTED = 0, 1, 2, 130


def command(name: str, examples: Sequence[str], *, panel: str, group: typer.Typer | None = None) -> Callable[[F], F]:
    """Register a function as a command: its docstring is the help, and the examples, "COMMAND  what for", stand below the options."""

    def register(function: F) -> F:
        offer_completion(function)
        text = flow_paragraphs(function.__doc__ or "")
        return (group or app).command(name, help=text, epilog=list_examples(examples), rich_help_panel=panel)(function)

    return register


def flow_paragraphs(text: str) -> str:
    """A docstring's paragraphs, each on one line, safe from being read as markup."""
    return "\n\n".join(escape(" ".join(paragraph.split())) for paragraph in inspect.cleandoc(text).split("\n\n"))


def list_examples(examples: Sequence[str]) -> str:
    """The examples of a command as the help shows them, one a line."""
    lines = ["[bold]Examples[/bold]"]
    for example in examples:
        typed, _, meaning = (part.strip() for part in example.partition("  "))
        lines.append(f"$ {escape(typed)}" + (f"  [dim]# {escape(meaning)}[/dim]" if meaning else ""))
    return "\n".join(lines)


def main() -> None:
    """Run the command line and exit: 0 done, 1 done with losses that are listed, 2 wrong use, 130 interrupted."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a letter that the terminal lacks shows as \u2014, and ends nothing
    sys.excepthook = print_fault
    stdout = sys.stdout
    try:
        sys.exit(run(sys.argv[1:]))
    finally:
        try:
            stdout.flush()
        except BrokenPipeError:  # `| head` has seen enough, and the interpreter shall not try once more
            os.dup2(os.open(os.devnull, os.O_WRONLY), stdout.fileno())


def print_fault(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Print the traceback of a fault of ours, without secrets and with control characters shown."""
    sys.stderr.write(show_controls(redact("".join(traceback.format_exception(kind, error, trace)))))


def run(arguments: Sequence[str]) -> int:
    """Run one command line; returns its exit code. What a user did wrong becomes one line on stderr and code 2."""
    try:
        with _term_as_interrupt():
            code = _call(arguments)
    except Losses:
        return LOSSES
    except (KeyboardInterrupt, Abort):
        code = INTERRUPTED
    except Exception as error:
        told = _explain(error)
        if told is None:
            raise
        report_error(*told)
        return WRONG_USE
    if code == INTERRUPTED:
        output.note("stopped; what was done so far is kept, and the same command does the rest", style="yellow")
    return code


def _call(arguments: Sequence[str]) -> int:
    code = get_command(app).main(list(arguments), prog_name="ex99", standalone_mode=False)
    return code if isinstance(code, int) else DONE


@contextmanager
def _term_as_interrupt() -> Iterator[None]:
    """While a command runs, a SIGTERM (of systemd, or of a batch system) ends it in good order as Ctrl-C does, with the same word."""
    if threading.current_thread() is not threading.main_thread():  # where no handler can be set
        yield
        return
    before = signal.signal(signal.SIGTERM, _interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def report_error(message: str, hint: str | None = None) -> None:
    """Print ``error: MESSAGE`` on stderr, and below it what to do next; nothing where the help has been printed in its place."""
    if not message:
        return
    console = output.stderr()
    console.print(Text.assemble(("error: ", "bold red"), redact(" ".join(message.split()))))
    if hint:
        console.print(Text(f"  {hint}", style="dim"))


def _explain(error: Exception) -> tuple[str, str | None] | None:
    """An error as (message, hint) where its cause lies with the user or the surroundings; None where it is a fault of ours."""
    from ex99.settings.faults import describe_fault
    from ex99.storage.errors import ArchiveError

    match error:
        case UserError():
            told = (error.message, error.hint)
        case ValidationError():
            told = (describe_fault(error), "`ex99 doctor` shows what is configured and where it comes from")
        case TOMLDecodeError():
            told = (describe_fault(error), 'texts stand in quotes: user_agent = "Your Name you@example.com"')
        case TyperException():
            told = _explain_usage(error)
        case IdentifierError() | InputError() | ParseError() | ArchiveError():
            told = (str(error), None)
        case OSError() if error.strerror:
            place = f"{error.filename}: " if error.filename else "standard output: " if error.errno == errno.ENOSPC else ""
            told = (f"{place}{error.strerror.lower()}", None)
        case _:
            return None
    return told


def _explain_usage(error: TyperException) -> tuple[str, str]:
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "ex99"
    message = error.format_message().strip().removesuffix(".")
    return message[:1].lower() + message[1:], f"`{path} --help` has the options and examples"
