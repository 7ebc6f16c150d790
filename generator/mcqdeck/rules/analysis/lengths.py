"""How long options are, whether or not their language parts words by spaces."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import east_asian_width

from mcqdeck.markdown.pattern import pattern

_UNSPACED = pattern(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
)
"""A character of a script without spaces between words: Thai, Lao, Burmese, Khmer, Kana, Han."""

_COLUMNS = 5
"""The columns of a terminal that a word takes on the average; a wide character takes two."""


def has_unspaced(texts: Sequence[str]) -> bool:
    """Whether one of the texts is in a language that does not part words by spaces."""
    return any(_UNSPACED.search(text) for text in texts if not text.isascii())


def lengths_in_words(texts: Sequence[str]) -> list[int]:
    """How many words each text has; where words are not parted, how many would take its room."""
    if not has_unspaced(texts):
        return [len(text.split()) for text in texts]
    return [round(_columns(text) / _COLUMNS) for text in texts]


def _columns(text: str) -> int:
    return sum(
        1 + (east_asian_width(character) in "WF") for character in text if not character.isspace()
    )
