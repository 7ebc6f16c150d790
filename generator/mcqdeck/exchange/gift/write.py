"""From questions to GIFT."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mcqdeck.exchange.gift.signs import escaped
from mcqdeck.exchange.item import Contents, Item, Option, Text, Written
from mcqdeck.exchange.losses import Part, losses
from mcqdeck.exchange.moodle.categories import path
from mcqdeck.exchange.moodle.grades import share
from mcqdeck.exchange.outgoing import AS_FEEDBACK, explained, is_plain_pair
from mcqdeck.exchange.tags import AS_TAGS, all_tags

HOLDS = frozenset({Part.RATIONALE, Part.EXPLANATION, Part.ID, Part.CHAPTER, Part.TAGS})
# A text that reads the same in each of Moodle's formats.
_WORDS = re.compile(r"<p>((?!\[)[^<>&\\*_`$\[\]\n]+)</p>")


def write(contents: Contents) -> Written:
    """The questions as GIFT; texts with marks are HTML."""
    said = losses(contents, HOLDS | AS_TAGS.keys() | {Part.REFERENCES}, AS_TAGS | AS_FEEDBACK)
    lines = list(_lines(contents))
    return Written("\n".join(lines).encode(), said)


def _lines(contents: Contents) -> Iterator[str]:
    title = contents.config.title if contents.config else ""
    category: tuple[str, ...] = ()
    for item in contents.items:
        if item.category != category:
            category = item.category
            names = (title, *category) if title else category
            yield f"$CATEGORY: {' '.join(path(names).split())}"
            yield ""
        yield from _question(item)
        yield ""


def _question(item: Item) -> Iterator[str]:
    notes = [f"[id:{_in_brackets(item.id)}]"] if item.id else []
    notes += [f"[tag:{_in_brackets(tag)}]" for tag in all_tags(item)]
    if notes:
        yield f"// {' '.join(notes)}"
    name = f"::{escaped(item.id)}::" if item.id else ""
    general = explained(item)
    if is_plain_pair(item):
        yield f"{name}{_text(item.stem)}{{{_true_false(item)}"
    else:
        yield f"{name}{_text(item.stem)}{{"
        yield from (_option(option, item.right) for option in item.options)
    if general:
        yield f"####{_text(general)}"
    yield "}"


def _true_false(item: Item) -> str:
    true, false = item.options
    right, wrong = (true, false) if true.is_correct else (false, true)
    word = "TRUE" if true.is_correct else "FALSE"
    if not right.rationale and not wrong.rationale:
        return word
    feedback = f"#{_text(wrong.rationale)}"
    return word + feedback + (f"#{_text(right.rationale)}" if right.rationale else "")


def _option(option: Option, right: int) -> str:
    if right == 1:
        mark = "=" if option.is_correct else "~"
    else:
        mark = f"~%{'' if option.is_correct else '-'}{share(max(right, 1))}%"
    feedback = f"#{_text(option.rationale)}" if option.rationale else ""
    return f"\t{mark}{_text(option.text)}{feedback}"


def _text(text: Text) -> str:
    """A text with its format before it, unless it reads the same in all."""
    if not text.html:
        return ""
    if words := _WORDS.fullmatch(text.html):
        return escaped(words[1])
    return f"[html]{escaped(text.html)}"


def _in_brackets(text: str) -> str:
    return text.replace("]", "\\]")
