"""From a release, its note type, decks and media to the bytes of an `.apkg` file."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from hashlib import sha1
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import genanki
from genanki.apkg_col import APKG_COL
from genanki.apkg_schema import APKG_SCHEMA

from mcqdeck import files
from mcqdeck.diagnostic import McqdeckError
from mcqdeck.markdown.characters import unescape_html
from mcqdeck.model import Media
from mcqdeck.pack.notetype import SORT_FIELD
from mcqdeck.pack.stamp import Release, StampedDeck
from mcqdeck.pack.times import Time

COLLECTION, MEDIA = "collection.anki2", "media"
STOCK_DECK = "1"
MARK = "mcqdeck"
"""The key of the collection's settings, which no import reads, under which we say what it is."""

FORMAT = 1
"""Goes up when an older mcqdeck would no longer understand a package."""

Row = tuple[Any, ...]

_UNSEEN: Row = (0, 0, 0, 0, 0, 0, 0, 0, "")

_IMAGES = (".avif", ".gif", ".jpeg", ".jpg", ".png", ".webp")
_SOUNDS = (".flac", ".m4a", ".mp3", ".mp4", ".oga", ".ogg", ".ogv", ".opus", ".webm")
_COMPRESSED = frozenset((*_IMAGES, *_SOUNDS))
LEVEL = 4
_SETTINGS = """
PRAGMA page_size = 4096;
PRAGMA auto_vacuum = NONE;
PRAGMA encoding = "UTF-8";
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
"""
_TABLES, _INDEX, _INDEXES = APKG_SCHEMA.partition("CREATE INDEX")
_IMAGE = re.compile(r"""<img[^>]+src=["']?([^"'>]+)["']?[^>]*>""", re.IGNORECASE)
_MARKUP = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)


def package(release: Release, media: Sequence[Media]) -> bytes:
    """The bytes of a package; the same ones for the same values.

    A media file that cannot be read raises `McqdeckError`.
    """
    names = {str(number): file.name for number, file in enumerate(media)}
    with BytesIO() as buffer, ZipFile(buffer, "w") as archive:
        _add(archive, COLLECTION, collection(release))
        _add(archive, MEDIA, json.dumps(names, ensure_ascii=False).encode())
        for number, file in enumerate(media):
            is_compressed = PurePosixPath(file.name).suffix.lower() in _COMPRESSED
            _add(archive, str(number), _content(file), is_compressed=is_compressed)
        archive.close()
        return buffer.getvalue()


def collection(release: Release) -> memoryview:
    """The bytes of an SQLite database in Anki's schema 11, at most 2**30 of them.

    It is built in a file system that SQLite keeps in memory, from which it can be had with one
    copy; a `:memory:` database takes two and three times as long.
    """
    try:
        with closing(sqlite3.connect("file:collection?vfs=memdb", uri=True)) as database:
            database.executescript(_SETTINGS + _TABLES + APKG_COL)
            _describe(database, release)
            note_type_id = int(release.note_type["id"])
            database.executemany(_insert("notes", 11), _note_rows(release, note_type_id))
            database.executemany(_insert("cards", 18), _card_rows(release))
            database.executescript(_INDEX + _INDEXES)
            return _neutral(BytesIO(database.serialize()))
    except (sqlite3.OperationalError, sqlite3.DataError) as error:
        raise McqdeckError(
            f"the package of `{release.bank_id}` cannot be made: {error}; a package holds at most "
            "1 GB of text"
        ) from error


def timeless(note_type: Mapping[str, Any]) -> dict[str, Any]:
    """A note type's JSON without what says only when it was made, and for which deck."""
    return {key: value for key, value in note_type.items() if key not in ("mod", "usn", "did")}


def _describe(database: sqlite3.Connection, release: Release) -> None:
    """Puts the mark, the note type and the decks into the one row of `col`.

    The stock deck stays, as Anki wants it.
    """
    stock_conf, stock_decks = map(
        json.loads, database.execute("SELECT conf, decks FROM col").fetchone()
    )
    conf = stock_conf | {MARK: _mark(release)}
    ours = {str(stamped.deck.id): _deck_json(stamped) for stamped in release.decks}
    fitted = {"mod": release.note_type_time.mod, "usn": -1, "did": release.decks[0].deck.id}
    models = {str(release.note_type["id"]): {**release.note_type, **fitted}}
    database.execute(
        "UPDATE col SET mod = ?, conf = ?, models = ?, decks = ?",
        (release.mod * 1000, *map(json.dumps, (conf, models, stock_decks | ours))),
    )


