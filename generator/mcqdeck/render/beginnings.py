"""How each kind of block begins: one function for each, and the table by first characters.

A function gets the open blocks, the line with its cursor before the first character, and how many
of the blocks the line has continued; it says whether a block began there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum

from mcqdeck.render.block import Block
from mcqdeck.render.line import TAB, Line
from mcqdeck.render.stack import OpenBlocks
from mcqdeck.render.starts import (
    BREAK,
    CLOSING_HASHES,
    FENCE,
    HEADING,
    UNDERLINE,
    html_end,
    marker,
)
from mcqdeck.render.tables import opens_table

DEEPEST = 100  # open blocks; a mark that would nest deeper is shown as text


class Begun(Enum):
    """What a line has begun: nothing, a block that holds its rest, or one that used it up."""

    NOTHING = 0
    BLOCK = 1
    ALL = 2


Beginning = Callable[[OpenBlocks, Line, int], Begun]


def takes_quote_mark(line: Line) -> bool:
    """Moves past `>` and one space; false if there is none."""
    if line.indent >= TAB or not line.text.startswith(">", line.next):
        return False
    line.skip_space()
    line.skip(1)
    if line.indent:
        line.skip_columns(1)
    return True


def _quote(stack: OpenBlocks, line: Line, depth: int) -> Begun:
    if len(stack.blocks) >= DEEPEST:
        return Begun.NOTHING
    takes_quote_mark(line)
    stack.add(Block("blockquote", line.row), depth)
    return Begun.BLOCK


def _heading(stack: OpenBlocks, line: Line, depth: int) -> Begun:
    found = HEADING.match(line.text, line.next)
    if not found:
        return Begun.NOTHING
    heading = Block(f"h{len(found[1])}", line.row)
    heading.lines = [CLOSING_HASHES.sub("", line.text[found.end() :]).rstrip(" \t")]
    heading.origins = [line.origin + found.end()]
    stack.add_whole(heading, line, depth)
    return Begun.ALL


def _fence(stack: OpenBlocks, line: Line, depth: int) -> Begun:
    found = FENCE.match(line.text, line.next)
    if not found:
        return Begun.NOTHING
    block = Block("code", line.row)
    block.fence = found[1] or found[3]
    block.info = (found[2] or found[4] or "").strip()
    block.indent = line.indent
    stack.add(block, depth)
    stack.note_blank(block, line)
    return Begun.ALL


def _html(stack: OpenBlocks, line: Line, depth: int) -> Begun:
    in_paragraph = stack.blocks[depth - 1].tag == "p"
    end = html_end(line.text, line.next, in_paragraph=in_paragraph)
    if end is None:
        return Begun.NOTHING
    block = Block("html", line.row)
    block.end = end
    stack.add(block, depth)
    return Begun.BLOCK


def _math(stack: OpenBlocks, line: Line, depth: int) -> Begun:
    """A line that begins with `$$`, which a later line ends, before the next blank one."""
    text = line.text[line.next :].rstrip()
    if not text.startswith("$$") or "$$" in text[2:] or not _math_ends(stack, line.row):
        return Begun.NOTHING
    line.skip_space()
    stack.add(Block("math", line.row), depth)
    return Begun.BLOCK


def _math_ends(stack: OpenBlocks, row: int) -> bool:
    if row < stack.no_math_before:
        return False
    while (row := row + 1) < len(stack.lines):
        text = stack.lines[row].rstrip()
        if "$$" in text:
            return text.endswith("$$") and text.count("$$") == 1
        if not text:
            break
    stack.no_math_before = row
    return False


def _underline(stack: OpenBlocks, line: Line, depth: int) -> Begun:
    paragraph = stack.blocks[depth - 1]
    if paragraph.tag != "p" or not UNDERLINE.match(line.text, line.next):
        return Begun.NOTHING
    stack.take_definitions(paragraph)
    if not paragraph.lines:
        return Begun.NOTHING
    paragraph.tag = "h1" if line.text[line.next] == "=" else "h2"
    stack.blocks.pop()
    return Begun.ALL


def _break(stack: OpenBlocks, line: Line, depth: int) -> Begun:
    if not BREAK.match(line.text, line.next):
        return Begun.NOTHING
    stack.add_whole(Block("hr", line.row), line, depth)
    return Begun.ALL


def _item(stack: OpenBlocks, line: Line, depth: int) -> Begun:
    """An item, and a list before it unless the one at hand goes on."""
    at = stack.blocks[depth - 1]
    mark = marker(line.text, line.next, in_paragraph=at.tag == "p")
    if not mark or len(stack.blocks) >= DEEPEST:
        return Begun.NOTHING
    margin = line.indent
    line.skip_space()
    line.skip(mark.length)
    padding = 1 if line.is_blank or line.indent > TAB else line.indent
    line.skip_columns(padding)
    tag = "ul" if mark.number is None else "ol"
    if (at.tag, at.delimiter) != (tag, mark.delimiter):
        new = Block(tag, line.row)
        new.delimiter, new.number = mark.delimiter, mark.number or 0
        stack.add(new, depth)
        depth = len(stack.blocks)
    item = Block("li", line.row)
    item.indent = margin + mark.length + padding
    stack.add(item, depth)
    return Begun.BLOCK


def _table(stack: OpenBlocks, line: Line, depth: int) -> Begun:
    """The rule under a table's head; what stands above the head stays a paragraph."""
    paragraph = stack.blocks[depth - 1]
    if paragraph.tag != "p" or not opens_table(paragraph, line.text[line.next :]):
        return Begun.NOTHING
    table = paragraph
    if len(paragraph.lines) > 1:
        table = Block("table", line.row)
        table.lines, table.origins = [paragraph.lines.pop()], [paragraph.origins.pop()]
        stack.add(table, depth)
    table.tag = "table"
    table.add_line(line.text[line.next :], line.origin + line.next)
    return Begun.ALL


_NUMBER = dict.fromkeys("0123456789", (_item,))
# A line that begins with any other character can only be text or a table's row.
BEGINNINGS: Mapping[str, tuple[Beginning, ...]] = {
    ">": (_quote,),
    "#": (_heading,),
    "`": (_fence,),
    "~": (_fence,),
    "<": (_html,),
    "$": (_math,),
    "=": (_underline,),
    "-": (_underline, _break, _item, _table),
    "*": (_break, _item),
    "_": (_break,),
    "+": (_item,),
    "|": (_table,),
    ":": (_table,),
    **_NUMBER,
}


def begin(stack: OpenBlocks, line: Line, depth: int) -> Begun:
    """Opens the one block that begins at the cursor, if any."""
    for beginning in BEGINNINGS.get(line.text[line.next], ()):
        begun = beginning(stack, line, depth)
        if begun is not Begun.NOTHING:
            return begun
    return Begun.NOTHING
