"""Somebody who studies with the real Anki: a collection in a folder, what it holds, what is done.

Imports the package `anki`, and so runs in a process of its own only.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki.errors import TemplateError

from mcqdeck.markdown.raw_html import ANY_TAG
from mcqdeck.verification import Settings, Update

if TYPE_CHECKING:
    # Anki's modules need each other, and load only if `anki.collection` is the first of them.
    from anki.cards import CardId
    from anki.decks import DeckConfigId, DeckId
    from anki.models import NotetypeId
    from anki.notes import NoteId

_CONDITIONS = {Update.IF_NEWER: 0, Update.ALWAYS: 1, Update.NEVER: 2}
_ISOLATES = dict.fromkeys(map(ord, "\u2068\u2069"))
_CARD = "id, nid, did, type, queue, due, ivl, factor, reps, lapses, left, odue, odid, flags, data"
_COLLECTION = "collection.anki2"
_SUSPENDED, _BURIED = -1, (-2, -3)


@dataclass(frozen=True, slots=True)
class Card:
    """A card: where it lies, and all that says when it is shown."""

    id: CardId
    note: NoteId
    deck: DeckId
    home: int
    queue: int
    flag: int
    schedule: tuple[object, ...]

    @property
    def is_suspended(self) -> bool:
        """Whether it is not shown until the learner wants it."""
        return self.queue == _SUSPENDED

    @property
    def is_buried(self) -> bool:
        """Whether it is not shown until tomorrow."""
        return self.queue in _BURIED


@dataclass(frozen=True, slots=True)
class Note:
    """A note."""

    id: NoteId
    guid: str
    note_type: NotetypeId
    fields: tuple[str, ...]
    tags: frozenset[str]


@dataclass(frozen=True, slots=True)
class NoteType:
    """What Anki tells note types apart by, and how cards look."""

    name: str
    fields: tuple[str, ...]
    templates: tuple[tuple[str, str, str], ...]
    style: str


@dataclass(frozen=True, slots=True)
class Deck:
    """A deck; the preset is that of its options, `None` for a filtered deck."""

    name: str
    preset: DeckConfigId | None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that a learner has, by Anki's ids, and media by their names."""

    notes: dict[NoteId, Note]
    cards: dict[CardId, Card]
    reviews: dict[int, tuple[CardId, tuple[object, ...]]]
    note_types: dict[NotetypeId, NoteType]
    decks: dict[DeckId, Deck]
    presets: dict[DeckConfigId, dict[str, Any]]
    media: dict[str, tuple[int, ...]]
    empty: frozenset[CardId]
    """The cards whose front shows nothing."""

    latest: int
    """The second in which a note or its note type changed last."""

    schema: int
    """Another one where Anki will ask for a full sync."""

    def guid_of(self, card: CardId) -> str:
        """The GUID of a card's note."""
        return self.notes[self.cards[card].note].guid


class RefusedError(Exception):
    """Anki does not import a package, and says why."""


class Logged(Protocol):
    """What Anki's log says of a note; the id is that of the note in the package."""

    id: Any


class Log(Protocol):
    """Anki's log of an import: what became of each note of the package."""

    new: Sequence[Logged]
    updated: Sequence[Logged]
    duplicate: Sequence[Logged]
    conflicting: Sequence[Logged]


@contextmanager
def learner_in(folder: Path) -> Iterator[Learner]:
    """The learner whose collection lies in a folder; both are made where they do not exist."""
    folder.mkdir(exist_ok=True)
    learner = Learner(folder)
    try:
        yield learner
    finally:
        learner.collection.close()


