"""Which files of a folder were saved, as they are.

The operating system tells (watchfiles). What it misses, as on a network drive or when the folder
itself is replaced, a look at the times of all files finds a little later.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from watchfiles import watch

_TOGETHER = 200  # milliseconds at most in which saves are taken for one
_STEP = 10  # milliseconds of quiet that end a save
_LOOK_EVERY = 1500  # milliseconds
_RETRY_AFTER = 0.3  # seconds, where there is nothing to watch


class Stop(Protocol):
    """Tells when to stop, as `threading.Event` does."""

    def is_set(self) -> bool:
        """Whether it is time."""
        ...


Times = Mapping[Path, tuple[int, int, int]]


def saved_files(folders: Sequence[Path], stop: Stop) -> Iterator[frozenset[Path]]:
    """The paths of the files that were saved, added or taken away, each time some were.

    Paths begin with the folder's as it was given. Hidden files do not count. What is saved after
    this call counts, however late the first is asked for. Ends when `stop` is set.
    """
    return _saved(folders, stop, _times(folders))


def _saved(folders: Sequence[Path], stop: Stop, times: Times) -> Iterator[frozenset[Path]]:
    while not stop.is_set():
        try:
            for told in _told(folders, stop):
                if stop.is_set():
                    return
                now = _times(folders)
                missed = {path for path, _ in times.items() ^ now.items()}
                times = now
                if told or missed:
                    yield frozenset(told | missed)
                if any(not folder.is_dir() for folder in folders):
                    break
        except OSError:  # there is nothing to watch, or no way to
            pass
        now = _times(folders)
        if late := frozenset(path for path, _ in times.items() ^ now.items()):
            times = now
            yield late
        if not stop.is_set():
            time.sleep(_RETRY_AFTER)


def _told(folders: Sequence[Path], stop: Stop) -> Iterator[set[Path]]:
    """What the system tells, or nothing after a while. Ends where a folder was replaced."""
    homes = {Path(os.path.realpath(folder)): folder for folder in folders}
    inodes = _inodes(folders)
    changes = watch(
        *homes,
        watch_filter=lambda _, path: _is_visible(Path(path), homes),
        debounce=_TOGETHER,
        step=_STEP,
        rust_timeout=_LOOK_EVERY,
        yield_on_timeout=True,
        stop_event=stop,
    )
    for change in changes:
        yield {_as_given(Path(path), homes) for _, path in change}
        if _inodes(folders) != inodes:
            return


def _is_visible(path: Path, homes: Mapping[Path, Path]) -> bool:
    """Whether neither a file nor a folder on the way to it is hidden."""
    for home in homes:
        if path.is_relative_to(home):
            return not any(part.startswith(".") for part in path.relative_to(home).parts)
    return True


def _as_given(path: Path, homes: Mapping[Path, Path]) -> Path:
    for home, folder in homes.items():
        if path.is_relative_to(home):
            return folder / path.relative_to(home)
    return path


def _inodes(folders: Sequence[Path]) -> list[int]:
    inodes = []
    for folder in folders:
        try:
            inodes.append(folder.stat().st_ino)
        except OSError:
            inodes.append(0)
    return inodes


def _times(folders: Sequence[Path]) -> Times:
    """When each file was changed, how large it is, and which it is."""
    times: dict[Path, tuple[int, int, int]] = {}
    for folder in folders:
        for here, below, names in os.walk(folder):
            below[:] = [name for name in below if not name.startswith(".")]
            for name in names:
                path = Path(here, name)
                if name.startswith("."):
                    continue
                try:
                    status = path.stat()
                except OSError:
                    continue
                times[path] = status.st_mtime_ns, status.st_size, status.st_ino
    return times
