"""From notes to a release: the ids and modification times that Anki tells old from new by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mcqdeck.pack.notes import Note


@dataclass(frozen=True, slots=True)
class StampedNote:
    """A note with its id (milliseconds of an epoch, unique) and the second it last changed."""

    id: int
    mod: int
    note: Note


@dataclass(frozen=True, slots=True)
class Release:
    """The notes of one package, and the second its note type last changed."""

    notes: tuple[StampedNote, ...]
    note_type_mod: int

    @property
    def mod(self) -> int:
        """The second in which anything of the release last changed."""
        return max(self.note_type_mod, *(stamped.mod for stamped in self.notes), 1)


def stamp(notes: Sequence[Note], timestamp: int) -> Release:
    """A first release, all of it made at `timestamp`, in seconds since 1970.

    Anki cannot load an id or time of 0 and neglects what lies in the future, so ids count up to
    the timestamp, and a timestamp before 1970 counts as its first second.
    """
    mod = max(1, timestamp)
    first = first_id(mod, len(notes))
    stamped = tuple(StampedNote(first + place, mod, note) for place, note in enumerate(notes))
    return Release(stamped, mod)


def first_id(mod: int, count: int) -> int:
    """The first of `count` ascending ids in milliseconds that end before `mod`, in seconds."""
    return max(1, mod * 1000 - count)
