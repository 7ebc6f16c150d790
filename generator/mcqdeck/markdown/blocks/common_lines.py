"""The short way for the lines of which most texts are made: the same tree in a third of the time.

Blank lines, text, headings, comments of one line, lines of code, items with or without a checkbox,
and text and quotes in items, where what is open leaves no doubt what they are. Every other line
goes the long way; a property test holds the two together.
"""

from __future__ import annotations

from mcqdeck.markdown.blocks.open_blocks import OpenBlocks
from mcqdeck.markdown.blocks.openers import BEGINNINGS
from mcqdeck.markdown.blocks.patterns import CLOSING_HASHES, HEADING, HTML_ENDS
from mcqdeck.markdown.pattern import pattern
from mcqdeck.markdown.tree import Block

# What a line begins with if it may be more than the text of a paragraph.
STRUCTURAL = frozenset(BEGINNINGS) | frozenset(" \t\v\f")
# `- [ ] text`, or `- text` where the text can only be text.
COMMON_ITEM = pattern(
    r"- (?:\[(?P<task>[ xX])\][ \t]+(?=\S)|(?=[^\W\d_]|[0-9]++[^.)]|\[[^\s\[\]^][^\[\]]))"
)
INDENT = 2  # of what follows `- `
# `  > text` where the text can only be text.
COMMON_QUOTE = pattern(r"  > (?=[^\W\d_])")


def take_common_line(stack: OpenBlocks, text: str, row: int) -> bool:
    """Takes the line if it is a common one; false if it must go the long way."""
    blocks = stack.blocks
    outermost = blocks[1] if len(blocks) > 1 else None
    if outermost is None or outermost.tag == "p":
        if not text:
            stack.close(1)
            _note_blank(blocks[0])
            return True
        if text[0] not in STRUCTURAL:
            if outermost is None:
                root = blocks[0]
                root.trails_blank = False
                outermost = Block("p", row)
                root.append(outermost)
                blocks.append(outermost)
            outermost.add_line(text, row, 0)
            return True
    elif outermost.tag == "ul":
        if not text:
            return _blank_in_item(stack)
        if text[0] == " ":
            return _in_item(stack, text, row)
    else:
        return outermost.tag == "code" and _code(outermost, text, row)
    take = _AT_MARGIN.get(text[0])
    return take is not None and take(stack, text, row)


def _note_blank(holder: Block) -> None:
    """Remembers that a blank line follows what is in a block; after `<hr>` it does not count."""
    last = holder.blocks[-1] if holder.blocks else None
    holder.trails_blank = last is None or last.tag != "hr"
    if last is not None and holder.trails_blank:
        last.trails_blank = True


def _code(block: Block, text: str, row: int) -> bool:
    """A line of a fence that is not indented and cannot be its end."""
    if not block.fence or text.startswith((" ", "\t", block.fence[0])):
        return False
    block.add_line(text, row, 0)
    return True


def _comment(stack: OpenBlocks, text: str, row: int) -> bool:
    """A comment that ends on its line."""
    end = HTML_ENDS["comment"]
    if not text.startswith("<!--") or end not in text:
        return False
    stack.close(1)
    stack.blocks[0].trails_blank = False
    comment = Block("html", row)
    comment.html_end = end
    stack.add_verbatim(comment, 1)
    comment.add_line(text, row, 0)
    comment.is_closed = True
    stack.blocks.pop()
    return True


def _blank_in_item(stack: OpenBlocks) -> bool:
    blocks = stack.blocks
    if len(blocks) < 3 or not blocks[2].blocks:
        return False
    if len(blocks) > 3 and blocks[3].tag not in {"p", "blockquote"}:
        return False
    stack.close(3)
    root, outermost, item = blocks
    root.trails_blank = outermost.trails_blank = False
    _note_blank(item)
    return True


def _in_item(stack: OpenBlocks, text: str, row: int) -> bool:
    """A line of a quote in an item, which may have begun before; or more text of the item's."""
    blocks = stack.blocks
    if len(blocks) < 3 or blocks[2].indent != INDENT or not text.startswith("  "):
        return False
    inner = blocks[3] if len(blocks) > 3 else None
    if match := COMMON_QUOTE.match(text):
        at = match.end()
        if inner is not None and inner.tag == "blockquote":
            if len(blocks) != 5 or blocks[4].tag != "p":
                return False
            inner.end = row + 1
            blocks[4].add_line(text[at:], row, at)
            return True
        if inner is not None and inner.tag != "p":
            return False
        stack.close(3)
        root, outermost, item = blocks
        root.trails_blank = outermost.trails_blank = item.trails_blank = False
        quote, paragraph = Block("blockquote", row, INDENT), Block("p", row, at)
        paragraph.lines, paragraph.columns = [text[at:]], [at]
        quote.blocks = [paragraph]
        item.append(quote)
        blocks += (quote, paragraph)
        return True
    following = text[INDENT : INDENT + 1]
    if inner is None or inner.tag != "p" or not following or following in STRUCTURAL:
        return False
    inner.add_line(text[INDENT:], row, INDENT)
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


def _item(stack: OpenBlocks, text: str, row: int) -> bool:
    match = COMMON_ITEM.match(text)
    if not match:
        return False
    blocks = stack.blocks
    outermost = blocks[1] if len(blocks) > 1 else None
    if outermost is not None and outermost.tag == "ul" and outermost.delimiter == "-":
        stack.close(2)
    else:
        stack.close(1)
        outermost = Block("ul", row)
        outermost.delimiter = "-"
        blocks[0].append(outermost)
        blocks.append(outermost)
    blocks[0].trails_blank = outermost.trails_blank = False
    at = match.end()
    item, paragraph = Block("li", row), Block("p", row, at)
    paragraph.lines, paragraph.columns = [text[at:]], [at]
    item.indent = INDENT
    item.task = match[1] or ""
    item.blocks = [paragraph]
    outermost.append(item)
    blocks += (item, paragraph)
    return True


_AT_MARGIN = {"#": _heading, "-": _item, "<": _comment}
