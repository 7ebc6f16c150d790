"""Rules about marks and spaces that mean nothing, and so should look the same everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mcqdeck.check.item import Item, passages, prose
from mcqdeck.diagnostic import Edit, Finding
from mcqdeck.model import Passage, Place

_DOUBLED = re.compile(r"(?<=\S)  +(?=\S)")
_INDENTED = re.compile(r" {4}|\t|\s*(?:(?:[-*+]|\d{1,9}[.)]|>)\s*)+\Z")


def doubled_spaces(item: Item) -> Iterator[Finding]:
    """The card shows one space, but a learner who searches for the phrase in Anki does not find it.

    Write one space; two at the end of a line are a line break and stay.
    """
    for passage in passages(item.question):
        if "  " in passage.text:
            yield from _doubled(passage)


def capital_checkbox(item: Item) -> Iterator[Finding]:
    """Two ways to mark the right option hide one from a search, and a change of mark that changes
    nothing hides the real ones in a comparison of versions.

    Write `[x]`.
    """
    for option in item.question.options:
        if option.capital:
            where = option.capital
            after = Place(where.path, where.line, where.column + 1)
            yield Finding(
                where,
                "a capital `X` marks the right option",
                "write `[x]`",
                edits=(Edit(where, after, "x"),),
            )


def _doubled(passage: Passage) -> Iterator[Finding]:
    """The runs of spaces in the prose of a passage, where its neighbours show that it is prose."""
    text = passage.text
    if "<pre" in text or "<code" in text:
        return
    words = prose(text)
    for match in _DOUBLED.finditer(text):
        start, end = match.span()
        line = text[text.rfind("\n", 0, start) + 1 : start]
        is_table = "|" in line or "|" in text[end:].partition("\n")[0]
        is_prose = not (words[start - 1].isspace() and words[end].isspace())
        if is_prose and not is_table and not _INDENTED.match(line):
            yield Finding(
                passage.at(start),
                f"{end - start} spaces in a row",
                "write one",
                end - start,
                edits=(Edit(passage.at(start + 1), passage.at(end), ""),),
            )
