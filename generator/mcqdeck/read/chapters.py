"""Which files of a bank are chapters, in what order, and which are nothing that is compiled."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from mcqdeck.markdown.pattern import pattern
from mcqdeck.model import MEDIA_TYPES

CONFIG = "deck.toml"
STYLE = "style.css"
_CHAPTER, _README, _SHEET = ".md", "readme.md", ".css"
_NOT_FOR_LEARNERS = pattern(
    r"(?:readme|licen[cs]e|copying|notice)(?:[.-].*)?|thumbs\.db|desktop\.ini", re.IGNORECASE
)
_NUMBER_IN_NAME = pattern(r"(\d+)")


def is_chapter(name: str) -> bool:
    """Whether a file of a bank, named relative to the bank's folder, is a chapter."""
    path = PurePosixPath(name)
    return path.suffix.lower() == _CHAPTER and path.name.casefold() != _README


def is_sheet(name: str) -> bool:
    """Whether a file of a bank is a style sheet."""
    return PurePosixPath(name).suffix.lower() == _SHEET


def is_left_out(name: str) -> bool:
    """Whether a file of a bank is neither compiled nor meant for readers of the source alone."""
    path = PurePosixPath(name)
    is_known = path.suffix[1:].lower() in MEDIA_TYPES or name == CONFIG or is_sheet(name)
    return not (is_known or is_chapter(name) or _NOT_FOR_LEARNERS.fullmatch(path.name))


def in_order(names: Iterable[str]) -> list[str]:
    """Paths of chapters by folder, by the numbers in their names, then by these letter by letter.

    A chapter comes before those of the folder that has its name.
    """
    return sorted(names, key=_place)


def _place(name: str) -> tuple[tuple[tuple[str | int, ...], ...], str]:
    parts = PurePosixPath(name).with_suffix("").parts
    return tuple(map(_numbers, parts)), name


def _numbers(part: str) -> tuple[str | int, ...]:
    """The pieces of a name, letters and numbers by turns."""
    pieces = _NUMBER_IN_NAME.split(part)
    return tuple(int(piece) if place % 2 else piece for place, piece in enumerate(pieces))
