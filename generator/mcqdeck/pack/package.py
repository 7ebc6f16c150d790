"""From a release, its note type, decks and media to the bytes of an `.apkg` file."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from hashlib import sha1
from html import unescape
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import genanki
from genanki.apkg_col import APKG_COL
from genanki.apkg_schema import APKG_SCHEMA

from mcqdeck.diagnostic import McqdeckError
from mcqdeck.model import Media
from mcqdeck.pack.decks import Deck
from mcqdeck.pack.notetype import SORT_FIELD, NoteType
from mcqdeck.pack.stamp import Release, first_id

Row = tuple[Any, ...]

_UNSEEN: Row = (0, 0, 0, 0, 0, 0, 0, 0, "")

_IMAGES = (".avif", ".gif", ".jpeg", ".jpg", ".png", ".webp")
_SOUNDS = (".flac", ".m4a", ".mp3", ".mp4", ".oga", ".ogg", ".ogv", ".opus", ".webm")
_COMPRESSED = frozenset((*_IMAGES, *_SOUNDS))
_LEVEL = 4
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


def package(
    release: Release, note_type: NoteType, *, decks: Sequence[Deck], media: Sequence[Media]
) -> bytes:
    """The bytes of a package; the same ones for the same values.

    A media file that cannot be read raises `McqdeckError`.
    """
    names = {str(number): file.name for number, file in enumerate(media)}
    with BytesIO() as buffer, ZipFile(buffer, "w") as archive:
        _add(archive, "collection.anki2", collection(release, note_type, decks))
        _add(archive, "media", json.dumps(names, ensure_ascii=False).encode())
        for number, file in enumerate(media):
            is_compressed = PurePosixPath(file.name).suffix.lower() in _COMPRESSED
            _add(archive, str(number), _content(file), is_compressed=is_compressed)
        archive.close()
        return buffer.getvalue()


def collection(release: Release, note_type: NoteType, decks: Sequence[Deck]) -> memoryview:
    """The bytes of an SQLite database in Anki's schema 11, at most 2**30 of them.

    It is built in a file system that SQLite keeps in memory, from which it can be had with one
    copy; a `:memory:` database takes two and three times as long.
    """
    with closing(sqlite3.connect("file:collection?vfs=memdb", uri=True)) as database:
        database.executescript(_SETTINGS + _TABLES + APKG_COL)
        _describe(database, release, note_type, decks)
        database.executemany(_insert("notes", 11), _note_rows(release, note_type.model_id))
        database.executemany(_insert("cards", 18), _card_rows(release, decks))
        database.executescript(_INDEX + _INDEXES)
        return _neutral(BytesIO(database.serialize()))


def _describe(
    database: sqlite3.Connection, release: Release, note_type: NoteType, decks: Sequence[Deck]
) -> None:
    """Puts the note type and the decks into the one row of `col`, beside the stock deck."""
    mod = release.mod
    stock = json.loads(database.execute("SELECT decks FROM col").fetchone()[0])
    ours = {str(deck.id): _deck_json(deck, mod) for deck in decks}
    models = {str(note_type.model_id): note_type.to_json(release.note_type_mod, decks[0].id)}
    database.execute(
        "UPDATE col SET mod = ?, models = ?, decks = ?",
        (mod * 1000, json.dumps(models), json.dumps(stock | ours)),
    )


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
            *(stamped.id, note.guid, note_type_id, stamped.mod, -1, tags),
            *("\x1f".join(note.fields), sort_text, checksum, 0, ""),
        )


def _card_rows(release: Release, decks: Sequence[Deck]) -> Iterator[Row]:
    """New cards, numbered in the order of their notes."""
    deck_ids = {deck.name.casefold(): deck.id for deck in decks}
    cards = [(stamped, card) for stamped in release.notes for card in stamped.note.cards]
    first = first_id(release.mod, len(cards))
    for card_id, (stamped, card) in enumerate(cards, start=first):
        deck_id = deck_ids[card.deck.casefold()]
        yield (card_id, stamped.id, deck_id, card.ord, stamped.mod, -1, 0, 0, card.due, *_UNSEEN)


def shown_text(html: str) -> str:
    """A field's text without markup, with the names of its images, by which Anki sorts.

    See `strip_html_preserving_media_filenames` in
    https://github.com/ankitects/anki/blob/main/rslib/src/text.rs.
    """
    named = _IMAGE.sub(r" \1 ", html) if "<img" in html else html
    return unescape(_MARKUP.sub("", named)).replace("\xa0", " ")


def _checksum(field: str) -> int:
    """What Anki finds notes with the same first field by."""
    return int(sha1(shown_text(field).encode(), usedforsecurity=False).hexdigest()[:8], 16)


def _deck_json(deck: Deck, mod: int) -> dict[str, Any]:
    """A deck that nobody has studied: genanki's own counts some study."""
    today = {key: [0, 0] for key in ("lrnToday", "newToday", "revToday", "timeToday")}
    stock: dict[str, Any] = genanki.Deck(deck.id, deck.name, deck.description).to_json()
    return stock | today | {"mod": mod, "md": True}


def _add(
    archive: ZipFile, name: str, content: bytes | memoryview, *, is_compressed: bool = False
) -> None:
    """Adds a member that carries neither the day nor the machine it was made on."""
    member = ZipInfo(name)
    member.create_system = 3
    member.external_attr = 0o100644 << 16
    method = ZIP_STORED if is_compressed else ZIP_DEFLATED
    archive.writestr(member, content, compress_type=method, compresslevel=_LEVEL)


def _content(media: Media) -> bytes:
    try:
        return Path(media.path).read_bytes()
    except OSError as error:
        raise McqdeckError(f"{media.path}: cannot be read: {error.strerror}") from error
