"""From a rendered bank to the bytes of an Anki package, and back to what an earlier one held."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING

from mcqdeck.model import Changes, Media, RenderedBank
from mcqdeck.pack.deck_names import DeckNames, check_decks, deck_names, flashcard_deck
from mcqdeck.pack.history import (
    check_history,
    check_vanished,
    first_published,
    with_published_ids,
)
from mcqdeck.pack.language import check_language
from mcqdeck.pack.package_mistakes import MISTAKES

# Importing genanki takes longer than checking a small bank, which needs no package: the modules
# that use it are imported where they are called.
if TYPE_CHECKING:
    from mcqdeck.pack.notes import Note
    from mcqdeck.pack.stamp import Release

__all__ = [
    "MISTAKES",
    "changes_between",
    "check_decks",
    "check_history",
    "check_language",
    "check_vanished",
    "count_cards",
    "first_published",
    "is_settled",
    "notes_of",
    "pack",
    "read_release",
    "release_of",
    "write_package",
]


_NO_NOTES: Mapping[str, Sequence[Note]] = {}


def pack(rendered: RenderedBank, *, timestamp: int, last: Release | None = None) -> bytes:
    """The bytes of a bank's package at `timestamp` (seconds since 1970) that follows `last`.

    A media file that cannot be read raises `McqdeckError`.
    """
    release = release_of(rendered, timestamp=timestamp, last=last)
    with BytesIO() as file:
        write_package(file, release, rendered.media)
        return file.getvalue()


def release_of(
    rendered: RenderedBank,
    *,
    timestamp: int,
    last: Release | None = None,
    clock: int | None = None,
    known: Mapping[str, Sequence[Note]] = _NO_NOTES,
) -> Release:
    """The release of a bank at `timestamp` (seconds since 1970) that follows `last`.

    What is as it was in `last` keeps its ids and its time, if that does not lie after `clock`: the
    second that it is now, by default the timestamp. `known` has the notes in `last` that are what
    chapters give, by the chapters' paths.
    """
    from mcqdeck.pack.decks import decks  # noqa: PLC0415
    from mcqdeck.pack.notes import notes  # noqa: PLC0415
    from mcqdeck.pack.notetype import note_type  # noqa: PLC0415
    from mcqdeck.pack.package import timeless  # noqa: PLC0415
    from mcqdeck.pack.stamp import Draft, stamp  # noqa: PLC0415

    with_ids = with_published_ids(rendered, last)
    if with_ids is not rendered:
        rendered, known = with_ids, _NO_NOTES
    names = _names(rendered, last)
    draft = Draft(
        bank_id=rendered.config.id,
        notes=notes(rendered, names, known),
        note_type=timeless(note_type(rendered).to_json(0, 0)),
        decks=decks(rendered, names),
        media=tuple(media.name for media in rendered.media),
        shows_line_ends="white-space" in rendered.style,
    )
    return stamp(draft, timestamp, last, clock)


def is_settled(rendered: RenderedBank, release: Release, clock: int) -> bool:
    """Whether the next release of a bank, made from `clock` on, is this one if nothing changes."""
    from mcqdeck.pack.decks import decks  # noqa: PLC0415

    if with_published_ids(rendered, release) is not rendered:
        return False
    made = decks(rendered, _names(rendered, release))
    return made == tuple(stamped.deck for stamped in release.decks) and release.is_past(clock)


def notes_of(rendered: RenderedBank) -> Iterator[Note]:
    """The notes that learners get from a bank, in source order."""
    from mcqdeck.pack.notes import notes  # noqa: PLC0415

    return notes(rendered, _names(rendered), _NO_NOTES)


def _names(rendered: RenderedBank, last: Release | None = None) -> DeckNames:
    """The names of the decks of a bank whose last release has those that learners know."""
    if last is None:
        return deck_names(rendered, flashcard_deck(rendered.config))
    known = [stamped.deck.name for stamped in last.decks]
    return deck_names(rendered, flashcard_deck(rendered.config, last.flashcard_deck), known)


def write_package(file: IO[bytes], release: Release, media: Sequence[Media]) -> None:
    """Writes the package of a release whose `media` lie where they say, piece by piece.

    Raises:
        McqdeckError: a media file cannot be read, or there is too much text.
        OSError: the file cannot be written, or there is no room for a temporary one.
    """
    from mcqdeck.pack import package  # noqa: PLC0415

    package.write_package(file, release, media)


def read_release(path: Path) -> Release:
    """What a package that mcqdeck made holds.

    Raises `McqdeckError` if it cannot be read, is damaged, foreign, or made by a newer mcqdeck.
    """
    from mcqdeck.pack import release  # noqa: PLC0415

    return release.read_release(path)


def changes_between(old: Release, new: Release) -> Changes:
    """What a learner of the `old` release gets with the `new` one."""
    from mcqdeck.pack.changes import changes_between as between  # noqa: PLC0415

    return between(old, new)


def count_cards(rendered: RenderedBank) -> int:
    """How many cards a bank's package holds."""
    drilled = rendered.config.flashcards
    return sum(1 + (drilled and entry.has_flashcard) for entry in rendered.entries)
