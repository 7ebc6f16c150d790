"""From an earlier package to the release that it holds."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from mcqdeck.diagnostic import McqdeckError
from mcqdeck.pack.decks import Deck
from mcqdeck.pack.notes import CardPlan, Note
from mcqdeck.pack.package import COLLECTION, FORMAT, MARK, MEDIA, STOCK_DECK, timeless
from mcqdeck.pack.stamp import Release, StampedDeck, StampedNote

_DAMAGE = (
    *(BadZipFile, zlib.error, sqlite3.Error, EOFError, RuntimeError, MemoryError),
    *(LookupError, TypeError, ValueError, AttributeError, OverflowError),
)


def read_release(path: Path) -> Release:
    """What a package made by `mcqdeck` holds.

    Raises:
        McqdeckError: it cannot be read, is damaged, is not ours, or a newer mcqdeck made it.
    """
    try:
        with ZipFile(path) as archive:
            if COLLECTION not in archive.namelist():
                raise _foreign(path)
            collection = archive.read(COLLECTION)
            media = _media(archive)
        with closing(sqlite3.connect(":memory:")) as database:
            database.deserialize(collection)
            return _release(path, database, media)
    except OSError as error:
        raise McqdeckError(f"{path.as_posix()}: cannot be read: {error.strerror}") from error
    except _DAMAGE as error:
        raise McqdeckError(f"{path.as_posix()}: the package is damaged ({error})") from error


def _media(archive: ZipFile) -> tuple[str, ...]:
    """The names of the media, each of which must be there and whole."""
    names = json.loads(archive.read(MEDIA))
    for member in names:
        archive.read(member)
    return tuple(names.values())


def _release(path: Path, database: sqlite3.Connection, media: tuple[str, ...]) -> Release:
    row = database.execute("SELECT conf, models, decks FROM col").fetchone()
    conf, models, decks = map(json.loads, row)
    mark = conf.get(MARK)
    if mark is None:
        raise _foreign(path)
    if mark["format"] > FORMAT:
        raise McqdeckError(
            f"{path.as_posix()}: made by a newer mcqdeck; update mcqdeck to read this package"
        )
    [note_type] = models.values()
    ours = {int(key): deck for key, deck in decks.items() if key != STOCK_DECK}
    return Release(
        bank_id=mark["bank"],
        notes=tuple(_notes(database, {key: deck["name"] for key, deck in ours.items()})),
        note_type=timeless(note_type),
        note_type_mod=note_type["mod"],
        decks=tuple(
            StampedDeck(deck["mod"], Deck(key, deck["name"], deck["desc"]))
            for key, deck in ours.items()
        ),
        media=media,
    )


def _notes(database: sqlite3.Connection, decks: Mapping[int, str]) -> Iterator[StampedNote]:
    """The notes in the order of their new cards, which is that of the source."""
    cards: dict[int, list[tuple[int, CardPlan]]] = defaultdict(list)
    order = "SELECT nid, id, ord, did, due FROM cards ORDER BY due, nid, ord"
    for note_id, card_id, ord_, deck_id, due in database.execute(order):
        cards[note_id].append((card_id, CardPlan(ord_, decks[deck_id], due)))
    rows: dict[int, Any] = {
        row[0]: row for row in database.execute("SELECT id, mod, guid, flds, tags FROM notes")
    }
    if rows.keys() != cards.keys():
        raise ValueError("notes and cards do not match")
    for note_id, held in cards.items():
        _, mod, guid, fields, tags = rows[note_id]
        yield StampedNote(
            note_id,
            mod,
            Note(
                guid,
                tuple(fields.split("\x1f")),
                tuple(tags.split()),
                tuple([card for _, card in held]),
            ),
            tuple([card_id for card_id, _ in held]),
        )


def _foreign(path: Path) -> McqdeckError:
    return McqdeckError(f"{path.as_posix()}: not a package that mcqdeck made")
