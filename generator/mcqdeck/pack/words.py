"""From the HTML of fields to words that a person can read in a list of changes.

A field may come from a package that is not ours, so it is cut into tags and text in one pass, each
character once, whatever it holds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from mcqdeck.markdown.characters import unescape_html
from mcqdeck.markdown.raw_html import Tag, pieces, read_tag

_VOID = frozenset({"br", "hr", "img", "input", "wbr", "col"})
_INLINE = frozenset(
    {"a", "abbr", "b", "code", "del", "em", "i", "kbd", "mark", "s", "small", "span", "strong"}
    | {"sub", "sup", "u", "wbr"}
)


class _Reader:
    """Gathers words, and those of each item that has a `data-option` by its letter.

    `sounds` tells whether the names of sounds and videos are among them.
    """

    def __init__(self, field: str, *, sounds: bool = True) -> None:
        self._sounds = sounds
        self.pieces: list[str] = []
        self.options: list[tuple[str, list[str]]] = []
        self._open: list[str] = []
        self._opened: Counter[str] = Counter()
        self._option_depth = 0
        at = 0
        for offset, piece in pieces(field):
            self._write(unescape_html(field[at:offset]))
            at = offset + len(piece)
            tag = read_tag(piece)
            if tag is not None and tag.is_end:
                self._end(tag.name)
            elif tag is not None:
                self._start(tag)
        self._write(unescape_html(field[at:]))

    def _start(self, tag: Tag) -> None:
        option = tag.attribute("data-option")
        if option is not None and not self._option_depth:
            self.options.append((option.value, []))
            self._option_depth = len(self._open) + 1
        if tag.name == "img":
            self._write(f"[{_value(tag, 'alt') or _value(tag, 'src')}]")
        if tag.name in ("audio", "video") and self._sounds:
            self._write(f"[{_value(tag, 'src')}]")
        if tag.name not in _INLINE:
            self._write(" ")
        if tag.name not in _VOID:
            self._open.append(tag.name)
            self._opened[tag.name] += 1

    def _end(self, tag: str) -> None:
        if not self._opened[tag]:
            return
        while self._open:
            last = self._open.pop()
            self._opened[last] -= 1
            if last == tag:
                break
        if len(self._open) < self._option_depth:
            self._option_depth = 0
        if tag not in _INLINE:
            self._write(" ")

    def _write(self, text: str) -> None:
        self.pieces.append(text)
        if self._option_depth:
            self.options[-1][1].append(text)


def words(field: str) -> str:
    """The text of a field on one line, an image as `[its description]`, a sound as its name."""
    if "<" not in field:
        return _line([unescape_html(field)])
    return _line(_Reader(field).pieces)


def title_words(stem: str) -> str:
    """The words of a stem by which a person knows its question: a sound or video has none."""
    return _line(_Reader(stem, sounds=False).pieces) or words(stem)


def option_words(field: str) -> dict[str, str]:
    """The words of each option or rationale in a list of them, by the option's letter."""
    return {letter: _line(pieces) for letter, pieces in _Reader(field).options}


def _value(tag: Tag, name: str) -> str:
    attribute = tag.attribute(name)
    return attribute.value if attribute else ""


def _line(pieces: Sequence[str]) -> str:
    return " ".join("".join(pieces).split())
