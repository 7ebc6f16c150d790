"""How the tables say what a pattern matches: `⟨…⟩` in a text stands around each match."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import cast

Spans = list[tuple[int, int]]
Groups = Mapping[str | int, str]

_MARK = re.compile("[⟨⟩]")


@dataclass(frozen=True, slots=True)
class Examples:
    """Texts with marks around what a pattern matches when it is used as the code uses it."""

    texts: tuple[str, ...]
    use: str
    """The method of a pattern that the code calls: `finditer`, `match` or `fullmatch`."""
    is_of_bytes: bool = False
    """Whether each letter of a text is a byte."""
    groups: Mapping[str, Groups] = field(default_factory=dict)
    """What the groups of the first match in a text hold; those that took no part are left out."""

    def giving(self, groups: Mapping[str, Groups]) -> Examples:
        """The same, and what groups hold in some texts, by their names, or else numbers."""
        return replace(self, groups=groups)

    def matches(self, pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
        """What a pattern matches in a text."""
        given = cast("str", text.encode("latin-1")) if self.is_of_bytes else text
        matches = getattr(pattern, self.use)(given)
        return list(matches) if self.use == "finditer" else [matches] if matches else []


def anywhere(*texts: str) -> Examples:
    """Examples of a pattern that is searched for: all matches are marked."""
    return Examples(texts, "finditer")


def at_start(*texts: str) -> Examples:
    """Examples of a pattern that is matched at the start of a text."""
    return Examples(texts, "match")


def whole(*texts: str) -> Examples:
    """Examples of a pattern that matches the whole of a text, or nothing."""
    return Examples(texts, "fullmatch")


def anywhere_in_bytes(*texts: str) -> Examples:
    """As `anywhere`, for a pattern of bytes: each letter of a text is one."""
    return Examples(texts, "finditer", is_of_bytes=True)


def at_start_in_bytes(*texts: str) -> Examples:
    """As `at_start`, for a pattern of bytes: each letter of a text is one."""
    return Examples(texts, "match", is_of_bytes=True)


def unmarked(example: str) -> tuple[str, Spans]:
    """An example without its marks, and where they stood."""
    pieces = _MARK.split(example)
    text, ends = "", []
    for piece in pieces:
        text += piece
        ends.append(len(text))
    return text, list(zip(ends[:-1:2], ends[1:-1:2], strict=True))
