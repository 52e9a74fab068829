"""Small files that processes, perhaps of several users, share in a folder: nobody's link is followed, and nobody's file written over.

A file is as open as its folder: in the user's own one (0700) it is the user's alone, in one that a group shares it is the group's.
"""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

_FLAGS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
_OWN = 0o700


def prepare_folder(folder: Path) -> None:
    """Make a folder, the user's own, where it is missing; raises OSError where that cannot be."""
    with suppress(FileExistsError):
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=_OWN)
    if not folder.is_dir():
        raise NotADirectoryError(f"{folder} is no folder")


def check_own(folder: Path) -> Path:
    """A folder that must be this user's alone, made so; raises PermissionError where it is somebody else's, or a link."""
    prepare_folder(folder)
    found = folder.lstat()
    if not hasattr(os, "getuid"):
        return folder
    if stat.S_ISLNK(found.st_mode) or found.st_uid != os.getuid():
        raise PermissionError(f"{folder} is a link or belongs to another user")
    if stat.S_IMODE(found.st_mode) & 0o077:
        folder.chmod(_OWN)
    return folder


def file_mode(folder: Path) -> int:
    """The mode of a file in a folder: readable and writable for whom the folder is writable."""
    mode = folder.stat().st_mode
    shared = 0o060 * bool(mode & stat.S_IWGRP) | 0o006 * bool(mode & stat.S_IWOTH)
    return 0o600 | shared


def open_file(path: Path, flags: int) -> int:
    """A descriptor of a file that is there; raises OSError where it is a link, has several names, or is no file at all."""
    handle = os.open(path, flags | _FLAGS)
    found = os.fstat(handle)
    if stat.S_ISREG(found.st_mode) and found.st_nlink == 1:
        return handle
    os.close(handle)
    raise PermissionError(f"{path} is no file of its own")


def put_file(path: Path, content: bytes) -> None:
    """Put a file in its place at once, whatever lies there: a link is replaced, not followed."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(file_mode(path.parent))
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
