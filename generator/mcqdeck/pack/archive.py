"""The zip that a package is, read within bounds: a few bytes must not become gigabytes."""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from io import BufferedReader, FileIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from mcqdeck import files
from mcqdeck.diagnostic import McqdeckError

MOST_TIMES = 100
"""How much larger than its package the content may be; that of our own banks is 5 to 20 times."""

FREE = 64 * 1024 * 1024
"""Bytes that are allowed however small the package is."""

MOST_COLLECTION = 1 << 30
"""Bytes of the largest database that we write."""

_MOST_AT_ONCE = 16 * 1024 * 1024  # of the list of members: that is some 300,000 of them
_PIECE = 1 << 20

_BEGINNINGS = (b"PK\x03\x04", b"PK\x05\x06")  # of a zip: with members, and without

DAMAGE = (BadZipFile, zlib.error, struct.error, EOFError, RuntimeError, ValueError, LookupError)
"""What reading a damaged zip may raise, besides an `OSError` that has no number."""


class NoZipError(Exception):
    """A file is something else than a package."""


class Archive:
    """The members of an open package by name. Each is read whole, or `DAMAGE` is raised."""

    def __init__(self, archive: ZipFile, size: int) -> None:
        self._archive = archive
        self._members: dict[str, ZipInfo] = {}
        for member in archive.infolist():
            if member.filename in self._members:
                raise BadZipFile(f"two members are called {member.filename!r}")
            if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
                raise BadZipFile(
                    f"{member.filename!r} is compressed in a way that Anki cannot read"
                )
            self._members[member.filename] = member
        members = self._members.values()
        if sum(member.compress_size for member in members) > size:
            raise BadZipFile("its members overlap")
        if sum(member.file_size for member in members) > max(FREE, MOST_TIMES * size):
            raise BadZipFile(f"it holds more than {MOST_TIMES} times its own size")

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def read(self, name: str, most: int) -> bytes:
        """The content of a member of at most so many bytes."""
        return b"".join(self._pieces(name, most))

    def extract(self, name: str, path: Path, most: int = MOST_COLLECTION) -> None:
        """Writes the content of a member of at most so many bytes into a new, temporary file.

        Raises:
            McqdeckError: there is no room for it.
        """
        with closing(_Temporary(path)) as target:
            for piece in self._pieces(name, most):
                target.write(piece)

    def verify(self, name: str) -> None:
        """Reads a member to see that it is whole, and keeps nothing of it."""
        for _ in self._pieces(name):
            pass

    def _pieces(self, name: str, most: int | None = None) -> Iterator[bytes]:
        if most is not None and self._members[name].file_size > most:
            raise BadZipFile(f"{name!r} is larger than {files.in_words(most)}")
        size = 0
        with self._archive.open(self._members[name]) as member:
            while piece := member.read(_PIECE):
                size += len(piece)
                yield piece
        if size != self._members[name].file_size:
            raise BadZipFile(f"{name!r} has another size than it says")


class _Temporary:
    """A new file, whose faults are not those of the package that is read meanwhile."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._file = path.open("xb")
        except OSError as error:
            raise self._full(error) from error

    def write(self, piece: bytes) -> None:
        try:
            self._file.write(piece)
        except OSError as error:
            raise self._full(error) from error

    def close(self) -> None:
        try:
            self._file.close()
        except OSError as error:
            raise self._full(error) from error

    def _full(self, error: OSError) -> McqdeckError:
        return McqdeckError(no_temporary(self._path.parent.parent, error))


def no_temporary(folder: Path, error: OSError) -> str:
    """What a person must know if a temporary file cannot be written."""
    return (
        f"{folder.as_posix()}: a temporary file cannot be written: {error.strerror}; make room, or "
        "set TMPDIR to another folder"
    )


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """The package at `path`.

    Raises:
        NoZipError: it is no zip file, not even a damaged one.
        McqdeckError: it is not a regular file, or cannot be read.
    """
    with files.opened(path) as file:
        begins = file.read(len(_BEGINNINGS[0]))
        file.seek(0)
        if not any(map(begins.startswith, _BEGINNINGS)):
            raise NoZipError("not a zip file")
    with files.opened(path) as file, _Bounded(file) as bounded, ZipFile(bounded) as archive:
        yield Archive(archive, os.fstat(file.fileno()).st_size)


class _Bounded(BufferedReader):
    """A file of which nobody reads much at once, whatever length its content claims."""

    def __init__(self, file: FileIO) -> None:
        super().__init__(file)

    def read(self, size: int | None = -1, /) -> bytes:
        most = _MOST_AT_ONCE + 1
        content = super().read(most if size is None or size < 0 else min(size, most))
        if len(content) == most:
            raise BadZipFile("its list of members is too long")
        return content
