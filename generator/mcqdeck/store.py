"""What was worked out before, by digest, in the user's cache folder.

An entry may vanish, be damaged, or come from another version at any time: it is used only if all of
it is as it was written. Whatever goes wrong here costs time and nothing else.
"""

from __future__ import annotations

import os
import secrets
import sys
import time
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple, Protocol

import mcqdeck

VARIABLE = "MCQDECK_CACHE_DIR"
"""The environment variable that names another folder."""

MOST = 1 << 30
"""Bytes that all entries together may have; the ones unused for longest go first."""

_KEPT_AFTER_SWEEP = 3 / 4
_MOST_DAYS = 60
_DAY = 24 * 3600
_MAGIC = b"mcqdeck\x01"
_CHECKSUM = 16
_PARTIAL = ".partial"
_LIBRARIES = (
    *("anyascii", "babel", "genanki", "langcodes", "markdown", "msgspec", "nh3", "pygments"),
    *("pymdown", "pyyaml", "rapidfuzz", "snowballstemmer"),
)
"""How the names of the libraries begin on which a chapter's result or a package depends."""


class Entries(Protocol):
    """What was worked out before: bytes under the digest of what they depend on."""

    def get(self, key: str) -> bytes | None:
        """The entry of a key, if there is one and it is whole."""
        ...

    def put(self, key: str, data: bytes) -> None:
        """Keeps an entry, if that can be done."""
        ...


class Store:
    """The entries in one folder."""

    def __init__(self, folder: Path, most: int = MOST) -> None:
        self._folder = folder
        self._most = most
        self._is_usable: bool | None = None
        self._written = 0

    def get(self, key: str) -> bytes | None:
        """The entry of a key, if there is one and it is whole."""
        return self._read(self._path(key)) if self._may_be_used() else None

    def put(self, key: str, data: bytes) -> None:
        """Keeps an entry, if that can be done."""
        if not self._may_be_used():
            return
        path = self._path(key)
        partial = path.with_name(f"{path.name}.{secrets.token_hex(4)}{_PARTIAL}")
        checksum = blake2b(data, digest_size=_CHECKSUM).digest()
        try:
            path.parent.mkdir(exist_ok=True)
            try:
                partial.write_bytes(b"".join((_MAGIC, checksum, data)))
                partial.replace(path)
            finally:
                partial.unlink(missing_ok=True)
        except OSError:
            self._is_usable = False  # full, or read-only: do not try again for each chapter
        else:
            self._written += len(data)

    def close(self) -> None:
        """Makes room where that is due: once a day, or after much was written."""
        if not self._written or not self._may_be_used():
            return
        mark = self._folder / "swept"
        with suppress(OSError):
            last = mark.stat().st_mtime if mark.exists() else 0.0
            if abs(time.time() - last) > _DAY or self._written > self._most / 8:
                mark.touch()
                self._sweep()

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / key[2:]

    def _may_be_used(self) -> bool:
        """Whether the folder is there, and nobody else's."""
        if self._is_usable is None:
            try:
                self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                status = self._folder.stat()
                self._is_usable = not hasattr(os, "geteuid") or status.st_uid == os.geteuid()
            except (OSError, ValueError):
                self._is_usable = False
        return self._is_usable

    def _read(self, path: Path) -> bytes | None:
        try:
            data = path.read_bytes()
            start = len(_MAGIC) + _CHECKSUM
            entry = data[start:]
            checksum = blake2b(entry, digest_size=_CHECKSUM).digest()
            if data[:start] != _MAGIC + checksum:
                return None
            if time.time() - path.stat().st_mtime > _DAY:
                os.utime(path)
        except OSError:
            return None
        return entry

    def _sweep(self) -> None:
        """Removes what is old or abandoned, then what was not used for longest."""
        now = time.time()
        entries = sorted(self._entries(), key=lambda entry: entry.used, reverse=True)
        total = sum(entry.size for entry in entries)
        most = self._most if total <= self._most else int(self._most * _KEPT_AFTER_SWEEP)
        kept = 0
        for entry in entries:
            age = now - entry.used
            is_abandoned = entry.path.suffix == _PARTIAL and age > _DAY / 24
            kept += entry.size
            if kept > most or age > _MOST_DAYS * _DAY or is_abandoned:
                kept -= entry.size
                with suppress(OSError):
                    entry.path.unlink()

    def _entries(self) -> Iterator[_Entry]:
        for folder in self._folder.iterdir():
            if len(folder.name) == 2 and folder.is_dir():
                with os.scandir(folder) as files:
                    for file in files:
                        with suppress(OSError):
                            status = file.stat(follow_symlinks=False)
                            yield _Entry(Path(file.path), status.st_size, status.st_mtime)


class _Entry(NamedTuple):
    path: Path
    size: int
    used: float


def open_store(environment: Mapping[str, str] = os.environ) -> Store:
    """The store of this user."""
    named = environment.get(VARIABLE)
    if named:
        return Store(Path(named))
    # Importing it takes longer than a check whose store is named.
    from platformdirs import user_cache_path  # noqa: PLC0415

    return Store(user_cache_path("mcqdeck", appauthor=False))


def digest(*parts: bytes) -> str:
    """The key of what depends on these parts and on nothing else but our version."""
    hashed = blake2b(_version(), digest_size=20)
    for part in parts:
        hashed.update(len(part).to_bytes(8, "big"))
        hashed.update(part)
    return hashed.hexdigest()


@cache
def _version() -> bytes:
    """What names this version of our code and of all that it rests on.

    Our files count by size and time, so that a change of the code counts too.
    """
    parts = [mcqdeck.__version__, sys.version, unicodedata.unidata_version]
    for place in sys.path:
        with suppress(OSError), os.scandir(place or ".") as entries:
            parts += [entry.name for entry in entries if _is_library(entry.name)]
    folders = [str(Path(mcqdeck.__file__).parent)]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.is_dir():
                    if entry.name != "__pycache__":
                        folders.append(entry.path)
                else:
                    status = entry.stat()
                    parts.append(f"{entry.path} {status.st_size} {status.st_mtime_ns}")
    return "\n".join(sorted(parts)).encode()


def _is_library(name: str) -> bool:
    """Whether a name in a folder of packages tells the version of a library that matters.

    Such as `nh3-0.3.8.dist-info`; `importlib.metadata` takes longer to load than a small bank.
    """
    return name.endswith((".dist-info", ".egg-info")) and name.lower().startswith(_LIBRARIES)
