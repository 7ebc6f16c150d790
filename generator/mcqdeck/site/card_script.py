"""The card for the site's scripts: its sides in pieces, its scripts as functions, and the fields of
each question as Anki gets them.
"""

from __future__ import annotations

from collections.abc import Mapping

from mcqdeck.model import Config, RenderedBank, RenderedChapter, RenderedQuestion
from mcqdeck.pack.card import SCRIPT
from mcqdeck.pack.deck_names import deck_names, flashcard_deck
from mcqdeck.pack.notes import NoteWriter
from mcqdeck.pack.notetype import FIELDS, TEMPLATES
from mcqdeck.pack.templates import Template
from mcqdeck.site.scripts import literal
from mcqdeck.site.texts import Texts

_SUBDECK = "Subdeck"
_SIDES = (("front", "back"), ("flashcardFront", "flashcardBack"))

FIELD_NAMES = tuple(field.name for field in FIELDS if not field.name.startswith("Reserved"))
"""The fields of a question in its row of a chapter's data."""


def card_script(config: Config, *, has_sound: bool) -> bytes:
    """The script that hands over the card's sides and what each of them runs."""
    sides: dict[str, object] = {}
    functions: list[str] = []
    names = {*(field.name for field in FIELDS), _SUBDECK}
    for (name_of_front, name_of_back), (_, _, make) in zip(_SIDES, TEMPLATES, strict=True):
        made = make(config, has_sound=has_sound)
        for name, text in zip((name_of_front, name_of_back), made, strict=True):
            script = "".join(piece.removeprefix("\n") for piece in SCRIPT.findall(text))
            sides[name] = Template(SCRIPT.sub("", text).rstrip("\n"), names).outline()
            functions.append(f"{literal(name)}: function () {{\n{script}}}")
    joined = ",\n".join(functions)
    faces = f"Object.assign({literal(sides)}, {{scripts: {{\n{joined}}}}})"
    return f"Site.receiveFaces({faces});\n".encode()


class Rows:
    """Makes the row of each question of a bank: its fields, ready for the first page."""

    def __init__(self, bank: RenderedBank, texts: Texts, addresses: Mapping[str, str]) -> None:
        self._writer = NoteWriter(bank, deck_names(bank, flashcard_deck(bank.config)))
        self._texts, self._addresses = texts, addresses

    def row(self, question: RenderedQuestion, chapter: RenderedChapter) -> list[str]:
        """The fields by `FIELD_NAMES`, empty ones at the end left out."""
        fields = self._writer.note(question, chapter, 1).fields[: len(FIELD_NAMES)]
        where = question.question.where
        row = [self._texts.ready(field, self._addresses, where) for field in fields]
        while row and not row[-1]:
            row.pop()
        return row
