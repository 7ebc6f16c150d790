"""What earlier builds learned of a package, remembered so that the next need not make it again.

What a build makes is a function of the bank, of the last package, and of our version; of the time
it is one only where something changed, or where a clock was wrong. So a build that found a package
to be just what the bank gives, or wrote it, need not be done again while both are the same; and
where some chapters changed, the notes of the others are those of the last package.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from mcqdeck import chapter, files
from mcqdeck.diagnostic import McqdeckError
from mcqdeck.model import Changes, RenderedBank
from mcqdeck.store import Entries, digest

if TYPE_CHECKING:
    from mcqdeck.pack.notes import Note
    from mcqdeck.pack.stamp import Release


class _Known(msgspec.Struct, array_like=True):
    """What is remembered: when by the clock that was found, and how many notes there are."""

    clock: int
    notes: int


_Chapters = list[tuple[bytes, int]]
"""What names each chapter whose notes a package has, in order, and how many those are."""

_DECODER = msgspec.msgpack.Decoder(_Known)
_CHAPTERS = msgspec.msgpack.Decoder(_Chapters)


def digest_of(package: Path) -> bytes | None:
    """What names the bytes of a package; `None` where there is none that can be read."""
    with suppress(McqdeckError), files.opened(package) as file:
        return hashlib.file_digest(file, "blake2b").digest()
    return None


def key(bank: RenderedBank, package: bytes | None) -> str | None:
    """What it is remembered under that a package holds just what the bank gives.

    The package is given by its digest. `None` where there is none, or a path in the bank is no
    UTF-8.
    """
    if package is None:
        return None
    with suppress(UnicodeEncodeError):
        settings = msgspec.msgpack.encode((bank.folder, bank.config, bank.style, bank.media))
        return digest(b"unchanged", package, settings, *map(chapter.notes_key, bank.chapters))
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


def remember(store: Entries, key: str | None, notes: int, clock: int) -> None:
    """Remembers that a build at the second `clock` changes nothing in so many notes."""
    if key:
        store.put(key, msgspec.msgpack.encode(_Known(clock, notes)))


def recall_notes(
    store: Entries, bank: RenderedBank, package: bytes, last: Release
) -> dict[str, list[Note]]:
    """The notes of the last release that are what chapters give, by the chapters' paths.

    The release is that of the package whose digest is given.
    """
    chapters = _chapters(store, bank, package)
    if sum(number for _, number in chapters) != len(last.notes):
        return {}
    ends = accumulate(number for _, number in chapters)
    spans = {name: (end - number, end) for end, (name, number) in zip(ends, chapters, strict=True)}
    notes = {}
    for rendered in bank.chapters:
        start, end = spans.get(chapter.notes_key(rendered), (0, -1))
        if end - start == len(rendered.entries):
            notes[rendered.path] = [stamped.note for stamped in last.notes[start:end]]
    return notes


def remember_notes(store: Entries, bank: RenderedBank, package: bytes) -> None:
    """Remembers that the package with a digest holds the notes that the bank gives."""
    with suppress(UnicodeEncodeError):
        chapters = [
            (chapter.notes_key(rendered), len(rendered.entries)) for rendered in bank.chapters
        ]
        store.put(_notes_key(bank, package), msgspec.msgpack.encode(chapters))


def _chapters(store: Entries, bank: RenderedBank, package: bytes) -> _Chapters:
    with suppress(UnicodeEncodeError, ValueError):
        if data := store.get(_notes_key(bank, package)):
            return _CHAPTERS.decode(data)
    return []


def _notes_key(bank: RenderedBank, package: bytes) -> str:
    """All that notes depend on but their chapters."""
    settings = msgspec.msgpack.encode((bank.folder, bank.config, bank.style))
    return digest(b"notes", package, settings)
