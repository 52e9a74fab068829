"""How a command of a page is tried: really, and where it would take minutes, the network or a browser as near to that as can be."""

from __future__ import annotations

import itertools
import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from ex99.cli import run
from tests.docs.pages import ROOT


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of a command: its exit code, what it wrote to stdout, and after that to stderr."""

    code: int
    out: str
    err: str = ""


@dataclass(frozen=True, slots=True)
class Hands:
    """What a way of trying works with."""

    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]


# what listens on a port of its own where none is named
_PORTED = re.compile(r"ex99 (serve|serve-replica|datasette)\b")
# what a server says before it serves: all else serves once it has said something
_SERVING = {"dask worker": "Registered to"}
_ONE_WHEN_STOPPED = ("scrapy", "dask")
_STOPPED = (0, 130, 128 + signal.SIGTERM, -signal.SIGTERM, -signal.SIGINT)


def try_command(command: str, hands: Hands) -> Tried:
    """Try a command in the first way whose pattern it matches."""
    way = next(way for pattern, way in WAYS.items() if re.match(pattern, command))
    return way(command, hands)


def _export(command: str, hands: Hands) -> Tried:
    """A variable holds for all that follows on the page."""
    name, _, value = shlex.split(command, comments=True)[1].partition("=")
    hands.monkeypatch.setenv(name, os.path.expandvars(value))
    return Tried(0, "")


def _go_through(command: str, hands: Hands) -> Tried:
    """What builds and measures takes minutes: make goes through it with --dry-run, so that target and variables are there."""
    return _start(["make", "--dry-run", "--directory", str(ROOT), *shlex.split(command, comments=True)[1:]])


def _ask_for_help(command: str, hands: Hands) -> Tried:
    """So do the programs that measure; their arguments are read up to --help."""
    return _start([sys.executable, *shlex.split(command, comments=True)[1:], "--help"], cwd=ROOT)


def _install(command: str, hands: Hands) -> Tried:
    """pip finds everything there and asks no index; an extra that is none is its warning."""
    wanted = [word for word in shlex.split(command, comments=True)[1:] if not word.startswith("-") and word != "install"]
    names = [re.sub(r"^\.(?=\[|$)", "ex99", word) for word in wanted]
    done = _start([sys.executable, "-m", "pip", "install", "--no-index", "--disable-pip-version-check", *names])
    return Tried(done.code or int("does not provide the extra" in done.out), done.out)


def _serve(command: str, hands: Hands) -> Tried:
    """What runs until it is stopped is stopped once it has said something; ports are free ones, and no browser is opened."""
    # --port 8099
    words = shlex.split(re.sub(r"--port \d+", "--port 0", command), comments=True)
    before = list(itertools.takewhile(re.compile(r"\w+=").match, words))
    words = words[len(before) :] + (["--port", "0"] if "--port" not in words and _PORTED.match(command) else [])
    environment: Mapping[str, str] = os.environ | dict(word.split("=", 1) for word in before) | {"BROWSER": "true"}
    serving = _SERVING.get(" ".join(words[:2]), "")
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment) as child:
        assert child.stdout is not None
        said = child.stdout.readline()
        while serving not in said and (line := child.stdout.readline()):
            said += line
        served = bool(said) and serving in said
        child.send_signal(signal.SIGTERM)
        said += child.stdout.read()
    stopped = child.returncode in (*_STOPPED, *([1] if words[0] in _ONE_WHEN_STOPPED else []))
    return Tried(0 if stopped and served else child.returncode or 1, said)


def _call(command: str, hands: Hands) -> Tried:
    """ex99 in this process, its answer into a file where one is named."""
    words = [os.path.expanduser(word) for word in shlex.split(command, comments=True)[1:]]  # noqa: PTH111 - a word is no path yet
    words, into = (words[:-2], words[-1]) if ">" in words else (words, None)
    hands.capsys.readouterr()
    code = run(words)
    said = hands.capsys.readouterr()
    if into is None:
        return Tried(code, said.out, said.err)
    Path(into).write_text(said.out, encoding="utf-8")
    return Tried(code, "", said.err)


def _ask_shell(command: str, hands: Hands) -> Tried:
    """bash does what only a shell understands, and every other program."""
    return _start(["bash", "-c", command])


def _start(words: list[str], cwd: Path | None = None) -> Tried:
    done = subprocess.run(
        words, cwd=cwd, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    return Tried(done.returncode, done.stdout)


_SERVERS = (
    r"ex99 (serve|serve-replica|datasette|watch)",
    r"dask (scheduler|worker)",
    r"scrapy crawl latest",
    r"python -m ex99\.replica .*--port",
)
WAYS: dict[str, Callable[[str, Hands], Tried]] = {
    r"export \w+=": _export,
    r"make ": _go_through,
    r"python -m benchmarks\b": _ask_for_help,
    r"pipx? install ": _install,
    rf"(\w+=\S+ )*({'|'.join(_SERVERS)})\b": _serve,
    # no pipe, second command, variable or pattern before a comment, and no redirection but that of the answer into a file
    r"ex99 (?!mcp\b|--)([^|;&<>$*#'\"]|'[^']*'|\"[^$\"]*\")*(> \S+)?( #.*)?$": _call,
    r"": _ask_shell,
}
"""Each way of trying under a pattern for the commands' beginnings; the first that matches counts."""
