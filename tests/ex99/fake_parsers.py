"""Parsers that misbehave on command, for the tests of the pool."""

import os
import signal
import time

from filings.release import ParseError, PressRelease


def parse(data: bytes) -> PressRelease:
    word = data.decode()
    if word == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
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
