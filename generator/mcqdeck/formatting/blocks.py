"""The lines of each kind of block, written in the one way that we write it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from mcqdeck.formatting.marks import with_one_emphasis
from mcqdeck.formatting.paragraphs import on_one_line, wrapped
from mcqdeck.formatting.tables import table_lines
from mcqdeck.formatting.width import LINE
from mcqdeck.markdown import LISTS, Block, Document, is_alert
from mcqdeck.markdown.blocks.patterns import CLOSING_HASHES, FOOTNOTE_DEFINITION, LIST_MARKER

_NARROWEST = 40  # columns that a text gets, however deep it stands
_LARGEST_NUMBER = 999_999_999
_ONLY_MARKS = re.compile(r"[\s>]*(?:[-+*]|\d{1,9}[.)])*[\s>]*(?:\[[ xX]\])?\s*")

CONTAINERS = LISTS | {"blockquote", "footnote"}


class AsItIsError(Exception):
    """A block is in a form for which there is no other way to write it."""


class Writer:
    """Writes blocks of a document.

    Each method takes how many columns there are, and raises `AsItIsError` for what must stay as it
    is. `other` is the bullet of a list just before, or what follows its numbers: two lists with the
    same would be one.
    """

    def __init__(self, document: Document) -> None:
        self.document = document

    def at_margin(self, block: Block, *, other: str, keeps_marks: bool) -> list[str]:
        """The lines of a block at the margin; with `keeps_marks` only white space changes."""
        if keeps_marks:
            return self._with_its_marks(block)
        if self._hides_lines(block):
            raise AsItIsError
        return self._block(block, LINE, other)

    def _with_its_marks(self, block: Block) -> list[str]:
        if block.tag == "p":
            return wrapped(block, self.document, LINE, break_mark="  ")
        if block.level and len(block.lines) == 1:
            return self._heading(block)
        raise AsItIsError

    def _hides_lines(self, block: Block) -> bool:
        """Whether something stands in a container that is in no block: a link definition."""
        if block.tag not in CONTAINERS:
            return False
        rows = {row for leaf in block.leaves() for row in range(leaf.start, leaf.end)}
        lines = self.document.lines
        return any(
            row not in rows and not _ONLY_MARKS.fullmatch(lines[row])
            for row in range(block.start, block.end)
        )

    def _block(self, block: Block, room: int, other: str = "") -> list[str]:
        tag = block.tag
        if tag == "p":
            return self._paragraph(block, room)
        if block.level:
            return self._heading(with_one_emphasis(block, self.document))
        if tag in LISTS:
            return self._list(block, room, other)
        if tag == "blockquote":
            return self._quote(block, room)
        if tag == "footnote":
            return self._footnote(block, room)
        if tag == "table":
            return table_lines(block, room) or [line.rstrip(" \t") for line in block.lines]
        if tag == "code":
            return _code(block)
        return ["---"] if tag == "hr" else list(block.lines)

    def _blocks(self, blocks: Sequence[Block], room: int, *, is_tight: bool = False) -> list[str]:
        """The lines of blocks that follow one another, parted by blank lines or by nothing."""
        lines: list[str] = []
        other = ""
        before: Block | None = None
        for block in blocks:
            if before and before.end == block.start and "formula" in (before.tag, block.tag):
                raise AsItIsError  # to those who know no formulas the two are one paragraph
            written = self._block(block, room, other)
            lines += ["", *written] if before and not is_tight else written
            other, before = delimiter(block, written), block
        return lines

    def _paragraph(self, block: Block, room: int, *, indent: int = 0) -> list[str]:
        leaf = with_one_emphasis(block, self.document)
        return wrapped(leaf, self.document, max(room, _NARROWEST), indent=indent)

    def _heading(self, leaf: Block) -> list[str]:
        text = on_one_line(leaf, self.document)
        if text is None or CLOSING_HASHES.search(text):
            raise AsItIsError
        return [f"{'#' * leaf.level} {text}".rstrip()]

    def _quote(self, block: Block, room: int) -> list[str]:
        blocks = block.blocks
        lines: list[str] = []
        if is_alert(block):
            head, *blocks = blocks
            lines.append(head.lines[0].rstrip(" \t"))
            if len(head.lines) > 1:
                blocks = [head.without_lines(1), *blocks]
            else:
                lines.append("")
        lines += self._blocks(blocks, room - 2)
        return [f"> {line}" if line else ">" for line in lines or [""]]

    def _footnote(self, block: Block, room: int) -> list[str]:
        label = FOOTNOTE_DEFINITION.match(self.document.lines[block.start], block.column)
        if not (label and len(block) and block.blocks[0].tag == "p"):
            raise AsItIsError
        mark = label[0].rstrip(" \t") + " "
        first, *others = block.blocks
        lines = self._paragraph(first, room - 4, indent=len(mark) - 4)
        if others:
            lines += ["", *self._blocks(others, room - 4)]
        return _hung(lines, mark, 4)

    def _list(self, block: Block, room: int, other: str) -> list[str]:
        is_tight = self._is_tight(block)
        marks = "-*" if block.tag == "ul" else ".)"
        mark = marks[marks[0] == other]
        lines: list[str] = []
        for position, item in enumerate(block.blocks):
            if position and not is_tight:
                lines.append("")
            number = min(block.number + position, _LARGEST_NUMBER)
            sign = mark if block.tag == "ul" else f"{number}{mark}"
            lines += self._item(item, sign, room, is_tight=is_tight)
        return lines

    def _is_tight(self, block: Block) -> bool:
        """Whether no blank lines part the items of a list, or the blocks of an item."""
        for item in block.blocks:
            for child in item.blocks:
                if child.tag == "p":
                    return child.is_tight
        lines = self.document.lines
        return all(
            lines[row].strip(" \t>")
            for one, next_one in pairwise(block.blocks)
            for row in range(one.end, next_one.start)
        )

    def _item(self, item: Block, mark: str, room: int, *, is_tight: bool) -> list[str]:
        blocks = item.blocks
        indent = len(mark) + 1
        first = blocks[0] if blocks else None
        if first is None or first.tag == "hr" or (item.task and first.tag != "p"):
            if first is None and not item.task:
                return [mark]
            raise AsItIsError
        if not item.task:
            return _hung(self._blocks(blocks, room - indent, is_tight=is_tight), f"{mark} ", indent)
        if item.task == " " and "[x]" in first.source.casefold():
            raise AsItIsError  # cmark-gfm takes `[x]` anywhere on the first line for the mark
        box = "[ ] " if item.task == " " else "[x] "
        lines = self._paragraph(first, room - indent, indent=len(box))
        if len(blocks) > 1:
            others = self._blocks(blocks[1:], room - indent, is_tight=is_tight)
            lines += others if is_tight else ["", *others]
        return _hung(lines, f"{mark} {box}", indent)


def delimiter(block: Block, lines: Sequence[str]) -> str:
    """The bullet of a list that was written, or what follows its numbers; empty for the rest."""
    match = LIST_MARKER.match(lines[0].lstrip(" ")) if block.tag in LISTS else None
    return (match[1] or match[3]) if match else ""


def _code(block: Block) -> list[str]:
    if not block.is_closed:
        raise AsItIsError
    sign = "~" if "`" in block.info else "`"
    lines = [line.lstrip(" \t") for line in block.lines]
    fence = sign * max(3, *(len(line) - len(line.lstrip(sign)) + 1 for line in lines), 3)
    return [f"{fence}{block.info}", *block.lines, fence]


def _hung(lines: Sequence[str], first: str, indent: int) -> list[str]:
    """Lines that begin with `first`, the others indented below it."""
    others = (f"{' ' * indent}{line}" if line else "" for line in lines[1:])
    return [first + lines[0], *others]
