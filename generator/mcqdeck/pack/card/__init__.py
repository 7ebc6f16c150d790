"""The card: its templates and style as text, ready for a note type.

HTML, CSS, script and words of the card lie beside this file. `[[name]]` in one of them stands for
a word of `words.json`, or for a piece that another file gives.
"""

from __future__ import annotations

import json
import re
from importlib.resources import files

_PLACEHOLDER = re.compile(r"\[\[(\w+)\]\]")


def multiple_choice() -> tuple[str, str]:
    """The front and the back template of the card `Multiple choice`, script included."""
    front, back = _script(_read("front.js")), _script(_read("back.js"))
    details = _filled("details.html")
    return _filled("front.html", script=front), _filled("back.html", script=back, details=details)


def flashcard() -> tuple[str, str]:
    """The front and the back template of the card `Flashcard`.

    The front is empty, and so Anki makes no card, where the field `Flashcard` is empty.
    """
    script, details = _script(""), _filled("details.html")
    front = _filled("flashcard-front.html", script=script)
    return front, _filled("flashcard-back.html", script=script, details=details)


def style(bank_style: str) -> str:
    """The note type's CSS: the card's own, then the bank's, which therefore wins.

    Anki puts it into a `<style>` element, which the bank's must not end: a backslash before the
    slash changes nothing for CSS.
    """
    own = _filled("card.css")
    theirs = bank_style.replace("</", r"<\/")
    return f"{own}\n{theirs}" if bank_style else own


def _script(side: str) -> str:
    """The script with what only one side needs."""
    words = json.dumps(_words()["script"], ensure_ascii=False)
    return _filled("card.js", side=side, words=words)


def _filled(name: str, **pieces: str) -> str:
    """The text of a file with its placeholders filled by `pieces` and by words."""
    words = _words()
    known = words["headings"] | words["script"] | pieces
    return _PLACEHOLDER.sub(lambda match: known[match[1]], _read(name))


def _words() -> dict[str, dict[str, str]]:
    words: dict[str, dict[str, str]] = json.loads(_read("words.json"))
    return words


def _read(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
