"""What of a passage must be looked at before it reaches a card, found in the tree.

Safety, media and mathematics judge it, each its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from mcqdeck.markdown import Block, Excerpt, Inline
from mcqdeck.markdown import Kind as InlineKind
from mcqdeck.markdown.inlines.formulas import opens_without_end
from mcqdeck.markdown.inlines.parser import RUN
from mcqdeck.markdown.pattern import pattern
from mcqdeck.markdown.raw_html import pieces

# Targets that open from a card beyond doubt; the others are noted and judged.
PLAIN_TARGET = pattern(
    r"(?:https?://(?:(?!xn--)[A-Z0-9-]+\.)+[A-Z]{2,}(?=[/?#]|$)|mailto:)", re.IGNORECASE
)
ANKI_TEMPLATE = pattern(
    r"\{\{\s*(?:c\d+::|[#^/][^\s{}]|(?:type|cloze|hint|text|tts|furigana|kana|kanji)\b[^{}]*:"
    r"|FrontSide\s*\}\})"
)


class Kind(Enum):
    """What was found: its text is the tag, the target, the file's path, or the opening signs."""

    TAG = "raw HTML: one tag, comment or declaration"
    LINK = "a link whose target is not plainly http, https or mailto"
    IMAGE = "an image or sound by `![…](…)`"
    TEMPLATE = "Anki's template or cloze syntax in prose"
    FORMULA = "the source of a formula"
    OPEN_MATH = "a dollar sign that opens mathematics which never ends"


@dataclass(frozen=True, slots=True)
class Mark:
    """A construct at `offset` in the passage; `length` is how many characters of it are shown."""

    kind: Kind
    offset: int
    text: str
    length: int


def marks_of(excerpt: Excerpt) -> Iterator[Mark]:
    """The marks of an excerpt and of the footnotes that it refers to, in the order of its text."""
    for leaf, inline in excerpt.inlines():
        for kind, at, text, length in _marks(leaf, inline):
            yield Mark(kind, excerpt.offset(*leaf.place(at)), text, length)
    for leaf in excerpt.leaves():
        if leaf.tag == "html":
            yield from _marks_of_html(excerpt, leaf)
        elif leaf.tag == "formula" or (leaf.tag == "code" and leaf.info == "math"):
            row, column = leaf.place(0)
            yield Mark(Kind.FORMULA, excerpt.offset(row, column), leaf.source, len(leaf.source))


def _marks(leaf: Block, inline: Inline) -> Iterator[tuple[Kind, int, str, int]]:
    kind, start, end = inline.kind, inline.start, inline.end
    if kind is InlineKind.TEXT:
        if "{{" in inline.text:
            for sign in ANKI_TEMPLATE.finditer(inline.text):
                yield Kind.TEMPLATE, start + sign.start(), sign[0], len(sign[0])
        if "$" in inline.text:
            yield from _open_formulas(leaf, inline)
    elif kind is InlineKind.HTML:
        yield Kind.TAG, start, inline.text, end - start
    elif kind in (InlineKind.FORMULA, InlineKind.DISPLAY_FORMULA):
        begin = leaf.source.index(inline.text, start) if inline.text else start
        yield Kind.FORMULA, begin, inline.text, end - start
    elif kind is InlineKind.IMAGE:
        yield Kind.IMAGE, start, inline.target, end - start
    elif kind is InlineKind.LINK and not PLAIN_TARGET.match(inline.target):
        yield Kind.LINK, start, inline.target, end - start


def _open_formulas(leaf: Block, inline: Inline) -> Iterator[tuple[Kind, int, str, int]]:
    """The dollars of a text that were plainly meant to open a formula."""
    if inline.end - inline.start != len(inline.text):
        return  # an escaped dollar
    for run in RUN["$"].finditer(inline.text):
        at = inline.start + run.start()
        signs = opens_without_end(leaf.source, at) if len(run[0]) < 3 else ""
        if signs:
            yield Kind.OPEN_MATH, at, signs, len(signs)


def _marks_of_html(excerpt: Excerpt, leaf: Block) -> Iterator[Mark]:
    source = leaf.source
    for at, text in pieces(source):
        yield Mark(Kind.TAG, excerpt.offset(*leaf.place(at)), text, len(text))
    for sign in ANKI_TEMPLATE.finditer(source):
        offset = excerpt.offset(*leaf.place(sign.start()))
        yield Mark(Kind.TEMPLATE, offset, sign[0], len(sign[0]))
