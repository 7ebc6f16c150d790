"""A chapter's bytes in our form, proved to say what they said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mcqdeck.formatting.chapters import Layout
from mcqdeck.formatting.proof import Home, Look, Said
from mcqdeck.markdown.characters import without_controls
from mcqdeck.read import decode, split
from mcqdeck.read.lines import LINE_END

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_MOST_PASSES = 4
_UNREADABLE = {
    "not-utf-8": "it is not UTF-8",
    "merge-conflict": "it has a merge conflict",
    "front-matter-unclosed": "its front matter has no end",
    "fence-unclosed": "a code fence in it has no end",
    "comment-unclosed": "a comment in it has no end",
}
"""The mistakes after which nobody knows what the rest of a file is."""


@dataclass(frozen=True, slots=True)
class Formatted:
    """A chapter as it should be written; `data` is what it was where `reason` says why."""

    data: bytes
    reason: str = ""
    kept: int = 0
    """How many blocks stay as they are, since another form would say something else."""


def format_chapter(path: str, data: bytes, home: Home) -> Formatted:
    """The chapter in our form. Its line end, the first one in it, and byte order mark stay.

    Raises:
        McqdeckError: a media file cannot be read.
    """
    text = decode(data).text
    look = Look(path, home)
    said, _ = look.at(data)
    reason = next((_UNREADABLE[name] for name in _UNREADABLE if said.mistakes[name]), "")
    if not reason and without_controls(text) != text:
        reason = "it holds control characters"
    if reason or not text.strip():
        return Formatted(data, reason)
    new, kept = _settled(split(text), look, said)
    if new is None:
        return Formatted(data, "to write it otherwise would change what it says")
    first = LINE_END.search(text)
    end = first[0] if first else "\n"
    mark = _BYTE_ORDER_MARK if data.startswith(_BYTE_ORDER_MARK) else b""
    after = mark + "".join(line + end for line in new).encode()
    if look.at(after)[0] != said:
        return Formatted(data, "to write it otherwise would change what it says")
    return Formatted(after, kept=kept)


def _settled(lines: list[str], look: Look, said: Said) -> tuple[list[str] | None, int]:
    """The lines that are in our form and stay as they are when they are formatted again."""
    for _ in range(_MOST_PASSES):
        new, kept = _written(lines, look, said)
        if new is None or new == _without_end(lines):
            return new, kept
        lines = new
    return None, 0


def _without_end(lines: Sequence[str]) -> Sequence[str]:
    return lines[:-1] if lines and not lines[-1] else lines


def _written(lines: list[str], look: Look, said: Said) -> tuple[list[str] | None, int]:
    """The lines in our form, as far as they say the same, and how many parts stay as they are."""
    layout = Layout(lines)
    _, with_marks = look.at(_joined(lines))
    every = frozenset(range(len(layout.parts)))

    def tried(kept: frozenset[int]) -> list[str] | None:
        new = layout.written(kept, with_marks)
        return new if look.at(_joined(new))[0] == said else None

    if (new := tried(frozenset())) is not None:
        return new, 0
    if (new := tried(every)) is None:
        return None, 0
    kept = every
    ranges = [range(len(every))]
    while ranges:
        here = ranges.pop()
        if (better := tried(kept - set(here))) is not None:
            new, kept = better, kept - set(here)
        elif len(here) > 1:
            half = len(here) // 2
            ranges += (here[half:], here[:half])
    return new, len(kept)


def _joined(lines: Sequence[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()
