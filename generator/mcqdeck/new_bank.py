"""The small, complete bank that a newcomer starts from."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files as resources
from pathlib import Path

from mcqdeck import files
from mcqdeck.diagnostic import McqdeckError
from mcqdeck.disk import together, writer_of
from mcqdeck.identity import bank_id_of


def init(folder: Path) -> Path:
    """Makes a small, complete bank in `folder`, whose id is the folder's name, and returns it.

    Raises:
        McqdeckError: the folder has something in it, its name gives no id, or it cannot be written.
    """
    name = bank_id_of(files.real(folder).name)
    if not name:
        raise McqdeckError(f"{folder.as_posix()}: the folder's name has no letters a-z for an id")
    if files.kind_of(folder) is not files.Kind.NOTHING and not files.is_empty_folder(folder):
        raise McqdeckError(
            f"{folder.as_posix()}: exists and is not an empty folder; nothing was made"
        )
    with together() as prepare:
        for path, data in _starter():
            prepare(folder / path, writer_of(data.replace(b"STARTER-ID", name.encode())))
    return folder


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
