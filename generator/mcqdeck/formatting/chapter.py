"""A chapter formatted, and proved to say what it said before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mcqdeck.formatting.layout import Layout, document
from mcqdeck.formatting.meaning import Home, Meanings
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
    meanings = Meanings(path, home)
    mistakes = meanings.mistakes(data)
    reason = next((_UNREADABLE[name] for name in _UNREADABLE if name in mistakes), "")
    if not reason and (without_controls(text) != text or b"\0" in data):
        reason = "it holds control characters"
    if not reason and _has_fence_in_formula(split(text)):
        reason = "a formula in it holds the marks of a code fence"
    if reason or not text.strip():
        return Formatted(data, reason)
    new, kept = _settled(_without_end(split(text)), meanings, data)
    first = LINE_END.search(text)
    end = first[0] if first else "\n"
    mark = _BYTE_ORDER_MARK if data.startswith(_BYTE_ORDER_MARK) else b""
    after = mark + "".join(line + end for line in new or ()).encode()
    if new is None or (after != data and meanings.of(after) != meanings.of(data)):
        return Formatted(data, "another form would change what it says")
    return Formatted(after, kept=kept)


def _has_fence_in_formula(lines: list[str]) -> bool:
    """Whether others may take what we read as a formula for code, and all below it too."""
    if not any(line.lstrip().startswith("$$") for line in lines):
        return False
    return any(
        leaf.tag == "formula"
        and any(line.lstrip().startswith(("```", "~~~")) for line in leaf.lines)
        for leaf in document(lines).root.leaves()
    )


def _settled(lines: list[str], meanings: Meanings, data: bytes) -> tuple[list[str] | None, int]:
    """The lines that are in our form and stay as they are when they are formatted again."""
    for _ in range(_MOST_PASSES):
        new, kept = _written(lines, meanings, data)
        if new is None or new == lines:
            return new, kept
        lines = new
    return None, 0


def _without_end(lines: list[str]) -> list[str]:
    """The lines of a text without the one after its last line end, which is empty."""
    return lines[:-1] if lines and not lines[-1] else lines


def _written(lines: list[str], meanings: Meanings, data: bytes) -> tuple[list[str] | None, int]:
    """The lines in our form, as far as they say the same, and how many parts stay as they are."""
    layout = Layout(lines)
    with_marks = meanings.rows_of_ids(_joined(lines))
    every = frozenset(range(len(layout.parts)))

    def tried(kept: frozenset[int]) -> list[str] | None:
        new = layout.written(kept, with_marks)
        is_same = new == lines or meanings.of(_joined(new)) == meanings.of(data)
        return new if is_same else None

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
