"""The short way for the lines of which most texts are made: the same tree in a third of the time.

Blank lines, text, headings, items with or without a checkbox, and quotes in items, where what is
open leaves no doubt what they are. Every other line goes the long way; a property test holds the
two together.
"""

from __future__ import annotations

from mcqdeck.markdown.blocks.open_blocks import OpenBlocks
from mcqdeck.markdown.blocks.openers import BEGINNINGS
from mcqdeck.markdown.blocks.patterns import CLOSING_HASHES, HEADING
from mcqdeck.markdown.pattern import pattern
from mcqdeck.markdown.tree import Block

# What a line begins with if it may be more than the text of a paragraph.
STRUCTURAL = frozenset(BEGINNINGS) | frozenset(" \t\v\f")
# `- [ ] text`, or `- text` where the text can only be text.
COMMON_ITEM = pattern(r"- (?:\[(?P<task>[ xX])\][ \t]+(?=\S)|(?=[^\W\d_]))")
INDENT = 2  # of what follows `- `
# `  > text` where the text can only be text.
COMMON_QUOTE = pattern(r"  > (?=[^\W\d_])")


def take_common_line(stack: OpenBlocks, text: str, row: int) -> bool:
    """Takes the line if it is a common one; false if it must go the long way."""
    blocks = stack.blocks
    first = text[:1]
    outermost = blocks[1] if len(blocks) > 1 else None
    if outermost is None or outermost.tag == "p":
        if not first:
            return _blank_at_margin(stack)
        if first not in STRUCTURAL:
            _text(stack, outermost, text, row)
            return True
    elif outermost.tag != "ul":
        return False
    elif not first:
        return _blank_in_item(stack)
    elif first == " ":
        return _quote_in_item(stack, text, row)
    if first == "#":
        return _heading(stack, text, row)
    return first == "-" and _item(stack, outermost, text, row)


def _blank_at_margin(stack: OpenBlocks) -> bool:
    stack.close(1)
    root = stack.blocks[0]
    root.trails_blank = False
    if len(root) and root[-1].tag == "hr":
        return True
    root.trails_blank = True
    if len(root):
        root[-1].trails_blank = True
    return True


def _text(stack: OpenBlocks, paragraph: Block | None, text: str, row: int) -> None:
    if paragraph is None:
        root = stack.blocks[0]
        root.trails_blank = False
        paragraph = Block("p", row)
        root.append(paragraph)
        stack.blocks.append(paragraph)
    paragraph.add_line(text, row, 0)


def _blank_in_item(stack: OpenBlocks) -> bool:
    blocks = stack.blocks
    if len(blocks) < 3 or not len(blocks[2]):
        return False
    if len(blocks) > 3 and blocks[3].tag not in {"p", "blockquote"}:
        return False
    stack.close(3)
    for block in blocks:
        block.trails_blank = False
    item = blocks[2]
    if len(item) and item[-1].tag == "hr":
        return True
    item.trails_blank = True
    if len(item):
        item[-1].trails_blank = True
    return True


def _quote_in_item(stack: OpenBlocks, text: str, row: int) -> bool:
    """A line of a quote in an item; the quote may have begun on the line before."""
    blocks = stack.blocks
    if len(blocks) < 3 or blocks[2].indent != INDENT or not (match := COMMON_QUOTE.match(text)):
        return False
    if len(blocks) > 3 and blocks[3].tag == "blockquote":
        if len(blocks) != 5 or blocks[4].tag != "p":
            return False
        blocks[3].end = row + 1
    elif len(blocks) > 3 and blocks[3].tag != "p":
        return False
    else:
        stack.close(3)
        for block in blocks:
            block.trails_blank = False
        for tag, column in (("blockquote", INDENT), ("p", match.end())):
            inner = Block(tag, row, column)
            blocks[-1].append(inner)
            blocks.append(inner)
    blocks[-1].add_line(text[match.end() :], row, match.end())
    return True


def _heading(stack: OpenBlocks, text: str, row: int) -> bool:
    match = HEADING.match(text)
    if not match:
        return False
    stack.close(1)
    root = stack.blocks[0]
    root.trails_blank = False
    heading = Block(f"h{len(match[1])}", row)
    shown = text[match.end() :]
    if shown.endswith(("#", " ", "\t")):
        shown = CLOSING_HASHES.sub("", shown).rstrip(" \t")
    heading.add_line(shown, row, match.end())
    root.append(heading)
    return True


def _item(stack: OpenBlocks, outermost: Block | None, text: str, row: int) -> bool:
    match = COMMON_ITEM.match(text)
    if not match:
        return False
    blocks = stack.blocks
    if outermost is not None and outermost.tag == "ul" and outermost.delimiter == "-":
        stack.close(2)
    else:
        stack.close(1)
        outermost = Block("ul", row)
        outermost.delimiter = "-"
        blocks[0].append(outermost)
        blocks.append(outermost)
    blocks[0].trails_blank = outermost.trails_blank = False
    item, paragraph = Block("li", row), Block("p", row, match.end())
    item.indent = INDENT
    item.task = match["task"] or ""
    outermost.append(item)
    item.append(paragraph)
    blocks += (item, paragraph)
    paragraph.add_line(text[match.end() :], row, match.end())
    return True
