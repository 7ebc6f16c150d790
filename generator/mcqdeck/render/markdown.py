"""Markdown as GitHub reads it: Python-Markdown with GitHub's block and inline stages in place.

Python-Markdown runs the stages (block parser, tree processors, serializer) and holds the link
definitions; the two stages in which it differs from GitHub are this package's own: see `blocks` and
`inlines`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from itertools import accumulate
from typing import Self, cast
from xml.etree.ElementTree import Element

import markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import Registry

from mcqdeck.render.block import Block
from mcqdeck.render.blocks import GitHubBlocks
from mcqdeck.render.definitions import Reference, take_definitions
from mcqdeck.render.html import pieces, without_control_references
from mcqdeck.render.inlines import TEMPLATE, Inlines
from mcqdeck.render.marks import Kind, Mark
from mcqdeck.render.serialize import TEXT_BLOCKS, serialize
from mcqdeck.render.starts import TASK

BOXES = {" ": "\u2610", "x": "\u2611", "X": "\u2611"}  # a card holds no form elements


class GitHubMarkdown(markdown.Markdown):
    """A converter that is used for one field after another; `marks` are those of the last."""

    marks: list[Mark]
    references: dict[str, Reference]

    def __init__(self) -> None:
        self.marks = []
        super().__init__()
        self.stripTopLevelTags = False
        self.serializer = serialize

    def build_parser(self) -> Self:
        """Puts the stages in place; called by the constructor."""
        self.preprocessors = Registry()
        self.parser = GitHubBlocks(self)
        self.inlinePatterns = Registry()
        self.treeprocessors = Registry()
        self.treeprocessors.register(GitHubInlines(self, self.marks), "inline", 20)
        self.postprocessors = Registry()
        return self

    def convert_field(
        self, text: str, references: Mapping[str, Reference]
    ) -> tuple[str, tuple[Mark, ...]]:
        """A field's HTML, not yet safe, and its marks; its own definitions come after the given."""
        self.references.clear()
        self.references.update(references)
        self.marks.clear()
        html = self.convert(text)
        return html, tuple(self.marks)

    def convert_line(self, text: str) -> tuple[str, tuple[Mark, ...]]:
        """The HTML of a text without blocks, and its marks."""
        marks: list[Mark] = []
        return Inlines(text, {}, marks, lambda offset: offset).html(), tuple(marks)


class GitHubInlines(Treeprocessor):
    """Turns the text of each leaf of the tree into HTML, and notes what must be looked at."""

    def __init__(self, md: markdown.Markdown, marks: list[Mark]) -> None:
        super().__init__(md)
        self._marks = marks

    def run(self, root: Element) -> None:
        """Fills `text` of every leaf."""
        for element in root.iter():
            block = cast(Block, element)
            if block.tag == "li":
                _take_box(block)
            elif block.tag in TEXT_BLOCKS:
                block.text = self._text(block)
            elif block.tag == "html":
                self._mark_html(block)
                block.text = without_control_references(block.source)

    def _mark_html(self, block: Block) -> None:
        """Notes each tag of an HTML block, and Anki's template syntax in it."""
        place = _places(block)
        source = block.source
        found = [(Kind.TAG, at, text) for at, text in pieces(source)]
        found += [(Kind.TEMPLATE, sign.start(), sign[0]) for sign in TEMPLATE.finditer(source)]
        self._marks.extend(Mark(kind, place(at), text, len(text)) for kind, at, text in found)

    def _text(self, block: Block) -> str:
        source = block.source.rstrip(" \t")
        if not source:
            return block.info
        inlines = Inlines(source, self.md.references, self._marks, _places(block))
        return block.info + inlines.html()


def references_of(definitions: str) -> dict[str, Reference]:
    """The link references of a chapter, from its definitions, one per line."""
    references: dict[str, Reference] = {}
    for line in definitions.split("\n"):
        take_definitions(line.strip(), references)
    return references


def _take_box(item: Block) -> None:
    """Puts a box character in the place of `[ ]` or `[x]` at the head of a list item."""
    if not len(item) or item[0].tag not in TEXT_BLOCKS:
        return
    first = cast(Block, item[0])
    if first.lines and (found := TASK.match(first.lines[0])):
        first.info = BOXES[found[1]]
        first.lines[0] = first.lines[0][found.end() :]
        first.origins[0] += found.end()


def _places(block: Block) -> Callable[[int], int]:
    """From an offset in the block's text to the one in the source."""
    starts: list[int] = []

    def place(offset: int) -> int:
        if not starts:  # most blocks have nothing to note
            starts.extend(accumulate((len(line) + 1 for line in block.lines), initial=0))
        row = bisect_right(starts, offset, 0, len(block.lines)) - 1
        return block.origins[row] + offset - starts[row]

    return place
