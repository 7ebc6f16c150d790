"""Tags: what a form says in them, and what of a question goes into them where it has no place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any
from unicodedata import normalize

from mcqdeck.exchange.item import Item
from mcqdeck.exchange.losses import Part
from mcqdeck.identity import NOT_IN_TAGS

# What becomes of parts of a question in a form that has tags and nothing else for them.
AS_TAGS = {
    Part.OBJECTIVE: "become tags (objective::…)",
    Part.LEVEL: "become tags (level::…)",
    Part.DIFFICULTY: "become tags (difficulty::…)",
}
_OURS = re.compile(r"(objective|level|difficulty)::(.+)")


def tag(text: str) -> str:
    """A text as a tag, which holds neither white space nor quotes."""
    return NOT_IN_TAGS.sub("", normalize("NFC", "-".join(text.split()))).strip(":")


def all_tags(item: Item) -> tuple[str, ...]:
    """An item's tags, with its objective, level and difficulty among them."""
    own = []
    if item.objective:
        own.append(f"objective::{item.objective}")
    if item.level:
        own.append(f"level::{item.level}")
    if item.difficulty is not None:
        own.append(f"difficulty::{item.difficulty}")
    return (*item.tags, *own)


def described(tags: Iterable[str]) -> dict[str, Any]:
    """The fields of an item that its tags fill: those that say an objective, a level or a
    difficulty do so, the others are its `tags`.
    """
    fields: dict[str, Any] = {}
    kept = []
    for text in tags:
        name, value = _said(text)
        if name:
            fields[name] = value
        elif value:
            kept.append(value)
    fields["tags"] = tuple(dict.fromkeys(kept))
    return fields


@lru_cache(maxsize=1024)  # the questions of a file share most of their tags
def _said(text: str) -> tuple[str, Any]:
    """The field of an item that a tag fills, and with what; or no field, and the tag itself."""
    match = _OURS.fullmatch(text.strip())
    if match and match[1] != "difficulty":
        return match[1], match[2]
    if match and match[2] in {*"12345"}:
        return "difficulty", int(match[2])
    return "", tag(text)
