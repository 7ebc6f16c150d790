"""Notes of two sides, whose front lists options by letters and whose back names one."""

from __future__ import annotations

import re

from mcqdeck.exchange.anki.collection import Note
from mcqdeck.exchange.anki.fields import Fields
from mcqdeck.exchange.bank.chapter import words_of
from mcqdeck.exchange.item import Item, Kind, LeftOut, Text
from mcqdeck.exchange.other_markdown import question_in
from mcqdeck.model import Place

_FRONTS = ("front", "question", "vorderseite", "frage", "text", "anverso", "recto")
_BACKS = ("back", "answer", "rückseite", "antwort", "extra", "reverso", "verso")
_LETTERED_LIST = re.compile(r"<ol\b[^<>]*>", re.IGNORECASE)  # with a type it would stay HTML
_CLOZE = re.compile(r"\{\{c\d+::")


def item(note: Note, where: Place, fields: Fields) -> Item | LeftOut:
    """The question of a note; one without options is a flashcard and stays out."""
    by_name = {name.casefold(): html for name, html in note.fields.items()}
    filled = [html for html in note.fields.values() if html.strip()]
    front = next(
        (by_name[name] for name in _FRONTS if by_name.get(name)), filled[0] if filled else ""
    )
    back = next(
        (by_name[name] for name in _BACKS if by_name.get(name) and by_name[name] is not front), ""
    )
    if not back and len(filled) > 1:
        back = filled[1] if filled[0] is front else filled[0]
    stem = fields.others(_LETTERED_LIST.sub("<ol>", front))
    words = words_of(stem)
    if note.kind.is_cloze or _CLOZE.search(front):
        return LeftOut(where, Kind.CLOZE, words, "a text with gaps")
    made = question_in(_lines(stem), _lines(fields.others(back)), where)
    if made is None:
        return LeftOut(where, Kind.FLASHCARD, words, "a flashcard without options")
    return made


def _lines(text: Text) -> str:
    """A field as lines: people part options by breaks."""
    return text.markdown.replace("\\\n", "\n").replace("<br>", "\n")
