"""What a package holds: its notes with their types, decks and tags, and its media.

There are three kinds (https://docs.ankiweb.net/exporting.html): `collection.anki2` and
`collection.anki21` are databases of one schema, whose decks and note types are JSON; in the newest
`collection.anki21b` is compressed with zstd and has tables for them. Newer packages hold an older
collection too, whose one note says to update Anki: the newest that is there counts.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any
from unicodedata import normalize

from mcqdeck.diagnostic import McqdeckError
from mcqdeck.exchange.anki import wire
from mcqdeck.exchange.archive import Archive
from mcqdeck.exchange.item import Source
from mcqdeck.exchange.missing import needed

NEW, MIDDLE, OLD = "collection.anki21b", "collection.anki21", "collection.anki2"
_META, _MEDIA = "meta", "media"
_NEWEST = 3
_ZSTD = b"\x28\xb5\x2f\xfd"
_MOST_STEPS = 500_000_000  # of SQLite's machine, some seconds; 100,000 notes take a fiftieth
_LARGEST = 1024**3
_LONGEST_ENTRY = 512
"""Bytes of an entry in the list of media: a name, which has 255 at most, a size and a SHA-1."""
_DAMAGE = (
    *(sqlite3.Error, LookupError, TypeError, ValueError, AttributeError, OverflowError),
    *(RecursionError, MemoryError),
)


@dataclass(frozen=True, slots=True)
class NoteType:
    """A note type."""

    name: str

    fields: tuple[str, ...]
    """The names of its fields, in order."""

    is_cloze: bool

    css: str = ""
    """Its style; in the older format only, as are the two below."""

    front: str = ""
    """What the front of its first template says."""

    back: str = ""
    """What the back of its first template says."""


@dataclass(frozen=True, slots=True)
class Note:
    """A note."""

    id: int

    guid: str
    """By which Anki knows it again in another collection."""

    kind: NoteType

    fields: Mapping[str, str]
    """Its fields' HTML by name."""

    tags: tuple[str, ...]

    deck: tuple[str, ...]
    """The deck of its first card, from outside in."""


@dataclass(frozen=True, slots=True)
class Collection:
    """The notes of a package in the order of their new cards; `bank` is the id of our own banks.

    `descriptions` are those of decks that have one.
    """

    notes: tuple[Note, ...]
    descriptions: Mapping[tuple[str, ...], str]
    bank: str = ""


class Package:
    """A package whose members are read when they are asked for.

    Raises:
        McqdeckError: it is damaged, too large, made by a newer Anki, or no package of Anki's.
    """

    def __init__(self, source: Source) -> None:
        self._name = source.name
        self._archive = Archive(source.name, source.data)
        self._member = next((n for n in (NEW, MIDDLE, OLD) if n in self._archive.names), "")
        if not self._member:
            raise McqdeckError(f"{source.name}: not a package of Anki's: it has no collection")
        try:
            if _META in self._archive.names and wire.version(self._archive.read(_META)) > _NEWEST:
                raise McqdeckError(f"{source.name}: made by a newer Anki than mcqdeck knows")
            self._media = self._media_names()
        except (ValueError, AttributeError, RecursionError) as error:
            raise McqdeckError(f"{source.name}: the package is damaged ({error})") from error

    @property
    def media(self) -> tuple[str, ...]:
        """The names of the media files."""
        return tuple(self._media)

    def file(self, name: str) -> bytes | None:
        """The bytes of a media file; none if the package lacks it."""
        member = self._media.get(normalize("NFC", name))
        if member is None or member not in self._archive.names:
            return None
        return self._plain(self._archive.read(member))

    def collection(self) -> Collection:
        """The notes and all that they hang on.

        Raises:
            McqdeckError: the database is damaged.
        """
        data = self._plain(self._archive.read(self._member))
        try:
            with closing(sqlite3.connect(":memory:")) as database:
                database.deserialize(_without_log(data))
                database.set_progress_handler(_Watch(), 1_000_000)
                database.execute("PRAGMA trusted_schema = OFF")
                database.create_collation("unicase", _compared)
                return _collection(database)
        except _DAMAGE as error:
            raise McqdeckError(f"{self._name}: the collection is damaged ({error})") from error

    def _media_names(self) -> dict[str, str]:
        """The members by the names of the files, composed as Anki has them."""
        if _MEDIA not in self._archive.names:
            return {}
        data = self._archive.read(_MEDIA)
        if self._member == NEW:
            most = _LONGEST_ENTRY * (len(self._archive.names) + 8)
            names = wire.media_names(self._plain(data, most))
        else:
            loaded = json.loads(data or b"{}")
            names = {str(member): str(name) for member, name in loaded.items()}
        return {normalize("NFC", name): member for member, name in names.items()}

    def _plain(self, data: bytes, most: int = _LARGEST) -> bytes:
        """Bytes without the compression that newer packages have for each member.

        Raises:
            McqdeckError: they are damaged, or more than `most`.
        """
        if not data.startswith(_ZSTD) or self._member != NEW:
            return data
        with needed("zstandard"):
            from zstandard import ZstdDecompressor, ZstdError, get_frame_parameters  # noqa: PLC0415

        try:
            size = get_frame_parameters(data).content_size
            if size not in {0, 2**64 - 1} and size > most:
                raise McqdeckError(f"{self._name}: a file in it would grow to {size:,} bytes")
            with ZstdDecompressor(max_window_size=2**27).stream_reader(data) as reader:
                plain = reader.read(most + 1)
        except (ZstdError, ValueError) as error:
            raise McqdeckError(f"{self._name}: the package is damaged ({error})") from error
        if len(plain) > most:
            raise McqdeckError(f"{self._name}: a file in it would grow to more than {most:,} bytes")
        return bytes(plain)


