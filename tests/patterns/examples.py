"""How the tables say what a pattern matches: `⟨…⟩` in a text stands around each match."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

Spans = list[tuple[int, int]]

_MARK = re.compile("[⟨⟩]")


@dataclass(frozen=True, slots=True)
class Examples:
    """Texts with marks around what a pattern matches when it is used as the code uses it."""

    texts: tuple[str, ...]
    spans: Callable[[re.Pattern[str], str], Spans]


def found(*texts: str) -> Examples:
    """Examples of a pattern that is searched for: all matches are marked."""
    return Examples(texts, lambda pattern, text: [match.span() for match in pattern.finditer(text)])


def at_start(*texts: str) -> Examples:
    """Examples of a pattern that is matched at the start of a text."""
    return Examples(
        texts, lambda pattern, text: [match.span()] if (match := pattern.match(text)) else []
    )


def whole(*texts: str) -> Examples:
    """Examples of a pattern that matches the whole of a text, or nothing."""
    return Examples(
        texts, lambda pattern, text: [match.span()] if (match := pattern.fullmatch(text)) else []
    )


def found_in_bytes(*texts: str) -> Examples:
    """As `found`, for a pattern of bytes: each letter of a text is one."""
    return Examples(texts, lambda pattern, text: _found_in_bytes(pattern, text.encode("latin-1")))


def _found_in_bytes(pattern: object, data: bytes) -> Spans:
    return [match.span() for match in cast("re.Pattern[bytes]", pattern).finditer(data)]


def at_start_in_bytes(*texts: str) -> Examples:
    """As `at_start`, for a pattern of bytes: each letter of a text is one."""
    return Examples(
        texts, lambda pattern, text: _at_start_in_bytes(pattern, text.encode("latin-1"))
    )


def _at_start_in_bytes(pattern: object, data: bytes) -> Spans:
    match = cast("re.Pattern[bytes]", pattern).match(data)
    return [match.span()] if match else []


def unmarked(example: str) -> tuple[str, Spans]:
    """An example without its marks, and where they stood."""
    pieces = _MARK.split(example)
    text, ends = "", []
    for piece in pieces:
        text += piece
        ends.append(len(text))
    return text, list(zip(ends[:-1:2], ends[1:-1:2], strict=True))
