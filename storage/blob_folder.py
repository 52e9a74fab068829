"""Blobs in a folder of this machine: each is written to a temporary file beside its place, flushed to the disk and renamed."""

from __future__ import annotations

import io
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import BinaryIO

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_TOKEN = secrets.token_hex(4)
_NUMBERS = count()


class Folder:
    """A folder as the place of blobs; what the disk refuses is an OSError.

    A key is a path of two parts. One level of folders, since making them is what a young store's writing takes longest for: with 65,536
    a blob cost half as much again.
    """

    threads = 4

    def __init__(self, path: str) -> None:
        self.root = Path(path).expanduser().absolute()
        self.address = str(self.root)

    def reach(self) -> None:
        """Nothing to ask: the folder is made by the first blob."""

    def put_new(self, key: str, pack: Callable[[], bytes]) -> bool:
        """Write what ``pack`` gives where nothing is yet, whole or not at all; False where something is there already."""
        path = self.root / key
        if path.exists():
            return False
        _write_whole(path, pack())
        return True

    def open(self, key: str) -> BinaryIO:
        """A readable stream of what is kept there; raises FileNotFoundError."""
        return (self.root / key).open("rb")

    def list_keys(self) -> Iterator[str]:
        """Every key in order, one folder at a time."""
        for folder in _list(self.root):
            for name in _list(self.root / folder):
                yield f"{folder}/{name}"

    def set_aside(self, key: str) -> str:
        """Rename what is kept there to KEY.damaged-1 (or -2 ...); returns its new place."""
        path = self.root / key
        place = next(place for number in count(1) if not (place := path.with_name(f"{path.name}.damaged-{number}")).exists())
        with suppress(FileNotFoundError):  # set aside by somebody else meanwhile
            path.rename(place)
        return str(place)

    def remove(self, key: str) -> None:
        """Delete what is kept there, if anything is."""
        (self.root / key).unlink(missing_ok=True)


def _list(folder: Path) -> list[str]:
    try:
        return sorted(os.listdir(folder))  # noqa: PTH208 - names, and no Path made of each of thousands
    except (FileNotFoundError, NotADirectoryError):
        return []


def _write_whole(path: Path, packed: bytes) -> None:
    temporary = path.with_name(f".{path.name}.{_TOKEN}-{os.getpid()}-{next(_NUMBERS)}.part")
    try:
        try:
            handle = os.open(temporary, _NEW, 0o644)
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(temporary, _NEW, 0o644)
        with io.FileIO(handle, "wb") as file:
            file.write(packed)
            os.fsync(handle)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
