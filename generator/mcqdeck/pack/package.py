"""From a release, its note type, decks and media to the bytes of an `.apkg` file."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from hashlib import sha1
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import genanki
from genanki.apkg_col import APKG_COL
from genanki.apkg_schema import APKG_SCHEMA

from mcqdeck import files
from mcqdeck.diagnostic import McqdeckError
from mcqdeck.markdown.characters import unescape_html
from mcqdeck.markdown.pattern import pattern
from mcqdeck.model import Media
from mcqdeck.pack.archive import MOST_COLLECTION
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
_PIECE = 1 << 20
_SETTINGS = """
PRAGMA page_size = 4096;
PRAGMA auto_vacuum = NONE;
PRAGMA encoding = "UTF-8";
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
"""
_TABLES, _INDEX, _INDEXES = APKG_SCHEMA.partition("CREATE INDEX")
_TAG_WITH_FILE = pattern(
    r"""<(?:img|audio|video)\b[^>]+\bsrc=["']?([^"'>]+)["']?[^>]*>""", re.IGNORECASE
)
_COMMENT_OR_TAG = pattern(r"<!--.*?-->|<[^>]*>", re.DOTALL)


def write_package(file: IO[bytes], release: Release, media: Sequence[Media]) -> None:
    """Writes a package into a file that can be read from its start again; the same bytes for the
    same values. Neither the rows nor the database nor the zip are in memory at once.

    Raises:
        McqdeckError: a media file cannot be read, or the database is too large.
        OSError: the file cannot be written, or there is no room for a temporary one.
    """
    names = {str(number): file.name for number, file in enumerate(media)}
    with tempfile.TemporaryDirectory(prefix="mcqdeck-") as folder, ZipFile(file, "w") as archive:
        path = Path(folder) / COLLECTION
        write_collection(path, release)
        with path.open("rb") as collection:
            _add(archive, COLLECTION, collection, path.stat().st_size)
        listed = json.dumps(names, ensure_ascii=False).encode()
        _add(archive, MEDIA, BytesIO(listed), len(listed))
        for number, media_file in enumerate(media):
            is_compressed = PurePosixPath(media_file.name).suffix.lower() in _COMPRESSED
            data = _content(media_file)
            _add(archive, str(number), BytesIO(data), len(data), is_compressed=is_compressed)


def write_collection(path: Path, release: Release) -> None:
    """Makes an SQLite database in Anki's schema 11, of at most `MOST_COLLECTION` bytes."""
    try:
        with closing(sqlite3.connect(path)) as database:
            database.executescript(_SETTINGS + _TABLES + APKG_COL)
            _describe(database, release)
            note_type_id = int(release.note_type["id"])
            with database:
                database.executemany(_insert("notes", 11), _note_rows(release, note_type_id))
                database.executemany(_insert("cards", 18), _card_rows(release))
            database.executescript(_INDEX + _INDEXES)
        _neutralise(path)
    except (sqlite3.OperationalError, sqlite3.DataError) as error:
        raise _too_large(release, str(error)) from error
    if path.stat().st_size > MOST_COLLECTION:
        raise _too_large(release, "its database is too large")


def _too_large(release: Release, reason: str) -> McqdeckError:
    return McqdeckError(
        f"the package of `{release.bank_id}` cannot be made: {reason}; a package holds at most "
        "1 GB of text"
    )


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


def _neutralise(path: Path) -> None:
    """Clears the number of a database's changes and the version of the SQLite that made it.

    Both stand in its header (https://www.sqlite.org/fileformat.html).
    """
    with path.open("r+b") as file:
        for offset, length in ((24, 4), (92, 8)):
            file.seek(offset)
            file.write(bytes(length))


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
    """A field's text without markup, with the names of its media, by which Anki sorts.

    See `strip_html_preserving_media_filenames` in
    https://github.com/ankitects/anki/blob/main/rslib/src/text.rs.
    """
    if "<" not in html and "&" not in html:
        return html.replace("\xa0", " ")
    named = _TAG_WITH_FILE.sub(r" \1 ", html) if " src=" in html else html
    return unescape_html(_COMMENT_OR_TAG.sub("", named)).replace("\xa0", " ")


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
    archive: ZipFile, name: str, content: IO[bytes], size: int, *, is_compressed: bool = False
) -> None:
    """Adds a member that carries neither the day nor the machine it was made on."""
    member = ZipInfo(name)
    member.create_system = 3
    member.external_attr = 0o100644 << 16
    member.compress_type = ZIP_STORED if is_compressed else ZIP_DEFLATED
    member.file_size = size
    # Its public name came with Python 3.13; `writestr` takes a level, and all bytes at once.
    setattr(member, "compress_level" if sys.version_info >= (3, 13) else "_compresslevel", LEVEL)
    with archive.open(member, "w") as target:
        shutil.copyfileobj(content, target, _PIECE)


def _content(media: Media) -> bytes:
    return files.read(Path(media.path), files.MOST_MEDIA)
