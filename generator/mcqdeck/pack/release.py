"""From an earlier package to the release that it holds: the only place that reads packages.

A package is input like any other. It is held against `schema.py`, read within bounds, and used
only if all of it can be.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TypeVar

import msgspec

from mcqdeck.diagnostic import McqdeckError
from mcqdeck.identity import SLUG
from mcqdeck.pack import archive, database
from mcqdeck.pack.archive import Archive
from mcqdeck.pack.database import Database
from mcqdeck.pack.decks import Deck
from mcqdeck.pack.notes import CardPlan, Note
from mcqdeck.pack.notetype import FIELDS
from mcqdeck.pack.package import COLLECTION, FORMAT, MARK, MEDIA, STOCK_DECK, timeless
from mcqdeck.pack.schema import (
    CardRow,
    CollectionRow,
    Conf,
    Decks,
    Format,
    Mark,
    MediaNames,
    Models,
    NoteRow,
    NoteType,
    StoredDeck,
)
from mcqdeck.pack.stamp import Release, StampedDeck, StampedNote
from mcqdeck.pack.times import Time

_DAMAGE = (*archive.DAMAGE, msgspec.MsgspecError, RecursionError, MemoryError)
_LONGEST_REASON = 200
_MOST_NAMES = 64 * 1024 * 1024

S = TypeVar("S", bound=msgspec.Struct)


def read_release(path: Path) -> Release:
    """What a package made by `mcqdeck` holds.

    Raises:
        McqdeckError: it cannot be read, is damaged, is not ours, or a newer mcqdeck made it.
    """
    try:
        with archive.opened(path) as package, _collection(package) as tables:
            return _release(tables, _media(package))
    except archive.NoZipError as error:
        raise McqdeckError(f"{path.as_posix()}: not a package, which is a zip file") from error
    except _ForeignError as error:
        raise McqdeckError(f"{path.as_posix()}: not a package that mcqdeck made") from error
    except _NewerError as error:
        raise McqdeckError(
            f"{path.as_posix()}: made by a newer mcqdeck; update mcqdeck to read this package"
        ) from error
    except _DAMAGE as error:
        reason = " ".join(str(error).split())[:_LONGEST_REASON] or type(error).__name__
        raise McqdeckError(f"{path.as_posix()}: the package is damaged ({reason})") from error


class _ForeignError(Exception):
    """The package is not ours."""


class _NewerError(Exception):
    """The package is in a format that a newer mcqdeck made."""


@contextmanager
def _collection(package: Archive) -> Iterator[Database]:
    if COLLECTION not in package:
        raise _ForeignError
    with _temporary_folder() as folder:
        package.extract(COLLECTION, folder / COLLECTION)
        with database.opened(folder / COLLECTION) as tables:
            yield tables


@contextmanager
def _temporary_folder() -> Iterator[Path]:
    try:
        folder = tempfile.mkdtemp(prefix="mcqdeck-")
    except OSError as error:
        raise McqdeckError(archive.no_temporary(Path(tempfile.gettempdir()), error)) from error
    try:
        yield Path(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _media(package: Archive) -> tuple[str, ...]:
    """The names of the media, each of which must be there and whole."""
    names = msgspec.json.decode(package.read(MEDIA, _MOST_NAMES), type=MediaNames)
    for member in names:
        package.verify(member)
    return tuple(names.values())


def _release(tables: Database, media: tuple[str, ...]) -> Release:
    [col] = _rows(tables, "col", CollectionRow)
    mark = _mark(col.conf)
    [note_type] = msgspec.json.decode(col.models, type=Models).values()
    known = msgspec.convert(note_type, NoteType)
    decks = msgspec.json.decode(col.decks, type=Decks)
    ours = {int(key): deck for key, deck in decks.items() if key != STOCK_DECK}
    return Release(
        bank_id=mark.bank,
        notes=tuple(_notes(tables, ours, mark)),
        note_type=timeless(note_type),
        note_type_time=_time(known.mod, mark.note_type_time),
        decks=tuple(
            StampedDeck(deck.mod, Deck(id_, deck.name, deck.desc)) for id_, deck in ours.items()
        ),
        media=media,
    )


def _mark(settings: str) -> Mark:
    """What our mark in the settings says; raises `_ForeignError` where there is none."""
    mark = msgspec.json.decode(settings, type=Conf).get(MARK)
    if mark is None:
        raise _ForeignError
    if msgspec.convert(mark, Format).format > FORMAT:
        raise _NewerError
    return msgspec.convert(mark, Mark)


def _rows(tables: Database, table: str, row: type[S]) -> list[S]:
    """The rows of a table, of the columns that the type of a row names."""
    kind = list[row]  # type: ignore[valid-type]  # a type worked out
    some = tables.rows(table, row.__struct_fields__)
    return list(chain.from_iterable(msgspec.convert(rows, kind) for rows in some))


def _notes(tables: Database, decks: Mapping[int, StoredDeck], mark: Mark) -> Iterator[StampedNote]:
    """The notes in the order of their new cards, which is that of the source."""
    cards = _cards(tables, decks)
    notes = _note_rows(tables)
    if not notes or notes.keys() != cards.keys():
        raise ValueError("notes and cards do not match")
    plain = cache(Time.at)  # most notes of a release share their time and their tags
    split = cache(_tags)
    for note_id, held in cards.items():
        row = notes.pop(note_id)  # its text is in memory once
        plans = tuple([plan for _, plan in held])
        note = Note(row.guid, _fields(row), split(row.tags), plans)
        times = mark.times.get(row.guid)
        time = plain(row.mod) if times is None else _time(row.mod, times)
        yield StampedNote(note_id, time, note, tuple([card_id for card_id, _ in held]))


def _note_rows(tables: Database) -> dict[int, NoteRow]:
    """The rows of notes by their ids."""
    rows = _rows(tables, "notes", NoteRow)
    notes = {row.id: row for row in rows}
    if not len(rows) == len(notes) == len({row.guid for row in rows}):
        raise ValueError("two notes have one id or one GUID")
    return notes


def _tags(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _cards(
    tables: Database, decks: Mapping[int, StoredDeck]
) -> dict[int, list[tuple[int, CardPlan]]]:
    """The cards of each note with their ids, in the order of new cards."""
    cards: dict[int, list[tuple[int, CardPlan]]] = defaultdict(list)
    rows = _rows(tables, "cards", CardRow)
    if len({row.id for row in rows}) != len(rows):
        raise ValueError("two cards have one id")
    for card in sorted(rows, key=lambda row: (row.due, row.nid, row.ord)):
        held = cards[card.nid]
        if held and held[-1][1].ord >= card.ord:
            raise ValueError("two cards of a note have one template")
        held.append((card.id, CardPlan(card.ord, decks[card.did].name, card.due)))
    return cards


def _fields(row: NoteRow) -> tuple[str, ...]:
    fields = tuple(row.flds.split("\x1f"))
    if len(fields) != len(FIELDS):
        raise ValueError(f"a note has {len(fields)} fields")
    if not SLUG.fullmatch(fields[0]):
        raise ValueError("the first field of a note is no id")
    return fields


def _time(mod: int, times: list[int] | None) -> Time:
    if times is None:
        return Time.at(mod)
    due, peak, *earlier = times
    if not due <= mod <= peak or sorted(earlier) != earlier:
        raise ValueError("the times of a note contradict each other")
    return Time(mod, due, peak, tuple(earlier))
