"""Builds that are known to change nothing: remembered, so that nothing is made and compared again.

What a build makes is a function of the bank, of the last package, and of our version; of the time
it is one only where something changed, or where a clock was wrong. So a build that found a package
to be just what the bank gives need not be done again while both are the same.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path

import msgspec

from mcqdeck import chapter, files
from mcqdeck.diagnostic import McqdeckError
from mcqdeck.model import Changes, RenderedBank
from mcqdeck.store import Entries, digest


class _Known(msgspec.Struct, array_like=True):
    """What is remembered: when by the clock that was found, and how many notes there are."""

    clock: int
    notes: int


_DECODER = msgspec.msgpack.Decoder(_Known)


def key(bank: RenderedBank, package: Path) -> str | None:
    """What it is remembered under that the package holds just what the bank gives.

    `None` where there is no package that can be read, or a path in the bank is no UTF-8.
    """
    with suppress(McqdeckError, UnicodeEncodeError):
        with files.opened(package) as file:
            held = hashlib.file_digest(file, "blake2b").digest()
        settings = msgspec.msgpack.encode((bank.folder, bank.config, bank.style, bank.media))
        return digest(b"unchanged", held, settings, *map(chapter.identity, bank.chapters))
    return None


def recall(store: Entries, key: str, bank: RenderedBank, clock: int) -> Changes | None:
    """That nothing changes, if it is remembered; `clock` is the second that it is now.

    A clock that goes back may find the package to be of the future.
    """
    data = store.get(key)
    if data is None:
        return None
    try:
        known = _DECODER.decode(data)
    except ValueError:
        return None
    return Changes(bank.config.id, (), known.notes) if known.clock <= clock else None


def remember(store: Entries, key: str, changes: Changes, clock: int) -> None:
    """Remembers that a build at the second `clock` changed nothing."""
    store.put(key, msgspec.msgpack.encode(_Known(clock, changes.unchanged)))
