"""From the HTML of fields to words that a person can read in a list of changes.

A field may come from a package that is not ours, so it is cut into tags and text in one pass, each
character once, whatever it holds.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from mcqdeck.markdown.characters import unescape_html
from mcqdeck.markdown.pattern import pattern

_VOID = frozenset({"br", "hr", "img", "input", "wbr", "col"})
_INLINE = frozenset(
    {"a", "abbr", "b", "code", "del", "em", "i", "kbd", "mark", "s", "small", "span", "strong"}
    | {"sub", "sup", "u", "wbr"}
)

# What is not closed reaches to the end; possessive repetition (`*+`) never looks back.
_MARKUP = pattern(
    r"""
    (?P<skipped> <!-- (?:[^-]|-(?!->))*+ (?:-->|\Z) | <[!?] [^>]*+ (?:>|\Z) )
    | < (?P<end>/?) (?P<name>[A-Za-z][^\s/>]*+)
      (?P<attributes> (?: [^>"'] | "[^"]*+(?:"|\Z) | '[^']*+(?:'|\Z) )*+ ) (?:>|\Z)
    | (?P<text> [^<]++ | < )
    """,
    re.VERBOSE | re.DOTALL,
)
_ATTRIBUTE = pattern(
    r"""
    (?P<name> [^\s=>"'/]++ )
    (?: \s*+ = \s*+ (?: "(?P<double>[^"]*+)" | '(?P<single>[^']*+)' | (?P<bare>[^\s>"']++) ) )?+
    | (?P<other> . )
    """,
    re.VERBOSE | re.DOTALL,
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
        for match in _MARKUP.finditer(field):
            if match["text"]:
                self._write(unescape_html(match["text"]))
            elif match["name"] and match["end"]:
                self._end(match["name"].lower())
            elif match["name"]:
                self._start(match["name"].lower(), dict(_attributes(match["attributes"])))

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if "data-option" in attributes and not self._option_depth:
            self.options.append((attributes["data-option"], []))
            self._option_depth = len(self._open) + 1
        if tag == "img":
            self._write(f"[{attributes.get('alt') or attributes.get('src', '')}]")
        if tag in ("audio", "video") and self._sounds:
            self._write(f"[{attributes.get('src', '')}]")
        if tag not in _INLINE:
            self._write(" ")
        if tag not in _VOID:
            self._open.append(tag)
            self._opened[tag] += 1

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


def _attributes(text: str) -> Iterator[tuple[str, str]]:
    """The attributes of a tag; of two that have one name the last counts, as they never do."""
    for match in _ATTRIBUTE.finditer(text):
        if match["name"]:
            value = match["double"] or match["single"] or match["bare"] or ""
            yield match["name"].lower(), unescape_html(value)


def _line(pieces: Sequence[str]) -> str:
    return " ".join("".join(pieces).split())
