"""The files below folders, in order, and each as a stream whose beginning is known."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from ex99.importing.report import Skip
from ex99.importing.streams import make_stream

HEAD = 4096
"""Bytes by which a file's kind is told."""


@dataclass(frozen=True, slots=True)
class Found:
    """One file to import, wherever it lies: ``name`` is how it is shown, ``file`` its own name, ``head`` its first bytes.

    ``named`` says that the user named it, so that it is a loss where it cannot be archived.
    """

    name: str
    file: str
    head: bytes
    stream: BinaryIO
    named: bool = False


def open_found(name: str, file: str, stream: BinaryIO, *, named: bool) -> Found:
    """A file of which nothing was read yet."""
    head = b""
    while len(head) < HEAD and (more := stream.read(HEAD - len(head))):
        head += more
    rest = BytesIO(head)
    return Found(name, file, head, make_stream(lambda length: rest.read(length) or stream.read(length)), named)


def base_name(path: str) -> str:
    """The last part of a path in an archive file, whose separators may be of either kind."""
    return PurePosixPath(path.replace("\\", "/")).name


def find_files(paths: Sequence[Path], *, follow_links: bool = False) -> Iterator[Path | Skip]:
    """The files that paths name, folders walked in order; hidden files and folders are passed over.

    A link that leads out of the folder in which it was found comes as a Skip, unless links are to be followed; so does the folder
    "page_files" that a browser makes beside the "page.htm" that it saves.
    """
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        root, seen = path.resolve(), set[Path]()
        for folder, names, files in os.walk(path, followlinks=follow_links):
            place = Path(folder)
            if follow_links and place.resolve() in seen:  # a link back to a folder above
                names.clear()
                continue
            seen.add(place.resolve())
            companions = {f"{Path(name).stem}_files" for name in files if name.lower().endswith((".htm", ".html"))}
            yield from (Skip(str(place / name), "companion", "images and styles of a saved page") for name in names if name in companions)
            names[:] = sorted(name for name in names if not name.startswith(".") and name not in companions)
            found = [place / name for name in sorted(files) if not name.startswith(".")]
            if not follow_links:
                found += [place / name for name in names if (place / name).is_symlink()]
            for entry in found:
                if follow_links or not entry.is_symlink():
                    yield entry
                elif not entry.resolve().is_relative_to(root):
                    yield Skip(str(entry), "link", f"a link out of the folder, to {entry.resolve()}; --follow-links takes it along")
                elif not entry.is_dir():  # what a link inside the folder leads to is found there, too, unless it is hidden
                    yield entry