def _without_log(data: bytes) -> bytes:
    """A database that says it has no write-ahead log, which one in memory cannot have.

    Bytes 18 and 19 of its header say so (https://www.sqlite.org/fileformat.html).
    """
    return data[:18] + b"\x01\x01" + data[20:] if data[18:20] == b"\x02\x02" else data


class _Watch:
    """Ends a query that takes too many steps."""

    def __init__(self) -> None:
        self._left = _MOST_STEPS // 1_000_000

    def __call__(self) -> int:
        self._left -= 1
        return int(self._left < 0)


def _compared(first: str, second: str) -> int:
    one, other = first.casefold(), second.casefold()
    return (one > other) - (one < other)


def _collection(database: sqlite3.Connection) -> Collection:
    tables = {
        name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    }
    if not {"col", "notes", "cards"} <= tables:
        raise ValueError("it has no tables of notes and cards")
    bank = ""
    if "notetypes" in tables:
        kinds, decks, descriptions = _kinds(database), _decks(database), {}
    else:
        conf, models, decks_json = map(
            json.loads, database.execute("SELECT conf, models, decks FROM col").fetchone()
        )
        bank = str((conf.get("mcqdeck") or {}).get("bank", ""))
        kinds = {int(key): _kind(model) for key, model in models.items()}
        decks = {int(key): _levels(deck["name"]) for key, deck in decks_json.items()}
        descriptions = {
            _levels(deck["name"]): deck["desc"] for deck in decks_json.values() if deck.get("desc")
        }
    return Collection(tuple(_notes(database, kinds, decks)), descriptions, bank)


def _kind(model: Mapping[str, Any]) -> NoteType:
    templates = sorted(model["tmpls"], key=lambda template: template["ord"])
    return NoteType(
        name=str(model["name"]),
        fields=tuple(str(f["name"]) for f in sorted(model["flds"], key=lambda field: field["ord"])),
        is_cloze=model.get("type") == 1,
        css=str(model.get("css", "")),
        front=str(templates[0]["qfmt"]) if templates else "",
        back=str(templates[0].get("afmt", "")) if templates else "",
    )


def _kinds(database: sqlite3.Connection) -> dict[int, NoteType]:
    fields: dict[int, list[str]] = {}
    for kind, name in database.execute("SELECT ntid, name FROM fields ORDER BY ntid, ord"):
        fields.setdefault(kind, []).append(name)
    kinds = {}
    for kind, name, config in database.execute("SELECT id, name, config FROM notetypes"):
        # The first field of a note type's settings is its kind: 1 is a cloze.
        kinds[kind] = NoteType(name, tuple(fields.get(kind, ())), config[:2] == b"\x08\x01")
    return kinds


def _decks(database: sqlite3.Connection) -> dict[int, tuple[str, ...]]:
    return {
        deck: tuple(name.split("\x1f"))
        for deck, name in database.execute("SELECT id, name FROM decks")
    }


def _levels(name: str) -> tuple[str, ...]:
    return tuple(str(name).split("::"))


def _notes(
    database: sqlite3.Connection,
    kinds: Mapping[int, NoteType],
    decks: Mapping[int, tuple[str, ...]],
) -> Iterator[Note]:
    """The notes in the order of their new cards, then of their making."""
    places: dict[int, tuple[int, tuple[str, ...]]] = {}
    query = """
        SELECT nid, CASE WHEN odid THEN odid ELSE did END, CASE type WHEN 0 THEN due ELSE 0 END
        FROM cards ORDER BY nid, ord
    """
    for note, deck, due in database.execute(query):
        places.setdefault(note, (due, decks.get(deck, ())))
    rows = database.execute("SELECT id, guid, mid, flds, tags FROM notes").fetchall()
    rows.sort(key=lambda row: (places.get(row[0], (0, ()))[0], row[0]))
    for note, guid, kind_id, fields, tags in rows:
        kind = kinds[kind_id]
        texts = dict(zip(kind.fields, fields.split("\x1f"), strict=False))
        yield Note(note, guid, kind, texts, tuple(tags.split()), places.get(note, (0, ()))[1])
