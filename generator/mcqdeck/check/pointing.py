"""Where a finding points: the place and the length of a piece of a passage."""

from __future__ import annotations

from mcqdeck.diagnostic import Finding, Severity
from mcqdeck.model import Passage, Place


def span(passage: Passage, start: int, end: int) -> tuple[Place, int]:
    """The place of `passage.text[start:end]` and its length, up to the end of its first line."""
    line_end = passage.text.find("\n", start)
    if 0 <= line_end < end:
        end = line_end
    return passage.at(start), max(1, end - start)


def flat(passage: Passage) -> str:
    """A passage on one line, as messages quote it."""
    return " ".join(passage.text.split())


def whole(passage: Passage) -> tuple[Place, int]:
    """The place and the length of a passage's first line, without the white space around it."""
    text = passage.text
    start = len(text) - len(text.lstrip())
    line = text[start:].split("\n", 1)[0].rstrip()
    return passage.at(start), max(1, len(line))


def at_option(option: Passage, message: str, advice: str, *, is_moved: bool) -> Finding:
    """A finding about an option that means others, an error where these move away from it."""
    where, length = whole(option)
    if is_moved:
        message += ", which are shuffled"
        advice += "; a numbered list (`1. [ ]`) keeps its order"
        return Finding(where, message, advice, length, Severity.ERROR)
    return Finding(where, message, advice, length)
