"""How each kind of block begins: one function for each, and the table by first characters.

A function gets the open blocks, the line with its cursor before the first character, and how many
of the blocks the line has continued; it says whether a block began there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum

from mcqdeck.markdown.blocks.line import TAB, Line
from mcqdeck.markdown.blocks.open_blocks import OpenBlocks
from mcqdeck.markdown.blocks.patterns import (
    CLOSING_HASHES,
    FOOTNOTE_DEFINITION,
    HEADING,
    OPENING_FENCE,
    THEMATIC_BREAK,
    UNDERLINE,
    html_end,
    marker,
)
from mcqdeck.markdown.blocks.tables import opens_table
from mcqdeck.markdown.references import normal
from mcqdeck.markdown.tree import Block

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
    column = line.next
    takes_quote_mark(line)
    stack.add(Block("blockquote", line.row, column), depth)
    return Begun.BLOCK


def _heading(stack: OpenBlocks, line: Line, depth: int) -> Begun:
    match = HEADING.match(line.text, line.next)
    if not match:
        return Begun.NOTHING
    heading = Block(f"h{len(match[1])}", line.row, line.next)
    text = CLOSING_HASHES.sub("", line.text[match.end() :]).rstrip(" \t")
    heading.add_line(text, line.row, match.end())
    stack.add_whole(heading, line, depth)
    return Begun.ALL


def _fence(stack: OpenBlocks, line: Line, depth: int) -> Begun:
    match = OPENING_FENCE.match(line.text, line.next)
    if not match:
        return Begun.NOTHING
    block = Block("code", line.row, line.next)
    block.fence = match[1] or match[3]
    block.info = (match[2] or match[4] or "").strip()
    block.indent = line.indent
    stack.add_verbatim(block, depth)
    stack.note_blank(block, line)
    return Begun.ALL


def _html(stack: OpenBlocks, line: Line, depth: int) -> Begun:
    in_paragraph = stack.blocks[depth - 1].tag == "p"
    end = html_end(line.text, line.next, in_paragraph=in_paragraph)
    if end is None:
        return Begun.NOTHING
    block = Block("html", line.row, line.next)
    block.html_end = end
    stack.add_verbatim(block, depth)
    return Begun.BLOCK


def _formula(stack: OpenBlocks, line: Line, depth: int) -> Begun:
    """A line that begins with `$$`, which a later line ends, before the next blank one."""
    text = line.text[line.next :].rstrip()
    if not text.startswith("$$") or "$$" in text[2:] or not _formula_ends(stack, line.row):
        return Begun.NOTHING
    line.skip_space()
    stack.add(Block("formula", line.row, line.next), depth)
    return Begun.BLOCK


def _formula_ends(stack: OpenBlocks, row: int) -> bool:
    if row < stack.no_formula_before:
        return False
    while (row := row + 1) < len(stack.lines):
        text = stack.lines[row].rstrip()
        if "$$" in text:
            return text.endswith("$$") and text.count("$$") == 1
        if not text:
            break
    stack.no_formula_before = row
    return False


def _underline(stack: OpenBlocks, line: Line, depth: int) -> Begun:
    paragraph = stack.blocks[depth - 1]
    if paragraph.tag != "p" or not UNDERLINE.match(line.text, line.next):
        return Begun.NOTHING
    stack.take_definitions(paragraph)
    if not paragraph.lines:
        return Begun.NOTHING
    paragraph.tag = "h1" if line.text[line.next] == "=" else "h2"
    paragraph.end = line.row + 1
    stack.blocks.pop()
    return Begun.ALL


def _break(stack: OpenBlocks, line: Line, depth: int) -> Begun:
    if not THEMATIC_BREAK.match(line.text, line.next):
        return Begun.NOTHING
    stack.add_whole(Block("hr", line.row, line.next), line, depth)
    return Begun.ALL


def _footnote(stack: OpenBlocks, line: Line, depth: int) -> Begun:
    if not line.text.startswith("[^", line.next):
        return Begun.NOTHING
    match = FOOTNOTE_DEFINITION.match(line.text, line.next)
    if not match or len(stack.blocks) >= DEEPEST:
        return Begun.NOTHING
    block = Block("footnote", line.row, line.next)
    block.label = normal(match[1])
    line.skip_space()
    line.skip(len(match[0].rstrip(" \t")))
    line.skip_space()
    stack.add(block, depth)
    stack.document.footnotes.setdefault(block.label, block)
    return Begun.BLOCK


def _item(stack: OpenBlocks, line: Line, depth: int) -> Begun:
    """An item, and a list before it unless the one at hand goes on."""
    at = stack.blocks[depth - 1]
    mark = marker(line.text, line.next, in_paragraph=at.tag == "p")
    if not mark or len(stack.blocks) >= DEEPEST:
        return Begun.NOTHING
    margin, column = line.indent, line.next
    line.skip_space()
    line.skip(mark.length)
    padding = 1 if line.is_blank or line.indent > TAB else line.indent
    line.skip_columns(padding)
    tag = "ul" if mark.number is None else "ol"
    if (at.tag, at.delimiter) != (tag, mark.delimiter):
        new = Block(tag, line.row, column)
        new.delimiter = mark.delimiter
        new.number = 1 if mark.number is None else mark.number
        stack.add(new, depth)
        depth = len(stack.blocks)
    item = Block("li", line.row, column)
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
        table = Block("table", line.row - 1, paragraph.columns[-1])
        table.add_line(paragraph.lines.pop(), line.row - 1, paragraph.columns.pop())
        paragraph.end -= 1
        stack.add(table, depth)
    table.tag = "table"
    table.add_line(line.text[line.next :], line.row, line.next)
    return Begun.ALL


_NUMBER = dict.fromkeys("0123456789", (_item,))
# A line that begins with any other character can only be text or a table's row.
BEGINNINGS: Mapping[str, tuple[Beginning, ...]] = {
    ">": (_quote,),
    "#": (_heading,),
    "`": (_fence,),
    "~": (_fence,),
    "<": (_html,),
    "[": (_footnote,),
    "$": (_formula,),
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
        at = stack.blocks[depth - 1]
        if at.tag == "p" and not at.lines:
            break  # an underline below definitions only: the text of a paragraph, as on GitHub
    return Begun.NOTHING
