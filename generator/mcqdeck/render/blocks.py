"""The block stage: lines of Markdown become a tree of blocks, as GitHub reads them.

Python-Markdown's own block parser splits at blank lines first, so that a fence in a list, a list
after a paragraph, or a lazy quote comes out unlike on GitHub, and it calls itself for every level
of nesting. This one takes its place. It is the algorithm of the specification
(https://github.github.com/gfm/#appendix-a-parsing-strategy): each line is matched against the
blocks that are open, may open others, and gives the innermost its text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ElementTree

from markdown.blockparser import BlockParser

from mcqdeck.render.beginnings import BEGINNINGS, Begun, begin, takes_quote_mark
from mcqdeck.render.block import Block
from mcqdeck.render.line import TAB, Line
from mcqdeck.render.stack import OpenBlocks
from mcqdeck.render.starts import ends_html

if TYPE_CHECKING:
    from markdown import Markdown

VERBATIM = frozenset({"code", "html", "math"})
# A text none of whose lines begins with one of these is one paragraph without definitions.
STRUCTURAL = frozenset(BEGINNINGS) | frozenset(" \t[")


class GitHubBlocks(BlockParser):
    """Reads a field's lines into a tree of `Block`; adds its definitions to `md.references`."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self._stack = OpenBlocks((), {})

    def parseDocument(self, lines: Iterable[str]) -> ElementTree:  # noqa: N802 (its name there)
        """The tree of the lines, every block closed and every list tight or loose."""
        source = list(lines)
        if len(source) > 1 and not source[-1]:
            source.pop()  # a line end at the end begins no line
        if all(line and line[0] not in STRUCTURAL for line in source):
            return ElementTree(_one_paragraph(source))
        self._stack = OpenBlocks(source, self.md.references)
        origin = 0
        for row, text in enumerate(source):
            self._read(Line(text, origin, row))
            origin += len(text) + 1
        self._stack.close(1)
        return ElementTree(self._stack.root)

    def _read(self, line: Line) -> None:
        """Takes one line: what stays open, what opens, and whose text it is."""
        stack = self._stack
        depth = self._continue(line)
        if depth is None:
            return
        innermost = stack.last
        may_be_lazy = innermost.tag == "p" and not line.is_blank and depth < len(stack.blocks)
        reached = self._open_blocks(line, depth)
        if reached is None:
            return
        if may_be_lazy and stack.last is innermost:
            innermost.add_line(line.text[line.next :], line.origin + line.next)
            return
        stack.close(reached)
        stack.note_blank(stack.last, line)
        self._add_text(line)

    def _continue(self, line: Line) -> int | None:
        """How many open blocks the line continues; none if it closed a fence and is used up."""
        for depth, block in enumerate(self._stack.blocks):
            if block.fence and line.indent < TAB and _closes_fence(line, block.fence):
                self._stack.close(depth)
                return None
            continues = CONTINUATIONS.get(block.tag)
            if continues and not continues(block, line):
                return depth
        return len(self._stack.blocks)

    def _open_blocks(self, line: Line, depth: int) -> int | None:
        """Opens the blocks that begin on the line: how many are open; none if it is used up."""
        stack = self._stack
        may_be_lazy = stack.last.tag == "p"
        while not line.is_blank and stack.blocks[depth - 1].tag not in VERBATIM:
            if line.indent >= TAB:
                if may_be_lazy:
                    break
                stack.add(Block("code", line.row), depth)
                line.skip_columns(TAB)
                return len(stack.blocks)
            begun = begin(stack, line, depth)
            if begun is Begun.ALL:
                return None
            if begun is Begun.NOTHING:
                break
            depth = len(stack.blocks)
            may_be_lazy = False
        return depth

    def _add_text(self, line: Line) -> None:
        """Gives the line to the innermost block, or to a new paragraph in it."""
        stack = self._stack
        block = stack.last
        if block.tag in VERBATIM:
            block.add_line(line.left, line.origin + line.offset)
            if (block.tag == "html" and ends_html(line.left, block.end)) or (
                block.tag == "math" and len(block.lines) > 1 and "$$" in line.left
            ):
                stack.close(len(stack.blocks) - 1)
        elif not line.is_blank:
            if block.tag not in {"p", "table"}:
                block = Block("p", line.row)
                stack.add(block, len(stack.blocks))
            block.add_line(line.text[line.next :], line.origin + line.next)


def _one_paragraph(lines: list[str]) -> Block:
    root, paragraph = Block("root"), Block("p")
    root.append(paragraph)
    origin = 0
    for line in lines:
        paragraph.add_line(line, origin)
        origin += len(line) + 1
    return root


def _quote(_: Block, line: Line) -> bool:
    return takes_quote_mark(line)


def _item(block: Block, line: Line) -> bool:
    if line.indent >= block.indent:
        line.skip_columns(block.indent)
    elif line.is_blank and len(block):
        line.skip_space()
    else:
        return False
    return True


def _paragraph(_: Block, line: Line) -> bool:
    return not line.is_blank


def _table(_: Block, line: Line) -> bool:
    return not line.is_blank and line.text[line.next :].strip(" \t") != "|"


def _html(block: Block, line: Line) -> bool:
    return bool(block.end) or not line.is_blank


def _code(block: Block, line: Line) -> bool:
    if block.fence:
        line.skip_columns(min(line.indent, block.indent))
    elif line.indent >= TAB:
        line.skip_columns(TAB)
    elif line.is_blank:
        line.skip_space()
    else:
        return False
    return True


# What keeps a block open at the next line; a block without an entry stays open.
CONTINUATIONS: Mapping[str, Callable[[Block, Line], bool]] = {
    "blockquote": _quote,
    "code": _code,
    "html": _html,
    "li": _item,
    "p": _paragraph,
    "table": _table,
}


def _closes_fence(line: Line, fence: str) -> bool:
    text = line.text[line.next :].rstrip(" \t")
    return len(text) >= len(fence) and text == fence[0] * len(text)
