"""From a package to questions."""

from __future__ import annotations

from dataclasses import replace

from mcqdeck.exchange.anki import basic, choices, ours
from mcqdeck.exchange.anki.collection import MIDDLE, NEW, OLD, Collection, Note, Package
from mcqdeck.exchange.anki.fields import Fields
from mcqdeck.exchange.archive import Archive, is_zip
from mcqdeck.exchange.item import Contents, Item, LeftOut, Source
from mcqdeck.exchange.tags import tag
from mcqdeck.model import Place


def recognises(source: Source) -> bool:
    """Whether a zip has a collection of Anki's."""
    return is_zip(source.data) and not {NEW, MIDDLE, OLD}.isdisjoint(
        Archive(source.name, source.data).names
    )


def read(source: Source) -> Contents:
    """The questions of a package in the order of its new cards; a note's line is its number.

    Raises:
        McqdeckError: it is damaged, too large, made by a newer Anki, or no package of Anki's.
    """
    package = Package(source)
    collection = package.collection()
    fields = Fields(package)
    made = [
        _made(note, Place(source.name, number), fields)
        for number, note in enumerate(collection.notes, start=1)
    ]
    contents = Contents.of(made, fields.files.attachments, fields.losses)
    return _with_settings(contents, collection, made, fields)


def _made(note: Note, where: Place, fields: Fields) -> Item | LeftOut:
    if ours.is_ours(note):
        return ours.item(note, where, fields)
    maker = choices.maker(note) or basic.item
    made = maker(note, where, fields)
    if isinstance(made, LeftOut):
        return made
    tags = tuple(
        name for raw_tag in note.tags if (name := tag(raw_tag)) and name not in {"leech", "marked"}
    )
    return replace(made, category=note.deck, tags=tags)


def _with_settings(
    contents: Contents, collection: Collection, made: list[Item | LeftOut], fields: Fields
) -> Contents:
    """The contents with what a package of ours says of its bank."""
    pairs = [
        (note, one)
        for note, one in zip(collection.notes, made, strict=True)
        if ours.is_ours(note) and isinstance(one, Item)
    ]
    if not pairs or len({ours.bank_of(note) for note, _ in pairs}) > 1:
        return contents
    notes, items = [note for note, _ in pairs], [item for _, item in pairs]
    config = ours.config(collection, notes, items)
    remarks = contents.remarks
    if number := ours.renamed(notes, items, config.id):
        remarks = (
            *remarks,
            f"questions published under an older id, which the package does not record: {number}",
        )
    style = fields.style(notes[0].kind.css)
    files = fields.files.attachments  # the style may name more than the questions do
    return replace(contents, config=config, card_style=style, files=files, remarks=remarks)
