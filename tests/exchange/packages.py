"""Small packages for tests: zips, and Anki's as the real Anki exports them."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

from anki.collection import Collection, ExportAnkiPackageOptions

from mcqdeck import exchange
from mcqdeck.exchange.item import Contents


def zipped(files: Mapping[str, bytes | str]) -> bytes:
    """A zip of files."""
    with io.BytesIO() as buffer, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
        archive.close()
        return buffer.getvalue()


def read(data: bytes | str, name: str = "x", **others: bytes) -> Contents:
    """What a file holds, whose form is recognised."""
    content = data.encode() if isinstance(data, str) else data
    source = exchange.Source(name, content, others)
    return exchange.read(source, exchange.recognised(source))


Note = tuple[str, Mapping[str, str]]


def anki_package(
    folder: Path,
    types: Mapping[str, Sequence[str]],
    notes: Sequence[Note],
    *,
    media: Mapping[str, bytes] | None = None,
    is_legacy: bool = False,
    is_collection: bool = False,
) -> bytes:
    """A package that the real Anki exports, with notes of some types in the deck `Sky::Moon`."""
    collection = Collection(str(folder / "collection.anki2"))
    try:
        deck = collection.decks.id("Sky::Moon")
        assert deck
        for name, fields in types.items():
            _add_type(collection, name, fields)
        for name, data in (media or {}).items():
            collection.media.write_data(name, data)
        for name, fields_of in notes:
            kind = collection.models.by_name(name)
            assert kind
            note = collection.new_note(kind)
            for field, html in fields_of.items():
                note[field] = html
            note.tags = ["moon", "leech"]
            collection.add_note(note, deck)
        target = folder / ("out.colpkg" if is_collection else "out.apkg")
        if is_collection:
            collection.export_collection_package(str(target), include_media=True, legacy=is_legacy)
        else:
            options = ExportAnkiPackageOptions(with_media=True, legacy=is_legacy)
            collection.export_anki_package(out_path=str(target), options=options, limit=None)
        return target.read_bytes()
    finally:
        collection.close()


def _add_type(collection: Collection, name: str, fields: Sequence[str]) -> None:
    if collection.models.by_name(name):
        return
    kind = collection.models.new(name)
    for field in fields:
        collection.models.add_field(kind, collection.models.new_field(field))
    template = collection.models.new_template("Card 1")
    template["qfmt"], template["afmt"] = f"{{{{{fields[0]}}}}}", f"{{{{{fields[-1]}}}}} back"
    collection.models.add_template(kind, template)
    collection.models.add(kind)


def old_collection(notes: Sequence[tuple[str, str]]) -> bytes:
    """The bytes of a collection of the oldest kind, with notes of the type Basic."""
    models = {"1": {"name": "Basic", "type": 0, "tmpls": [{"ord": 0, "qfmt": ""}],
                    "flds": [{"name": "Front", "ord": 0}, {"name": "Back", "ord": 1}]}}  # fmt: skip
    decks = {"1": {"name": "Default", "desc": ""}}
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(
            "CREATE TABLE col (conf TEXT, models TEXT, decks TEXT);"
            "CREATE TABLE notes (id INTEGER, guid TEXT, mid INTEGER, flds TEXT, tags TEXT);"
            "CREATE TABLE cards (nid INTEGER, did INTEGER, odid INTEGER, ord INTEGER, type INTEGER,"
            " due INTEGER);"
        )
        database.execute(
            "INSERT INTO col VALUES ('{}', ?, ?)", (json.dumps(models), json.dumps(decks))
        )
        for number, (front, back) in enumerate(notes, start=1):
            database.execute(
                "INSERT INTO notes VALUES (?, ?, 1, ?, '')",
                (number, f"g{number}", f"{front}\x1f{back}"),
            )
            database.execute("INSERT INTO cards VALUES (?, 1, 0, 0, 0, ?)", (number, number))
        return bytes(database.serialize())
