"""Parsers that misbehave on command, for the tests of the pool."""

import datetime as dt
import hashlib
import os
import signal
import time
from contextlib import suppress
from decimal import Decimal
from pathlib import Path

from ex99.filings.release import Figure, ParseError, PressRelease, Source


def parse(data: bytes) -> PressRelease:
    word = data.decode()
    if word == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if word.startswith("crash once "):  # as one that is killed for what its neighbours took
        with suppress(FileExistsError):
            Path(word.removeprefix("crash once ")).touch(exist_ok=False)
            os.kill(os.getpid(), signal.SIGKILL)
    if word.startswith("note "):  # how many are at work, before and after a while
        _, folder, name = word.split(" ")
        mark = Path(folder, f"{name}.busy")
        mark.touch()
        time.sleep(0.3)
        Path(folder, name).write_text(str(len(list(Path(folder).glob("*.busy")))))
        mark.unlink()
        if name == "victim" and not Path(folder, "killed").exists():
            Path(folder, "killed").touch()
            os.kill(os.getpid(), signal.SIGKILL)
    if word == "hang":
        time.sleep(600)
    if word == "fault":
        raise KeyError("no such column")
    if word == "memory":
        raise MemoryError
    if word == "refuse":
        raise ParseError("pdf", "the exhibit is a PDF")
    print("a library prints something")  # noqa: T201
    return PressRelease("test-1", "0" * 64, "text/plain", "results", word)


def make_release(version: str, data: bytes, value: int) -> PressRelease:
    source = Source(0, 1, "x")
    figure = Figure("revenue", "gaap", "quarter", dt.date(2001, 3, 31), Decimal(value), "USD", comparative=False, source=source)
    return PressRelease(version, hashlib.sha256(data).hexdigest(), "text/plain", "other", "x", figures=(figure,))


def parse_next(data: bytes) -> PressRelease:
    return make_release("next", data, 5)


def parse_later(data: bytes) -> PressRelease:
    return make_release("later", data, 6)


def parse_hostile(data: bytes) -> PressRelease:
    choice = hashlib.sha256(data).digest()[0] % 4
    if choice == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    if choice == 1:
        time.sleep(600)
    return make_release("hostile", data, 7)


def parse_mended(data: bytes) -> PressRelease:
    return make_release("hostile", data, 7)


def refuse(data: bytes) -> PressRelease:
    raise ParseError("pdf", "the exhibit is a PDF")


def parse_slowly(data: bytes) -> PressRelease:
    time.sleep(0.05)
    return make_release("slow", data, 8)


def parse_deadly(data: bytes) -> PressRelease:
    """Kills the process that started this one, too, for one exhibit in 64."""
    if hashlib.sha256(data).digest()[0] % 64 == 0:
        os.kill(os.getppid(), signal.SIGKILL)
        os.kill(os.getpid(), signal.SIGKILL)
    return make_release("deadly", data, 9)
