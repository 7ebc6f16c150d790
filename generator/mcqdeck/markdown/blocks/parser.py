"""The block stage: lines of Markdown become a tree of blocks, as GitHub reads them.

It is the algorithm of the specification
(https://github.github.com/gfm/#appendix-a-parsing-strategy): each line is matched against the
blocks that are open, may open others, and gives the innermost its text. Python-Markdown's own block
parser splits at blank lines first, so that a fence in a list, a list after a paragraph, or a lazy
quote comes out unlike on GitHub.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from mcqdeck.markdown.blocks.common_lines import take_common_line
from mcqdeck.markdown.blocks.line import TAB, Line
from mcqdeck.markdown.blocks.open_blocks import OpenBlocks, Recovery, no_recovery
from mcqdeck.markdown.blocks.openers import Begun, begin, takes_quote_mark
from mcqdeck.markdown.blocks.patterns import TASK_BOX, ends_html
from mcqdeck.markdown.tree import VERBATIM_LEAVES, Block, Document


def parse_blocks(
    lines: Sequence[str], recovery: Recovery = no_recovery, *, is_short: bool = True
) -> Document:
    """The tree of the lines, every block closed, every list tight or loose, inlines not yet read.

    The time is linear in the text, for every text. Without `is_short` common lines too go the long
    way, which gives the same.
    """
    stack = OpenBlocks(lines, recovery)
    parser = _Parser(stack)
    for row, text in enumerate(lines):
        if row == stack.limit:
            stack.close(1)
        if not (is_short and take_common_line(stack, text, row)):
            parser.read(text, row)
    stack.close(1)
    document = stack.document
    document.root.end = len(lines)
    return document


class _Parser:
    """Takes one line after the other."""

    def __init__(self, stack: OpenBlocks) -> None:
        self.stack = stack

    def read(self, text: str, row: int) -> None:
        """Takes one line: what stays open, what opens, and whose text it is."""
        stack = self.stack
        line = Line(text, row)
        depth = self._continue(line)
        if depth is None:
            return
        innermost = stack.last
        may_be_lazy = innermost.tag == "p" and not line.is_blank and depth < len(stack.blocks)
        reached = self._open_blocks(line, depth)
        if reached is None:
            return
        if may_be_lazy and stack.last is innermost:
            innermost.add_line(text[line.next :], row, line.next)
            return
        if len(stack.blocks) > reached:
            stack.close(reached)
        stack.note_blank(stack.last, line)
        self._add_text(line)

    def _continue(self, line: Line) -> int | None:
        """How many open blocks the line continues; none if it closed a fence and is used up."""
        for depth, block in enumerate(self.stack.blocks):
            if block.fence and line.indent < TAB and _closes_fence(line, block.fence):
                block.is_closed = True
                block.end = line.row + 1
                self.stack.close(depth)
                return None
            continues = CONTINUATIONS.get(block.tag)
            if continues and not continues(block, line):
                return depth
        return len(self.stack.blocks)

    def _open_blocks(self, line: Line, depth: int) -> int | None:
        """Opens the blocks that begin on the line: how many are open; none if it is used up."""
        stack = self.stack
        may_be_lazy = stack.last.tag == "p"
        while not line.is_blank and stack.blocks[depth - 1].tag not in VERBATIM_LEAVES:
            if line.indent >= TAB:
                if may_be_lazy:
                    break
                stack.add(Block("code", line.row, line.next), depth)
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
        stack = self.stack
        block = stack.last
        if block.tag in VERBATIM_LEAVES:
            block.add_line(line.left, line.row, line.offset)
            if block.html_end and ends_html(line.left, block.html_end):
                block.is_closed = True
                stack.close(len(stack.blocks) - 1)
            elif block.tag == "formula" and len(block.lines) > 1 and "$$" in line.left:
                stack.close(len(stack.blocks) - 1)
        elif not line.is_blank:
            if block.tag not in {"p", "table"}:
                if block.tag == "li" and not len(block):
                    _take_box(block, line)
                if line.next == len(line.text):
                    return  # a box without text
                block = Block("p", line.row, line.next)
                stack.add(block, len(stack.blocks))
            block.add_line(line.text[line.next :], line.row, line.next)


def _take_box(item: Block, line: Line) -> None:
    """Takes `[ ]` or `[x]` off the text with which a list item begins."""
    if line.text.startswith("[", line.next) and (match := TASK_BOX.match(line.text, line.next)):
        item.task = match[1]
        line.skip_space()
        line.skip(match.end() - match.start())
        line.skip_space()


def _quote(block: Block, line: Line) -> bool:
    if takes_quote_mark(line):
        block.end = line.row + 1
        return True
    return False


def _item(block: Block, line: Line) -> bool:
    if line.indent >= block.indent:
        line.skip_columns(block.indent)
    elif line.is_blank and len(block):
        line.skip_space()
    else:
        return False
    return True


def _footnote(_: Block, line: Line) -> bool:
    if line.indent >= TAB:
        line.skip_columns(TAB)
        return True
    return not line.text  # GitHub ends it at a line with a space or a quote's sign on it


def _paragraph(_: Block, line: Line) -> bool:
    return not line.is_blank


def _table(_: Block, line: Line) -> bool:
    return not line.is_blank and line.text[line.next :].strip(" \t") != "|"


def _html(block: Block, line: Line) -> bool:
    return bool(block.html_end) or not line.is_blank


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
    "footnote": _footnote,
    "html": _html,
    "li": _item,
    "p": _paragraph,
    "table": _table,
}


def _closes_fence(line: Line, fence: str) -> bool:
    text = line.text[line.next :].rstrip(" \t")
    return len(text) >= len(fence) and text == fence[0] * len(text)
