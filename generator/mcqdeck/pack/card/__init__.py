"""The card: its templates and style as text, ready for a note type.

HTML, CSS and script of the card lie beside this file. `[[name]]` in one of them stands for a word
of the card, or for a piece that another file or this module gives.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import fields
from html import escape
from importlib.resources import files
from typing import NamedTuple

from mcqdeck.markdown.pattern import pattern
from mcqdeck.model import Config
from mcqdeck.words import Counted, Words, category, direction_of, form_of, words_for

SCRIPT = pattern(r"<script>(.*?)</script>\n?", re.DOTALL)
"""A script of a side: what it runs is the group."""

_PLACEHOLDER = pattern(r"\[\[(\w+)\]\]")
_NOT_SENT = pattern(r"^[ \t]*(?://.*)?\n|^[ \t]+", re.MULTILINE)
"""What a script is read by and does not need: remarks on lines of their own, empty lines, indents.

A package has the script four times, and each card that a learner sees runs one.
"""
_ESCAPED_IN_CSS = {ord(sign): f"\\{ord(sign):x} " for sign in '"\\<'}
_HINT = "main:not(.live):not(.back) [data-choose{}]::before"
_MOST = 30
"""A counted word knows its form for fewer options than this."""

# What the script of each side says. No word of the front tells of an answer.
_ON_FRONT = ("choose",)
_ON_BACK = (
    *("verdict_right", "verdict_right_all", "verdict_wrong", "verdict_wrong_all"),
    *("verdict_wrong_some", "verdict_none", "verdict_none_all"),
    *("mark_right_choice", "mark_missed", "mark_wrong_choice"),
    *("sign_right", "sign_wrong", "sign_none", "letter_separator"),
)
_LEVELS = ("recall", "application", "analysis")


class _Habit(NamedTuple):
    """What a card does only in some banks: a script, and the words that it says."""

    script: str
    words: tuple[str, ...] = ()


_HABITS = {
    "flips": _Habit("flip.js"),
    "strikes": _Habit("strike.js", ("strike_out", "restore", "struck_out")),
    "times": _Habit("time.js", ("time_spent",)),
    "sounds": _Habit("sound.js", ("play_sound",)),
}


def multiple_choice(config: Config, *, has_sound: bool = False) -> tuple[str, str]:
    """The front and the back template of the card `Multiple choice`, script included.

    `config` is that of the bank; `has_sound` tells whether its questions name sounds or videos.
    """
    page = _Page(config, has_sound=has_sound)
    front = page.script("front.js", _ON_FRONT, ("flips", "strikes", "sounds"))
    back = page.script("back.js", _ON_BACK, ("times", "sounds"), has_footer=True)
    return (
        page.text("front.html", script=front),
        page.text("back.html", script=back, details=page.details()),
    )


def flashcard(config: Config, *, has_sound: bool = False) -> tuple[str, str]:
    """The front and the back template of the card `Flashcard`.

    The front is empty, and so Anki makes no card, where the field `Flashcard` is empty.
    """
    page = _Page(config, has_sound=has_sound)
    front = page.script("", (), ("times", "sounds"))
    back = page.script("", (), ("times", "sounds"), has_footer=True)
    return (
        page.text("flashcard-front.html", script=front),
        page.text("flashcard-back.html", script=back, details=page.details()),
    )


def style(config: Config, bank_style: str, *, has_sound: bool = False) -> str:
    """The note type's CSS: the card's own, then the bank's, which therefore wins.

    Anki puts it into a `<style>` element, which the bank's must not end: a backslash before the
    slash changes nothing for CSS.
    """
    words = words_for(config.language, config.words)
    own = _read("card.css").replace("[[hints]]", "\n".join(_hints(words)))
    extra = (
        ("sound.css", has_sound),
        ("strike.css", config.strike_out),
        ("time.css", config.timer),
    )
    own += "".join(_read(name) for name, is_on in extra if is_on)
    theirs = bank_style.replace("</", r"<\/")
    return f"{own}\n{theirs}" if bank_style else own


class _Page:
    """The files of the card for a bank.

    A bank whose language runs from left to right lets each field run as its first letter does. One
    that runs from right to left does so as a whole, and its script finds the passages that do not.
    """

    def __init__(self, config: Config, *, has_sound: bool) -> None:
        language = config.language
        self.config = config
        self.words = words = words_for(language, config.words)
        self.is_turned = direction_of(language) == "rtl"
        self.is_on = {
            "flips": config.answer_on_choice,
            "strikes": config.strike_out,
            "times": config.timer,
            "sounds": has_sound,
        }
        self.pieces = {
            "bank": config.id,
            "card": f'lang="{words.language}"' + (' dir="rtl"' if self.is_turned else ""),
            "field": f'lang="{language}"' if self.is_turned else f'dir="auto" lang="{language}"',
            "own": f'dir="{words.direction}"',
            "direction": words.direction,
            "played_stem": _played("Reserved1", ".stem") if has_sound else "",
            "played_answer": _played("Reserved2", ".recall") if has_sound else "",
        } | {
            field.name: _in_html(text)
            for field in fields(words.card)
            if isinstance(text := getattr(words.card, field.name), str)
        }

    def text(self, name: str, **pieces: str) -> str:
        """A file with its placeholders filled."""
        known = self.pieces | pieces
        return _PLACEHOLDER.sub(lambda match: known[match[1]], _read(name))

    def details(self) -> str:
        """What ends every back."""
        if not self.config.show_id:
            return self.text("details.html", footer=self.text("footer.html"))
        report = "{{ID}}".join(map(escape, self.config.report.split("{id}")))
        link = self.text("report.html", address=report) if report else ""
        return self.text("details.html", footer=self.text("identified.html", report=link))

    def script(
        self, side: str, names: Iterable[str], habits: Iterable[str], *, has_footer: bool = False
    ) -> str:
        """The script of a side, with those of its habits that the bank asks for."""
        mine = [habit for habit in habits if self.is_on[habit]]
        names = [*names, *(name for habit in mine for name in _HABITS[habit].words)]
        spoken = {name: getattr(self.words.card, name) for name in names}
        turning = self.text("turn.js") if self.is_turned else ""
        levels = {level: getattr(self.words.card, f"level_{level}") for level in _LEVELS}
        if has_footer and any(level != name for level, name in levels.items()):
            spoken |= levels
            turning += _read("levels.js")
        pieces = [*([side] if side else []), *(_HABITS[habit].script for habit in mine)]
        whole = self.text(
            "card.js",
            side="\n".join(map(_read, pieces)),
            turning=turning,
            words=_in_script(spoken, self.words),
            habits=f"{{{', '.join(f'{habit}: 1' for habit in mine)}}}",
        )
        return _NOT_SENT.sub("", whole)


def _played(field: str, of: str) -> str:
    """Where a client finds what it plays by itself, for its players to take the place of ours."""
    own = f'<div class="played" data-of="{of}" hidden>{{{{{field}}}}}</div>'
    return f"{{{{#{field}}}}}{own}{{{{/{field}}}}}\n"


def _in_script(spoken: dict[str, Counted], words: Words) -> str:
    """The words of a side as an object: a counted one is a list of forms.

    `kinds` has a digit for each number from 0 on, the place of its form in such lists; `digits` is
    there where the language has its own.
    """
    counted = [message for message in spoken.values() if not isinstance(message, str)]
    categories: list[str] = []
    known: dict[str, str | list[str]] = {}
    if counted:
        kinds = [category(words.language, number) for number in range(_MOST)]
        categories = list(dict.fromkeys(kinds))
        known["kinds"] = "".join(str(categories.index(kind)) for kind in kinds)
    if words.card.digits != "0123456789":
        known["digits"] = words.card.digits
    for name, message in spoken.items():
        forms = [form_of(message, kind) for kind in categories]
        known[name] = message if isinstance(message, str) else forms
    pairs = (f"{_quoted(name)}: {_literal(text)}" for name, text in known.items())
    return f"{{{', '.join(pairs)}}}"


def _literal(text: str | list[str]) -> str:
    return _quoted(text) if isinstance(text, str) else f"[{', '.join(map(_quoted, text))}]"


def _quoted(text: str) -> str:
    """A text as JavaScript in which neither HTML nor Anki finds anything."""
    quoted = json.dumps(text, ensure_ascii=False)
    return quoted.replace("<", r"\u003c").replace("[", r"\u005b").replace("\u200f", r"\u200f")


def _in_html(text: str) -> str:
    r"""Text in which neither HTML nor Anki nor, after a backslash, MathJax finds anything."""
    html = escape(text).replace("[", "&#91;").replace("{", "&#123;")
    return html.replace("\\", "\\<span></span>")


def _hints(words: Words) -> Iterator[str]:
    """Rules that say how many to choose where no script does: one, and more for other forms.

    The first holds for nine, and for all numbers whose form it has.
    """
    message = words.card.choose
    forms: dict[str, list[int]] = {}
    for count in range(9, 1, -1):
        is_text = isinstance(message, str)  # whose forms need not be looked up
        form = form_of(message, "other" if is_text else category(words.language, count))
        forms.setdefault(form, []).append(count)
    for position, (form, counts) in enumerate(forms.items()):
        which = [f'="{count}"' for count in sorted(counts)] if position else [""]
        selector = ", ".join(map(_HINT.format, which))
        pieces = form.split("{count}")
        yield f"{selector} {{ content: {' attr(data-choose) '.join(map(_in_css, pieces))}; }}"


def _in_css(text: str) -> str:
    return f'"{text.translate(_ESCAPED_IN_CSS)}"'


def _read(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
