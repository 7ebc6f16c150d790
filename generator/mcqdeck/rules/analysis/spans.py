"""Where a finding points, and how its message quotes a passage."""

from __future__ import annotations

from mcqdeck.model import Passage, Place


def span(passage: Passage, start: int, end: int) -> tuple[Place, int]:
    """The place of `passage.text[start:end]`, and its length up to the end of its first line."""
    line_end = passage.text.find("\n", start)
    if 0 <= line_end < end:
        end = line_end
    return passage.at(start), max(1, end - start)


def first_line(passage: Passage) -> tuple[Place, int]:
    """The place and the length of a passage's first line, without the white space around it."""
    text = passage.text
    start = len(text) - len(text.lstrip())
    line = text[start:].split("\n", 1)[0].rstrip()
    return passage.at(start), max(1, len(line))


def on_one_line(text: str) -> str:
    """A text with one space for each run of white space, as messages quote it."""
    return " ".join(text.split())
