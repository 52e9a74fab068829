"""One parser process: takes exhibits on stdin and answers each on stdout, as length-prefixed pickles. Started by ex99.pool.

A process of its own, begun afresh and not forked, so that an exhibit which crashes the parser, or eats time or memory, takes
nothing with it.
"""

from __future__ import annotations

import contextlib
import faulthandler
import os
import pickle
import signal
import struct
import sys
import traceback
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias

from ex99.filings.release import ParseError

MEMORY_LIMIT = 2 * 2**30
"""Bytes of address space that one parser process may have; of real exhibits none needs a quarter of it."""


def read_frame(stream: BinaryIO) -> Any:
    """The next object of a stream of frames; raises EOFError where it ends, also in the middle of a frame."""
    head = stream.read(8)
    if len(head) < 8:
        raise EOFError
    (length,) = struct.unpack(">Q", head)
    body = stream.read(length)
    if len(body) < length:
        raise EOFError
    return pickle.loads(body)  # noqa: S301 - both ends are ours


def write_frame(stream: BinaryIO, value: Any) -> None:
    """Write one object as a frame."""
    body = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(struct.pack(">Q", len(body)) + body)
    stream.flush()


Task: TypeAlias = bytes | tuple[bytes, str]
"""An exhibit's bytes, and where it is no press release its pipeline (a key of filings.exhibits.PIPELINES)."""


def attempt(parse: Callable[..., Any], data: Task) -> Any:
    """What parsing gives: its result, the ParseError that it raises, or one that names the fault inside the parser."""
    try:
        return parse(data) if isinstance(data, bytes) else parse(*data)
    except ParseError as error:
        return error
    except MemoryError:
        return ParseError("too_large", f"parsing needs more than {MEMORY_LIMIT >> 30} GiB of memory")
    except Exception as error:  # noqa: BLE001 - a fault of the parser must not end the run
        frame = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(frame.filename).name} line {frame.lineno}"
        return ParseError("internal", f"the parser failed with {type(error).__name__}: {error} ({place})")


def load_function(name: str) -> Callable[..., Any]:
    """The function that "module:function" names."""
    module, _, function = name.partition(":")
    loaded: Callable[..., Any] = getattr(import_module(module), function)
    return loaded


def main() -> None:
    """Answer every exhibit until stdin ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory()
    source, target = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints goes to stderr and not between the frames
    parse = load_function(sys.argv[1])
    timeout = float(sys.argv[2])
    with open(os.devnull, "w") as nowhere, contextlib.suppress(BrokenPipeError):  # noqa: PTH123 - a device, not a path
        write_frame(target, "ready")
        while True:
            try:
                data = read_frame(source)
            except EOFError:
                return
            faulthandler.dump_traceback_later(timeout * 2 + 10, exit=True, file=nowhere)  # should the parent be gone
            write_frame(target, attempt(parse, data))
            faulthandler.cancel_dump_traceback_later()
    os._exit(0)  # nobody is left to hear of it


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = MEMORY_LIMIT if hard == resource.RLIM_INFINITY else min(MEMORY_LIMIT, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


if __name__ == "__main__":
    main()
