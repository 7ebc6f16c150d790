"""Note types of others whose fields are the columns of a table: a stem, options, an answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from mcqdeck.exchange.anki.basic import BACKS, FRONTS
from mcqdeck.exchange.anki.choices import plain
from mcqdeck.exchange.anki.collection import Note, NoteType
from mcqdeck.exchange.anki.fields import Fields
from mcqdeck.exchange.item import Item, LeftOut, Text
from mcqdeck.exchange.tables.header import Header, header
from mcqdeck.exchange.tables.rows import Reader, Row, parted

# What people call fields that columns of tables are not called, as those are.
_NAMES: Mapping[str, str] = {
    **dict.fromkeys(FRONTS, "question"),
    **dict.fromkeys(BACKS, "answer"),
    **dict.fromkeys(("extra", "notes", "note", "remarks"), "explanation"),
}
_ENDS = re.compile(r"<br\s*/?>|</(?:div|li|p)>", re.IGNORECASE)
_FRAMES = re.compile(r"</?(?:div|li|p|ol|ul)\b[^<>]*>", re.IGNORECASE)


def items(
    notes: Iterable[tuple[int, Note]], name: str, fields: Fields
) -> tuple[dict[int, Item | LeftOut], set[str]]:
    """The questions of notes with such a type, by the numbers of their notes, and what is lost."""
    by_type: dict[int, list[tuple[int, Note]]] = {}
    for number, note in notes:
        by_type.setdefault(id(note.kind), []).append((number, note))
    made: dict[int, Item | LeftOut] = {}
    losses: set[str] = set()
    for numbered in by_type.values():
        names = _columns(numbered[0][1].kind)
        columns = header(names)
        if not columns.is_enough:
            continue
        reader = _Reader(name, fields)
        rows = [_row(number, note, columns) for number, note in numbered if _has(note, columns)]
        made |= {one.where.line: one for one in reader.table([Row(0, names), *rows]).made}
        losses |= reader.losses
    return made, losses


def _columns(kind: NoteType) -> tuple[str, ...]:
    """The names of the fields as those of columns, unless a field is called so already."""
    known = header(kind.fields).columns
    columns = {"question": "stem", "answer": "key", "explanation": "explanation"}
    names: list[str] = []
    for field in kind.fields:
        name = _NAMES.get(field.casefold(), "")
        if name and columns[name] not in known:
            known[columns[name]] = len(names)
            names.append(name)
        else:
            names.append(field)
    return tuple(names)


def _has(note: Note, columns: Header) -> bool:
    """Whether a note has options in its fields."""
    cells = list(note.fields.values())
    if columns.together is not None:
        return len(parted(_lines(cells[columns.together]))) > 1
    least = 1 if columns.are_wrong else 2
    return sum(bool(plain(cells[number])) for number in columns.options) >= least


def _row(number: int, note: Note, columns: Header) -> Row:
    """A note as a row; all options in one field stand each on a line."""
    cells = list(note.fields.values())
    if columns.together is not None:
        cells[columns.together] = _lines(cells[columns.together])
    return Row(number, tuple(cells))


def _lines(html: str) -> str:
    """A field with a line for each of its blocks and rows."""
    return _FRAMES.sub("", _ENDS.sub("\n", html)).strip()


class _Reader(Reader):
    """Reads rows whose cells are fields."""

    def __init__(self, name: str, fields: Fields) -> None:
        super().__init__(name, {})
        self._fields = fields

    def plain(self, cell: str) -> str:
        """What a field says without its tags."""
        return plain(cell)

    def text(self, text: str, form: str) -> Text:
        """A field as Markdown: it holds HTML, unless a field says that it is that already."""
        return super().text(text, form) if form == "markdown" else self._fields.others(text)
