"""Untrusted zips, read within bounds, and zips of our own, the same for the same content."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Mapping
from pathlib import PurePosixPath
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from mcqdeck.diagnostic import McqdeckError

_MOST_MEMBERS = 100_000
_MOST_BYTES = 2 * 1024**3  # of all members together
_MOST_IN_ONE = 512 * 1024**2
_RATIO = 200  # a member that grows more is a bomb, unless it stays small
_SMALL = 8 * 1024**2
_DEEPEST = 20  # folders
_SUSPECT_NAME = re.compile(r"\A/|\.\.|[\\:\0]")
_STORED = frozenset({".gif", ".jpeg", ".jpg", ".m4a", ".mp3", ".ogg", ".png", ".webp"})
_DAMAGE = (BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError, ValueError)


def is_zip(data: bytes) -> bool:
    """Whether bytes begin as a zip does."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


class Archive:
    """The members of a zip, each of which is read when it is asked for.

    Raises:
        McqdeckError: it is damaged, too large, or a name leads out of it.
    """

    def __init__(self, name: str, data: bytes) -> None:
        self._name = name
        try:
            self._zip = ZipFile(io.BytesIO(data))
        except _DAMAGE as error:
            raise McqdeckError(f"{name}: the zip is damaged ({error})") from error
        self._members = {info.filename: info for info in self._zip.infolist() if not info.is_dir()}
        if len(self._members) > _MOST_MEMBERS:
            raise McqdeckError(f"{name}: the zip has more than {_MOST_MEMBERS:,} files")
        for path in self._members:
            self._check_name(path)
        self._check_size()

    @property
    def names(self) -> tuple[str, ...]:
        """The paths of the members, in the order of the zip."""
        return tuple(self._members)

    def __contains__(self, path: str) -> bool:
        return path in self._members

    def read(self, path: str) -> bytes:
        """The bytes of a member.

        Raises:
            McqdeckError: it is damaged, or larger than it says.
        """
        info = self._members[path]
        try:
            with self._zip.open(info) as member:
                data = member.read(info.file_size + 1)
        except _DAMAGE as error:
            raise McqdeckError(f"{self._name}: {path} in the zip is damaged ({error})") from error
        if len(data) > info.file_size:
            raise McqdeckError(f"{self._name}: {path} in the zip is larger than it says")
        return data

    def check(self) -> None:
        """Reads each member once, so that what cannot be read is found before anything else."""
        for path in self._members:
            self.read(path)

    def _check_name(self, path: str) -> None:
        if not _SUSPECT_NAME.search(path) and path.count("/") < _DEEPEST:
            return
        pure = PurePosixPath(path.replace("\\", "/"))
        is_outside = (
            pure.is_absolute() or ".." in pure.parts or (pure.parts and ":" in pure.parts[0])
        )
        if is_outside or "\0" in path:
            raise McqdeckError(f"{self._name}: a file in the zip leads out of it: {path!r}")
        if len(pure.parts) > _DEEPEST:
            raise McqdeckError(f"{self._name}: folders in the zip are nested too deeply")

    def _check_size(self) -> None:
        total = 0
        for path, info in self._members.items():
            total += info.file_size
            is_bomb = info.file_size > max(_SMALL, _RATIO * info.compress_size)
            if is_bomb or info.file_size > _MOST_IN_ONE or total > _MOST_BYTES:
                raise McqdeckError(
                    f"{self._name}: {path} in the zip would grow to {info.file_size:,} bytes; "
                    "it is not unpacked"
                )


def packed(files: Mapping[str, bytes]) -> bytes:
    """A zip that carries neither the day nor the machine it was made on."""
    with io.BytesIO() as buffer, ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            member = ZipInfo(name)
            member.create_system = 3
            member.external_attr = 0o100644 << 16
            is_stored = PurePosixPath(name).suffix.lower() in _STORED
            method = ZIP_STORED if is_stored else ZIP_DEFLATED
            archive.writestr(member, data, compress_type=method, compresslevel=6)
        archive.close()
        return buffer.getvalue()