def _mark(release: Release) -> dict[str, Any]:
    """What says that the package is ours, and what the next build must know of its times.

    A time is `[due, peak, *earlier]`, under the note's GUID; one that says nothing but the note's
    own second is left out.
    """
    mark: dict[str, Any] = {"format": FORMAT, "bank": release.bank_id}
    times = {
        stamped.note.guid: _time_json(stamped.time)
        for stamped in release.notes
        if not stamped.time.is_plain
    }
    if times:
        mark["times"] = times
    if not release.note_type_time.is_plain:
        mark["note_type_time"] = _time_json(release.note_type_time)
    return mark


def _time_json(time: Time) -> list[int]:
    return [time.due, time.peak, *time.earlier]


def _neutral(database: BytesIO) -> memoryview:
    """A database without the number of its changes and the version of the SQLite that made it.

    Both stand in its header (https://www.sqlite.org/fileformat.html).
    """
    for offset, length in ((24, 4), (92, 8)):
        database.seek(offset)
        database.write(bytes(length))
    return database.getbuffer()


def _insert(table: str, columns: int) -> str:
    return f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})"


def _note_rows(release: Release, note_type_id: int) -> Iterator[Row]:
    for stamped in release.notes:
        note = stamped.note
        tags = f" {' '.join(note.tags)} " if note.tags else ""
        sort_text, checksum = shown_text(note.fields[SORT_FIELD]), _checksum(note.fields[0])
        yield (
            *(stamped.id, note.guid, note_type_id, stamped.time.mod, -1, tags),
            *("\x1f".join(note.fields), sort_text, checksum, 0, ""),
        )


def _card_rows(release: Release) -> Iterator[Row]:
    """New cards, numbered in the order of their notes."""
    deck_ids = {stamped.deck.name: stamped.deck.id for stamped in release.decks}
    for stamped in release.notes:
        for card, card_id in zip(stamped.note.cards, stamped.card_ids, strict=True):
            place = (card_id, stamped.id, deck_ids[card.deck], card.ord)
            yield (*place, stamped.time.mod, -1, 0, 0, card.due, *_UNSEEN)


def shown_text(html: str) -> str:
    """A field's text without markup, with the names of its images, by which Anki sorts.

    See `strip_html_preserving_media_filenames` in
    https://github.com/ankitects/anki/blob/main/rslib/src/text.rs.
    """
    named = _IMAGE.sub(r" \1 ", html) if "<img" in html else html
    return unescape_html(_MARKUP.sub("", named)).replace("\xa0", " ")


def _checksum(field: str) -> int:
    """What Anki finds notes with the same first field by."""
    return int(sha1(shown_text(field).encode(), usedforsecurity=False).hexdigest()[:8], 16)


def _deck_json(stamped: StampedDeck) -> dict[str, Any]:
    """A deck that nobody has studied: genanki's own counts some study."""
    deck = stamped.deck
    today = {key: [0, 0] for key in ("lrnToday", "newToday", "revToday", "timeToday")}
    stock: dict[str, Any] = genanki.Deck(deck.id, deck.name, deck.description).to_json()
    return stock | today | {"mod": stamped.mod, "md": True}


def _add(
    archive: ZipFile, name: str, content: bytes | memoryview, *, is_compressed: bool = False
) -> None:
    """Adds a member that carries neither the day nor the machine it was made on."""
    member = ZipInfo(name)
    member.create_system = 3
    member.external_attr = 0o100644 << 16
    method = ZIP_STORED if is_compressed else ZIP_DEFLATED
    archive.writestr(member, content, compress_type=method, compresslevel=LEVEL)


def _content(media: Media) -> bytes:
    return files.read(Path(media.path), files.MOST_MEDIA)
