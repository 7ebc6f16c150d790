"""Files written whole or not at all: the only place that writes."""

from __future__ import annotations

import glob
import os
import secrets
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from mcqdeck import files
from mcqdeck.diagnostic import McqdeckError

LISTING = "mcqdeck-site.txt"
"""The file in a published folder that lists all others."""

_ABANDONED_AFTER = 3600  # seconds; no write takes so long


Write = Callable[[BinaryIO], object]
"""Writes the content of a file into it."""


def write(path: Path, data: bytes, *, lasts: bool = True) -> None:
    """Writes a file whole or not at all.

    What `lasts` has reached the disk when this returns, so that a power cut does not undo it.

    Raises:
        McqdeckError: it cannot be written; what was there before is untouched.
    """
    with together(lasts=lasts) as prepare:
        prepare(path, lambda file: file.write(data))


@contextmanager
def together(*, lasts: bool = True) -> Iterator[Callable[[Path, Write], Path]]:
    """Files written whole, and all or none: beside their places first, at the end by rename.

    The function that is given writes one and returns where it lies until then. What `lasts` has
    reached the disk at the end, so that a power cut does not undo it. Where a rename fails or is
    interrupted, the files before it get back what they held.

    Raises:
        McqdeckError: one cannot be written; what was there before is untouched.
    """
    partials: dict[Path, Path] = {}

    def prepare(path: Path, write_content: Write) -> Path:
        demand_place(path)
        partial = _beside(path)
        with _writing(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            if lasts:
                _sweep(path.parent.glob(f".{glob.escape(path.name)}.*.partial"))
            with partial.open("xb") as file:
                partials[path] = partial
                write_content(file)
                file.flush()
                if lasts:
                    os.fsync(file.fileno())
        return partial

    try:
        yield prepare
        _put_in_place(partials)
    finally:
        _take_away(partials.values())


def _beside(path: Path) -> Path:
    """A name that is free in the folder of `path`."""
    return path.with_name(f".{path.name}.{secrets.token_hex(4)}.partial")


def _put_in_place(partials: Mapping[Path, Path]) -> None:
    """Renames files to their places, all or none."""
    kept: dict[Path, Path] = {}
    touched: list[Path] = []
    try:
        for path, partial in partials.items():
            with _writing(path):
                if len(partials) > 1 and os.path.lexists(path):
                    kept[path] = _beside(path)
                    shutil.copy(path, kept[path], follow_symlinks=False)
                touched.append(path)
                partial.replace(path)
    except BaseException:
        for path in touched:
            with _writing(path):
                if path in kept:
                    kept[path].replace(path)
                else:
                    path.unlink(missing_ok=True)
        raise
    finally:
        _take_away(kept.values())


def _take_away(partials: Iterable[Path]) -> None:
    for partial in partials:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
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


@dataclass(frozen=True, slots=True)
class Published:
    """What a folder holds now, in files and bytes, and how many of them a publication touched."""

    files: int
    size: int
    written: int
    removed: int


def publish(folder: Path, made: Iterable[tuple[str, bytes]]) -> Published:
    """Makes `folder` hold these files, given by relative path, and none of an earlier publication.

    A file that is as it should be is left alone. The list of the files, `LISTING`, is written last
    and tells the next publication what it may remove; files that it does not name are not touched.

    Raises:
        McqdeckError: the folder holds something and no listing, or a file cannot be written.
    """
    earlier = _listed(folder)
    _sweep(folder.rglob(".*.partial"))
    listed: set[str] = set()
    size = written = 0
    try:
        for path, data in made:
            listed.add(path)
            size += len(data)
            if not _holds(folder / path, data):
                write(folder / path, data, lasts=False)
                written += 1
    except BaseException:
        _list(folder, earlier | listed)  # so that the next publication may go on from here
        raise
    removed = sum(_remove(folder, path) for path in sorted(earlier - listed))
    _list(folder, listed)
    return Published(len(listed), size, written, removed)


def _list(folder: Path, paths: Set[str]) -> None:
    listing = "".join(f"{path}\n" for path in sorted(paths)).encode()
    if not _holds(folder / LISTING, listing):
        write(folder / LISTING, listing)


def _listed(folder: Path) -> frozenset[str]:
    """The files that an earlier publication wrote into a folder."""
    kind = files.kind_of(folder)
    if kind is files.Kind.NOTHING or files.is_empty_folder(folder):
        return frozenset()
    if kind is not files.Kind.FOLDER:
        raise McqdeckError(f"{folder.as_posix()}: not a folder but {kind.value}")
    listing = folder / LISTING
    if files.kind_of(listing) is not files.Kind.FILE:
        raise McqdeckError(
            f"{folder.as_posix()}: holds files that are no part of a site that mcqdeck made; "
            "nothing was written; choose another folder"
        )
    lines = files.read(listing).decode("utf-8", "replace").splitlines()
    return frozenset(line for line in lines if _is_below(line))


def _is_below(path: str) -> bool:
    """Whether a line of a listing, which anyone may have edited, names a file in its folder."""
    parts = PurePosixPath(path).parts
    return bool(parts) and not path.startswith("/") and not {"..", "\\", ":"}.intersection(parts)


def _holds(path: Path, data: bytes) -> bool:
    try:
        if path.is_symlink() or path.stat().st_size != len(data):
            return False
        return path.read_bytes() == data
    except OSError:
        return False


def _remove(folder: Path, path: str) -> bool:
    """Takes a file away that an earlier publication wrote, and its folder if that is empty now."""
    target = folder / path
    if not files.is_inside(target.parent, folder):
        return False
    try:
        target.unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise McqdeckError(f"{target.as_posix()}: cannot be removed: {error.strerror}") from error
    with suppress(OSError):
        if target.parent != folder:
            target.parent.rmdir()
    return True


def rewrite(before: Mapping[Path, bytes], after: Mapping[Path, bytes]) -> None:
    """Gives files that a person edits a new content, all of them or none.

    Their permissions stay, and a link to one stays a link.

    Raises:
        McqdeckError: one does not hold what `before` says any more, is read-only, or cannot be
            written.
    """
    with together() as prepare:
        for path, data in after.items():
            target = files.real(path)
            _demand_unchanged(path, before[path])
            with _writing(path):
                mode = target.stat().st_mode
            if not mode & 0o222:
                raise McqdeckError(f"{path.as_posix()}: cannot be written: it is read-only")
            partial = prepare(target, writer_of(data))
            with _writing(path):
                partial.chmod(mode)
        # Once more, as others may have saved while all were written.
        for path in after:
            _demand_unchanged(path, before[path])


def _demand_unchanged(path: Path, data: bytes) -> None:
    if files.read(files.real(path)) != data:
        raise McqdeckError(
            f"{path.as_posix()}: changed while it was being checked; run the command again"
        )


def writer_of(data: bytes) -> Write:
    """What writes these bytes, for `together`."""

    def write_content(file: BinaryIO) -> None:
        file.write(data)

    return write_content


def _sweep(partials: Iterable[Path]) -> None:
    """Takes away what writes left behind that were killed some time ago."""
    for partial in partials:
        with suppress(FileNotFoundError):
            if partial.stat().st_mtime < time.time() - _ABANDONED_AFTER:
                partial.unlink()
