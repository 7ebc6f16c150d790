"""Anki's template language, as far as our note type uses it: a template and values to a page.

What is asked for here is what Anki gives (`rslib/src/template.rs` and
`rslib/src/notetype/render.rs` in https://github.com/ankitects/anki); filters are not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Any

from mcqdeck.markdown.pattern import pattern

# What stands in a comment is text. A tag ends at the first braces, and spans lines.
_COMMENT_OR_TAG = pattern(r"(?P<comment><!--.*?-->)|\{\{(?P<tag>.*?)\}\}", re.DOTALL)
# To Anki a field of white space, line breaks and their containers is empty.
_EMPTY_FIELD = pattern(r"(?:[ \t\n\v\f\r]|</?(?:br|div) ?/?>)*\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Field:
    name: str


@dataclass(frozen=True, slots=True)
class _Section:
    """Pieces that are there where the field is not empty, or, if `is_inverse`, where it is."""

    name: str
    is_inverse: bool
    pieces: tuple[_Piece, ...]


_Piece = str | _Field | _Section

Outline = str | dict[str, Any]
"""A text; `{"field": name}`; or `{"section": name, "pieces": […]}`, whose pieces are there where
the field is not empty."""


class Template:
    """One side of a card. `names` are the fields that it may name.

    Raises:
        ValueError: a section is not closed, or a field is not known or has a filter.
    """

    def __init__(self, text: str, names: Set[str]) -> None:
        self._pieces = _parse(text, names)

    def render(self, values: Mapping[str, str]) -> str:
        """The side with these values of all fields, which are HTML."""
        return "".join(_render(self._pieces, values))

    def outline(self) -> list[Outline]:
        """The side in pieces, for a page that puts the fields in itself."""
        return [_outline(piece) for piece in self._pieces if piece]


def _outline(piece: _Piece) -> Outline:
    if isinstance(piece, str):
        return piece
    if isinstance(piece, _Field):
        return {"field": piece.name}
    if piece.is_inverse:
        raise ValueError(f"the template has a part for where `{piece.name}` is empty")
    return {"section": piece.name, "pieces": [_outline(inner) for inner in piece.pieces if inner]}


def is_empty(field: str) -> bool:
    """Whether a field's HTML counts as empty in a condition."""
    return _EMPTY_FIELD.match(field) is not None


def _parse(text: str, names: Set[str]) -> tuple[_Piece, ...]:
    open_sections: list[tuple[str, bool, list[_Piece]]] = [("", False, [])]
    end = 0
    for match in _COMMENT_OR_TAG.finditer(text):
        pieces = open_sections[-1][2]
        pieces.append(text[end : match.start()])
        end = match.end()
        if match["comment"]:
            pieces.append(match[0])
            continue
        tag = match["tag"].strip()
        kind, name = (tag[:1], tag[1:].strip()) if tag[:1] in ("#", "^", "/") else ("", tag)
        if name not in names:
            raise ValueError(f"the template names `{name}`, which is no field")
        if kind == "/":
            opened, is_inverse, inside = open_sections.pop()
            if opened != name:
                raise ValueError(f"the template closes `{name}`, which is not open")
            open_sections[-1][2].append(_Section(name, is_inverse, tuple(inside)))
        elif kind:
            open_sections.append((name, kind == "^", []))
        else:
            pieces.append(_Field(name))
    if len(open_sections) > 1:
        raise ValueError(f"the template does not close `{open_sections[-1][0]}`")
    return (*open_sections[0][2], text[end:])


def _render(pieces: Iterable[_Piece], values: Mapping[str, str]) -> Iterator[str]:
    for piece in pieces:
        if isinstance(piece, str):
            yield piece
        elif isinstance(piece, _Field):
            yield values[piece.name]
        elif is_empty(values[piece.name]) is piece.is_inverse:
            yield from _render(piece.pieces, values)
