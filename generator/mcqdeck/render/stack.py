"""The blocks that are open while lines are read, the outermost first, and how they close."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from mcqdeck.render.block import CONTAINERS, Block
from mcqdeck.render.definitions import Reference, take_definitions
from mcqdeck.render.line import Line
from mcqdeck.render.tables import fill_table

LISTS = frozenset({"ul", "ol"})


class OpenBlocks:
    """The open blocks of a source whose lines are `lines`; definitions go to `references`."""

    def __init__(self, lines: Sequence[str], references: dict[str, Reference]) -> None:
        self.root = Block("root")
        self.blocks = [self.root]
        self.lines = lines
        self.no_math_before = 0  # the row up to which a search for the end of a formula failed
        self._references = references

    @property
    def last(self) -> Block:
        """The innermost open block."""
        return self.blocks[-1]

    def add(self, block: Block, depth: int) -> None:
        """Opens a block in the last of the first `depth` open ones that may hold it."""
        self.close(depth)
        while not _may_hold(self.last.tag, block.tag):
            self.close(len(self.blocks) - 1)
        self.last.append(block)
        self.blocks.append(block)

    def add_whole(self, block: Block, line: Line, depth: int) -> None:
        """Adds a block that is complete on its line."""
        self.add(block, depth)
        self.blocks.pop()
        self.note_blank(self.last, line)

    def note_blank(self, block: Block, line: Line) -> None:
        """Remembers where a blank line follows, which makes lists loose."""
        for open_block in self.blocks:
            open_block.trails_blank = False
        if line.is_blank and len(block):
            if block[-1].tag == "hr":  # it does not count, as on GitHub
                return
            cast(Block, block[-1]).trails_blank = True
        block.trails_blank = (
            line.is_blank
            and block.tag != "blockquote"
            and not (block.tag == "code" and block.fence)
            and not (block.tag == "li" and not len(block) and block.row == line.row)
        )

    def close(self, depth: int) -> None:
        """Closes all but the first `depth` open blocks."""
        while len(self.blocks) > depth:
            block = self.blocks.pop()
            if block.tag == "p":
                self.take_definitions(block)
                if not block.lines:
                    self.last.remove(block)
            elif block.tag == "table":
                fill_table(block)
            elif block.tag == "code" and not block.fence:
                _drop_blank_end(block)
            elif block.tag in LISTS and not _is_loose(block):
                _tighten(block)

    def take_definitions(self, paragraph: Block) -> None:
        """Moves the link definitions at a paragraph's head to the references."""
        if not paragraph.lines or not paragraph.lines[0].startswith("["):
            return
        source = paragraph.source
        length = take_definitions(source, self._references)
        taken = len(paragraph.lines) if length >= len(source) else source.count("\n", 0, length)
        del paragraph.lines[:taken], paragraph.origins[:taken]


def _may_hold(outer: str, inner: str) -> bool:
    return outer in CONTAINERS and (outer in LISTS) == (inner == "li")


def _drop_blank_end(code: Block) -> None:
    while code.lines and not code.lines[-1].strip(" \t"):
        code.lines.pop()


def _tighten(block: Block) -> None:
    for item in block:
        for child in item:
            if child.tag == "p":
                child.tag = "tight"


def _is_loose(block: Block) -> bool:
    """Whether a blank line parts two items, or two blocks of an item."""
    for position, item in enumerate(block, 1):
        is_last = position == len(block)
        if cast(Block, item).trails_blank and not is_last:
            return True
        for place, child in enumerate(item, 1):
            if not (is_last and place == len(item)) and _ends_blank(cast(Block, child)):
                return True
    return False


def _ends_blank(block: Block) -> bool:
    while block.tag in LISTS | {"li"} and len(block):
        block = cast(Block, block[-1])
    return block.trails_blank
