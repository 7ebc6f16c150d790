"""White space of HTML: which of it a browser shows, and where a line end is not a space."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from mcqdeck.markdown.pattern import pattern

# What is shown, or read by a program, exactly as it stands: code, formulas, and tags themselves.
_EXACT_START = pattern(r"<(pre|code|textarea|tt)\b|\\\(|\\\[|<[^<>]*>", re.IGNORECASE)
_ENDS = {"\\(": "\\)", "\\[": "\\]"}
SPACE = pattern(r"[ \t\n]+")
_HELD = "\0"  # stands for something exact; no text holds it
_WIDE = frozenset("WFH")
_MOST_LOOKED = 20  # marks between a line end and the character before or after

Folded = tuple[str, tuple[str, ...]]


def folded(html: str) -> Folded:
    """What is equal of two HTML texts that look the same: line ends count as spaces.

    But for those in `<pre>`, `<code>` and formulas, and those between two wide characters: browsers
    differ in what they show there (https://www.w3.org/TR/css-text-3/#line-break-transform).
    """
    pieces: list[str] = []
    exact: list[str] = []
    at = 0
    for start, end in _exact(html):
        pieces += (html[at:start], _HELD)
        exact.append(html[start:end])
        at = end
    text = "".join((*pieces, html[at:]))

    def shown(match: re.Match[str]) -> str:
        is_line_end = "\n" in match[0] and is_joined(text, match.start(), match.end(), _HELD)
        return "\n" if is_line_end else " "

    return SPACE.sub(shown, text), tuple(exact)


def _exact(html: str) -> Iterator[tuple[int, int]]:
    """Where what counts exactly begins and ends; an end that is sought in vain is sought once."""
    lower = html.lower()
    absent: set[str] = set()
    at = 0
    while match := _EXACT_START.search(html, at):
        closing = f"</{match[1].lower()}>" if match[1] else _ENDS.get(match[0], "")
        end = lower.find(closing, match.end()) if closing and closing not in absent else -1
        at = end + len(closing) if end >= 0 else match.end()
        if end < 0 and closing:
            absent.add(closing)
        yield match.start(), at


def is_joined(text: str, start: int, end: int, marks: str) -> bool:
    """Whether a line end at `text[start:end]` may be shown as nothing, and not as a space.

    `marks` are the characters that are not shown.
    """
    before = text[max(0, start - _MOST_LOOKED) : start].rstrip(marks)[-1:]
    after = text[end : end + _MOST_LOOKED].lstrip(marks)[:1]
    return "\u200b" in (before, after) or (_is_wide(before) and _is_wide(after))


def _is_wide(character: str) -> bool:
    if character < "\u1100":
        return False
    is_wide = unicodedata.east_asian_width(character) in _WIDE
    return is_wide and not unicodedata.name(character, "").startswith("HANGUL")
