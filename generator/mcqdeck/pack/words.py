"""From the HTML of fields to words that a person can read in a list of changes."""

from __future__ import annotations

from collections.abc import Sequence
from html import unescape
from html.parser import HTMLParser

_VOID = frozenset({"br", "hr", "img", "input", "wbr", "col"})
_INLINE = frozenset(
    {"a", "abbr", "b", "code", "del", "em", "i", "kbd", "mark", "s", "small", "span", "strong"}
    | {"sub", "sup", "u", "wbr"}
)


class _Reader(HTMLParser):
    """Gathers words, and those of each item that has a `data-option` by its letter."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.options: list[tuple[str, list[str]]] = []
        self._open: list[str] = []
        self._option_depth = 0

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if "data-option" in values and not self._option_depth:
            self.options.append((values["data-option"], []))
            self._option_depth = len(self._open) + 1
        if tag == "img":
            self.handle_data(f"[{values.get('alt') or values.get('src', '')}]")
        if tag in ("audio", "video"):
            self.handle_data(f"[{values.get('src', '')}]")
        if tag not in _INLINE:
            self.handle_data(" ")
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self._open:
            return
        while self._open.pop() != tag:
            pass
        if len(self._open) < self._option_depth:
            self._option_depth = 0
        if tag not in _INLINE:
            self.handle_data(" ")

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)
        if self._option_depth:
            self.options[-1][1].append(data)


def words(html: str) -> str:
    """The text of a field on one line, an image as `[its description]`, a sound as its name."""
    if "<" not in html:
        return _line([unescape(html)])
    return _line(_read(html).pieces)


def option_words(html: str) -> dict[str, str]:
    """The words of each option or rationale in a list of them, by the option's letter."""
    return {letter: _line(pieces) for letter, pieces in _read(html).options}


def _read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader


def _line(pieces: Sequence[str]) -> str:
    return " ".join("".join(pieces).split())
