"""Regular files, read in bounded size: no other stage opens what an author or a learner gives."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from io import FileIO
from pathlib import Path

from mcqdeck.diagnostic import McqdeckError

_NOTHING_THERE = (errno.ENOENT, errno.ENOTDIR, errno.ELOOP)

MOST_TEXT = 32 * 1024 * 1024
"""Bytes of a text file: some 20,000 questions in one chapter."""

MOST_MEDIA = 100 * 1024 * 1024
"""Bytes of a media file: Anki syncs no larger ones
(https://github.com/ankitects/anki/blob/main/rslib/src/sync/media/mod.rs)."""


class Kind(Enum):
    """What a path leads to, its symbolic links followed."""

    FILE = "a regular file"
    FOLDER = "a folder"
    NOTHING = "nothing"
    BROKEN_LINK = "a symbolic link that leads nowhere"
    PIPE = "a named pipe"
    SOCKET = "a socket"
    DEVICE = "a device"


def kind_of(path: Path) -> Kind:
    """What is at `path`; a name that no file can have is that of nothing.

    Raises:
        McqdeckError: that cannot be told, as where a folder on the way may not be searched.
    """
    try:
        mode = path.stat().st_mode
    except ValueError:  # a null character
        return Kind.NOTHING
    except OSError as error:
        if error.errno not in _NOTHING_THERE:
            raise unreadable(path, error) from error
        return Kind.BROKEN_LINK if path.is_symlink() else Kind.NOTHING
    return _kind_of(mode)


def _kind_of(mode: int) -> Kind:
    if stat.S_ISREG(mode):
        return Kind.FILE
    if stat.S_ISDIR(mode):
        return Kind.FOLDER
    if stat.S_ISFIFO(mode):
        return Kind.PIPE
    return Kind.SOCKET if stat.S_ISSOCK(mode) else Kind.DEVICE


def is_empty_folder(path: Path) -> bool:
    """Whether at `path` is a folder with nothing in it.

    Raises:
        McqdeckError: the folder cannot be read.
    """
    if kind_of(path) is not Kind.FOLDER:
        return False
    try:
        return not any(path.iterdir())
    except OSError as error:
        raise unreadable(path, error) from error


def size_of(path: Path) -> int:
    """The number of bytes in a file.

    Raises:
        McqdeckError: there is none, or it cannot be told.
    """
    try:
        return path.stat().st_size
    except OSError as error:
        raise unreadable(path, error) from error


@contextmanager
def opened(path: Path) -> Iterator[FileIO]:
    """The regular file at `path`, open for reading.

    Raises:
        McqdeckError: there is no such file, it is not a regular one, or it cannot be read; nothing
            waits for the other end of a pipe.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        with FileIO(os.open(path, flags | getattr(os, "O_CLOEXEC", 0)), "rb") as file:
            kind = _kind_of(os.fstat(file.fileno()).st_mode)
            if kind is not Kind.FILE:
                raise irregular(path, kind)
            yield file
    except OSError as error:
        kind = kind_of(path)
        if kind in (Kind.FILE, Kind.NOTHING):
            raise unreadable(path, error) from error
        raise irregular(path, kind) from error


def read(path: Path, most: int = MOST_TEXT) -> bytes:
    """The bytes of the regular file at `path`.

    Raises:
        McqdeckError: as `opened`, or it has more than `most` bytes.
    """
    with opened(path) as file:
        pieces, size = [], 0
        while piece := file.read(min(1 << 20, most + 1 - size)):
            pieces.append(piece)
            size += len(piece)
            if size > most:
                raise McqdeckError(f"{path.as_posix()}: larger than {in_words(most)}")
        return b"".join(pieces)


def real(path: Path) -> Path:
    """The absolute path, its symbolic links followed as far as they lead."""
    return Path(os.path.realpath(path))


def is_inside(path: Path, folder: Path) -> bool:
    """Whether a path, its symbolic links followed, leads to something in `folder`."""
    return real(path).is_relative_to(real(folder))


def irregular(path: Path, kind: Kind) -> McqdeckError:
    """The error for a path at which a file is wanted and something else is."""
    return McqdeckError(f"{path.as_posix()}: not a file but {kind.value}")


def unreadable(path: Path, error: OSError) -> McqdeckError:
    """The error for a path that the system will not read."""
    return McqdeckError(f"{path.as_posix()}: cannot be read: {error.strerror or error}")


def in_words(size: int) -> str:
    """A number of bytes: `32 MB`."""
    return f"{size // (1024 * 1024):,} MB"