class Learner:
    """A collection that is open."""

    def __init__(self, folder: Path) -> None:
        self.collection = Collection(str(folder / _COLLECTION))
        self._folder = folder

    def receive(self, package: Path, settings: Settings) -> Log:
        """Imports a package; returns Anki's log of it.

        Raises:
            RefusedError: Anki does not import it.
        """
        options = ImportAnkiPackageOptions(
            update_notes=_CONDITIONS[settings.update_notes],  # type: ignore[arg-type]  # an int in fact
            update_notetypes=_CONDITIONS[settings.update_note_types],  # type: ignore[arg-type]
            merge_notetypes=settings.merge_note_types,
            with_scheduling=settings.learning_progress,
            with_deck_configs=settings.deck_presets,
        )
        request = ImportAnkiPackageRequest(package_path=str(package), options=options)
        try:
            log: Log = self.collection.import_anki_package(request).log
        except Exception as error:  # whatever kind Anki has for it, it says why
            raise RefusedError(plain(str(error)) or type(error).__name__) from error
        self.collection.models._clear_cache()  # it is stale after an import
        return log

    def snapshot(self) -> Snapshot:
        """All that the learner has now."""
        notes = {note.id: note for note in self._notes()}
        return Snapshot(
            notes=notes,
            cards={card.id: card for card in self._cards()},
            reviews={
                id_: (card, tuple(rest)) for id_, card, *rest in self.rows("SELECT * FROM revlog")
            },
            note_types=dict(self._note_types({note.note_type for note in notes.values()})),
            decks=dict(self._decks()),
            presets={
                preset["id"]: _preset(preset) for preset in self.collection.decks.all_config()
            },
            media=media_in(media_folder(self._folder)),
            empty=frozenset(
                card for entry in self.collection.get_empty_cards().notes for card in entry.card_ids
            ),
            latest=self.rows(
                "SELECT max(max(notes.mod), max(mtime_secs)) FROM notes "
                "JOIN notetypes ON notetypes.id = mid"
            )[0][0]
            or 0,
            schema=self.rows("SELECT scm FROM col")[0][0],
        )

    def problems(self) -> list[str]:
        """What Anki's own check of the database has to fix, a line for each."""
        report, is_sound = self.collection.fix_integrity()
        lines = [plain(line) for line in report.splitlines()]
        return [] if is_sound else lines[:-1]  # the last says that it is done

    def missing_media(self) -> list[str]:
        """The names of files that notes show and that are not there."""
        return sorted(self.collection.media.check().missing)

    def unused_media(self) -> list[str]:
        """The names of files that no note shows."""
        return sorted(self.collection.media.check().unused)

    def faulty_cards(self) -> dict[CardId, str]:
        """The cards that show what is wrong with their template, and what that is."""
        faulty = {}
        for (card_id,) in self.rows("SELECT id FROM cards ORDER BY id"):
            try:
                self.collection._backend.render_existing_card(
                    card_id=card_id, browser=False, partial_render=True
                )
            except TemplateError as error:
                faulty[card_id] = plain(str(error))
        return faulty

    def rows(self, query: str) -> list[Any]:
        """What an SQL query gives."""
        database = self.collection.db
        assert database
        return database.all(query)

    def execute(self, statement: str, *values: int) -> None:
        """Writes into the database past Anki, as to date what the learner did."""
        assert self.collection.db
        self.collection.db.execute(statement, *values)

    def _notes(self) -> Iterator[Note]:
        for id_, guid, note_type, fields, tags in self.rows(
            "SELECT id, guid, mid, flds, tags FROM notes"
        ):
            yield Note(id_, guid, note_type, tuple(fields.split("\x1f")), frozenset(tags.split()))

    def _cards(self) -> Iterator[Card]:
        for id_, note, deck, type_, queue, *rest in self.rows(f"SELECT {_CARD} FROM cards"):
            *schedule, home, flags, data = rest
            yield Card(id_, note, deck, home, queue, flags & 7, (type_, queue, *schedule, data))

    def _note_types(self, used: set[NotetypeId]) -> Iterator[tuple[NotetypeId, NoteType]]:
        for note_type in self.collection.models.all():
            if note_type["id"] in used:
                yield (
                    note_type["id"],
                    NoteType(
                        note_type["name"],
                        tuple(one["name"] for one in note_type["flds"]),
                        tuple(
                            (one["name"], one["qfmt"], one["afmt"]) for one in note_type["tmpls"]
                        ),
                        note_type["css"],
                    ),
                )

    def _decks(self) -> Iterator[tuple[DeckId, Deck]]:
        for deck in self.collection.decks.all():
            yield deck["id"], Deck(deck["name"], None if deck["dyn"] else deck["conf"])


def plain(said: str) -> str:
    """What Anki says, on one line and without its markup and its marks of direction."""
    text = html.unescape(ANY_TAG.sub(" ", said.translate(_ISOLATES)))
    return " ".join(text.split())


def media_folder(folder: Path) -> Path:
    """Where the media of the learner in a folder are."""
    return folder / "collection.media"


def media_in(folder: Path) -> dict[str, tuple[int, ...]]:
    """The media by their names, with what changes when one is written."""
    stats = {path.name: path.stat() for path in folder.iterdir()}
    return {name: (stat.st_ino, stat.st_size, stat.st_mtime_ns) for name, stat in stats.items()}


def _preset(preset: dict[str, Any]) -> dict[str, Any]:
    """A preset without what syncing writes into it."""
    return {key: value for key, value in preset.items() if key not in ("mod", "usn")}
