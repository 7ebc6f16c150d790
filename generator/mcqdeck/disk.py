"""Files written whole or not at all, and the small bank that a newcomer starts from."""

from __future__ import annotations

import glob
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import suppress
from importlib.resources import files as resources
from pathlib import Path

from mcqdeck import files
from mcqdeck.diagnostic import McqdeckError
from mcqdeck.identity import bank_id_of

_ABANDONED_AFTER = 3600  # seconds; no write takes so long


def write(path: Path, data: bytes) -> None:
    """Writes a file whole or not at all: beside its place first, then by rename.

    Raises:
        McqdeckError: it cannot be written; what was there before is untouched.
    """
    demand_place(path)
    partial = path.with_name(f".{path.name}.{secrets.token_hex(4)}.partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _sweep(path)
        try:
            with partial.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        raise McqdeckError(f"{path.as_posix()}: cannot be written: {error.strerror}") from error


def demand_place(path: Path) -> None:
    """Makes sure that at `path` is a file or nothing, so that one may be written there.

    Raises:
        McqdeckError: there is a folder, a pipe, a socket or a device.
    """
    kind = files.kind_of(path)
    if kind not in (files.Kind.FILE, files.Kind.NOTHING, files.Kind.BROKEN_LINK):
        raise files.irregular(path, kind)


def rewrite(path: Path, before: bytes, after: bytes) -> None:
    """Gives a file that a person edits a new content, whole or not at all.

    Its permissions stay, and a link to it stays a link.

    Raises:
        McqdeckError: it does not hold `before` any more, is read-only, or cannot be written.
    """
    target = files.real(path)
    try:
        if files.read(target) != before:
            raise McqdeckError(
                f"{path.as_posix()}: changed while it was being checked; run the command again"
            )
        mode = target.stat().st_mode
        if not mode & 0o222:
            raise McqdeckError(f"{path.as_posix()}: cannot be written: it is read-only")
        write(target, after)
        target.chmod(mode)
    except OSError as error:
        raise McqdeckError(f"{path.as_posix()}: cannot be written: {error.strerror}") from error


def _sweep(path: Path) -> None:
    """Takes away what a write to `path` left behind that was killed some time ago."""
    for partial in path.parent.glob(f".{glob.escape(path.name)}.*.partial"):
        with suppress(FileNotFoundError):
            if partial.stat().st_mtime < time.time() - _ABANDONED_AFTER:
                partial.unlink()


def init(folder: Path) -> Path:
    """Makes a small, complete bank in `folder`, whose id is the folder's name, and returns it.

    Raises:
        McqdeckError: the folder has something in it, its name gives no id, or it cannot be written.
    """
    name = bank_id_of(files.real(folder).name)
    if not name:
        raise McqdeckError(f"{folder.as_posix()}: the folder's name has no letters a-z for an id")
    if files.kind_of(folder) is not files.Kind.NOTHING and not _is_empty_folder(folder):
        raise McqdeckError(
            f"{folder.as_posix()}: exists and is not an empty folder; nothing was made"
        )
    for path, data in _starter():
        write(folder / path, data.replace(b"STARTER-ID", name.encode()))
    return folder


def _is_empty_folder(path: Path) -> bool:
    if files.kind_of(path) is not files.Kind.FOLDER:
        return False
    try:
        return not any(path.iterdir())
    except OSError as error:
        raise files.unreadable(path, error) from error


def _starter() -> Iterator[tuple[str, bytes]]:
    """The files of the bank that `init` makes, by their path in it."""
    folders = [(resources("mcqdeck") / "starter", "")]
    while folders:
        folder, prefix = folders.pop()
        for entry in folder.iterdir():
            if entry.is_dir():
                folders.append((entry, f"{prefix}{entry.name}/"))
            else:
                yield prefix + entry.name, entry.read_bytes()
