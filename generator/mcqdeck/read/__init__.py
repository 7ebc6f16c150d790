"""From files to values: a bank, and everything that is wrong with its form.

`parse_chapter` is imported from `parse`, where a chapter is to be read: where all chapters are
remembered, none is.
"""

from mcqdeck.read import folder, source_mistakes
from mcqdeck.read.bank import (
    NO_TEXTS,
    Reading,
    Sources,
    bank_sources,
    chapter_sources,
    read_bank,
)
from mcqdeck.read.chapters import CONFIG, STYLE, is_chapter
from mcqdeck.read.lines import decode, split

MISTAKES = (*source_mistakes.MISTAKES, *folder.MISTAKES)

__all__ = [
    "CONFIG",
    "MISTAKES",
    "NO_TEXTS",
    "STYLE",
    "Reading",
    "Sources",
    "bank_sources",
    "chapter_sources",
    "decode",
    "is_chapter",
    "read_bank",
    "split",
]
