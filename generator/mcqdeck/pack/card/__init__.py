"""The card: its templates and style as text, ready for a note type.

HTML, CSS, the one script and the words on the card lie beside this file. `[[name]]` in them stands
for a word of `words.json`, for the script, or for a shared piece of HTML.
"""

from __future__ import annotations

import json
import re
from importlib.resources import files

PLACEHOLDER = re.compile(r"\[\[(\w+)\]\]")


def multiple_choice() -> tuple[str, str]:
    """The front and the back template of the card `Multiple choice`, script included."""
    return _filled("front.html"), _filled("back.html")


def flashcard() -> tuple[str, str]:
    """The front and the back template of the card `Flashcard`.

    The front is empty, and so Anki makes no card, where the field `Flashcard` is empty.
    """
    return _filled("flashcard-front.html"), _filled("flashcard-back.html")


def style(bank_style: str) -> str:
    """The note type's CSS: the card's own, then the bank's, which therefore wins."""
    return f"{_filled('card.css')}\n{bank_style}" if bank_style else _filled("card.css")


def _filled(name: str) -> str:
    return PLACEHOLDER.sub(lambda match: _piece(match[1]), _read(name))


def _piece(name: str) -> str:
    words = json.loads(_read("words.json"))
    match name:
        case "script":
            return _filled("card.js")
        case "details":
            return _filled("details.html")
        case "words":
            return json.dumps(words["script"], ensure_ascii=False)
        case _:
            return str({**words["headings"], **words["script"]}[name])


def _read(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
