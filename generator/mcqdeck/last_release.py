"""Where a build finds the release that learners have now."""

from __future__ import annotations

import os
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from mcqdeck import files, pack
from mcqdeck.diagnostic import McqdeckError

if TYPE_CHECKING:
    # It loads genanki, which a check does not need.
    from mcqdeck.pack.stamp import Release

_HOW_ON = (
    "; restore the right file, name another with --previous FILE, or build without a last release "
    "with --previous none"
)


_SOURCES = "source"


class Memory(Enum):
    """Where a build finds the last release, if not in a file that is named."""

    OUTPUT = "the package that it is about to replace"
    NONE = "nowhere: every question counts as changed"


Previous = Path | Memory
"""The file that holds the last release, or where else to look."""


def decks_of(bank: Path) -> Path:
    """The folder `decks` of the project that a bank belongs to, where its packages are.

    That is beside the bank, or beside the folder `source` in which the bank is.
    """
    home = Path(os.path.normpath(bank / os.pardir))
    if Path(os.path.normpath(Path.cwd() / home)).name == _SOURCES:
        home = Path(os.path.normpath(home / os.pardir))
    return home / "decks"


def last_release(bank_id: str, path: Path, previous: Previous) -> Release | None:
    """The release that the next one of a bank follows, `None` where there is none.

    Raises:
        McqdeckError: what is there, be it a link that leads nowhere, is no release of this bank
            that we can read.
    """
    if previous is Memory.NONE:
        return None
    if previous is Memory.OUTPUT and files.kind_of(path) is files.Kind.NOTHING:
        return None
    path = previous if isinstance(previous, Path) else path
    try:
        last = pack.read_release(path)
    except McqdeckError as error:
        raise McqdeckError(f"{error}{_HOW_ON}") from error
    if last.bank_id != bank_id:
        raise McqdeckError(
            f"{path.as_posix()}: a package of the bank `{last.bank_id}`, "
            f"not of `{bank_id}`{_HOW_ON}"
        )
    return last


def release_at(path: Path) -> Release | None:
    """What the package at `path` holds, `None` where that cannot be told."""
    try:
        return pack.read_release(path)
    except McqdeckError:
        return None
